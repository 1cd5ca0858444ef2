"""What is decided in the app and kept in the settings."""

from __future__ import annotations

from typing import Any

from textual.app import App

from reader.app.session import Session
from reader.app.worker import Worker
from reader.store import Store


def choose_theme(app: App[Any], worker: Worker, session: Session) -> None:
    """Show the themes, and keep the one that is chosen."""
    from reader.app.theme_screen import ThemeScreen  # loaded when it is first opened

    def wear(name: str) -> None:
        app.theme = name

    def chosen(name: str | None) -> None:
        path = session.settings_file
        if name is None or path is None:
            return

        def keep(_: Store) -> None:
            from reader.settings.writing import keep

            keep(path, "theme", name)

        worker.change(keep)

    app.clear_notifications()
    app.push_screen(ThemeScreen(wear, app.theme), chosen)
