"""Several processes on one library: nothing is lost, nobody is told of a lock, and each sees what the others did."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import import_paths, keep, recover_if_idle, set_note, tag
from reader.store import Store

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
EACH, PAPERS = 25, 40

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="forks"),
    pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning"),
]


def importer(folder: Path, number: int) -> None:
    page = folder / f"page{number}.jsonl"
    lines = [json.dumps({"title": f"Page {number}, lantern {n}", "abstract": f"Of {n * n}."}) for n in range(400)]
    page.write_text("\n".join(lines), encoding="utf-8")
    with Store.open(folder / "library.db") as store:
        assert import_paths(store, [page], now=NOW).added == 400


def window(folder: Path, number: int) -> None:
    """What an app does: start, take back what died, change, change, and see what the others did."""
    with Store.open(folder / "library.db") as store:
        recover_if_idle(store)
        for n in range(1, EACH + 1):
            tag(store, [n], f"window {number}", now=NOW, origin=f"window {number}")
            keep(store, [n], now=NOW, origin=f"window {number}", list_name=f"List {number}")
            set_note(store, n, f"{store.annotations.note(n) or ''}{number}", now=NOW, origin=f"window {number}")


def test_two_windows_and_three_imports_at_once_lose_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db") as store:
        page = tmp_path / "first.jsonl"
        page.write_text("\n".join(json.dumps({"title": f"First {n}"}) for n in range(PAPERS)), encoding="utf-8")
        import_paths(store, [page], now=NOW)
    children = []
    for work, number in ((window, 1), (importer, 1), (window, 2), (importer, 2), (importer, 3)):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                work(tmp_path, number)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 5
    with Store.open(tmp_path / "library.db") as store:
        assert [check.damage for check in store.checks.run() if check.damage] == []
        assert store.papers.count() == PAPERS + 3 * 400
        assert [(each.name, each.count) for each in store.lists.all()][1:] in (
            [("List 1", EACH), ("List 2", EACH)],
            [("List 2", EACH), ("List 1", EACH)],
        )
        for number in (1, 2):
            assert list(store.annotations.tagged(f"window {number}")) == list(range(1, EACH + 1))
        assert store.database.value("select count(*) from steps where state <> 'done'") == 0


def test_another_connection_sees_a_change_as_soon_as_it_is_made(store: Store, library: Path) -> None:
    with Store.open(library) as other:
        before = other.database.data_version()
        page = library.with_name("page.jsonl")
        page.write_text('{"title": "A"}', encoding="utf-8")
        import_paths(store, [page], now=NOW)
        began = time.monotonic()
        while other.database.data_version() == before:
            assert time.monotonic() < began + 60
        assert other.papers.count() == 1
