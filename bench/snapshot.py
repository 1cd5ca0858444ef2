"""What reading a snapshot of arXiv's metadata costs over merely parsing its JSON.

Rows of made-up papers are written as the snapshot has them. Each round parses every line with `json.loads`, then reads
the same file as an import does, from bytes to papers; the ratio is what recognising, decoding, checking and putting
together cost. What storing costs is in `import.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from statistics import median
from typing import TextIO

from corpus import Corpus, Made
from figures import print_machine, print_table

from reader import formats


def write_snapshot(papers: list[Made], out: TextIO) -> None:
    """Write papers as rows: abstracts broken into lines, names in parts, two versions."""
    for number, paper in enumerate(papers):
        created = paper.published.strftime("%a, %d %b %Y 19:18:42 GMT")
        row = {
            "id": paper.arxiv_id,
            "submitter": paper.authors[0],
            "authors": ", ".join(paper.authors),
            "title": "\n  ".join(textwrap.wrap(paper.title, 70)),
            "comments": f"{number % 40} pages, code at https://github.com/soup/kettle{number}",
            "journal-ref": None,
            "doi": f"10.1000/{number}" if number % 3 == 0 else None,
            "report-no": None,
            "categories": "cs.LG stat.ML",
            "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
            "abstract": "  " + "\n".join(textwrap.wrap(paper.abstract, 76)) + "\n",
            "versions": [{"version": f"v{version}", "created": created} for version in (1, 2)],
            "update_date": paper.published.isoformat(),
            "authors_parsed": [[*reversed(name.split(" ", 1)), ""] for name in paper.authors],
        }
        out.write(json.dumps(row) + "\n")


def parsed(path: Path) -> float:
    """Seconds that parsing every line takes."""
    began = time.perf_counter()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            json.loads(line)
    return time.perf_counter() - began


def read(path: Path) -> float:
    """Seconds that reading every paper takes."""
    began = time.perf_counter()
    with path.open("rb") as file:
        for _ in formats.read(file, name=path.name):
            pass
    return time.perf_counter() - began


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=100_000, metavar="N", help="how many made-up papers (100000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often both are done (5)")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up papers (1)")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reader-bench-") as name:
        path = Path(name) / "snapshot.json"
        with path.open("w", encoding="utf-8") as out:
            write_snapshot(list(Corpus(told.seed).papers(told.papers)), out)
        pairs = [(read(path), parsed(path)) for _ in range(told.rounds)]
        megabytes = path.stat().st_size / 1e6
    print_machine()
    print(f"a snapshot of {told.papers:,} papers, {megabytes:,.0f} MB\n")
    rows = [
        [name, f"{median(each):.2f}", f"{1e6 * median(each) / told.papers:.1f}"]
        for name, each in zip(("reading papers", "json.loads"), zip(*pairs, strict=True), strict=True)
    ]
    print_table(("", "median s", "microseconds a paper"), rows)
    print(f"reading over json.loads: {median(a / b for a, b in pairs):.2f} (median of pairs)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
