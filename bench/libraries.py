"""The libraries that a bench runs on: of made-up papers at any size, made from pages, or a copy of one that exists.

Made libraries may be kept in a folder, so that each size is made once for all benches; a library of the user's is only
ever read, and benches work on a copy.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import string
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus import Corpus, write_library
from sizes import short, size

from reader.library import import_paths
from reader.store import Store

_SEED = 1


@dataclass(frozen=True, slots=True)
class Library:
    """A library to measure, what tables call it, and how many papers are in it."""

    path: Path
    name: str
    papers: int


def file_name(papers: int, seed: int = _SEED) -> str:
    """What the library of that size is called in the folder where they are kept: 500.db, 10k.db, 1m.db."""
    return f"{short(papers)}.db" if seed == _SEED else f"{short(papers)}-seed{seed}.db"


def add_sizes(parser: argparse.ArgumentParser, *default: int) -> None:
    """So many made-up papers."""
    shown = " ".join(map(short, default))
    parser.add_argument(
        "sizes", nargs="*", type=size, metavar="SIZE", help=f"numbers of made-up papers, such as 500 10k 1m ({shown})"
    )
    parser.add_argument("--seed", type=int, default=_SEED, help=f"of the made-up papers and of all choices ({_SEED})")
    parser.set_defaults(default_sizes=default)


def sizes(told: argparse.Namespace) -> Sequence[int]:
    """The sizes that were named, or else those that are usual."""
    named: Sequence[int] = told.sizes or told.default_sizes
    return named


def add_arguments(parser: argparse.ArgumentParser, *default: int) -> None:
    """What to run on: libraries of so many made-up papers, a copy of a library, or pages."""
    add_sizes(parser, *default)
    parser.add_argument("--library", type=Path, metavar="FILE", help="a copy of this library instead")
    parser.add_argument(
        "--page", dest="pages", action="append", type=Path, metavar="PAGE", help="saved listing pages to import instead"
    )
    parser.add_argument(
        "--libraries",
        type=Path,
        metavar="DIR",
        help="keep made libraries in this folder (10k.db, 1m.db, …), and use those that are there",
    )


@contextmanager
def _temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="reader-bench-") as folder:
        yield Path(folder)


def opened(parser: argparse.ArgumentParser, told: argparse.Namespace, *, changed: bool = False) -> Iterator[Library]:
    """Each library that was asked for, one after the other; those in temporary folders are gone afterwards.

    Args:
        parser: says what is wrong with the arguments.
        told: the arguments.
        changed: whether the bench changes the library: then one that is kept is copied, too.
    """
    if [bool(told.sizes), told.library is not None, bool(told.pages)].count(True) > 1:
        parser.error("say one of SIZE…, --library FILE and --page PAGE")
    if told.library is not None:
        with _temporary() as folder:
            copy(told.library, folder / "library.db")
            yield _counted(folder / "library.db")
    elif told.pages:
        with _temporary() as folder:
            path = folder / "library.db"
            with Store.open(path) as store:
                import_paths(store, told.pages, now=datetime.now(UTC))
            yield _counted(path)
    else:
        for papers in sizes(told):
            with _made(papers, told, changed=changed) as path:
                yield Library(path, f"{papers:,}", papers)


@contextmanager
def _made(papers: int, told: argparse.Namespace, *, changed: bool) -> Iterator[Path]:
    """A library of made-up papers: the one that is kept, a copy of it, or one for this run alone."""
    with _temporary() as folder:
        if told.libraries is None:
            write_library(Corpus(told.seed).papers(papers), folder / "library.db")
            yield folder / "library.db"
            return
        kept = told.libraries / file_name(papers, told.seed)
        if not kept.exists():
            make(papers, told.seed, kept)
        if not changed:
            yield kept
            return
        copy(kept, folder / "library.db")
        yield folder / "library.db"


def make(papers: int, seed: int, path: Path) -> None:
    """Make a library of made-up papers; it bears its name only once it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    print(f"making {path.name}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="making-", dir=path.parent) as folder:
        unfinished = Path(folder) / path.name
        write_library(Corpus(seed).papers(papers), unfinished)
        unfinished.replace(path)


def copy(library: Path, to: Path) -> None:
    """Copy a library as it is now, also while another program has it open."""
    if not library.is_file():
        raise SystemExit(f"{library} is not there: name a library that reader made")
    uri = f"{library.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def _counted(path: Path) -> Library:
    with Store.open(path) as store:
        papers = store.papers.count()
    return Library(path, f"{papers:,}", papers)


def slip(word: str, random_: random.Random) -> str:
    """A word with one slip of the finger: two letters swapped, one left out, put in, or replaced."""
    if len(word) < 4:
        return word
    place = random_.randrange(1, len(word) - 1)
    letter = random_.choice(string.ascii_lowercase)
    return random_.choice(
        (
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
        )
    )
