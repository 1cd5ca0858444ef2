"""The box that queries are typed into."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchBox(Input):
    """One line of query; what it finds is shown as it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,tab", "leave", "To the list", key_display="Enter"),
        Binding("escape", "clear_or_leave", "Clear", key_display="Esc"),
    ]

    class Left(Message):
        """The user is done typing and wants the list."""

    class Pasted(Message):
        """More was pasted than a query holds."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        """Show what can be typed; the cursor stands still."""
        super().__init__(placeholder="Search titles, abstracts and authors", id="search", compact=True)
        self.cursor_blink = False

    def action_leave(self) -> None:
        """Go to the list, keeping the query."""
        self.post_message(self.Left())

    def action_clear_or_leave(self) -> None:
        """Clear the query; when it is empty, go to the list."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left())

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))
        else:
            super()._on_paste(event)
