"""What is where at which size."""

from __future__ import annotations

import pytest

from app.conftest import Drive


async def test_at_110_columns_the_lists_stand_at_the_left_and_the_text_at_the_right(drive: Drive) -> None:
    async with drive(size=(110, 30)) as reader:
        papers, bookmarks, detail = (w.region for w in (reader.papers, reader.bookmarks, reader.detail))
        assert papers.x == bookmarks.x == 0
        assert bookmarks.y == papers.bottom
        assert (detail.x, detail.y, detail.bottom) == (papers.right, papers.y, bookmarks.bottom)


@pytest.mark.parametrize("width", [80, 109])
async def test_below_110_columns_the_text_stands_under_one_list_and_3_shows_the_bookmarks(
    drive: Drive, width: int
) -> None:
    async with drive(size=(width, 24)) as reader:
        assert reader.detail.region.y == reader.papers.region.bottom
        assert reader.papers.region.width == reader.detail.region.width == width
        assert not reader.bookmarks.display
        place = reader.papers.region
        await reader.press("3")
        assert (reader.papers.display, reader.bookmarks.region) == (False, place)
        await reader.press("1")
        assert (reader.bookmarks.display, reader.papers.region) == (False, place)


async def test_what_a_machine_wrote_stands_below_the_abstract(drive: Drive) -> None:
    paper = {"title": "T", "abstract": "The abstract.", "summary": "The summary.", "keywords": ["tea", "pots"]}
    async with drive([paper]) as reader:
        said = reader.sheet.split("\n")
        assert said.index("The abstract.") < said.index("Machine summary: The summary.")
        assert said[said.index("Machine summary: The summary.") + 1] == "Keywords: tea, pots"


async def test_it_can_be_resized_while_it_runs(drive: Drive) -> None:
    async with drive(size=(200, 50)) as reader:
        await reader.press("j", "j", "b")
        row = reader.row().split("  ")[0]
        for width, height in ((80, 24), (20, 5), (1, 1), (50, 12), (20, 5), (80, 24), (200, 50)):
            await reader.pilot.resize_terminal(width, height)
            await reader.pilot.pause()
            assert reader.app.size == (width, height)
            assert all(len(line) <= width for line in reader.screen_text.splitlines() if line.isascii())
            assert reader.papers.cursor == 2
        assert reader.row().split("  ")[0] == row
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 12), (20, 5)])
async def test_the_cursors_row_is_seen_at_every_size(drive: Drive, size: tuple[int, int]) -> None:
    async with drive(size=size) as reader:
        await reader.press("G")
        assert "▌•" in reader.screen_text


@pytest.mark.parametrize("size", [(80, 24), (20, 5)])
async def test_an_empty_library_welcomes_and_every_key_is_harmless(drive: Drive, size: tuple[int, int]) -> None:
    async with drive([], size=size) as reader:
        assert reader.main.query_one("#welcome").display
        if size[1] > 20:
            assert "Your library is empty." in reader.screen_text
            assert "reader demo" in reader.screen_text
        await reader.press("j", "k", "G", "g", "space", "enter", "b", "u", "ctrl+r", "e", "tab", "escape")
        await reader.press("tab", "3", "2", "escape")
        assert reader.main.query_one("#welcome").display


async def test_the_footer_names_what_can_be_done_now(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        footer = reader.screen_text.splitlines()[-1]
        assert footer.split("  ")[:2] == [" / Search", "3 Bookmarks"]
        for word in ("b Bookmark", "u Undo", "? Help", "q Quit"):
            assert word in footer
        assert "e Export" not in footer  # nothing is bookmarked
        await reader.press("b")
        assert "e Export" in reader.screen_text.splitlines()[-1]
        await reader.press("slash")
        footer = reader.screen_text.splitlines()[-1]
        assert footer.strip() == "↑ Earlier query  Enter To the list  Esc Clear"
