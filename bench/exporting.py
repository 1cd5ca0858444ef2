"""Exporting to Markdown against reading the same papers and writing them as JSON lines, side by side in one run.

Both ways read every paper from the library as exports do and write a file; rounds alternate, and the medians are
compared. Memory is what exporting adds to the process at its highest, at the size asked for and at a tenth of it: it
must not grow with the number of papers.

    exporting.py [SIZE... | --library FILE] [--rounds N]
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

import figures
import libraries
from figures import MILLISECONDS, of_pairs, print_machine, print_table

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


def measure(library: Path, rounds: int) -> tuple[list[str], list[tuple[float, float]]]:
    """The words about memory, and the seconds of JSON lines and of Markdown in each round."""
    with tempfile.TemporaryDirectory(prefix="reader-bench-") as folder, Store.open(library) as store:
        ids = store.papers.ids()
        lines, document = Path(folder) / "papers.jsonl", Path(folder) / "papers.md"
        took = [
            (seconds(write_json_lines, store, lines, ids), seconds(write_markdown, store, document, ids))
            for _ in range(rounds)
        ]
        sizes = [f"{path.stat().st_size / 1e6:.1f}" for path in (lines, document)]
        tenth, whole = peak(store, document, ids[: len(ids) // 10]), peak(store, document, ids)
    return [*sizes, f"{tenth / 2**20:.1f}", f"{whole / 2**20:.1f}"], took


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 10_000)
    parser.add_argument("--rounds", type=int, default=7, help="how often each way writes (7)")
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    rows = []
    for library in libraries.opened(parser, told):
        about, took = measure(library.path, told.rounds)
        lines, document = zip(*took, strict=True)
        ratio = of_pairs(document, lines)
        figures.keep(told, library.papers, {"Markdown over JSON lines": ratio})
        times = [f"{median(each) * MILLISECONDS:,.0f}" for each in (lines, document)]
        rows.append([library.name, *times, f"{ratio:.2f}", *about])
    print_table(("papers", "JSON ms", "Markdown ms", "ratio", "MB", "MB", "MiB, a tenth", "MiB, all"), rows)


if __name__ == "__main__":
    main()
