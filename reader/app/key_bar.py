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
        self._useless: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        """Every key, those that do not fit unseen."""
        keys = [each for each in super().compose() if isinstance(each, FooterKey)]
        self._fit(keys, self.app.size.width)
        yield from keys

    def leave_out(self, useless: frozenset[str]) -> None:
        """Leave out actions that would do nothing now."""
        if useless != self._useless:
            self._useless = useless
            self._fit(list(self.query(FooterKey)), self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Choose again."""
        self._fit(list(self.query(FooterKey)), event.size.width)

    def _fit(self, keys: Sequence[FooterKey], width: int) -> None:
        useful = [key for key in keys if key.action not in self._useless]
        shown = set(chosen([(_width(key), _WEIGHTS.get(key.action, _MOST)) for key in useful], width))
        fitting = {useful[place] for place in shown}
        for key in keys:
            key.display = key in fitting


def useless_actions(*, paper: bool, bookmarks: bool) -> frozenset[str]:
    """What would do nothing: where no paper is under the cursor, or nothing is bookmarked."""
    return frozenset(
        ([] if paper else [command.action for command in COMMANDS if command.panes]) + ([] if bookmarks else ["export"])
    )


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
