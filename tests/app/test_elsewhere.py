"""What other windows and commands do to the library is seen without a key being pressed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.conftest import Drive
from app.made_up import NOW, PAGE, TITLES
from reader import library
from reader.app import worker
from reader.app.worker import Changed, Failed, Worker
from reader.store import Store
from reader.store.journal import Journal


@pytest.fixture(autouse=True)
def looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_LOOKING_SECONDS", 0.02)


async def test_a_bookmark_made_elsewhere_is_seen_and_the_cursors_stay(drive: Drive, tmp_path: Path) -> None:
    async with drive() as reader:
        await reader.press("b", "j", "b", "3", "G", "1", "j")
        said = reader.status
        assert TITLES[2] in reader.row()
        with Store.open(tmp_path / "library.db") as other:
            ids = other.papers.ids()
            library.keep(other, [ids[2], ids[5]], now=NOW, origin="command")
        await reader.until(lambda: str(reader.bookmarks.border_title) == "Bookmarks · 4")
        assert "★" in reader.rows()[2]
        assert "★ Bookmarks" in reader.sheet
        assert reader.papers.cursor == 2
        assert reader.row(reader.bookmarks).startswith(TITLES[1])
        assert reader.status == said


async def test_papers_imported_or_removed_elsewhere_come_and_go_within_a_query_too(
    drive: Drive, tmp_path: Path
) -> None:
    async with drive() as reader:
        await reader.press("j", "j")
        with Store.open(tmp_path / "library.db") as other:
            library.import_text(other, PAGE, name="page.jsonl", now=NOW, origin="command")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 14")
        assert reader.row() == TITLES[2]
        await reader.search("kettles")
        assert "Kettles in Conversation" in reader.row()
        with Store.open(tmp_path / "library.db") as other:
            library.undo(other)
        await reader.until(lambda: "Kettles" not in "".join(reader.rows()))
        assert reader.box.value == "kettles"


async def test_the_first_import_elsewhere_turns_the_welcome_into_the_list(drive: Drive, tmp_path: Path) -> None:
    async with drive([]) as reader:
        with Store.open(tmp_path / "library.db") as other:
            library.import_text(other, PAGE, name="page.jsonl", now=NOW, origin="command")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 2")
        assert not reader.main.query_one("#welcome").display


class Told:
    """What a worker posts, of which only the first `Changed` and failures are waited for."""

    def __init__(self) -> None:
        self.outcomes: list[object] = []
        self.failures: list[Exception] = []
        self.news = threading.Event()

    def __call__(self, message: object) -> bool:
        if isinstance(message, Changed):
            self.outcomes.append(message.outcome)
        if isinstance(message, Failed):
            self.failures.append(message.error)
        self.news.set()
        return True


def test_the_workers_own_changes_are_no_news_and_those_of_others_are(tmp_path: Path) -> None:
    told = Told()
    own = Worker(tmp_path / "library.db", told)
    own.watch(lambda store: "elsewhere")
    with Store.open(tmp_path / "library.db") as other:
        library.import_text(other, PAGE, name="page.jsonl", now=NOW, origin="command")
        own.start()
        try:
            own.change(lambda store: library.keep(store, [1], now=NOW, origin="window").label)
            assert not threading.Event().wait(0.3)
            assert [str(each).partition(":")[0] for each in told.outcomes] == ["bookmarked"]
            told.news.clear()
            library.keep(other, [2], now=NOW, origin="command")
            assert told.news.wait(10)
            assert told.outcomes[1:] == ["elsewhere"]
        finally:
            own.stop()


def test_an_import_that_is_not_complete_is_no_news(tmp_path: Path) -> None:
    told = Told()
    own = Worker(tmp_path / "library.db", told)
    own.watch(lambda store: "elsewhere")
    with Store.open(tmp_path / "library.db") as other:
        own.start()
        try:
            assert not threading.Event().wait(0.1)
            step = other.imports.start(label="", at=NOW.isoformat(), origin="command")
            assert not told.news.wait(0.2)
            other.imports.finish(step, "imported")
            assert told.news.wait(10)
        finally:
            own.stop()


def test_looking_fails_aloud_once_and_changes_are_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(*_: object) -> None:
        raise KeyError("bug")

    monkeypatch.setattr(Journal, "newest", bug)
    told = Told()
    own = Worker(tmp_path / "library.db", told)
    own.watch(lambda store: "elsewhere")
    own.start()
    assert told.news.wait(10)
    own.change(lambda store: "made")
    own.stop()
    assert (len(told.failures), told.outcomes) == (1, ["made"])
