"""The paragraph layout: title, abstract and a line of facts, each a paragraph between blank lines.

    A title, perhaps
    over two lines

    Its abstract.

      • 3 authors
    ·
    Aug 30, 2021 2

Texts hard-wrapped within their paragraph are joined; the facts may be missing, or stand in paragraphs of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.formats import facts, listing
from reader.formats.format import Format
from reader.formats.items import Break, Content, Item, Meta
from reader.formats.lines import LONGEST, Head, Line
from reader.formats.pairing import pair
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits
from reader.paper import Paper
from reader.text import collapse

_MOST_LINES = 100_000
_BULLET = Meta()
_BEYOND_FACTS = 200  # characters of a line that is longer than any fact, navigation or address


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Any text may be one."""
    return 0.5


def score(trial: Sequence[Record], notes: PageNotes) -> float:
    """How well a trial reads as paragraphs.

    "Subscribe" in a paragraph of its own settles it, as does an author count under most abstracts; "Subscribe" glued
    to a title otherwise leaves it to the compact layout.
    """
    fit = listing.score(trial, notes)
    papers = [record for record in trial if isinstance(record, Paper)]
    counted = 2 * sum(paper.author_count is not None for paper in papers) >= len(papers) > 0
    if notes.header and fit > 0 and (notes.subscribe_apart or (notes.subscribe_glued and counted)):
        return 0.95 + 0.02 * fit
    return fit + 0.01 * (fit > 0)  # where both layouts read the same, this one is the commoner


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of a page in the paragraph layout."""
    return pair(_items(listing.after_preamble(lines, notes), notes))


FORMAT = Format("paragraph page", claims, records, score)


@dataclass(slots=True)
class _Place:
    """Where on the page the reading is.

    Attributes:
        in_header: no text has come since the header, so a date is the page's own.
        subscribe_due: the header has not yet ended with "Subscribe", which may be glued to the first title.
        name_due: "Submitted by" was the end of the last paragraph.
    """

    in_header: bool = True
    subscribe_due: bool = False
    name_due: bool = False


def _items(lines: Iterator[Line], notes: PageNotes) -> Iterator[Item]:
    place = _Place()
    for paragraph in _paragraphs(lines):
        number, text = paragraph[0]
        if (
            len(paragraph) == 1
            and len(text) > _BEYOND_FACTS
            and " " in text
            and not (place.name_due or place.subscribe_due)
        ):
            place.in_header = False
            yield Content(number, collapse(text))
            continue
        left = _without_submitter(paragraph, place, notes)
        if len(left) < len(paragraph):
            yield Break()
        rest = _without_navigation(left, place, notes)
        if len(rest) < len(left):
            yield Break()
            rest = _without_submitter(rest, place, notes)
        if rest:
            yield from _classified(rest, place, notes)


def _paragraphs(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """Lines up to the next blank one; what makes a paragraph longer than any text is not kept."""
    paragraph: list[Line] = []
    length = 0
    for line in lines:
        if not line.text or line.text.isspace():
            if paragraph:
                yield paragraph
            paragraph, length = [], 0
        elif length <= LONGEST and len(paragraph) < _MOST_LINES:
            paragraph.append(line)
            length += len(line.text) + 1
    if paragraph:
        yield paragraph


def _without_submitter(paragraph: list[Line], place: _Place, notes: PageNotes) -> list[Line]:
    """The paragraph without "Submitted by" and the name after it, which may be the next paragraph."""
    start = 0
    while start < len(paragraph):
        text = paragraph[start].text
        if place.name_due:
            place.name_due = False
            start += listing.may_be_name(text)
        elif listing.announces_submitter(text):
            notes.submitters += 1
            place.name_due = True
            start += 1
        elif listing.names_submitter(text):
            notes.submitters += 1
            start += 1
        else:
            break
    return paragraph[start:]


def _without_navigation(paragraph: list[Line], place: _Place, notes: PageNotes) -> list[Line]:
    """The paragraph without the navigation at its start, if it is all navigation or begins with the page's header."""
    start = 0
    while start < len(paragraph) and listing.is_navigation(paragraph[start].text):
        start += 1
    if not start:
        return paragraph
    seen = [line.text for line in paragraph[:start]]
    has_header = any(map(listing.is_header, seen))
    if start < len(paragraph) and not has_header:
        return paragraph
    if has_header:
        place.in_header = place.subscribe_due = True
    if any(map(listing.is_subscribe, seen)):
        place.subscribe_due = False
        notes.subscribe_apart |= start == len(paragraph)
    return paragraph[start:]


def _classified(paragraph: list[Line], place: _Place, notes: PageNotes) -> Iterator[Item]:
    """What a paragraph is; under an abstract the facts may stand without a blank line between."""
    texts = [line.text for line in paragraph]
    number = paragraph[0].number
    meta = facts.parse_meta(texts)
    if place.in_header and (meta is not None or (len(texts) == 1 and listing.is_period(texts[0]))):
        notes.dated(meta.published if meta else None)
        return
    if meta is not None:
        notes.published(meta.published)
        if meta != _BULLET:
            yield meta
        return
    end = facts.facts_begin(texts)
    text = collapse(" ".join(texts[:end]))
    if place.subscribe_due and text.startswith(listing.SUBSCRIBE):
        text = text.removeprefix(listing.SUBSCRIBE).lstrip()
        notes.subscribe_glued = True
        place.subscribe_due = False
        place.name_due = listing.announces_submitter(text)
        notes.submitters += place.name_due
        if place.name_due or listing.names_submitter(text):
            yield Break()
            return
    other: Item | None = facts.parse_votes(text) or facts.parse_address(number, text)
    if other is not None:
        yield other
        return
    if text.strip("·• "):
        place.in_header = place.subscribe_due = False
        yield Content(number, text, whole=len(paragraph) < _MOST_LINES)
    if end < len(texts) and (meta := facts.parse_meta(texts[end:])) is not None:
        notes.published(meta.published)
        yield meta
