"""Asking for a name."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from reader.app.small_screen import SmallScreen
from reader.text import collapse, visible


class NameBox(Input):
    """One line; nothing in it acts on the terminal."""

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, as it can be shown."""
        return visible(value)


class NameScreen(SmallScreen[str | None]):
    """Enter gives the name back, Esc none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave")]

    def __init__(self, title: str, about: str, name: str = "") -> None:
        """Ask for the name of something, of which one line tells; it may have one already."""
        super().__init__()
        self._title, self._about, self._known = title, about, name

    def compose(self) -> ComposeResult:
        """What it is the name of, and the box."""
        with Vertical(id="naming") as pane:
            pane.border_title = self._title
            pane.border_subtitle = "Enter keeps it · Esc leaves"
            yield Static(visible(self._about), markup=False)
            yield NameBox(self._known, placeholder="A name", id="name", compact=True)

    def on_mount(self) -> None:
        """The cursor stands still."""
        self.query_one(NameBox).cursor_blink = False

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if name := collapse(event.value):
            self.dismiss(name)
