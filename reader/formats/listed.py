"""A listing page copied line by line: no blank lines, but votes, facts and labels between the texts.

    101
    A title
    Its abstract.
    • 3 authors
    ·
    May 29
    6

What tells it from the compact layout, whose every line is literal, are the author counts and votes. Texts that were
broken for their length are joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reader.formats import cards, listing
from reader.formats.format import Format
from reader.formats.items import ends_sentence
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits
from reader.text import collapse

_MOST_BLANK = 0.1
_SHORT = 90
_LONGEST_RUN = 500  # lines between two facts
_NARROWEST, _WIDEST = 40, 200  # characters of a line at which texts are broken


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Author counts, labels, or votes with dots or submitters, on lines of their own, and hardly a blank line."""
    told = (
        traits.authors > 1 or traits.labels > 1 or (traits.votes and traits.authors + traits.dots + traits.submitters)
    )
    return 0.73 if told and traits.blank <= _MOST_BLANK * traits.filled else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of a page on which each line is a piece."""
    return cards.read_cards(_apart(lines), notes)


FORMAT = Format("page of lines", claims, records, cards.score)


def _apart(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines with a blank one after each piece; "Subscribe" is cut off the first title."""
    subscribe_due = name_due = False
    run: list[Line] = []
    for number, text in lines:
        if listing.is_header(text):
            subscribe_due = True
        elif subscribe_due and text.startswith(listing.SUBSCRIBE):
            subscribe_due = False
            text = text.removeprefix(listing.SUBSCRIBE)  # noqa: PLW2901 - the line without it
        plain = collapse(text)
        if name_due or not plain or len(run) == _LONGEST_RUN or (len(plain) <= _SHORT and cards.is_label(plain)):
            yield from _texts(run)
            run.clear()
            yield Line(number, text)
            yield Line(number, "")
            name_due = listing.announces_submitter(plain)
        else:
            run.append(Line(number, text))
    yield from _texts(run)


def _texts(run: list[Line]) -> Iterator[Line]:
    """A title, its abstract and perhaps who wrote it, each with a blank line after it.

    Where the abstract was broken for its length, its lines are one text; else each line is.
    """
    texts = [line.text.strip() for line in run]
    begins, ends = next(((place, end) for place in (1, 2, 3) if (end := _end_of_text(texts, place))), (0, 0))
    for place, line in enumerate(run):
        yield line
        if not (place < begins - 1 or begins <= place < ends - 1):
            yield Line(line.number, "")


def _end_of_text(texts: list[str], begins: int) -> int:
    """Where the text that begins there ends, 0 where its lines were not broken for their length.

    They were if none but the last could have taken in the first word of the next one. A short line after it that is no
    sentence names who wrote it.
    """
    lines = texts[begins:]
    width = max(map(len, lines), default=0)
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST:
        return 0
    fits = [len(line) + 1 + len(after.split(maxsplit=1)[0]) <= width for line, after in pairwise(lines)]
    last = len(lines[-1]) <= _SHORT and not ends_sentence(lines[-1]) and (fits[-1] or ends_sentence(lines[-2]))
    if any(fits[:-1] if last else fits) or (last and len(lines) == 2):
        return 0
    return len(texts) - last
