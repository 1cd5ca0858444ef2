"""A text with parts of it replaced, and where the characters that were there are found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from reader.frozen import frozen

Span = tuple[int, int]
"""Start and end, in characters of a text."""


@frozen
class Edit:
    """What stands for the characters from `start` to before `end`."""

    start: int
    end: int
    text: str


@frozen
class Emphasis:
    """A part of a text that its author set apart: "bold" or "italic", from character `start` to before `end`."""

    start: int
    end: int
    style: str


@frozen
class Readable:
    """A text as it is read, and how its characters belong to those that were typed.

    Attributes:
        text: what is shown.
        edits: what was changed, in the order of the text as it was typed; they do not overlap.
        emphasis: in the text that is shown.
    """

    text: str
    edits: Sequence[Edit] = ()
    emphasis: Sequence[Emphasis] = ()

    def shown(self, start: int, end: int) -> Span:
        """Where a part of the text as it was typed is shown; what was replaced is shown whole or not at all."""
        return self._place(start, after=False), self._place(end, after=True)

    def _place(self, at: int, *, after: bool) -> int:
        """The place of a boundary between two characters; within what was replaced, its end or its beginning."""
        number = bisect_right(self.edits, at - after, key=lambda edit: edit.start)
        moved = sum(len(edit.text) - (edit.end - edit.start) for edit in self.edits[:number])
        if number and at < self.edits[number - 1].end:
            edit = self.edits[number - 1]
            moved -= len(edit.text) - (edit.end - edit.start)
            return edit.start + moved + (len(edit.text) if after else 0)
        return at + moved


def applied(text: str, start: int, end: int, changes: Iterable[Edit]) -> str:
    """That part of a text with edits in it made."""
    parts, at = [], start
    for edit in changes:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:end]])
