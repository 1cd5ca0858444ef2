"""With `ascii` in the settings nothing that the app draws needs more than ASCII, and nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

from app.conftest import Driven, make_session
from app.made_up import PAPERS, fill
from reader.app.reader_app import ReaderApp
from reader.settings import Settings

MORE = [{"title": f"More of it, {n}", "abstract": "One; two. " * 40} for n in range(30)]


async def test_every_screen_is_drawn_in_ascii(tmp_path: Path) -> None:
    session = make_session(fill(tmp_path / "library.db", [*PAPERS, *MORE]), tmp_path)
    session.settings = Settings(ascii=True)
    app = ReaderApp(session)
    try:
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            reader = Driven(app, pilot, session)
            await reader.answered()
            seen = {"the list": reader.screen_text}
            assert {line[58] for line in reader.screen_text.splitlines()[3:20]} == {"#", "|"}, "the scroll bar's thumb"
            await reader.press("b", "F", "enter")
            assert " x unread  o bookmarked" in reader.screen_text
            await reader.press("1")
            for key in ("question_mark", "l", "S", "L", "y", "e", "i", "ctrl+p"):
                await reader.pilot.press(key)
                await reader.pilot.pause()
                seen[key] = reader.screen_text
                await reader.pilot.press("escape")
                await reader.until(lambda: len(reader.app.screen_stack) == 1, f"the end of {key}")
            strange = {key: {each for each in text if not each.isascii()} for key, text in seen.items()}
            assert not any(strange.values()), strange
    finally:
        session.close()
