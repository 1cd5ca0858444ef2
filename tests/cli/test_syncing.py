"""`reader sync`, `reader import list.md`, and what `reader export` shows, asks and tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.conftest import Command

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def path(command: Command, tmp_path: Path) -> Path:
    path = tmp_path / "list.md"
    keys = [found["key"] for found in command("search", "--json", "--limit", "3").objects]
    command("bookmark", *keys)
    assert command("export", "-o", str(path)).status == 0
    return path


def test_sync_says_what_it_did_and_undo_takes_it_back(command: Command, path: Path) -> None:
    assert command("sync", str(path)).err == "Bookmarks and list.md agree\n"
    path.write_text(path.read_text().replace("- [ ]", "- [x]", 1))
    ran = command("sync", str(path))
    assert (ran.status, ran.err.splitlines()[0]) == (0, "synchronised Bookmarks with list.md")
    assert command("undo").err == "undone: synchronised Bookmarks with list.md\n"


def test_sync_tells_of_both_sides_once_and_of_a_file_that_alone_is_written(command: Command, path: Path) -> None:
    key = command("search", "--json", "--limit", "1").objects[0]["key"]
    command("note", key, "From before.")
    assert command("sync", str(path)).err == "list.md brought up to date with Bookmarks\n"
    path.write_text(path.read_text().replace("From before.", "By hand."))
    command("note", key, "In the library.")
    told = command("sync", str(path)).err.splitlines()
    assert [line.partition(" on ")[0] for line in told if "both sides" in line] == ["note"]
    assert command("sync", str(path)).err == "Bookmarks and list.md agree\n"


def test_without_a_terminal_removals_are_kept_and_told_and_options_decide(command: Command, path: Path) -> None:
    whole = path.read_text()
    path.write_text(re.sub(r"- \[ \] .*?(?=- \[)", "", whole, count=1, flags=re.DOTALL))
    ran = command("sync", str(path))
    assert "1 paper of Bookmarks taken out of the file by hand; kept in the list, --remove takes them out" in ran.err
    assert "3  Bookmarks" in command("lists").out
    assert "taken out" not in command("sync", "--keep", str(path)).err
    command("sync", "--remove", str(path))
    assert "2  Bookmarks" in command("lists").out


def test_a_reading_list_is_imported_into_another_library(command: Command, path: Path, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    ran = command("import", "--library", other, str(path))
    assert ran.out == "Read 3 records from 1 file: 3 new, 0 merged, 0 unchanged, 0 rejected.\n"
    assert command("export", "--library", other).out == path.read_text()
    assert "0 new, 0 merged, 3 unchanged" in command("import", "--library", other, str(path)).out


def test_what_is_shown_is_told_once_and_remembered(command: Command, path: Path) -> None:
    command("export", "--no-abstracts", "--group", "year", "--contents", "-o", str(path))
    shown = path.read_text()
    assert "<!-- reader:contents -->" in shown
    assert "<!-- reader:group -->" in shown
    command("export", "-o", str(path))
    assert path.read_text() == shown
    command("export", "--abstracts", "--no-contents", "-o", str(path))
    assert len(path.read_text()) > len(shown)


def test_keys_and_folders(command: Command, tmp_path: Path) -> None:
    key = command("search", "--json", "--limit", "1").objects[0]["key"]
    assert command("export", key).out.count("- [ ]") == 1
    (tmp_path / "folder").mkdir()
    assert command("export", key, "-o", str(tmp_path / "folder")).status == 0
    assert [each.name for each in (tmp_path / "folder").iterdir()] == ["Selection.md"]
    assert command("export", key, "--all").status == 2


def test_a_vault_needs_a_folder(command: Command, path: Path, tmp_path: Path) -> None:
    assert command("export", "--format", "obsidian").status == 2
    ran = command("export", "--format", "obsidian", "-o", str(tmp_path / "vault"))
    assert ran.err == f"3 papers in {tmp_path / 'vault'}: 4 notes written\n"
    assert len(list((tmp_path / "vault").glob("*.md"))) == 4


def test_what_is_no_reading_list_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine\n")
    assert command("sync", str(tmp_path / "mine.md")).status == 2
    assert command("sync", str(tmp_path / "none.md")).status == 4
    assert (tmp_path / "mine.md").read_text() == "mine\n"


def test_a_note_of_a_vault_that_is_no_text_is_said(command: Command, path: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    assert command("export", "--format", "obsidian", "-o", str(vault)).status == 0
    for note in vault.iterdir():
        note.write_bytes(note.read_bytes() + b"\xff")
    ran = command("export", "--format", "obsidian", "-o", str(vault))
    assert (ran.status, "left alone" in ran.err) == (0, True)
