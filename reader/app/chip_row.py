"""The row of filters under the search box: lit where the query asks for them, turned on and off by key and mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from reader.app.row_list import fit
from reader.search.chips import CHIPS, Chip
from reader.text import visible

_ON, _OFF = "●", "○"
_LONGEST_VALUE = 24
"""Cells of a value that is shown."""


class ChipRow(Widget, can_focus=True):
    """Every filter in one line; with the focus, one of them is the one that Enter turns on or off."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chip-row--lit", "chip-row--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Previous filter", show=False),
        Binding("right,l,F", "step(1)", "Next filter", key_display="→"),
        Binding("enter,space", "press", "On or off", key_display="Enter"),
        *(Binding(str(n), f"press({n})", show=False) for n in range(1, len(CHIPS) + 1)),
    ]
    ALLOW_SELECT = False

    asked: var[str] = var("")
    """The query whose filters are lit."""
    at: var[int] = var(0)
    """The filter that is acted on."""

    class Toggled(Message):
        """A filter is to be turned on or off."""

        def __init__(self, chip: Chip) -> None:
            super().__init__()
            self.chip = chip

    def watch_asked(self) -> None:
        """Light what the query asks for."""
        self.refresh()

    def watch_at(self) -> None:
        """Show which one is acted on."""
        self.refresh()

    def action_step(self, by: int) -> None:
        """To another filter."""
        self.at = (self.at + by) % len(CHIPS)

    def action_press(self, number: int | None = None) -> None:
        """Turn a filter on or off, the one of that number or the one that is acted on."""
        if number is not None:
            self.at = number - 1
        self.post_message(self.Toggled(CHIPS[self.at]))

    def on_click(self, event: events.Click) -> None:
        """Turn the filter that is clicked on or off."""
        place = 0
        for number, words in enumerate(map(self._words, CHIPS), start=1):
            if place <= event.x < place + cell_len(words):
                self.action_press(number)
            place += cell_len(words)

    def _lit(self, chip: Chip) -> str | None:
        if not self.asked:
            return None
        from reader.search.toggling import lit  # loaded for the first query

        return lit(self.asked, chip)

    def _words(self, chip: Chip) -> str:
        value = self._lit(chip)
        words = f"{_OFF} {chip.title}" if value is None else f"{_ON} {chip.title}"
        if value is not None and chip.value is None:
            known = visible(value)
            words += f" {known if cell_len(known) <= _LONGEST_VALUE else fit(known, _LONGEST_VALUE)}"
        return f" {words} "

    def render_line(self, y: int) -> Strip:
        """Draw the filters one after the other."""
        del y
        segments: list[Segment] = []
        for number, chip in enumerate(CHIPS):
            words, style = self._words(chip), self.rich_style
            if words[1] == _ON:
                style += self.get_component_rich_style("chip-row--lit", partial=True)
            if self.has_focus and number == self.at:
                style += self.get_component_rich_style("chip-row--cursor", partial=True)
            segments.append(Segment(words, style))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)
