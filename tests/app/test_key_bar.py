"""The footer shows the keys that can be pressed, as many as there is room for, and which of them a click presses."""

from __future__ import annotations

import pytest

from app.conftest import Drive, Driven
from reader.app.key_bar import KeyBar, chosen


def footer(reader: Driven) -> str:
    return reader.screen_text.splitlines()[-1]


async def test_the_keys_follow_the_focus(drive: Drive) -> None:
    async with drive() as reader:
        assert "b Bookmark" in footer(reader)
        await reader.press("slash")
        assert "b Bookmark" not in footer(reader)
        await reader.press("escape")
        assert "b Bookmark" in footer(reader)


async def test_the_key_under_the_pointer_is_shown_by_its_background(drive: Drive) -> None:
    async with drive() as reader:
        bar = reader.main.query_one(KeyBar)

        def backgrounds() -> list[object]:
            return [segment.style and segment.style.bgcolor for segment in bar.render_line(0) for _ in segment.text]

        plain, place = backgrounds(), footer(reader).index("u Undo")
        await reader.pilot.hover(KeyBar, offset=(place, 0))
        changed = [x for x, (was, now) in enumerate(zip(plain, backgrounds(), strict=True)) if was != now]
        assert changed == list(range(place - 1, place + len("u Undo ")))
        await reader.pilot.hover("#papers")
        assert backgrounds() == plain


async def test_a_click_beside_the_keys_presses_none(drive: Drive) -> None:
    async with drive(size=(200, 30)) as reader:
        await reader.pilot.click(KeyBar, offset=(199, 0))
        assert len(reader.app.screen_stack) == 1
        assert (reader.focused, reader.toasts) == ("papers", [])


@pytest.mark.parametrize(
    ("width", "seen"), [(0, []), (3, []), (4, [1]), (9, [0, 1]), (11, [0, 1]), (12, [0, 1, 2]), (99, [0, 1, 2])]
)
def test_what_matters_most_is_shown_first(width: int, seen: list[int]) -> None:
    assert sorted(chosen([(5, 2), (4, 9), (3, 1)], width)) == seen
