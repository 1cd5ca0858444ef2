"""Choosing the colours: the app behind the list wears the theme under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from reader.app import themes
from reader.app.list_screen import ListScreen
from reader.app.row_list import Row, RowList


class ThemeScreen(ListScreen[str]):
    """Enter gives back the theme under the cursor; Esc gives back none and restores the one that was worn before."""

    HEADING: ClassVar[str] = "Themes"
    KEYS: ClassVar[str] = "Enter keeps · Esc leaves"

    def __init__(self, wear: Callable[[str], None], worn: str) -> None:
        """Show each theme by having the app wear it; the cursor begins on the one it wears."""
        super().__init__()
        self._wear = wear
        self._before = worn
        self._names = themes.names()

    def compose(self) -> ComposeResult:
        """The list alone, so that much is seen of the app."""
        with Vertical(id="theme-box") as box:
            box.border_title = self.HEADING
            box.border_subtitle = self.KEYS
            yield RowList(self._rows, id="rows", empty="")

    def on_mount(self) -> None:
        """List them all."""
        self._rows.rows = [Row(name) for name in self._names]
        self.query_one(RowList).show(cursor=self._names.index(self._before))
        self.do_what_was_typed_ahead()

    @on(RowList.Highlighted)
    def _worn(self, event: RowList.Highlighted) -> None:
        event.stop()
        event.prevent_default()  # the list screen's own handler tells of the row below the list
        if event.index is not None:
            self._wear(self._names[event.index])

    def action_choose(self) -> None:
        """Keep it."""
        self.dismiss(None if self.place is None else self._names[self.place])

    def action_close(self) -> None:
        """Wear what was worn before."""
        self._wear(self._before)
        self.dismiss(None)
