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

from reader.errors import UnknownFormat, UnreadableInput, UsageError
from reader.formats import (
    addressed,
    arxiv_api,
    arxiv_feed,
    arxiv_snapshot,
    bibtex,
    compact,
    copied,
    csl_json,
    jsonl,
    library_file,
    listed,
    markdown,
    other_feed,
    paper_markdown,
    paper_page,
    paragraph,
    reading_list,
    references,
    related,
    ris,
    saved_html,
    site_json,
    trending,
)
from reader.formats.format import Format
from reader.formats.lines import Head, Line, first_bytes, name_of_encoding, numbered_lines, read_head
from reader.formats.reading import PageNotes, Reading, Record, Rejected
from reader.formats.recorded import recorded_answer
from reader.formats.traits import Traits
from reader.formats.unpacking import Source, Unpacked, unpacked
from reader.paper import Paper

FORMATS: tuple[Format, ...] = (
    paragraph.FORMAT,
    compact.FORMAT,
    library_file.FORMAT,
    reading_list.FORMAT,
    jsonl.FORMAT,
    markdown.FORMAT,
    references.FORMAT,
    addressed.FORMAT,
    trending.FORMAT,
    listed.FORMAT,
    copied.FORMAT,
    paper_page.FORMAT,
    paper_markdown.FORMAT,
    related.FORMAT,
    saved_html.FORMAT,
    arxiv_snapshot.FORMAT,
    arxiv_api.FORMAT,
    arxiv_feed.FORMAT,
    other_feed.FORMAT,
    bibtex.FORMAT,
    ris.FORMAT,
    csl_json.FORMAT,
    site_json.FORMAT,
)
"""Every format that can be read; of equal scores the first wins."""

_ENOUGH = 0.4
_MOST_TRIALS = 2
_TAIL_BYTES = 2**20
_NUMBERED_ADDRESS = re.compile(
    r"^[ \t]{0,8}\[?(\d{1,6})(?:\]:?|\.)[ \t]{1,8}<?(https?://[^\s<>]+|/[^\s<>]+)", re.MULTILINE
)
_MOST_REJECTED_FIRST = 1_000
_SAVE_AGAIN = "open the page, let it load, select all, copy, and save that as text"


def names() -> tuple[str, ...]:
    """What every format is called by, in the order of `FORMATS`."""
    return tuple(each.name for each in FORMATS)


def named(name: str) -> Format:
    """The format of that name. Raises `UsageError` where there is none."""
    for each in FORMATS:
        if each.name == name:
            return each
    raise UsageError(f"no format is called {name!r}", f"there are {', '.join(names())}")


def read(file: BinaryIO, *, name: str, form: str | None = None) -> Reading:
    """Read a seekable file that stands at its start; `name` is what errors call it.

    Args:
        file: a file of any kind, which may be packed.
        name: what it is called by.
        form: the name of the format to read it as, whatever it looks like.

    Raises:
        UsageError: no format has that name.
        UnknownFormat: it is of no known format.
        UnreadableInput: it is empty, binary, holds no paper, or unpacks to more than any page holds; or nothing of it
            can be read as the format that was asked for.
    """
    told = None if form is None else named(form)
    start = first_bytes(file)
    content: Source = file
    if (inside := unpacked(file, start, name=name)) is not None:
        content, start = inside, first_bytes(inside)
    if (answer := recorded_answer(content, start)) is not None:
        content, start = io.BytesIO(answer), answer[: len(start)]
    traits = Traits()
    head = read_head(content, start, name=name, watch=traits.take)
    addresses = _addresses_at_end(content, head) if traits.references or traits.numbered else {}
    chosen, trial, notes = (told, None, PageNotes()) if told else _best_format(head, traits, addresses)
    if chosen is None:
        raise UnknownFormat(
            f"{name} is no listing page: no header of one, no lines such as “• 3 authors”, no titles with abstracts",
            _SAVE_AGAIN,
        )
    records = iter(trial or ())
    try:
        if trial is None:
            notes = PageNotes(addresses=addresses)
            records = _to_the_end(content, head.encoding, chosen, notes)
        if chosen.text is not None:
            return _of_page(content, head, chosen, list(records), notes)
        return Reading(chosen.kind, name_of_encoding(head.encoding), _begun(records, notes, told), notes)
    except UnreadableInput as error:  # a format does not know what the file is called
        raise type(error)(f"{name} {error.message}", error.hint) from None


def _begun(records: Iterator[Record], notes: PageNotes, told: Format | None) -> Iterator[Record]:
    """The records, once it is known that there are any, and papers among the first where a format was asked for."""
    begun: list[Record] = []
    for record in records:
        begun.append(record)
        if told is None or isinstance(record, Paper) or len(begun) == _MOST_REJECTED_FIRST:
            return chain(begun, records)
    if told is not None:
        first = begun[0] if begun else None
        why = f": at line {first.line}, {first.reason}" if isinstance(first, Rejected) else ": there is no paper in it"
        raise UnreadableInput(f"cannot be read as {told.name}{why}", "leave out --from to have it recognised")
    if notes.submitters:
        raise UnreadableInput("kept no titles, only who submitted them", _SAVE_AGAIN)
    what = "has the header of a listing page but no paper under it" if notes.header else "holds no paper"
    raise UnreadableInput(what, _SAVE_AGAIN)


def _of_page(content: Source, head: Head, chosen: Format, found: list[Record], notes: PageNotes) -> Reading:
    """What was found in the file itself; where that is no paper, what its text says, read as a file of its own."""
    encoding = name_of_encoding(head.encoding)
    if chosen.text is None or any(isinstance(record, Paper) for record in found):
        return Reading(chosen.kind, encoding, iter(found), notes)
    content.seek(0)
    try:
        shown = chosen.text(_lines(content, head.encoding, chosen))
        inner = read(io.BytesIO(shown.encode()), name="")
    except UnreadableInput as error:
        if found:
            return Reading(chosen.kind, encoding, iter(found), notes)
        raise type(error)(error.message.strip(), error.hint) from None
    return Reading(f"{inner.kind} saved as HTML", encoding, chain(found, inner), inner.notes)


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
        for line in _lines(content, encoding, chosen):
            last = line.number
            yield line

    if not isinstance(content, Unpacked):
        return chosen.records(_lines(content, encoding, chosen), notes)
    return _until_broken(chosen.records(lines(), notes), content, lambda: last)


def _lines(content: Source, encoding: str, chosen: Format) -> Iterator[Line]:
    return numbered_lines(content, encoding, longest=chosen.longest_line)


def _until_broken(records: Iterator[Record], content: Unpacked, last: Callable[[], int]) -> Iterator[Record]:
    yield from records
    if content.broken:
        yield Rejected(last(), content.broken, "")


def _addresses_at_end(content: Source, head: Head) -> dict[str, str]:
    """Where numbered references lead: the list of addresses in the last mebibyte of the file."""
    start, end = _end(content)
    encoding = head.encoding if start == 0 or head.encoding != "utf-16" else "utf-16-le"
    tail = io.TextIOWrapper(io.BytesIO(end), encoding, errors="replace").read()
    content.seek(0)
    return {match[1]: match[2] for match in _NUMBERED_ADDRESS.finditer(tail)}


def _end(content: Source) -> tuple[int, bytes]:
    """The last mebibyte and where it begins, an even place; a packed file is unpacked to its end once more for it."""
    if not isinstance(content, Unpacked):
        start = max(content.seek(0, os.SEEK_END) - _TAIL_BYTES, 0)
        start -= start % 2
        content.seek(start)
        return start, content.read(_TAIL_BYTES + 2)
    content.seek(0)
    start, end = 0, bytearray()
    while block := content.read(_TAIL_BYTES):
        end += block
        if (surplus := len(end) - _TAIL_BYTES) > 0:
            surplus += surplus % 2
            start += surplus
            del end[:surplus]
    return start, bytes(end)
