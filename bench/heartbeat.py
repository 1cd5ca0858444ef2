"""Run `reader` with a heartbeat in its event loop that notes how late it comes: what `lag.py` starts.

    heartbeat.py FILE [ARGUMENT…]      runs `reader ARGUMENT…`, and writes FILE when it ends

Beats are due every two milliseconds on a fixed grid. A beat that comes late stands for all that were due meanwhile,
each with its own lateness: a loop that is away for 100 ms keeps whatever happens in that time waiting, for 50 ms on
average, and one late beat in place of fifty would hide that. FILE holds three doubles a beat: when it was due, on the
clock `time.perf_counter`; how many seconds late it came; and the share of the time since the beat before, from 0 to
1, in which the loop's thread was ready to run and waited for a processor that other programs had (0 where the system
does not tell). Nothing is written before the end, and a beat takes some microseconds, so that the heartbeat itself is
not what it measures.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import sys
import time
from array import array
from contextlib import suppress
from pathlib import Path

BEAT = 0.002
"""Seconds from one beat to the next."""


class Heartbeat:
    """Beats in an event loop: when they were due, how late they came, and what of that other programs caused."""

    def __init__(self) -> None:
        """Nothing beats yet."""
        self.beats = array("d")
        self._scheduling: int | None = None

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Beat from now on, as long as the loop runs; called in its thread."""
        self._loop = loop
        with suppress(OSError):
            self._scheduling = os.open("/proc/thread-self/schedstat", os.O_RDONLY)
        self._before, self._waited = time.perf_counter(), self._waiting()
        self._due = self._before + BEAT
        loop.call_later(BEAT, self._beat)

    def _waiting(self) -> float:
        """The seconds that this thread has waited for a processor."""
        return 0.0 if self._scheduling is None else int(os.pread(self._scheduling, 64, 0).split()[1]) / 1e9

    def _beat(self) -> None:
        now, waited = time.perf_counter(), self._waiting()
        share = min((waited - self._waited) / max(now - self._before, 1e-9), 1.0)
        self._before, self._waited = now, waited
        while self._due <= now:
            self.beats.extend((self._due, now - self._due, share))
            self._due += BEAT
        self._loop.call_later(self._due - time.perf_counter(), self._beat)


class BeatingPolicy(asyncio.DefaultEventLoopPolicy):
    """Gives event loops with a heartbeat."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        """All with that one; the app has only one loop."""
        super().__init__()
        self._heartbeat = heartbeat

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """A loop that beats as soon as it runs."""
        loop = super().new_event_loop()
        loop.call_soon(self._heartbeat.begin, loop)
        return loop


def main() -> None:
    """Run reader, and write the beats when it ends."""
    if sys.argv[1:2] in ([], ["-h"], ["--help"]):
        import argparse

        argparse.ArgumentParser(
            description=__doc__,
            usage="heartbeat.py FILE [ARGUMENT…]",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        ).parse_args()
        sys.exit("heartbeat.py: say where the beats are written to")
    heartbeat = Heartbeat()
    target = Path(sys.argv[1])
    atexit.register(lambda: target.write_bytes(heartbeat.beats.tobytes()))
    asyncio.set_event_loop_policy(BeatingPolicy(heartbeat))
    from reader.cli import run

    sys.exit(run(sys.argv[2:]))


if __name__ == "__main__":
    main()
