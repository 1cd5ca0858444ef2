"""Papers as rows: ids in an order, and of the papers themselves only the pages that were looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.app.row_list import SELECTED, Row
from reader.app.shown import shown
from reader.errors import LibraryError
from reader.search.results import Interpretation
from reader.store import Store
from reader.store.papers import Glimpse, PaperRow
from reader.wording import counted

if TYPE_CHECKING:
    from reader.store.ordered import Ordered

_PAGE = 64
"""Rows read at once."""
_KEPT_ROWS = 4_096
"""Rows kept after they were read."""
_DAY = len("Aug 30, 2021")
"""Cells of the longest date, so that titles end in one column."""

UNREAD, DISMISSED = "•", "×"
BOOKMARKED = "★"
MARKED = "◆"
NOTED, TAGGED = "✎", "#"

LEGEND: Sequence[tuple[str, str]] = (
    (UNREAD, "not read yet"),
    (DISMISSED, "dismissed"),
    (BOOKMARKED, "in a reading list"),
    (NOTED, "has a note"),
    (TAGGED, "has tags"),
    (MARKED, "marked, to be made one with another"),
    (SELECTED, "selected"),
)
"""The marks beside a title, with what they mean."""

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
        self._glimpses: dict[int, Glimpse] = {}
        self._readings: Readings = unmatched
        self.listed: array[int] | Ordered = array("q")
        self.ids: Sequence[int] = self.listed
        self.marked: int | None = None
        self.mathematics = True
        self.second_line = False

    def __len__(self) -> int:
        """How many papers there are."""
        return len(self.ids)

    def show(self, ids: array[int] | Ordered, readings: Readings = unmatched) -> None:
        """List these papers, with what each of them matches highlighted."""
        self.listed = ids
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
        self._glimpses.clear()

    def row(self, index: int) -> Row:
        """The row of a paper; where it cannot be read, the reason."""
        try:
            paper = self._paper(index)
            below, below_tail = self._below(index) if self.second_line and paper is not None else ("", "")
        except LibraryError as error:
            return Row(f"({error.message})")
        if paper is None:
            return Row("(no longer in the library)")
        title = shown(paper.title, self._readings(paper.id), "title", mathematics=self.mathematics)
        return Row(
            text=title.text,
            spans=title.matches,
            mark=self._marks(paper),
            more=NOTED * paper.noted + TAGGED * paper.tagged,
            tail=_day(paper),
            below=below,
            below_tail=below_tail,
        )

    def _marks(self, paper: PaperRow) -> str:
        state = DISMISSED if paper.dismissed else " " if paper.read else UNREAD
        kept = MARKED if paper.id == self.marked else BOOKMARKED if paper.bookmarked else " "
        return state + kept

    def _below(self, index: int) -> tuple[str, str]:
        """How the abstract begins, and what is known of a paper beside it."""
        id_ = self.ids[index]
        if id_ not in self._glimpses:
            if len(self._glimpses) > _KEPT_ROWS:
                self._glimpses.clear()
            start = max(index - _PAGE // 4, 0)
            self._glimpses.update(self._store.papers.glimpses(self.ids[start : index + _PAGE]))
        glimpse = self._glimpses.get(id_, Glimpse(""))
        known = [f"#{tag}" for tag in glimpse.tags]
        known += [counted(glimpse.comments, "comment")] if glimpse.comments else []
        beginning = shown(glimpse.beginning, (), "abstract", mathematics=self.mathematics).text
        return beginning or "The abstract is not known.", " · ".join(known)

    def _paper(self, index: int) -> PaperRow | None:
        id_ = self.ids[index]
        if id_ not in self._rows:
            start = max(index - _PAGE // 4, 0)
            wanted = [each for each in self.ids[start : index + _PAGE] if each not in self._rows]
            self._rows.update((row.id, row) for row in self._store.papers.rows(wanted))
            while len(self._rows) > _KEPT_ROWS:
                self._rows.popitem(last=False)
        return self._rows.get(id_)


def _day(paper: PaperRow) -> str:
    if paper.published is None:
        return ""
    return f"{paper.published.in_words(inferred=paper.published_inferred):>{_DAY}}"
