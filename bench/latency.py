"""How long the app takes from a key to the frame that answers it, in a pseudo-terminal of 120 by 40.

Queries are typed letter by letter into the search box: two or three words of a title of the library, as they are and
with one slip, then the last letters deleted again. Then `j` is held down through the list, and PgDn is pressed. Counted
from the moment before the key is written:

  echo      the last byte of the first frame whose query line shows what was typed
  results   the last byte of the first frame whose list (heading and rows) differs from the one before the key; keys
            that leave the list as it was are not among them, and are counted apart
  settled   the last byte of the last frame that changed the list, the paper or the query line: papers that match only
            in the abstract are painted in a second frame, and the paper under the cursor in another
  detail    the last byte of the frame that shows the paper under the cursor, or a later one where keys came faster

A frame ends with the end of a synchronised update. What a frame shows is read off an emulated screen, pane by pane:
the echo of the letter, the status line and the footer are in none of the panes, so that neither they nor a clock
there would pass for an answer. A key is written when the one before has settled: nothing was written for --silence
milliseconds, and no thread of the app works any more (where the system tells: Linux), so that a late answer is not
taken for that to the next key. The silence is never part of a figure: all times are those of bytes that were read.
The held key is another matter: it is written thirty times a second, whatever the app does.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import figures
import libraries
from figures import MILLISECONDS, SPREAD, percentile, print_machine, print_table, spread
from terminal import Display, Silent, Terminal, environment, pane

from reader.store import Store

_LONGEST, _PRESSED = 20.0, 0.5
_DELETED = 4
_REPEATS_PER_SECOND = 30
_SHOWN_KEY = 6
_BACKSPACE, _DELETE_ALL, _PAGE_DOWN, _ESCAPE = "\x7f", "\x15", "\x1b[6~", "\x1b"


@dataclass(slots=True)
class Reactions:
    """Seconds from a key to what it caused."""

    echo: list[float] = field(default_factory=list)
    results: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    unanswered: int = 0
    unchanged: int = 0

    def add(self, other: Reactions) -> None:
        """Those of other keys, too."""
        self.echo += other.echo
        self.results += other.results
        self.settled += other.settled
        self.unanswered += other.unanswered
        self.unchanged += other.unchanged


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper is recognised by: its place in the list, and its key in the border of the detail."""

    title: str
    key: str


class App:
    """The app in a terminal, and how it reacts."""

    def __init__(self, terminal: Terminal, *, silence: float) -> None:
        """Wait until the app has drawn itself and the worker has answered."""
        self._terminal = terminal
        self._silence = silence
        terminal.show_all(terminal.read_until_idle(silence=1.0, longest=120.0))

    def press(self, keys: str) -> None:
        """Press keys that are not measured, and may do nothing."""
        self._terminal.write(keys)
        with contextlib.suppress(Silent):
            self._terminal.show_all(self._terminal.read(silence=self._silence, longest=_PRESSED))
        self._terminal.show_all(self._terminal.until_idle(longest=_LONGEST))

    def type(self, key: str, expected: str, reactions: Reactions) -> None:
        """Press a key in the search box, and time what it causes."""
        shown = _panes(self._terminal.display())
        listed = shown[0]
        pressed = self._terminal.write(key)
        try:
            chunks = self._terminal.read_until_idle(silence=self._silence, longest=_LONGEST)
        except Silent:
            reactions.unanswered += 1
            return
        echo = results = settled = None
        for frame, display in self._terminal.show(chunks):
            now = _panes(display)
            if echo is None and _shows(display, expected.rstrip()):
                echo = frame.at - pressed
            if results is None and now[0] != listed:
                results = frame.at - pressed
            if now != shown:
                shown, settled = now, frame.at - pressed
        if echo is None:
            reactions.unanswered += 1
        elif not key.isspace():  # a space at the end of the query line cannot be seen
            reactions.echo.append(echo)
        if results is None:
            reactions.unchanged += 1
        else:
            reactions.results.append(results)
        if settled is not None:
            reactions.settled.append(settled)

    def hold(self, key: str, times: int, places: dict[str, int]) -> list[float]:
        """Hold a key down; the seconds from each repeat until the detail shows its paper or a later one."""
        pressed: list[float] = []
        chunks = []
        for _ in range(times):
            pressed.append(self._terminal.write(key))
            chunks += self._terminal.read_available(wait=1 / _REPEATS_PER_SECOND)
        with contextlib.suppress(Silent):  # the last repeat may have been answered already
            chunks += self._terminal.read(silence=self._silence, longest=_PRESSED)
        took: list[float] = []
        for frame, display in self._terminal.show(chunks):
            place = _place_of_detail(display, places)
            took += [frame.at - pressed[n] for n in range(len(took), min(place, times))]
        return took

    def step(self, key: str) -> float:
        """Press a key in the list; the seconds until the last frame that changes the detail.

        Raises:
            Silent: no frame changes it.
        """
        before = pane(self._terminal.display(), "Paper")
        pressed = self._terminal.write(key)
        chunks = self._terminal.read_until_idle(silence=self._silence, longest=_LONGEST)
        changed = None
        for frame, display in self._terminal.show(chunks):
            shown = pane(display, "Paper")
            if shown != before:
                before, changed = shown, frame.at
        if changed is None:
            raise Silent(f"{key!r} left the paper as it was; the screen is:\n" + "\n".join(self._terminal.display()))
        return changed - pressed


def _panes(display: Display) -> tuple[Display, Display, str]:
    """The list, the paper and the query line: what an answer changes."""
    return pane(display, "Papers"), pane(display, "Paper"), display[0].rstrip()


def _shows(display: Display, typed: str) -> bool:
    """Whether the query line shows that, and behind it at most how the name of a field goes on."""
    line = _query_line(display)
    return line == typed or (line.startswith(typed) and line.endswith(":"))


def _query_line(display: Display) -> str:
    return display[0].strip().removeprefix("/").strip()


def _place_of_detail(display: Display, places: dict[str, int]) -> int:
    """Where in the list the paper stands that the detail shows; 0 where it cannot be told."""
    border = pane(display, "Paper")[-1:] or [""]
    found = re.search(rf"\b([a-z2-7]{{{_SHOWN_KEY}}})\b", border[0])
    return places.get(found[1], 0) if found else 0


def queries(papers: Sequence[Paper], count: int, random_: random.Random) -> Iterator[tuple[str, str]]:
    """Words of titles, by turns as they are and with one slip in one of them."""
    for number in range(count):
        words = re.findall(r"[a-z]{3,}", random_.choice(papers).title.lower())
        if not words:
            continue
        start = random_.randrange(max(len(words) - 2, 1))
        chosen = words[start : start + 3]
        if number % 2:
            place = max(range(len(chosen)), key=lambda n: len(chosen[n]))
            chosen[place] = libraries.slip(chosen[place], random_)
        yield ("slip" if number % 2 else "clean"), " ".join(chosen)


def type_queries(app: App, papers: Sequence[Paper], told: argparse.Namespace) -> dict[str, Reactions]:
    """Type and delete; the reactions to letters of clean and of misspelt queries, and to deletions."""
    reactions = {name: Reactions() for name in ("clean", "slip", "deleted")}
    app.press("/")
    for kind, query in queries(papers, told.queries, random.Random(told.seed)):
        for length in range(1, len(query) + 1):
            app.type(query[length - 1], query[:length], reactions[kind])
        for length in range(len(query) - 1, max(len(query) - 1 - _DELETED, 0), -1):
            app.type(_BACKSPACE, query[:length], reactions["deleted"])
        app.press(_DELETE_ALL)
    app.press(_ESCAPE)
    return reactions


def library_order(path: Path, limit: int) -> list[Paper]:
    """The first papers in the order in which the app lists them."""
    with Store.open(path) as store:
        rows = store.papers.rows(store.papers.ids(limit=limit))
    return [Paper(row.title, row.key) for row in rows]


@dataclass(frozen=True, slots=True)
class Latencies:
    """What a library's run gave: the reactions to what was typed, and seconds from keys to the paper."""

    typed: dict[str, Reactions]
    presses: int
    held: list[float]
    stepped: list[float]
    paged: list[float]

    def every(self) -> Reactions:
        """The reactions to letters and deletions together."""
        together = Reactions()
        for each in self.typed.values():
            together.add(each)
        return together


def print_results(found: Latencies) -> None:
    """The table, and what did not answer."""
    kinds = {"clean": "a letter", "slip": "a letter, one slip", "deleted": "a deletion"}
    rows = [row for name, kind in kinds.items() for row in _rows(kind, found.typed[name])]
    every = found.every()
    rows += _rows("any of these", every)
    rows.append(["j → detail", *spread(found.stepped)])
    rows.append(["j held down → detail", *spread(found.held)])
    rows.append(["PgDn → detail", *spread(found.paged)])
    print_table(("key → frame", *SPREAD), rows)
    print(f"{every.unchanged} keys left the list as it was, and are in no figure of results")
    if every.unanswered:
        print(f"{every.unanswered} keys were not answered as expected")
    if len(found.held) < found.presses:
        print(f"of {found.presses} repeats of j {found.presses - len(found.held)} were never shown")
    print(flush=True)


def _rows(kind: str, reactions: Reactions) -> list[list[str]]:
    return [
        [f"{kind} → echo", *spread(reactions.echo)],
        [f"{kind} → results", *spread(reactions.results)],
        [f"{kind} → settled", *spread(reactions.settled)],
    ]


def measured(path: Path, told: argparse.Namespace) -> Latencies:
    """Run the app on a library, and press keys.

    Raises:
        Silent: it does not answer.
    """
    papers = library_order(path, max(told.repeats + 1, 2_000))
    places = {paper.key[:_SHOWN_KEY]: place for place, paper in enumerate(papers)}
    repeats = min(told.repeats, len(papers) - 1)
    command = [sys.executable, "-m", "reader", "--library", str(path)]
    with environment() as env, Terminal(command, environment=env) as terminal:
        app = App(terminal, silence=told.silence / MILLISECONDS)
        typed = type_queries(app, papers, told)
        app.press("g")
        held = app.hold("j", repeats, places)
        app.press("g")
        stepped = [app.step("j") for _ in range(min(told.presses, repeats))]
        app.press("g")
        paged = [app.step(_PAGE_DOWN) for _ in range(min(told.presses, len(papers) // 40))]
    return Latencies(typed, repeats, held, stepped, paged)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 10_000)
    parser.add_argument("--queries", type=int, default=20, help="how many queries are typed (20)")
    parser.add_argument("--repeats", type=int, default=1_000, help="how often the held key repeats (1000)")
    parser.add_argument("--presses", type=int, default=40, help="how often j and PgDn are pressed singly (40)")
    parser.add_argument("--silence", type=float, default=150.0, metavar="MS", help="when a key has settled (150)")
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    for library in libraries.opened(parser, told):
        try:
            found = measured(library.path, told)
        except Silent as silent:
            print(f"latency.py: {silent}", file=sys.stderr)
            return 1
        print(f"{library.name} papers\n")
        print_results(found)
        results = found.every().results
        if results and found.held:
            kept = {"key to results p95 ms": percentile(results, 95), "held j max ms": max(found.held)}
            figures.keep(told, library.papers, {name: value * MILLISECONDS for name, value in kept.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
