"""Which format a file is in: decided by what it says, never by its name.

Each format scores the beginning of the file and the best one reads it. A new format is one module with a `FORMAT` and
one line in `FORMATS`.
"""

from __future__ import annotations

from itertools import chain
from typing import BinaryIO

from reader.errors import UnknownFormat, UnreadableInput
from reader.formats import compact, jsonl, paragraph
from reader.formats.lines import Head, numbered_lines, read_head
from reader.formats.reading import Format, PageNotes, Reading

FORMATS: tuple[Format, ...] = (paragraph.FORMAT, compact.FORMAT, jsonl.FORMAT)
"""Every format that can be read; of equal scores the first wins."""

_ENOUGH = 0.4
_SAVE_AGAIN = "open the page, wait until it has loaded, select all of it, copy it and save that as text"


def read(file: BinaryIO, *, name: str) -> Reading:
    """Read a seekable file that stands at its start; `name` is what errors call it.

    Raises:
        UnknownFormat: it is of no known format.
        UnreadableInput: it is empty, binary, or holds no paper.
    """
    head = read_head(file, name=name)
    chosen = _best_format(head)
    if chosen is None:
        raise UnknownFormat(
            f"{name} is no listing page: it has neither the header of one, nor lines such as “• 3 authors”,"
            " nor titles each followed by an abstract, and it is no JSON Lines of papers",
            _SAVE_AGAIN,
        )
    notes = PageNotes()
    records = chosen.records(numbered_lines(file, head.encoding), notes)
    first = next(records, None)
    if first is None and notes.submitters:
        raise UnreadableInput(f"{name} kept no titles, only who submitted them", _SAVE_AGAIN)
    if first is None:
        what = "has the header of a listing page but no paper under it" if notes.header else "holds no paper"
        raise UnreadableInput(f"{name} {what}", _SAVE_AGAIN)
    return Reading(chosen.kind, chain([first], records), notes)


def _best_format(head: Head) -> Format | None:
    scores = [each.looks_like(head) for each in FORMATS]
    best = max(scores)
    return FORMATS[scores.index(best)] if best >= _ENOUGH else None
