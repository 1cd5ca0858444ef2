"""How fast search is and what it finds, beside plain FTS5 and `fzf --filter` on the same queries.

A query is two to four words of a title; a misspelt one has a slip in every word of four letters or more. For each,
`Engine.begin` (papers that match in the title: what is painted first) and `Engine.complete` (everything else, appended
below, as much of it as a screen lists) are timed apart. "Found" is the share of queries whose own paper is among the
first ten; "held" is what of it remains when the query is misspelt. Plain FTS5 is the same words, quoted and joined by
AND, ranked by bm25 over the same title index. The rapidfuzz scan is what stands nearest to hand without an index: every
title, in small letters, is compared with the query by `token_set_ratio`, and the best ten are taken. fzf, where it is
installed, is a whole process over a file of all titles: its start and the reading of the file are part of what a caller
waits for, and its share is printed as "fzf, no match".
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import libraries
from figures import MILLISECONDS, SPREAD, print_machine, print_table, spread
from rapidfuzz import fuzz, process

from reader.search.engine import MOST_LISTED, Engine
from reader.store import Store

_FIRST = 10
_WARM_UP = 20
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


def print_results(runs: dict[str, Run], papers: int) -> None:
    """The table and the ratios."""
    print(f"{papers:,} papers\n")
    print_table(
        ("", *SPREAD, "found"), [[name, *spread(run.seconds), f"{run.share():.3f}"] for name, run in runs.items()]
    )
    ours, clean = runs["titles, misspelt"], runs["titles, clean"]
    print(
        f"held with a slip in every word: {ours.share() / clean.share():.3f} of the clean queries' {clean.share():.3f}"
    )
    middle: Callable[[str], float] = lambda name: median(runs[name].seconds) * MILLISECONDS  # noqa: E731
    if "fzf, misspelt" in runs:
        for kind in ("clean", "misspelt"):
            theirs, over = runs[f"fzf, {kind}"], middle(f"fzf, {kind}") / middle(f"titles, {kind}")
            same = runs[f"titles, {kind}"].share(len(theirs.found))
            print(f"fzf, {kind}: {over:.0f} times as long; found {theirs.share():.3f}, reader {same:.3f} of the same")
    else:
        print("fzf is not installed")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser)
    parser.add_argument("--queries", type=int, default=400, help="how many papers are looked for (400)")
    parser.add_argument("--fzf-queries", type=int, default=30, help="how many of them by fzf (30)")
    parser.add_argument("--scans", type=int, default=30, help="how many by a scan over all titles (30)")
    told = parser.parse_args()
    runs = Runs()
    with libraries.opened(parser, told) as path, Store.open(path) as store:
        queries = make_queries(store, told.queries, random.Random(told.seed))
        measure_engine(store, queries, runs)
        measure_plain(path, queries, runs)
        measure_scan(store, queries[: told.scans], runs)
        papers = store.papers.count()
        fzf = shutil.which("fzf")
        if fzf is not None and told.fzf_queries:
            titles = path.with_name("titles.tsv")
            write_titles(store, titles)
            measure_fzf(fzf, titles, queries[: told.fzf_queries], runs)
    print_machine()
    print_results(runs, papers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
