"""Small screens that hand something out: a choice with a key for each, and a text to be selected with the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.app.scrolled_screen import ScrolledScreen
from reader.app.small_screen import SmallScreen
from reader.frozen import frozen
from reader.text import visible


@frozen
class Choice:
    """Something that can be chosen.

    Attributes:
        key: the character that chooses it.
        label: what it is.
        value: what is given back; shown below the label where `about` says nothing else.
        about: more of it.
    """

    key: str
    label: str
    value: str
    about: str = ""


class _Line(Horizontal):
    """One choice, for the mouse, too: its key, and beside that all lines of what it is."""

    def __init__(self, choice: Choice) -> None:
        about = Content(f"\n{visible(choice.about)}" if choice.about else "").stylize("$foreground 75%")
        key = Content(f" {choice.key}  ").stylize("bold $text-accent")
        super().__init__(Static(key, classes="key"), Static(Content(visible(choice.label)) + about))
        self.value = choice.value


class ChoiceScreen(SmallScreen[str | None]):
    """One key chooses; Enter takes the first, Esc none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "first", "The first"),
        Binding("escape", "dismiss(None)", "Leave"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        """Offer these, of which there is at least one."""
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """A line for each."""
        with VerticalScroll(id="choices") as pane:
            pane.border_title = Content(visible(self._title))
            pane.border_subtitle = "Enter takes the first · Esc leaves"
            yield from map(_Line, self._choices)

    def action_first(self) -> None:
        """Take the first."""
        self.dismiss(self._choices[0].value)

    def on_key(self, event: events.Key) -> None:
        """Take what has that key."""
        for choice in self._choices:
            if event.character == choice.key:
                event.stop()
                self.dismiss(choice.value)
                return

    def on_click(self, event: events.Click) -> None:
        """Take what was clicked."""
        for widget in event.widget.ancestors_with_self if event.widget else ():
            if isinstance(widget, _Line):
                self.dismiss(widget.value)


class TextScreen(ScrolledScreen):
    """A text over the whole width, without anything beside it that would be selected with it."""

    def __init__(self, heading: str, text: str) -> None:
        """Show that text, under a line that says why."""
        super().__init__()
        self._heading = heading
        self._text = text

    def compose(self) -> ComposeResult:
        """The heading, the text, and how it is selected."""
        yield Static(visible(self._heading), id="why", markup=False)
        with VerticalScroll(id="selectable"):
            yield Static("\n".join(map(visible, self._text.splitlines())), markup=False)
        yield Static("Select it with the mouse, in most terminals with Shift held · Esc closes", id="how", markup=False)
