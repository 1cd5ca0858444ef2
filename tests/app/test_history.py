"""Queries asked before: in the box with ↑ and ↓, and in a file from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.conftest import LEAD, Drive, Driven, make_session
from app.made_up import fill
from reader import paths
from reader.app.history import MOST_QUERIES, Recall, Remembered, read, remember, remembered
from reader.app.reader_app import ReaderApp
from reader.cli import opening


def recall(*queries: str) -> Recall:
    found = Recall()
    found.queries = queries
    return found


def test_the_newest_is_last_and_each_is_there_once() -> None:
    assert remembered(("a", "b"), "a") == ("b", "a")
    assert remembered(("a",), "  two   words ") == ("a", "two words")
    assert remembered(("a",), " ") == ("a",)
    many = tuple(str(n) for n in range(MOST_QUERIES))
    assert remembered(many, "new") == (*many[1:], "new")


def test_back_and_forward_lead_past_every_query_to_what_was_typed() -> None:
    known = recall("first", "second")
    assert known.forward("draft") is None
    assert known.back("draft") == "second"
    assert known.back("second") == "first"
    assert known.back("first") is None
    assert known.forward("first") == "second"
    assert known.forward("second") == "draft"
    assert known.forward("draft") is None


def test_a_recalled_query_that_was_changed_is_what_is_typed_now() -> None:
    known = recall("first", "second")
    known.back("")
    assert known.forward("second but longer") is None
    assert known.back("second but longer") == "second"
    assert known.forward("second") == "second but longer"


def test_the_query_that_is_shown_is_not_recalled_again() -> None:
    assert recall("first", "second").back("second") == "first"
    assert recall("only").back("only") is None
    assert recall().back("") is None


def test_a_file_keeps_them_and_holds_what_another_window_added(tmp_path: Path) -> None:
    path = tmp_path / "state" / "reader" / "queries"
    assert read(path) == Remembered()
    assert remember(path, "kernel") == Remembered(("kernel",))
    assert remember(path, "tag:todo") == Remembered(("kernel", "tag:todo"))
    assert read(path) == Remembered(("kernel", "tag:todo"))
    assert [each.name for each in path.parent.iterdir()] == ["queries"]
    for n in range(MOST_QUERIES + 5):
        path.write_text("\n".join([*path.read_text(encoding="utf-8").splitlines(), f"query {n}"]), encoding="utf-8")
    assert len(remember(path, "last").queries) == MOST_QUERIES
    assert len(path.read_text(encoding="utf-8").splitlines()) == MOST_QUERIES


@pytest.mark.parametrize("content", [b"\xff\xfe\x00kernel\n", b"a\x1b[2Jb\n", b"\n\n\n", b"x" * 5_000_000])
def test_a_damaged_file_breaks_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "queries"
    path.write_bytes(content)
    assert all(query.isprintable() or "\ufffd" in query for query in read(path).queries)
    assert remember(path, "kernel").queries[-1] == "kernel"


def test_a_place_that_cannot_be_read_or_written_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for path in (tmp_path, tmp_path / "file" / "queries", Path("a\0b")):
        assert read(path) == Remembered()
        assert remember(path, "kernel") == Remembered(("kernel",))


async def test_up_recalls_what_was_left_and_down_leads_back_and_on_to_the_list(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("slash", *"maps", "enter", "slash")
        await reader.search("spoons")
        await reader.press("down", "slash")
        await reader.search("zebra")  # cleared with Esc, so never worth keeping
        await reader.press("escape", *"cats")
        shown = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await reader.press(key)
            shown.append((reader.focused, reader.box.value))
        assert shown == [
            ("search", "spoons"),
            ("search", "maps"),
            ("search", "maps"),
            ("search", "spoons"),
            ("search", "cats"),
            ("papers", "cats"),
        ]
        assert [row.strip(LEAD) for row in reader.rows()] == ["Cartography for Cats"]


async def test_a_query_is_kept_when_the_mouse_leads_away_from_it(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("spoons")
        await reader.pilot.click("#papers")
        await reader.press("escape", "slash", "up")
        assert reader.box.value == "spoons"


async def test_queries_are_recalled_after_another_start(tmp_path: Path) -> None:
    history = tmp_path / "state" / "queries"
    library = fill(tmp_path / "library.db")
    for query, before in (("spoons", None), ("cats", "spoons")):
        session = make_session(library, tmp_path / "exports")
        session.history = history
        app = ReaderApp(session)
        try:
            async with app.run_test(notifications=True) as pilot:
                reader = Driven(app, pilot, session)
                await reader.answered()
                await reader.press("slash", "up")
                assert reader.box.value == (before or "")
                await reader.search(query)
                await reader.press("enter")
        finally:
            session.close()
    assert history.read_text(encoding="utf-8") == "spoons\ncats\n"


def test_the_demo_keeps_nothing_and_the_library_of_the_user_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[object, ...]] = []

    def run(library_path: Path, *, export_folder: Path, **places: object) -> int:
        del library_path, export_folder
        kept.append((places.get("history"), places.get("state_folder"), places.get("keep_settings", True)))
        return 0

    monkeypatch.setattr("reader.cli.opening.run_app", run)
    monkeypatch.setattr("reader.cli.opening.require_terminal", lambda: None)
    monkeypatch.setenv("READER_LIBRARY", str(tmp_path / "library.db"))
    from reader.cli import run as run_command

    assert opening.run_app is run
    assert run_command(["demo"]) == 0
    assert run_command([]) == 0
    assert kept == [(None, None, False), (paths.query_history(), paths.state_folder(), True)]
