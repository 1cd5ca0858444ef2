"""Being told to end by a signal, so that what was begun is finished or taken back first."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = ("SIGTERM", "SIGHUP")
"""Not every platform has both."""


@contextmanager
def left_by_signals(leave: Callable[[int], None]) -> Iterator[None]:
    """Meanwhile, being told to end, or losing the terminal, calls `leave` with the exit status; only the first counts.

    The status is 128 and the signal's number, as shells have it. Once told, further signals stay without effect, so
    that they do not cut short what the caller still has to finish. A signal that whoever started the process had it
    ignore, as `nohup` does, stays ignored. Only for the main thread.
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
            if signal.getsignal(each) is handle:  # it is another's where that one, within the body, was told
                signal.signal(each, handler)


def _known_signals() -> list[signal.Signals]:
    known = [signal.Signals[name] for name in _SIGNALS if name in signal.Signals.__members__]
    return [each for each in known if signal.getsignal(each) is not signal.SIG_IGN]
