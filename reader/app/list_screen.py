"""A small screen over the main one that shows a list, and below it more of what the cursor is on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.app.row_list import Row, RowList
from reader.app.small_screen import SmallScreen

Result = TypeVar("Result")


_LEAVING = {"escape", "q", "ctrl+q"}


class Rows:
    """Rows that are all at hand."""

    def __init__(self) -> None:
        self.rows: Sequence[Row] = ()

    def __len__(self) -> int:
        """How many there are."""
        return len(self.rows)

    def row(self, index: int) -> Row:
        """The row of that index."""
        return self.rows[index]


class ListScreen(SmallScreen[Result | None], Generic[Result]):
    """Move with the keys of the lists; what is chosen, and what is told of a row, is a subclass's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close"),
        Binding("enter", "choose", "Choose"),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("ctrl+d,pagedown", "page(1)", show=False),
        Binding("ctrl+u,pageup", "page(-1)", show=False),
        Binding("g,home", "first", show=False),
        Binding("G,end", "last", show=False),
        Binding("space", "more", show=False),
    ]

    HEADING: ClassVar[str] = ""
    KEYS: ClassVar[str] = "Esc closes"
    EMPTY: ClassVar[str] = "Nothing"

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._rows = Rows()
        self._ahead: list[str] | None = []

    def compose(self) -> ComposeResult:
        """The list, and what is told of the row under its cursor."""
        with Vertical(id="list-box") as box:
            box.border_title = self.HEADING
            box.border_subtitle = self.KEYS
            yield RowList(self._rows, id="rows", empty="Looking…")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(markup=False)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """List these, the cursor staying where it is."""
        row_list = self.query_one(RowList)
        self._rows.rows = rows
        row_list.show(cursor=row_list.cursor or 0, empty=self.EMPTY)
        self.query_one("#list-box").border_title = f"{self.HEADING} · {len(rows):,}"
        self.do_what_was_typed_ahead()

    def do_what_was_typed_ahead(self) -> None:
        """Now there are rows to do it with."""
        ahead, self._ahead = self._ahead or (), None
        for key in ahead:
            self.call_next(self.app._check_bindings, key)  # before any that is still on its way here

    def on_key(self, event: events.Key) -> None:
        """What is typed before there is anything to choose from is done when there is; to leave is always possible."""
        if self._ahead is not None and event.key not in _LEAVING:
            event.stop()
            self._ahead.append(event.key)

    @property
    def place(self) -> int | None:
        """The index of the row under the cursor."""
        return self.query_one(RowList).cursor

    def about(self, index: int) -> Content:
        """What is told of a row."""
        raise NotImplementedError

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self.tell(event.index)
        self.query_one("#about").scroll_home(animate=False)

    def tell(self, index: int | None) -> None:
        """Tell of a row, below the list."""
        self.query_one("#about Static", Static).update(Content() if index is None else self.about(index))

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_choose()

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def action_choose(self) -> None:
        """Choose what the cursor is on: here, nothing is to be chosen."""
        self.dismiss(None)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(RowList).move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        self.query_one(RowList).move_page(pages)

    def action_first(self) -> None:
        """Go to the first row."""
        self.query_one(RowList).move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.query_one(RowList).move_to(len(self._rows))

    def action_more(self) -> None:
        """Page what is told of the row."""
        self.query_one("#about").scroll_page_down(animate=False)
