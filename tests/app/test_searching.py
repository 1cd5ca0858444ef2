"""Searching in the app: results as one types, and where the cursor is meanwhile."""

from __future__ import annotations

from array import array

from textual.events import Paste

from app.conftest import LEAD, Drive, Driven
from app.made_up import PAPERS, TITLES
from reader.app.row_list import RowList
from reader.app.worker import Answered
from reader.search.results import Results


def highlighted(row_list: RowList, y: int) -> str:
    """The letters of a line that stand out as matches."""
    return "".join(s.text for s in row_list.render_line(y) if s.style is not None and s.style.underline)


async def test_a_slash_leads_into_the_box_and_typing_filters(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("slash")
        assert reader.focused == "search"
        await reader.press(*"harmon")
        assert reader.box.value == "harmon"
        assert str(reader.papers.border_title) == "Papers · 2 of 12"
        assert {row.strip(LEAD) for row in reader.rows()} == {"Umbrellas in Harmonic Motion", "Harmonic Bicycles"}
        assert reader.sheet.startswith(reader.row())


async def test_typos_are_forgiven_and_the_status_says_how_a_word_was_read(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("teepots lisen")
        assert reader.row().startswith("Teapots That Listen")
        assert "teepots → teapots" in reader.status


async def test_matched_letters_stand_out_in_the_list_and_in_the_text(drive: Drive) -> None:
    async with drive() as reader:
        assert highlighted(reader.papers, 0) == ""
        await reader.search("corridors")
        assert highlighted(reader.papers, 0) == "Corridors"
        lines = [reader.detail.render_line(y) for y in range(reader.detail.size.height)]
        marked = [s.text for line in lines for s in line if s.style is not None and s.style.underline]
        assert marked == ["Corridors", "Corridors"]  # once in the title and once in the abstract


async def test_abstracts_are_searched_too(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("pendulum")
        assert [row.strip(LEAD) for row in reader.rows()] == ["Umbrellas in Harmonic Motion"]


async def test_a_slip_typed_and_deleted_leaves_the_results_of_what_stands(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("slash", *"spoonsqq", *(["backspace"] * 8), *"cats")
        assert [row.strip(LEAD) for row in reader.rows()] == ["Cartography for Cats"]


async def test_nothing_found_is_said_and_escape_leads_back_to_the_paper_seen_last(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("doors")
        assert reader.row() == "Doors That Prefer to Stay Open"
        await reader.search("zzqqxx")
        assert reader.rows() == ["  Nothing found: Esc shows all papers"]
        assert "nothing is like “zzqqxx”" in reader.status
        assert reader.sheet == ""
        await reader.press("escape")
        assert reader.row() == "Doors That Prefer to Stay Open"


async def test_escape_clears_then_leaves_and_the_cursor_stays_on_its_paper(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("chairs")
        assert reader.row() == "The Migration of Wooden Chairs"
        await reader.press("escape")
        assert (reader.box.value, reader.focused) == ("", "search")
        assert reader.papers.cursor == TITLES.index("The Migration of Wooden Chairs")
        assert reader.sheet.startswith("The Migration of Wooden Chairs")
        await reader.press("escape")
        assert reader.focused == "papers"
        assert reader.row() == "The Migration of Wooden Chairs"


async def test_enter_and_down_move_to_the_list_and_keep_the_query(drive: Drive) -> None:
    async with drive() as reader:
        for key in ("enter", "down"):
            await reader.search("map")
            await reader.press(key)
            assert (reader.focused, reader.box.value) == ("papers", "map")
            assert len(reader.rows()) == 2


async def test_escape_in_the_list_shows_all_papers_again(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("map")
        await reader.press("enter", "escape")
        assert (reader.focused, reader.box.value, len(reader.rows())) == ("papers", "", 12)


async def test_letters_that_are_keys_elsewhere_are_text_in_the_box(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("slash", *"jbq1", "slash", "question_mark", "space")
        assert reader.box.value == "jbq1/? "
        assert "Search" not in reader.screen_text.splitlines()[-1]


async def test_the_second_stage_keeps_the_cursor_on_its_paper_and_line(drive: Drive) -> None:
    papers = [{"title": f"Paper {n:03}", "abstract": f"Text {n}."} for n in range(200)]
    async with drive(papers) as reader:
        ids = array("q", reader.papers.ids)
        await give(reader, Results("x", ids[50:150], complete=False))
        reader.papers.move_to(70)
        reader.papers.scroll_lines(3)
        paper, line = reader.row(), 70 - reader.papers.top
        await give(reader, Results("x", ids[20:50] + ids[50:150], complete=True))
        assert (reader.row(), reader.papers.cursor) == (paper, 100)
        assert 100 - reader.papers.top == line


async def test_a_change_leaves_the_cursor_on_a_paper_that_the_second_stage_finds(drive: Drive) -> None:
    papers = [{"title": "Kites"}, *({"title": f"Wind {n}", "abstract": f"Of kites, {n}."} for n in range(5))]
    async with drive(papers) as reader:
        await reader.search("kites")
        await reader.press("enter", "j", "j", "j")
        paper = reader.papers.current
        for key in ("m", "b", "u"):
            await reader.press(key)
            assert (reader.papers.current, reader.papers.cursor) == (paper, 3)
        await reader.press("t", *"todo", "enter", "escape")
        assert (reader.papers.current, reader.papers.cursor) == (paper, 3)


async def give(reader: Driven, results: Results) -> None:
    """Let the screen receive an answer as if it had asked for it."""
    reader.main.post_message(Answered(reader.main._searching.asked, results))
    await reader.until(lambda: reader.main._searching.results is results)


async def test_an_answer_to_an_older_question_is_dropped(drive: Drive) -> None:
    async with drive() as reader:
        before = reader.main._searching.results
        reader.main.post_message(Answered(reader.main._searching.asked - 1, Results("old", array("q"))))
        await reader.answered()
        assert reader.main._searching.results is before


async def test_searching_from_the_bookmarks_shows_the_papers_found_also_where_it_is_narrow(drive: Drive) -> None:
    async with drive(PAPERS, size=(80, 24)) as reader:
        await reader.press("b", "3", "slash")
        await reader.search("spoons")
        assert reader.papers.display
        assert not reader.bookmarks.display
        assert reader.sheet.startswith("A Census of Forgotten Spoons")


async def test_one_pasted_line_goes_into_the_box_once(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("slash")
        reader.app.post_message(Paste("folding maps"))
        await reader.until(lambda: reader.box.value)
        assert reader.box.value == "folding maps"


async def test_keys_typed_ahead_reach_the_box_and_then_the_list(drive: Drive) -> None:
    async with drive() as reader:
        reader.type_ahead("slash", *"maps")
        await reader.until(lambda: reader.box.value == "maps")
        assert str(reader.bookmarks.border_title) == "Bookmarks · 0"
        await reader.answered()
        reader.type_ahead("enter", "j", "j", "k")
        await reader.answered()
        assert (reader.focused, reader.box.value) == ("papers", "maps")
