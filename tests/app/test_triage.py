"""Deciding on papers: marks, selections, dwelling, tags, notes, reading lists and filters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

from app.conftest import LEAD, Drive, Driven
from app.made_up import NOW, TITLES
from reader import library
from reader.app.chip_row import ChipRow
from reader.app.label_screen import LabelScreen
from reader.app.modals import Question
from reader.app.note_screen import NoteScreen
from reader.errors import LibraryError
from reader.store import Store
from reader.store.annotations import Annotations


def heading(reader: Driven) -> str:
    return str(reader.papers.border_title)


def lists(reader: Driven) -> dict[str, list[str]]:
    store = reader.session.store
    titles = store.papers.titles(store.papers.ids())
    return {each.name: [titles[paper] for paper in store.lists.entries(each.id)] for each in store.lists.all()}


async def test_unread_is_seen_and_m_marks_as_read_and_back(drive: Drive) -> None:
    async with drive() as reader:
        assert reader.rows()[0].startswith("▌• ")
        await reader.press("m")
        assert reader.status == f"read: {TITLES[0]}"
        assert reader.rows()[0].startswith("▌  ")
        await reader.press("m")
        assert reader.rows()[0].startswith("▌• ")
        await reader.press("u", "u")
        assert reader.status == f"undone: read: {TITLES[0]}"


async def test_x_dismisses_one_paper_a_key_however_fast_and_brings_back_where_they_are_shown(drive: Drive) -> None:
    async with drive() as reader:
        reader.type_ahead("j", "x", "x")
        await reader.until(lambda: heading(reader) == "Papers · 10")
        assert reader.row().split("  ")[0] == TITLES[3]
        reader.type_ahead("G", "x", "x")
        await reader.until(lambda: heading(reader) == "Papers · 9")
        await reader.answered()
        assert heading(reader) == "Papers · 9"
        await reader.search("is:dismissed")
        await reader.press("enter")
        assert [row.strip(LEAD).split("  ")[0] for row in reader.rows()] == [TITLES[1], TITLES[2], TITLES[11]]
        assert reader.rows()[0][1] == "×"
        await reader.press("x")
        assert heading(reader) == "Papers · 2 of 12"


async def test_what_is_taken_back_or_done_again_is_under_the_cursor(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("j", "m", "j", "x", "v", "j", "b", "G", "u")
        assert reader.row().startswith(TITLES[3])  # the first of two
        await reader.press("j", "u")
        assert reader.row().startswith(TITLES[2])  # it came back
        await reader.press("u", "G", "ctrl+r")
        assert reader.row().startswith(TITLES[1])
        await reader.press("G", "ctrl+r", "ctrl+r")
        assert reader.row().startswith(TITLES[3])  # after the one that left
        await reader.press("G", "V", "b", "u")
        assert reader.row().startswith(TITLES[-1])  # one of all


async def test_what_is_taken_back_out_of_sight_moves_no_cursor_later(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("b", "j", "m")
        await reader.search("Cartography")
        await reader.press("enter", "u")
        assert reader.status == f"undone: read: {TITLES[1]}"
        await reader.press("3", "ctrl+r", "1", "escape")
        assert reader.row().startswith("Cartography")


async def test_the_cursor_moves_on_by_itself_where_that_is_set(drive: Drive) -> None:
    async with drive() as reader:
        reader.session.settings = replace(reader.session.settings, advance=True)
        reader.type_ahead("m", "b", "x", "m")
        await reader.until(lambda: reader.papers.cursor == 3 and heading(reader) == "Papers · 11")
        await reader.answered()
        assert lists(reader) == {"Bookmarks": [TITLES[1]]}
        ids = reader.session.store.papers.ids()
        assert [reader.session.store.annotations.marks([paper]).get(paper) for paper in ids[:5]] == [
            (True, False), None, (False, True), (True, False), None
        ]  # fmt: skip


async def test_resting_on_a_paper_reads_it_and_starting_or_passing_does_not(drive: Drive) -> None:
    async with drive() as reader:
        reader.session.settings = replace(reader.session.settings, dwell_seconds=0.2)
        await reader.pilot.pause(0.4)
        reader.type_ahead("j", "j", "j")
        await reader.until(lambda: reader.status == f"read: {TITLES[3]}")
        assert [row[1] for row in reader.rows()[:5]] == ["•", "•", "•", " ", "•"]


async def test_a_selection_is_seen_and_every_key_acts_on_all_of_it(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("j", "v", "j", "j", "k", "j")
        assert heading(reader) == "Papers · 12 · 3 selected"
        assert [row[0] for row in reader.rows()[:5]] == [" ", "+", "+", "▌", " "]
        await reader.press("b")
        assert reader.status == "bookmarked: 3 papers"
        assert heading(reader) == "Papers · 12"
        await reader.press("V", "escape", "g", "v", "j", "x")
        assert reader.status == "dismissed: 2 papers"
        assert heading(reader) == "Papers · 10"
        await reader.press("v", "delete")
        await reader.until(lambda: "Remove this paper?" in reader.screen_text)
        await reader.press("escape", "escape")
        assert heading(reader) == "Papers · 10"


async def test_many_are_asked_about_once_with_their_number(drive: Drive) -> None:
    papers = [{"title": f"Paper {n:03}"} for n in range(120)]
    async with drive(papers) as reader:
        await reader.press("V")
        assert heading(reader) == "Papers · 120 · 120 selected"
        await reader.pilot.press("m")
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        assert "Mark as read or not 120 papers?" in reader.screen_text
        await reader.press("y")
        assert reader.status == "read: 120 papers"
        await reader.press("u")
        assert reader.status == "undone: read: 120 papers"


async def test_tags_are_completed_made_and_taken_as_one_change(drive: Drive) -> None:
    async with drive() as reader:
        store = reader.session.store
        ids = store.papers.ids()
        library.tag(store, [ids[0]], "vision", now=NOW, origin=reader.session.origin)
        library.tag(store, ids[:2], "old", now=NOW, origin=reader.session.origin)
        await reader.press("v", "j", "t")
        await reader.until(lambda: "~ vision" in reader.screen_text)
        assert "✓ old" in reader.screen_text
        assert "2 papers" in reader.screen_text
        await reader.press(*"vis", "enter", *"todo", "enter", *"OLD", "enter", "escape")
        assert reader.status == "tagged vision, todo; no longer tagged old: 2 papers"
        assert [paper.tags for paper in store.papers.get(ids[:2])] == [("todo", "vision")] * 2
        assert reader.rows()[0].startswith(f" •  {TITLES[0]} # ")
        await reader.press("u")
        assert [paper.tags for paper in store.papers.get(ids[:2])] == [("old", "vision"), ("old",)]


async def test_what_is_typed_ahead_of_a_screen_is_not_lost(drive: Drive) -> None:
    async with drive() as reader:
        reader.type_ahead("t", *"todo")
        await reader.until(lambda: "Make the tag “todo”" in reader.screen_text)
        await reader.press("enter", "escape")
        assert reader.status == f"tagged todo: {TITLES[0]}"
        reader.type_ahead("t", *"ab", "enter", *"tod", "enter", "escape")
        await reader.until(lambda: reader.status == f"tagged ab; no longer tagged todo: {TITLES[0]}")
        reader.type_ahead("L", *"Thesis", "enter", "escape")
        await reader.until(lambda: reader.status == f"put into Thesis: {TITLES[0]}", reader.status)
        reader.type_ahead("l", "j", "enter")
        await reader.until(lambda: reader.box.value == "list:Thesis")
        await reader.press("escape")
        reader.type_ahead("n", *"words")
        await reader.until(lambda: "words" in reader.screen_text)
        await reader.press("escape")
        assert reader.status == f"note written: {TITLES[0]}"


async def test_keys_typed_ahead_are_dealt_with_in_the_order_they_were_typed(drive: Drive) -> None:
    async with drive() as reader:
        reader.type_ahead("j", "j", "t", *"todo", "enter", "escape")
        await reader.until(lambda: reader.status == f"tagged todo: {TITLES[2]}", reader.status)
        reader.type_ahead("j", "n", *"words", "escape")
        await reader.until(lambda: reader.status == f"note written: {TITLES[3]}", reader.status)


async def test_a_note_is_kept_however_its_editor_is_left(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("n", *"See", "enter", *"there", "escape")
        assert reader.session.store.annotations.note(reader.papers.current or 0) == "See\nthere"
        assert reader.rows()[0].startswith(f"▌•  {TITLES[0]} ✎ ")
        await reader.press("n", *"!", "ctrl+s")
        assert reader.session.store.annotations.note(reader.papers.current or 0) == "See\nthere!"
        await reader.pilot.press("j", "n", *"unsaved")
        paper = reader.papers.current or 0
    with Store.open(reader.session.library_path) as store:
        assert store.annotations.note(paper) == "unsaved"


async def test_a_note_that_cannot_be_written_is_opened_again(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryError("the disk is full", "make room")

    async with drive() as reader:
        with monkeypatch.context() as failing:
            failing.setattr(Annotations, "set_note", full)
            await reader.pilot.press("n", *"words", "escape")
            await reader.until(lambda: "the disk is full" in reader.screen_text)
        assert isinstance(reader.app.screen, NoteScreen)
        assert reader.app.screen.query_one(TextArea).text == "words"
        await reader.press("escape")
        assert reader.status == f"note written: {TITLES[0]}"


async def test_reading_lists_are_made_filled_turned_to_and_put_in_order(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("b", "V", "L")
        await reader.until(lambda: "~ Bookmarks" in reader.screen_text)
        await reader.press(*"Thesis", "enter", "escape")
        assert reader.status == "put into Thesis: 12 papers"
        await reader.press("right_square_bracket")
        assert str(reader.bookmarks.border_title) == "Thesis · 12 · list 2 of 2 [ ]"
        assert reader.focused == "bookmarks"
        await reader.press("J", "J")
        assert lists(reader)["Thesis"][:4] == [TITLES[1], TITLES[2], TITLES[0], TITLES[3]]
        assert reader.row(reader.bookmarks).split("  ")[0] == TITLES[0]
        await reader.press("v", "k", "K")
        assert lists(reader)["Thesis"][:3] == [TITLES[2], TITLES[0], TITLES[1]]
        await reader.press("escape", "b")
        assert reader.status == f"removed from Thesis: {TITLES[2]}"
        await reader.press("f", *"spoons")
        await reader.answered()
        assert reader.box.value == "list:Thesis spoons"
        assert heading(reader) == "Papers · 1 of 12"


async def test_lists_are_arranged_on_their_screen_and_a_deleted_one_comes_back(drive: Drive) -> None:
    async with drive() as reader:
        store = reader.session.store
        for name in ("Thesis", "Later"):
            library.keep(store, store.papers.ids()[:3], now=NOW, origin="test", list_name=name)
        before = lists(reader)
        await reader.press("l")
        await reader.until(lambda: "★ Later" in reader.screen_text)
        await reader.press("G", "K")
        await reader.until(lambda: [*lists(reader)] == ["Bookmarks", "Later", "Thesis"])
        await reader.press("d")
        await reader.until(lambda: "★ Later" not in reader.screen_text)
        await reader.press("g", "d")
        await reader.until(lambda: "'Bookmarks' cannot be deleted" in reader.screen_text)
        await reader.press("escape", "u", "u")
        assert reader.status == "undone: moved the list Later to place 2"
        assert lists(reader) == before


async def test_filters_light_with_what_is_typed_and_write_what_they_are(drive: Drive) -> None:
    async with drive() as reader:
        row = reader.main.query_one(ChipRow)
        await reader.press("m", "F", "enter")
        assert reader.box.value == "is:unread "
        assert "● unread" in reader.screen_text
        assert heading(reader) == "Papers · 11 of 12"
        await reader.press("2", "2", "1")
        assert reader.box.value == ""
        await reader.press("4")
        await reader.until(lambda: "2024" in reader.screen_text and "Only papers of one year" in reader.screen_text)
        await reader.press(*"2024", "enter")
        assert reader.box.value == "year:2024 "
        assert "● year 2024" in reader.screen_text
        await reader.pilot.click(row, offset=(4, 0))
        await reader.answered()
        assert reader.box.value == "is:unread year:2024 "
        await reader.search("has:code spoons")
        assert "● has code" in reader.screen_text


async def test_a_filter_shows_the_papers_it_is_of_where_the_bookmarks_hide_them(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        await reader.press("3", "F", "enter")
        assert reader.main.shown_list == "papers"


async def test_where_the_screen_is_low_there_are_no_filters_and_the_key_says_so(drive: Drive) -> None:
    async with drive(size=(80, 14)) as reader:
        await reader.press("F")
        assert not reader.main.query_one(ChipRow).display
        assert reader.status.startswith("There is no room for the filters")


async def test_u_takes_back_what_this_window_did_although_others_did_something_since(
    drive: Drive, tmp_path: Path
) -> None:
    async with drive() as reader:
        await reader.press("b")
        with Store.open(tmp_path / "library.db") as other:
            library.keep(other, [other.papers.ids()[5]], now=NOW, origin="command")
        await reader.press("u")
        assert reader.status == f"undone: bookmarked: {TITLES[0]}"
        assert lists(reader) == {"Bookmarks": [TITLES[5]]}
        await reader.press("ctrl+r", "m")
        with Store.open(tmp_path / "library.db") as other:
            library.dismiss(other, [other.papers.ids()[0]], now=NOW, origin="command")
        await reader.pilot.press("u")
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        words = str(reader.app.screen.query_one(Static).content)
        assert words.endswith(f"It has to do with what you did before: read: {TITLES[0]}.")


async def test_what_another_window_took_back_is_only_done_again_when_the_user_is_sure(
    drive: Drive, tmp_path: Path
) -> None:
    async with drive() as reader:
        await reader.press("b")
        with Store.open(tmp_path / "library.db") as other:
            library.undo(other)
        await reader.pilot.press("ctrl+r")
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        assert "Do this again?" in reader.screen_text
        await reader.press("y")
        assert reader.status == f"done again: bookmarked: {TITLES[0]}"


async def test_without_a_paper_every_key_is_harmless(drive: Drive) -> None:
    async with drive([]) as reader:
        await reader.press("m", "x", "v", "V", "t", "n", "L", "J", "K", "F")
        assert not isinstance(reader.app.screen, LabelScreen | NoteScreen)


async def test_what_takes_a_moment_is_said_before_it_is_done(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.app.acting._AT_ONCE", 2)
    async with drive() as reader:
        said: list[str] = []
        monkeypatch.setattr(reader.main, "say", lambda words, **_: said.append(words))
        await reader.press("v", "j", "b")
        assert not any("…" in words for words in said)
        await reader.press("v", "j", "j", "m")
        assert "Mark as read or not: 3 papers…" in said
