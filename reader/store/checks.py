"""Whether a library is sound: what `doctor` asks of the store. Reads everything and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reader.errors import LibraryError
from reader.store.database import Database, is_damage

_SHOWN = 3
"""Problems of one kind that are quoted."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check with what it found damaged, or ""."""

    name: str
    damage: str


class Checks:
    """The checks of a library."""

    def __init__(self, database: Database) -> None:
        """Check that library."""
        self._database = database

    def run(self) -> Iterator[Check]:
        """Every check in turn; damage so bad that a check cannot run is that check's finding.

        Raises:
            LibraryError: the library cannot be reached: another program holds it, or it may not be written.
        """
        checks: tuple[tuple[str, Callable[[], list[str]]], ...] = (
            ("file", self._pages),
            ("references", self._references),
            ("texts", self._texts),
            ("full-text index", self._index),
            ("vocabulary", self._vocabulary),
            ("orphans", self._orphans),
            ("reading lists", self._lists),
        )
        for name, check in checks:
            try:
                problems = check()
            except LibraryError as error:
                if not is_damage(error):  # a busy or locked library is not a damaged one
                    raise
                problems = [error.message]
            more = f" and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
            yield Check(name, "; ".join(problems[:_SHOWN]) + more)

    def _pages(self) -> list[str]:
        return [text for (text,) in self._database.rows("pragma integrity_check(100)") if text != "ok"]

    def _references(self) -> list[str]:
        return [
            f"a row of {table} refers to a missing row of {parent}"
            for table, _, parent, _ in self._database.rows("pragma foreign_key_check")
        ]

    def _texts(self) -> list[str]:
        missing = self._database.value("select count(*) from papers where id not in (select paper from texts)")
        return [f"{missing} papers have lost their text"] if missing else []

    def _index(self) -> list[str]:
        problems = []
        for table in ("title_index", "text_index"):
            try:
                self._database.run(f"insert into {table} ({table}, rank) values ('integrity-check', 1)")
            except LibraryError as error:
                if not is_damage(error):
                    raise
                problems.append(f"{table} does not fit the papers: {error.message}")
        return problems

    def _vocabulary(self) -> list[str]:
        return self._counted(
            {
                "words are missing": "text_words where term not in (select word from words where papers > 0)",
                "words are in no paper": "words where papers > 0 and word not in (select term from text_words)",
            }
        )

    def _orphans(self) -> list[str]:
        """What belongs to nothing, where no reference says that it must."""
        return self._counted(
            {
                "categories of papers that are gone": "categories where paper not in (select id from papers)",
                "papers in no full-text index": "papers where id not in (select id from title_index_docsize)",
                "index entries without a paper": "title_index_docsize where id not in (select id from papers)",
            }
        )

    def _counted(self, wheres: Mapping[str, str]) -> list[str]:
        """How many rows there are of what should not be; an import, which adds a batch at a time, is not judged."""
        if self._database.value("select exists (select 1 from steps where state = 'pending')"):
            return []
        counts = {what: self._database.value(f"select count(*) from {where}") for what, where in wheres.items()}
        return [f"{count} {what}" for what, count in counts.items() if count]

    def _lists(self) -> list[str]:
        found = self._database.value("select count(*) from lists where id = 1")
        return [] if found else ['the list "Bookmarks" is missing']
