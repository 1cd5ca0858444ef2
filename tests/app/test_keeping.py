"""Bookmarks, undo and redo, and exporting in the app."""

from __future__ import annotations

from pathlib import Path

from app.conftest import Drive
from app.made_up import TITLES
from reader.app.modals import Question
from reader.app.status import short_path


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
        assert [row.strip("▌ ★").split("  ")[0] for row in reader.rows(reader.bookmarks)] == [TITLES[1]]
        assert reader.rows()[1].startswith("▌ ★ ")
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
        assert reader.toasts == [f"undone: bookmarked: {TITLES[1]}"]
        await reader.press("u")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 0"
        await reader.press("ctrl+r", "ctrl+r")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 2"
        await reader.press("ctrl+r")
        assert reader.toasts == ["Nothing to be done again"]


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
        assert reader.toasts[-1].startswith("undone: imported ")
        await reader.until(lambda: reader.main.query_one("#welcome").display)
        await reader.press("u")
        assert reader.toasts == ["Nothing to be undone"]
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
        await reader.press("b", "e")
        assert reader.toasts == [f"1 paper written to {path}"]
        assert TITLES[0] in path.read_text()
        await reader.press("j", "b", "e")
        assert reader.toasts == [f"2 papers written to {path}"]
        assert TITLES[1] in path.read_text()
    assert names(export_folder) == ["Bookmarks.md"]


async def test_export_leaves_alone_what_others_wrote_or_edited(drive: Drive, export_folder: Path) -> None:
    foreign, second, third = (export_folder / f"Bookmarks{n}.md" for n in ("", " 2", " 3"))
    write(foreign, "my own notes\n")
    async with drive() as reader:
        await reader.press("b", "e")
        assert reader.toasts == [f"1 paper written to {second}"]
        write(second, "a remark by hand\n")
        await reader.press("e")
        assert reader.toasts == [f"1 paper written to {third}"]
    assert foreign.read_text() == "my own notes\n"
    assert second.read_text().endswith("a remark by hand\n")


def test_a_path_in_the_home_folder_is_shown_with_a_tilde() -> None:
    assert short_path(Path("/home/ada/Documents/reader/x.md"), Path("/home/ada")) == "~/Documents/reader/x.md"
    assert short_path(Path("/srv/x.md"), Path("/home/ada")) == "/srv/x.md"


async def test_an_empty_list_is_not_exported(drive: Drive, export_folder: Path) -> None:
    async with drive() as reader:
        await reader.press("e")
        assert reader.toasts == ["Bookmarks is empty: there is nothing to write"]
    assert names(export_folder) == []


async def test_an_export_that_cannot_be_written_says_why_and_the_app_lives_on(
    drive: Drive, export_folder: Path
) -> None:
    write(export_folder, "a file where the folder should be")
    async with drive() as reader:
        await reader.press("b", "e")
        assert len(reader.toasts) == 1
        assert "Bookmarks.md" in reader.toasts[0]
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
