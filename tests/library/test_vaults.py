"""A folder of notes: each paper keeps its note, and nobody else's file is touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError, UsageError
from reader.library import Summary, export, export_to_vault, keep, vaults
from reader.library.export_preview import preview_vault
from reader.store import Store


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary], now: datetime) -> Store:
    titles = ("A Title", "a title", "Bookmarks", "../escape", "CON")
    import_papers(*({"title": title, "abstract": f"About {n}."} for n, title in enumerate(titles)))
    keep(store, store.papers.ids(), now=now, origin="test")
    return store


def write(store: Store, folder: Path) -> int:
    selection = export(store).selection
    assert selection is not None
    return export_to_vault(selection, folder).changed


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_every_paper_has_a_note_of_a_name_of_its_own_and_the_list_links_them(filled: Store, tmp_path: Path) -> None:
    vault = tmp_path / "vault" / "papers"
    assert write(filled, vault) == 6
    found = names(vault)
    assert len({name.casefold() for name in found}) == len(found) == 6
    assert names(tmp_path / "vault") == [f"papers/{name}" for name in found]
    linked = (vault / "Bookmarks.md").read_text()
    assert all(f"[[{name.removesuffix('.md')}]]" in linked for name in found if name != "Bookmarks.md")


def test_a_second_time_writes_nothing_and_a_moved_note_is_found(filled: Store, tmp_path: Path) -> None:
    write(filled, tmp_path / "vault")
    assert write(filled, tmp_path / "vault") == 0
    (tmp_path / "vault" / "deep").mkdir()
    moved = tmp_path / "vault" / "deep" / "Mine.md"
    (tmp_path / "vault" / "A Title.md").replace(moved)
    moved.write_text(moved.read_text() + "my words\n")
    assert write(filled, tmp_path / "vault") == 1  # the list, whose link leads to the new name
    assert moved.read_text().endswith("my words\n")
    assert "[[Mine]]" in (tmp_path / "vault" / "Bookmarks.md").read_text()
    assert not (tmp_path / "vault" / "A Title.md").exists()


def test_the_files_of_others_are_left_alone(filled: Store, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "A title.MD").write_text("mine")
    (vault / "Bookmarks.md").write_text("mine, too")
    (vault / "CON abcdef.md").mkdir()
    write(filled, vault)
    assert (vault / "A title.MD").read_text() == "mine"
    assert (vault / "Bookmarks.md").read_text() == "mine, too"
    assert len(names(vault)) == 2 + 6


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_no_link_leads_out_of_the_folder(filled: Store, tmp_path: Path) -> None:
    vault, outside = tmp_path / "vault", tmp_path / "outside.md"
    vault.mkdir()
    outside.write_text("mine")
    (vault / "A Title.md").symlink_to(outside)
    write(filled, vault)
    assert outside.read_text() == "mine"


def test_a_file_is_no_folder_and_a_note_in_another_encoding_is_told(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError):
        write(filled, tmp_path / "file")
    vault = tmp_path / "vault"
    write(filled, vault)
    damaged = (vault / "A Title.md").read_bytes() + b"\xff"
    (vault / "A Title.md").write_bytes(damaged)
    selection = export(filled).selection
    assert selection is not None
    assert "A Title.md is no text in UTF-8" in export_to_vault(selection, vault).told[0]
    assert (vault / "A Title.md").read_bytes() == damaged


def test_the_first_note_is_shown_before_anything_is_written(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    shown = preview_vault(export(filled), folder)
    assert (shown.fate, shown.count, list(tmp_path.glob("vault"))) == ("new", 5, [])
    first = filled.papers.get(filled.lists.entries(1))[0].key
    write(filled, folder)
    (note,) = (path for path in folder.iterdir() if f'"{first}"' in path.read_text())
    assert note.read_text().splitlines()[: len(shown.lines)] == list(shown.lines)
    assert preview_vault(export(filled), folder).fate == "merged"
    folder.rename(tmp_path / "elsewhere")
    folder.touch()
    assert preview_vault(export(filled), folder).fate == "refused"
    with pytest.raises(UsageError, match="no notes"):
        preview_vault(export(filled, format_name="csv"), folder)


def test_a_vault_of_an_empty_list_has_no_first_note(store: Store, tmp_path: Path) -> None:
    assert preview_vault(export(store), tmp_path / "vault").lines == ()


def test_what_a_killed_process_left_in_a_vault_goes(filled: Store, tmp_path: Path) -> None:
    left = tmp_path / f".reader-{'0' * 16}.part"
    left.touch()
    os.utime(left, (0, 0))
    write(filled, tmp_path)
    assert not left.exists()


def test_a_note_that_cannot_be_read_is_said(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(filled, tmp_path / "vault")

    def unreadable(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    with pytest.raises(LibraryError, match="cannot be read: Permission denied"):
        write(filled, tmp_path / "vault")


def test_where_every_name_is_taken_that_is_said(tmp_path: Path) -> None:
    names = {"a title", "a title (abcdef)", "a title (abcdefgh)", *(f"a title (abcdefgh {n})" for n in range(2, 100))}
    vault = vaults._Vault(tmp_path, taken=names)
    with pytest.raises(LibraryError, match="no name left for A Title"):
        vault.place_of((False, "abcdefgh"), "A Title", key="abcdefgh")
