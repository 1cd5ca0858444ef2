"""Which addresses may become links: the web's own and nothing else, so that no link runs, opens or sends anything."""

from __future__ import annotations

import re
from urllib.parse import quote

from reader.text import visible

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST = rf"(?![A-Za-z0-9.-]{{254}}){_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?"  # RFC 1035, section 2.3.4
"""A host of ASCII letters, with its port, as a regular expression."""
_WEB = re.compile(rf"https?://{HOST}(?:[/?#].*)?", re.IGNORECASE)
_EVERYDAY = re.compile(r"https?://(?:www\.)?[a-z0-9]{1,30}\.[a-z]{2,9}/[A-Za-z0-9./_-]*")  # nothing to encode in it
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PLAIN = "%-._~:/?#@!$&'()*+,;="


def web_address(url: str | None) -> str | None:
    """An address as a link's target, `None` where nothing should link to it.

    Only http and https to a host of ASCII letters, without a user's name before it, qualify; what RFC 3986 keeps out of
    an address is percent-encoded.
    """
    url = (url or "").strip()
    if _EVERYDAY.fullmatch(url):
        return url
    if visible(url) != url or not _WEB.fullmatch(url):
        return None
    return quote(_STRAY_PERCENT.sub("%25", url), safe=_PLAIN)
