"""What an import costs over merely storing what it stores.

Each round makes two libraries, one after the other. The first by an import: a compact page of
made-up papers is read, recognised, parsed, identified, merged, stored and indexed. The second by a plain loader: the
rows of the first, ready in memory, go into the same tables and the same full-text indexes by `executemany`, in the
same batches, with the same settings of SQLite; reading them back from the first library is not counted. The ratio is
what everything but storing costs; where the loader stores less than the import did, it says so and nothing else. The
peak memory is that of a separate `reader import` of the same page.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from corpus import Corpus, write_page
from figures import print_machine, print_table

from reader.library import import_paths
from reader.store import Store
from reader.store.batches import Addition
from reader.store.imports import WORD_BATCH, Imports

_WHOLE = ("steps", "imports", "sources")
"""Tables of a few rows, stored before the papers."""
_BY_PAPER = {"papers": "id", "texts": "paper", "identifiers": "paper", "sightings": "paper"}
_MEBIBYTE = 1 << 20


@contextmanager
def batches_noted() -> Iterator[list[tuple[int, int]]]:
    """Note the first and last paper of every batch that an import adds meanwhile."""
    noted: list[tuple[int, int]] = []
    add = Imports._add

    def noting(self: Imports, step: int, day: int, additions: Sequence[Addition], ranks: dict[int, int]) -> None:
        if additions:
            noted.append((additions[0].id, additions[-1].id))
        add(self, step, day, additions, ranks)

    Imports._add = noting  # type: ignore[assignment, method-assign]
    try:
        yield noted
    finally:
        Imports._add = add  # type: ignore[method-assign]


def imported(page: Path, library: Path) -> tuple[float, list[tuple[int, int]]]:
    """Seconds that an import takes, and its batches."""
    with batches_noted() as batches, Store.open(library) as store:
        began = time.perf_counter()
        import_paths(store, [page], now=datetime.now(UTC))
        return time.perf_counter() - began, batches


class PlainLoader:
    """Copies one library's rows into another, and counts only the writing."""

    def __init__(self, source: Path, target: Path) -> None:
        """Make an empty library with the same schema, ready to be loaded."""
        Store.open(target).close()
        self._source = sqlite3.connect(source)
        self._target = sqlite3.connect(target, isolation_level=None, cached_statements=256)
        for pragma in ("foreign_keys = on", "temp_store = memory", "synchronous = normal"):
            self._target.execute(f"pragma {pragma}")
        self.seconds = 0.0

    def load(self, batches: Sequence[tuple[int, int]]) -> float:
        """Load everything and give the seconds it took."""
        for table in _WHOLE:
            self._write([(table, self._rows(table))])
        for first, last in batches:
            rows = [
                (table, self._rows(table, f"where {id_} between {first} and {last}"))
                for table, id_ in _BY_PAPER.items()
            ]
            self._write(rows, (first, last))
        last = self._source.execute("select coalesce(max(id), 0) from words").fetchone()[0]
        self._source.execute("create temp table by_word as select word, shortened from shortenings order by word")
        self._source.execute("create index temp.by_word_number on by_word (word)")
        for start in range(1, last + 1, WORD_BATCH):
            end = start + WORD_BATCH - 1
            shortened = f"select shortened, word from by_word where word between {start} and {end} order by 1, 2"
            words = self._rows("words", f"where id between {start} and {end}")
            self._write([("words", words), ("shortenings", self._source.execute(shortened).fetchall())])
        self._source.close()
        self._target.close()
        return self.seconds

    def _rows(self, table: str, where: str = "") -> list[tuple[object, ...]]:
        return self._source.execute(f"select * from {table} {where}").fetchall()

    def _write(
        self, tables: Sequence[tuple[str, list[tuple[object, ...]]]], papers: tuple[int, int] | None = None
    ) -> None:
        """One transaction: rows, and, for papers, their entries in the full-text indexes."""
        began = time.perf_counter()
        self._target.execute("begin immediate")
        for table, rows in tables:
            if rows:
                self._target.executemany(f"insert into {table} values ({','.join('?' * len(rows[0]))})", rows)
        if papers is not None:
            self._target.execute(
                "insert into title_index (rowid, title) select id, title from papers where id between ? and ?", papers
            )
            self._target.execute(
                "insert into text_index (rowid, title, abstract, authors) select id, title, abstract, authors "
                "from searchable where id between ? and ?",
                papers,
            )
        self._target.execute("commit")
        self.seconds += time.perf_counter() - began


def differing(one: Path, other: Path) -> list[str]:
    """The tables of which two libraries do not hold the same number of rows, or not the same columns."""
    libraries = sqlite3.connect(one), sqlite3.connect(other)
    tables = "select name, sql from sqlite_master where type = 'table' order by name"
    first, second = (library.execute(tables).fetchall() for library in libraries)
    found = {name for name, _ in {*first} ^ {*second}}
    for name, _ in first:
        if name not in found and not name.endswith(("_words", "_data", "_idx")):
            counts = {library.execute(f"select count(*) from {name}").fetchone()[0] for library in libraries}
            if len(counts) > 1:
                found.add(name)
    for library in libraries:
        library.close()
    return sorted(found)


def peak_memory(page: Path, library: Path) -> int:
    """Bytes that `reader import` of a page holds at most."""
    command = [sys.executable, "-m", "reader", "--library", str(library), "import", "--json", str(page)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=10_000, metavar="N", help="how many made-up papers (10000)")
    parser.add_argument("--rounds", type=int, default=3, help="how many imports and plain loads (3)")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up papers (1)")
    told = parser.parse_args()
    importing: list[float] = []
    plain: list[float] = []
    with tempfile.TemporaryDirectory(prefix="reader-bench-") as name:
        folder = Path(name)
        page = folder / "page.txt"
        with page.open("w", encoding="utf-8") as out:
            write_page(Corpus(told.seed).papers(told.papers), out)
        for number in range(told.rounds):
            library, loaded = folder / f"imported-{number}.db", folder / f"loaded-{number}.db"
            seconds, batches = imported(page, library)
            importing.append(seconds)
            plain.append(PlainLoader(library, loaded).load(batches))
            if tables := differing(library, loaded):
                print(f"import.py: the plain loader does not store all of: {', '.join(tables)}", file=sys.stderr)
                return 1
            size = library.stat().st_size
            library.unlink()
            loaded.unlink()
        memory = peak_memory(page, folder / "memory.db")
        megabytes = page.stat().st_size / 1e6
    print_machine()
    print(f"a compact page of {told.papers:,} papers, {megabytes:,.0f} MB; the library is {size / 1e6:,.0f} MB\n")
    rows = [
        [name, f"{median(each):.2f}", f"{told.papers / median(each):,.0f}", f"{min(each):.2f}", f"{max(each):.2f}"]
        for name, each in (("reader import", importing), ("plain executemany", plain))
    ]
    print_table(("", "median s", "papers/s", "min s", "max s"), rows)
    ratios = [a / b for a, b in zip(importing, plain, strict=True)]
    print(f"import over plain: {median(ratios):.2f} (median of pairs; from {min(ratios):.2f} to {max(ratios):.2f})")
    print(f"peak memory of `reader import`: {memory / _MEBIBYTE:,.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
