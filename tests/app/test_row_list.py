"""The list widget alone: it draws what is on the screen, letter for letter, and every line is as wide as the list."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len, get_character_cell_size
from textual.app import App, ComposeResult

from app.pilot import SettlingPilot
from reader.app.row_list import ELLIPSIS, Row, RowList

WIDE = {
    "CJK": "日本語の論文 " * 30,
    "emoji": "🦊🍵🚲" * 30,
    "ZWJ sequences": "👩‍👩‍👧‍👦 family 👩🏽‍🔬 " * 12,
    "combining marks": "e\u0301\u0302\u0323" * 60,
    "only combining marks": "\u0301" * 400,
    "right to left": "שלום עולם مرحبا " * 12,
    "tabs": "a\tb\t" * 40,
    "control characters": "\x1b[31mred\x00\r\n\x07\x9b\x7f" * 12,
    "directions": "\u202eevil\u202c\u2066x\u2069" * 12,
    "variation selectors": "☺️❤️⚠︎" * 20,
    "ten thousand letters": "x" * 10_000,
    "empty": "",
    "one wide letter": "語",
}


class Fixed:
    """Rows from a sequence, or as many alike as asked for; counts which were drawn."""

    def __init__(self, rows: Sequence[Row] = (), *, count: int | None = None) -> None:
        self.rows = rows
        self.count = len(rows) if count is None else count
        self.asked: list[int] = []

    def __len__(self) -> int:
        return self.count

    def row(self, index: int) -> Row:
        self.asked.append(index)
        return self.rows[index] if self.rows else Row(f"row {index}", tail="Aug 30, 2021")


class ListApp(App[None]):
    CSS = "RowList > .row-list--match { text-style: underline; }"

    def __init__(self, source: Fixed) -> None:
        super().__init__()
        self.source = source

    def compose(self) -> ComposeResult:
        yield RowList(self.source, id="list", empty="Nothing here")


@asynccontextmanager
async def shown(source: Fixed, *, size: tuple[int, int] = (60, 20)) -> AsyncIterator[RowList]:
    app = ListApp(source)
    async with app.run_test(size=size):
        pilot = SettlingPilot(app)
        row_list = app.query_one(RowList)
        row_list.focus()
        row_list.show(cursor=0)
        await pilot.pause()
        yield row_list
        await pilot.pause()


def line(row_list: RowList, y: int = 0) -> str:
    return row_list.render_line(y).text


async def test_of_a_million_rows_only_those_on_the_screen_are_asked_for() -> None:
    source = Fixed(count=1_000_000)
    async with shown(source) as row_list:
        height = row_list.size.height
        assert 0 < len(source.asked) <= 4 * height
        for index in (999_999, 0, 500_000, 500_001, 499_999):
            source.asked.clear()
            row_list.move_to(index)
            lines = [line(row_list, y) for y in range(height)]
            assert sum(f"row {index} " in text for text in lines) == 1
            assert len(source.asked) <= height
            assert all(row_list.top <= asked < row_list.top + height for asked in source.asked)


async def test_moving_by_one_on_the_same_screen_draws_two_lines() -> None:
    source = Fixed(count=1_000)
    app = ListApp(source)
    async with app.run_test(size=(60, 20)):
        pilot = SettlingPilot(app)
        await pilot.pause()
        source.asked.clear()
        app.query_one(RowList).move(1)
        await pilot.pause()
        assert set(source.asked) == {0, 1}
        assert len(source.asked) <= 4


@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE)
@pytest.mark.parametrize("width", [60, 37, 5])
async def test_every_line_is_as_wide_as_the_list_whatever_it_says(text: str, width: int) -> None:
    rows = [Row(text, spans=[(0, 3), (5, 9)], mark="★", more="✎#", tail="Jul 31, 2025?"), Row("plain")]
    async with shown(Fixed(rows), size=(width, 6)) as row_list:
        for y in range(row_list.size.height):
            strip = row_list.render_line(y)
            assert cell_len(strip.text) == strip.cell_length == row_list.size.width
            assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in strip.text)


PIECES = [
    *"aé語한ｱ½αЖ…—ﷺנة๙𝒳∑\u00a0\u00ad\u200b\u200c\u200d\ufe0f\ufe0e\u0301\u20dd\u0e33\u3164\U0001f3fd\t\x1b",
    "👩‍👩‍👧‍👦", "👩🏽‍🔬", "🇩🇪", "🇫", "🏴\U000e0067\U000e0062\U000e007f", "1️⃣", "❤️", "☺️",
    "क्‍ष", "שלום ", "مرحبا ", "ก็", "각",
]  # fmt: skip


def made_up(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randrange(40)))


async def test_no_column_depends_on_how_a_terminal_measures_what_a_row_says() -> None:
    """Terminals of the one kind draw joined signs as one, those of the other each by itself: every line fits both."""
    chance = random.Random(8)
    rows = [
        Row(made_up(chance), [(1, 4), (5, 30)], "•★✎#", made_up(chance)[:9], made_up(chance), made_up(chance))
        for _ in range(60)
    ]
    async with shown(Fixed(rows)) as row_list:
        for lines in (1, 2):
            row_list.set_lines(lines)
            for width in (1, 2, 3, 5, 8, *range(30, 50), 77, 118):
                for index in range(len(rows) * lines + 1):
                    drawn = "".join(segment.text for segment in row_list.draw_line(index, width))
                    assert cell_len(drawn) == width, (rows[index // lines], width)
                    assert sum(map(get_character_cell_size, drawn)) == width, (rows[index // lines], width)


async def test_matches_stay_where_they_are_beside_signs_that_are_taken_apart() -> None:
    text = "👩‍👩‍👧 and ❤️ 🇩🇪: match here"
    start = text.index("match")
    async with shown(Fixed([Row(text, spans=[(start, start + 5)])])) as row_list:
        assert matches(row_list) == ["match"]
        assert "DE: match here" in line(row_list)


async def test_two_lines_a_row_scroll_by_rows_and_answer_the_mouse_by_rows() -> None:
    source = Fixed([Row(f"row {n}", below=f"below {n}", below_tail=f"tail {n}") for n in range(50)])
    async with shown(source, size=(60, 7)) as row_list:
        row_list.set_lines(2)
        row_list.move_to(4)
        lines = [line(row_list, y) for y in range(7)]
        assert lines[-2].startswith("▌   row 4 ")
        assert lines[-1].startswith("▌   below 4 ")
        assert lines[-1].rstrip("│┃ ").endswith("tail 4")
        row_list.press_line(row_list.top + 6)
        assert row_list.cursor == 4
        row_list.press_line(row_list.top)
        assert row_list.cursor == 1
        row_list.move_to(49)
        assert "row 49" in line(row_list, 5)
        row_list.set_lines(1)
        assert "row 49" in line(row_list, row_list.cursor_line)


async def test_what_fits_is_shown_letter_for_letter_and_the_rest_is_an_ellipsis() -> None:
    async with shown(Fixed([Row("x" * 56), Row("y" * 57)])) as row_list:
        room = row_list.size.width - 4
        assert room == 56
        assert line(row_list, 0)[4:] == "x" * 56
        assert line(row_list, 1)[4:] == "y" * 55 + ELLIPSIS


async def test_marks_behind_a_text_take_room_from_it_alone_and_give_way_where_it_is_narrow() -> None:
    rows = [Row("short", more="✎#"), Row("x" * 60, more="#"), Row("y" * 60)]
    async with shown(Fixed(rows)) as row_list:
        assert line(row_list, 0)[4:].rstrip() == "short ✎#"
        assert line(row_list, 1)[4:] == "x" * 53 + ELLIPSIS + " #"
        assert line(row_list, 2)[4:] == "y" * 55 + ELLIPSIS
    async with shown(Fixed(rows), size=(30, 4)) as row_list:
        assert line(row_list, 1)[4:] == "x" * 25 + ELLIPSIS


async def test_a_wide_letter_is_never_cut_in_half() -> None:
    async with shown(Fixed([Row("語" * 40)]), size=(31, 4)) as row_list:
        assert line(row_list)[4:] == "語" * 13 + ELLIPSIS


async def test_the_tail_stands_at_the_right_and_gives_way_where_there_is_no_room() -> None:
    rows = [Row("short", tail="2021"), Row("long " * 40, tail="2021")]
    async with shown(Fixed(rows), size=(60, 4)) as row_list:
        assert line(row_list, 0).endswith(" 2021 ")
        assert line(row_list, 1).endswith(ELLIPSIS + "  2021 ")
    async with shown(Fixed(rows), size=(40, 4)) as row_list:
        assert "2021" not in line(row_list, 0)


def matches(row_list: RowList, y: int = 0) -> list[str]:
    return [s.text for s in row_list.render_line(y) if s.style is not None and s.style.underline]


async def test_spans_are_highlighted_and_clipped_to_what_is_shown() -> None:
    rows = [
        Row("Neural networks", spans=[(0, 6), (7, 10)]),
        Row("a" * 50 + "bbbbbbbbbbbbbbbbbbbb", spans=[(48, 70)]),
        Row("c" * 100, spans=[(90, 95)]),
        Row("overlap", spans=[(0, 4), (2, 6)]),
        Row("beyond", spans=[(3, 99)]),
    ]
    async with shown(Fixed(rows)) as row_list:
        assert matches(row_list, 0) == ["Neural", "net"]
        assert matches(row_list, 1) == ["aa" + "bbbbb"]
        assert matches(row_list, 2) == []
        assert matches(row_list, 3) == ["over", "la"]
        assert matches(row_list, 4)[0].startswith("ond")


async def test_spans_keep_their_place_behind_control_characters() -> None:
    async with shown(Fixed([Row("\x1b\x00\tword", spans=[(3, 7)])])) as row_list:
        assert matches(row_list) == ["word"]


async def test_markup_is_text() -> None:
    async with shown(Fixed([Row("[Re] [b]x[/] v={'a[0]'}", mark="[")])) as row_list:
        assert "[Re] [b]x[/] v={'a[0]'}" in line(row_list)


async def test_an_empty_list_says_so_has_no_cursor_and_stands_every_key() -> None:
    async with shown(Fixed()) as row_list:
        assert row_list.cursor is None
        assert line(row_list).strip() == "Nothing here"
        for move in (1, -1, 10):
            row_list.move(move)
            row_list.move_page(move)
            row_list.move_to(move)
            row_list.scroll_lines(move)
        assert (row_list.cursor, row_list.top) == (None, 0)


async def test_a_list_that_shrinks_keeps_its_cursor_within() -> None:
    source = Fixed(count=100)
    async with shown(source) as row_list:
        row_list.move_to(99)
        source.count = 10
        row_list.show(cursor=99)
        assert (row_list.cursor, row_list.top) == (9, 0)
        assert "row 9 " in line(row_list, 9)


async def test_the_scroll_bar_stands_only_where_there_is_more_than_fits() -> None:
    async with shown(Fixed(count=20)) as row_list:
        assert not any(line(row_list, y)[-1] in "┃│" for y in range(20))
    async with shown(Fixed(count=40)) as row_list:
        bar = "".join(line(row_list, y)[-1] for y in range(20))
        assert bar == "┃" * 10 + "│" * 10
        row_list.move_to(39)
        assert "".join(line(row_list, y)[-1] for y in range(20)) == "│" * 10 + "┃" * 10
