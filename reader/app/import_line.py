"""The line that says how far an import, or another change that takes long, is, there only while one runs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from reader.text import visible

if TYPE_CHECKING:
    from reader.library import Progress


_WAITING = "waiting for another import"
"""The stage of an import that has not begun."""


class ImportLine(Static):
    """A bar, the file, its records, their rate, and the time left."""

    _file: str | None = None
    _began: float = 0.0
    _stopping: bool = False

    def begin(self, words: str) -> None:
        """An import, or what those words say, begins or waits for its turn."""
        if not self.display:
            self._file, self._stopping = None, False
            self._say(words)
            self.display = True

    def show(self, progress: Progress) -> None:
        """It is that far."""
        if progress.file != self._file:
            self._file, self._began = progress.file, time.monotonic()
        if self._stopping:
            return
        if progress.stage == _WAITING:  # nothing is read yet: no share, no rate
            self._say("Waiting until another window or command has imported · ctrl+x stops waiting")
        else:
            self._say(progress.in_words(time.monotonic() - self._began) + " · ctrl+x stops")

    def stop(self) -> None:
        """It was told to stop, and takes back what is not finished."""
        self._stopping = True
        self._say("Stopping: what is not finished is taken back…")

    def end(self) -> None:
        """It is over."""
        self.display = False

    def _say(self, words: str) -> None:
        self.update(Content(visible(words)), layout=False)
