"""Run the app at full key rate for long, and tell whether it is then as it was at the start.

    soak.py [SIZE] [--minutes 10]     100k papers unless told

Keys of every kind are pressed in a real terminal, thirty a second as a held key repeats: moving, reading, searching
with slips, bookmarking and taking it back. Each line tells of one slice of the time: the resident memory, the open
files and the threads at its end, and how late the beats of the event loop came (as `lag.py` has it). What grows
from the first slice to the last is a leak, but for 0.7 MiB a minute: the beats, which are kept until the app ends.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from array import array
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import libraries
from figures import MILLISECONDS, percentile, print_machine, print_table
from lag import Player, queries
from terminal import Silent, Terminal, environment

_KEY_SECONDS = 1 / 30
_SLICES = 10
_ROUND = (
    "j" * 60,
    "k" * 20,
    "\x04" * 10,
    "\x15" * 5,
    "G",
    "g",
    " " * 5,
    "\t\t",
    "bu" * 5,
    "mu" * 3,
    "\\" * 2,
    "zz",
    "s" * 6,
)
"""Keys that lead back to the beginning."""


def state(pid: int) -> tuple[str, ...]:
    """Memory in MiB, open files and threads of a process; dashes where the system does not tell."""
    try:
        memory = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        return f"{memory:.1f}", *(str(sum(1 for _ in Path(f"/proc/{pid}/{what}").iterdir())) for what in ("fd", "task"))
    except OSError:
        return "–", "–", "–"


def soaked(path: Path, minutes: float, typed: Sequence[str]) -> list[list[str]]:
    """Run the app on a library for so long; gives a row for each slice of the time.

    Raises:
        Silent: the app ended, or left no beats.
    """
    rounds = cycle([*_ROUND, *(f"/{query}\r\x1b" for query in typed)])
    with environment() as env, tempfile.TemporaryDirectory(prefix="reader-bench-") as folder:
        beats = Path(folder) / "beats"
        heartbeat = Path(__file__).resolve().parent / "heartbeat.py"
        command = [sys.executable, str(heartbeat), str(beats), "--library", str(path)]
        slices = []
        with Terminal(command, environment=env) as terminal:
            terminal.read(silence=1.0, longest=30.0)
            for _ in range(_SLICES):
                began = time.perf_counter()
                while time.perf_counter() - began < minutes * 60 / _SLICES:
                    player = Player(terminal)
                    player.press(next(rounds), _KEY_SECONDS)
                    if not terminal.running:
                        raise Silent("the app ended by itself")
                slices.append((began, time.perf_counter(), state(terminal.pid)))
        if not beats.exists():
            raise Silent("the app did not end by itself, and left no beats")
        noted = array("d")
        noted.frombytes(beats.read_bytes())
    every = list(zip(noted[0::3], noted[1::3], strict=False))
    rows = []
    for began, ended, (memory, files, threads) in slices:
        late = [each * MILLISECONDS for due, each in every if began <= due < ended] or [0.0]
        lags = (f"{percentile(late, 50):.1f}", f"{percentile(late, 99):.1f}", f"{max(late):.1f}")
        rows.append([f"{(ended - slices[0][0]) / 60:.1f}", memory, files, threads, *lags])
    return rows


def main() -> int:
    """Soak, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 100_000)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    told = parser.parse_args()
    print_machine()
    for library in libraries.opened(parser, told, changed=True):
        try:
            rows = soaked(library.path, told.minutes, queries(library.path, 6, told.seed))
        except Silent as silent:
            print(f"soak.py: {silent}", file=sys.stderr)
            return 1
        print(f"{library.name} papers\n")
        print_table(("minutes", "MiB", "files", "threads", "lag p50 ms", "p99 ms", "max ms"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
