"""What the app is given: where things are, what time it is, and what to do when it leaves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reader.app.keymap import DEFAULT_KEYMAP, Keymap
from reader.app.left_off import Exported, Place
from reader.app.themes import DARK
from reader.desktop import NOTHING, Desktop
from reader.settings import DEFAULTS, Settings
from reader.store import Store
from reader.store.schema import BOOKMARKS


@dataclass(eq=False, slots=True)
class Session:
    """One run of the app: no value, but something that is open until it is closed.

    Attributes:
        store: the event loop's own connection, for reading what is drawn.
        library_path: what the worker's connections open.
        export_folder: where `e` writes.
        now: the clock.
        origin: names this window in the journal.
        history: where queries are remembered; None remembers them while the app runs.
        settings: what the user decided.
        settings_file: where what the user decides here is kept; None keeps it while the app runs.
        keymap: the commands with the keys that the settings give them.
        theme: the colours to begin with.
        problems: what is wrong with the settings, a sentence each.
        left: where the user left off; None opens it afresh.
        first_keys: run when the card of the first keys is shown, which None leaves out.
        when_left: told where the user left off.
        exported: how each thing was exported last, by its name.
        when_exported: told what was exported, and how.
        written_files: where it is remembered which files were written; None where nothing is.
        reading_list: the id of the reading list that is shown; the thread of changes alone turns to another.
        taken_back: the steps that were undone in this window, by the thread of changes.
        desktop: what opens addresses and takes texts.
        rest_seconds: how long the cursor rests on a paper before papers like it are looked for; None for never.
    """

    store: Store
    library_path: Path
    export_folder: Path
    now: Callable[[], datetime]
    origin: str
    history: Path | None = None
    settings: Settings = DEFAULTS
    settings_file: Path | None = None
    keymap: Keymap = DEFAULT_KEYMAP
    theme: str = DARK.name
    problems: tuple[str, ...] = ()
    left: Place | None = None
    first_keys: Callable[[], None] | None = None
    when_left: Callable[[Place], None] = lambda _: None
    exported: dict[str, Exported] = field(default_factory=dict)
    when_exported: Callable[[str, Exported], None] = lambda *_: None
    written_files: Path | None = None
    reading_list: int = BOOKMARKS
    taken_back: set[int] = field(default_factory=set)
    desktop: Desktop = NOTHING
    rest_seconds: float | None = 0.4
    when_shown: Callable[[], None] = lambda: None
    """Run once the first frame is on the screen."""
    _leaving: ExitStack = field(default_factory=ExitStack, init=False, repr=False)

    def when_leaving(self, action: Callable[[], None]) -> None:
        """Run that when the session is closed, before what was asked for earlier."""
        self._leaving.callback(action)

    def close(self) -> None:
        """Finish what is under way and close the connection, whatever goes wrong; closing twice does nothing."""
        try:
            self._leaving.close()
        finally:
            self.store.close()
