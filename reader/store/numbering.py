"""Numbers that are never given twice: SQLite alone would give those of removed rows again."""

from __future__ import annotations

from reader.store.database import Database


def next_number(database: Database, name: str) -> int:
    """The number after the last that was taken of that name."""
    return 1 + int(database.value("select last from numbers where name = ?", (name,)))


def take_numbers(database: Database, name: str, last: int) -> None:
    """Never give the numbers up to that one again; inside the caller's transaction."""
    database.run("update numbers set last = max(last, ?) where name = ?", (last, name))
