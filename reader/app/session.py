"""What the app is given: where things are, what time it is, and what to do when it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reader.store import Store


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the app.

    Attributes:
        store: the event loop's own connection, for reading what is drawn.
        library_path: what the worker's connections open.
        export_folder: where `e` writes.
        now: the clock.
        origin: names this window in the journal.
    """

    store: Store
    library_path: Path
    export_folder: Path
    now: Callable[[], datetime]
    origin: str
    when_shown: Callable[[], None] = lambda: None
    """Run once the first frame is on the screen."""
    _leaving: list[Callable[[], None]] = field(default_factory=list)

    def when_leaving(self, action: Callable[[], None]) -> None:
        """Run that when the session is closed."""
        self._leaving.append(action)

    def close(self) -> None:
        """Finish what is under way and close the connection."""
        for action in self._leaving:
            action()
        self.store.close()
