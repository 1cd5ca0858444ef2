"""Medians, percentiles and tables: what every bench prints, and one way of printing it."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from statistics import median

MILLISECONDS = 1_000.0


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of all do not exceed."""
    ordered = sorted(values)
    place = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(int(place) - 1, 0)]


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
    print()


def print_machine() -> None:
    """What the figures were measured on."""
    load = os.getloadavg()[0]
    parts = [
        f"{os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"Textual {version('textual')}",
        f"rapidfuzz {version('rapidfuzz')}",
        f"load average {load:.1f}",
    ]
    print(", ".join(parts) + "\n")
