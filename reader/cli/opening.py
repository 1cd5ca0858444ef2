"""The commands that open the app."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from reader.cli.common import is_dumb, library_option, now, say_upgrading, settings_path
from reader.errors import UsageError


@click.command()
@library_option
def demo() -> int:
    """Open the app on a throw-away library of sample papers.

    Try everything: it is gone when you quit, and your own library is not touched.
    """
    import tempfile

    from reader import library

    require_terminal()
    with tempfile.TemporaryDirectory(prefix="reader-demo-") as folder:
        sample = library.open_sample(Path(folder), now=now())
        return run_app(sample, export_folder=Path(folder), settings_file=settings_path(), keep_settings=False)


def require_terminal() -> None:
    """Refuse to open the app where nobody could see it."""
    if not _is_terminal():
        raise click.UsageError("the app needs a terminal; for scripts there are commands such as `reader search`")
    if is_dumb():
        why = f"this terminal says that it cannot draw the app: TERM={os.environ['TERM']}"
        raise UsageError(why, "use another, or commands such as `reader search` and `reader show`")


def _is_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def run_app(
    library_path: Path,
    *,
    export_folder: Path,
    history: Path | None = None,
    settings_file: Path | None = None,
    keep_settings: bool = True,
    state_folder: Path | None = None,
) -> int:
    """Open the app, and give the exit status when the user leaves."""
    os.environ.setdefault("TEXTUAL_FPS", "240")  # read when Textual is imported: how often the screen may be painted
    from reader import app

    return app.run_app(
        library_path,
        export_folder=export_folder,
        history=history,
        settings_file=settings_file,
        keep_settings=keep_settings,
        state_folder=state_folder,
        environment=os.environ,
        upgrading=say_upgrading,
    )
