"""The Textual app: one main screen, a widget a pane, small modal screens, one command registry."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from reader.store import Store


def run_app(library_path: Path, *, export_folder: Path) -> None:
    """Open the app on a library, made where there is none, and run until the user leaves.

    Raises:
        LibraryError: the library cannot be opened.
    """
    from reader.app.reader_app import ReaderApp
    from reader.app.session import Session

    session = Session(
        store=Store.open(library_path),
        library_path=library_path,
        export_folder=export_folder,
        now=lambda: datetime.now(UTC),
        origin=f"window {secrets.token_hex(4)}",
    )
    try:
        ReaderApp(session).run()
    finally:
        session.close()
