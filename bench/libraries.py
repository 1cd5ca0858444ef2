"""The library that a bench runs on: made from pages or of made-up papers, always in a temporary folder."""

from __future__ import annotations

import argparse
import random
import shutil
import string
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corpus import Corpus, write_library

from reader.library import import_paths
from reader.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to run on: pages, so many made-up papers, or a copy of a library."""
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE", help="saved listing pages to import")
    parser.add_argument("--papers", type=int, metavar="N", help="so many made-up papers instead")
    parser.add_argument("--library", type=Path, metavar="FILE", help="a copy of this library instead")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up papers and of the queries (1)")


@contextmanager
def opened(parser: argparse.ArgumentParser, told: argparse.Namespace) -> Iterator[Path]:
    """The library that was asked for, gone afterwards."""
    given = [bool(told.pages), told.papers is not None, told.library is not None]
    if given.count(True) != 1:
        parser.error("say one of PAGE…, --papers N and --library FILE")
    with tempfile.TemporaryDirectory(prefix="reader-bench-") as folder:
        path = Path(folder) / "library.db"
        if told.library is not None:
            shutil.copyfile(told.library, path)
        elif told.papers is not None:
            write_library(Corpus(told.seed).papers(told.papers), path)
        else:
            with Store.open(path) as store:
                import_paths(store, told.pages, now=datetime.now(UTC))
        yield path


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
