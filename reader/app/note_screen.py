"""Writing a note. Whatever ends the screen, what was typed is handed over; what was left as it was is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from reader.app.editing import edited, editor
from reader.app.small_screen import SmallScreen
from reader.errors import ReaderError
from reader.text import visible


class NoteArea(TextArea):
    """A text in which nothing acts on the terminal."""

    async def _on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as it can be shown."""
        await super()._on_paste(events.Paste(shown(event.text)))
        event.stop()
        event.prevent_default()  # otherwise Textual calls the handler of `TextArea`, too


class NoteScreen(SmallScreen[None]):
    """A text to be edited; Esc and ctrl+s keep it, f4 opens it in the user's own editor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, as the text would take Esc; in turn, so that what was typed before is in it.
        Binding("escape,ctrl+s", "in_turn('keep')", "Keep", priority=True),
        Binding("f4", "in_turn('edit')", "Editor", priority=True),
    ]

    def __init__(
        self, about: str, text: str, keep: Callable[[str], None], *, why: str = "", in_editor: bool = False
    ) -> None:
        """Edit a text.

        Args:
            about: what it is a note on, in one line.
            text: what there is of it.
            keep: called once with what it became, where that is something else.
            why: why it could not be kept before.
            in_editor: whether to open the user's own editor at once.
        """
        super().__init__()
        self._about, self._before, self._keep, self._why = about, text, keep, why
        self._in_editor = in_editor
        self._kept = False
        self._area = NoteArea(shown(text), id="note", soft_wrap=True, compact=True)

    def compose(self) -> ComposeResult:
        """What it is about, and the text."""
        with Vertical(id="note-box") as pane:
            pane.border_title = "Note"
            pane.border_subtitle = "Esc or ctrl+s keeps it · f4 opens your editor"
            yield Static(visible(self._about), id="noted", markup=False)
            if self._why:
                yield Static(visible(f"Not kept yet: {self._why}"), id="unkept", markup=False)
            yield self._area

    def on_mount(self) -> None:
        """The cursor stands still, behind the text."""
        self._area.cursor_blink = False
        self._area.move_cursor(self._area.document.end)
        self._area.focus()
        if self._in_editor:
            self.call_after_refresh(self.action_edit)

    def on_key(self, event: events.Key) -> None:
        """What is typed before the text has the focus is typed into it."""
        typed = "\n" if event.key == "enter" else event.character
        if typed and (event.is_printable or event.key == "enter"):
            event.stop()
            self._area.insert(typed)

    def on_unmount(self) -> None:
        """The app may end over an open note."""
        self._hand_over()

    def _hand_over(self) -> None:
        text = self._area.text
        if not self._kept and (text != shown(self._before) or self._why):
            self._keep(text)
        self._kept = True

    def action_keep(self) -> None:
        """Keep it, and close."""
        self._hand_over()
        self.dismiss()

    def action_edit(self) -> None:
        """Open the user's own editor on it, which has the terminal meanwhile."""
        try:
            command = editor(os.environ)
            with self.app.suspend():
                text = edited(self._area.text, command)
        except (ReaderError, SuspendNotSupported) as error:
            words = str(error) if isinstance(error, ReaderError) else "an editor cannot be opened in this terminal"
            self.notify(visible(words), title="That did not work", severity="error", markup=False)
            return
        if text is None:
            self.notify("The editor gave nothing back: the note is as it was.", markup=False)
            return
        self._area.text = shown(text.removesuffix("\n"))
        if self._in_editor:
            self.action_keep()


def shown(text: str) -> str:
    """A text of several lines as it can be shown."""
    return "\n".join(visible(line.expandtabs(4)) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
