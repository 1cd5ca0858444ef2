"""Moving through lists and text, by keys."""

from __future__ import annotations

from app.conftest import LEAD, Drive
from app.made_up import PAPERS, TITLES

MANY = [{"title": f"Paper number {n:04}", "abstract": f"It is number {n}. " * 200} for n in range(300)]


async def test_the_list_shows_titles_with_their_dates_and_the_detail_the_first_paper(drive: Drive) -> None:
    async with drive() as reader:
        assert reader.focused == "papers"
        assert [row.strip(LEAD).split("  ")[0] for row in reader.rows()] == list(TITLES)
        assert reader.rows()[0].endswith("Dec 24, 2025")
        assert "Dec 26" in reader.rows()[1]
        assert str(reader.papers.border_title) == "Papers · 12"
        assert reader.sheet.startswith("Teapots That Listen\n\nAda Spout, Bob Handle\nDec 24, 2025")


async def test_j_and_k_and_arrows_move_and_the_detail_follows(drive: Drive) -> None:
    async with drive() as reader:
        for keys, row in ((("j",), 1), (("down", "j"), 3), (("k",), 2), (("up", "up", "up"), 0)):
            await reader.press(*keys)
            assert reader.papers.cursor == row
            assert reader.sheet.startswith(TITLES[row])
            assert str(reader.papers.border_subtitle) == f"{row + 1} of 12"


async def test_g_and_home_lead_to_the_first_and_capital_g_and_end_to_the_last(drive: Drive) -> None:
    async with drive() as reader:
        for key, row in (("G", 11), ("g", 0), ("end", 11), ("home", 0)):
            await reader.press(key)
            assert reader.papers.cursor == row
            assert reader.sheet.startswith(TITLES[row])


async def test_pages_move_the_cursor_by_a_screenful_and_stop_at_the_ends(drive: Drive) -> None:
    async with drive(MANY) as reader:
        page = reader.papers.size.height - 1
        for key, row in (("ctrl+d", page), ("pagedown", 2 * page), ("ctrl+u", page), ("pageup", 0), ("pageup", 0)):
            await reader.press(key)
            assert reader.papers.cursor == row
        await reader.press("G", "ctrl+d")
        assert reader.papers.cursor == 299
        assert reader.row().startswith("Paper number 0299")


async def test_the_cursor_stays_on_the_screen(drive: Drive) -> None:
    async with drive(MANY) as reader:
        height = reader.papers.size.height
        reader.papers.move_to(200)
        assert reader.papers.top == 200 - height + 1
        reader.papers.move_to(100)
        assert reader.papers.top == 100


async def test_moving_in_the_text_scrolls_it_and_leaves_the_list_alone(drive: Drive) -> None:
    async with drive(MANY, size=(80, 24)) as reader:
        await reader.press("enter")
        assert reader.focused == "detail"
        await reader.press("j", "j", "j", "k")
        assert (reader.detail.top, reader.papers.cursor) == (2, 0)
        await reader.press("ctrl+d")
        assert reader.detail.top == 2 + reader.detail.size.height - 1
        await reader.press("G")
        assert reader.detail.top == reader.detail.line_count() - reader.detail.size.height
        await reader.press("g")
        assert reader.detail.top == 0
        await reader.press("escape")
        assert reader.focused == "papers"


async def test_space_pages_the_text_from_the_list_and_another_paper_begins_at_its_top(drive: Drive) -> None:
    async with drive(MANY, size=(80, 24)) as reader:
        await reader.press("space")
        assert reader.focused == "papers"
        assert reader.detail.top > 0
        await reader.press("j")
        assert reader.detail.top == 0


async def test_the_text_stays_where_it_is_read_when_its_paper_is_bookmarked(drive: Drive) -> None:
    async with drive(MANY, size=(80, 24)) as reader:
        await reader.press("space", "b")
        assert "★ Bookmarks" in reader.sheet
        assert reader.detail.top > 0


async def test_numbers_and_tab_lead_through_the_panes(drive: Drive) -> None:
    async with drive() as reader:
        for key, pane in (
            ("2", "detail"), ("3", "bookmarks"), ("1", "papers"), ("tab", "detail"), ("tab", "bookmarks"),
            ("tab", "papers"), ("shift+tab", "bookmarks"), ("shift+tab", "detail"), ("shift+tab", "papers"),
        ):  # fmt: skip
            await reader.pilot.press(key)
            assert reader.focused == pane, key


async def test_a_list_that_has_the_focus_decides_what_the_detail_shows(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("j", "b", "j")
        assert reader.sheet.startswith(TITLES[2])
        await reader.press("3")
        assert reader.sheet.startswith(TITLES[1])
        await reader.press("enter", "escape")
        assert reader.focused == "bookmarks"
        await reader.press("1")
        assert reader.sheet.startswith(TITLES[2])


async def test_lines_of_the_text_are_at_most_88_cells_long(drive: Drive) -> None:
    async with drive([{"title": "Long", "abstract": "word " * 400}, *PAPERS], size=(300, 40)) as reader:
        height = reader.detail.size.height
        lines = [reader.detail.render_line(y).text.rstrip("│┃ ").strip() for y in range(height)]
        assert 80 < max(len(line.strip()) for line in lines) <= 88


async def test_whatever_covers_the_screen_while_nothing_has_the_focus_leaves_letters_keys(drive: Drive) -> None:
    async with drive() as reader:
        reader.main.set_focus(None)
        reader.main.action_help()
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.press("escape", "j")
        assert (reader.box.value, reader.papers.cursor) == ("", 1)


async def test_there_is_nothing_to_zoom_into_where_no_paper_is(drive: Drive) -> None:
    async with drive([]) as reader:
        await reader.press("z")
        assert not reader.main.zoomed


async def test_the_whole_screen_is_the_texts_but_for_the_line_that_tells(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("z")
        assert reader.screen_text.splitlines()[0].startswith("╭─ Paper")
        await reader.press("z")
        assert "has code" in reader.screen_text.splitlines()[1]
