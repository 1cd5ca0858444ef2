"""The app itself: a shell around the main screen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from rich.console import RenderableType
from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input

from reader.app import terminal, themes
from reader.app.commands import COMMANDS
from reader.app.left_off import Place
from reader.app.main_screen import MainScreen
from reader.app.session import Session
from reader.search.results import FIRST_LISTED
from reader.settings import DEFAULTS
from reader.store.orders import DEFAULT_ORDER
from reader.store.schema import BOOKMARKS


class Palette(CommandPalette):
    """Textual's palette, with a cursor that stands still as every other does."""

    def on_mount(self) -> None:
        """Let it not blink."""
        self.query_one(Input).cursor_blink = False


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
        super().__init__(ansi_color=themes.has_terminals_colours(session.theme))  # for filters that are made once
        self.set_reactive(App.ansi_color, None)  # themes that are chosen later say so themselves
        self._session = session
        self._marks: tuple[LineFilter, ...] = ()
        sort = session.settings.sort
        self._first = session.store.papers.ids(
            order=DEFAULT_ORDER if sort == DEFAULTS.sort else sort, limit=FIRST_LISTED
        )
        self._bookmarks = session.store.lists.entries(BOOKMARKS)
        self._running_loop: asyncio.AbstractEventLoop | None = None
        self._told_to_leave: int | None = None
        self.left: Place | None = None
        """Where the user left off, once that was done."""
        self._apply(session)

    def _apply(self, session: Session) -> None:
        """Look and move as the settings say, and let no key of the palette's own stand beside those that it has now."""
        for theme in themes.OURS:
            self.register_theme(theme)
        self.set_reactive(App.theme, session.theme)
        self.stylesheet.set_variables(self.get_css_variables())
        if session.settings.still:
            self.animation_level = "none"
        if session.settings.ascii or session.settings.ambiguous_width > 1:
            from reader.app.ascii_marks import AsciiMarks

            self._marks = (AsciiMarks(),)
        if session.keymap.commands is not COMMANDS:
            self._bindings.key_to_bindings.pop(self.COMMAND_PALETTE_BINDING, None)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through on its way to the screen."""
        return [*super().get_line_filters(), *self._marks]

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the only one that stays."""
        return MainScreen(self._session, first=self._first, bookmarks=self._bookmarks)

    def on_load(self) -> None:
        """Leave at once where that was asked for already."""
        self._running_loop = asyncio.get_running_loop()
        keys = terminal.keyboard()
        if keys is not None:
            self.set_interval(terminal.LOOKING_SECONDS, partial(self._leave_with_terminal, keys))
        if self._told_to_leave is not None:
            self.exit(return_code=self._told_to_leave)

    def _leave_with_terminal(self, keys: int) -> None:
        """Leave where the terminal is gone: nobody sees the app, and nothing can be typed."""
        if terminal.is_gone(keys):
            self.leave(terminal.HUNG_UP)

    def leave(self, status: int) -> None:
        """Leave with that exit status; may be called from a handler of signals, also before the app runs."""
        self._told_to_leave = status
        if self._running_loop is not None and not self._running_loop.is_closed():
            self._running_loop.call_soon_threadsafe(partial(self.exit, return_code=status))

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave, and note where the user was while everything still stands."""
        main = self.screen_stack[0] if self._running_loop is not None and self.screen_stack else None
        if isinstance(main, MainScreen):
            self.left = main.place
        super().exit(result, return_code, message)

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

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Run what a key is bound to, on the main screen before the next key is looked at, save where a query is typed.

        Textual gives every key to the widget that has the focus first, and runs its binding when it comes back. Of keys
        that come faster than that, the second would still go to a screen that the first has left.
        """
        if await super()._check_bindings(key, priority):
            return True
        main = isinstance(self.screen, MainScreen) and self.screen.is_mounted
        return priority and main and not isinstance(self.focused, Input) and await super()._check_bindings(key)

    def action_command_palette(self) -> None:
        """Show the palette, once."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(id="--command-palette"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: the commands of the registry, with the keys that they have."""
        if isinstance(screen, MainScreen):
            for command in self._session.keymap.commands:
                if command.in_palette and screen.check_action(command.action, ()):
                    run = partial(screen.run_action, command.action)
                    yield SystemCommand(command.palette_title, command.help, run)
