"""The commands that open the app."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from reader.cli.common import Ended, library_option, now, say_upgrading


@click.command()
@library_option
def demo() -> int:
    """Open the app on a throw-away library of sample papers.

    Try everything: it is gone when you quit, and your own library is not touched.
    """
    import tempfile

    from reader import library

    require_terminal()
    with ended_by_signals(), tempfile.TemporaryDirectory(prefix="reader-demo-") as folder:
        sample = library.open_sample(Path(folder), now=now())
        return run_app(sample, export_folder=Path(folder))


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """What was begun in the body is cleaned away when the process is told to end, which raises `Ended`."""
    from reader.app.leaving import left_by_signals

    def end(status: int) -> None:
        raise Ended(status)

    with left_by_signals(end):
        yield


def require_terminal() -> None:
    """Refuse to open the app where nobody could see it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("the app needs a terminal; for scripts there are commands such as `reader search`")


def run_app(library_path: Path, *, export_folder: Path, history: Path | None = None) -> int:
    """Open the app, and give the exit status when the user leaves."""
    os.environ.setdefault("TEXTUAL_FPS", "240")  # read when Textual is imported: how often the screen may be painted
    from reader import app

    return app.run_app(library_path, export_folder=export_folder, history=history, upgrading=say_upgrading)
