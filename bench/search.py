"""How fast search is and what it finds, beside plain FTS5 and `fzf --filter` on the same queries.

A query is two to four words of a title; a misspelt one has a slip in every word of four letters or more. For each,
`Engine.begin` (papers that match in the title: what is painted first) and `Engine.complete` (everything else,
appended below, as much of it as a screen lists) are timed apart, and, for the first of the queries, again after every
letter, as they are typed. "Found" is the share of queries whose own paper is among the first ten; "held" is what of
it remains when the query is misspelt. Plain FTS5 is the same words, quoted and joined by AND, ranked by bm25 over the
same title index. The rapidfuzz scan is what stands nearest to hand without an index: every title, in small letters,
is compared with the query by `token_set_ratio`, and the best ten are taken; the larger the library, the fewer
queries. fzf, where it is installed, is a whole process over a file of all titles: its start and the reading of the
file are part of what a caller waits for, and its share is printed as "fzf, no match". What it takes over what reader
takes is the median over the same queries.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import figures
import libraries
from figures import MILLISECONDS, SPREAD, of_pairs, percentile, print_machine, print_table, spread
from rapidfuzz import fuzz, process

from reader.search.engine import MOST_LISTED, Engine
from reader.store import Store

_FIRST = 10
_WARM_UP = 20
_COMPARED = 3_000_000
"""How many titles a scan and fzf look at in all, where nothing else is told."""
_IMPOSSIBLE = "zzqqxxzzqq"


@dataclass(frozen=True, slots=True)
class Query:
    """Words of a title, as they are and misspelt, and the paper that is looked for."""

    paper: int
    clean: str
    misspelt: str


@dataclass(slots=True)
class Run:
    """What one way of searching took and found."""

    seconds: list[float] = field(default_factory=list)
    found: list[bool] = field(default_factory=list)

    def note(self, seconds: float, *, found: bool) -> None:
        """Another query."""
        self.seconds.append(seconds)
        self.found.append(found)

    def share(self, queries: int | None = None) -> float:
        """Of the first so many queries, or of all, how many found their paper."""
        looked_at = self.found[:queries]
        return sum(looked_at) / max(len(looked_at), 1)


def make_queries(store: Store, count: int, random_: random.Random) -> list[Query]:
    """Queries for papers chosen at random."""
    total = store.papers.total()
    made: list[Query] = []
    while len(made) < count:
        paper = random_.randint(1, total)
        title = store.papers.titles([paper]).get(paper, "")
        words = list(dict.fromkeys(re.findall(r"[a-z]{3,}", title.lower())))
        if len(words) < 2:
            continue
        chosen = random_.sample(words, min(len(words), random_.randint(2, 4)))
        chosen.sort(key=words.index)
        misspelt = " ".join(libraries.slip(word, random_) for word in chosen)
        made.append(Query(paper, " ".join(chosen), misspelt))
    return made


def measure_engine(store: Store, queries: Sequence[Query], runs: dict[str, Run]) -> None:
    """Clean and misspelt by turns."""
    engine = Engine(store, most=MOST_LISTED)
    for query in queries[:_WARM_UP]:
        engine.search(query.clean)
    for query in queries:
        for kind, text in (("clean", query.clean), ("misspelt", query.misspelt)):
            began = time.perf_counter()
            first = engine.begin(text)
            between = time.perf_counter()
            whole = engine.complete(first)
            ended = time.perf_counter()
            runs[f"titles, {kind}"].note(between - began, found=query.paper in first.ids[:_FIRST])
            runs[f"everything, {kind}"].note(ended - between, found=query.paper in whole.ids[:_FIRST])


def measure_typed(store: Store, queries: Sequence[Query], runs: dict[str, Run]) -> None:
    """Clean and misspelt by turns, letter by letter."""
    engine = Engine(store, most=MOST_LISTED)
    for number, query in enumerate(queries):
        text = query.misspelt if number % 2 else query.clean
        for length in range(1, len(text) + 1):
            began = time.perf_counter()
            first = engine.begin(text[:length])
            between = time.perf_counter()
            whole = engine.complete(first)
            ended = time.perf_counter()
            done = length == len(text)
            runs["titles, as typed"].note(between - began, found=done and query.paper in first.ids[:_FIRST])
            runs["everything, as typed"].note(ended - between, found=done and query.paper in whole.ids[:_FIRST])


def measure_plain(path: Path, queries: Sequence[Query], runs: dict[str, Run]) -> None:
    """The same words through FTS5 alone."""
    connection = sqlite3.connect(path)
    sql = f"select rowid from title_index where title_index match ? order by rank limit {_FIRST}"
    for query in queries:
        for kind, text in (("clean", query.clean), ("misspelt", query.misspelt)):
            match = " AND ".join(f'"{word}"' for word in text.split())
            began = time.perf_counter()
            found = connection.execute(sql, (match,)).fetchall()
            runs[f"plain FTS5, {kind}"].note(time.perf_counter() - began, found=(query.paper,) in found)
    connection.close()


def measure_scan(store: Store, queries: Sequence[Query], runs: dict[str, Run]) -> None:
    """The same words compared with every title by rapidfuzz."""
    titles = {id_: title.lower() for id_, title in store.papers.titles(store.papers.ids()).items()}
    for query in queries:
        for kind, text in (("clean", query.clean), ("misspelt", query.misspelt)):
            began = time.perf_counter()
            found = process.extract(text, titles, scorer=fuzz.token_set_ratio, limit=_FIRST)
            runs[f"rapidfuzz scan, {kind}"].note(
                time.perf_counter() - began, found=query.paper in {id_ for _, _, id_ in found}
            )


def measure_fzf(fzf: str, titles: Path, queries: Sequence[Query], runs: dict[str, Run]) -> None:
    """The same words through `fzf --filter`, over lines of an id and a title."""

    def filtered(text: str) -> tuple[float, list[str]]:
        with titles.open("rb") as file:
            began = time.perf_counter()
            command = [fzf, "--filter", text, "--delimiter", "\t", "--nth", "2"]
            done = subprocess.run(command, stdin=file, capture_output=True, check=False)
            seconds = time.perf_counter() - began
        return seconds, done.stdout.decode().splitlines()[:_FIRST]

    for query in queries:
        for kind, text in (("clean", query.clean), ("misspelt", query.misspelt), ("no match", _IMPOSSIBLE)):
            seconds, lines = filtered(text)
            ids = [line.split("\t")[0] for line in lines]
            runs[f"fzf, {kind}"].note(seconds, found=str(query.paper) in ids)


def write_titles(store: Store, path: Path) -> None:
    """A line of id and title for every paper."""
    ids = store.papers.ids()
    with path.open("w", encoding="utf-8") as out:
        for start in range(0, len(ids), 1_000):
            out.writelines(f"{row.id}\t{row.title}\n" for row in store.papers.rows(ids[start : start + 1_000]))


class Runs(dict[str, Run]):
    """Runs by name, made when they are first asked for."""

    def __missing__(self, name: str) -> Run:
        """An empty one."""
        self[name] = Run()
        return self[name]


_WITHOUT_SHARE = ("as typed", "no match")
"""Runs of which a share of queries would say nothing."""


def print_results(runs: dict[str, Run], papers: str) -> None:
    """The table and the ratios."""
    print(f"{papers} papers\n")
    rows = [
        [name, *spread(run.seconds), "-" if name.endswith(_WITHOUT_SHARE) else f"{run.share():.3f}"]
        for name, run in runs.items()
    ]
    print_table(("", *SPREAD, "found"), rows)
    clean = runs["titles, clean"]
    print(f"held with a slip in every word: {held(runs):.3f} of the clean queries' {clean.share():.3f}")
    if "fzf, misspelt" not in runs:
        print("fzf is not installed, or was left out\n")
        return
    for kind in ("clean", "misspelt"):
        theirs, ours = runs[f"fzf, {kind}"], runs[f"titles, {kind}"]
        over = of_pairs(theirs.seconds, ours.seconds)
        same = ours.share(len(theirs.found))
        print(f"fzf, {kind}: {over:.0f} times as long; found {theirs.share():.3f}, reader {same:.3f} of the same")
    print(flush=True)


def held(runs: Mapping[str, Run]) -> float:
    """The share of papers found with a slip in every word, of what is found without."""
    clean = runs["titles, clean"].share()
    return runs["titles, misspelt"].share() / clean if clean else 0.0


def kept(runs: Mapping[str, Run]) -> dict[str, float]:
    """The figures that summaries read."""
    found = {f"{name} p95 ms": percentile(run.seconds, 95) * MILLISECONDS for name, run in runs.items()}
    found["held with slips"] = held(runs)
    for kind in ("clean", "misspelt"):
        if f"fzf, {kind}" in runs:
            found[f"fzf over reader, {kind}"] = of_pairs(runs[f"fzf, {kind}"].seconds, runs[f"titles, {kind}"].seconds)
            found[f"fzf found, {kind}"] = runs[f"fzf, {kind}"].share()
    return found


def measured(library: libraries.Library, told: argparse.Namespace) -> Runs:
    """Search a library in every way."""
    runs = Runs()
    fewer = max(3, min(30, _COMPARED // library.papers))
    with Store.open(library.path) as store:
        queries = make_queries(store, told.queries, random.Random(told.seed))
        measure_engine(store, queries, runs)
        measure_typed(store, queries[: told.typed], runs)
        measure_plain(library.path, queries, runs)
        measure_scan(store, queries[: fewer if told.scans is None else told.scans], runs)
        fzf = shutil.which("fzf")
        times = fewer if told.fzf_queries is None else told.fzf_queries
        if fzf is not None and times:
            with tempfile.TemporaryDirectory(prefix="reader-bench-") as folder:
                titles = Path(folder) / "titles.tsv"
                write_titles(store, titles)
                measure_fzf(fzf, titles, queries[:times], runs)
    return runs


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 10_000)
    parser.add_argument("--queries", type=int, default=400, help="how many papers are looked for (400)")
    parser.add_argument("--typed", type=int, default=20, help="how many of the queries are typed letter by letter (20)")
    by_size = "30, fewer where the library is larger than 100,000"
    parser.add_argument("--fzf-queries", type=int, help=f"how many of the queries fzf gets ({by_size})")
    parser.add_argument("--scans", type=int, help=f"how many are compared with all titles ({by_size})")
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    for library in libraries.opened(parser, told):
        runs = measured(library, told)
        print_results(runs, library.name)
        figures.keep(told, library.papers, kept(runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
