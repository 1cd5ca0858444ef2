"""The card of six keys that who opens the app for the first time is shown, once."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.app.keymap import Keymap
from reader.app.small_screen import SmallScreen

_KEYS = (
    (("down", "up"), "from paper to paper"),
    (("search",), "find papers, misspelt or not"),
    (("bookmark",), "keep the paper, or let it go"),
    (("undo",), "take back whatever you did"),
    (("export",), "write the bookmarks to a file"),
    (("help",), "every key, any time"),
)
_CLOSING = ("enter", "escape", "space")
_WIDTH = 6


class FirstKeys(SmallScreen[None]):
    """Any key closes it and does what it does; Enter, Esc and the space bar only close it."""

    def __init__(self, keymap: Keymap) -> None:
        """Name the keys that the commands have."""
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """A text in a box."""
        with Vertical(id="first-keys") as box:
            box.border_title = "Six keys to begin with"
            box.border_subtitle = "any key goes on"
            yield Static(Content("\n").join(self._lines()), markup=False)

    def _lines(self) -> list[Content]:
        rows = [(" ".join(self._keymap.key(name) for name in names), about) for names, about in _KEYS]
        width = max(_WIDTH, *(len(keys) + 3 for keys, _ in rows))
        return [Content.assemble((f"{keys:<{width}}", "bold $text-accent"), about) for keys, about in rows]

    def on_key(self, event: events.Key) -> None:
        """Close, and pass the key on."""
        event.stop()
        self.dismiss(None)
        if event.key not in _CLOSING:
            self.app.post_message(events.Key(event.key, event.character))

    def on_click(self) -> None:
        """Close."""
        self.dismiss(None)
