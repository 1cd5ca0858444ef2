"""Asking from the list: related papers, another order, saved searches and lists, and the way back."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from textual.widgets import Input

from app.conftest import LEAD, Drive, Driven
from app.made_up import PAPERS
from reader import library
from reader.app.lists_screen import ListsScreen
from reader.app.name_screen import NameScreen
from reader.app.row_list import RowList

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def heading(reader: Driven) -> str:
    return str(reader.papers.border_title)


def found(reader: Driven) -> set[str]:
    return {row.strip(LEAD) for row in reader.rows()}


def highlighted(row_list: RowList) -> set[str]:
    lines = (row_list.render_line(y) for y in range(row_list.size.height))
    return {s.text.casefold() for line in lines for s in line if s.style is not None and s.style.underline}


def in_text(reader: Driven) -> set[str]:
    lines = (reader.detail.render_line(y) for y in range(reader.detail.size.height))
    return {s.text.casefold() for line in lines for s in line if s.style is not None and s.style.underline}


# related papers


TANGENTS = [
    {"title": "Tangent kernels of wide walls", "arxiv_id": "2401.00001"},
    {"title": "Tangent spaces and wide doors"},
    {"title": "Kernels of walnuts in walls", "abstract": "A wall has a kernel."},
    *({"title": f"Filler {n}"} for n in range(20)),
]


async def test_related_papers_are_listed_with_the_words_they_share_and_escape_leads_back(drive: Drive) -> None:
    async with drive(TANGENTS) as reader:
        await reader.search("wal")
        await reader.press("enter", "j")
        paper = reader.row()
        assert paper == "Kernels of walnuts in walls"
        await reader.press("R")
        assert reader.focused == "papers"
        assert reader.box.value.startswith("related:")
        assert heading(reader) == f"Related to {paper}"
        assert (reader.row(), reader.papers.cursor) == ("Tangent kernels of wide walls", 0)
        assert "Alike in: kernels, walls" in reader.sheet
        assert in_text(reader) == {"kernels", "walls"}
        assert reader.status == "Most alike first"
        await reader.press("escape")
        assert (reader.box.value, reader.row(), reader.focused) == ("wal", paper, "papers")
        assert "Alike in" not in reader.sheet
        await reader.press("escape")
        assert (reader.box.value, reader.row()) == ("", paper)


async def test_only_the_words_that_a_paper_itself_shares_stand_out_in_it(drive: Drive) -> None:
    async with drive(TANGENTS) as reader:
        await reader.press("R")
        assert reader.box.value == "related:2401.00001"
        shown = {reader.papers.render_line(y).text.strip(LEAD): y for y in range(2)}
        lines = {title: reader.papers.render_line(y) for title, y in shown.items()}
        marks = {
            title: {s.text for s in line if s.style is not None and s.style.underline} for title, line in lines.items()
        }
        assert marks == {
            "Tangent spaces and wide doors": {"Tangent", "wide"},
            "Kernels of walnuts in walls": {"Kernels", "walls"},
        }


async def test_related_papers_of_related_papers_lead_back_one_by_one(drive: Drive) -> None:
    async with drive(TANGENTS) as reader:
        await reader.press("R")
        first = reader.box.value
        await reader.press("R")
        second = reader.box.value
        assert second not in ("", first)
        await reader.press("escape")
        assert reader.box.value == first
        await reader.press("escape")
        assert (reader.box.value, reader.row()) == ("", TANGENTS[0]["title"])
        await reader.press("slash", "up")
        assert reader.box.value == ""  # only what was typed is recalled


async def test_escape_from_related_papers_leads_back_to_the_same_screen_and_up_to_what_was_typed(drive: Drive) -> None:
    papers = [{"title": f"Paper {n:03} on kettles", "abstract": "Kettles and tea, at length."} for n in range(60)]
    async with drive(papers, size=(80, 24)) as reader:
        await reader.search("kettles")
        await reader.press("enter", "G", "k", "k", "k")
        before = reader.rows()
        await reader.press("R", "j", "R")
        assert reader.box.value.startswith("related:")
        await reader.press("escape", "escape")
        assert (reader.rows(), reader.box.value) == (before, "kettles")
        await reader.press("escape", "slash", "up", "up")
        assert reader.box.value == "kettles"


async def test_a_query_typed_over_the_related_papers_is_cleared_by_escape(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("R")
        await reader.search("maps")
        await reader.press("enter", "escape")
        assert (reader.box.value, len(reader.rows())) == ("", 12)


async def test_without_a_paper_nothing_is_related(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("zzqqxx")
        await reader.press("enter", "R")
        assert reader.box.value == "zzqqxx"


# order


async def test_s_goes_through_every_order_and_the_status_names_it(drive: Drive) -> None:
    async with drive() as reader:
        seen = []
        for _ in library.SORT_FIELDS:
            await reader.press("s")
            seen.append((reader.box.value, reader.status))
        assert seen == [
            *((f"sort:{order}", f"Sorted by {order}") for order in library.SORT_FIELDS[1:]),
            ("", "Newest page first"),
        ]
        assert heading(reader) == "Papers · 12"


async def test_orders_chosen_in_a_hurry_are_counted_one_by_one(drive: Drive) -> None:
    async with drive() as reader:
        reader.type_ahead("s", "s", "s")
        await reader.until(lambda: reader.box.value == "sort:upvotes")
        await reader.answered()
        assert reader.row() == "Do Clouds Have Edges?"


async def test_another_order_begins_at_its_top_and_keeps_the_words(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("the")
        await reader.press("enter", "G", "s")
        assert reader.box.value == "the sort:date"
        assert reader.papers.cursor == 0
        await reader.press("slash")
        await reader.search("the sort:title")
        assert [row.strip(LEAD) for row in reader.rows()] == sorted(row.strip(LEAD) for row in reader.rows())
        assert "sorted by title" in reader.status.casefold()


async def test_an_order_inside_a_saved_search_can_be_left(drive: Drive) -> None:
    async with drive() as reader:
        library.save_search(reader.session.store, "old", "map sort:title", now=NOW, origin=reader.session.origin)
        await reader.search("@old")
        assert "title" in reader.status
        await reader.press("enter", "s")
        assert reader.box.value == "@old sort:relevance"
        assert reader.status == "Best first"


# saved searches and lists


async def test_a_query_gets_a_name_is_listed_and_run(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("map")
        await reader.press("enter", "w")
        assert isinstance(reader.app.screen, NameScreen)
        await reader.press(*"my", "space", *"maps", "enter")
        assert reader.status == "saved the search my maps: map"
        assert "u takes it back" in reader.screen_text
        await reader.press("escape", "j", "b", "l")
        await reader.until(lambda: "@ my maps" in reader.screen_text)
        assert "★ Bookmarks" in reader.screen_text
        await reader.press("j")
        await reader.until(lambda: "A saved search: map · finds 2 papers" in reader.screen_text)
        assert 'In a query: @"my maps"' in reader.screen_text
        await reader.press("enter")
        assert reader.box.value == '@"my maps"'
        assert found(reader) == {"Seventeen Ways to Fold a Map", "Cartography for Cats"}
        await reader.press("l", "enter")
        assert (reader.box.value, len(reader.rows())) == ("list:Bookmarks", 1)
        await reader.press("escape", "escape")
        assert (reader.box.value, len(reader.rows())) == ("", 12)


async def test_a_saved_search_is_renamed_and_forgotten_and_undo_brings_it_back(drive: Drive) -> None:
    async with drive() as reader:
        library.save_search(reader.session.store, "maps", "map", now=NOW, origin=reader.session.origin)
        await reader.press("l")
        await reader.until(lambda: "@ maps" in reader.screen_text)
        await reader.press("j", "r")
        assert reader.app.screen.query_one(Input).value == "maps"
        await reader.press(*["backspace"] * 4, *"charts", "enter")
        assert reader.status == "renamed the search maps to charts"
        await reader.until(lambda: "@ charts" in reader.screen_text)
        await reader.press("d", "escape")
        assert reader.status == "forgot the search charts"
        assert reader.session.store.searches.all() == []
        await reader.press("u", "u")
        assert [search.name for search in reader.session.store.searches.all()] == ["maps"]


async def test_a_name_that_is_taken_or_none_changes_nothing(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("w")
        assert reader.status.startswith("Nothing is asked")
        await reader.search("map")
        await reader.press("enter", "w", "enter", "space", "enter", "escape")
        assert len(reader.app.screen_stack) == 1
        await reader.press("w")
        reader.type_ahead(*["x"] * 120, "enter")
        await reader.until(lambda: reader.toasts)
        assert reader.session.store.searches.all() == []


async def test_leaving_the_list_of_lists_asks_nothing(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("map")
        await reader.press("enter", "l")
        assert isinstance(reader.app.screen, ListsScreen)
        await reader.press("escape")
        assert reader.box.value == "map"


# what is highlighted


async def test_repaired_words_phrases_and_words_of_fields_stand_out_and_unwanted_ones_do_not(drive: Drive) -> None:
    async with drive() as reader:
        await reader.search("teepots")
        assert highlighted(reader.papers) == {"te", "pots"}
        await reader.search('"wooden chairs" -teapots')
        assert highlighted(reader.papers) == {"wooden", "chairs"}
        await reader.search("wooden -chairs")
        assert "chairs" not in highlighted(reader.papers) | in_text(reader)
        await reader.search("title:corridors")
        assert highlighted(reader.papers) == {"corridors"}
        assert len([1 for line in reader.sheet.splitlines() if "Corridors" in line]) > 1
        assert in_text(reader) == {"corridors"}


# typing


async def test_a_query_typed_deleted_and_typed_again_in_a_hurry_ends_where_typing_it_slowly_does(drive: Drive) -> None:
    query = 'map -"wood" (cats or fold) year:..2030 sort:title'
    async with drive(PAPERS) as reader:
        await reader.press("slash")
        for letter in query:
            await reader.press("space" if letter == " " else letter)
        slowly = (reader.screen_text, list(reader.papers.ids), reader.papers.cursor)
        await reader.press("escape")
        chance = random.Random(0)
        keys: list[str] = []
        at = 0
        while at < len(query):  # forwards and back, in the end all of it
            step = min(chance.randrange(1, 9), len(query) - at)
            keys += ["space" if letter == " " else letter for letter in query[at : at + step]]
            at += step
            if chance.random() < 0.4:
                back = chance.randrange(at + 1)
                keys += ["backspace"] * back
                at -= back
            if len(keys) > 200:
                chance.random = lambda: 1.0  # type: ignore[method-assign] # enough of going back
        while keys:
            burst, keys = keys[:40], keys[40:]
            reader.type_ahead(*burst)
            await reader.pilot.pause(chance.choice([0, 0, 0.01]))
        await reader.until(lambda: reader.box.value == query, "the whole query")
        await reader.answered()
        assert (reader.screen_text, list(reader.papers.ids), reader.papers.cursor) == slowly


async def test_where_nothing_is_like_a_paper_the_list_says_which_key_leads_back(drive: Drive) -> None:
    async with drive([{"title": "Solitary"}, {"title": "Otherwise"}]) as reader:
        await reader.search("solitary")
        await reader.press("enter", "R")
        assert reader.rows() == ["  Nothing is like it: Esc leads back"]
        await reader.press("escape")
        assert (reader.box.value, reader.row()) == ("solitary", "Solitary")


async def test_the_text_shows_what_queries_can_ask_for(drive: Drive) -> None:
    async with drive() as reader:
        store, paper = reader.session.store, reader.papers.current
        assert paper is not None
        library.tag(store, [paper], "todo", now=NOW, origin="test")
        library.set_note(store, paper, "See the [second] proof", now=NOW, origin="test")
        library.dismiss(store, [paper], now=NOW, origin="test")
        await reader.search("is:dismissed tag:todo note:proof")
        assert "unread · dismissed" in reader.sheet
        assert "#todo\nNote: See the [second] proof" in reader.sheet


async def test_s_in_the_bookmarks_shows_the_papers_that_it_sorts(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        await reader.press("3", "s")
        assert (reader.box.value, reader.focused) == ("sort:date", "papers")
        assert reader.papers.display
