"""A text of a paper as it is shown: mathematics as it is read or as it was typed, and what matches a query marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.frozen import frozen
from reader.mathematics import readable
from reader.mathematics.edits import Emphasis, Readable, Span
from reader.search.results import Interpretation
from reader.text import steady_with_spans, visible


@frozen
class Shown:
    """A text with what matches in it, in order, and what its author set apart."""

    text: str
    matches: Sequence[Span] = ()
    emphasis: Sequence[Emphasis] = ()


def shown(text: str, readings: Sequence[Interpretation], place: str, *, mathematics: bool) -> Shown:
    """A title, an abstract or the authors (the `place`) as they are shown.

    What matches in the text as it was typed is marked where that is read: `circ` in "360°".
    """
    read = readable(text) if mathematics else Readable(text)
    if not readings:
        return _steady(read.text, (), read.emphasis)
    from reader.search.spans import spans  # loaded by the first search, on its own thread

    found = spans(read.text, readings, place)
    if read.edits:
        found = united([*found, *(read.shown(start, end) for start, end in spans(text, readings, place))])
    return _steady(read.text, found, read.emphasis)


def _steady(text: str, found: Sequence[Span], emphasis: Sequence[Emphasis]) -> Shown:
    """A text as wide in every terminal, what is marked in it where it stands then."""
    if text.isascii():
        return Shown(text, found, emphasis)
    steady, places = steady_with_spans(visible(text), [*found, *((mark.start, mark.end) for mark in emphasis)])
    marked = zip(emphasis, places[len(found) :], strict=True)
    return Shown(steady, places[: len(found)], [replace(mark, start=start, end=end) for mark, (start, end) in marked])


def united(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch as one, without empty ones."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found
