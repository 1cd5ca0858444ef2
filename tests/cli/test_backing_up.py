"""`reader backup` and `reader restore`, and the copy that the first change of a day makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.made_up import TITLES
from cli.conftest import Command


def copies(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "library.db.backups"
    return sorted(folder.iterdir()) if folder.exists() else []


@pytest.mark.usefixtures("library")
def test_the_first_change_is_copied_and_looking_is_not(command: Command, tmp_path: Path) -> None:
    key = command("search", "--json", TITLES[0]).objects[0]["key"]
    for words in ("stats", "doctor", "lists", f"related {key}"):
        command(*words.split())
    assert copies(tmp_path) == []
    ran = command("bookmark", key)
    assert (ran.status, ran.err.count("\n")) == (0, 1)
    (copy,) = copies(tmp_path)
    content = copy.read_bytes()
    command("tag", "vision", key)
    assert copy.read_bytes() == content
    assert command("backup").status == 0
    assert copy.read_bytes() != content


@pytest.mark.usefixtures("library")
def test_a_copy_that_fails_does_not_fail_the_change(command: Command, tmp_path: Path) -> None:
    (tmp_path / "library.db.backups").write_text("in the way", encoding="utf-8")
    ran = command("bookmark", command("search", "--json").objects[0]["key"])
    assert ran.status == 0
    assert "The change is kept, but not today's copy" in ran.err
    assert command("search", "--json", "is:bookmarked").objects


@pytest.mark.usefixtures("library")
def test_what_was_made_comes_back(command: Command, tmp_path: Path) -> None:
    key = command("search", "--json", TITLES[0]).objects[0]["key"]
    command("bookmark", "--list", "to read", key)
    command("backup", "-o", str(tmp_path / "mine.jsonl"))
    (tmp_path / "library.db").write_bytes(b"no library " * 200)
    assert command("lists").status == 4
    ran = command("restore", str(tmp_path / "mine.jsonl"))
    assert ran.status == 0
    assert "1 new" in ran.err
    assert "doctor --salvage" in ran.err
    assert command("doctor").status == 0
    assert command("search", "--json", 'list:"to read"').objects[0]["key"] == key


@pytest.mark.usefixtures("library")
def test_without_a_copy_there_is_nothing_to_restore(command: Command) -> None:
    ran = command("restore")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "there is no copy to restore" in ran.err


def test_what_of_a_copy_cannot_be_read_is_said_and_the_rest_comes_back(
    command: Command, library: Path, tmp_path: Path
) -> None:
    assert command("bookmark", "--query", "teapots").status == 0
    assert command("backup", "-o", str(tmp_path / "copy.jsonl")).status == 0
    copy = tmp_path / "copy.jsonl"
    copy.write_text(copy.read_text(encoding="utf-8") + '{"title": 7}\n', encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.db"
    ran = command("--library", str(elsewhere), "restore", str(copy))
    assert ran.status == 0
    assert "copy.jsonl, line" in ran.err
    assert "is kept as" not in ran.err
    assert command("--library", str(elsewhere), "search", "--json", "is:bookmarked").objects


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("is_gone", [True, False])
def test_where_the_library_is_gone_or_empty_its_copies_are_named(
    command: Command, library: Path, is_gone: bool
) -> None:
    assert command("bookmark", "--query", "teapots").status == 0
    library.unlink()
    if not is_gone:
        library.touch()
    ran = command("stats")
    assert ("is no library" in ran.err, "is empty" in ran.err) == (is_gone, not is_gone)
    assert "`reader restore` brings back what you made" in ran.err
    assert command("restore").status == 0
    ran = command("search", "--json", "is:bookmarked")
    assert (len(ran.objects) > 0, ran.err) == (True, "")


def test_an_empty_copy_says_so(command: Command, tmp_path: Path, library: Path) -> None:
    assert command("backup").status == 0
    library.write_bytes(b"no library " * 100)
    ran = command("restore")
    assert (ran.status, "cannot be restored: holds no paper (name an older copy)" in ran.err) == (3, True)
    assert library.read_bytes() == b"no library " * 100
