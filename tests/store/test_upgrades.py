"""Libraries that older versions wrote open, read the same, and are sound."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.library import dismiss, redo, save_search, search, set_note, tag, undo
from reader.paper import PartialDate
from reader.store import Store, opening
from reader.store.database import Database, backup_folder
from reader.store.schema import VERSION

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FIXTURES = Path(__file__).with_name("fixtures")


@pytest.fixture(params=range(1, VERSION))
def old(request: pytest.FixtureRequest, library: Path) -> Path:
    shutil.copyfile(FIXTURES / f"version_{request.param}.db", library)
    return library


def test_an_old_library_takes_what_it_had_no_place_for(old: Path) -> None:
    with Store.open(old) as store:
        first = store.papers.ids()[0]
        before = store.papers.get([first])[0]
        tag(store, [first], "Vision", now=NOW, origin="test")
        set_note(store, first, "See the figures.", now=NOW, origin="test")
        dismiss(store, [first], now=NOW, origin="test")
        save_search(store, "Kernels", "kernel", now=NOW, origin="test")
        after = replace(before, tags=(*before.tags, "Vision"), note="See the figures.", dismissed=True)
        assert store.papers.get([first]) == [after]
        assert store.searches.all()[-1].query == "kernel"
        for _ in range(4):
            undo(store)
        assert store.papers.get([first]) == [before]


def test_an_old_library_reads_the_same(old: Path) -> None:
    with Store.open(old) as store:
        assert store.database.value("pragma user_version") == VERSION
        assert store.database.value("pragma journal_mode") in {"wal", "delete"}
        papers = store.papers.get(store.papers.ids())
        assert [stored.paper.title for stored in papers] == [
            "Tangent kernels of wide networks",
            "Pruning without tears",
            "深層学習の概観",
        ]
        assert [stored.key for stored in papers] == ["le4qapc5ne7lonnx", "hlqoztx7zzryjhod", "di5ymyusdrtv732r"]
        assert [stored.lists for stored in papers] == [("Bookmarks", "Later"), (), ()]
        assert papers[0].paper.authors == ("Ada L.", "Zoë Ω")
        assert papers[1].paper.published == PartialDate(2025, 7, 31)
        assert papers[1].paper.published_inferred
        assert papers[2].paper.summary == "A survey."
        assert [(known.name, known.count) for known in store.lists.all()] == [("Bookmarks", 1), ("Later", 1)]
        assert store.papers.find("arXiv:1706.03762")[0][1] == papers[0].key


def test_only_what_takes_long_is_told(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    for name, soon in (("small", 100), ("large", 2)):
        monkeypatch.setattr(opening, "_SOON_UPGRADED", soon)
        path = tmp_path / name
        shutil.copyfile(FIXTURES / "version_1.db", path)
        for _ in range(2):
            Store.open(path, upgrading=partial(told.append, name)).close()
    Store.open(library, upgrading=partial(told.append, "new")).close()
    assert told == ["large"]


def test_what_a_user_made_of_papers_reads_the_same(library: Path) -> None:
    shutil.copyfile(FIXTURES / "version_2.db", library)
    with Store.open(library) as store:
        papers = store.papers.get(store.papers.ids())
        assert [stored.tags for stored in papers] == [("Kernels",), (), ("Kernels",)]
        assert [stored.note for stored in papers] == ["See the appendix.", None, None]
        assert [(stored.read, stored.dismissed) for stored in papers] == [(False, False), (True, False), (False, False)]
        assert [(found.name, found.query) for found in store.searches.all()] == [("Pruning", "pruning")]


def test_paths_that_were_not_there_are_forgotten(library: Path) -> None:
    shutil.copyfile(FIXTURES / "version_1.db", library)
    with closing(sqlite3.connect(library, isolation_level=None)) as old:
        for file, reason in (("gone.txt", "no such file"), ("prose.txt", "is no listing page")):
            old.execute("insert into rejected (file, reason, text, at) values (?, ?, '', '2026')", (file, reason))
    with Store.open(library) as store:
        assert [each.file for each in store.sources.rejected()] == ["prose.txt"]
        store.sources.reject("other.txt", [(1, "why", "text")], source=None, at="2026")
        assert store.database.value("select max(id) from rejected") == 3


def test_an_old_library_is_sound_and_its_journal_goes_on(old: Path) -> None:
    with Store.open(old) as store:
        assert [(check.name, check.damage) for check in store.checks.run() if check.damage] == []
        assert redo(store) == "bookmarked: Pruning without tears"
        assert undo(store) == "bookmarked: Pruning without tears"
        assert undo(store) == "removed from Later: 深層学習の概観"
        assert len(search(store, "tangnet kernel").ids) == 1


def test_an_old_library_is_copied_before_it_is_upgraded(old: Path) -> None:
    def tables(path: Path) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as file:
            names = [name for (name,) in file.execute("select name from sqlite_schema where type = 'table'")]
            plain = [name for name in names if "_index" not in name and "_words" not in name]
            version = file.execute("pragma user_version").fetchone()
            return [version, *((name, file.execute(f"select * from {name}").fetchall()) for name in plain)]

    before = tables(old)
    Store.open(old).close()
    (copy,) = backup_folder(old).iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert tables(copy) == before
    assert tables(old) != before
    Store.open(old).close()
    assert list(backup_folder(old).iterdir()) == [copy]


def test_an_upgrade_that_fails_half_way_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Database.run

    def full(database: Database, sql: str, parameters: object = ()) -> int:
        if "user_version =" in sql:
            raise LibraryError("database or disk is full")
        return run(database, sql, parameters)  # type: ignore[arg-type]

    with closing(sqlite3.connect(old)) as file:
        version = file.execute("pragma user_version").fetchone()
    with monkeypatch.context() as broken:
        broken.setattr(Database, "run", full)
        with pytest.raises(LibraryError, match="full"):
            Store.open(old)
    with closing(sqlite3.connect(old)) as file:
        assert file.execute("pragma user_version").fetchone() == version
    Store.open(old).close()


def test_without_a_copy_there_is_no_upgrade(old: Path) -> None:
    backup_folder(old).write_text("in the way", encoding="utf-8")
    content = old.read_bytes()
    with pytest.raises(LibraryError, match="cannot be written"):
        Store.open(old)
    assert old.read_bytes() == content
