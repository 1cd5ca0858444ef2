"""An answer of a service as programs record it: a JSON object with the address, the status and the answer as a text.

    {"url": "https://…", "status_code": 200, "body": "<?xml …"}

What counts is the answer, which is then read like a file of its own, whatever its format.
"""

from __future__ import annotations

import json
import re

from reader.formats.document import LARGEST_DOCUMENT
from reader.formats.lines import first_bytes
from reader.formats.unpacking import Source

_BODIES = ("body", "text", "content")
_SIGNS = frozenset({"url", "status", "status_code", "headers"})
_BEGINNING = re.compile(rb'\s*\{\s*"(?:url|status|status_code|headers|body|text|content|request|method)"')
_BLOCK = 2**16


def recorded_answer(content: Source, start: bytes) -> bytes | None:
    """The answer that a file records, by its first bytes; None for any other. It stands after them, and does again."""
    if not _BEGINNING.match(start):
        return None
    whole = bytearray(start)
    while len(whole) <= LARGEST_DOCUMENT and (block := content.read(_BLOCK)):
        whole += block
    content.seek(0)
    first_bytes(content)
    try:
        known = json.loads(whole)
    except (ValueError, RecursionError):  # it is cut off, too large, or something else
        return None
    if not isinstance(known, dict) or not _SIGNS & known.keys() or "title" in known:
        return None
    return next(
        (text.encode(errors="replace") for n in _BODIES if isinstance(text := known.get(n), str) and text), None
    )
