"""Run `reader` with a heartbeat in its event loop that notes how late it comes: what `lag.py` starts.

    heartbeat.py FILE [ARGUMENT…]      runs `reader ARGUMENT…`, and writes FILE when it ends

Beats are due every two milliseconds on a fixed grid. A beat that comes late stands for all that were due meanwhile,
each with its own lateness: a loop that is away for 100 ms keeps whatever happens in that time waiting, for 50 ms on
average, and one late beat in place of fifty would hide that. FILE holds pairs of doubles: when a beat was due, on the
clock `time.perf_counter`, and how many seconds late it came. Nothing is written before the end, and a beat takes some
microseconds, so that the heartbeat itself is not what it measures.
"""

from __future__ import annotations

import asyncio
import atexit
import sys
import time
from array import array
from pathlib import Path

BEAT = 0.002
"""Seconds from one beat to the next."""


class Heartbeat:
    """Beats in an event loop, and when they were due and how late they came."""

    def __init__(self) -> None:
        """Nothing beats yet."""
        self.beats = array("d")

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Beat from now on, as long as the loop runs."""
        self._loop = loop
        self._due = time.perf_counter() + BEAT
        loop.call_later(BEAT, self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        while self._due <= now:
            self.beats.append(self._due)
            self.beats.append(now - self._due)
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
