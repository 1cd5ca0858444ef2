"""Choosing a file: paths that complete, and the tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from app.conftest import Drive, Driven
from app.made_up import PAGE
from app.test_importing import looked
from reader.app.completing import MOST_NAMES, Listing, completed, listed, path_of
from reader.app.import_screen import FolderTree, ImportScreen
from reader.app.path_box import PathBox
from reader.errors import Interrupted


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app is started in."""
    folder = tmp_path / "here"
    (folder / "pages").mkdir(parents=True)
    (folder / ".secret").mkdir()
    (folder / "pages" / "monday.jsonl").write_text(PAGE)
    (folder / "paper \x1b[31m.txt").write_text("x")
    (folder / "[bold]x[0].txt").write_text("x")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    return folder


async def open_choice(reader: Driven) -> PathBox:
    await reader.pilot.press("i")
    await reader.until(lambda: isinstance(reader.app.screen, ImportScreen))
    tree = reader.app.screen.query_one(FolderTree)
    await reader.until(lambda: len(tree.root.children) == 3, "the tree")
    return reader.app.screen.query_one(PathBox)


def test_a_path_is_completed_with_folders_ending_in_a_slash_and_hidden_names_only_after_a_dot(folder: Path) -> None:
    assert completed("pa", folder) == "pages/"
    assert completed("pages/", folder) == "pages/monday.jsonl"
    assert completed("pages/monday.jsonl", folder) is None
    assert completed("~", folder) == "~/"
    assert completed("~/pages/m", folder) == "~/pages/monday.jsonl"
    assert completed("s", folder) is None
    assert completed(".", folder) == ".secret/"
    assert completed(str(folder) + "/pag", Path("/")) == f"{folder}/pages/"


def test_nothing_completes_what_cannot_be_read_or_shown(folder: Path) -> None:
    assert completed("nowhere/x", folder) is None
    assert completed("a\x00b/x", folder) is None
    assert completed("paper", folder) is None
    assert path_of(" pages ", folder) == folder / "pages"


async def test_tab_takes_the_completion_also_when_it_is_still_on_its_way(drive: Drive, folder: Path) -> None:
    async with drive() as reader:
        box = await open_choice(reader)
        reader.type_ahead("p", "tab")
        await reader.until(lambda: box.value == "pages/")
        await reader.until(lambda: box._suggestion == "pages/monday.jsonl")
        assert "pages/monday.jsonl" in reader.screen_text.replace("▌", "")
        await reader.pilot.press("tab", "enter")
        await looked(reader)
        assert "Import monday.jsonl" in reader.screen_text


async def test_the_right_arrow_takes_the_completion_and_tab_without_one_leads_to_the_tree(
    drive: Drive, folder: Path
) -> None:
    async with drive() as reader:
        box = await open_choice(reader)
        await reader.pilot.press("p")
        await reader.until(lambda: box._suggestion)
        await reader.pilot.press("right")
        assert box.value == "pages/"
        box.value = "zz"
        await reader.until(lambda: box.awaited is None)
        await reader.pilot.press("tab")
        assert reader.focused == "tree"


async def test_the_tree_opens_folders_and_looks_at_files_and_hides_what_is_hidden(drive: Drive, folder: Path) -> None:
    async with drive() as reader:
        box = await open_choice(reader)
        assert "[bold]x[0].txt" in reader.screen_text
        assert "paper ␛[31m.txt" in reader.screen_text
        assert ".secret" not in reader.screen_text
        await reader.pilot.press("down", "j")
        await reader.until(lambda: box.value == "~/pages")
        await reader.pilot.press("enter")
        await reader.until(lambda: "monday.jsonl" in reader.screen_text)
        await reader.pilot.press("j", "enter")
        await looked(reader)
        assert "2 papers, all of them new" in reader.screen_text


async def test_i_in_the_tree_looks_at_a_whole_folder(drive: Drive, folder: Path) -> None:
    async with drive(size=(80, 24)) as reader:
        await open_choice(reader)
        await reader.pilot.press("down", "j", "i")
        await looked(reader)
        assert "Import pages" in reader.screen_text


async def test_an_empty_path_is_not_looked_at_and_q_is_a_letter_in_it(drive: Drive, folder: Path) -> None:
    async with drive() as reader:
        box = await open_choice(reader)
        await reader.pilot.press("enter", "q")
        assert isinstance(reader.app.screen, ImportScreen)
        assert isinstance(box, Input)
        assert box.value == "q"


def test_of_a_huge_folder_the_first_names_are_listed_and_the_rest_is_counted(tmp_path: Path) -> None:
    (tmp_path / "zoo").mkdir()
    (tmp_path / ".hidden").mkdir()
    for n in range(MOST_NAMES + 50):
        (tmp_path / f"N{n:04}.txt").touch()
    (tmp_path / "a.txt").touch()
    found = listed(tmp_path)
    assert found.names[:3] == ("zoo", "a.txt", "N0000.txt")
    assert (len(found.names), found.folders, found.more) == (MOST_NAMES, 1, 52)


def test_what_cannot_be_listed_lists_nothing_and_a_listing_can_be_ended(folder: Path) -> None:
    assert listed(folder / "nowhere") == Listing((), 0, 0)
    assert listed(folder, going_on=lambda: False) == Listing((), 0, 0)
    assert listed(folder).names == ("pages", "[bold]x[0].txt", "paper \x1b[31m.txt")

    def stop() -> None:
        raise Interrupted("stopped")

    with pytest.raises(Interrupted):
        completed("pa", folder, check=stop)


async def test_the_tree_counts_what_it_does_not_show_and_that_line_is_harmless(
    drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(12_345 // 10):
        (folder / f"{n:04}.txt").touch()
    monkeypatch.chdir(folder)
    async with drive() as reader:
        await reader.pilot.press("i")
        await reader.until(lambda: isinstance(reader.app.screen, ImportScreen))
        tree = reader.app.screen.query_one(FolderTree)
        await reader.until(lambda: len(tree.root.children) == MOST_NAMES + 1, "the tree")
        await reader.pilot.press("down", "end")
        await reader.until(lambda: "and 1,034 more: type the beginning of a name above" in reader.screen_text)
        await reader.pilot.press("enter", "i", "space")
        assert isinstance(reader.app.screen, ImportScreen)
        await reader.pilot.press("k", "enter")
        await looked(reader)
        assert "Import 0199.txt" in reader.screen_text
