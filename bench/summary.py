"""Every number that reader is to reach, and whether it is: out of the figures that other benches kept.

    summary.py FILE      FILE holds what the benches appended with `--figures FILE`

A number is given for libraries of up to 100,000 papers and for larger ones; where a size lies in between, that of the
next larger holds. Times depend on the machine and on what else it does, ratios less so. Nothing fails here: figures
are reported, not asserted. Of figures that were taken several times, the last counts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from figures import print_machine, print_table

_LARGE = 100_000


@dataclass(frozen=True, slots=True)
class Target:
    """A number to reach.

    Attributes:
        what: what is measured, for people.
        figure: what the bench calls it.
        bench: which one takes it.
        limit: the number, for up to 100,000 papers.
        larger: the number beyond; as before where it is not told.
        unit: what follows the number.
        at_least: whether more is better.
        asked_from: the size from which on it is to be reached.
    """

    what: str
    figure: str
    bench: str
    limit: float
    larger: float | None = None
    unit: str = "ms"
    at_least: bool = False
    asked_from: int = 0

    def of(self, papers: int) -> float:
        """The number at a size."""
        return self.limit if self.larger is None or papers <= _LARGE else self.larger

    def verdict(self, papers: int, value: float) -> str:
        """Whether it is reached, or by how much it is not."""
        limit = self.of(papers)
        short = limit - value if self.at_least else value - limit
        if papers < self.asked_from:
            return f"asked from {self.asked_from:,} on"
        return "reached" if short <= 0 else f"short by {self.shown(short)} ({short / limit:.0%})"

    def shown(self, value: float) -> str:
        """A value as people read it."""
        digits = 0 if value >= 100 else {"": 3, "×": 2}.get(self.unit, 1)
        return f"{value:,.{digits}f} {self.unit}".rstrip()


TARGETS = (
    Target("titles, a slip in every word, p95", "titles, misspelt p95 ms", "search", 8, 35),
    Target("titles, without slips, p95", "titles, clean p95 ms", "search", 8, 35),
    Target("everything else, a slip in every word, p95", "everything, misspelt p95 ms", "search", 16, 100),
    Target("everything else, without slips, p95", "everything, clean p95 ms", "search", 16, 100),
    Target("key to results in a terminal, p95", "key to results p95 ms", "latency", 25, 45),
    Target(
        "in the first ten, of what is found without slips", "held with slips", "search", 0.98, unit="", at_least=True
    ),
    Target(
        "fzf --filter, clean, over titles",
        "fzf over reader, clean",
        "search",
        25,
        unit="×",
        at_least=True,
        asked_from=_LARGE,
    ),
    Target(
        "fzf --filter, misspelt, over titles",
        "fzf over reader, misspelt",
        "search",
        25,
        unit="×",
        at_least=True,
        asked_from=_LARGE,
    ),
    Target("start over empty panes", "start over empty panes", "start", 1.15, unit="×"),
    Target("start over one text", "start over bare", "start", 1.4, unit="×"),
    Target("resident memory while searching", "memory searching MiB", "memory", 120, unit="MiB"),
    Target("import over executemany, by processor time", "import over plain, processor", "import", 1.3, unit="×"),
    Target("import over executemany, by the clock", "import over plain, clock", "import", 1.3, unit="×"),
    Target("peak memory of an import", "import peak MiB", "import", 450, unit="MiB"),
    Target("reader search --json over its imports", "command over its imports", "command", 1.6, unit="×"),
    Target("j held down, the latest frame", "held j max ms", "latency", 50),
    Target("related papers, p95", "related p95 ms", "related", 100),
    Target("lag of the event loop, its own, p95", "lag p95 ms", "lag", 10),
    Target("lag of the event loop, its own, p99", "lag p99 ms", "lag", 50),
    Target("an import's line, longest still", "import gap max ms", "meanwhile", 1_000),
    Target("a bookmark meanwhile, p99", "bookmark meanwhile p99 ms", "meanwhile", 200),
    Target("a Markdown list over JSON lines", "Markdown over JSON lines", "exporting", 1.5, unit="×"),
)
"""In the order of the table."""


def rows(figures: dict[tuple[int, str], float], papers: int) -> Iterator[list[str]]:
    """A line for each number, at a size."""
    for target in TARGETS:
        limit = f"{'≥' if target.at_least else '≤'} {target.shown(target.of(papers))}"
        value = figures.get((papers, target.figure))
        if value is None:
            yield [target.what, target.bench, limit, "-", "not measured"]
        else:
            yield [target.what, target.bench, limit, target.shown(value), target.verdict(papers, value)]


def main() -> int:
    """Read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path, metavar="FILE", help="what the benches kept")
    told = parser.parse_args()
    try:
        kept = [json.loads(line) for line in told.figures.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        parser.error(f"{told.figures}: {error.strerror} (benches write it when they are given --figures)")
    figures = {(each["papers"], each["figure"]): each["value"] for each in kept}
    print_machine()
    for papers in sorted({papers for papers, _ in figures}):
        print_table((f"at {papers:,} papers", "bench", "to reach", "measured", ""), list(rows(figures, papers)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
