"""How the app ends when it is not the user who ends it: by a signal, or by a bug."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType

from reader.errors import ReaderError
from reader.text import visible_lines

LOG = "crash.log"
"""The traceback of the bug that ended the app last."""

_SIGNALS = ("SIGTERM", "SIGHUP")
"""Not every platform has both."""


@contextmanager
def left_by_signals(leave: Callable[[int], None]) -> Iterator[None]:
    """Meanwhile, being told to end, or losing the terminal, calls `leave` with the exit status; only the first counts.

    The status is 128 and the signal's number, as shells have it. Once told, further signals stay without effect, so
    that they do not cut short what the caller still has to finish. Only for the main thread.
    """
    told: list[int] = []

    def handle(number: int, frame: FrameType | None) -> None:
        del frame
        if not told:
            told.append(number)
            leave(128 + number)

    before = {each: signal.signal(each, handle) for each in _known_signals()}
    try:
        yield
    finally:
        for each, handler in before.items() if not told else ():
            signal.signal(each, handler)


def _known_signals() -> list[signal.Signals]:
    return [signal.Signals[name] for name in _SIGNALS if name in signal.Signals.__members__]


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
