"""What is decided in the app and kept in the settings."""

from __future__ import annotations

from typing import Any

from textual.app import App

from reader.app.session import Session
from reader.app.worker import Worker
from reader.settings.values import Value
from reader.store import Store


def choose_theme(app: App[Any], worker: Worker, session: Session) -> None:
    """Show the themes, and keep the one that is chosen."""
    from reader.app.theme_screen import ThemeScreen  # loaded when it is first opened

    def wear(name: str) -> None:
        app.theme = name

    def chosen(name: str | None) -> None:
        if name is not None:
            keep(worker, session, "theme", name)

    app.clear_notifications()
    app.push_screen(ThemeScreen(wear, app.theme), chosen)


def keep(worker: Worker, session: Session, name: str, value: Value) -> None:
    """Keep a choice in the file of settings, where there is to be one."""
    path = session.settings_file
    if path is None:
        return

    def write(_: Store) -> None:
        from reader.settings.writing import keep as keep_in

        keep_in(path, name, value)

    worker.change(write)
