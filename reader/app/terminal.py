"""Noticing that the terminal is gone where no signal tells of it.

A terminal that is closed sends SIGHUP to those whose controlling terminal it is. Under some supervisors, containers and
remote shells it is nobody's; then reading gives the end of the file for ever, and an app that goes on reading would
never leave.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys

HUNG_UP = 128 + getattr(signal, "SIGHUP", 1)
"""The exit status, the same as after the signal."""
LOOKING_SECONDS = 1.0


def is_gone(descriptor: int) -> bool:
    """Whether the terminal behind a descriptor was closed; False where that cannot be told."""
    if not hasattr(select, "poll"):
        return False
    look = select.poll()
    with contextlib.suppress(OSError, ValueError):
        look.register(descriptor, 0)  # hanging up is told without being asked for
        return any(told & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, told in look.poll(0))
    return True


def keyboard() -> int | None:
    """The descriptor that the app reads keys from, if that is a terminal."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        descriptor = sys.__stdin__.fileno()  # type: ignore[union-attr]  # None raises AttributeError
        return descriptor if os.isatty(descriptor) else None
    return None
