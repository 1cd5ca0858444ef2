"""The app itself: a shell around the main screen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.screen import Screen

from reader.app.commands import COMMANDS
from reader.app.main_screen import MainScreen
from reader.app.session import Session
from reader.store.schema import BOOKMARKS

FIRST_PAPERS = 500
"""Papers listed before the first frame; the ids of the rest follow from the worker."""


class ReaderApp(App[None]):
    """Read abstracts, keep papers, export reading lists."""

    CSS_PATH = "app.tcss"
    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = True

    BINDINGS: ClassVar = []

    def __init__(self, session: Session) -> None:
        """Run over that session, which the caller closes; what is shown first is read before the screen is taken.

        Raises:
            LibraryError: the library cannot be read.
        """
        super().__init__()
        self._session = session
        self._first = session.store.papers.ids(limit=FIRST_PAPERS)
        self._bookmarks = session.store.lists.entries(BOOKMARKS)

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the only one that stays."""
        return MainScreen(self._session, first=self._first, bookmarks=self._bookmarks)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: the registry's commands, then the choice of a theme."""
        if isinstance(screen, MainScreen):
            for command in COMMANDS:
                if command.in_palette and screen.check_action(command.action, ()):
                    run = partial(screen.run_action, command.action)
                    yield SystemCommand(command.palette_title, command.help, run)
        yield SystemCommand("Theme", "Choose colours.", self.action_change_theme)
