"""Which rows of a list are acted on: a run of them, or all there are.

A selection names rows by their place alone, so that selecting a hundred thousand of them reads none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows from where the selection was begun to the cursor.

    Attributes:
        anchor: the row where it was begun; None where every row is selected.
    """

    anchor: int | None

    def span(self, cursor: int, length: int) -> range:
        """The selected rows of a list of that length with the cursor on that row."""
        if self.anchor is None:
            return range(length)
        first, last = sorted((min(self.anchor, length - 1), cursor))
        return range(max(first, 0), last + 1)

    def moved(self, anchor: int | None) -> Selection | None:
        """The selection when the list shows other rows, and that of its anchor stands there; None where it is over."""
        if self.anchor is None:
            return self
        return None if anchor is None else Selection(anchor)


EVERYTHING = Selection(None)
