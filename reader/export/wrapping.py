"""Breaking text into lines of so many terminal cells: a letter of Chinese takes two, a combining mark none.

Source: Unicode Standard Annex #11, "East Asian Width".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from reader.text import collapse, visible


def wrapped(text: str, width: int, *, indent: str = "") -> str:
    """A text as lines of at most `width` cells, each behind the indent; control characters are made visible.

    Lines break at spaces and between wide letters; a web address is never broken, and stands out where it is longer.
    """
    room = max(width - cells(indent), 1)
    return "\n".join(indent + line for line in _lines(visible(collapse(text)), room))


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _lines(text: str, room: int) -> Iterator[str]:
    line, used = "", 0
    for word in text.split(" "):
        gap = 1 if line else 0
        for piece in _pieces(word, room):
            size = cells(piece)
            if line and used + gap + size > room:
                yield line
                line, used, gap = "", 0, 0
            line, used, gap = line + " " * gap + piece, used + gap + size, 0
    if line:
        yield line


def _pieces(word: str, room: int) -> Iterator[str]:
    """What of a word must stay together."""
    if "://" in word or (word.isascii() and len(word) <= room):
        yield word
        return
    piece, used, wide = "", 0, False
    for character in word:
        size = _cells(character)
        if piece and size and (wide or size == 2 or used + size > room):
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + size
        wide = size == 2 if size else wide
    yield piece
