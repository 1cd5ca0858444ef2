from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.library import Summary
from reader.store import Store


def damage(store: Store) -> dict[str, str]:
    return {check.name: check.damage for check in store.checks.run() if check.damage}


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary]) -> Store:
    import_papers(*({"title": f"Paper {n}", "abstract": f"On the number {n}."} for n in range(5)))
    return store


def test_a_new_and_a_filled_library_are_sound(store: Store, import_papers: Callable[..., Summary]) -> None:
    assert damage(store) == {}
    import_papers({"title": "A", "abstract": "b c"}, {"title": "D"})
    assert damage(store) == {}
    assert [check.name for check in store.checks.run()] == [
        "file", "references", "texts", "full-text index", "vocabulary", "orphans", "reading lists",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("insert into list_entries values (1, 99, 1, '')", "references"),
        ("insert into title_index (title_index, rowid, title) values ('delete', 1, 'Paper 0')", "full-text index"),
        ("insert into text_index (text_index) values ('delete-all')", "full-text index"),
        ("delete from words where word = 'number'", "vocabulary"),
        ("update words set papers = 0", "vocabulary"),
        ("delete from lists where id = 1", "reading lists"),
        ("delete from texts where paper = 2", "texts"),
    ],
)
def test_damage_is_found_where_it_is(filled: Store, change: str, found: str) -> None:
    filled.database.run("pragma foreign_keys = off")
    filled.database.run(change)
    assert found in damage(filled)


def test_many_problems_of_one_kind_are_counted(filled: Store) -> None:
    filled.database.run("pragma foreign_keys = off")
    for paper in range(90, 97):
        filled.database.run("insert into list_entries values (1, ?, 1, '')", (paper,))
    assert damage(filled)["references"].endswith(" and 4 more")


def test_a_damaged_file_is_a_finding(filled: Store, library: Path) -> None:
    root = filled.database.value("select rootpage from sqlite_schema where name = 'papers_in_order'")
    size = filled.database.value("pragma page_size")
    filled.close()
    with library.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with Store.open(library) as store:
        assert damage(store)["file"]


def test_a_busy_library_is_not_called_damaged(filled: Store, library: Path) -> None:
    filled.database.run("pragma busy_timeout = 1")
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(LibraryError, match="locked"):
            damage(filled)
    assert damage(filled) == {}
