"""What follows from the papers is made anew, and what users made is not touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from reader.library import Summary, examine, keep, mend, search
from reader.store import Store

PAPERS = [
    {"title": f"Kernel paper {n}", "abstract": f"On the number {n}, 深層学習.", "categories": ["cs.CL"]}
    for n in range(9)
]
ROWS = {
    "words": "select word, titles, papers from words order by word",
    "shortenings": "select shortened, w.word from shortenings s join words w on w.id = s.word order by 1, 2",
    "suffixes": "select suffix, w.word from suffixes s join words w on w.id = s.word order by 1, 2",
    "categories": "select category, paper from categories order by 1, 2",
    "index": "select term, doc, cnt from text_words order by term",
    "lists": "select * from lists",
    "entries": "select * from list_entries",
}
DAMAGE = {
    "an entry of the title index is gone": (
        "insert into title_index (title_index, rowid, title) values ('delete', 1, 'Kernel paper 0')"
    ),
    "the text index is empty": "insert into text_index (text_index) values ('delete-all')",
    "a word is missing": "delete from words where word = 'number'",
    "all words are counted as none": "update words set papers = 0",
    "a word is in no paper": "insert into words (word, titles, papers) values ('ghost', 1, 1)",
    "a category is of no paper": "insert into categories values ('cs.AI', 99)",
}


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary], now: datetime) -> Store:
    import_papers(*PAPERS)
    keep(store, list(store.papers.ids())[:3], now=now, origin="test")
    return store


def rows(store: Store) -> dict[str, object]:
    return {name: store.database.rows(sql) for name, sql in ROWS.items()}


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_it_is_found_and_mended_to_what_it_was(filled: Store, library: Path, change: str) -> None:
    before = rows(filled)
    filled.database.run("pragma foreign_keys = on")
    filled.database.run(change)
    assert [finding for finding in examine(filled, library) if not finding.sound]
    assert [finding for finding in mend(filled, library) if not finding.sound] == []
    assert rows(filled) == before
    assert len(search(filled, "kernle nubmer").ids) == 9


def test_the_list_of_bookmarks_comes_back(filled: Store, library: Path) -> None:
    filled.database.run("pragma foreign_keys = off")
    filled.database.run("update lists set name = 'bookmarks', id = 7")
    assert [finding for finding in mend(filled, library) if finding.name == "reading lists" and not finding.sound] == []
    assert sorted(each.name for each in filled.lists.all()) == ["Bookmarks 2", "bookmarks"]


def test_a_sound_library_is_left_as_it_is(filled: Store, library: Path) -> None:
    before = filled.database.writes
    assert all(finding.sound for finding in mend(filled, library))
    assert filled.database.writes == before


def test_an_index_of_a_table_is_made_anew(filled: Store, library: Path) -> None:
    root = filled.database.value("select rootpage from sqlite_schema where name = 'papers_by_title'")
    size = filled.database.value("pragma page_size")
    filled.close()
    with library.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\x0a" + b"\0" * (size - 1))
    with Store.open(library) as store:
        assert not examine(store, library)[0].sound
        assert [finding for finding in mend(store, library) if not finding.sound] == []
