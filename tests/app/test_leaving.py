"""Leaving the app, and what happens when the library fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.conftest import Drive
from app.made_up import TITLES
from reader.app import run_app
from reader.app.reader_app import ReaderApp
from reader.errors import LibraryError
from reader.store import Store
from reader.store.journal import Journal
from reader.store.papers import Papers


async def test_q_leaves_with_exit_status_0(drive: Drive) -> None:
    async with drive() as reader:
        await reader.pilot.press("q")
        await reader.until(lambda: not reader.app._running or reader.app._exit)
        assert reader.app.return_code == 0


async def test_changes_that_wait_are_finished_when_the_app_is_left(drive: Drive, tmp_path: Path) -> None:
    async with drive() as reader:
        for _ in range(5):
            reader.main.action_bookmark()
            reader.main.action_move(1)
            await reader.pilot.pause()
        reader.main.action_quit()
    with Store.open(tmp_path / "library.db") as store:
        assert [store.papers.titles([id_])[id_] for id_ in store.lists.entries(1)] == list(TITLES[:5])


async def test_a_change_that_fails_is_shown_and_the_app_lives_on(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwritable(*_: object, **__: object) -> None:
        raise LibraryError("the library cannot be used: attempt to write a readonly database", "make it writable")

    async with drive() as reader:
        with monkeypatch.context() as broken:
            broken.setattr(Journal, "recording", unwritable)
            await reader.press("b")
            assert reader.toasts == [
                "the library cannot be used: attempt to write a readonly database (make it writable)"
            ]
            assert "That did not work" in reader.screen_text
            assert str(reader.bookmarks.border_title) == "Bookmarks · 0"
        await reader.press("j", "b")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"


async def test_a_bug_in_a_worker_is_shown_and_the_app_lives_on(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object, **__: object) -> None:
        raise KeyError("[/] a[0]")

    async with drive() as reader:
        with monkeypatch.context() as broken:
            broken.setattr(Journal, "newest", bug)
            await reader.press("u")
            assert reader.toasts == ["KeyError: '[/] a[0]'"]
        await reader.press("b")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"


async def test_a_search_that_fails_is_shown_and_the_next_one_answers(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object, **__: object) -> None:
        raise LibraryError("the library cannot be used: disk I/O error", "check the disk that it lies on")

    async with drive() as reader:
        with monkeypatch.context() as broken:
            broken.setattr(Papers, "sorted_ids", unreadable)
            reader.box.value = "teapots"
            await reader.until(lambda: reader.toasts)
            assert "disk I/O error" in reader.toasts[0]
        await reader.search("spoons")
        assert reader.row() == "A Census of Forgotten Spoons"


async def test_reading_a_row_that_fails_does_not_end_the_app(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object, **__: object) -> None:
        raise LibraryError("the library cannot be used: disk I/O error", "check the disk that it lies on")

    async with drive() as reader:
        with monkeypatch.context() as broken:
            broken.setattr(Papers, "stream", unreadable)
            broken.setattr(Papers, "rows", unreadable)
            await reader.pilot.press("j")
            reader.papers.forget()
            reader.papers.refresh()
            await reader.until(lambda: reader.toasts)
            assert any("disk I/O error" in toast for toast in reader.toasts)
        await reader.press("k")
        assert reader.sheet.startswith(TITLES[0])


def test_a_library_that_cannot_be_read_is_told_before_the_screen_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise LibraryError("the library cannot be used: database disk image is malformed")

    def taken(app: ReaderApp) -> None:
        raise AssertionError("the screen was taken")

    monkeypatch.setattr(Papers, "ids", damaged)
    monkeypatch.setattr(ReaderApp, "run", taken)
    with pytest.raises(LibraryError, match="malformed"):
        run_app(tmp_path / "library.db", export_folder=tmp_path)


def test_the_exit_status_of_the_app_is_that_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(app: ReaderApp) -> None:
        app._return_code = 1

    monkeypatch.setattr(ReaderApp, "run", crash)
    assert run_app(tmp_path / "library.db", export_folder=tmp_path) == 1
