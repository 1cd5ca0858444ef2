"""Sources in the app: listed, looked into, taken back."""

from __future__ import annotations

import pytest

from app.conftest import LEAD, Drive, Driven
from app.made_up import PAGE, TITLES
from app.test_importing import Held, answer, held, imported, paste
from reader.app.modals import Question
from reader.app.sources_screen import SourcesScreen, removal_words
from reader.library.undoing import LARGEST_UNDOABLE
from reader.store.sources import SourceRow

__all__ = ["held"]


async def open_sources(reader: Driven, count: int) -> None:
    await reader.pilot.press("S")
    await reader.until(lambda: isinstance(reader.app.screen, SourcesScreen), "the sources")
    await reader.until(lambda: f"Sources · {count}" in reader.screen_text, "the sources")


async def import_page(reader: Driven) -> None:
    """A second source, of two papers."""
    await paste(reader, PAGE)
    await answer(reader, "enter")
    await imported(reader, "Read 2 records: 2 new")
    await reader.answered()


async def test_sources_are_listed_with_their_papers_the_newest_first(drive: Drive) -> None:
    async with drive() as reader:
        await import_page(reader)
        await open_sources(reader, 2)
        lines = reader.screen_text.splitlines()
        newer = next(n for n, line in enumerate(lines) if "2 papers, 2 only here" in line)
        assert "pasted text" in lines[newer]
        assert "made up.jsonl" in lines[newer + 1]
        assert "12 papers, 12 only here" in lines[newer + 1]


async def test_enter_lists_the_papers_of_a_source_and_a_query_searches_within_it(drive: Drive) -> None:
    async with drive() as reader:
        await import_page(reader)
        await open_sources(reader, 2)
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · pasted text · 2")
        assert [row.strip(LEAD) for row in reader.rows()] == ["Kettles in Conversation", "The Politics of Paper Clips"]
        assert reader.status.startswith("In the order of the page")
        await reader.search("clips")
        assert str(reader.papers.border_title) == "Papers · pasted text · 1 found"
        await reader.search("teapots")
        assert reader.rows() == ["  Nothing found: Esc shows all papers"]
        await reader.search("clips")
        await reader.press("enter", "escape")
        assert str(reader.papers.border_title) == "Papers · pasted text · 2"
        assert reader.row() == "The Politics of Paper Clips"
        await reader.press("escape")
        assert str(reader.papers.border_title) == "Papers · 14"
        assert reader.row() == "The Politics of Paper Clips"
        assert reader.status == "Newest page first"


async def test_a_source_is_removed_after_a_question_and_u_brings_it_back(drive: Drive) -> None:
    async with drive() as reader:
        await import_page(reader)
        await open_sources(reader, 2)
        await reader.pilot.press("d")
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        assert "2 papers that nothing else shows go with it." in " ".join(reader.screen_text.replace("│", " ").split())
        await answer(reader, "y")
        assert str(reader.papers.border_title) == "Papers · 12"
        assert reader.status == "removed the source pasted text: 2 papers went with it"
        await reader.press("u")
        assert str(reader.papers.border_title) == "Papers · 14"


async def test_esc_removes_no_source(drive: Drive) -> None:
    async with drive() as reader:
        await open_sources(reader, 1)
        await reader.pilot.press("delete")
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        await reader.pilot.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, SourcesScreen))
        await answer(reader, "escape")
        assert str(reader.papers.border_title) == "Papers · 12"


async def test_an_empty_library_has_no_source_to_choose_or_remove(drive: Drive) -> None:
    async with drive([]) as reader:
        await open_sources(reader, 0)
        await reader.pilot.press("enter", "d", "j", "G", "ctrl+d")
        assert "Nothing was imported yet" in reader.screen_text


async def test_a_paper_seen_in_several_places_names_each_on_its_line(drive: Drive) -> None:
    async with drive() as reader:
        assert f"Seen in {'made up.jsonl'}, number 1" in reader.sheet
        await paste(reader, '{"title": "Do Clouds Have Edges?", "abstract": "We ask it of nine hundred clouds."}')
        await answer(reader, "enter")
        await imported(reader, "Read 1 record: 1 merged")
        await reader.answered()
        reader.papers.move_to(next(n for n, row in enumerate(reader.rows()) if TITLES[2] in row))
        await reader.answered()
        assert "Seen in 2 places\n· " in reader.sheet
        assert "· pasted text, number 1" in reader.sheet
        assert "· made up.jsonl, number 3" in reader.sheet


def test_the_question_says_when_a_source_is_too_large_to_be_brought_back_at_once() -> None:
    large = SourceRow(
        1, "/a/big.txt", "compact page", None, False, "2026-03-01T09:00:00+00:00", 90_000, LARGEST_UNDOABLE + 1
    )
    assert "Undo brings it back only a part at a time." in removal_words(large)
    assert removal_words(large).startswith("big.txt\n")


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two papers are too many for one step, and five are removed at a time."""
    for place in ("reader.library.undoing", "reader.app.sources_screen", "reader.library.curating"):
        monkeypatch.setattr(f"{place}.LARGEST_UNDOABLE", 2)
    monkeypatch.setattr("reader.library.curating._PART", 5)


async def remove_first_source(reader: Driven) -> None:
    await open_sources(reader, 1)
    await reader.pilot.press("d")
    await reader.until(lambda: isinstance(reader.app.screen, Question))
    await answer(reader, "y")


async def test_a_large_source_is_removed_a_part_at_a_time_while_everything_else_goes_on(
    drive: Drive, held: Held, small_steps: None
) -> None:
    async with drive() as reader:
        await remove_first_source(reader)
        await reader.until(lambda: "made up.jsonl · 5 records · removing" in reader.screen_text)
        await reader.press("G", "b")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"
        held.let_go()
        kept = "kept for a list, a tag, a note or a mark: 1 paper"
        await imported(reader, f"removed the source made up.jsonl: 11 papers went with it; {kept}")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 1")
        assert "Where it was seen was removed" in reader.sheet


async def test_the_removal_of_a_large_source_can_be_stopped_and_keeps_the_rest(
    drive: Drive, held: Held, small_steps: None
) -> None:
    async with drive() as reader:
        await remove_first_source(reader)
        await reader.until(held.begun.is_set)
        await reader.pilot.press("ctrl+x")
        held.let_go()
        await imported(reader, "Stopped: 10 papers went, the rest is still there")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 2")
