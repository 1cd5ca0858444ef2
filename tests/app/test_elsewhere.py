"""What other windows and commands do to the library is seen without a key being pressed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from app.conftest import Drive
from app.made_up import NOW, PAGE, TITLES
from reader import library
from reader.app import worker
from reader.app.worker import Change, Changed, Failed, Worker
from reader.errors import LibraryError
from reader.store import Store
from reader.store.journal import Journal

SECONDS_BETWEEN_LOOKS = worker._LOOKING_SECONDS


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
    """A worker over a library that others have open, too, and what it posts."""

    def __init__(self, path: Path, elsewhere: Change) -> None:
        self.outcomes: list[object] = []
        self.failures: list[Exception] = []
        self._news = threading.Condition()
        self.worker = Worker(path, self)
        self.worker.watch(elsewhere)

    def __call__(self, message: object) -> bool:
        with self._news:
            if isinstance(message, Changed):
                self.outcomes.append(message.outcome)
            if isinstance(message, Failed):
                self.failures.append(message.error)
            self._news.notify_all()
        return True

    def until(self, *outcomes: object, seconds: float = 10.0) -> bool:
        """Wait until these came of changes, and no others."""
        with self._news:
            return self._news.wait_for(lambda: self.outcomes == list(outcomes), seconds)

    def __enter__(self) -> Self:
        self.worker.start()
        self.worker.change(lambda store: "begun")  # made after the first look
        assert self.until("begun")
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.stop()


def say(store: Store) -> object:
    return "elsewhere"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as store:
        library.import_text(store, PAGE, name="page.jsonl", now=NOW, origin="command")
        yield store


def test_the_workers_own_changes_are_no_news_and_those_of_others_are(tmp_path: Path, other: Store) -> None:
    with Told(tmp_path / "library.db", say) as told:
        told.worker.change(lambda store: library.keep(store, [1], now=NOW, origin="window").changed)
        assert told.until("begun", 1)
        assert not told.until("begun", 1, "elsewhere", seconds=0.2)
        library.keep(other, [2], now=NOW, origin="command")
        assert told.until("begun", 1, "elsewhere")


def test_an_import_that_is_not_complete_is_no_news(tmp_path: Path, other: Store) -> None:
    with Told(tmp_path / "library.db", say) as told:
        step = other.imports.start(label="", at=NOW.isoformat(), origin="command")
        assert not told.until("begun", "elsewhere", seconds=0.2)
        other.imports.finish(step, "imported")
        assert told.until("begun", "elsewhere")


def test_looking_fails_aloud_once_and_changes_are_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(*_: object) -> None:
        raise KeyError("bug")

    monkeypatch.setattr(Journal, "newest", bug)
    with Told(tmp_path / "library.db", say) as told:
        told.worker.change(lambda store: "made")
        assert told.until("begun", "made")
        assert len(told.failures) == 1


def test_a_library_that_cannot_be_read_just_now_is_looked_at_again(tmp_path: Path, other: Store) -> None:
    tries: list[int] = []

    def busy_once(store: Store) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise LibraryError("the library is busy")
        return "elsewhere"

    with Told(tmp_path / "library.db", busy_once) as told:
        library.keep(other, [2], now=NOW, origin="command")
        assert told.until("begun", "elsewhere")
        assert (told.failures, len(tries)) == ([], 2)


def test_the_first_look_after_a_change_sees_it_so_that_two_seconds_suffice(
    tmp_path: Path, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    seen_at: list[int] = []
    look = worker._News.look

    def counted(news: worker._News) -> None:
        looks.append(1)
        look(news)

    def seen(store: Store) -> object:
        seen_at.append(len(looks))
        return "elsewhere"

    monkeypatch.setattr(worker._News, "look", counted)
    with Told(tmp_path / "library.db", seen) as told:
        library.keep(other, [2], now=NOW, origin="command")
        before = len(looks)  # of these the last may have been under way already
        assert told.until("begun", "elsewhere")
    assert seen_at[0] <= before + 1
    assert 2 * SECONDS_BETWEEN_LOOKS <= 2
