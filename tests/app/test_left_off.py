"""Where the user left off, from one run to the next, and the card that is shown once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conftest import Driven, make_session
from app.made_up import PAPERS, TITLES, fill
from reader.app import left_off
from reader.app.beginning import recall
from reader.app.division import Division
from reader.app.first_keys import FirstKeys
from reader.app.left_off import LeftOff, Place
from reader.app.reader_app import ReaderApp

PLACE = Place("maps sort:date", "detail", "bookmarks", "abc", "def", 3, Division(columns=700, no_text=True))
MANY = [{"title": f"Paper {number:03}"} for number in range(700)]


@asynccontextmanager
async def run(folder: Path, *, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Driven]:
    """One run over the library of that folder, left as `q` leaves it."""
    session = make_session(folder / "library.db", folder)
    recall(session, folder / "state")
    app = ReaderApp(session)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Driven(app, pilot, session)
            await reader.answered()
            yield reader
            app.exit()
            assert app.left is not None
            session.when_left(app.left)
    finally:
        session.close()


def test_what_is_noted_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "folder" / left_off.FILE
    left_off.note(file, library="/a", place=PLACE)
    left_off.note(file, keys_seen=True)
    left_off.note(file, library="/b", place=Place())
    assert left_off.read(file) == LeftOff(keys_seen=True, places={"/a": PLACE, "/b": Place()})


def test_only_the_newest_libraries_are_remembered(tmp_path: Path) -> None:
    file = tmp_path / left_off.FILE
    for number in [*range(60), 20]:
        left_off.note(file, library=str(number), place=Place())
    assert list(left_off.read(file).places) == [*(str(n) for n in range(10, 60) if n != 20), "20"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"places": 3}', '{"places": {"/a": 3}}', "\0", "[" * 99_999]
)
def test_garbage_is_passed_over(tmp_path: Path, content: str) -> None:
    file = tmp_path / left_off.FILE
    file.write_text(content, encoding="utf-8")
    assert left_off.read(file) == LeftOff()
    left_off.note(file, library="/a", place=PLACE)
    assert left_off.read(file).places == {"/a": PLACE}


@given(
    st.dictionaries(st.sampled_from(["query", "pane", "line", "paper", "more"]), st.none() | st.integers() | st.text())
)
def test_what_cannot_be_understood_of_a_place_has_its_default(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("state") / left_off.FILE
    file.write_text(json.dumps({"places": {"/a": told}}), encoding="utf-8")
    place = left_off.read(file).places["/a"]
    assert place.query == (told["query"] if isinstance(told.get("query"), str) else "")
    assert place.line == (told["line"] if isinstance(told.get("line"), int) else 0)


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / left_off.FILE).mkdir()
    left_off.note(tmp_path / left_off.FILE, library="/a", place=PLACE)
    assert left_off.read(tmp_path / left_off.FILE) == LeftOff()


async def test_the_app_opens_where_it_was_left(tmp_path: Path) -> None:
    fill(tmp_path / "library.db", PAPERS)
    left_off.note(tmp_path / "state" / left_off.FILE, keys_seen=True)
    async with run(tmp_path) as reader:
        await reader.press("j", "b", "j", "b", "3", "j", "1")
        await reader.search("sort:title map")
        await reader.press("enter", "j", "enter")
        shown = reader.sheet
        assert reader.focused == "detail"
    async with run(tmp_path) as reader:
        assert reader.box.value == "sort:title map"
        assert reader.focused == "detail"
        assert reader.sheet == shown
        assert reader.papers.cursor == 1
        assert reader.row(reader.bookmarks) != reader.rows(reader.bookmarks)[0]
        await reader.press("escape", "escape")
        assert reader.box.value == ""


async def test_the_panes_are_as_they_were_left(tmp_path: Path) -> None:
    fill(tmp_path / "library.db", PAPERS)
    left_off.note(tmp_path / "state" / left_off.FILE, keys_seen=True)
    async with run(tmp_path) as reader:
        await reader.press("ctrl+right", "ctrl+right", "B")
    async with run(tmp_path) as reader:
        assert (reader.papers.region.width, reader.detail.region.width) == (72, 48)
        assert not reader.bookmarks.display
    file = tmp_path / "state" / left_off.FILE
    told = json.loads(file.read_text(encoding="utf-8"))
    (place,) = told["places"].values()
    place["panes"] |= {"columns": 10**9, "rows": "many", "no_text": None, "no_bookmarks": False}
    file.write_text(json.dumps(told), encoding="utf-8")
    assert next(iter(left_off.read(file).places.values())).panes == Division(columns=850)


async def test_a_paper_far_down_comes_back_on_its_line(tmp_path: Path) -> None:
    fill(tmp_path / "library.db", MANY)
    left_off.note(tmp_path / "state" / left_off.FILE, keys_seen=True)
    async with run(tmp_path) as reader:
        await reader.press("G", "k", "k", "k")
        before = reader.papers.cursor, reader.papers.top, reader.row()
        assert reader.papers.cursor == 696
    async with run(tmp_path) as reader:
        assert (reader.papers.cursor, reader.papers.top, reader.row()) == before


async def test_a_paper_that_is_gone_leaves_the_cursor_on_the_first(tmp_path: Path) -> None:
    fill(tmp_path / "library.db", PAPERS)
    place = Place(pane="wat", shown_list="wat", paper="nosuchkey", line=99)
    library = str((tmp_path / "library.db").absolute())
    left_off.note(tmp_path / "state" / left_off.FILE, library=library, place=place, keys_seen=True)
    async with run(tmp_path) as reader:
        assert (reader.papers.cursor, reader.papers.top, reader.focused) == (0, 0, "papers")


async def test_the_first_keys_are_shown_once_and_a_key_does_what_it_does(tmp_path: Path) -> None:
    fill(tmp_path / "library.db", PAPERS)
    async with run(tmp_path) as reader:
        await reader.until(lambda: isinstance(reader.app.screen, FirstKeys))
        assert "Six keys" in reader.screen_text
        await reader.pilot.press("j")
        await reader.until(lambda: reader.papers.cursor == 1)
        assert reader.sheet.startswith(TITLES[1])
    async with run(tmp_path) as reader:
        await reader.pilot.pause(0.2)
        assert reader.app.screen is reader.main


async def test_an_empty_library_says_how_to_fill_it_instead(tmp_path: Path) -> None:
    fill(tmp_path / "library.db", [])
    async with run(tmp_path) as reader:
        await reader.pilot.pause(0.2)
        assert reader.app.screen is reader.main
        assert "Your library is empty" in reader.screen_text
    assert not left_off.read(tmp_path / "state" / left_off.FILE).keys_seen
