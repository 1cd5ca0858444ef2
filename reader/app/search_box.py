"""The box that queries are typed into."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from reader.text import visible


class SearchBox(Input):
    """One line of query; what it finds is shown as it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority: at once, so that keys typed ahead find the list and are not taken for more of the query.
        Binding("enter,down,tab", "screen.leave_search", "To the list", key_display="Enter", priority=True),
        Binding("escape", "clear_or_leave", "Clear", key_display="Esc"),
    ]

    class Left(Message):
        """The user wants no query, but the list."""

    class Pasted(Message):
        """More was pasted than a query holds."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        """Show what can be typed; the cursor stands still."""
        super().__init__(placeholder="Search titles, abstracts and authors", id="search", compact=True)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, with what would act on the terminal made visible."""
        return visible(value)

    def action_clear_or_leave(self) -> None:
        """Clear the query; when it is empty, go to the list."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left())

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            event.stop()
            event.prevent_default()  # otherwise Textual calls the handler of `Input`, too: one line is pasted by that
            self.post_message(self.Pasted(event.text))
