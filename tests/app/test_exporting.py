"""Exporting in the app: chosen, looked at, written, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.conftest import Drive, Driven, make_session
from app.made_up import NOW, TITLES, fill
from reader import library
from reader.app import left_off
from reader.app.beginning import recall
from reader.app.changes import Outcome
from reader.app.export_screen import ExportScreen
from reader.app.exporting import look, write
from reader.app.keymap import keymap
from reader.app.left_off import Exported
from reader.app.modals import Question
from reader.app.orders import Order, Unsure, What
from reader.app.path_box import PathBox
from reader.app.session import Session
from reader.app.worker import Worker
from reader.errors import LibraryError

BOOKMARKS = What("list:Bookmarks", "the reading list Bookmarks", list_name="Bookmarks")


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()] if folder.exists() else []


async def opened(reader: Driven) -> ExportScreen:
    """Open the screen and wait until it shows what would be written."""
    await reader.pilot.press("e")
    await looked(reader)
    screen = reader.app.screen
    assert isinstance(screen, ExportScreen)
    return screen


async def looked(reader: Driven) -> None:
    await reader.until(lambda: isinstance(reader.app.screen, ExportScreen), "the screen")
    await reader.until(lambda: reader.app.screen._preview is not None, "what would be written")  # type: ignore[attr-defined]


async def press(reader: Driven, *keys: str) -> None:
    await reader.pilot.press(*keys)
    await looked(reader)


async def test_what_would_be_written_is_shown_as_it_is_chosen(drive: Drive, export_folder: Path) -> None:
    async with drive(size=(100, 40)) as reader:
        await reader.press("b", "j", "b")
        await opened(reader)
        assert f"- [ ] [{TITLES[0]}]" in reader.screen_text or f"- [ ] {TITLES[0]}" in reader.screen_text
        assert "2 papers · a new file" in reader.screen_text
        await press(reader, "j", "right")
        assert "‹ obsidian (a note a paper) ›" in reader.screen_text
        assert 'title: "' in reader.screen_text
        assert "2 papers · a new folder of notes" in reader.screen_text
        await press(reader, "right")
        assert "‹ bibtex (.bib) ›" in reader.screen_text
        assert "@misc{" in reader.screen_text
        assert "Grouped by" not in reader.screen_text
        await press(reader, "left", "left", "j", "j", "space")
        assert "Abstracts  ‹ no ›" in reader.screen_text
        await press(reader, "k", "k", "k", "right")
        assert "12 papers · a new file" in reader.screen_text
        await reader.pilot.press("escape")
        assert reader.app.screen is reader.main
    assert names(export_folder) == []


async def test_a_selection_and_what_is_found_can_be_written(drive: Drive, export_folder: Path) -> None:
    async with drive() as reader:
        await reader.search("map")
        await reader.press("enter", "v", "j")
        await opened(reader)
        assert "‹ the selection, 2 papers ›" in reader.screen_text
        await press(reader, "right", "right")
        assert "‹ what map finds ›" in reader.screen_text
        await press(reader, "left", "left")
        await reader.pilot.press("enter")
        await reader.until(lambda: "2 papers written to" in reader.status)
    assert names(export_folder) == ["Selection.md"]


async def test_keys_typed_ahead_write_at_once_and_open_one_screen(drive: Drive, export_folder: Path) -> None:
    async with drive() as reader:
        await reader.press("b")
        reader.type_ahead("e", "e")
        await reader.until(lambda: "1 paper written to" in reader.status)
        assert reader.app.screen is reader.main
    assert names(export_folder) == ["Bookmarks.md"]


async def test_a_path_is_completed_remembered_and_refused_where_a_file_is_not_readers(
    drive: Drive, tmp_path: Path
) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "mine.md").write_text("mine")
    async with drive() as reader:
        await reader.press("b")
        screen = await opened(reader)
        await press(reader, "tab")
        box = screen.query_one(PathBox)
        assert box.value.endswith("exports/Bookmarks.md")
        box.value = f"{tmp_path}/thesis/mi"
        await reader.until(lambda: box._suggestion)
        await press(reader, "tab")
        assert box.value == f"{tmp_path}/thesis/mine.md"
        assert "was not written by reader" in reader.screen_text
        await press(reader, "enter")
        assert reader.app.screen is screen
        box.value = f"{tmp_path}/no/list.md"
        await looked(reader)
        await press(reader, "enter")
        assert "there is no folder" in reader.screen_text
        box.value = f"{tmp_path}/thesis/list.md"
        await press(reader, "up", "g", "j", "right")
        assert box.value == f"{tmp_path}/thesis/list"
        await press(reader, "right", "left", "left")
        assert box.value == f"{tmp_path}/thesis/list.md"
        await reader.pilot.press("enter")
        await reader.until(lambda: "1 paper written to" in reader.status)
        await opened(reader)
        assert reader.app.screen.query_one(PathBox).value == f"{tmp_path}/thesis/list.md"
        assert "replaces what reader wrote there" in reader.screen_text
    assert (tmp_path / "thesis" / "mine.md").read_text() == "mine"


async def test_entries_go_only_when_the_user_says_so(drive: Drive, export_folder: Path) -> None:
    path = export_folder / "Bookmarks.md"
    async with drive() as reader:
        await reader.press("b", "j", "b", "e", "e")
        path.write_text(path.read_text() + "\nmy own words\n")
        await reader.press("b")
        for key, stays in (("escape", True), ("enter", False)):
            await opened(reader)
            assert "what you wrote in the file stays" in reader.screen_text
            await reader.pilot.press("enter")
            await reader.until(lambda: isinstance(reader.app.screen, Question), "the question")
            assert "1 paper of the file left Bookmarks" in reader.screen_text
            await reader.pilot.press(key)
            await reader.until(lambda: reader.app.screen is reader.main)
            await reader.answered()
            assert (TITLES[1] in path.read_text()) == stays
            assert "my own words" in path.read_text()


# what is written, without a screen


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Callable[[], Session]]:
    path = fill(tmp_path / "library.db")
    kept: list[Session] = []

    def make() -> Session:
        made = make_session(path, tmp_path / "exports")
        recall(made, tmp_path / "state")
        kept.append(made)
        return made

    library.keep(make().store, [1, 2], now=NOW, origin="test")
    yield make
    for each in kept:
        each.close()


def ordered(session: Session, tmp_path: Path, typed: str, form: str = "markdown") -> Outcome | Unsure:
    return write(session.store, session, tmp_path, Order(BOOKMARKS, form, None, typed, tmp_path))


def test_a_file_of_which_nobody_can_say_whose_it_is_is_asked_about(
    session: Callable[[], Session], tmp_path: Path
) -> None:
    here = session()
    (tmp_path / "list.csv").write_text("mine")
    unsure = ordered(here, tmp_path, "list.csv", "csv")
    assert isinstance(unsure, Unsure)
    assert unsure.no is None
    assert (tmp_path / "list.csv").read_text() == "mine"
    order, drop = unsure.yes
    done = write(here.store, here, tmp_path, order, drop=drop)
    assert isinstance(done, Outcome)
    assert done.words == "2 papers written to ~/list.csv"


def test_a_path_and_a_format_are_remembered_from_one_run_to_the_next(
    session: Callable[[], Session], tmp_path: Path
) -> None:
    ordered(session(), tmp_path, "a.bib", "bibtex")
    (tmp_path / "sub").mkdir()
    assert session().exported == {"list:Bookmarks": Exported("~/a.bib", "bibtex")}
    ordered(session(), tmp_path, "sub/")
    assert session().exported == {"list:Bookmarks": Exported("~/sub/", "markdown")}
    assert (tmp_path / "sub" / "Bookmarks.md").is_file()


def test_a_folder_typed_with_a_slash_is_made_and_no_other(session: Callable[[], Session], tmp_path: Path) -> None:
    here = session()
    ordered(here, tmp_path, "new/")
    assert names(tmp_path / "new") == ["Bookmarks.md"]
    with pytest.raises(LibraryError, match="does not exist"):
        ordered(here, tmp_path, "other/list.md")
    assert not (tmp_path / "other").exists()


def test_the_key_of_the_settings_writes_unless_it_moves_here(session: Callable[[], Session], tmp_path: Path) -> None:
    here = session()
    for keys, writes in ((("e",), "e"), (("E", "j"), "E")):
        here.keymap = keymap({"export": keys, "down": ["down"]}, {})
        worker = Worker(here.library_path, lambda _: None)
        bound = ExportScreen(worker, here, [BOOKMARKS], tmp_path)._bindings.key_to_bindings
        assert [each.action for each in bound[writes]] == ["choose"]
        assert [each.action for each in bound["j"]] == ["move(1)"]


def test_a_vault_is_written_and_again(session: Callable[[], Session], tmp_path: Path) -> None:
    here = session()
    for words in ("3 notes written", "0 notes written"):
        done = ordered(here, tmp_path, "vault", "obsidian")
        assert isinstance(done, Outcome)
        assert done.words == f"2 papers in ~/vault: {words}"
    looked = look(here.store, here, Order(BOOKMARKS, "obsidian", None, "vault", tmp_path))
    assert isinstance(looked, library.ExportPreview)
    assert (looked.fate, looked.lines[0]) == ("merged", "---")
    assert "\n".join(looked.lines) in "".join(path.read_text() for path in sorted((tmp_path / "vault").iterdir()))


def test_a_file_shows_what_it_showed(session: Callable[[], Session], tmp_path: Path) -> None:
    here = session()
    options = library.options_of(None)
    order = Order(BOOKMARKS, "markdown", type(options)(abstracts=False), "a.md", tmp_path)
    write(here.store, here, tmp_path, order)
    before = (tmp_path / "a.md").read_text()
    ordered(here, tmp_path, "a.md")
    assert (tmp_path / "a.md").read_text() == before


def test_what_is_not_readers_is_refused_in_words(session: Callable[[], Session], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("mine")
    with pytest.raises(LibraryError, match="was not written by reader") as refused:
        ordered(session(), tmp_path, "a.md")
    assert "--force" not in str(refused.value)


def test_what_was_exported_is_kept_beside_where_the_app_was_left(tmp_path: Path) -> None:
    file = tmp_path / left_off.FILE
    for number in range(60):
        left_off.note(file, library="/a", exported=(f"list:{number}", Exported(f"~/{number}.md")))
    left_off.note(file, library="/b", place=left_off.Place())
    known = left_off.read(file)
    assert list(known.exports["/a"]) == [f"list:{number}" for number in range(10, 60)]
    assert list(known.places) == ["/b"]
