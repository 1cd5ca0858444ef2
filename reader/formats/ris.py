"""RIS: what publishers, libraries and reference managers offer as "export citation".

    TY  - JOUR
    AU  - Soup, Ada
    TI  - A Title
    PY  - 2023
    ER  -

A record goes from its `TY` to its `ER`, or to the next `TY` where that is missing. Lines are put into the one form
that rispy reads without loss: it passes over a record without `ER`, takes an empty tag for wrapped text, and the first
letter of a value that follows its dash at once for a space. Types are not looked at: whatever has a title is a paper.

Source: https://en.wikipedia.org/wiki/RIS_(file_format), with the tags of Reference Manager's specification (2011).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from reader.formats import bibliography
from reader.formats.bibliography import Citation, NotAPaper, date_in
from reader.formats.format import Format
from reader.formats.lines import LONGEST, Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.paper import PartialDate

if TYPE_CHECKING:
    from rispy import RisParser  # type: ignore[import-untyped]  # it has annotations, but does not say so

_BEGIN = re.compile(r"\ufeff?[ \t]{0,3}(?:(TY)|(?i:ty))([ \t\u00a0]{0,3})-[ \t\u00a0]*\w{0,10}[ \t\r]*")
_TAG = re.compile(r"\ufeff?[ \t]{0,3}([A-Za-z][A-Za-z0-9])([ \t\u00a0]{0,3})-[ \t\u00a0]?(.*)", re.DOTALL)
_END = re.compile(r"[ \t]{0,3}(?:ER|er)[ \t\u00a0]{0,3}-?[ \t\u00a0]*")
_LINES_BEFORE = 20
_NAMES = ("AU", "A1")
_ADDRESSES = ("UR", "L1", "L2", "LK")
_PLACES = ("JO", "JF", "JA", "J2", "T2", "VL", "IS", "M1", "M3", "AN", "C7", "PB")
_LISTS = (*_NAMES, *_ADDRESSES, "N1")
_TEXTS = ("TI", "T1", "CT", "AB", "N2", "DA", "PY", "Y1", "DO", *_PLACES)
_EXCERPT = 2_000


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """A `TY` among the first lines, with another tag under it; databases print their name above."""
    first = islice((line.text for line in head.lines if line.text.strip()), _LINES_BEFORE)
    begun = False
    for text in first:
        if begun:
            return 0.98 if _TAG.match(text) else 0.0
        begun = bool(_BEGIN.fullmatch(text))
    return 0.98 if begun else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - a bibliography is no page
    """The papers of a bibliography, and what stands outside its records.

    Raises:
        UnreadableInput: rispy is not installed.
    """
    parser = _parser()
    record: _Record | None = None
    stray: Line | None = None
    begun = False
    for line in lines:
        if _begins(line.text, record):
            yield from _read(record, stray, parser)
            record, stray, begun = _Record(line), None, True
        elif record is not None and _END.fullmatch(line.text):
            yield from _read(record, stray, parser)
            record = None
        elif record is not None:
            record.take(line.text)
        elif begun and any(map(str.isalnum, line.text)):
            stray = stray or line
    yield from _read(record, stray, parser)


FORMAT = Format("RIS", claims, records)


class _Record:
    """The lines of one record, in the form the library reads.

    Attributes:
        line: the number of its first line.
    """

    def __init__(self, first: Line) -> None:
        begin = _BEGIN.fullmatch(first.text)
        self.line = first.number
        self._upper = begin is None or begin[1] is not None
        self._blanks = min(2, len(begin[2])) if begin else 2
        self._tags: list[tuple[str, list[str]]] = []
        self._length = 0
        self.take(first.text)

    def take(self, text: str) -> None:
        """Add a line: a tag, or more of the value before it."""
        self._length += len(text)
        if self._length > LONGEST or not text.strip():
            return
        match = _TAG.fullmatch(text)
        if match and len(match[2]) >= self._blanks and (match[1].isupper() or not self._upper):
            self._tags.append((match[1].upper(), [match[3].strip()]))
        else:  # never of the first line, which is a tag
            self._tags[-1][1].append(text.strip())

    def text(self) -> str:
        """The record, a line a tag.

        Raises:
            NotAPaper: it is longer than any paper.
        """
        if self._length > LONGEST:
            raise NotAPaper(f"a record of more than {LONGEST:,} characters")
        lines = (f"{tag}  - {' '.join(values)}" for tag, values in self._tags if tag != "ER")
        return "\n".join([*lines, "ER  - "])

    def excerpt(self) -> str:
        """Its beginning, for people."""
        return "\n".join(f"{tag}  - {' '.join(values)}" for tag, values in self._tags[:4])[:_EXCERPT]


def _parser() -> RisParser:
    try:
        from rispy import RisParser
    except ImportError:
        raise bibliography.not_installed("an RIS bibliography") from None
    # Its own tables split addresses at ";" and keep one of several files; tags that are not read are left out.
    return RisParser(
        mapping={tag: tag for tag in ("TY", "ER", *_LISTS, *_TEXTS)},
        list_tags=list(_LISTS),
        delimiter_tags_mapping={},
        skip_unknown_tags=True,
    )


def _begins(text: str, record: _Record | None) -> bool:
    """Whether a record begins here; in one of upper-case tags, "ty - " is wrapped text."""
    match = _BEGIN.fullmatch(text)
    return match is not None and (match[1] is not None or record is None)


def _read(record: _Record | None, stray: Line | None, parser: RisParser) -> Iterator[Record]:
    if stray is not None:
        yield Rejected(stray.number, "lines outside any record", stray.text[:_EXCERPT].strip())
    if record is None:
        return
    try:
        for tags in parser.parse(record.text()):
            yield _citation(tags).paper()
    except NotAPaper as why:
        yield Rejected(record.line, str(why), record.excerpt())


def _citation(tags: Mapping[str, Any]) -> Citation:
    def get(*names: str) -> str:
        return next((str(tags[name]) for name in names if tags.get(name)), "")

    def every(*names: str) -> tuple[str, ...]:
        return tuple(str(value) for name in names for value in tags.get(name, ()))

    return Citation(
        title=get("TI", "T1", "CT"),
        abstract=get("AB", "N2"),
        names=tuple(dict.fromkeys(name for each in every(*_NAMES) if (name := _name(each)))),
        published=_published(get("DA"), get("PY"), get("Y1")),
        doi=get("DO"),
        places=tuple(get(tag) for tag in _PLACES),
        remarks=every("N1"),
        addresses=tuple(part for each in every(*_ADDRESSES) for part in re.split(r";\s*(?=https?://)", each)),
    )


def _name(text: str) -> str:
    """A name as it is read aloud, from "Last, First, Suffix"; a corporation has no comma."""
    last, *others = (part.strip() for part in text.split(","))
    if last.casefold() in {"et al.", "et al"}:
        return ""
    return " ".join(part for part in (*others[:1], last, *others[1:]) if part)


def _published(*texts: str) -> PartialDate | None:
    """The most exact of the dates that agree with the year; the year alone is surest to be that of the paper."""
    day, year, primary = (date_in(text) for text in texts)
    known = [date for date in (year or primary, primary, day) if date is not None]
    agreeing = [date for date in known if date.year == known[0].year]
    return max(agreeing, key=lambda date: (date.month is not None) + (date.day is not None), default=None)
