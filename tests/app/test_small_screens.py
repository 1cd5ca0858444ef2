"""Small screens leave once, however fast the keys come."""

from __future__ import annotations

import pytest

from .conftest import Drive


@pytest.mark.parametrize("opened_by", ["w", "question_mark", "L", "t"])
@pytest.mark.parametrize("keys", [("enter", "enter", "enter"), ("enter", "escape"), ("escape", "escape", "escape")])
async def test_keys_typed_ahead_into_a_screen_that_leaves_do_nothing_more(
    drive: Drive, opened_by: str, keys: tuple[str, ...]
) -> None:
    async with drive() as reader:
        await reader.search("teapots")
        await reader.press("enter", opened_by)
        reader.type_ahead("x", *keys)
        await reader.answered()
        for _ in range(3):
            if reader.app.screen is not reader.main:
                await reader.press("escape")
        assert reader.app.bug is None
        assert reader.app.screen is reader.main
