"""Small screens leave once, however fast the keys come."""

from __future__ import annotations

import pytest

from reader.app.preview_screen import PreviewScreen
from reader.app.worker import Answered
from reader.library import Pasted, Preview

from .conftest import Drive
from .made_up import PAGE


@pytest.mark.parametrize("opened_by", ["w", "question_mark", "L", "t"])
@pytest.mark.parametrize("keys", [("enter", "enter", "enter"), ("enter", "escape"), ("escape", "escape", "escape")])
async def test_keys_typed_ahead_into_a_screen_that_leaves_do_nothing_more(
    drive: Drive, opened_by: str, keys: tuple[str, ...]
) -> None:
    async with drive() as reader:
        await reader.search("teapots")
        await reader.press("enter", opened_by)
        reader.type_ahead("x", *keys)
        await reader.pilot.pause(0.05)
        while reader.app.screen is not reader.main:  # some ask once more whether what was typed is to be kept
            await reader.pilot.press("escape")
        assert reader.app.bug is None
        assert reader.app.is_running


async def test_an_answer_that_comes_when_the_preview_has_left_changes_nothing(drive: Drive) -> None:
    async with drive() as reader:
        reader.app.push_screen(PreviewScreen(reader.main._worker, Pasted(PAGE)))
        await reader.pilot.pause()
        preview = reader.app.screen
        assert isinstance(preview, PreviewScreen)
        found = Preview("pasted text", (), 1, 1, 0, (), whole=True, problems=())
        preview.post_message(Answered(preview._serial, found))
        preview.dismiss(None)
        await reader.pilot.pause(0.05)
        assert reader.app.bug is None
        assert reader.app.screen is reader.main
