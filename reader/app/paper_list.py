"""A list of papers: which is under the cursor, which are selected, and that both stay when others come and go."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.app.listing import Listing, Readings, unmatched
from reader.app.row_list import RowList
from reader.app.selection import EVERYTHING, Chosen, Selection, these
from reader.store import Store

if TYPE_CHECKING:
    from reader.store.ordered import Ordered

_ORDER_FROM = 40
"""Cells from which the border has room for the order."""


class PaperList(RowList):
    """Papers as rows."""

    def __init__(self, store: Store, ids: array[int], *, id: str, empty: str) -> None:  # noqa: A002 - Textual's name
        """List these papers of that store; `empty` is said where there is none."""
        self.listing = Listing(store)
        self.listing.show(ids)
        super().__init__(self.listing, id=id, empty=empty)
        self._seen = -1
        self._sought: int | None = None
        self._sought_line: int | None = None
        self._selection: Selection | None = None
        self._heading = ""
        self.order = ""
        """The order of the papers, where it is to be said."""

    @property
    def place_in_words(self) -> str:
        """The order, where there is room and something to say, and which of the papers the cursor is on."""
        said = [self.order if self.size.width >= _ORDER_FROM else "", super().place_in_words]
        return " · ".join(part for part in said if part)

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
        before, sought, anchor = self.current, self._sought, self._anchor
        same = ids == self.listing.listed
        offset = self.cursor_line if stay else None
        self.listing.show(ids, readings)
        place = self._place(before)
        if sought is not None and self._sought is None and self._sought_line is not None:
            offset, self._sought_line = self._sought_line, None
        if not stay:
            self._sought = None
        selection = self._selection_now(anchor, same=same) if stay else None
        self.show(cursor=place if stay else 0, offset=offset, empty=empty)
        self._select(selection)

    def stand_on(self, paper: int) -> None:
        """Put the cursor on that paper, or as soon as it is among those that are listed for the same query."""
        place = self.listing.place(paper)
        if place is None:
            self._sought = paper
        else:
            self.move_to(place)

    def stand_on_one(self, papers: Sequence[int], *, soon: bool) -> None:
        """Put the cursor on the first of those papers that is listed, unless it is on one of them.

        Args:
            papers: at least one.
            soon: where none is listed, wait for the first to be listed next.
        """
        if self.current in papers:
            return
        listed = next((paper for paper in papers if self.listing.place(paper) is not None), None)
        if listed is not None or soon:
            self.stand_on(papers[0] if listed is None else listed)

    def seek(self, paper: int | None, *, line: int | None = None) -> None:
        """Put the cursor on that paper as soon as others are listed with it, and the cursor is to stay.

        Args:
            paper: the paper.
            line: on which line of the screen it is to stand, where that is no matter of what fits best.
        """
        self._sought, self._sought_line = paper, line

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

    def show_mathematics(self, *, as_read: bool) -> None:
        """Show mathematics in titles as it is read, or as it was typed."""
        self.listing.mathematics = as_read
        self.refresh()

    def show_second_line(self, *, shown: bool) -> None:
        """Show more of each paper on a second line, or titles alone."""
        self.listing.second_line = shown
        self.set_lines(2 if shown else 1)

    def mark(self, paper: int | None) -> None:
        """Mark that paper alone, or none."""
        self.listing.marked = paper
        self.refresh()

    # selecting

    @property
    def selected(self) -> range | None:
        """The rows that are selected; None where none are, and the cursor's alone counts."""
        return None if self._selection is None else self._selection.span(self.cursor or 0, len(self.ids))

    @property
    def chosen(self) -> Chosen:
        """The papers that are acted on: those selected, or the one under the cursor."""
        selected = self.selected
        if selected is not None:
            return Chosen(self.listing.listed, selected)
        return these([] if self.current is None else [self.current])

    def select(self, *, everything: bool = False) -> None:
        """Begin a selection on the cursor's row, or select every row."""
        if self.cursor is not None:
            self._select(EVERYTHING if everything else Selection(self.cursor))

    def select_nothing(self) -> bool:
        """End the selection; whether there was one."""
        was = self._selection is not None
        self._select(None)
        return was

    def is_selected(self, index: int) -> bool:
        """Whether the row is selected."""
        return self._selection is not None and index in self._selection.span(self.cursor or 0, len(self.ids))

    def move_to(self, index: int) -> None:
        """Put the cursor on that row, or the nearest there is; a selection goes with it."""
        super().move_to(index)
        if self._selection is not None:
            self._select(self._selection)

    def set_heading(self, text: str) -> None:
        """Say what the list shows, and how much of it is selected."""
        self._heading = text
        selected = self.selected
        super().set_heading(text if selected is None else f"{text} · {len(selected):,} selected")

    def _select(self, selection: Selection | None) -> None:
        if selection is not None or self._selection is not None:
            self._selection = selection
            self.set_heading(self._heading)
            self.refresh()

    @property
    def _anchor(self) -> int | None:
        """The paper on the row where the selection was begun."""
        anchor = None if self._selection is None else self._selection.anchor
        return None if anchor is None or anchor >= len(self.ids) else self.listing.paper_at(anchor)

    def _selection_now(self, anchor: int | None, *, same: bool) -> Selection | None:
        """What is selected of other papers: those between the same two, or all as long as they are the same."""
        if self._selection is None:
            return None
        if self._selection.anchor is None:
            return self._selection if same else None
        return self._selection.moved(None if anchor is None else self.listing.place(anchor))
