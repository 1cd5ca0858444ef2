"""The app without colours, and in every theme."""

from __future__ import annotations

import pytest

from app.conftest import Drive
from app.made_up import TITLES


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
