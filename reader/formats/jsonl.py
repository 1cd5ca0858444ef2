"""The project's own JSON Lines: what `reader search --json` prints can be read again.

One object a line, with the keys of a paper; unknown keys are ignored, and every key but the title may be missing or
null. What a user made of a paper comes along: its lists, tags, note and marks. A line that is no paper is rejected
alone, with the key that is wrong; the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reader.formats.carried import paper_with_annotations
from reader.formats.format import Format
from reader.formats.json_objects import excerpt
from reader.formats.lines import Head, Line
from reader.formats.members import NotAPaper, members_of
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits

_DECIDING_LINES = 100


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """0.9 where one of the first lines is an object with a title, or the only line is too long to tell."""
    filled = list(islice((line.text for line in head.lines if line.text.strip()), _DECIDING_LINES))
    if not filled or not filled[0].lstrip().startswith("{"):
        return 0.0
    for text in filled:
        try:
            if not {"title", "about"}.isdisjoint(members_of(text)):
                return 0.9
        except NotAPaper:
            continue
    return 0.6 if len(filled) == 1 and not head.whole and re.match(r'\s*\{\s*"', filled[0]) else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - an export is no page
    """The papers of a JSON Lines file; a line `{"about": …}` describes the file and is no record."""
    for line in lines:
        if not line.text or line.text.isspace():
            continue
        try:
            members = members_of(line.text)
            if "about" in members and "title" not in members:
                continue
            yield paper_with_annotations(members)
        except NotAPaper as why:
            yield rejected(line, why)


def rejected(line: Line, why: NotAPaper) -> Rejected:
    """A line that is no paper, and why."""
    return Rejected(line.number, str(why), excerpt(line.text))


FORMAT = Format("JSON Lines", claims, records)
