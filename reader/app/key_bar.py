"""The footer: the keys that can be pressed now, and of those only as many as there is room for.

One widget draws the line. Textual's own footer holds a widget for every key, and makes and styles them all anew
whenever the focus moves, which took longer than everything else that a change of panes costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from reader.app.commands import COMMANDS
from reader.frozen import frozen

_WEIGHTS = {command.action: command.weight for command in COMMANDS}
_MOST = max(_WEIGHTS.values()) + 1
"""What a widget has its own keys for matters most while it has the focus."""
_PADDING = 3
"""Cells around a key and after its name."""


@frozen
class BarKey:
    """A key of the footer: what it is called, what is pressed, and what it does."""

    key: str
    shown: str
    description: str
    action: str
    enabled: bool

    @property
    def width(self) -> int:
        """The cells that it takes."""
        return cell_len(self.shown) + cell_len(self.description) + _PADDING


class KeyBar(Widget):
    """Where there is no room for all keys, those that matter most, in their usual order; a click presses one."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--description", "key-bar--hover"}

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[BarKey, ...] = ()
        self._useless: frozenset[str] = frozenset()
        self._hovered: BarKey | None = None

    def on_mount(self) -> None:
        """Follow what can be pressed."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def leave_out(self, useless: frozenset[str]) -> None:
        """Leave out actions that would do nothing now."""
        if useless != self._useless:
            self._useless = useless
            self.refresh()

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if not self.app.app_focus or not self.is_attached or screen is not self.screen:
            return
        first: dict[str, BarKey] = {}
        for _, binding, enabled, _ in screen.active_bindings.values():
            if binding.show:
                shown = self.app.get_key_display(binding)
                first.setdefault(
                    binding.action, BarKey(binding.key, shown, binding.description, binding.action, enabled)
                )
        if (keys := tuple(first.values())) != self._keys:
            self._keys = keys
            self.refresh()

    def _fitting(self) -> list[BarKey]:
        """The keys that are seen, from left to right."""
        keys = [key for key in self._keys if key.action not in self._useless]
        shown = chosen([(key.width, _WEIGHTS.get(key.action, _MOST)) for key in keys], self.size.width)
        return [keys[place] for place in sorted(shown)]

    def render(self) -> Content:
        """Each key before what it does."""
        key_style, text_style = self.get_visual_style("key-bar--key"), self.get_visual_style("key-bar--description")
        parts = []
        for key in self._fitting():
            change = Style() if key.enabled else Style(dim=True)
            if key == self._hovered:
                change += self.get_visual_style("key-bar--hover", partial=True)
            parts += [(f" {key.shown} ", key_style + change), (f"{key.description} ", text_style + change)]
        return Content.assemble(*parts)

    def _key_at(self, x: int) -> BarKey | None:
        for key in self._fitting():
            if x < key.width:
                return key
            x -= key.width
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which key a click would press."""
        self._hover(self._key_at(event.x))

    def on_leave(self) -> None:
        """Show none."""
        self._hover(None)

    def _hover(self, key: BarKey | None) -> None:
        if key != self._hovered:
            self._hovered = key
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that was clicked."""
        if (key := self._key_at(event.x)) is None:
            return
        if key.enabled:
            self.app.simulate_key(key.key)
        else:
            self.app.bell()


def useless_actions(*, paper: bool, bookmarks: bool, papers: bool = True, steps: bool = True) -> frozenset[str]:
    """What would do nothing now.

    Args:
        paper: whether there is a paper under the cursor.
        bookmarks: whether anything is bookmarked.
        papers: whether there are any papers.
        steps: whether there is anything to be taken back.
    """
    useless = [] if paper else [command.action for command in COMMANDS if command.panes]
    useless += [] if bookmarks else ["export"]
    useless += [] if papers else ["search", "pane('bookmarks')"]
    return frozenset([*useless, *([] if steps else ["undo"])])


def chosen(keys: Sequence[tuple[int, int]], width: int) -> Iterator[int]:
    """Which of keys, each with its width and its weight, stand in so many cells: the weightiest that fit."""
    left = width
    for place in sorted(range(len(keys)), key=lambda place: (-keys[place][1], place)):
        if keys[place][0] > left:
            return
        left -= keys[place][0]
        yield place
