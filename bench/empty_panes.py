"""The app's panes with nothing in them: what `start.py` holds the start of the app against.

The same tree of widgets, the same style sheet and as many keys, drawn by Textual's own widgets; no library, no rows, no
threads. Nothing of reader is imported: what reader costs must not be in the floor. The classes bear the names that the
style sheet knows.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

_IN_FOOTER = {"slash": "Search", "3": "Bookmarks", "b": "Bookmark", "u": "Undo", "e": "Export", "question_mark": "Help"}
_OTHERS = (
    "j,down", "k,up", "ctrl+d,pagedown", "ctrl+u,pageup", "g,home", "G,end", "space", "enter", "escape", "tab",
    "shift+tab", "1", "2", "ctrl+r", "ctrl+p",
)  # fmt: skip


class RowList(Static, can_focus=True):
    """Where a list would be."""


class Detail(Static, can_focus=True):
    """Where a paper would be."""

    BORDER_TITLE = "Paper"


class KeyBar(Static):
    """Where keys would be named."""


class MainScreen(Screen[None]):
    """The panes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, "app.bell", title) for key, title in _IN_FOOTER.items()),
        *(Binding(keys, "app.bell", show=False) for keys in _OTHERS),
        Binding("q", "app.quit", "Quit"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - so Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-low"), (16, "-high")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """The same tree as the app's."""
        with Horizontal(id="top"):
            yield Static("/", id="prompt")
            box = Input(placeholder="Search titles, abstracts and authors", id="search", compact=True)
            box.cursor_blink = False
            yield box
        yield Static("unread  bookmarked  code  year  source", id="chips")
        with Horizontal(id="body"):
            with Vertical(id="lists"):
                for name, title in (("papers", "Papers"), ("bookmarks", "Bookmarks")):
                    row_list = RowList(id=name)
                    row_list.border_title = title
                    yield row_list
            yield Detail(id="detail")
            yield Static(id="welcome")
        yield Static(id="progress")
        yield Static(id="status")
        yield KeyBar("  ".join(f"{key} {title}" for key, title in _IN_FOOTER.items()))

    def on_mount(self) -> None:
        """Where the keys go."""
        self.query_one("#papers").focus()


class EmptyPanes(App[None]):
    """The panes, alone."""

    def get_default_screen(self) -> Screen[None]:
        """The only screen."""
        return MainScreen()


def style_sheet() -> Path:
    """The app's own, found without importing it."""
    found = find_spec("reader")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("reader is not installed")
    return Path(found.origin).parent / "app" / "app.tcss"


if __name__ == "__main__":
    if sys.argv[1:]:
        import argparse  # here, because it must not be in the floor

        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    EmptyPanes(css_path=style_sheet()).run()
