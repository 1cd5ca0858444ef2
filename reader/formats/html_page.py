"""A saved HTML file as the tree of its page, whatever a browser put around it.

Browsers save the page as it came or as it stands, alone or with its pictures inside, as a mail of many parts (MHTML,
RFC 2557), or as the page that shows its source. Broken HTML has the tree that browsers give it (the HTML standard's
parsing rules). The parser is loaded when the first such file is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.errors import UnreadableInput

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

MOST_NESTED = 5 * 10**8
"""How much looking up and down its open elements a page may take, in elements: some 30,000 within one another.

The standard's rules look through all open elements at many a tag, and open again at each paragraph all marks of style
that were left open, so that a file of a few hundred kilobytes can hold a parser for hours.
"""

# What ends an attribute, and so the element, that a cut left open, be its quotation mark single or double. Where
# nothing is open this is an empty element: its own attribute holds the single quotation mark.
_CLOSER = """<br a="'>">"""
_CLOSER_IN_VALUE = ('<br a="', "<br a=")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
) | {"circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use"}  # leaves of drawings
_STYLES = frozenset(("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
_SOURCE_VIEWS = "td.line-content, pre#viewsource, body#viewsource"
_OWN_ADDRESSES = (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content"), ("base[href]", "href"))
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,6}\)(\S{1,2000})")
_MAIL = re.compile(r"(?:[A-Za-z][A-Za-z-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)+\n")
_HEAD = 10_000
_BEGINNING, _RECOGNISED = 20, 200  # characters of a value, and of HTML, by which the one is known in the other


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page and the HTML it was read from, without what a browser put around it."""

    source: str
    tree: LexborHTMLParser

    def addresses(self) -> Iterator[str]:
        """Where the page says that it comes from."""
        if match := _SAVED_FROM.search(self.source[:_HEAD]):
            yield match[1]
        for selector, name in _OWN_ADDRESSES:
            for node in self.tree.css(selector):
                address = node.attributes.get(name) or ""
                if host_of(address):
                    yield address

    def values(self, attribute: str) -> Iterator[tuple[int, str]]:
        """Each value of an attribute, with the number of the line in which it stands."""
        at, line = 0, 1
        marks = re.compile(rf"{re.escape(attribute)}\s*=\s*[\"']?")
        for node in self.tree.css(f"[{attribute}]"):
            value = node.attributes.get(attribute) or ""
            for match in marks.finditer(self.source, at):
                if unescape(self.source[match.end() : match.end() + _RECOGNISED]).startswith(value[:_BEGINNING]):
                    line += self.source.count("\n", at, match.end())
                    at = match.end()
                    break
            yield line, value.removesuffix(_CLOSER_IN_VALUE[0]).removesuffix(_CLOSER_IN_VALUE[1])


def host_of(address: str) -> str:
    """The host of a web address, "" where it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def parse(text: str) -> HtmlPage:
    """The page in a saved file.

    Raises:
        UnreadableInput: its elements, or the parts of the mail, are nested too deeply.
    """
    source = _from_mail(text) if is_mail(text) else text
    page = HtmlPage(source, _tree(source))
    if page.tree.css_first("[data-props]") is None and (shown := page.tree.css(_SOURCE_VIEWS)):
        source = "\n".join(node.text(deep=True) for node in shown)
        return HtmlPage(source, _tree(source))
    return page


def is_mail(text: str) -> bool:
    """Whether a file is a page as a mail of several parts."""
    header = _MAIL.match(text[:_HEAD].lstrip("\ufeff\n"))
    lower = header[0].lower() if header else ""
    return "mime-version:" in lower and ("multipart/related" in lower or "text/html" in lower)


def _tree(source: str) -> LexborHTMLParser:
    from selectolax.lexbor import LexborHTMLParser  # loaded by the first HTML file that is read

    _refuse_nested(source)
    return LexborHTMLParser(source + _CLOSER)


def _refuse_nested(source: str) -> None:
    """Estimate from the tags alone what the parser will have to do, because nothing stops it once it runs."""
    opened: Counter[str] = Counter()
    work = depth = styles = 0
    for match in _TAG.finditer(source):
        name = match[2].lower()
        step = -1 if match[1] else 1
        if name not in _VOID and (step > 0 or opened[name]):
            opened[name] += step
            depth += step
            styles += step if name in _STYLES else 0
        work += depth + styles * styles
        if work > MOST_NESTED:
            raise UnreadableInput("is HTML whose elements are nested too deeply", "save the page's text instead")


def _from_mail(text: str) -> str:
    """The first HTML part of a mail, "" where there is none; one that breaks off is read as far as it goes."""
    from email import message_from_string

    try:
        mail = message_from_string(text.lstrip("\ufeff\n"))
    except RecursionError:
        raise UnreadableInput("is a mail whose parts are nested too deeply", "save the page's text instead") from None
    for part in mail.walk():
        if part.get_content_type() == "text/html":
            encoded = str(part.get("content-transfer-encoding", "")).strip().lower() in {"quoted-printable", "base64"}
            content = part.get_payload(decode=True) if encoded else part.get_payload()
            if isinstance(content, bytes):
                return _decoded(content, part.get_content_charset() or "utf-8")
            return content if isinstance(content, str) else ""
    return ""


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")
