"""What an import costs over merely storing what it stores.

Each round makes two libraries, one after the other. The first by an import: a page or file of
made-up papers is read, recognised, parsed, identified, merged, stored and indexed. The second by a plain loader: the
rows of the first, ready in memory, go into the same tables and the same full-text indexes by `executemany`, in the
same batches, with the same settings of SQLite; reading them back from the first library is not counted. Of JSON Lines,
the loader also decodes each line with `json.loads`, which is counted. The ratio is what everything but storing costs;
where the loader stores less than the import did, it says so and nothing else. It is given twice: by the clock, and by
processor time, which other programs on the machine disturb less. The peak memory is that of a separate `reader import`
of the same file.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

import figures
import libraries
from corpus import WRITERS, Corpus
from figures import MEBIBYTE, of_pairs, percentile, print_machine, print_table

from reader.library import import_paths
from reader.store import Store
from reader.store.batches import Addition
from reader.store.database import LARGE_CACHE
from reader.store.imports import Imports
from reader.store.vocabulary import WORD_BATCH

_WHOLE = ("steps", "imports", "sources")
"""Tables of a few rows, stored before the papers."""
_BY_PAPER = {"papers": "id", "texts": "paper", "identifiers": "paper", "sightings": "paper"}
KINDS = {"page": "a compact page", "jsonl": "JSON Lines", "arxiv": "JSON Lines as of arXiv's metadata"}


class Spent(NamedTuple):
    """Seconds by the clock, and of processor time."""

    clock: float
    processor: float


class Stopwatch:
    """Adds up what passes while it runs."""

    def __init__(self) -> None:
        """Nothing was spent yet."""
        self.spent = Spent(0.0, 0.0)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what passes meanwhile."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self.spent = Spent(
            self.spent.clock + time.perf_counter() - clock, self.spent.processor + time.process_time() - processor
        )


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


def imported(page: Path, library: Path) -> tuple[Spent, list[tuple[int, int]]]:
    """What an import takes, and its batches."""
    watch = Stopwatch()
    with batches_noted() as batches, Store.open(library) as store, watch.running():
        import_paths(store, [page], now=datetime.now(UTC))
    return watch.spent, batches


def decode_lines(page: Path) -> None:
    """What any reader of JSON Lines must do, and nothing else."""
    with page.open(encoding="utf-8") as lines:
        for line in lines:
            json.loads(line)


class PlainLoader:
    """Copies one library's rows into another, and counts only the writing."""

    def __init__(self, source: Path, target: Path) -> None:
        """Make an empty library with the same schema, ready to be loaded."""
        Store.open(target).close()
        self._source = sqlite3.connect(source)
        self._target = sqlite3.connect(target, isolation_level=None, cached_statements=256)
        cache = f"cache_size = -{LARGE_CACHE}"
        for pragma in ("foreign_keys = on", "temp_store = memory", "synchronous = normal", cache):
            self._target.execute(f"pragma {pragma}")
        self._watch = Stopwatch()

    def load(self, batches: Sequence[tuple[int, int]], *, lines: Path | None) -> Spent:
        """Load everything, after decoding those lines of JSON, and give what it took."""
        if lines is not None:
            with self._watch.running():
                decode_lines(lines)
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
        return self._watch.spent

    def _rows(self, table: str, where: str = "") -> list[tuple[object, ...]]:
        return self._source.execute(f"select * from {table} {where}").fetchall()

    def _write(
        self, tables: Sequence[tuple[str, list[tuple[object, ...]]]], papers: tuple[int, int] | None = None
    ) -> None:
        """One transaction: rows, and, for papers, their entries in the full-text indexes."""
        with self._watch.running():
            self._write_now(tables, papers)

    def _write_now(
        self, tables: Sequence[tuple[str, list[tuple[object, ...]]]], papers: tuple[int, int] | None
    ) -> None:
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


def count_papers(library: Path) -> int:
    """How many papers a library holds."""
    with Store.open(library) as store:
        return store.papers.count()


def differing(one: Path, other: Path) -> list[str]:
    """The tables of which two libraries do not hold the same number of rows, or not the same columns."""
    libraries = sqlite3.connect(one), sqlite3.connect(other)
    tables = "select name, sql from sqlite_master where type = 'table' order by name"
    first, second = (library.execute(tables).fetchall() for library in libraries)
    found = {name for name, _ in {*first} ^ {*second}}
    for name, _ in first:
        if name not in found and not name.endswith(("_words", "_data", "_idx", "_config")):
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


@dataclass(frozen=True, slots=True)
class Cost:
    """What importing a file cost, and loading the same rows plainly: a round's both under the same number."""

    importing: Sequence[Spent]
    plain: Sequence[Spent]
    library: int
    file: int
    memory: int

    def ratio(self, place: int) -> float:
        """Import over plain, by the clock (0) or by processor time (1): the median of pairs."""
        return of_pairs([spent[place] for spent in self.importing], [spent[place] for spent in self.plain])


class Incomplete(Exception):
    """The two sides did not store the same."""


def measured(papers: int, told: argparse.Namespace) -> Cost:
    """Import and load by turns.

    Raises:
        Incomplete: what one of them stored is not all.
    """
    importing: list[Spent] = []
    plain: list[Spent] = []
    with tempfile.TemporaryDirectory(prefix="reader-bench-") as name:
        folder = Path(name)
        page = folder / "papers"
        with page.open("w", encoding="utf-8") as out:
            WRITERS[told.kind](Corpus(told.seed).papers(papers), out)
        lines = None if told.kind == "page" else page
        for number in range(told.rounds):
            library, loaded = folder / f"imported-{number}.db", folder / f"loaded-{number}.db"
            spent, batches = imported(page, library)
            importing.append(spent)
            plain.append(PlainLoader(library, loaded).load(batches, lines=lines))
            if (stored := count_papers(library)) != papers:
                raise Incomplete(f"of {papers:,} papers {stored:,} were imported")
            if tables := differing(library, loaded):
                raise Incomplete(f"the plain loader does not store all of: {', '.join(tables)}")
            size = library.stat().st_size
            library.unlink()
            loaded.unlink()
        memory = peak_memory(page, folder / "memory.db")
        return Cost(importing, plain, size, page.stat().st_size, memory)


def print_cost(papers: int, cost: Cost) -> None:
    """Both sides, and their ratios of each round."""
    rows = []
    for name, each in (("reader import", cost.importing), ("plain executemany", cost.plain)):
        clock, processor = (median(seconds) for seconds in zip(*each, strict=True))
        slowest = percentile([spent.clock for spent in each], 95)
        rows.append([name, f"{clock:.2f}", f"{slowest:.2f}", f"{papers / clock:,.0f}", f"{processor:.2f}"])
    print_table(("", "median s", "p95 s", "papers/s", "of processor"), rows)
    for place, name in enumerate(("by the clock", "by processor time")):
        ratios = [a[place] / b[place] for a, b in zip(cost.importing, cost.plain, strict=True)]
        spread = f"median of pairs; from {min(ratios):.2f} to {max(ratios):.2f}"
        print(f"import over plain {name}: {cost.ratio(place):.2f} ({spread})")
    print(f"peak memory of `reader import`: {cost.memory / MEBIBYTE:,.0f} MiB\n", flush=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_sizes(parser, 10_000)
    parser.add_argument("--rounds", type=int, default=3, help="how many imports and plain loads (3)")
    parser.add_argument("--kind", choices=sorted(KINDS), default="page", help="what kind of file is read (page)")
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    for papers in libraries.sizes(told):
        try:
            cost = measured(papers, told)
        except Incomplete as incomplete:
            print(f"import.py: {incomplete}", file=sys.stderr)
            return 1
        sizes = f"{cost.file / 1e6:,.0f} MB; the library is {cost.library / 1e6:,.0f} MB"
        print(f"{KINDS[told.kind]} of {papers:,} papers, {sizes}\n")
        print_cost(papers, cost)
        ratios = {"import over plain, clock": cost.ratio(0), "import over plain, processor": cost.ratio(1)}
        figures.keep(told, papers, {**ratios, "import peak MiB": cost.memory / MEBIBYTE})
    return 0


if __name__ == "__main__":
    sys.exit(main())
