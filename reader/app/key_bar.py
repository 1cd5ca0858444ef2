"""The footer: the keys that can be pressed now, and of those only as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # Textual exports the footer alone

from reader.app.commands import COMMANDS

_WEIGHTS = {command.action: command.weight for command in COMMANDS}
_MOST = max(_WEIGHTS.values()) + 1
"""What a widget has its own keys for matters most while it has the focus."""
_PADDING = 3
"""Cells around a key and after its name."""


class KeyBar(Footer):
    """Where there is no room for all keys, those that matter most, in their usual order."""

    def __init__(self) -> None:
        """The palette has no place of its own in it."""
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        """Every key, those that do not fit unseen."""
        keys = [each for each in super().compose() if isinstance(each, FooterKey)]
        self._fit(keys, self.app.size.width)
        yield from keys

    def on_resize(self, event: events.Resize) -> None:
        """Choose again."""
        self._fit(list(self.query(FooterKey)), event.size.width)

    def _fit(self, keys: Sequence[FooterKey], width: int) -> None:
        shown = set(chosen([(_width(key), _WEIGHTS.get(key.action, _MOST)) for key in keys], width))
        for place, key in enumerate(keys):
            key.display = place in shown


def chosen(keys: Sequence[tuple[int, int]], width: int) -> Iterator[int]:
    """Which of keys, each with its width and its weight, stand in so many cells: the weightiest that fit."""
    left = width
    for place in sorted(range(len(keys)), key=lambda place: (-keys[place][1], place)):
        if keys[place][0] > left:
            return
        left -= keys[place][0]
        yield place


def _width(key: FooterKey) -> int:
    return cell_len(key.key_display) + cell_len(key.description) + _PADDING
