"""Exporting to Markdown against reading the same papers and writing them as JSON lines, side by side in one run.

Both ways read every paper from the library as exports do and write a file; rounds alternate, and the medians are
compared. Memory is what exporting adds to the process at its highest, at the size asked for and at a tenth of it: it
must not grow with the number of papers.

    python bench/exporting.py [--papers N | --library FILE] [--rounds N]
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tracemalloc
from array import array
from collections.abc import Callable
from pathlib import Path
from statistics import median

import libraries
from figures import MILLISECONDS, print_machine, print_table

from reader.export import jsonl
from reader.library import export, export_to_file
from reader.store import Store


def write_json_lines(store: Store, path: Path, ids: array[int]) -> None:
    """Every paper as `reader search --json` prints it."""
    with path.open("w", encoding="utf-8") as file, store.database.snapshot():
        for stored in store.papers.stream(ids):
            file.write(jsonl.line(stored) + "\n")


def write_markdown(store: Store, path: Path, ids: array[int]) -> None:
    """What `reader export -o FILE` does."""
    export_to_file(export(store, papers=ids), path, force=True)


def seconds(work: Callable[[Store, Path, array[int]], None], store: Store, path: Path, ids: array[int]) -> float:
    """How long one of both takes."""
    began = time.perf_counter()
    work(store, path, ids)
    return time.perf_counter() - began


def peak(store: Store, path: Path, ids: array[int]) -> int:
    """Bytes that exporting holds at its highest."""
    tracemalloc.start()
    write_markdown(store, path, ids)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser)
    parser.add_argument("--rounds", type=int, default=7)
    told = parser.parse_args()
    print_machine()
    with (
        libraries.opened(parser, told) as library,
        tempfile.TemporaryDirectory() as folder,
        Store.open(library) as store,
    ):
        ids = store.papers.ids()
        lines, document = Path(folder) / "papers.jsonl", Path(folder) / "papers.md"
        rounds = [
            (seconds(write_json_lines, store, lines, ids), seconds(write_markdown, store, document, ids))
            for _ in range(told.rounds)
        ]
        sizes = lines.stat().st_size, document.stat().st_size
        peaks = peak(store, document, ids[: len(ids) // 10]), peak(store, document, ids)
    found = [median(each) for each in zip(*rounds, strict=True)]
    print_table(
        ("what", "ms", "MB", "ratio"),
        [
            [name, f"{took * MILLISECONDS:.0f}", f"{size / 1e6:.1f}", f"{took / found[0]:.2f}"]
            for name, took, size in zip(("JSON lines", "Markdown"), found, sizes, strict=True)
        ],
    )
    print(f"{len(ids):,} papers; memory at its highest {peaks[1] / 2**20:.1f} MiB, ", end="")
    print(f"{peaks[0] / 2**20:.1f} MiB with a tenth of them")


if __name__ == "__main__":
    main()
