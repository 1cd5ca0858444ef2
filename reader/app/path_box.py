"""Where a path is typed, on a screen that finds out how it goes on."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import SuggestionReady
from textual.widgets import Input

from reader.text import visible


class PathBox(Input):
    """A path; what would complete it stands behind the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", show=False),
        Binding("down", "screen.look_around", "To what is beside it", show=False),
    ]

    def __init__(self, hint: str) -> None:
        """Hint at what can be typed; the cursor stands still."""
        super().__init__(placeholder=hint, id="path", compact=True)
        self.cursor_blink = False
        self._tabbed = False
        self.awaited: str | None = None

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, with what would act on the terminal made visible."""
        return visible(value)

    def action_complete(self) -> None:
        """Take the completion, also one that is still on its way; without one, go on to the tree."""
        if self._suggestion:
            self.action_end()
            self.action_cursor_right()
        elif self.awaited == self.value:
            self._tabbed = True
        else:
            self.screen.focus_next()

    def offer(self, value: str, suggestion: str | None) -> None:
        """Show what completes that value."""
        if value != self.awaited:
            return
        self.awaited = None
        if suggestion is not None and self._tabbed:
            self.value = suggestion
            self.action_end()
        elif suggestion is not None:
            self.post_message(SuggestionReady(value, suggestion))
        self._tabbed = False
