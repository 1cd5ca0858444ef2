"""How late the app's event loop comes to what it should do, while keys are held down, queries typed and panes paged.

The app runs in a pseudo-terminal of 120 by 40, and in its event loop a heartbeat (`heartbeat.py`): a callback that is
due every two milliseconds, and notes how late it is called. Whatever keeps the loop from it keeps keys and frames
waiting as long: a handler, a query on the loop, a thread that holds the interpreter. What is printed for each
activity:

  p50 … max    how late, over all moments at which a beat was due, also those that passed while the loop was away
  own …        the same less the share of it in which the loop was ready to run and waited for a processor that other
               programs had (where the system tells: Linux): what the app itself causes, on a machine that is not idle
  > 10 ms      how often the loop was away for longer than that at a stretch by itself, and > 50 ms
  frames       how many frames that look otherwise than the one before were painted meanwhile: an activity that changes
               nothing measures nothing, and is an error

Keys come thirty times a second where they are held down, letters ten times a second, as fast as a fast typist.
The first activity begins a second after the app has drawn itself; what one causes within a second after its last key
belongs to it. The library is a copy: papers are bookmarked in it.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import figures
import libraries
from figures import MILLISECONDS, SPREAD, percentile, print_machine, print_table, spread
from heartbeat import BEAT
from terminal import COLUMNS, ROWS, Chunk, Silent, Terminal, environment

from reader.store import Store

_HELD, _TYPED, _PRESSED = 1 / 30, 1 / 10, 1 / 5
"""Seconds from one key to the next; what follows Esc must come late enough not to be one key with it."""
_AFTERWARDS = 1.0
_BEGIN_SILENCE, _LONGEST = 1.0, 120.0
_IDLE = "left alone"
_SHORT, _LONG = 0.010, 0.050
_DOWN, _UP, _HOME, _END = "\x1b[6~", "\x1b[5~", "\x1b[H", "\x1b[F"
_BACKSPACE, _DELETE_ALL, _ESCAPE, _TAB = "\x7f", "\x15", "\x1b", "\t"
_WINDOWS = ((80, 24), (200, 60), (100, 30), (COLUMNS, 12), (60, 40), (COLUMNS, ROWS))


class Player:
    """Presses keys at their times, and reads what is painted meanwhile."""

    def __init__(self, terminal: Terminal) -> None:
        """In that terminal."""
        self._terminal = terminal
        self.chunks: list[Chunk] = []

    def press(self, keys: Sequence[str], apart: float) -> None:
        """Press keys, one after the other, so many seconds apart, whatever the app does."""
        due = time.perf_counter()
        for key in keys:
            self._terminal.write(key)
            due += apart
            self.chunks += self._terminal.read_available(wait=max(due - time.perf_counter(), 0.0))

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self._terminal.resize(columns, rows)
        self.chunks += self._terminal.read_available(wait=_PRESSED)

    def wait(self, seconds: float) -> None:
        """Leave the app alone."""
        self.chunks += self._terminal.read_available(wait=seconds)


Activity = Callable[[Player], None]


def activities(queries: Sequence[str], times: int) -> Mapping[str, Activity]:
    """What is done, by name; each leaves the app in the list of all papers, where the next begins.

    Args:
        queries: what is typed.
        times: how often a key that is held down repeats.
    """

    def hold(key: str) -> Activity:
        return lambda player: player.press([key] * times, _HELD)

    def type_queries(player: Player) -> None:
        for query in queries:
            player.press(["/", *query], _TYPED)
            player.press([_BACKSPACE] * len(query), _HELD)
            player.press([_ESCAPE], _PRESSED)

    def clear_filters(player: Player) -> None:
        for query in queries:
            player.press([f"/{query.split()[0]}", "\r"], 3 * _PRESSED)
            player.press([_ESCAPE], 3 * _PRESSED)

    def page_detail(player: Player) -> None:
        player.resize(COLUMNS, ROWS // 2)  # so that there is more than one page
        player.press(["\r", *(_DOWN, _DOWN, _UP, _UP) * 5], _HELD)
        player.press([_ESCAPE], _PRESSED)
        player.press([" ", "j"] * 10, _HELD)
        player.resize(COLUMNS, ROWS)

    def resize(player: Player) -> None:
        for columns, rows in _WINDOWS * 3:
            player.resize(columns, rows)

    return {
        "j held down": hold("j"),
        "k held down": hold("k"),
        "PgDn held down": hold(_DOWN),
        "PgUp held down": hold(_UP),
        "End, Home": lambda player: player.press([_END, _HOME] * 10, _PRESSED),
        "queries typed, erased": type_queries,
        "queries cleared": clear_filters,
        "detail paged": page_detail,
        "panes changed": lambda player: player.press([_TAB] * 12, _HELD),
        "sorted": lambda player: player.press(["s"] * 12, 3 * _PRESSED),
        "bookmarked, undone": lambda player: player.press(["b", "j", "b", "u", "u"] * 5, _PRESSED),
        "window resized": resize,
    }


@dataclass(frozen=True, slots=True)
class Lag:
    """How late beats came while something was done, in seconds, and how many frames were painted.

    Attributes:
        late: by the clock.
        own: without waiting for a processor.
        frames: how many.
    """

    late: Sequence[float]
    own: Sequence[float]
    frames: int

    def stretches(self, seconds: float) -> int:
        """How often the loop was away for longer than that by itself: the first beat of a stretch is its latest."""
        before = 0.0
        count = 0
        for late, own in zip(self.late, self.own, strict=True):
            goes_on = abs(before - late - BEAT) < BEAT / 2
            count += own > seconds and not goes_on
            before = late
        return count


class Watched:
    """The app with a heartbeat: what is done with it, and when."""

    def __init__(self, terminal: Terminal) -> None:
        """Wait until it has drawn itself and does nothing more."""
        self._terminal = terminal
        self.times: dict[str, tuple[float, float]] = {}
        self.frames: dict[str, int] = {}
        terminal.show_all(terminal.read(silence=_BEGIN_SILENCE, longest=_LONGEST))
        self.do(_IDLE, lambda player: player.wait(_AFTERWARDS))

    def do(self, name: str, activity: Activity) -> None:
        """Do something, and note from when to when it took and what it painted.

        Raises:
            Silent: nothing changed on the screen.
        """
        player = Player(self._terminal)
        began = time.perf_counter()
        activity(player)
        player.wait(_AFTERWARDS)
        self.times[name] = began, time.perf_counter()
        frames, before = 0, self._terminal.picture()
        for _ in self._terminal.show(player.chunks):
            now = self._terminal.picture()
            frames += now != before
            before = now
        if not frames and name != _IDLE:
            screen = "\n".join(self._terminal.display())
            raise Silent(f"{name}: nothing changed on the screen, which was:\n{screen}")
        self.frames[name] = frames

    def lags(self, beats: array[float]) -> Iterator[tuple[str, Lag]]:
        """How late the beats came that were due while each thing was done."""
        every = list(zip(beats[0::3], beats[1::3], beats[2::3], strict=True))
        for name, (began, ended) in self.times.items():
            then = [(late, share) for due, late, share in every if began <= due < ended]
            own = [late * (1 - share) for late, share in then]
            yield name, Lag([late for late, _ in then], own, self.frames[name])


def queries(path: Path, count: int, seed: int) -> list[str]:
    """Two or three words of titles, every other with a slip."""
    random_ = random.Random(seed)
    with Store.open(path) as store:
        titles = [row.title for row in store.papers.rows(store.papers.ids(limit=500))]
    found = []
    for number in range(count):
        words = re.findall(r"[a-z]{3,}", random_.choice(titles).lower())[:3] or ["paper"]
        found.append(" ".join(libraries.slip(word, random_) for word in words) if number % 2 else " ".join(words))
    return found


def measured(path: Path, told: argparse.Namespace) -> dict[str, Lag]:
    """Run the app on a library, do everything once, and give how late its loop was.

    Raises:
        Silent: it does not answer.
    """
    with environment(TEXTUAL_FPS="240") as env, tempfile.TemporaryDirectory(prefix="reader-bench-") as folder:
        beats = Path(folder) / "beats"
        heartbeat = Path(__file__).resolve().parent / "heartbeat.py"
        command = [sys.executable, str(heartbeat), str(beats), "--library", str(path)]
        with Terminal(command, environment=env) as terminal:
            watched = Watched(terminal)
            typed = queries(path, told.queries, told.seed)
            for name, activity in activities(typed, told.repeats).items():
                watched.do(name, activity)
        if not beats.exists():
            raise Silent("the app did not end by itself, and left no beats")
        noted = array("d")
        noted.frombytes(beats.read_bytes())
        return dict(watched.lags(noted))


def print_lags(lags: Mapping[str, Lag]) -> None:
    """The table."""
    own = tuple(f"own {name}" for name in SPREAD[2:])
    rows = [
        [name, *spread(lag.late), *spread(lag.own)[2:], *(str(lag.stretches(each)) for each in (_SHORT, _LONG))]
        for name, lag in lags.items()
    ]
    frames = [str(lag.frames) for lag in lags.values()]
    headings = (f"lag, a beat every {BEAT * MILLISECONDS:.0f} ms", *SPREAD, *own, "> 10 ms", "> 50 ms", "frames")
    print_table(headings, [[*row, count] for row, count in zip(rows, frames, strict=True)])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 100_000)
    parser.add_argument("--queries", type=int, default=6, help="how many queries are typed (6)")
    parser.add_argument("--repeats", type=int, default=150, help="how often a held key repeats (150)")
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    for library in libraries.opened(parser, told, changed=True):
        try:
            lags = measured(library.path, told)
        except Silent as silent:
            print(f"lag.py: {silent}", file=sys.stderr)
            return 1
        print(f"{library.name} papers\n")
        print_lags(lags)
        every = [own for name, lag in lags.items() if name != _IDLE for own in lag.own]
        kept = {"lag p95 ms": percentile(every, 95), "lag p99 ms": percentile(every, 99), "lag max ms": max(every)}
        figures.keep(told, library.papers, {name: value * MILLISECONDS for name, value in kept.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
