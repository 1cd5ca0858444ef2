"""The app itself: a shell around the main screen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.screen import Screen

from reader.app.commands import COMMANDS, Command
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
        self._running_loop: asyncio.AbstractEventLoop | None = None
        self._told_to_leave: int | None = None

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the only one that stays."""
        return MainScreen(self._session, first=self._first, bookmarks=self._bookmarks)

    def on_load(self) -> None:
        """Leave at once where that was asked for already."""
        self._running_loop = asyncio.get_running_loop()
        if self._told_to_leave is not None:
            self.exit(return_code=self._told_to_leave)

    def leave(self, status: int) -> None:
        """Leave with that exit status; may be called from a handler of signals, also before the app runs."""
        self._told_to_leave = status
        if self._running_loop is not None and not self._running_loop.is_closed():
            self._running_loop.call_soon_threadsafe(partial(self.exit, return_code=status))

    @property
    def bug(self) -> Exception | None:
        """What ended the app, where it was not the user."""
        return self._exception

    def _handle_exception(self, error: Exception) -> None:
        """Leave as `q` does, and keep what was raised: Textual itself would print pages of it over the shell."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: the registry's commands, then the choice of a theme."""
        if isinstance(screen, MainScreen):
            for command in COMMANDS:
                if command.in_palette and (command.at_once or screen.check_action(command.action, ())):
                    run = partial(_run, screen, command)
                    yield SystemCommand(command.palette_title, command.help, run)
        yield SystemCommand("Theme", "Choose colours.", self.action_change_theme)


async def _run(screen: MainScreen, command: Command) -> None:
    """Run a command of the palette, which may have been opened from the search box: there its key would be a letter."""
    if command.at_once and not screen.check_action(command.action, ()):
        screen.enter(screen.shown_list)
    await screen.run_action(command.action)
