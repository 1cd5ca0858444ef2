"""The Textual app: one main screen, a widget a pane, small modal screens, one command registry."""

from __future__ import annotations

import gc
import secrets
from datetime import UTC, datetime
from pathlib import Path

from reader.store import Store


def run_app(library_path: Path, *, export_folder: Path) -> int:
    """Open the app on a library, made where there is none, run until the user leaves, and give the exit status.

    Raises:
        LibraryError: the library cannot be opened.
    """
    gc.disable()  # until the first frame: what is loaded for it is here to stay
    from reader.app.reader_app import ReaderApp
    from reader.app.session import Session

    session = Session(
        store=Store.open(library_path),
        library_path=library_path,
        export_folder=export_folder,
        now=lambda: datetime.now(UTC),
        origin=f"window {secrets.token_hex(4)}",
        when_shown=_collect_garbage,
    )
    try:
        app = ReaderApp(session)
        app.run()
        return app.return_code or 0
    finally:
        session.close()


def _collect_garbage() -> None:
    gc.freeze()
    gc.enable()
