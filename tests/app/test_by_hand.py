"""Putting papers right by hand: making two one, splitting them again, removing one."""

from __future__ import annotations

from array import array

import pytest

from app.conftest import Drive, Driven
from app.made_up import TITLES
from app.test_importing import Held, answer, begin, held, imported, page_of
from reader.app.modals import Question
from reader.app.worker import Worker
from reader.library import Progress

__all__ = ["held"]


async def question(reader: Driven, key: str) -> str:
    """Press a key and give the text of what it asks."""
    await reader.pilot.press(key)
    await reader.until(lambda: isinstance(reader.app.screen, Question), "the question")
    return " ".join(reader.screen_text.replace("│", " ").split())


async def test_two_papers_are_made_one_and_split_and_each_can_be_undone(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("j", "M")
        assert reader.status.endswith(f"marked: {TITLES[1]}")
        assert reader.rows()[1].startswith("▌•◆ ")
        await reader.press("j")
        asked = await question(reader, "M")
        assert "Make these two one?" in asked
        assert TITLES[1] in asked
        assert TITLES[2] in asked
        await answer(reader, "y")
        assert str(reader.papers.border_title) == "Papers · 11"
        assert "◆" not in reader.screen_text
        await reader.press("g", "j")
        reader.main.action_split()
        await reader.answered()
        assert str(reader.papers.border_title) == "Papers · 12"
        await reader.press("u")
        assert str(reader.papers.border_title) == "Papers · 11"
        await reader.press("u")
        assert str(reader.papers.border_title) == "Papers · 12"


async def test_m_on_the_same_paper_or_esc_forgets_the_mark(drive: Drive) -> None:
    async with drive() as reader:
        for key in ("M", "escape"):
            await reader.press("M")
            assert "◆" in reader.rows()[0]
            await reader.press(key)
            assert "◆" not in reader.rows()[0]
            assert reader.status == "Nothing is marked any more"
        await reader.press("j", "M", "j")
        await question(reader, "M")
        await answer(reader, "escape")
        assert str(reader.papers.border_title) == "Papers · 12"


async def test_a_paper_is_removed_after_a_question_and_u_brings_it_back(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("j", "b")
        assert TITLES[1] in await question(reader, "delete")
        await answer(reader, "y")
        assert str(reader.papers.border_title) == "Papers · 11"
        assert str(reader.bookmarks.border_title) == "Bookmarks · 0"
        assert reader.row() == TITLES[2]
        await reader.press("u")
        assert str(reader.papers.border_title) == "Papers · 12"
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"


async def test_a_marked_paper_that_is_gone_is_no_longer_marked(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("M")
        await question(reader, "delete")
        await answer(reader, "y")
        await reader.press("M")
        assert reader.app.screen is reader.main
        assert reader.status.endswith(f"marked: {TITLES[1]}")


async def test_what_was_never_joined_cannot_be_split_and_says_so(drive: Drive) -> None:
    async with drive() as reader:
        reader.main.action_split()
        await reader.answered()
        assert "nothing was joined" in reader.toasts[0]


async def test_an_empty_library_has_nothing_to_put_right(drive: Drive) -> None:
    async with drive([]) as reader:
        await reader.press("M", "delete")
        reader.main.action_split()
        await reader.answered()
        assert reader.app.screen is reader.main
        assert reader.toasts == []


async def test_while_an_import_runs_no_paper_is_split_and_bookmarks_do_not_wait(drive: Drive, held: Held) -> None:
    async with drive() as reader:
        await begin(reader, held, page_of(150))
        reader.main.action_split()
        await reader.answered()
        assert reader.toasts == ["papers are being imported just now (try again when that is done)"]
        await reader.press("b")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"
        held.let_go()


@pytest.mark.parametrize(("first", "second"), [(1, 5), (5, 1)])
async def test_after_two_papers_were_made_one_the_cursor_stands_on_it(drive: Drive, first: int, second: int) -> None:
    async with drive() as reader:
        await reader.press("g", *["j"] * first, "M", "g", *["j"] * second)
        await question(reader, "M")
        await answer(reader, "y")
        assert str(reader.papers.border_title) == "Papers · 11"
        title = reader.row().split("  ")[0]
        assert title in {TITLES[first], TITLES[second]}
        assert reader.sheet.startswith(title)


async def test_a_paper_that_is_not_listed_yet_gets_the_cursor_when_it_is_unless_something_else_was_asked(
    drive: Drive,
) -> None:
    async with drive() as reader:
        every = array("q", reader.papers.ids)
        await reader.search("spoons")
        reader.papers.stand_on(every[7])
        reader.papers.show_papers(every, stay=True)
        assert reader.papers.current == every[7]
        reader.papers.stand_on(-1)
        reader.papers.show_papers(every[:3], stay=False)
        reader.papers.show_papers(every, stay=True)
        assert reader.papers.current == every[0]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three papers are many."""
    monkeypatch.setattr("reader.app.changes.LENGTHY", 2)
    monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", 2)
    for place in ("reader.library.curating", "reader.store.journal"):
        monkeypatch.setattr(f"{place}._TOLD", 1)


async def test_removing_many_papers_shows_how_far_it_is_and_other_changes_follow_it(
    drive: Drive, held: Held, slow: None
) -> None:
    async with drive() as reader:
        await reader.press("v", "j", "j")
        await question(reader, "delete")
        await reader.pilot.press("y")
        await reader.until(held.begun.is_set)
        await reader.until(lambda: "33%  3 papers · 1 paper · removing" in reader.screen_text)
        await reader.pilot.press("G", "m")
        assert "read: " not in reader.status
        held.let_go()
        await imported(reader, "read: ")
        assert str(reader.papers.border_title) == "Papers · 9"
        await reader.pilot.press("u")
        await imported(reader, "undone: read: ")
        held.begun.clear()
        await reader.pilot.press("u")
        await imported(reader, "undone: removed: 3 papers")
        assert held.begun.is_set()
        assert str(reader.papers.border_title) == "Papers · 12"
        await reader.pilot.press("ctrl+r")
        await imported(reader, "done again: removed: 3 papers")


async def test_removing_many_papers_is_stopped_whole(drive: Drive, held: Held, slow: None) -> None:
    async with drive() as reader:
        await reader.press("V")
        await question(reader, "delete")
        await reader.pilot.press("y")
        await reader.until(held.begun.is_set)
        await reader.pilot.press("ctrl+x")
        held.let_go()
        await imported(reader, "Stopped: the library is as it was")
        assert str(reader.papers.border_title) == "Papers · 12"


async def test_taking_back_a_large_import_shows_how_far_it_is_and_offers_no_way_to_do_it_again(
    drive: Drive, slow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.taking_back.REMOVE_BATCH", 3)
    shares: list[str] = []
    report = Worker._report

    def remember(worker: Worker, told: Progress) -> None:
        shares.append(told.in_words(0.0)[:15].strip())
        report(worker, told)

    monkeypatch.setattr(Worker, "_report", remember)
    async with drive() as reader:
        await question(reader, "u")
        await reader.pilot.press("y")
        await imported(reader, "undone: imported 12 papers")
        assert [share[-3:] for share in shares] == ["25%", "50%", "75%", "00%"]
        assert "ctrl+r" not in reader.status
        assert str(reader.papers.border_title) == "Papers · 0"
