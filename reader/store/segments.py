"""The segments of the full-text indexes: joined seldom while an import writes, and into few when it is through.

Every transaction that adds papers leaves a segment in each index, and a search looks into all of them. SQLite joins
them as they come, four at a time, so that an import of thousands writes most of what it wrote several times over. Here
they are left to lie until the papers are in, and then joined in transactions as short as those of the import:
https://www.sqlite.org/fts5.html#the_merge_command.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.store.database import Database

_INDEXES = ("title_index", "text_index")
_AUTOMERGE, _AUTOMERGE_MEANWHILE = 4, 16
"""Segments that are joined as they come: SQLite's own number, and the most that it takes."""
_PAGES = 200
"""Pages written in one transaction while segments are joined."""
_WORTH_JOINING = 1_000
"""New papers whose segments are joined at once; fewer are left to what is written next."""
_SHARE = 4
"""Where every fourth paper is new, all segments become one; otherwise what was there before is left alone."""


class Segments:
    """What the full-text indexes of a library consist of."""

    def __init__(self, database: Database) -> None:
        """Look after the indexes of that library."""
        self._database = database

    def let_lie(self) -> None:
        """Join few of the segments that are written from now on; for one who is going to `join` them."""
        self._automerge(_AUTOMERGE_MEANWHILE)

    def usual(self) -> None:
        """Join segments as SQLite does."""
        self._automerge(_AUTOMERGE)

    def join(self, *, new: int, total: int) -> Iterator[None]:
        """Join the segments of so many new papers among so many; pauses after each transaction."""
        if new < _WORTH_JOINING:
            return
        for index in _INDEXES:
            pages = -_PAGES if new * _SHARE >= total else _PAGES  # below zero: all segments, however few of a size
            while self._joined(index, pages):
                self._database.pause()
                yield
                pages = _PAGES

    def _joined(self, index: str, pages: int) -> bool:
        """Join for so many pages; False where there was nothing to do, which SQLite tells by changing one row only."""
        with self._database.transaction():
            before = self._database.value("select total_changes()")
            self._database.run(f"insert into {index} ({index}, rank) values ('merge', ?)", (pages,))
            return bool(self._database.value("select total_changes()") - before > 1)

    def _automerge(self, count: int) -> None:
        with self._database.transaction():
            for index in _INDEXES:
                self._database.run(f"insert into {index} ({index}, rank) values ('automerge', ?)", (count,))
