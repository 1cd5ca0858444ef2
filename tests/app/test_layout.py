"""What is where at which size."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import MouseMove

from app.conftest import Drive, Driven, make_session
from app.made_up import fill
from reader.app.reader_app import ReaderApp


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


async def test_an_empty_library_offers_what_fills_it_and_nothing_that_finds_nothing(drive: Drive) -> None:
    async with drive([], size=(80, 24)) as reader:
        assert reader.screen_text.splitlines()[-1].split() == ["i", "Import", "?", "Help", "q", "Quit"]


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


# borders and hidden panes


async def test_keys_move_the_borders_and_no_pane_is_ever_pushed_out(drive: Drive) -> None:
    async with drive(size=(200, 50)) as reader:
        await reader.press("ctrl+right", "ctrl+down")
        assert (reader.papers.region.width, reader.detail.region.width) == (110, 90)
        assert reader.papers.region.height > 2 * reader.bookmarks.region.height
        await reader.press(*["ctrl+left"] * 20, *["ctrl+up"] * 20)
        assert (reader.papers.region.width, reader.detail.region.width) == (30, 170)
        assert reader.papers.region.height >= 6


async def test_where_it_is_narrow_the_border_below_the_list_is_moved_and_the_wide_one_kept(drive: Drive) -> None:
    async with drive(size=(200, 50)) as reader:
        await reader.press("ctrl+right")
        await reader.pilot.resize_terminal(80, 24)
        await reader.pilot.pause()
        assert reader.papers.region.width == reader.detail.region.width == 80
        height = reader.papers.region.height
        await reader.press("ctrl+down", "ctrl+right")
        assert reader.papers.region.height == height + 2
        await reader.pilot.resize_terminal(200, 50)
        await reader.pilot.pause()
        assert (reader.papers.region.width, reader.detail.region.width) == (110, 90)


async def test_in_the_search_box_the_same_keys_move_in_the_text(drive: Drive) -> None:
    async with drive(size=(200, 50)) as reader:
        await reader.press("slash", *"two words", "ctrl+left", "ctrl+left", *"x")
        assert reader.box.value == "xtwo words"
        assert reader.papers.region.width == 100


@pytest.mark.parametrize(
    ("size", "start", "end"),
    [((120, 36), (59, 10), (79, 12)), ((120, 36), (60, 10), (79, 12)), ((80, 24), (9, 11), (9, 15))],
)
async def test_the_mouse_pulls_a_border(
    drive: Drive, size: tuple[int, int], start: tuple[int, int], end: tuple[int, int]
) -> None:
    async with drive(size=size) as reader:
        wide = size[0] > 100
        if not wide:
            start = (9, reader.detail.region.y)
        await reader.pilot.mouse_down(offset=start)
        await reader.pilot._post_mouse_events([MouseMove], offset=end, button=1)
        await reader.pilot.mouse_up(offset=end)
        region = reader.papers.region
        assert (region.right if wide else region.bottom) == (80 if wide else 16)
        await reader.pilot.hover(offset=(30, 5))
        assert reader.papers.region == region


async def test_the_border_between_the_lists_is_pulled_as_well(drive: Drive) -> None:
    async with drive(size=(120, 36)) as reader:
        await reader.pilot.mouse_down(offset=(20, reader.bookmarks.region.y))
        await reader.pilot._post_mouse_events([MouseMove], offset=(20, 12), button=1)
        await reader.pilot.mouse_up(offset=(20, 12))
        assert reader.bookmarks.region.y == reader.papers.region.bottom == 13


async def test_the_text_that_is_hidden_has_the_whole_screen_while_it_is_read(drive: Drive) -> None:
    async with drive(size=(120, 36)) as reader:
        await reader.press("p")
        assert (reader.detail.display, reader.papers.region.width) == (False, 120)
        await reader.press("j", "enter")
        assert reader.detail.region.width == 120
        assert reader.focused == "detail"
        await reader.press("escape")
        assert (reader.detail.display, reader.focused, reader.papers.cursor) == (False, "papers", 1)
        await reader.press("2", "p")
        assert (reader.detail.display, reader.papers.region.width) == (True, 60)


async def test_bookmarks_are_hidden_and_3_shows_them(drive: Drive) -> None:
    async with drive(size=(120, 36)) as reader:
        bottom = reader.bookmarks.region.bottom
        await reader.press("3", "B")
        assert (reader.bookmarks.display, reader.focused, reader.papers.region.bottom) == (False, "papers", bottom)
        await reader.press("tab", "tab")
        assert (reader.bookmarks.display, reader.focused) == (False, "papers")
        await reader.press("3")
        assert (reader.bookmarks.display, reader.focused) == (True, "bookmarks")


async def test_a_second_line_says_how_the_abstract_begins_and_what_the_user_made_of_it(drive: Drive) -> None:
    async with drive(size=(160, 36)) as reader:
        await reader.press("t", *"todo", "enter", "escape", "comma", "j", "j")
        assert reader.papers.cursor == 2
        lines = [reader.papers.render_line(y).text for y in range(6)]
        assert [line[4:28].rstrip() for line in lines[::2]] == [
            "Teapots That Listen #",
            "On the Width of Corridor",
            "Do Clouds Have Edges?",
        ]
        assert "We teach forty teapots" in lines[1]
        assert lines[1].rstrip("│┃ ").endswith("#todo")
        assert lines[5].rstrip("│┃ ").endswith("1 comment")
        assert [line[0] for line in lines] == [*"    ▌▌"]
        await reader.pilot.click("#papers", offset=(20, 4))
        assert reader.papers.cursor == 1
        await reader.press("G")
        assert "▌•  Doors That Prefer" in reader.screen_text
        await reader.press("comma")
        assert reader.papers.render_line(1).text.count("Corridors") == 1


async def test_the_settings_begin_with_a_second_line(tmp_path: Path) -> None:
    session = make_session(fill(tmp_path / "library.db"), tmp_path)
    session.settings = replace(session.settings, second_line=True)
    app = ReaderApp(session)
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            reader = Driven(app, pilot, session)
            await reader.answered()
            assert "We teach forty teapots" in reader.papers.render_line(1).text
    finally:
        session.close()
