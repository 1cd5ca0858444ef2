"""How much memory the app holds: resident, of that anonymous and mapped from files, at sizes of the library.

The app runs in a pseudo-terminal of 120 by 40, and what the system counts for it is read from /proc (Linux only):

  first frame     once it has drawn itself and does nothing more
  after moving    after PgDn was held down, End, Home, and every order of the list
  searching       the most that was seen, a hundred times a second, while queries were typed and erased
  afterwards      once it does nothing more after that
  peak            the most the system saw at any time

Anonymous memory is the process's own. What is mapped from files (the interpreter, libraries) can be dropped by the
system at any time, and is shared with other programs that use the same files. A bare Textual app is there to compare.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import figures
import lag
import libraries
from figures import MEBIBYTE, print_machine, print_table
from terminal import Silent, Terminal, environment

_HERE = Path(__file__).resolve().parent
_SILENCE, _LONGEST = 1.0, 120.0
_LOOKS_APART = 0.01
_MOVES = 50
_SEARCHING, _PEAK = "searching", "peak"


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that a process holds: its own, mapped from files, and shared between processes."""

    anonymous: int
    mapped: int

    @property
    def resident(self) -> int:
        """All of it."""
        return self.anonymous + self.mapped


def held(pid: int) -> Memory:
    """What a process holds now.

    Raises:
        OSError: it has ended, or the system does not tell.
    """
    told = _status(pid)
    return Memory(told["RssAnon"], told["RssFile"] + told["RssShmem"])


def _status(pid: int) -> dict[str, int]:
    """The lines of /proc/…/status that count kibibytes, in bytes."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines())
    return {line[0].rstrip(":"): 1024 * int(line[1]) for line in lines if line[2:] == ["kB"]}


@dataclass(slots=True)
class Watch:
    """What a process holds, again and again in a thread of its own."""

    pid: int
    seen: list[Memory] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Look while this lasts."""
        thread = threading.Thread(target=self._look)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _look(self) -> None:
        while not self._over.wait(_LOOKS_APART):
            with suppress(OSError, KeyError):
                self.seen.append(held(self.pid))

    @property
    def most(self) -> Memory:
        """The look at which most was held."""
        return max(self.seen, key=lambda memory: memory.resident)


def settle(terminal: Terminal) -> Memory:
    """What is held once the program has drawn itself and does nothing more."""
    terminal.show_all(terminal.read_until_idle(silence=_SILENCE, longest=_LONGEST))
    return held(terminal.pid)


def measured(library: Path, queries: Sequence[str]) -> dict[str, Memory]:
    """What the app holds at each stage."""
    command = [sys.executable, "-m", "reader", "--library", str(library)]
    stages: dict[str, Memory] = {}
    with environment() as env, Terminal(command, environment=env) as terminal:
        stages["first frame"] = settle(terminal)
        doing = lag.activities(queries, _MOVES)
        player = lag.Player(terminal)
        for name in ("PgDn held down", "End, Home", "sorted"):
            doing[name](player)
        player.wait(_SILENCE)
        stages["after moving"] = held(terminal.pid)
        watch = Watch(terminal.pid)
        with watch.running():
            doing["queries typed, erased"](player)
        stages[_SEARCHING] = watch.most
        player.wait(_SILENCE)
        stages["afterwards"] = held(terminal.pid)
        peak = _status(terminal.pid)["VmHWM"]
        stages[_PEAK] = Memory(peak, 0)
    return stages


def bare() -> Memory:
    """What a Textual app of one text holds."""
    command = [sys.executable, str(_HERE / "bare_static.py")]
    with environment() as env, Terminal(command, environment=env) as terminal:
        return settle(terminal)


def row(name: str, stage: str, memory: Memory) -> list[str]:
    """A line of the table."""
    parts = ["-", "-"] if stage == _PEAK else [f"{each / MEBIBYTE:.0f}" for each in (memory.anonymous, memory.mapped)]
    return [name, stage, f"{memory.resident / MEBIBYTE:.0f}", *parts]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 10_000)
    parser.add_argument("--queries", type=int, default=8, help="how many queries are typed (8)")
    figures.add_argument(parser)
    told = parser.parse_args()
    if not Path("/proc/self/status").exists():
        parser.error("the system does not say in /proc what a process holds; Linux does")
    print_machine()
    rows = [row("bare Static", "first frame", bare())]
    for library in libraries.opened(parser, told):
        try:
            stages = measured(library.path, lag.queries(library.path, told.queries, told.seed))
        except Silent as silent:
            print(f"memory.py: {silent}", file=sys.stderr)
            return 1
        rows += [row(library.name, stage, memory) for stage, memory in stages.items()]
        searching = stages[_SEARCHING].resident / MEBIBYTE
        figures.keep(told, library.papers, {"memory searching MiB": searching})
    print_table(("papers", "", "resident MiB", "anonymous", "from files"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
