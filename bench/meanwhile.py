"""What an import lets its user see, and lets others do, while it runs; and how much memory it takes.

`reader import` of a compact page of made-up papers runs in a pseudo-terminal, into a library that holds a few. Whenever
its progress line changes, that is noted: a gap is the time from one change to the next, and the longest is told with
the stage that the line named. Meanwhile another process puts a paper into "Bookmarks" and takes it out again, and takes
the time of each such call, which returns when the change is on the disk. Peak memory is the largest resident set that
the operating system saw of the import.
"""

from __future__ import annotations

import argparse
import fcntl
import multiprocessing
import os
import re
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import figures
import libraries
from corpus import Corpus, write_page
from figures import MEBIBYTE, MILLISECONDS, SPREAD, percentile, print_machine, print_table, spread

from reader.library import drop, import_text, keep
from reader.store import Store

_COLUMNS, _ROWS = 160, 40
_FEW = '{"title": "A paper that was there before", "abstract": "It is kept and dropped."}\n'
_PAUSE = 0.05  # seconds between two bookmarks
_LINE_BEGINS = b"\r\x1b[K"
_STAGE = re.compile(r"dating|learning words")


@dataclass(frozen=True, slots=True)
class Import:
    """How an import went, in seconds and bytes.

    Attributes:
        lines: what the progress line said, and when since the start.
    """

    seconds: float
    memory: int
    lines: Sequence[tuple[float, str]]

    def gaps(self) -> list[tuple[float, str]]:
        """How long each line stood, and what it said."""
        return [(after - at, line) for (at, line), (after, _) in pairwise(self.lines)]


def bookmark(library: Path, told: Connection) -> None:
    """Bookmark and drop a paper until told to stop, then send what each took, in seconds."""
    taken: list[float] = []
    with Store.open(library) as store:
        paper = list(store.papers.ids()[:1])
        while not told.poll(_PAUSE):
            change = drop if len(taken) % 2 else keep
            began = time.perf_counter()
            change(store, paper, now=datetime.now(UTC), origin="bench")
            taken.append(time.perf_counter() - began)
    told.send(taken)


def watched(page: Path, library: Path) -> Import:
    """Import a page in a pseudo-terminal, and note every change of the progress line."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    began = time.perf_counter()
    command = [sys.executable, "-m", "reader", "--library", str(library), "import", str(page)]
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    lines: list[tuple[float, str]] = []
    shown = b""
    while block := _read(master):
        now = time.perf_counter() - began
        shown = (shown + block).rsplit(_LINE_BEGINS, 1)[-1]
        line = shown.decode(errors="replace")
        if line and (not lines or lines[-1][1] != line):
            lines.append((now, line))
    os.close(master)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"meanwhile.py: the import failed: {shown.decode(errors='replace')}")
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Import(time.perf_counter() - began, memory, lines)


def _read(master: int) -> bytes:
    """What the terminal was sent; nothing once the program has left it."""
    try:
        return os.read(master, 1 << 16)
    except OSError:
        return b""


def measured(page: Path, library: Path) -> tuple[Import, list[float]]:
    """Import a page while another process keeps and drops a paper; gives what those calls took too."""
    with Store.open(library) as store:
        import_text(store, _FEW, name="few.jsonl", now=datetime.now(UTC), origin="bench")
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    keeper = processes.Process(target=bookmark, args=(library, theirs))
    keeper.start()
    try:
        found = watched(page, library)
        ours.send(None)
        taken: list[float] = ours.recv()
    finally:
        ours.close()
        keeper.join(timeout=10)
        keeper.kill()
    return found, taken


def stage(line: str) -> str:
    """What the import was doing by its progress line."""
    named = _STAGE.search(line)
    return named.group() if named else "reading"


def main() -> int:
    """Measure and print, one size after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_sizes(parser, 10_000)
    parser.add_argument("--page", type=Path, help="a compact page that corpus.py wrote, of that many papers")
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    sizes: list[list[str]] = []
    waits: list[list[str]] = []
    for papers in libraries.sizes(told):
        with tempfile.TemporaryDirectory(prefix="reader-bench-") as name:
            page = told.page or Path(name, "page.txt")
            if told.page is None:
                with page.open("w", encoding="utf-8") as out:
                    write_page(Corpus(told.seed).papers(papers), out)
            found, taken = measured(page, Path(name, "library.db"))
        gaps = found.gaps()
        longest, line = max(gaps, default=(0.0, ""))
        last = found.seconds - found.lines[-1][0] if found.lines else 0.0
        sizes.append(
            [f"{papers:,}", f"{found.seconds:.1f}", f"{papers / found.seconds:,.0f}", f"{found.memory / MEBIBYTE:.0f}"]
        )
        waits.append([f"{papers:,}: the line stood", *spread([gap for gap, _ in gaps])])
        waits.append([f"{papers:,}: a bookmark", *spread(taken)])
        kept = {"import gap max ms": longest, "bookmark meanwhile p99 ms": percentile(taken, 99) if taken else 0.0}
        figures.keep(told, papers, {name: value * MILLISECONDS for name, value in kept.items()})
        first = found.lines[0][0] if found.lines else found.seconds
        print(f"{papers:,}: the line stood longest, {longest * MILLISECONDS:.0f} ms, while {stage(line)}; ", end="")
        print(
            f"it first came after {first * MILLISECONDS:.0f} ms, and last {last * MILLISECONDS:.0f} ms before the end"
        )
    print()
    print_table(("papers", "import s", "papers/s", "peak MiB"), sizes)
    print_table(("", *SPREAD), waits)
    return 0


if __name__ == "__main__":
    sys.exit(main())
