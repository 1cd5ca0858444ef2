"""Which rows of a list are acted on: a run of them, or all there are.

A selection names rows by their place alone, so that selecting a hundred thousand of them reads none.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.store import Store

if TYPE_CHECKING:
    from reader.store.ordered import Ordered


@frozen
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


@frozen
class Chosen:
    """Papers that are acted on: some rows of a list, of which nothing is read before a thread needs them.

    Attributes:
        listed: the papers of the list, or how to read them.
        rows: which of them.
    """

    listed: array[int] | Ordered
    rows: range

    def __len__(self) -> int:
        """How many papers."""
        return len(self.rows)

    def papers(self, store: Store) -> Sequence[int]:
        """Their ids, read over that store's connection. Raises LibraryError where it cannot be read."""
        papers = store.papers.reading(self.listed)
        return papers if len(self.rows) == len(papers) else papers[self.rows.start : self.rows.stop]


def these(papers: Sequence[int]) -> Chosen:
    """Just these papers."""
    return Chosen(array("q", papers), range(len(papers)))
