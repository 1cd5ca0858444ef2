"""`reader doctor`: what it says of a damaged library, what it mends, and what it gets out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.made_up import TITLES
from cli.conftest import Command


@pytest.fixture
def kept(library: Path, command: Command) -> str:
    """The key of a bookmarked, tagged and noted paper."""
    key = str(command("search", "--json", TITLES[0]).objects[0]["key"])
    for words in (("bookmark", key), ("tag", "vision", key), ("note", key, "See the figures.")):
        assert command(*words).status == 0
    return key


def damage(library: Path) -> None:
    content = bytearray(library.read_bytes())
    content[100:4_000] = b"\xff" * 3_900
    library.write_bytes(content)


def test_a_damaged_library_is_named_with_what_can_be_read(command: Command, library: Path, kept: str) -> None:
    damage(library)
    content = library.read_bytes()
    ran = command("doctor")
    assert (ran.status, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert "of what you made can be read: 1 paper, 1 list, 1 tag, 1 note" in ran.err
    assert "reader restore" in ran.err
    assert library.read_bytes() == content


def test_salvage_gets_out_what_was_made_and_restore_takes_it_in(
    command: Command, library: Path, kept: str, tmp_path: Path
) -> None:
    damage(library)
    content = library.read_bytes()
    ran = command("doctor", "--salvage", "-o", str(tmp_path / "saved.jsonl"))
    assert ran.status == 0
    assert (tmp_path / "saved.jsonl").stat().st_mode & 0o777 == 0o600
    assert library.read_bytes() == content
    assert command("restore", str(tmp_path / "saved.jsonl")).status == 0
    found = command("show", "--json", kept).objects[0]
    assert (found["lists"], found["tags"], found["note"]) == (["Bookmarks"], ["vision"], "See the figures.")
    assert command("doctor").status == 0


def test_salvage_names_its_file_beside_the_copies_and_replaces_none(command: Command, library: Path, kept: str) -> None:
    for _ in range(2):
        assert command("doctor", "--salvage").status == 0
    folder = library.with_name("library.db.backups")
    assert sorted(path.name for path in folder.glob("salvaged*")) == ["salvaged 2.jsonl", "salvaged.jsonl"]


def test_salvage_of_what_holds_nothing_says_so(command: Command, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"a text " * 1_000)
    ran = command("doctor", "--salvage")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert not (tmp_path / "library.db.backups").exists()


def test_mending_says_what_is_found_afterwards(command: Command, library: Path, kept: str) -> None:
    with closing(sqlite3.connect(library, isolation_level=None)) as file:
        file.execute("update words set papers = 0")
    ran = command("doctor")
    assert ran.status == 1
    assert "--mend" in ran.err
    assert command("doctor", "--mend").status == 0
    assert command("doctor").status == 0


@pytest.mark.usefixtures("library")
def test_a_poor_terminal_is_advice(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "20")
    found = {each["name"]: each for each in command("doctor", "--json").objects}
    assert found["terminal"]["sound"]
    assert "moves the cursor" in found["terminal"]["advice"]
    assert "SQLite" in found["versions"]["detail"]


def test_a_folder_is_salvaged_from_nothing_and_settings_that_are_understood_are_said(
    command: Command, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('theme = "nord"\n', encoding="utf-8")
    monkeypatch.setenv("READER_SETTINGS", str(settings))
    assert f"ok  settings: {settings} is understood" in command("doctor").out
    (tmp_path / "folder").mkdir()
    for words in ("doctor", "doctor --salvage", "restore"):
        ran = command("--library", str(tmp_path / "folder"), *words.split())
        assert (ran.status, ran.err.count("\n")) in ((4, 1), (1, 1)), ran.err
    assert list((tmp_path / "folder").iterdir()) == []
