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
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import TextIO

import libraries
from corpus import Corpus, Made
from figures import of_pairs, print_machine, print_table

from reader import formats


def write_snapshot(papers: Iterable[Made], out: TextIO) -> None:
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
    libraries.add_sizes(parser, 100_000)
    parser.add_argument("--rounds", type=int, default=5, help="how often both are done (5)")
    told = parser.parse_args()
    print_machine()
    for papers in libraries.sizes(told):
        with tempfile.TemporaryDirectory(prefix="reader-bench-") as name:
            path = Path(name) / "snapshot.json"
            with path.open("w", encoding="utf-8") as out:
                write_snapshot(Corpus(told.seed).papers(papers), out)
            pairs = [(read(path), parsed(path)) for _ in range(told.rounds)]
            megabytes = path.stat().st_size / 1e6
        print(f"a snapshot of {papers:,} papers, {megabytes:,.0f} MB\n")
        columns = list(zip(*pairs, strict=True))
        rows = [
            [name, f"{median(each):.2f}", f"{1e6 * median(each) / papers:.1f}"]
            for name, each in zip(("reading papers", "json.loads"), columns, strict=True)
        ]
        print_table(("", "median s", "microseconds a paper"), rows)
        print(f"reading over json.loads: {of_pairs(*columns):.2f} (median of pairs)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
