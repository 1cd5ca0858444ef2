"""The line that says what was done and how a query was read.

What is said is said here, once. A toast shows only what must be seen whole and does not fit, or finds no line.
"""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from reader.app.changes import Tone
from reader.app.row_list import fit
from reader.text import steady, visible

_TOAST_SECONDS = 6
_ROOMY = 20
"""Lines of a screen that can spare some for what is said."""


class StatusLine(Static):
    """Words, as many as fit, and how they are taken back; some lines of them where all must be read."""

    _way_back: str = ""

    def say(
        self, words: str, *, way_back: str = "", loud: bool = False, whole: bool = False, tone: Tone = "information"
    ) -> None:
        """Say that.

        Args:
            words: what happened; cut where the line ends.
            way_back: which key takes it back; never cut before the words are.
            loud: whether it must be seen, and seen whole.
            whole: whether it takes more lines rather than be cut, where the screen has them.
            tone: of the line, and of the toast that may be needed.
        """
        words = visible(words)
        self._way_back = f" · {way_back}" if way_back else ""
        self.set_class(loud, "-loud")
        self.set_class(tone == "warning", "-warning")
        long = whole and cell_len(words) > self._room and self.app.size.height >= _ROOMY
        higher = long or self.has_class("-whole")
        self.set_class(long, "-whole")
        self.update(Content(words), layout=higher)
        if loud:
            self.app.clear_notifications()
            if not self.display or cell_len(words) > self._room:
                self.notify(words, severity=tone, markup=False, timeout=_TOAST_SECONDS)

    def render(self) -> Content:
        """The words and the way back, in one line."""
        words = steady(str(self.content))
        if self.has_class("-whole"):
            return Content(words)
        if cell_len(words) > self._room:
            words = fit(words, self._room).rstrip()
        return Content(words + self._way_back)

    @property
    def _room(self) -> int:
        """Cells for the words."""
        return max(self.size.width - cell_len(self._way_back), 0)
