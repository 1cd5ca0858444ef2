"""Bookmarks, undo and redo, and exporting in the app."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from app.conftest import LEAD, Drive, Driven, make_session
from app.made_up import NOW, TITLES, fill
from reader import library
from reader.app.modals import Question
from reader.app.status import short_path
from reader.app.taking_back import why_doubted
from reader.store import Store
from reader.store.journal import Step


def write(path: Path, text: str) -> None:
    """Add to a file, made where there is none."""
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        file.write(text)


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()] if folder.exists() else []


async def test_b_keeps_the_paper_and_marks_it_everywhere(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("j", "b")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"
        assert [row.strip(LEAD).split("  ")[0] for row in reader.rows(reader.bookmarks)] == [TITLES[1]]
        assert reader.rows()[1].startswith("▌•★ ")
        assert "★ Bookmarks" in reader.sheet
        assert reader.status == f"bookmarked: {TITLES[1]}"
        await reader.press("b")
        assert reader.rows(reader.bookmarks) == ["  Nothing yet: b keeps the paper you are reading"]
        assert "★" not in reader.rows()[1] + reader.sheet


async def test_b_works_from_the_text_and_from_the_bookmarks(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("2", "b")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"
        await reader.press("3", "b")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 0"
        assert reader.sheet == ""
        await reader.press("b")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 0"


async def test_undo_and_redo_take_bookmarks_back_and_bring_them_again(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("b", "j", "b")
        await reader.press("u")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"
        assert reader.status == f"undone: bookmarked: {TITLES[1]}"
        await reader.press("u")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 0"
        await reader.press("ctrl+r", "ctrl+r")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 2"
        await reader.press("ctrl+r")
        assert reader.status == "Nothing to be done again"


async def test_what_was_not_done_in_this_window_is_only_undone_when_the_user_is_sure(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("u")
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        await reader.press("escape")
        assert reader.toasts == []
        assert str(reader.papers.border_title) == "Papers · 12"


async def test_papers_that_an_undone_import_brought_leave_the_list_and_come_back(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("j", "u")
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        await reader.press("y")
        assert reader.status.startswith("undone: imported ")
        await reader.until(lambda: reader.main.query_one("#welcome").display)
        await reader.press("u")
        assert reader.status == "Nothing to be undone"
        await reader.press("ctrl+r")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 12")
        assert reader.row().split("  ")[0] == TITLES[1]


async def test_the_cursor_of_the_bookmarks_stays_on_its_paper_when_another_goes(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("b", "j", "b", "j", "b", "3", "G")
        assert reader.row(reader.bookmarks) == TITLES[2]
        await reader.press("1", "g", "b", "3")
        assert reader.row(reader.bookmarks) == TITLES[2]
        assert reader.bookmarks.cursor == 1


async def test_only_the_list_that_is_acted_on_shows_its_cursor(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("b")
        for key, papers, bookmarks in (("1", "▌", " "), ("3", " ", "▌"), ("2", " ", "▌"), ("slash", "▌", " ")):
            await reader.pilot.press(key)
            shown = [row_list.render_line(0).text[0] for row_list in (reader.papers, reader.bookmarks)]
            assert shown == [papers, bookmarks], key


async def test_export_writes_the_bookmarks_and_says_where_each_time(drive: Drive, export_folder: Path) -> None:
    path = export_folder / "Bookmarks.md"
    async with drive() as reader:
        await reader.press("b", "e", "e")
        assert reader.status == f"1 paper written to {path}"
        assert TITLES[0] in path.read_text()
        await reader.press("j", "b", "e", "e")
        assert reader.status == f"2 papers written to {path}"
        assert TITLES[1] in path.read_text()
    assert names(export_folder) == ["Bookmarks.md"]


async def test_export_leaves_alone_what_others_wrote_and_keeps_edits(drive: Drive, export_folder: Path) -> None:
    foreign, second = (export_folder / f"Bookmarks{n}.md" for n in ("", " 2"))
    write(foreign, "my own notes\n")
    async with drive() as reader:
        await reader.press("b", "e", "e")
        assert reader.status == f"1 paper written to {second}"
        write(second, "a remark by hand\n")
        await reader.press("j", "b", "e", "e")
        assert reader.status == f"2 papers written to {second} · {second.name}.bak keeps it as it was"
    assert foreign.read_text() == "my own notes\n"
    assert "a remark by hand" in second.read_text()
    assert TITLES[1] in second.read_text()


def test_a_path_in_the_home_folder_is_shown_with_a_tilde() -> None:
    assert short_path(Path("/home/ada/Documents/reader/x.md"), Path("/home/ada")) == "~/Documents/reader/x.md"
    assert short_path(Path("/srv/x.md"), Path("/home/ada")) == "/srv/x.md"


async def test_an_empty_list_is_not_exported(drive: Drive, export_folder: Path) -> None:
    async with drive() as reader:
        await reader.press("e", "e")
        assert reader.status == "Bookmarks is empty: there is nothing to write"
    assert names(export_folder) == []


async def test_an_export_that_cannot_be_written_says_why_and_the_app_lives_on(
    drive: Drive, export_folder: Path
) -> None:
    write(export_folder, "a file where the folder should be")
    async with drive() as reader:
        await reader.press("b", "e")
        await reader.until(lambda: "Bookmarks.md cannot" in str(reader.app.screen.query_one("#fate", Static).content))
        await reader.press("e", "escape")
        await reader.press("u")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 0"


async def test_b_keeps_the_paper_that_keys_typed_ahead_have_reached(drive: Drive) -> None:
    async with drive() as reader:
        reader.type_ahead("j", "j", "j", "b")
        await reader.until(lambda: reader.status.startswith("bookmarked"))
        assert reader.status == f"bookmarked: {TITLES[3]}"
        await reader.answered()
        reader.type_ahead("g", "3", "b")
        await reader.until(lambda: reader.status.startswith("removed"))
        assert reader.status == f"removed from Bookmarks: {TITLES[3]}"


async def test_what_is_done_is_said_once_with_the_way_back(drive: Drive, export_folder: Path) -> None:
    async with drive() as reader:
        for key, words, back in (
            ("b", f"bookmarked: {TITLES[0]}", "u takes it back"),
            ("u", f"undone: bookmarked: {TITLES[0]}", "ctrl+r does it again"),
            ("u", "", ""),
            ("ctrl+r", f"done again: bookmarked: {TITLES[0]}", "u takes it back"),
            ("e e", f"1 paper written to {export_folder / 'Bookmarks.md'}", ""),
        ):
            await reader.press(*key.split(" "))
            if not words:
                await reader.press("escape")
                continue
            line = reader.screen_text.splitlines()[-2].strip()
            if len(words) < 100:
                assert line == (f"{words} · {back}" if back else words)
                assert reader.toasts == []
                assert reader.screen_text.count(words) == 1


async def test_the_way_back_is_seen_however_long_the_title(drive: Drive) -> None:
    async with drive([{"title": "A very long title 題 " * 20, "abstract": "x"}], size=(80, 24)) as reader:
        await reader.press("b")
        line = reader.screen_text.splitlines()[-2]
        assert line.startswith(" bookmarked: A very long title")
        assert line.rstrip().endswith("… · u takes it back")
        assert reader.toasts == []


async def test_what_must_be_seen_whole_and_does_not_fit_is_a_toast_above_the_status_line(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        reader.main.say("It is so. " * 12 + "The end.", loud=True)
        await reader.until(lambda: "The end." in reader.screen_text)
        assert reader.screen_text.splitlines()[-2].startswith(" It is so. It is so.")
        reader.main.say("Short again.", loud=True)
        await reader.until(lambda: "The end." not in reader.screen_text)
        assert reader.toasts == []


async def test_where_there_is_no_status_line_what_matters_is_a_toast(drive: Drive) -> None:
    async with drive(size=(60, 8)) as reader:
        await reader.press("e", "e")
        assert reader.toasts == ["Bookmarks is empty: there is nothing to write"]


async def asked(reader: Driven) -> str:
    await reader.until(lambda: isinstance(reader.app.screen, Question), "the question")
    return str(reader.app.screen.query_one(Static).content)


@pytest.mark.parametrize(("origin", "who"), [("window 0badcafe", "another window"), ("command", "a command")])
async def test_a_step_made_elsewhere_is_named_with_who_made_it_and_when(
    drive: Drive, tmp_path: Path, origin: str, who: str
) -> None:
    async with drive() as reader:
        with Store.open(tmp_path / "library.db") as other:
            library.keep(other, [3], now=NOW - timedelta(hours=1), origin=origin)
        await reader.pilot.press("u")
        words = await asked(reader)
        assert "Take this back?" in reader.screen_text
        assert words.startswith("bookmarked: ")
        at = (NOW - timedelta(hours=1)).astimezone()
        assert words.endswith(f"Made by {who} at {at:%H:%M}.")
        await reader.pilot.press("y")
        await reader.until(lambda: reader.status.startswith("undone: bookmarked: "))


async def test_a_yes_counts_for_the_step_that_was_named_and_no_other(drive: Drive, tmp_path: Path) -> None:
    async with drive() as reader:
        await reader.pilot.press("u")
        assert "imported 12 papers" in await asked(reader)
        with Store.open(tmp_path / "library.db") as other:
            library.keep(other, [3], now=NOW, origin="command")
        await reader.pilot.press("y")
        await reader.until(lambda: "bookmarked: " in reader.screen_text and len(reader.app.screen_stack) == 2)
        assert str(reader.papers.border_title) == "Papers · 12"


def test_an_older_step_is_told_with_its_day(tmp_path: Path) -> None:
    session = make_session(fill(tmp_path / "library.db"), tmp_path)
    at = (NOW - timedelta(days=40)).astimezone()
    step = Step(1, (NOW - timedelta(days=40)).isoformat(), "import", "", session.origin)
    assert why_doubted(step, session) == (f"Made in this window at {at:%H:%M} on Jan 20, 2026; its papers go with it.")
    session.close()
