"""How long `reader search --json` takes as a process, over importing what it cannot do without.

In each round, one after the other: the command with two words of a title, the same with a slip in each, and
`python -c "import sqlite3, rapidfuzz, click"`. The first round is not counted.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import libraries
from figures import MILLISECONDS, percentile, print_machine, print_table

from reader.store import Store

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
    subprocess.run(command, env=env, capture_output=True, check=False)
    return time.perf_counter() - began


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser)
    parser.add_argument("--rounds", type=int, default=30, help="how many runs of each (30)")
    told = parser.parse_args()
    random_ = random.Random(told.seed)
    seconds: dict[str, list[float]] = {"reader search --json": [], "the same, misspelt": [], _FLOOR: []}
    with libraries.opened(parser, told) as path:
        env = {**os.environ, "READER_LIBRARY": str(path)}
        search = [sys.executable, "-m", "reader", "search", "--json"]
        for number in range(told.rounds + 1):
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
    print_machine()
    rows = []
    for name, each in seconds.items():
        in_ms = (median(each), percentile(each, 95), min(each))
        over = median(a / b for a, b in zip(each, seconds[_FLOOR], strict=True))
        rows.append([name, *(f"{value * MILLISECONDS:.0f}" for value in in_ms), f"{over:.2f}"])
    print_table(("process", "p50 ms", "p95 ms", "min ms", "over the imports"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
