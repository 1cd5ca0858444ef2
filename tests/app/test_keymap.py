"""Keys that the settings give to commands, and that everything that names keys names those."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conftest import make_session
from app.made_up import fill
from reader.app.commands import COMMANDS, default_keys
from reader.app.keymap import DEFAULT_KEYMAP, key_named, keymap
from reader.app.reader_app import ReaderApp


def keys_of(given: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {command.id: command.keys for command in keymap(given, {}).commands}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("b", "b"), ("B", "B"), ("/", "slash"), ("?", "question_mark"), ("f2", "f2"), ("F12", "f12"),
        ("ctrl+X", "ctrl+x"),
        ("shift+g", "G"), ("Esc", "escape"), ("PgDn", "pagedown"), ("shift+tab", "shift+tab"), ("+", "plus"),
        ("ctrl++", "ctrl+plus"), ("alt+enter", "alt+enter"), ("ö", "ö"), ("slash", "slash"), (" ", "space"),
        (",", "comma"),
        ("wat", None), ("", None), ("ctrl+wat", None), ("hypr+x", None), ("tab+x", None), ("+x", None),
    ],
)  # fmt: skip
def test_keys_are_written_as_people_write_them(typed: str, key: str | None) -> None:
    assert key_named(typed) == key


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_key_or_none(typed: str) -> None:
    key = key_named(typed)
    assert key is None or (key and "," not in key)


def test_every_key_of_the_registry_can_be_written_as_it_is_shown_in_the_settings() -> None:
    for command in COMMANDS:
        assert tuple(key_named(typed) for typed in command.keys_typed) == command.keys


def test_the_names_of_commands_are_words_that_toml_takes_bare_and_each_is_one_commands() -> None:
    names = list(default_keys())
    assert len(names) == len(COMMANDS)
    assert all(name.isascii() and name.replace("_", "").isalnum() and name.islower() for name in names)


def test_nothing_given_leaves_the_registry_as_it_is() -> None:
    assert keymap({}, {}) is DEFAULT_KEYMAP
    assert DEFAULT_KEYMAP.commands is COMMANDS


def test_a_given_key_is_taken_from_the_command_that_had_it() -> None:
    found = keymap({"export": ["b"]}, {"keys.export": 7})
    keys = {command.id: command.keys for command in found.commands}
    assert (keys["export"], keys["bookmark"]) == (("b",), ())
    (problem,) = found.problems
    assert problem.line == 7
    assert problem.words == "“b” goes to export and was a key of bookmark, which has none left"


def test_two_commands_may_change_their_keys() -> None:
    found = keymap({"export": ["b"], "bookmark": ["e", "f2"]}, {})
    assert not found.problems
    assert keys_of({"export": ["b"], "bookmark": ["e", "f2"]})["bookmark"] == ("e", "f2")


def test_what_cannot_be_done_is_told_and_the_rest_is_done() -> None:
    lines = {"keys.sort": 1, "keys.bookmark": 2, "keys.undo": 3, "keys.quit": 4, "keys.bokmark": 5}
    given = {"sort": ["f5"], "bookmark": ["f5", "f6"], "undo": ["wat"], "quit": ["ctrl+q", "f7"], "bokmark": ["z"]}
    found = keymap(given, lines)
    assert [(problem.line, problem.words) for problem in found.problems] == [
        (2, "“f5” is given to sort already; bookmark does without it"),
        (3, "there is no key “wat”; undo does without it"),
        (4, "ctrl+q always leaves reader; quit does without it"),
        (5, "there is no command “bokmark”; did you mean bookmark?"),
    ]
    keys = {command.id: command.keys for command in found.commands}
    assert [keys[name] for name in ("sort", "bookmark", "undo", "quit")] == [("f5",), ("f6",), ("u",), ("f7",)]


def test_a_command_without_a_key_is_named_by_its_place() -> None:
    found = keymap({"undo": [], "redo": ["z"]}, {})
    assert found.in_words("{undo} takes it back, {redo} does it again") == (
        "Undo in the palette takes it back, z does it again"
    )


async def test_the_app_does_and_shows_what_the_settings_say(tmp_path: Path) -> None:
    session = make_session(fill(tmp_path / "library.db"), tmp_path)
    session.keymap = keymap(
        {"bookmark": ["f2"], "undo": ["b"], "palette": ["f1"], "sort": ["ctrl+p"], "help": ["h"]}, {}
    )
    app = ReaderApp(session)
    from app.conftest import Driven

    try:
        async with app.run_test(size=(120, 36)) as pilot:
            reader = Driven(app, pilot, session)
            await reader.answered()
            assert "f2 keeps the paper you are reading" in reader.screen_text
            await reader.press("f2")
            assert list(reader.bookmarks.ids) == list(reader.papers.ids[:1])
            assert "b takes it back" in reader.screen_text
            footer = reader.screen_text.splitlines()[-1]
            assert "f2 Bookmark" in footer
            assert "b Undo" in footer
            assert "h Help" in footer
            await reader.press("b")
            assert not reader.bookmarks.ids
            await reader.press("ctrl+p")
            assert reader.box.value == "sort:date"
            titles = [entry.title for entry in app.get_system_commands(reader.main)]
            assert "Bookmark  (f2)" in titles
            await reader.press("h")
            assert "f2             Put the paper" in reader.screen_text
            await reader.press("escape")
            await pilot.press("f1")
            await reader.until(lambda: "Go to the search box" in reader.screen_text or len(app.screen_stack) == 2)
    finally:
        session.close()
