"""Queries asked before: recalled with a key, and kept from one start to the next in a small file.

The file holds one query a line, the newest last. It is no part of the library: where it cannot be read or written,
nothing is recalled, and nothing else happens.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from reader.errors import ReaderError
from reader.frozen import frozen
from reader.text import collapse, visible

MOST_QUERIES = 200
"""Queries that are kept, the newest."""
_LARGEST = 1 << 20
"""Bytes of the file that are read."""


@frozen
class Remembered:
    """The queries that were asked, the newest last."""

    queries: tuple[str, ...] = ()


def remembered(queries: Sequence[str], query: str) -> tuple[str, ...]:
    """The queries with that one as the newest, each of them once."""
    query = visible(collapse(query))
    return (*(each for each in queries if each != query), query)[-MOST_QUERIES:] if query else tuple(queries)


def read(path: Path) -> Remembered:
    """The queries that a file holds; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode(errors="replace")
    except (OSError, ValueError):  # ValueError: the path holds a NUL
        return Remembered()
    queries: tuple[str, ...] = ()
    for line in text.splitlines()[-MOST_QUERIES:]:
        queries = remembered(queries, line)
    return Remembered(queries)


def remember(path: Path, query: str) -> Remembered:
    """Add a query to a file, to which another window may have added meanwhile, and give what it holds then."""
    from reader.export.files import write

    queries = remembered(read(path).queries, query)
    with contextlib.suppress(ReaderError):
        write(path, (f"{each}\n" for each in queries), may_replace=lambda _: True, make_folder=True)
    return Remembered(queries)


class Recall:
    """A place among the queries asked before; below the newest stands what is being typed."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self.queries: tuple[str, ...] = ()
        self._at = 0
        self._recalled: str | None = None
        self._typed = ""

    def back(self, shown: str) -> str | None:
        """The query before the one that is shown; None where there is none."""
        if shown != self._recalled:  # it was typed, or changed since
            self._at, self._typed = len(self.queries), shown
        return self._moved(-1, shown)

    def forward(self, shown: str) -> str | None:
        """The query after the one that is shown, in the end what was typed; None where nothing was recalled."""
        return None if shown != self._recalled else self._moved(1, shown)

    def _moved(self, step: int, shown: str) -> str | None:
        at = self._at + step
        while 0 <= at < len(self.queries) and self.queries[at] == shown:
            at += step
        if not 0 <= at <= len(self.queries):
            return None
        self._at = at
        if at == len(self.queries):
            self._recalled = None
            return self._typed
        self._recalled = self.queries[at]
        return self._recalled
