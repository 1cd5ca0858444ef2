"""The small screens over the main one leave once, however often they are told to.

Textual pops a screen whenever one is dismissed. Of keys that come faster than they are dealt with, as two presses of
Enter do over a slow line, the second would pop the screen below, and end the app where that is the last one. Nor does a
screen that has left hear what was still under way to it: an answer of the worker, or what was typed: the widgets that
these would change are gone.
"""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Input

from reader.app.worker import Answered

_FROM_BEFORE = (Answered, Input.Changed, Input.Submitted)


class SmallScreen(ModalScreen[ScreenResultType]):
    """A screen over the main one that gives a result when it leaves."""

    @property
    def has_left(self) -> bool:
        """Whether it is gone: what waits in its queue must look for no widget any more."""
        return self.is_mounted and self not in self.app.screen_stack

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave with that result; the first one counts."""
        if self.has_left:
            return AwaitComplete()
        left = super().dismiss(result)
        for widget in self.walk_children(Widget, with_self=True):
            widget._styles_cache.clear()  # Textual remembers a thousand of these, with every line that was drawn
        return left

    def check_message_enabled(self, message: Message) -> bool:
        """Let nothing in that was under way when the screen left."""
        return not (isinstance(message, _FROM_BEFORE) and self.has_left) and super().check_message_enabled(message)

    def action_in_turn(self, action: str) -> None:
        """Do that once the letters typed before it, which are on their way to a widget, are in it."""
        (self.focused or self).call_later(self._do_unless_left, action)

    async def _do_unless_left(self, action: str) -> None:
        if self.is_current:  # what came before may have closed it
            await self.do(action)

    async def do(self, action: str) -> None:
        """Do what a key asked for; everything typed before it is done."""
        await self.run_action(action)
