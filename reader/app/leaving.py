"""How the app ends when a bug ends it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reader.errors import ReaderError
from reader.text import visible_lines

LOG = "crash.log"
"""The traceback of the bug that ended the app last."""


def report(bug: BaseException, folder: Path, now: datetime) -> ReaderError:
    """Write the traceback of a bug into that folder, and give the error that tells the user of it in one line."""
    kind = type(bug).__name__
    words = f"this should not happen: {kind}: {bug}" if str(bug) else f"this should not happen: {kind}"
    try:
        path = _write_log(bug, folder, now)
    except (ReaderError, OSError):
        return ReaderError(words, "everything you kept is safe; --debug shows where it happened")
    return ReaderError(words, f"everything you kept is safe; where it happened is in {path}, and --debug shows it")


def _write_log(bug: BaseException, folder: Path, now: datetime) -> Path:
    import platform
    import traceback
    from importlib.metadata import version

    from reader import __version__
    from reader.export.files import write

    path = folder / LOG
    what_ran = f"reader {__version__}, Textual {version('textual')}, Python {platform.python_version()}"
    head = f"{now.isoformat(timespec='seconds')} {what_ran}, {platform.platform()}\n\n"
    text = visible_lines("".join(traceback.format_exception(bug)))  # which may quote what acts on a terminal
    write(path, [head, text], may_replace=lambda _: True, make_folder=True)
    return path
