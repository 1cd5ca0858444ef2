"""Which format a file is in: decided by what it says, never by its name.

The first lines are seen once; what they show chooses the formats that are tried on them, two at most, and the best
reading wins. A new format is one module with a `FORMAT` and one line in `FORMATS`. No line of a file is looked at more
than three times: a small file is read in its trials, and of a large one only the first half of the head is tried.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from reader.errors import UnknownFormat, UnreadableInput
from reader.formats import (
    addressed,
    compact,
    jsonl,
    library_file,
    listed,
    markdown,
    paper_markdown,
    paper_page,
    paragraph,
    references,
    related,
    saved_html,
    trending,
)
from reader.formats.format import Format
from reader.formats.lines import Head, Line, first_bytes, name_of_encoding, numbered_lines, read_head
from reader.formats.reading import PageNotes, Reading, Record, Rejected
from reader.formats.traits import Traits
from reader.formats.unpacking import Source, Unpacked, unpacked

FORMATS: tuple[Format, ...] = (
    paragraph.FORMAT,
    compact.FORMAT,
    library_file.FORMAT,
    jsonl.FORMAT,
    markdown.FORMAT,
    references.FORMAT,
    addressed.FORMAT,
    trending.FORMAT,
    listed.FORMAT,
    paper_page.FORMAT,
    paper_markdown.FORMAT,
    related.FORMAT,
    saved_html.FORMAT,
)
"""Every format that can be read; of equal scores the first wins."""

_ENOUGH = 0.4
_MOST_TRIALS = 2
_TAIL_BYTES = 2**20
_NUMBERED_ADDRESS = re.compile(
    r"^[ \t]{0,8}\[?(\d{1,6})(?:\]:?|\.)[ \t]{1,8}<?(https?://[^\s<>]+|/[^\s<>]+)", re.MULTILINE
)
_SAVE_AGAIN = "open the page, let it load, select all, copy, and save that as text"


def read(file: BinaryIO, *, name: str) -> Reading:
    """Read a seekable file that stands at its start; `name` is what errors call it.

    Raises:
        UnknownFormat: it is of no known format.
        UnreadableInput: it is empty, binary, holds no paper, or unpacks to more than any page holds.
    """
    start = first_bytes(file)
    content: Source = file
    if (inside := unpacked(file, start, name=name)) is not None:
        content, start = inside, first_bytes(inside)
    traits = Traits()
    head = read_head(content, start, name=name, watch=traits.take)
    addresses = _addresses_at_end(content, head) if traits.references or traits.numbered else {}
    chosen, trial, notes = _best_format(head, traits, addresses)
    if chosen is None:
        raise UnknownFormat(
            f"{name} is no listing page: no header of one, no lines such as “• 3 authors”, no titles with abstracts",
            _SAVE_AGAIN,
        )
    records = iter(trial or ())
    if trial is None:
        notes = PageNotes(addresses=addresses)
        records = _to_the_end(content, head.encoding, chosen, notes)
    first = next(records, None)
    if first is None and notes.submitters:
        raise UnreadableInput(f"{name} kept no titles, only who submitted them", _SAVE_AGAIN)
    if first is None:
        what = "has the header of a listing page but no paper under it" if notes.header else "holds no paper"
        raise UnreadableInput(f"{name} {what}", _SAVE_AGAIN)
    return Reading(chosen.kind, name_of_encoding(head.encoding), chain([first], records), notes)


def _best_format(
    head: Head, traits: Traits, addresses: dict[str, str]
) -> tuple[Format | None, list[Record] | None, PageNotes]:
    """The format that reads the head best, and its records and notes where the head is all there is."""
    claimed = sorted(((each.claims(head, traits), each) for each in FORMATS), key=lambda claim: -claim[0])
    claim, best = claimed[0]
    if best.score is None:
        return (best if claim >= _ENOUGH else None), None, PageNotes()
    sample = head.lines if head.complete else head.lines[: len(head.lines) // 2 + 1]
    found: tuple[float, Format | None, list[Record], PageNotes] = (0.0, None, [], PageNotes())
    for claim, each in claimed[:_MOST_TRIALS]:
        if claim <= 0 or each.score is None:
            continue
        notes = PageNotes(addresses=addresses)
        trial = list(each.records(iter(sample), notes))
        fit = each.score(trial, notes)
        if fit > found[0]:
            found = fit, each, trial, notes
        if fit >= _ENOUGH and claim > claimed[1][0]:
            break
    fit, chosen, trial, notes = found
    return (chosen if fit >= _ENOUGH else None), (trial if head.complete else None), notes


def _to_the_end(content: Source, encoding: str, chosen: Format, notes: PageNotes) -> Iterator[Record]:
    """Every record of the file; where a packed one breaks off, that is said at its line."""
    last = 1

    def lines() -> Iterator[Line]:
        nonlocal last
        for line in numbered_lines(content, encoding):
            last = line.number
            yield line

    if not isinstance(content, Unpacked):
        return chosen.records(numbered_lines(content, encoding), notes)
    return _until_broken(chosen.records(lines(), notes), content, lambda: last)


def _until_broken(records: Iterator[Record], content: Unpacked, last: Callable[[], int]) -> Iterator[Record]:
    yield from records
    if content.broken:
        yield Rejected(last(), content.broken, "")


def _addresses_at_end(content: Source, head: Head) -> dict[str, str]:
    """Where numbered references lead: the list of addresses in the last mebibyte of the file."""
    if isinstance(content, Unpacked):
        if not head.complete:
            return {}  # a packed file has no end to jump to
        tail = "\n".join(line.text for line in head.lines)
    else:
        start = max(content.seek(0, os.SEEK_END) - _TAIL_BYTES, 0)
        content.seek(start - start % 2)
        raw = io.BytesIO(content.read(_TAIL_BYTES + 2))
        encoding = head.encoding if start == 0 or head.encoding != "utf-16" else "utf-16-le"
        tail = io.TextIOWrapper(raw, encoding, errors="replace").read()
        content.seek(0)
    return {match[1]: match[2] for match in _NUMBERED_ADDRESS.finditer(tail)}
