"""The one registry of keys and actions, and what is made of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from textual.widgets import DirectoryTree

from app.conftest import Drive
from reader.app.commands import COMMANDS, SECTIONS, Command, key_table, sections
from reader.app.main_screen import MainScreen
from reader.app.modals import Help
from reader.app.reader_app import ReaderApp

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.action))
def test_every_action_of_the_registry_exists(command: Command) -> None:
    name = command.action.partition("(")[0]
    owner: type = ReaderApp if name.startswith("app.") else MainScreen
    assert callable(getattr(owner, "action_" + name.removeprefix("app.")))


def test_no_key_is_claimed_twice() -> None:
    claimed = Counter(key for command in COMMANDS for key in command.keys)
    assert [key for key, times in claimed.items() if times > 1] == []


def test_every_command_stands_under_a_heading_once_and_says_what_it_does() -> None:
    listed = [command for _, commands in sections() for command in commands]
    assert sorted(command.action for command in listed) == sorted(command.action for command in COMMANDS)
    assert {command.section for command in COMMANDS} == set(SECTIONS)
    assert all(command.help.endswith(".") and command.title for command in COMMANDS)


def test_the_keys_of_the_readme_are_those_of_the_registry() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.partition("<!-- keys -->")[2].partition("<!-- /keys -->")[0].strip() == key_table()


async def test_help_lists_every_command_and_closes_again(drive: Drive) -> None:
    async with drive(size=(84, 110)) as reader:
        await reader.press("question_mark")
        assert isinstance(reader.app.screen, Help)
        shown = " ".join(reader.screen_text.replace("│", " ").split())
        for command in COMMANDS:
            assert command.in_words in shown
            assert " ".join(command.keys_shown) in shown
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1


async def test_help_scrolls_where_the_screen_is_small(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        await reader.press("question_mark")
        assert "Leave. Everything is saved already." not in reader.screen_text
        await reader.press(*["space"] * 14)
        await reader.until(lambda: "Leave. Everything is saved already." in reader.screen_text)


async def test_a_long_line_of_help_is_continued_beside_the_keys(drive: Drive) -> None:
    async with drive(size=(80, 60)) as reader:
        await reader.press("question_mark")
        lines = reader.screen_text.splitlines()
        first = next(n for n, line in enumerate(lines) if "Find papers as you type" in line)
        indent = lines[first].index("Find papers")
        assert lines[first][:indent].strip("│ ") == "/"
        assert lines[first + 1][:indent].strip("│ ") == ""
        assert lines[first + 1][indent:].strip("│ ")


async def test_every_entry_of_the_palette_runs_and_does_what_its_key_does(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def spy_on(name: str) -> None:
        original = getattr(MainScreen, f"action_{name}")

        def spy(screen: MainScreen, *arguments: object) -> None:
            ran.append(name)
            original(screen, *arguments)

        monkeypatch.setattr(MainScreen, f"action_{name}", spy)

    possible = [command for command in COMMANDS if command.in_palette and command.action != "stop_import"]
    last_quits = sorted(possible, key=lambda command: command.action == "quit")
    for name in dict.fromkeys(command.action.partition("(")[0] for command in last_quits):
        spy_on(name)
    async with drive() as reader:
        entries = {entry.title: entry for entry in reader.app.get_system_commands(reader.main)}
        for command in last_quits:
            ran.clear()
            entry = entries[command.palette_title]
            assert entry.help == command.help
            await entry.callback()
            assert ran == [command.action.partition("(")[0]]
            while (over := reader.app.screen) is not reader.main:
                trees = list(over.query(DirectoryTree))
                await reader.until(lambda: all(tree.root.children for tree in trees))  # noqa: B023 - waited for here
                await reader.app.pop_screen()
        assert entries.keys() == {command.palette_title for command in last_quits}


async def test_the_palette_opens_finds_and_runs(drive: Drive) -> None:
    async with drive() as reader:
        await reader.pilot.press("ctrl+p")
        await reader.until(lambda: "To the last paper" in reader.screen_text)
        await reader.pilot.press(*"last paper")
        await reader.until(lambda: "To the first" not in reader.screen_text and "Last paper" in reader.screen_text)
        await reader.pilot.press("enter")
        await reader.until(lambda: reader.papers.cursor == 11)


async def test_no_command_of_the_registry_is_offered_over_a_modal_screen(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("question_mark")
        assert list(reader.app.get_system_commands(reader.app.screen)) == []
