"""Imports at work: hidden until they are complete, and taken back without a trace when they never are."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reader.errors import LibraryError
from reader.library import (
    Progress,
    Summary,
    drop,
    import_paths,
    import_text,
    keep,
    recover_if_idle,
    redo,
    search,
    undo,
)
from reader.search.engine import Engine
from reader.store import Store
from reader.store.imports import Imports
from reader.text import fold

OLD = (
    {"title": "Tangent kernels", "abstract": "Of wide networks.", "arxiv_id": "1706.03762", "published": "--07-31"},
    {"title": "Pruning", "abstract": "Less is more.", "comments": 1},
    {"title": "Untouched", "abstract": "Nobody comes here."},
)
NEW: tuple[Mapping[str, object], ...] = (
    {"title": "Pruning", "abstract": "Less is more.", "comments": 9, "authors": ["Ada L."], "doi": "10.1/x"},
    {
        "title": "Tangent kernels",
        "arxiv_id": "1706.03762",
        "abstract": "Of very wide networks, zeugma.",
        "published": "--01-15",
    },
    *({"title": f"Fresh paper {n}", "abstract": f"Novelty{n} and xylophones."} for n in range(30)),
)
NEW_NAME = "2026-02-01.jsonl"


class Killed(BaseException):
    """What stands for the end of the process."""


def state(store: Store) -> dict[str, object]:
    """All that the library says, and all that it keeps but for ids that only grow."""
    tables = (
        "papers",
        "texts",
        "identifiers",
        "sources",
        "sightings",
        "lists",
        "list_entries",
        "steps",
        "changes",
        "imports",
    )
    return {
        "rows": {table: store.database.rows(f"select * from {table} order by 1, 2") for table in tables},
        "vocabulary": store.database.rows("select word, titles, papers from words where papers > 0 order by word"),
        "papers": store.papers.get(store.papers.ids()),
        "damage": [check.damage for check in store.checks.run() if check.damage],
    }


def lines(papers: tuple[Mapping[str, object], ...]) -> bytes:
    return "\n".join(json.dumps(paper) for paper in papers).encode()


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary]) -> Store:
    import_papers(*OLD, name="2025-12-01.jsonl")
    return store


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.library.importing._FIRST_BATCH", 5)
    monkeypatch.setattr("reader.library.importing._SMALLEST_BATCH", 5)
    monkeypatch.setattr("reader.library.importing._LARGEST_BATCH", 5)


def die_at(monkeypatch: pytest.MonkeyPatch, method: str, *, call: int = 1, after: bool = False) -> None:
    """Have the import die at, or after, that call of a method of `Imports`, without the chance to take it back."""
    calls = 0
    original = getattr(Imports, method)

    def dying(self: Imports, *args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            if after:
                found = original(self, *args, **kwargs)
                if isinstance(found, Iterator):
                    list(found)
            monkeypatch.setattr(Imports, "take_back", lambda *_: None)
            raise Killed
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Imports, method, dying)


def abandon(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, method: str, *, call: int, after: bool
) -> None:
    with monkeypatch.context() as patch:
        die_at(patch, method, call=call, after=after)
        with pytest.raises(Killed):
            import_text(store, lines(NEW).decode(), name=NEW_NAME, now=now, origin="dying")


DEATHS = [
    ("write", 1, False),
    ("write", 1, True),
    ("write", 3, True),
    ("settle_page", 1, True),
    ("place", 1, True),
    ("date_papers", 1, True),
    ("learn_words", 1, True),
    ("finish", 1, False),
]


@pytest.mark.parametrize(("method", "call", "after"), DEATHS)
def test_a_dead_import_is_taken_back_and_everything_is_as_before(
    filled: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, method: str, call: int, after: bool
) -> None:
    before = state(filled)
    abandon(filled, now, monkeypatch, method, call=call, after=after)
    assert filled.imports.unfinished()
    recover_if_idle(filled)
    assert filled.imports.unfinished() == []
    assert state(filled) == before


@pytest.mark.parametrize(("method", "call", "after"), DEATHS)
def test_papers_of_a_pending_import_are_seen_nowhere(
    filled: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, method: str, call: int, after: bool
) -> None:
    ids, counts = filled.papers.ids(), filled.papers.counts()
    abandon(filled, now, monkeypatch, method, call=call, after=after)
    assert filled.papers.total() > len(ids) or (method, after) == ("write", False)
    assert sorted(filled.papers.ids()) == sorted(ids)
    assert filled.papers.count() == 3
    assert filled.papers.counts() == counts
    for query in ("fresh", "novelty1", "xylophones", "frehs", "fresh paper pruning"):
        assert set(search(filled, query).ids) <= set(ids)
        assert set(Engine(filled).begin(query).ids) <= set(ids)
    hidden = filled.database.rows("select key from papers where id >= ?", (filled.papers.horizon(),))
    for (key,) in hidden:
        assert filled.papers.find(key) == []
    assert all(len(stored.sources) == 1 for stored in filled.papers.get(filled.papers.ids()))


def test_papers_become_visible_when_the_import_is_complete(
    filled: Store, now: datetime, open_store: Callable[[], Store]
) -> None:
    other = open_store()
    seen: list[tuple[str, int]] = []
    summary = import_paths(
        filled,
        ["-"],
        now=now,
        stdin=io.BytesIO(lines(NEW)),
        progress=lambda progress: seen.append((progress.stage, other.papers.count())),
    )
    assert {count for _, count in seen} == {3}
    assert [stage for stage, _ in seen][:8] == ["reading"] * 7 + ["dating"]
    assert (summary.added, summary.merged) == (30, 2)
    assert other.papers.count() == 33
    assert len(search(other, "xylophones").ids) == 30
    assert [check.damage for check in other.checks.run() if check.damage] == []


def test_a_dead_import_is_taken_back_by_the_next_import(
    filled: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, import_papers: Callable[..., Summary]
) -> None:
    abandon(filled, now, monkeypatch, "finish", call=1, after=False)
    assert import_papers({"title": "Another"}).added == 1
    assert filled.imports.unfinished() == []
    assert filled.papers.count() == 4
    again = import_papers(*NEW, name=NEW_NAME)
    assert (again.added, again.merged) == (30, 2)


def test_taking_back_can_be_interrupted_and_goes_on(
    filled: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(filled)
    for name in ("TAKE_BACK_BATCH", "REMOVE_BATCH"):
        monkeypatch.setattr(f"reader.store.taking_back.{name}", 7)
    abandon(filled, now, monkeypatch, "learn_words", call=1, after=True)
    transactions = 0
    begin = filled.database.transaction

    def limited(stop_at: int) -> None:
        def counted() -> object:
            nonlocal transactions
            transactions += 1
            if transactions == stop_at:
                raise KeyboardInterrupt
            return begin()

        monkeypatch.setattr(filled.database, "transaction", counted)

    for stop_at in range(1, 12):
        transactions = 0
        limited(stop_at)
        with suppress(KeyboardInterrupt):
            recover_if_idle(filled)
    monkeypatch.undo()
    recover_if_idle(filled)
    assert state(filled) == before


def test_a_running_import_is_not_taken_back_by_others(
    filled: Store, now: datetime, open_store: Callable[[], Store]
) -> None:
    other = open_store()

    def interfere(progress: Progress) -> None:
        assert other.imports.unfinished()
        recover_if_idle(other)
        assert other.imports.unfinished()

    summary = import_paths(filled, ["-"], now=now, stdin=io.BytesIO(lines(NEW)), progress=interfere)
    assert summary.added == 30
    assert filled.papers.count() == 33


def test_others_keep_papers_between_batches(filled: Store, now: datetime, open_store: Callable[[], Store]) -> None:
    other = open_store()
    other.database.run("pragma busy_timeout = 1")
    kept: list[int] = []

    def keep_one(progress: Progress) -> None:
        if progress.stage == "learning words":  # told within the import's own transactions too
            return
        ids = list(other.papers.ids())
        keep(other, ids[len(kept) % 3 :][:1], now=now, origin="other", list_name=f"List {len(kept)}")
        kept.append(1)

    import_paths(filled, ["-"], now=now, stdin=io.BytesIO(lines(NEW)), progress=keep_one)
    assert [known.count for known in filled.lists.all()][1:] == [1] * len(kept)
    newest = filled.journal.newest()
    assert newest is not None
    assert newest.kind == "import"
    assert undo(filled) == newest.label
    for _ in kept:
        assert "List" in (undo(filled) or "")
    newest = filled.journal.newest()
    assert newest is not None
    assert newest.kind == "import"


def test_what_was_done_while_an_import_ran_is_undone_after_it(
    filled: Store, now: datetime, open_store: Callable[[], Store]
) -> None:
    other = open_store()

    def keep_one(progress: Progress) -> None:
        if progress.stage == "reading":
            keep(other, [2], now=now, origin="other")

    import_paths(filled, ["-"], now=now, stdin=io.BytesIO(lines(NEW)), progress=keep_one)
    states = [state(filled)["rows"]]
    labels = [undo(filled), undo(filled), undo(filled)]
    assert [label.split()[0] for label in labels if label] == ["imported", "bookmarked:", "imported"]
    assert [redo(filled) for _ in labels] == labels[::-1]
    assert state(filled)["rows"] == states[0]


UNITING: tuple[Mapping[str, object], ...] = (
    {"title": "Pruning", "abstract": "Less is more.", "arxiv_id": "1706.03762"},  # the first two are one
    *({"title": f"Fresh paper {n}"} for n in range(10)),
)


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.parametrize("listed", [[1], [2], [1, 2]])
def test_lists_that_change_while_an_import_unites_papers_do_not_stop_its_undoing(
    filled: Store, now: datetime, open_store: Callable[[], Store], listed: list[int], *, stopped: bool
) -> None:
    other = open_store()
    keep(filled, listed, now=now, origin="test", list_name="Later")
    told = 0

    def interfere(progress: Progress) -> None:
        nonlocal told
        told += 1
        if told == 1:
            undo(other)  # the list goes, and with it the entry that came to the other paper
            keep(other, [1], now=now, origin="other")
            drop(other, [1], now=now, origin="other")
            keep(other, [1], now=now, origin="other")
        elif stopped:
            raise KeyboardInterrupt

    import_paths(filled, ["-"], now=now, stdin=io.BytesIO(lines(UNITING)), progress=interfere)
    assert filled.imports.unfinished() == []
    while undo(filled) is not None:
        pass
    while redo(filled) is not None:
        pass
    assert [check.damage for check in filled.checks.run() if check.damage] == []


def test_what_was_kept_meanwhile_survives_taking_back(
    filled: Store, now: datetime, open_store: Callable[[], Store]
) -> None:
    other = open_store()

    def keep_and_stop(progress: Progress) -> None:
        keep(other, list(other.papers.ids()), now=now, origin="other")
        raise KeyboardInterrupt

    summary = import_paths(filled, ["-"], now=now, stdin=io.BytesIO(lines(NEW)), progress=keep_and_stop)
    assert summary.stopped_at == "standard input"
    assert filled.papers.count() == 3
    assert filled.lists.all()[0].count == 3


def test_each_batch_is_one_transaction(filled: Store, now: datetime) -> None:
    statements: list[str] = []
    filled.database._connection.set_trace_callback(statements.append)
    batches: list[int] = []
    inserts: list[int] = []

    def count(progress: Progress) -> None:
        if progress.stage != "reading":
            return
        batches.append(statements.count("begin immediate"))
        inserts.append(sum(statement.startswith("insert into texts") for statement in statements))

    import_paths(filled, ["-"], now=now, stdin=io.BytesIO(lines(NEW)), progress=count)
    filled.database._connection.set_trace_callback(None)
    assert [after - before for before, after in pairwise(batches)] == [1] * (len(batches) - 1)
    assert len(batches) == 7
    assert inserts == [3, 8, 13, 18, 23, 28, 30]
    assert statements.count("begin immediate") == statements.count("commit")


def test_the_import_lock_is_held_by_one(store: Store, open_store: Callable[[], Store]) -> None:
    other = open_store()
    with store.imports.lock(wait=0) as held:
        assert held
        with other.imports.lock(wait=0) as too:
            assert not too
    with other.imports.lock(wait=0) as held:
        assert held


def test_the_import_lock_is_let_go_of_when_its_holder_fails(store: Store, open_store: Callable[[], Store]) -> None:
    with pytest.raises(Killed), store.imports.lock(wait=0):
        raise Killed
    with open_store().imports.lock(wait=0) as held:
        assert held


def test_a_lock_that_cannot_be_had_is_a_clear_error(store: Store, library: Path) -> None:
    lock = library.with_name(library.name + "-import")
    lock.mkdir()
    with pytest.raises(LibraryError), store.imports.lock(wait=0):
        pass
    lock.rmdir()
    lock.write_bytes(b"no database at all" * 1000)
    with pytest.raises(LibraryError), store.imports.lock(wait=0):
        pass


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX modes")
@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_the_lock_is_for_those_who_may_open_the_library(library: Path, mode: int) -> None:
    mask = os.umask(0)
    try:
        with Store.open(library) as store:
            library.chmod(mode)
            with store.imports.lock(wait=0) as held:
                assert held
    finally:
        os.umask(mask)
    assert stat.S_IMODE(library.with_name(library.name + "-import").stat().st_mode) == mode


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX modes")
def test_nobody_else_can_read_a_new_library(store: Store, library: Path, import_papers: Callable[..., Summary]) -> None:
    import_papers({"title": "Mine"})
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in library.parent.iterdir()}
    assert found == dict.fromkeys((f"library.db{end}" for end in ("", "-wal", "-shm", "-import")), 0o600)


def test_a_library_in_memory_needs_no_lock(tmp_path: Path) -> None:
    with Store.open(tmp_path / "none", create=False) as store, store.imports.lock(wait=0) as held:
        assert held


def test_an_import_that_the_disk_refuses_leaves_nothing(
    filled: Store, library: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(filled)
    filled.database.run("pragma busy_timeout = 1")
    original = Imports.write

    def locked(self: Imports, *args: object, **kwargs: object) -> None:
        if kwargs["additions"] and len(filled.imports.sighted(2)) > 12:
            with closing(sqlite3.connect(library, isolation_level=None)) as other:
                other.execute("begin immediate")
                original(self, *args, **kwargs)  # type: ignore[arg-type]
        original(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Imports, "write", locked)
    with pytest.raises(LibraryError):
        import_text(filled, lines(NEW).decode(), name=NEW_NAME, now=now, origin="test")
    assert state(filled) == before


def test_a_second_import_of_the_same_content_leaves_no_step(
    filled: Store, import_papers: Callable[..., Summary]
) -> None:
    before = state(filled)
    summary = import_papers(*OLD, name="another name.jsonl")
    assert (summary.records, summary.added, summary.merged, summary.unchanged) == (3, 0, 0, 3)
    assert state(filled) == before


@pytest.mark.usefixtures("waiting_for_the_disk")
def test_only_the_batches_of_an_import_do_not_wait_for_the_disk(
    now: datetime, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, normal = 2, 1  # https://www.sqlite.org/pragma.html#pragma_synchronous
    noted: list[tuple[str, int]] = []

    def note(store: Store, name: str) -> Callable[..., Any]:
        method = getattr(Imports, name)

        def noting(self: Imports, *arguments: Any, **named: Any) -> Any:
            noted.append((name, store.database.value("pragma synchronous")))
            return method(self, *arguments, **named)

        return noting

    with Store.open(library) as store:
        assert store.database.value("pragma synchronous") == full
        for name in ("start", "write", "learn_words"):
            monkeypatch.setattr(Imports, name, note(store, name))
        import_text(store, '{"title": "Kernels"}', name="one.jsonl", now=now, origin="test")
        assert noted == [("start", full), ("write", normal), ("learn_words", normal)]
        assert store.database.value("pragma synchronous") == full


def test_the_keys_of_new_papers_are_made_once(
    store: Store, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    folded: list[str] = []

    def noting(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr("reader.paper.fold", noting)
    papers = NEW[2:]
    import_papers(*papers)
    assert sorted(folded) == sorted(str(paper[name]) for paper in papers for name in ("title", "abstract"))
