"""How long `reader search --json` takes as a process, over importing what it cannot do without.

In each round, one after the other: the command with two words of a title, the same with a slip in each, and
`python -c "import sqlite3, rapidfuzz, click"`. The first round is not counted; ratios are medians of
the rounds' own. Measure an installed copy, as `start.py --help` says.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import figures
import libraries
from figures import MILLISECONDS, of_pairs, percentile, print_machine, print_table
from terminal import environment

from reader.store import Store

_CLEAN, _MISSPELT = "reader search --json", "the same, misspelt"
_FLOOR = 'python -c "import sqlite3, rapidfuzz, click"'


def words_of_a_title(path: Path, random_: random.Random) -> list[str]:
    """Two words of some title."""
    with Store.open(path) as store:
        total = store.papers.total()
        while True:
            titles = store.papers.titles([random_.randint(1, total)]).values()
            words = [word for title in titles for word in re.findall(r"[a-z]{4,}", title.lower())]
            if len(words) > 1:
                return words[:2]


def seconds_of(command: list[str], env: dict[str, str]) -> float:
    """Seconds from the start of a process to its end."""
    began = time.perf_counter()
    subprocess.run(command, env=env, cwd=env["HOME"], capture_output=True, check=False)
    return time.perf_counter() - began


def measured(path: Path, rounds: int, seed: int) -> dict[str, list[float]]:
    """Seconds of each process, by what it is."""
    random_ = random.Random(seed)
    seconds: dict[str, list[float]] = {_CLEAN: [], _MISSPELT: [], _FLOOR: []}
    search = [sys.executable, "-m", "reader", "search", "--json"]
    with environment(READER_LIBRARY=str(path)) as env:
        for number in range(rounds + 1):
            words = words_of_a_title(path, random_)
            commands = (
                [*search, *words],
                [*search, *(libraries.slip(word, random_) for word in words)],
                [sys.executable, "-c", "import sqlite3, rapidfuzz, click"],
            )
            for name, command in zip(seconds, commands, strict=True):
                took = seconds_of(command, env)
                if number:
                    seconds[name].append(took)
    return seconds


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 10_000)
    parser.add_argument("--rounds", type=int, default=30, help="how many runs of each (30)")
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    for library in libraries.opened(parser, told):
        seconds = measured(library.path, told.rounds, told.seed)
        rows = []
        for name, each in seconds.items():
            in_ms = (median(each), percentile(each, 95), min(each))
            over = of_pairs(each, seconds[_FLOOR])
            rows.append([name, *(f"{value * MILLISECONDS:.0f}" for value in in_ms), f"{over:.2f}"])
        print_table((f"{library.name} papers", "p50 ms", "p95 ms", "min ms", "over the imports"), rows)
        figures.keep(told, library.papers, {"command over its imports": of_pairs(seconds[_CLEAN], seconds[_FLOOR])})
    return 0


if __name__ == "__main__":
    sys.exit(main())
