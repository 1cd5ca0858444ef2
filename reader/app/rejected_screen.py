"""What could not be read, with its place, the reason and its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from reader.app.list_screen import ListScreen
from reader.app.row_list import Row
from reader.text import collapse, visible
from reader.wording import file_name

if TYPE_CHECKING:
    from reader.library import RejectedRecord
    from reader.store.sources import RejectedRow

_EXCERPT = 600
"""Characters shown of a record."""


class RejectedScreen(ListScreen[None]):
    """The records, and the text of the one under the cursor."""

    HEADING: ClassVar[str] = "Not understood"
    KEYS: ClassVar[str] = "↑ ↓ move · Esc closes"
    EMPTY: ClassVar[str] = "Everything that was imported was understood"

    def __init__(self, rejected: Sequence[RejectedRecord | RejectedRow]) -> None:
        """Show these."""
        super().__init__()
        self._rejected = rejected

    def on_mount(self) -> None:
        """List them."""
        self.show_rows([Row(f"{_place(each)}: {each.reason}") for each in self._rejected])

    def about(self, index: int) -> Content:
        """The whole reason, and the beginning of the text."""
        each = self._rejected[index]
        text = collapse(each.text)
        excerpt = text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
        line = "" if each.line is None else f", line {each.line:,}"
        return Content("\n").join(
            [
                Content(visible(f"{each.file}{line}")).stylize("$foreground 75%"),
                Content(visible(each.reason)).stylize("bold"),
                Content(visible(excerpt)),
            ]
        )


def _place(each: RejectedRecord | RejectedRow) -> str:
    return file_name(each.file) + ("" if each.line is None else f":{each.line}")
