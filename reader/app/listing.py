"""Papers as rows: ids in an order, and of the papers themselves only the pages that were looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.app.row_list import Row
from reader.errors import LibraryError
from reader.search.results import Interpretation
from reader.store import Store
from reader.store.papers import PaperRow

if TYPE_CHECKING:
    from reader.store.ordered import Ordered

_PAGE = 64
"""Rows read at once."""
_KEPT_ROWS = 4_096
"""Rows kept after they were read."""

BOOKMARKED = "★"
MARKED = "◆"


Readings = Callable[[int], "Sequence[Interpretation]"]
"""What to highlight in a paper."""


def unmatched(_: int) -> Sequence[Interpretation]:
    """Nothing is to be highlighted."""
    return ()


class Listing:
    """The rows of some papers, read from the store when they are drawn."""

    def __init__(self, store: Store) -> None:
        """Read rows from that store, on the thread that it belongs to."""
        self._store = store
        self._rows: OrderedDict[int, PaperRow] = OrderedDict()
        self._readings: Readings = unmatched
        self.ids: Sequence[int] = array("q")
        self.marked: int | None = None

    def __len__(self) -> int:
        """How many papers there are."""
        return len(self.ids)

    def show(self, ids: array[int] | Ordered, readings: Readings = unmatched) -> None:
        """List these papers, with what each of them matches highlighted."""
        self.ids = self._store.papers.reading(ids)
        self._readings = readings

    def paper_at(self, index: int) -> int | None:
        """The paper of that row; None where it is gone, or cannot be read."""
        try:
            return self.ids[index] or None
        except LibraryError:
            return None

    def place(self, paper: int) -> int | None:
        """The row of a paper; None where it is not listed."""
        try:
            return self.ids.index(paper)
        except (ValueError, LibraryError):
            return None

    def forget(self) -> None:
        """Read every row afresh: the library was changed."""
        self._rows.clear()

    def row(self, index: int) -> Row:
        """The row of a paper; where it cannot be read, the reason."""
        try:
            paper = self._paper(index)
        except LibraryError as error:
            return Row(f"({error.message})")
        if paper is None:
            return Row("(no longer in the library)")
        return Row(
            text=paper.title,
            spans=self._spans(paper),
            mark=MARKED if paper.id == self.marked else BOOKMARKED if paper.bookmarked else " ",
            tail=_day(paper),
        )

    def _paper(self, index: int) -> PaperRow | None:
        id_ = self.ids[index]
        if id_ not in self._rows:
            start = max(index - _PAGE // 4, 0)
            wanted = [each for each in self.ids[start : index + _PAGE] if each not in self._rows]
            self._rows.update((row.id, row) for row in self._store.papers.rows(wanted))
            while len(self._rows) > _KEPT_ROWS:
                self._rows.popitem(last=False)
        return self._rows.get(id_)

    def _spans(self, paper: PaperRow) -> Sequence[tuple[int, int]]:
        readings = self._readings(paper.id)
        if not readings:
            return ()
        from reader.search.spans import spans  # loaded by the first search, on its own thread

        return spans(paper.title, readings, "title")


def _day(paper: PaperRow) -> str:
    if paper.published is None:
        return ""
    return paper.published.in_words(inferred=paper.published_inferred)
