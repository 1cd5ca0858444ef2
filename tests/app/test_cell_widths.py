"""On terminals that draw ambiguous characters wide, every line that is drawn is as wide as the screen."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.content import Content

from app.conftest import Driven, make_session
from app.made_up import fill
from app.test_row_list import Fixed, made_up, shown
from reader.app import _counting
from reader.app.cell_widths import ambiguous_counted_wide
from reader.app.reader_app import ReaderApp
from reader.app.row_list import Row
from reader.settings import Settings

GREEK = "Σχέσεις α, β и Кириллица ① ± × “…” — § ½ → ★"


def width(line: str) -> int:
    """Cells of a line where ambiguous characters take two (UAX #11, section 6)."""
    return sum(map(_width, line))


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


@pytest.fixture
def _wide() -> Iterator[None]:
    with ambiguous_counted_wide():
        yield


@pytest.mark.usefixtures("_wide")
def test_what_is_ambiguous_counts_twice_save_what_is_drawn_in_ascii() -> None:
    assert [cell_len(each) for each in ("α", "Жук", "±5", "①", "\ue000", "\ufffd", "e\u0301", "語", "─…×★")] == [
        2, 6, 3, 2, 2, 2, 1, 2, 4,
    ]  # fmt: skip
    assert [str(line) for line in Content("αβγ δε").wrap(6)] == ["αβγ", "δε"]


@pytest.mark.parametrize(("setting", "cells"), [(1, 1), (2, 2)])
def test_they_count_as_the_settings_say_as_long_as_the_app_runs(setting: int, cells: int) -> None:
    with _counting(setting):
        assert cell_len("α") == cells
    assert cell_len("α") == 1


@pytest.mark.usefixtures("_wide")
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (37, 12)])
async def test_every_line_of_every_screen_is_as_wide_as_the_terminal(
    size: tuple[int, int], tmp_path: Path, export_folder: Path
) -> None:
    papers = [
        {"title": f"{n} {GREEK * (n % 4 + 1)}", "abstract": f"{GREEK} wide 語 {n}. " * 12, "authors": ["Ἀριστοτέλης Ω"]}
        for n in range(30)
    ]
    session = make_session(fill(tmp_path / "library.db", papers), export_folder)
    session.settings = Settings(ambiguous_width=2)
    app = ReaderApp(session)

    def check(reader: Driven, what: str) -> None:
        for line in reader.screen_text.splitlines():
            assert width(line) == size[0], (what, line)

    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Driven(app, pilot, session)
            await reader.answered()
            check(reader, "the list")
            for key in ("comma", "b", "G", "2", "j", "3", "1"):
                await reader.press(key)
                check(reader, key)
            await reader.search("Κιριλλица α")
            check(reader, "a query")
            await reader.search("α")
            await reader.press("enter")
            for key in ("question_mark", "L", "l", "n", "t", "e", "y", "S", "ctrl+p"):
                await reader.pilot.press(key)
                await reader.pilot.pause()
                check(reader, key)
                await reader.pilot.press("escape")
                await reader.until(lambda: len(reader.app.screen_stack) == 1, f"the end of {key}")
    finally:
        session.close()


@pytest.mark.usefixtures("_wide")
async def test_rows_of_any_text_are_as_wide_as_the_list() -> None:
    chance = random.Random(8)
    rows = [Row(made_up(chance) + chance.choice(GREEK), mark="•★", below=made_up(chance)) for _ in range(30)]
    async with shown(Fixed(rows)) as row_list:
        row_list.set_lines(2)
        for cells in (1, 5, 31, 48, 77):
            for index in range(60):
                assert cell_len("".join(each.text for each in row_list.draw_line(index, cells))) == cells
