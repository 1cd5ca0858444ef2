"""The small screens over the main one leave once, however often they are told to.

Textual pops a screen whenever one is dismissed. Of keys that come faster than they are dealt with, as two presses of
Enter do over a slow line, the second would pop the screen below, and end the app where that is the last one.
"""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class SmallScreen(ModalScreen[ScreenResultType]):
    """A screen over the main one that gives a result when it leaves."""

    _has_left = False

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave with that result; the first one counts."""
        if self._has_left:
            return AwaitComplete.nothing()
        self._has_left = True
        return super().dismiss(result)
