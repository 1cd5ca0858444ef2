"""Leaving the app, and what happens when the library fails."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from textual.pilot import Pilot

from app.conftest import Drive, make_session
from app.made_up import NOW, TITLES, fill
from hostile import is_safe
from reader.app import run_app
from reader.app.leaving import LOG, report
from reader.app.main_screen import MainScreen
from reader.app.reader_app import ReaderApp
from reader.errors import LibraryError, ReaderError
from reader.library import copy_of_day
from reader.store import Store
from reader.store.journal import Journal
from reader.store.papers import Papers
from reader.store.schema import BOOKMARKS


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


def test_closing_a_session_twice_does_nothing_more_and_a_failure_leaves_no_connection_open(tmp_path: Path) -> None:
    session = make_session(fill(tmp_path / "library.db"), tmp_path)
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("in the way")

    session.when_leaving(lambda: done.append("first"))
    session.when_leaving(fail)
    with pytest.raises(RuntimeError, match="in the way"):
        session.close()
    session.close()
    assert done == ["first"]
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        session.store.papers.count()


def test_a_bug_leaves_the_app_and_its_traceback_lies_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "library.db")

    def press(app: ReaderApp) -> None:
        async def keys(pilot: Pilot[object]) -> None:
            await pilot.press("b", "question_mark")

        with suppress(KeyError):  # the pilot raises it as well, a terminal does not
            run(app, headless=True, auto_pilot=keys)

    def bug(*_: object) -> None:
        raise KeyError("[/] a[0]")

    run = ReaderApp.run
    monkeypatch.setattr(ReaderApp, "run", press)
    monkeypatch.setattr(MainScreen, "action_help", bug)
    with pytest.raises(ReaderError) as raised:
        run_app(tmp_path / "library.db", export_folder=tmp_path, log_folder=tmp_path / "log")
    log = tmp_path / "log" / LOG
    assert raised.value.message == "this should not happen: KeyError: '[/] a[0]'"
    assert str(log) in raised.value.hint
    assert "--debug" in raised.value.hint
    assert raised.value.exit_code == 1
    assert "Traceback (most recent call last):" in log.read_text()
    assert "in bug" in log.read_text()
    with Store.open(tmp_path / "library.db") as store:
        assert len(store.lists.entries(BOOKMARKS)) == 1


def test_nothing_acts_that_the_log_of_a_bug_quotes(tmp_path: Path) -> None:
    report(ValueError("\x1b]52;c;b3duZWQ=\x07 \x9b2J \u202e \udcff"), tmp_path, NOW)
    assert is_safe((tmp_path / LOG).read_text(encoding="utf-8"))


def test_a_bug_is_told_also_where_no_log_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    told = report(ValueError(), blocked / "log", NOW)
    assert str(told).startswith("this should not happen: ValueError (")
    assert "--debug" in told.hint
    assert "log" not in told.hint


async def test_the_first_change_of_a_day_leaves_a_copy_beside_the_library(drive: Drive, tmp_path: Path) -> None:
    copy = copy_of_day(tmp_path / "library.db", NOW.date())
    async with drive() as reader:
        await reader.press("b")
        await reader.until(copy.exists)
        content = copy.read_bytes()
        await reader.press("j", "b")
    assert TITLES[0].encode() in content
    assert copy.read_bytes() == content


async def test_a_copy_that_cannot_be_made_is_told_once_and_the_change_is_kept(drive: Drive, tmp_path: Path) -> None:
    copy_of_day(tmp_path / "library.db", NOW.date()).parent.write_text("in the way", encoding="utf-8")
    async with drive() as reader:
        await reader.press("b")
        await reader.until(lambda: reader.toasts)
        await reader.press("j", "b")
        await reader.pilot.pause(0.2)
        assert len(reader.toasts) == 1
        assert "what you changed is kept, but today's copy of it cannot be made" in reader.toasts[0]
        assert str(reader.bookmarks.border_title) == "Bookmarks · 2"
