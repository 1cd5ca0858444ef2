"""Text pasted into the app: asked about, imported, listed."""

from __future__ import annotations

from textual.events import Paste

from app.conftest import Drive, Driven
from app.made_up import PAGE
from reader.app.modals import Question


async def paste(reader: Driven, text: str) -> None:
    reader.app.post_message(Paste(text))
    await reader.until(lambda: isinstance(reader.app.screen, Question), "the question")


async def answer(reader: Driven, key: str) -> None:
    await reader.pilot.press(key)
    await reader.until(lambda: reader.app.screen is reader.main, "the main screen")
    await reader.answered()


async def test_pasted_papers_are_asked_about_imported_and_listed(drive: Drive) -> None:
    async with drive() as reader:
        await paste(reader, PAGE)
        assert f"Import the papers in it? 2 lines, {len(PAGE)} characters." in reader.screen_text
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 14")
        assert reader.toasts == ["Read 2 records: 2 new"]
        assert "Kettles in Conversation" in reader.screen_text


async def test_the_same_paste_adds_nothing_also_with_a_terminals_line_ends(drive: Drive) -> None:
    async with drive() as reader:
        for text, said in ((PAGE, "2 new"), (PAGE.replace("\n", "\r"), "2 unchanged")):
            await paste(reader, text)
            await answer(reader, "y")
            await reader.until(lambda: reader.toasts)
            assert reader.toasts == [f"Read 2 records: {said}"]
        assert str(reader.papers.border_title) == "Papers · 14"


async def test_no_means_that_nothing_happens(drive: Drive) -> None:
    async with drive() as reader:
        for key in ("escape", "n"):
            await paste(reader, PAGE)
            await answer(reader, key)
            assert str(reader.papers.border_title) == "Papers · 12"
            assert reader.toasts == []


async def test_nonsense_is_refused_with_a_reason_and_changes_nothing(drive: Drive) -> None:
    async with drive() as reader:
        await paste(reader, "some words\nthat are no papers")
        await answer(reader, "enter")
        await reader.until(lambda: reader.toasts)
        assert "pasted text" in reader.toasts[0]
        assert str(reader.papers.border_title) == "Papers · 12"
        assert reader.status == "Newest page first"


async def test_white_space_is_not_worth_a_question(drive: Drive) -> None:
    async with drive() as reader:
        reader.app.post_message(Paste(" \n \n"))
        await reader.answered()
        assert reader.app.screen is reader.main


async def test_several_lines_pasted_into_the_box_are_offered_for_import_and_not_searched(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("slash")
        await paste(reader, PAGE)
        assert reader.box.value == ""
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 14")


async def test_the_first_import_turns_the_welcome_into_the_list(drive: Drive) -> None:
    async with drive([], size=(80, 24)) as reader:
        await reader.press("3")
        await paste(reader, PAGE)
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 2")
        assert not reader.main.query_one("#welcome").display
        assert reader.focused == "papers"
        assert reader.row() == "Kettles in Conversation"
        assert reader.sheet.startswith("Kettles in Conversation")


async def test_the_question_is_not_covered_by_older_toasts(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        await reader.press("u", "e")
        await paste(reader, PAGE)
        assert reader.toasts == []
