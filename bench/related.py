"""How long related papers take to find, and how far they agree with exact cosines where scikit-learn is installed.

For papers chosen at random, `search.related` is timed. Where scikit-learn is installed (it is no dependency) and the
library is small enough to compare every paper with every other, the first ten are held against the ten nearest by its
`TfidfVectorizer` over title and abstract, as it comes and with its English stop words left out: the share that both
name, on average.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import figures
import libraries
from figures import MILLISECONDS, SPREAD, percentile, print_machine, print_table, spread

from reader.search.related import related
from reader.store import Store

_FIRST = 10
_MOST_COMPARED = 20_000
_WARM_UP = 5


def agreement(store: Store, papers: list[int], **settings: object) -> float | None:
    """The share of the ten nearest papers that both ways name; None without scikit-learn."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found]
    except ImportError:
        return None
    ids = list(store.papers.ids())
    texts = store.index.texts(ids)
    vectors = TfidfVectorizer(**settings).fit_transform(f"{texts[id_][0]}\n{texts[id_][1] or ''}" for id_ in ids)
    shares = []
    for paper in papers:
        place = ids.index(paper)
        likeness = (vectors @ vectors[place].T).toarray().ravel()
        likeness[place] = -1
        nearest = {ids[int(each)] for each in (-likeness).argsort(kind="stable")[:_FIRST]}
        shares.append(len(nearest & {each.paper for each in related(store, paper)[:_FIRST]}) / _FIRST)
    return sum(shares) / len(shares)


def measure(path: Path, count: int, seed: int) -> list[float]:
    """Time and compare, print both, and give the seconds."""
    with Store.open(path) as store:
        ids = list(store.papers.ids())
        papers = random.Random(seed).sample(ids, min(count + _WARM_UP, len(ids)))
        seconds = []
        for paper in papers:
            began = time.perf_counter()
            related(store, paper)
            seconds.append(time.perf_counter() - began)
        seconds = seconds[_WARM_UP:]
        print_table(("related papers", *SPREAD), [[f"of {len(ids):,}", *spread(seconds)]])
        if len(ids) > _MOST_COMPARED:
            print(f"not compared with exact cosines: more than {_MOST_COMPARED:,} papers\n")
            return seconds
        rows = []
        for name, settings in (("as it comes", {}), ("without English stop words", {"stop_words": "english"})):
            share = agreement(store, papers, **settings)
            rows.append([name, "scikit-learn is not installed" if share is None else f"{share:.2f}"])
        print_table(("agreement with TfidfVectorizer", "of the first ten"), rows)
    return seconds


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 10_000)
    parser.add_argument("--count", type=int, default=200, metavar="N", help="papers to start from (200)")
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    for library in libraries.opened(parser, told):
        seconds = measure(library.path, told.count, told.seed)
        figures.keep(told, library.papers, {"related p95 ms": percentile(seconds, 95) * MILLISECONDS})
    return 0


if __name__ == "__main__":
    sys.exit(main())
