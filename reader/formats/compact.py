"""The compact layout: after the header each line is a title or an abstract, in turn, and nothing else.

    Get trending papers in your email inbox!
    SubscribeA title
    Its abstract.
    The next title

Every line after the header is literal, even where it reads "new" or like a date. Only what no paper can say is not:
the header again, "Submitted by" with the name after it, and "• 3 authors" with a dot or a date on the next line. Blank
lines mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.formats import facts, listing
from reader.formats.format import Format
from reader.formats.items import Break, Content, Item, Meta
from reader.formats.lines import Ahead, Head, Line
from reader.formats.pairing import pair
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits
from reader.text import collapse


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Any text may be one."""
    return 0.5


def score(trial: Sequence[Record], notes: PageNotes) -> float:
    """How well a trial reads as lines in turn; "Subscribe" glued to the first title settles it."""
    fit = listing.score(trial, notes)
    return 0.95 if notes.header and notes.subscribe_glued and fit > 0 else fit


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of a page in the compact layout."""
    return pair(_items(listing.after_preamble(lines, notes), notes))


FORMAT = Format("compact page", claims, records, score)


def _items(lines: Iterator[Line], notes: PageNotes) -> Iterator[Item]:
    filled = Ahead(line for line in lines if line.text and not line.text.isspace())
    in_header, subscribe_due = True, False
    for number, raw in filled:
        if not in_header and listing.is_literal(raw):
            yield Content(number, collapse(raw))
            continue
        text = raw
        if in_header and subscribe_due and raw.startswith(listing.SUBSCRIBE) and not listing.is_subscribe(raw):
            text = raw.removeprefix(listing.SUBSCRIBE)
            notes.subscribe_glued, subscribe_due = True, False
        following = filled.peek()
        if listing.is_header(text):
            in_header, subscribe_due = True, True
            yield Break()
        elif _is_submitter(text, filled, notes) or _precedes_header(text, following):
            yield Break()
        elif in_header and _in_header(text, notes):
            subscribe_due &= not listing.is_subscribe(text)
        elif (meta := _facts(text, filled)) is not None:
            notes.published(meta.published)
            yield meta
        else:
            in_header = False
            yield Content(number, collapse(text))


def _is_submitter(text: str, following: Ahead[Line], notes: PageNotes) -> bool:
    """Whether a line says who submitted a paper; takes the name after it."""
    if listing.announces_submitter(text):
        name = following.peek()
        if name is not None and listing.may_be_name(name.text):
            next(following)
    elif not listing.names_submitter(text):
        return False
    notes.submitters += 1
    return True


def _facts(text: str, following: Ahead[Line]) -> Meta | None:
    """What an author count and the lines after it say; takes those lines. An author count alone is literal."""
    lines = [text]
    if facts.facts_begin(["", text]) == 1:
        while (line := following.peek()) is not None and facts.parse_meta([*lines, line.text]) is not None:
            lines.append(line.text)
            next(following)
    return facts.parse_meta(lines) if len(lines) > 1 else None


def _precedes_header(text: str, following: Line | None) -> bool:
    """Whether a line is the "new" above a header."""
    return listing.is_navigation(text) and following is not None and listing.is_header(following.text)


def _in_header(text: str, notes: PageNotes) -> bool:
    """Whether a line before the first title belongs to the page: navigation, or the page's date."""
    if listing.is_navigation(text) or listing.is_period(text):
        return True
    meta = facts.parse_date(collapse(text))
    if meta is not None:
        notes.dated(meta.published)
    return meta is not None
