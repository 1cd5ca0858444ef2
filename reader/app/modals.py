"""Small screens over the main one: help, and a question with yes and no."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.app.commands import COMMANDS, IN_PALETTE, Command, sections
from reader.app.listing import LEGEND
from reader.app.scrolled_screen import ScrolledScreen
from reader.app.small_screen import SmallScreen
from reader.text import visible

_KEYS_WIDTH = 14
_HELP_WIDTH = 55
"""Cells of a line of help beside the keys: what 80 columns have room for."""
_HERE = {"papers": "In the list", "bookmarks": "In the bookmarks", "detail": "In the text"}


class Help(ScrolledScreen):
    """Every key, from the registry."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "dismiss(None)", "Close", show=False)]

    HEADING: ClassVar[str] = "Keys"

    def compose(self) -> ComposeResult:
        """One text that scrolls where the screen is small."""
        with VerticalScroll(id="help") as pane:
            pane.border_title = self.HEADING
            pane.border_subtitle = "Esc closes"
            yield Static(self.text(), markup=False)

    def __init__(self, commands: Sequence[Command] = COMMANDS, pane: str = "") -> None:
        """Tell of those commands, first of those that belong to that pane."""
        super().__init__()
        self._commands = commands
        self._pane = pane

    def text(self) -> Content:
        """Every key under its heading, the pane's own first."""
        return Content("\n").join(_help_lines(self._commands, self._pane))


def _help_lines(commands: Sequence[Command], pane: str) -> Iterator[Content]:
    here = [command for command in commands if pane in command.panes]
    rest = [command for command in commands if pane not in command.panes]
    for heading, under in ((_HERE.get(pane, ""), here), *sections(rest)):
        if not under:
            continue
        yield Content(heading).stylize("bold")
        for command in under:
            yield from _help_of(command)
        yield Content()
    yield Content("Marks beside a title").stylize("bold")
    for mark, meaning in LEGEND:
        yield Content.assemble((f"  {mark:<{_KEYS_WIDTH}}", "bold $text-warning"), " ", meaning)
    yield Content()
    yield Content("The mouse works too: click a paper, a pane or a key in the footer; the wheel scrolls.")


def _help_of(command: Command) -> Iterator[Content]:
    keys = " ".join(command.keys_shown) or IN_PALETTE
    for line in textwrap.wrap(command.in_words, _HELP_WIDTH):
        yield Content.assemble((f"  {keys:<{_KEYS_WIDTH}}", "bold $text-accent"), " ", line)
        keys = ""


class Question(SmallScreen[bool]):
    """Ask before something is done; Enter or y does it, Esc or n does not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "yes", "Yes"),
        Binding("escape,n,q", "dismiss(False)", "No"),
    ]

    KEYS: ClassVar[str] = "Enter yes · Esc no"

    def __init__(self, title: str, text: str) -> None:
        """Ask that, as plain text."""
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with VerticalScroll(id="question") as pane:
            pane.border_title = Content(visible(self._title))
            pane.border_subtitle = self.KEYS
            yield Static("\n".join(visible(line) for line in self._text.split("\n")), markup=False)

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)
