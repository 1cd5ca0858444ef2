"""The search box: what stands behind the cursor, what is underlined, and the card that explains the language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.conftest import Drive, Driven
from reader import library
from reader.app.language_card import LanguageCard
from reader.search.fields import FIELDS, OPERATORS


async def named(reader: Driven) -> None:
    """Wait until the library's names are known."""
    searching = reader.main._searching
    await reader.until(lambda: searching._named == searching._changes, "the names")


def line(reader: Driven) -> str:
    return reader.screen_text.splitlines()[0].strip()


async def test_the_name_of_a_field_and_a_value_are_taken_with_the_right_arrow(drive: Drive) -> None:
    async with drive() as reader:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        library.keep(
            reader.session.store, reader.papers.ids[:2], now=now, origin=reader.session.origin, list_name="To read"
        )
        reader.main._searching.changed()
        await reader.press("slash", *"li")
        await named(reader)
        assert (line(reader), reader.box.value) == ("/ list:", "li")
        await reader.press("right", *"to")
        assert (line(reader), reader.box.value) == ("/ list:to read", "list:to")
        await reader.press("right")
        assert (reader.box.value, len(reader.rows())) == ('list:"To read"', 2)
        await reader.press("right", "left", "left", "x")
        assert reader.box.value == 'list:"To reaxd"'


async def test_inside_a_text_nothing_is_offered_and_the_arrow_moves(drive: Drive) -> None:
    async with drive() as reader:
        await named(reader)
        await reader.press("slash", *"ti", "left")
        assert line(reader) == "/ ti"
        await reader.press("right")
        assert (line(reader), reader.box.value) == ("/ title:", "ti")
        await reader.press("shift+left")
        assert line(reader) == "/ ti"


async def test_names_that_come_while_the_app_runs_are_offered(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("b", "slash", *"has:t")
        await named(reader)
        assert line(reader) == "/ has:tag"
        await reader.search("@m")
        assert line(reader) == "/ @m"
        store, now = reader.session.store, datetime(2026, 1, 1, tzinfo=UTC)
        library.save_search(store, "maps", "map", now=now, origin="command")
        await reader.until(lambda: reader.main._searching._changes > 1, "news of the change")
        await named(reader)
        await reader.until(lambda: line(reader) == "/ @maps")


async def test_a_question_mark_in_the_empty_box_shows_the_language_and_elsewhere_is_one(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        await reader.press("slash", "question_mark")
        assert isinstance(reader.app.screen, LanguageCard)
        for example in [example for example, _ in OPERATORS] + [field.example for field in FIELDS]:
            assert example in reader.screen_text
        assert all(words in reader.screen_text for words in ("misspellings count", "added, title", "dismissed"))
        await reader.press("escape")
        assert (reader.focused, reader.box.value) == ("search", "")
        await reader.press("a", "question_mark")
        assert reader.box.value == "a?"
        reader.type_ahead("backspace", "backspace", "b", "question_mark")
        await reader.until(lambda: reader.box.value == "b?")
        assert len(reader.app.screen_stack) == 1


def underlined(reader: Driven) -> str:
    strip = reader.box.render_line(0)
    return "".join(s.text for s in strip if s.style is not None and s.style.underline)


async def test_what_was_not_understood_is_underlined_once_it_is_left(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("maps tag:zz")
        reader.box.cursor_position = len(reader.box.value)
        assert underlined(reader) == ""
        await reader.press("space")
        assert underlined(reader) == "tag:zz"
        assert "there is no tag like “zz”" in reader.status
        await reader.press(*"year:20 cat")
        assert underlined(reader) == "tag:zzyear:20"
        assert "year: takes a year or two" in reader.status
        await reader.search("maps tag:")
        reader.box.cursor_position = len(reader.box.value)
        assert underlined(reader) == ""
        await reader.press("enter")
        assert underlined(reader) == "tag:"
        await reader.search("maps")
        assert underlined(reader) == ""


@pytest.mark.parametrize(
    "unfinished", [" tag:", " year:20", ' "', " (", " -", " @", " or", " tag:zz", " sort:", " is:"]
)
async def test_what_is_not_finished_changes_nothing_of_what_is_shown(drive: Drive, unfinished: str) -> None:
    papers = [{"title": f"Map number {n:02}", "abstract": f"A map of {n}."} for n in range(40)]
    papers += [{"title": f"Chart {n:02}", "abstract": "No map is as good."} for n in range(10)]
    async with drive(papers) as reader:
        await reader.search("map")
        reader.papers.move_to(30)
        paper, rows = reader.row(), reader.rows()
        drawn: list[list[str]] = []
        shown = reader.papers.show_papers

        def watched(*arguments: object, **options: object) -> None:
            shown(*arguments, **options)  # type: ignore[arg-type] # passed on as they are
            drawn.append(reader.rows())

        reader.papers.show_papers = watched  # type: ignore[method-assign] # to see every state that is drawn
        await reader.search(f"map{unfinished}")
        assert reader.row() == paper
        assert all(each == rows for each in drawn)
