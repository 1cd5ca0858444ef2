"""A list of papers: which of them is under the cursor, and that it stays there when others come and go."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.app.listing import Listing, Readings, unmatched
from reader.app.row_list import RowList
from reader.store import Store

if TYPE_CHECKING:
    from reader.store.ordered import Ordered


class PaperList(RowList):
    """Papers as rows."""

    def __init__(self, store: Store, ids: array[int], *, id: str, empty: str) -> None:  # noqa: A002 - Textual's name
        """List these papers of that store; `empty` is said where there is none."""
        self.listing = Listing(store)
        self.listing.show(ids)
        super().__init__(self.listing, id=id, empty=empty)
        self._seen = -1
        self._sought: int | None = None

    @property
    def ids(self) -> Sequence[int]:
        """The papers that are listed."""
        return self.listing.ids

    @property
    def current(self) -> int | None:
        """The paper under the cursor now, also when keys typed ahead have moved it and no message told so yet."""
        return None if self.cursor is None else self.listing.paper_at(self.cursor)

    def show_papers(
        self, ids: array[int] | Ordered, readings: Readings = unmatched, *, stay: bool, empty: str | None = None
    ) -> None:
        """List other papers.

        Args:
            ids: these, in their order, or how to read them.
            readings: what each of them matches.
            stay: keep the cursor on its paper and on its line, otherwise put it on the first.
            empty: what to say where there are none.
        """
        before, offset = self.current, (self.cursor or 0) - self.top if stay else None
        self.listing.show(ids, readings)
        place = self._place(before)
        if not stay:
            self._sought = None
        self.show(cursor=place if stay else 0, offset=offset, empty=empty)

    def stand_on(self, paper: int) -> None:
        """Put the cursor on that paper, or as soon as it is among those that are listed for the same query."""
        place = self.listing.place(paper)
        if place is None:
            self._sought = paper
        else:
            self.move_to(place)

    def seek(self, paper: int | None) -> None:
        """Put the cursor on that paper as soon as others are listed with it, and the cursor is to stay."""
        self._sought = paper

    def _place(self, before: int | None) -> int:
        """Where the paper that was under the cursor stands now, or the cursor's own place where it is gone.

        While the list is empty, the paper that was under its cursor last counts.
        """
        sought = None if self._sought is None else self.listing.place(self._sought)
        if sought is not None and self._sought is not None:
            self._seen, self._sought = self._sought, None
            return sought
        if before is not None:
            self._seen = before
        place = self.listing.place(self._seen)
        return self._cursor if place is None else place

    def forget(self) -> None:
        """Read every row afresh: the library was changed."""
        self.listing.forget()
        self.refresh()

    def mark(self, paper: int | None) -> None:
        """Mark that paper alone, or none."""
        self.listing.marked = paper
        self.refresh()
