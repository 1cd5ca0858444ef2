"""Medians, percentiles and tables: what every bench prints, and one way of printing it.

Ratios are always medians of pairs: of two things that were run one after the other, in the same seconds of a noisy
machine, what one took over what the other took; and then the median of those. A ratio of two medians would compare
different moments.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

MILLISECONDS = 1_000.0
MEBIBYTE = 1 << 20


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of all do not exceed."""
    ordered = sorted(values)
    place = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(int(place) - 1, 0)]


def of_pairs(those: Sequence[float], over: Sequence[float]) -> float:
    """The median of what each took over what the other of its pair took; the longer of the two may have more rounds."""
    return median(a / b for a, b in zip(those, over, strict=False))


def spread(seconds: Sequence[float]) -> list[str]:
    """How many, and the median, p95, p99 and largest of them, in milliseconds."""
    if not seconds:
        return ["0", "-", "-", "-", "-"]
    found = (median(seconds), percentile(seconds, 95), percentile(seconds, 99), max(seconds))
    return [str(len(seconds)), *(f"{value * MILLISECONDS:.1f}" for value in found)]


SPREAD = ("n", "p50 ms", "p95 ms", "p99 ms", "max ms")


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns under headings, the first to the left, the others to the right."""
    lines = [list(headings), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    for number, line in enumerate(lines):
        first, *others = zip(line, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
    print(flush=True)


def print_machine() -> None:
    """What the figures were measured on, and which copy of reader."""
    load = os.getloadavg()[0]
    parts = [
        f"{os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"Textual {version('textual')}",
        f"rapidfuzz {version('rapidfuzz')}",
        f"load average {load:.1f}",
    ]
    found = find_spec("reader")
    where = "nowhere" if found is None or found.origin is None else str(Path(found.origin).parent)
    print(", ".join(parts) + f"\nreader in {where}\n", flush=True)


def add_argument(parser: argparse.ArgumentParser) -> None:
    """Where figures go that `summary.py` reads."""
    parser.add_argument(
        "--figures", type=Path, metavar="FILE", help="also append the figures that summary.py reads, as JSON Lines"
    )


def keep(told: argparse.Namespace, papers: int, figures: Mapping[str, float]) -> None:
    """Append figures of a size to the file that was named, if one was."""
    if told.figures is not None:
        with told.figures.open("a", encoding="utf-8") as out:
            out.writelines(
                json.dumps({"papers": papers, "figure": name, "value": value}) + "\n" for name, value in figures.items()
            )
