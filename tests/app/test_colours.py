"""The app without colours, and in every theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import ColorType

from app.conftest import Drive, Driven, make_session
from app.made_up import PAPERS, TITLES, fill
from reader.app.reader_app import ReaderApp


async def test_without_colours_everything_is_there(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with drive() as reader:
        await reader.press("b")
        await reader.search("teepots")
        await reader.press("enter", "2", "G", "3", "question_mark")
        assert "Keys" in reader.screen_text
        await reader.press("escape")
        assert TITLES[0] in reader.screen_text


async def test_every_theme_draws(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("teepots")
        for theme in reader.app.available_themes:
            reader.app.theme = theme
            await reader.pilot.pause()
            assert TITLES[0] in reader.screen_text


def kinds(reader: Driven) -> set[ColorType]:
    """How the colours on the screen are given to the terminal."""
    lines = reader.app.screen._compositor.render_strips(reader.app.size)
    styles = [segment.style for line in lines for segment in line if segment.style is not None]
    return {color.type for style in styles for color in (style.color, style.bgcolor) if color is not None}


async def test_a_terminal_of_sixteen_colours_is_given_its_own_from_the_first_frame(tmp_path: Path) -> None:
    session = make_session(fill(tmp_path / "library.db", PAPERS), tmp_path)
    session.theme = "ansi-dark"
    app = ReaderApp(session)
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            reader = Driven(app, pilot, session)
            await reader.answered()
            assert kinds(reader) <= {ColorType.DEFAULT, ColorType.STANDARD}
            app.theme = "reader-dark"
            await reader.pilot.pause()
            assert ColorType.TRUECOLOR in kinds(reader)
    finally:
        session.close()
