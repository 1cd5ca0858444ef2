from __future__ import annotations

import os
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.errors import Interrupted, LibraryError, NothingFound
from reader.store import Store, database, opening
from reader.store.database import Database, is_damage
from reader.store.opening import open_database
from reader.store.schema import APPLICATION_ID, VERSION


def refusal(path: Path, *, create: bool = True) -> LibraryError:
    with pytest.raises(LibraryError) as caught:
        Store.open(path, create=create).close()
    assert caught.value.message
    assert caught.value.hint
    return caught.value


def test_a_new_library_is_private_and_says_what_it_is(library: Path) -> None:
    with Store.open(library) as store:
        assert stat.S_IMODE(library.stat().st_mode) == 0o600
        assert store.database.value("pragma journal_mode") == "wal"
        assert store.database.value("pragma application_id") == APPLICATION_ID
        assert store.database.value("pragma user_version") == VERSION
        assert store.database.value("pragma foreign_keys") == 1
        assert [found.name for found in store.lists.all()] == ["Bookmarks"]
        companions = [path for path in library.parent.iterdir() if path != library]
        assert {stat.S_IMODE(path.stat().st_mode) for path in companions} <= {0o600}


def test_missing_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "library.db"
    Store.open(path).close()
    assert path.is_file()


def test_without_create_a_missing_library_reads_as_empty_and_stays_missing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "none" / "library.db", create=False) as store:
        assert store.papers.count() == 0
    assert list(tmp_path.iterdir()) == []


def test_without_create_a_library_that_is_there_is_opened(library: Path) -> None:
    Store.open(library).close()
    with Store.open(library, create=False) as store:
        assert store.database.path == library


@pytest.mark.parametrize(
    "name",
    [
        "a b.db",
        "it's.db",
        'quo"te.db',
        "100%.db",
        "%41.db",
        "a#b?mode=memory.db",
        "zoë.db",
        "-x.db",
        pytest.param(
            os.fsdecode(b"\xff\xfe.db"), marks=pytest.mark.skipif(sys.platform != "linux", reason="not a name")
        ),
    ],
)
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Store.open(path).close()
    with Store.open(path, create=False) as store:
        assert store.papers.count() == 0
    assert path in tmp_path.iterdir()


@pytest.mark.parametrize("name", [":memory:", "file:x.db", "file::memory:"])
def test_names_that_mean_something_to_sqlite_are_files_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open(Path(name)) as store, store.journal.recording(kind="k", label="l", at="", origin="") as step:
        store.lists.make(step, "Kept")
    with Store.open(Path(name)) as store:
        assert [found.name for found in store.lists.all()] == ["Bookmarks", "Kept"]
    assert (tmp_path / name).stat().st_size > 0


def test_a_database_of_another_program_is_left_as_it_is(library: Path) -> None:
    with closing(sqlite3.connect(library)) as other:
        other.execute("create table recipes (name text)")
        other.commit()
    before = library.read_bytes()
    assert "another program" in refusal(library).message
    assert library.read_bytes() == before


def test_an_empty_database_marked_by_another_program_is_left_as_it_is(library: Path) -> None:
    with closing(sqlite3.connect(library)) as other:
        other.execute("pragma application_id = 7")
        other.execute("vacuum")
    before = library.read_bytes()
    assert "another program" in refusal(library).message
    assert library.read_bytes() == before


@pytest.mark.parametrize("content", ["x", "Just some notes.\n", "long enough for a page\n" * 1000])
def test_a_text_file_is_left_as_it_is(library: Path, content: str) -> None:
    library.write_text(content)
    assert "is no library" in refusal(library).message
    assert library.read_text() == content


def test_an_empty_file_becomes_a_library(library: Path) -> None:
    library.touch()
    with Store.open(library) as store:
        assert store.papers.count() == 0


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    refusal(tmp_path)
    refusal(tmp_path, create=False)


def test_a_file_cannot_be_the_folder_of_a_library(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refusal(tmp_path / "file" / "library.db")


@pytest.mark.parametrize("create", [True, False])
def test_a_name_that_is_too_long_is_a_clear_error(tmp_path: Path, create: bool) -> None:
    refusal(tmp_path / ("x" * 300), create=create)


def test_a_path_with_a_nul_is_a_clear_error(tmp_path: Path) -> None:
    refusal(tmp_path / "a\0b")


def test_a_library_of_a_newer_version_is_left_as_it_is(library: Path) -> None:
    Store.open(library).close()
    with closing(sqlite3.connect(library)) as other:
        other.execute(f"pragma user_version = {VERSION + 1}")
    before = library.read_bytes()
    error = refusal(library)
    assert "newer" in error.message
    assert "upgrade" in error.hint
    assert library.read_bytes() == before


@pytest.mark.parametrize("call", ["os.open", "pathlib.Path.mkdir"])
def test_a_folder_that_cannot_be_written_is_a_clear_error(
    library: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(call, refuse)
    error = refusal(library)
    assert "Permission denied" in error.message
    assert not library.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_a_clear_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o500)
    refusal(folder / "library.db")


class WithoutFullText(sqlite3.Connection):
    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        if "using fts5" in sql:
            return super().execute("create virtual table temp.probe using fts5_is_not_here (word)")
        return super().execute(sql, *parameters)


def test_a_python_without_full_text_search_is_a_clear_error(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: connect(*args, **kwargs, factory=WithoutFullText))
    monkeypatch.setattr(database, "_NO_FTS5", "no such module: fts5")
    error = refusal(library)
    assert "FTS5" in error.message
    assert library.read_bytes() == b""


def test_an_old_sqlite_is_a_clear_error(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MINIMUM_SQLITE", (99, 0, 0))
    assert "needs 99.0.0" in refusal(library).message
    assert not library.exists()


def test_a_library_held_by_another_program_is_a_clear_error(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(library).close()
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.001)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.001)
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        other.execute("update lists set position = position")
        error = refusal(library)
    assert "locked" in error.message
    assert "another program" in error.hint


def test_many_may_open_a_new_library_at_once(library: Path) -> None:
    failures: list[BaseException] = []
    together = threading.Barrier(8)

    def open_it() -> None:
        together.wait()
        try:
            Store.open(library).close()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_going_ahead_with_the_write_ahead_log_waits_for_who_does_the_same(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = Database.run

    def busy_at_first(self: Database, sql: str, parameters: database.Parameters = ()) -> int:
        asked.append(sql)
        if sql.startswith("pragma journal_mode") and asked.count(sql) < 3:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorname = "SQLITE_BUSY"
            raise database.translate(error, library) from error
        return run(self, sql, parameters)

    monkeypatch.setattr(Database, "run", busy_at_first)
    monkeypatch.setattr(opening, "_BUSY_RETRY", 0)
    Store.open(library).close()
    assert asked.count("pragma journal_mode = wal") == 3


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.database.transaction():  # noqa: PT012
        store.database.run("insert into lists (name, position) values ('A', 2)")
        raise KeyboardInterrupt
    assert store.database.value("select count(*) from lists") == 1
    with store.database.transaction():
        pass


def test_a_writer_begins_as_soon_as_the_library_is_let_go_of(
    store: Store, open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_store()
    other.database.run("begin immediate")
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            other.database.run("commit")

    monkeypatch.setattr("reader.store.database.time.sleep", sleep)
    with store.database.transaction():
        pass
    assert waits == [database._BEGIN_RETRY] * 3
    assert store.database.value("pragma busy_timeout") == database.BUSY_SECONDS * 1_000


def test_a_writer_that_waited_long_enough_says_why_and_waits_as_long_next_time(
    store: Store, open_store: Callable[[], Store]
) -> None:
    other = open_store()
    store.database.run("pragma busy_timeout = 3")
    with other.database.transaction():
        for _ in range(2):
            with pytest.raises(LibraryError), store.database.transaction():
                pass
    assert store.database.value("pragma busy_timeout") == 3
    with store.database.transaction():
        pass


def test_a_pause_is_longer_than_those_who_wait_sleep(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("reader.store.database.time.sleep", waits.append)
    store.database.pause()
    assert waits
    assert waits[0] > database._BEGIN_RETRY


def test_the_large_cache_is_given_back(store: Store) -> None:
    before = store.database.value("pragma cache_size")
    with store.database.large_cache():
        assert store.database.value("pragma cache_size") == -database.LARGE_CACHE
    assert store.database.value("pragma cache_size") == before
    with pytest.raises(LibraryError), store.database.large_cache():
        raise LibraryError("the disk is full", "make room")
    assert store.database.value("pragma cache_size") == before


class InterruptedOnce(sqlite3.Connection):
    left = 1

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        if sql in {"commit", "rollback"} and self.left:
            self.left -= 1
            raise sqlite3.OperationalError("interrupted")
        return super().execute(sql, *parameters)


def test_an_interrupt_at_the_end_of_a_snapshot_leaves_no_transaction_open() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=InterruptedOnce)
    with closing(connection):
        opened = Database(connection, None)
        for _ in range(2):
            with opened.snapshot():
                assert opened.value("select 1") == 1
        assert not connection.in_transaction


def stop_at_the_next_step(store: Store) -> None:
    """Have another thread interrupt the store's next statement while it runs."""
    interrupted = threading.Event()

    def interrupt() -> None:
        store.interrupt()
        interrupted.set()

    def at_work() -> int:
        if not interrupted.is_set():
            thread = threading.Thread(target=interrupt)
            thread.start()
            thread.join()
        return 0

    store.database._connection.set_progress_handler(at_work, 1)


def test_another_thread_stops_a_query_and_the_store_stays_usable(store: Store) -> None:
    stop_at_the_next_step(store)
    with pytest.raises(Interrupted):
        store.database.rows(
            "with recursive n (i) as (select 1 union all select i + 1 from n limit 100000) select i from n"
        )
    assert store.papers.count() == 0


def test_an_interrupted_write_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(Interrupted), store.database.transaction():  # noqa: PT012
        store.database.run("insert into lists (name, position) values ('A', 2)")
        stop_at_the_next_step(store)
        store.database.run(
            "insert into lists (name, position) "
            "with recursive n (i) as (select 1 union all select i + 1 from n limit 100000) select i, i from n"
        )
    assert [found.name for found in store.lists.all()] == ["Bookmarks"]


def test_interrupting_or_closing_a_closed_store_does_nothing(open_store: Callable[[], Store]) -> None:
    store = open_store()
    store.close()
    store.interrupt()
    store.close()


def test_text_that_is_no_utf_8_is_damage_and_no_traceback(store: Store) -> None:
    store.database.run("update lists set name = cast(x'ff' as text)")
    with pytest.raises(LibraryError, match="UTF-8") as caught:
        store.lists.all()
    assert database.is_damage(caught.value)


def test_errors_that_only_a_bug_can_cause_pass_through(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.database.rows("select 1 from nowhere")


def test_open_database_without_create_needs_no_file(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "x", create=False)) as opened:
        assert opened.path is None


def test_the_data_version_is_another_one_after_others_changed_the_library_and_only_then(library: Path) -> None:
    with Store.open(library) as store, Store.open(library) as other:
        before = store.database.data_version()
        store.database.run("update lists set position = 2")
        assert store.database.data_version() == before
        other.database.run("update lists set position = 3")
        assert store.database.data_version() != before


def test_what_a_tick_raises_stops_the_statement_and_is_raised(store: Store) -> None:
    ticks: list[int] = []

    def tick() -> None:
        ticks.append(1)
        if len(ticks) == 3:
            raise KeyboardInterrupt

    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    with pytest.raises(KeyboardInterrupt), store.database.ticking(tick):
        store.database.value(endless)
    assert len(ticks) == 3
    assert store.database.value("select 1") == 1
    with pytest.raises(Interrupted), store.database.ticking(store.database.interrupt):
        store.database.value(endless)


def test_a_snapshot_that_outlives_its_connection_is_no_error(open_store: Callable[[], Store]) -> None:
    store = open_store()
    with store.database.snapshot():
        store.close()


def test_an_empty_file_with_a_log_is_left_alone(library: Path, open_store: Callable[[], Store]) -> None:
    store = open_store()
    log = library.with_name(library.name + "-wal")
    store.database.run("insert into lists (name, position) values ('Later', 2)")
    content = log.read_bytes()
    store.close()
    library.write_bytes(b"")
    log.write_bytes(content)
    with pytest.raises(LibraryError, match="is empty, and its log is not") as raised:
        open_database(library, create=True)
    assert is_damage(raised.value)
    assert (library.read_bytes(), log.read_bytes()) == (b"", content)


def test_what_a_damaged_library_contradicts_or_asks_for_is_said(store: Store) -> None:
    again = "insert into lists (name, position) values ('Bookmarks', 0)"
    with pytest.raises(LibraryError, match="UNIQUE constraint failed") as raised, store.database.transaction():
        store.database.run(again)
    assert "reader doctor" in raised.value.hint
    note = "insert into notes (paper, text, changed) values (7, 'x', '')"
    with pytest.raises(NothingFound, match="removed meanwhile"), store.database.transaction():
        store.database.run(note)
    with pytest.raises(LibraryError, match="too much memory"), store.database._translated():
        raise MemoryError


def test_a_library_that_another_upgraded_meanwhile_is_left_as_it_is(store: Store) -> None:
    schema = store.database.rows("select * from sqlite_schema")
    opening._migrate(store.database)
    assert store.database.rows("select * from sqlite_schema") == schema


def test_who_holds_a_library_that_is_being_made_is_waited_for_no_longer_than_usual(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.0)
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("begin exclusive")
        connection = sqlite3.connect(library, timeout=0.0, isolation_level=None)
        with closing(connection), pytest.raises(LibraryError, match="locked"):
            opening._write_ahead(Database(connection, library))
