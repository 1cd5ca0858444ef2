"""Everything but typing works with the mouse."""

from __future__ import annotations

from textual.events import MouseScrollDown, MouseScrollUp

from app.conftest import Drive, Driven
from app.made_up import TITLES

MANY = [{"title": f"Paper number {n:04}", "abstract": f"It is number {n}."} for n in range(300)]


async def test_a_click_on_a_row_puts_the_cursor_there_and_shows_its_paper(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("2")
        await reader.pilot.click("#papers", offset=(10, 4))
        assert reader.focused == "papers"
        assert reader.papers.cursor == 3
        assert reader.sheet.startswith(TITLES[3])


async def test_a_click_below_the_last_row_changes_nothing(drive: Drive) -> None:
    async with drive() as reader:
        await reader.pilot.click("#papers", offset=(10, 18))
        assert reader.papers.cursor == 0


async def test_a_second_click_opens_the_text(drive: Drive) -> None:
    async with drive() as reader:
        await reader.pilot.double_click("#papers", offset=(10, 3))
        assert reader.focused == "detail"
        assert reader.sheet.startswith(TITLES[2])


async def wheel(reader: Driven, kind: type[MouseScrollDown | MouseScrollUp]) -> None:
    await reader.pilot._post_mouse_events([kind], "#papers", offset=(10, 4))
    await reader.pilot.pause()


async def test_the_wheel_scrolls_and_leaves_the_cursor(drive: Drive) -> None:
    async with drive(MANY) as reader:
        await wheel(reader, MouseScrollDown)
        await wheel(reader, MouseScrollDown)
        assert (reader.papers.top, reader.papers.cursor) == (6, 0)
        for _ in range(3):
            await wheel(reader, MouseScrollUp)
        assert reader.papers.top == 0


async def test_the_scroll_bar_can_be_dragged_to_both_ends(drive: Drive) -> None:
    async with drive(MANY) as reader:
        x, height = reader.papers.region.width - 2, reader.papers.size.height
        await reader.pilot.mouse_down("#papers", offset=(x, 1))
        await reader.pilot.hover("#papers", offset=(x, height))
        assert reader.papers.top == 300 - height
        await reader.pilot.hover("#papers", offset=(x, height // 2 + 1))
        assert 0 < reader.papers.top < 300 - height
        await reader.pilot.hover("#papers", offset=(x, 1))
        assert reader.papers.top == 0
        await reader.pilot.mouse_up("#papers", offset=(x, 1))
        await reader.pilot.hover("#papers", offset=(x, height))
        assert (reader.papers.top, reader.papers.cursor) == (0, 0)


async def test_a_click_in_the_footer_does_what_the_key_does(drive: Drive) -> None:
    async with drive() as reader:
        footer = reader.screen_text.splitlines()[-1]
        y = reader.app.size.height - 1
        await reader.pilot.click(offset=(footer.index("b Bookmark"), y))
        await reader.answered()
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"
        await reader.pilot.click(offset=(footer.index("u Undo"), y))
        await reader.answered()
        assert str(reader.bookmarks.border_title) == "Bookmarks · 0"
        await reader.pilot.click(offset=(footer.index("/ Search"), y))
        assert reader.focused == "search"


async def test_a_click_on_the_bookmarks_shows_the_bookmarked_paper(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("j", "b", "G")
        await reader.pilot.click("#bookmarks", offset=(10, 1))
        assert reader.focused == "bookmarks"
        assert reader.sheet.startswith(TITLES[1])
