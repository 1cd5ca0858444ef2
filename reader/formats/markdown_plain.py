"""Markdown back to the text it shows: the other way of `export.markdown_text`, and for what people write by hand.

Escapes lose their backslash, a link becomes its text, an address in angle brackets stands for itself. Emphasis and
everything else stays as it was typed: a title may hold any of it.
"""

from __future__ import annotations

import re

_LINK = r"\[(?P<text>(?:[^\[\]\\]|\\.)*)\]\((?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)"
_SHOWN = re.compile(rf"\\(?P<escaped>[!-/:-@\[-`{{-~])|<(?P<address>https?://[^<>\s]*)>|{_LINK}", re.IGNORECASE)
_ENTITIES = {"&amp;": "&"}


def plain(line: str) -> str:
    """The text of one line of Markdown."""
    if "\\" not in line and "<" not in line and "](" not in line:
        return line
    return _SHOWN.sub(_text_of, line)


def addresses(line: str) -> tuple[str, ...]:
    """Where the links in a line lead, in their order."""
    found = []
    for match in _SHOWN.finditer(line):
        if match["address"] is not None:
            found.append(match["address"])
        elif match["target"] is not None:
            found.append(match["target"].strip("<>").replace("&amp;", "&"))
    return tuple(found)


def only_link(line: str) -> tuple[str, str] | None:
    """The text and the target of a line that is one link; None for any other line."""
    match = _SHOWN.fullmatch(line.strip())
    if match is None or match["text"] is None:
        return None
    return plain(match["text"]), match["target"].strip("<>").replace("&amp;", "&")


def _text_of(match: re.Match[str]) -> str:
    if match["escaped"] is not None:
        return match["escaped"]
    return match["address"] if match["address"] is not None else plain(match["text"])
