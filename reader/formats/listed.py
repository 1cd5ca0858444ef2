"""A listing page copied line by line: no blank lines, but votes, facts and labels between the texts.

    101
    A title
    Its abstract.
    • 3 authors
    ·
    May 29
    6

What tells it from the compact layout, whose every line is literal, are the author counts and votes.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.formats import cards, listing
from reader.formats.format import Format
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits

_MOST_BLANK = 0.1


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Author counts, or votes and dots, on lines of their own, and hardly a blank line."""
    told = traits.authors > 1 or (traits.votes and traits.authors + traits.dots)
    return 0.6 if told and traits.blank <= _MOST_BLANK * traits.filled else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of a page on which each line is a piece."""
    return cards.read_cards(_apart(lines), notes)


FORMAT = Format("page of lines", claims, records, cards.score)


def _apart(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines with a blank one after each; "Subscribe" is cut off the first title."""
    subscribe_due = False
    for number, text in lines:
        if listing.is_header(text):
            subscribe_due = True
        elif subscribe_due and text.startswith(listing.SUBSCRIBE):
            subscribe_due = False
            text = text.removeprefix(listing.SUBSCRIBE)  # noqa: PLW2901 - the line without it
        yield Line(number, text)
        yield Line(number, "")
