"""Whatever a title, an abstract, a list or a file is called: it appears as text, and nothing of it acts.

The table of `hostile.py` driven through every pane, screen and command of the app; a command of the registry is tried
by being there. What the command line, the formats and the exports make of it is in `test_hostile_doors.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.events import Paste

from app.conftest import Driven, make_session
from app.made_up import NOW, fill
from hostile import HOSTILE, as_shown, is_safe
from reader import library
from reader.app.commands import COMMANDS
from reader.app.modals import Question
from reader.app.reader_app import ReaderApp
from reader.store import Store
from reader.text import is_name, steady, visible

PAPERS = [{"title": text, "abstract": f"{text} :: {name}"} for name, text in HOSTILE.items()]


async def drive(tmp_path: Path, check: Callable[[Driven], object]) -> None:
    session = make_session(fill(tmp_path / "library.db", PAPERS), tmp_path / "exports")
    app = ReaderApp(session)
    try:
        async with app.run_test(size=(140, 40), notifications=True) as pilot:
            driven = Driven(app, pilot, session)
            await driven.answered()
            await check(driven)  # type: ignore[misc]
    finally:
        session.close()


async def test_titles_and_abstracts_appear_as_text_in_every_pane_status_and_toast(tmp_path: Path) -> None:
    async def check(reader: Driven) -> None:
        for place, (name, text) in enumerate(HOSTILE.items()):
            reader.papers.move_to(place)
            await reader.pilot.pause()
            shown = as_shown(text)
            drawn = steady(shown)
            assert drawn[:12] in reader.papers.render_line(place - reader.papers.top).text
            assert reader.sheet.startswith(drawn)
            assert f"{drawn} :: {name}" in reader.sheet
            reader.main.action_bookmark()
            await reader.answered()
            assert reader.status == f"bookmarked: {shown}"
            assert drawn[:12] in reader.bookmarks.render_line(place - reader.bookmarks.top).text or place > 5
            assert is_safe(reader.screen_text)
        for text in reversed(HOSTILE.values()):
            reader.main.action_undo()
            await reader.answered()
            assert reader.status == f"undone: bookmarked: {as_shown(text)}"
            assert is_safe(reader.screen_text)
            reader.main.say(text + "x" * 300, loud=True)
            await reader.until(lambda: reader.toasts)
            assert reader.toasts == [visible(text + "x" * 300)]
            assert is_safe(reader.screen_text)
        reader.main.action_redo()
        await reader.answered()
        await reader.press("e", "enter")
        assert reader.status.startswith("1 paper written to ")

    await drive(tmp_path, check)


async def test_queries_and_pasted_text_are_only_text(tmp_path: Path) -> None:
    async def check(reader: Driven) -> None:
        for text in HOSTILE.values():
            reader.box.value = text
            await reader.answered()
            assert is_safe(reader.screen_text)
        reader.app.post_message(Paste("\n".join(HOSTILE.values())))
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        assert is_safe(reader.screen_text)
        reader.app.screen.dismiss(True)
        await reader.until(lambda: reader.toasts)
        assert "pasted text" in reader.toasts[0]
        assert is_safe(reader.screen_text)

    await drive(tmp_path, check)


async def test_questions_and_border_titles_are_only_text(tmp_path: Path) -> None:
    async def check(reader: Driven) -> None:
        for text in HOSTILE.values():
            reader.app.push_screen(Question(text, text))
            shown = visible(text)[:6]
            await reader.until(lambda: isinstance(reader.app.screen, Question))
            assert shown in reader.screen_text
            assert is_safe(reader.screen_text)
            await reader.app.pop_screen()

    await drive(tmp_path, check)


async def test_every_command_of_the_app_shows_hostile_text_as_text_and_takes_it_as_text(tmp_path: Path) -> None:
    """Whatever a command opens, hostile text is pasted into it, Enter is pressed, and Esc leads out again."""
    path = fill(tmp_path / "library.db", PAPERS, name="papers \x1b[31m[/b].jsonl")
    with Store.open(path) as store:
        papers = store.papers.ids().tolist()
        for text in filter(is_name, (as_shown(text) for text in HOSTILE.values())):
            library.tag(store, papers[:2], text, now=NOW, origin="test")
            library.keep(store, papers[:1], list_name=text, now=NOW, origin="test")
            library.save_search(store, text, "kernel", now=NOW, origin="test")
        library.set_note(store, papers[0], "\n".join(HOSTILE.values()), now=NOW, origin="test")

    async def check(reader: Driven) -> None:
        texts = iter([*HOSTILE.values()] * 2)
        for command in COMMANDS:
            if command.id in LEAVING:
                continue
            await reader.main.run_action(command.action)
            await reader.pilot.pause()
            assert is_safe(reader.screen_text), command.id
            if reader.app.screen is not reader.main:
                reader.app.post_message(Paste(next(texts)))
                await reader.pilot.pause()
                assert is_safe(reader.screen_text), command.id
                await reader.pilot.press("enter")
                await reader.pilot.pause()
            for _ in range(8):
                assert is_safe(reader.screen_text), command.id
                if reader.app.screen is reader.main:
                    break
                await reader.pilot.press("escape")
                await reader.pilot.pause(0.01)
            assert reader.app.screen is reader.main, command.id
            await reader.answered()
            assert is_safe(reader.screen_text), command.id

    await drive(tmp_path, check)


LEAVING = {"quit", "note_in_editor", "stop_import", "theme"}
"""Commands that leave the app, start an editor, or show nothing of papers."""
