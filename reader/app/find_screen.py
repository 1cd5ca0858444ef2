"""A small screen over the main one that finds one of many names by a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from reader import library
from reader.app.list_screen import Rows
from reader.app.name_screen import NameBox
from reader.app.row_list import Row, RowList
from reader.app.small_screen import SmallScreen
from reader.text import visible

Result = TypeVar("Result")


class FindScreen(SmallScreen[Result], Generic[Result]):
    """Type to find, move with the arrows; what Enter and Esc do is a subclass's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, so that letters typed after such a key come after it, and in turn, so that those before do not.
        Binding("escape", "in_turn('leave')", "Close", priority=True),
        Binding("enter", "in_turn('choose')", "Choose", priority=True),
        Binding("down", "in_turn('move(1)')", show=False, priority=True),
        Binding("up", "in_turn('move(-1)')", show=False, priority=True),
        Binding("pagedown", "in_turn('page(1)')", show=False, priority=True),
        Binding("pageup", "in_turn('page(-1)')", show=False, priority=True),
    ]

    KEYS: ClassVar[str] = "Enter chooses · Esc closes"

    def __init__(self, heading: str, about: str, hint: str) -> None:
        """Find something, of which one line tells; the box hints at what can be typed."""
        super().__init__()
        self._heading, self._about, self._hint = heading, about, hint
        self._rows = Rows()
        self._listed = ""

    def compose(self) -> ComposeResult:
        """What it is for, the box, and the names."""
        with Vertical(id="list-box") as pane:
            pane.border_title = self._heading
            pane.border_subtitle = self.KEYS
            yield Static(visible(self._about), id="about-what", markup=False)
            yield NameBox(placeholder=self._hint, id="name", compact=True)
            yield RowList(self._rows, id="rows", empty="Looking…")

    def on_mount(self) -> None:
        """The cursor stands still."""
        self.box.cursor_blink = False

    def on_key(self, event: events.Key) -> None:
        """What is typed before the box has the focus, or beside it, is typed into it."""
        if event.is_printable and event.character:
            event.stop()
            self.box.insert_text_at_cursor(event.character)

    @property
    def box(self) -> NameBox:
        """What is typed into."""
        return self.query_one(NameBox)

    @property
    def place(self) -> int | None:
        """The index of the row under the cursor."""
        return self.query_one(RowList).cursor

    def find(self, typed: str) -> None:
        """List what the typed letters may mean."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[Row], *, cursor: int = 0, empty: str = "Nothing like it") -> None:
        """List these rows."""
        self._rows.rows = rows
        self.query_one(RowList).show(cursor=cursor, empty=empty)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._list(self.box.value)

    def _list(self, typed: str) -> None:
        """List what was typed means, unless that is listed: the cursor may have been moved since."""
        if typed != self._listed:
            self._listed = typed
            self.find(typed)

    async def do(self, action: str) -> None:
        """List what was typed before it, then do it."""
        self._list(self.box.value)
        await super().do(action)

    @on(RowList.Chosen)
    async def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        await self.run_action("choose")

    def action_move(self, rows: int) -> None:
        """Move among the names."""
        self.query_one(RowList).move(rows)

    def action_page(self, pages: int) -> None:
        """Move by a screenful."""
        self.query_one(RowList).move_page(pages)


class ChoiceScreen(FindScreen[str | None]):
    """Enter gives back one of some names, Esc none."""

    def __init__(self, heading: str, about: str, names: Sequence[str]) -> None:
        """Choose one of those."""
        super().__init__(heading, about, "Type to find one")
        self._names = names
        self._shown: list[int] = []

    def on_mount(self) -> None:
        """Show all of them."""
        super().on_mount()
        self.find("")

    def find(self, typed: str) -> None:
        """List the names that the typed letters may mean."""
        self._shown = library.fitting(self._names, typed)
        self.show_rows([Row(self._names[place]) for place in self._shown])

    def action_choose(self) -> None:
        """Give the name under the cursor back."""
        if self.place is not None:
            self.dismiss(self._names[self._shown[self.place]])

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
