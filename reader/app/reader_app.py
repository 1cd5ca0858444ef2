"""The app itself: a shell around the main screen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.screen import Screen

from reader.app.commands import COMMANDS
from reader.app.main_screen import MainScreen
from reader.app.session import Session


class ReaderApp(App[None]):
    """Read abstracts, keep papers, export reading lists."""

    CSS_PATH = "app.tcss"
    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = True

    BINDINGS: ClassVar = []

    def __init__(self, session: Session) -> None:
        """Run over that session, which the caller closes."""
        super().__init__()
        self._session = session

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the only one that stays."""
        return MainScreen(self._session)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the registry's commands, then the choice of a theme."""
        if isinstance(screen, MainScreen):
            for command in COMMANDS:
                if command.in_palette:
                    keys = " ".join(command.keys_shown)
                    run = partial(screen.run_action, command.action)
                    yield SystemCommand(f"{command.title}  ({keys})", command.help, run)
        yield SystemCommand("Theme", "Choose colours.", self.action_change_theme)
