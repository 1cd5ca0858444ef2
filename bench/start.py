"""How long the app takes from its start to the first painted list, beside apps that have less to show.

In each round, one after the other: `python -m reader` on the library until a frame shows the first paper's title in the
list; the app's panes with nothing in them (`empty_panes.py`) until a frame shows their headings; a Textual app that is
one text (`bare_static.py`) until a frame shows it; and `python -c pass` until it has ended. The first round is not
counted. All of them run at the app's own frame rate.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

import libraries
from figures import MILLISECONDS, percentile, print_machine, print_table
from terminal import Display, Silent, Terminal, environment, pane

from reader.store import Store

_LONGEST = 60.0
_SILENCE = 0.3
_TITLE_BEGINS = 20
_FRAMES_A_SECOND = "240"
"""What the app asks Textual for; the others would be painted less often by themselves."""
_HERE = Path(__file__).resolve().parent

Condition = Callable[[Display], bool]


def in_terminal(command: Sequence[str], env: Mapping[str, str], condition: Condition) -> float:
    """Seconds from the start of a command to the frame that meets a condition."""
    with Terminal(command, environment=env) as terminal:
        chunks = terminal.read(silence=_SILENCE, longest=_LONGEST)
        painted = terminal.first_shown(chunks, condition)
        while painted is None:
            chunks = terminal.read(silence=_SILENCE, longest=_LONGEST)
            painted = terminal.first_shown(chunks, condition)
        return painted - terminal.started


def process(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Seconds from the start of a command to its end."""
    started = time.perf_counter()
    subprocess.run(command, env=dict(env), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def first_title(path: Path) -> str:
    """How the first title of the default order begins."""
    with Store.open(path) as store:
        ids = store.papers.ids(limit=1)
        return store.papers.rows(ids)[0].title[:_TITLE_BEGINS].rstrip()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser)
    parser.add_argument("--rounds", type=int, default=20, help="how many starts of each (20)")
    told = parser.parse_args()
    with libraries.opened(parser, told) as path:
        title = first_title(path)
        env = environment(READER_LIBRARY=str(path), TEXTUAL_FPS=_FRAMES_A_SECOND)
        python = sys.executable

        def listed(display: Display) -> bool:
            return any(title in line for line in pane(display, "Papers"))

        def headed(display: Display) -> bool:
            return bool(pane(display, "Papers") and pane(display, "Bookmarks") and pane(display, "Paper"))

        def written(display: Display) -> bool:
            return display[0].startswith("Papers")

        runs: dict[str, Callable[[], float]] = {
            "reader, first list": lambda: in_terminal([python, "-m", "reader"], env, listed),
            "empty panes": lambda: in_terminal([python, str(_HERE / "empty_panes.py")], env, headed),
            "bare Static": lambda: in_terminal([python, str(_HERE / "bare_static.py")], env, written),
            "python -c pass": lambda: process([python, "-c", "pass"], env),
        }
        seconds: dict[str, list[float]] = {name: [] for name in runs}
        try:
            for number in range(told.rounds + 1):
                for name, run in runs.items():
                    took = run()
                    if number:
                        seconds[name].append(took)
        except Silent as silent:
            print(f"start.py: {silent}", file=sys.stderr)
            return 1
    print_machine()
    reader = median(seconds["reader, first list"])
    rows = []
    for name, each in seconds.items():
        middle = median(each)
        paired = median(a / b for a, b in zip(seconds["reader, first list"], each, strict=True))
        in_ms = (middle, percentile(each, 95), min(each))
        rows.append([name, *(f"{s * MILLISECONDS:.0f}" for s in in_ms), f"{reader / middle:.2f}", f"{paired:.2f}"])
    print_table(("start until", "p50 ms", "p95 ms", "min ms", "reader over it", "of pairs"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
