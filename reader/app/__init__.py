"""The Textual app: one main screen, a widget a pane, small modal screens, one command registry."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from reader import paths
from reader.app.leaving import left_by_signals, report
from reader.store import Store


def run_app(
    library_path: Path,
    *,
    export_folder: Path,
    log_folder: Path | None = None,
    history: Path | None = None,
    upgrading: Callable[[], None] | None = None,
) -> int:
    """Open the app on a library, made where there is none, run until the user leaves, and give the exit status.

    Args:
        library_path: the library.
        export_folder: where reading lists are written.
        log_folder: where a bug leaves its traceback; the platform's own where none is named.
        history: where queries are remembered from one run to the next, where they are.
        upgrading: called before a large library of an older version is brought up to date.

    Raises:
        LibraryError: the library cannot be opened.
        ReaderError: a bug ended the app; what was kept is safe.
    """
    gc.disable()  # until the first frame: what is loaded for it is here to stay
    from reader.app.reader_app import ReaderApp
    from reader.app.session import Session

    session = Session(
        store=Store.open(library_path, upgrading=upgrading),
        library_path=library_path,
        export_folder=export_folder,
        now=lambda: datetime.now(UTC),
        origin=f"window {os.urandom(4).hex()}",
        history=history,
        when_shown=_collect_garbage,
    )
    try:
        app = ReaderApp(session)
        with left_by_signals(app.leave):
            try:
                app.run()
            finally:
                session.close()  # here, so that no signal cuts short what is being finished
    finally:
        session.close()
    if app.bug is not None:
        raise report(app.bug, log_folder or paths.log_folder(), session.now()) from app.bug
    return app.return_code or 0


def _collect_garbage() -> None:
    gc.freeze()
    gc.enable()
