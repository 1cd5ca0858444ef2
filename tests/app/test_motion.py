"""Nothing blinks, and in still mode nothing moves by itself."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, TextArea

from app.conftest import Drive, make_session
from app.made_up import PAPERS, fill
from reader.app.reader_app import ReaderApp
from reader.settings import Settings


async def test_no_cursor_blinks_wherever_text_is_typed(drive: Drive) -> None:
    async with drive() as reader:
        seen = 0
        await reader.press("b")
        for key in ("L", "n", "t", "e", "i", "ctrl+p"):
            await reader.pilot.press(key)
            boxes = [*reader.app.screen.query(Input), *reader.app.screen.query(TextArea)]
            seen += len(reader.app.screen_stack) == 2
            assert not [box for box in boxes if box.cursor_blink], key
            await reader.pilot.press("escape")
            await reader.until(lambda: len(reader.app.screen_stack) == 1, key)
        assert seen == 6


def test_in_still_mode_nothing_moves_by_itself(tmp_path: Path) -> None:
    for still, level in ((True, "none"), (False, "full")):
        session = make_session(fill(tmp_path / f"{still}.db", PAPERS), tmp_path)
        session.settings = Settings(still=still)
        assert ReaderApp(session).animation_level == level
        session.close()
