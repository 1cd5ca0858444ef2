"""A library goes out into a file and comes in again, whole: into an empty library, twice, and beside another one."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from library import test_undoing_at_random as made_up
from library.rows import NOW, bring, rows, soundness, stored, titled
from reader.errors import UnreadableInput, UsageError
from reader.library import (
    Summary,
    dismiss,
    drop,
    export,
    find_source,
    import_text,
    importing,
    keep,
    mark_read,
    merge_papers,
    preview,
    redo,
    remove_source,
    save_search,
    set_note,
    sources,
    split_paper,
    tag,
    undo,
)
from reader.library.inputs import Pasted
from reader.store import Store
from reader.store.orders import ORDERS
from reader.text import LONGEST_NAME

LATER = NOW + timedelta(days=40)
AARDVARKS = {"title": "Aardvarks", "abstract": "On ants.", "arxiv_id": "2512.00001", "comments": 3}
BADGERS = {"title": "Badgers", "abstract": "On setts.", "published": "--01-15", "upvotes": 5}
CRANES = {"title": "Cranes", "abstract": "On flying.", "doi": "10.1/c"}

BY_KEY = {
    "papers": "select key, day, rank, title, title_key, published, published_inferred, comments, upvotes, "
    "author_count, arxiv_id, arxiv_version, doi, url, organization, authors, categories, links, coalesce(added, at) "
    "from papers join steps on steps.id = step",
    "texts": "select key, abstract, summary from texts join papers on papers.id = paper",
    "identifiers": "select key, value from identifiers join papers on papers.id = paper",
    "sources": "select digest, name, kind, page_date, page_date_inferred, page_year, day, seen from sources",
    "sightings": "select digest, key, s.rank, s.printed, s.comments, s.upvotes from sightings s "
    "join sources on sources.id = source join papers on papers.id = paper",
    "joined": "select j.key, p.key, digest, j.rank, record, before from joined j join papers p on p.id = j.paper "
    "join sources on sources.id = j.source",
    "lists": "select name, row_number() over (order by position) from lists",
    "list_entries": "select name, key, e.position, e.added from list_entries e join lists on lists.id = list "
    "join papers on papers.id = paper",
    "tags": "select key, folded, tag from tags join papers on papers.id = paper",
    "notes": "select key, text, changed from notes join papers on papers.id = paper",
    "marks": "select key, read, dismissed from marks join papers on papers.id = paper",
    "saved_searches": "select name, query, row_number() over (order by position) from saved_searches",
}


def by_key(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that a library holds, by what is the same in every library."""
    return {table: sorted(store.database.rows(sql), key=repr) for table, sql in BY_KEY.items()}


def out(store: Store, **chosen: Any) -> str:
    chunks = export(store, format_name="jsonl", **(chosen or {"everything": True})).chunks
    return "".join(chunks)


def into(store: Store, text: str, *, now: datetime = LATER) -> Summary:
    return import_text(store, text, name="library.jsonl", now=now, origin="test")


def fill(store: Store) -> None:
    """A library with everything in it."""
    bring(store, AARDVARKS, BADGERS, CRANES, name="2026-01-31.jsonl")
    bring(store, {**BADGERS, "upvotes": 9}, CRANES, {"title": "Dormice"}, name="page", now=NOW + timedelta(hours=1))
    bring(store, {"title": "Elks"}, name="gone", now=NOW + timedelta(hours=2))
    badgers, cranes, elks = (titled(store, title) for title in ("Badgers", "Cranes", "Elks"))
    keep(store, [cranes, badgers], now=NOW, origin="test")
    keep(store, [badgers, elks], now=LATER, origin="test", list_name="Later")
    keep(store, [badgers], now=NOW, origin="test", list_name="Empty")
    drop(store, [badgers], now=NOW, origin="test", list_name="Empty")
    tag(store, [badgers, elks], "Größe", now=NOW, origin="test")
    set_note(store, cranes, "One.\n\nTwo.", now=NOW, origin="test")
    mark_read(store, [badgers, cranes], now=NOW, origin="test")
    dismiss(store, [cranes], now=NOW, origin="test")
    save_search(store, "Flying", "flying cranes", now=NOW, origin="test")
    save_search(store, "Ants", "ants", now=NOW, origin="test")
    remove_source(store, find_source(store, "gone"), now=NOW, origin="test")
    merge_papers(store, titled(store, "Aardvarks"), titled(store, "Dormice"), now=NOW, origin="test")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "other.db") as opened:
        yield opened


def test_a_library_comes_out_of_its_file_equal(store: Store, other: Store) -> None:
    fill(store)
    text = out(store)
    summary = into(other, text)
    assert (summary.files, summary.records, summary.added, summary.merged) == (1, 4, 4, 0)
    assert by_key(other) == by_key(store)
    assert stored(other) != []
    assert other.papers.get(other.papers.ids()) == store.papers.get(store.papers.ids())
    assert [(found.name, found.count) for found in other.lists.all()] == [("Bookmarks", 2), ("Later", 2), ("Empty", 0)]
    assert out(other) == text
    for order in ORDERS:
        titles = [
            [library.papers.titles([id_])[id_] for id_ in library.papers.ids(order=order)] for library in (store, other)
        ]
        assert titles[0] == titles[1], order
    assert soundness(other) == []
    assert [found.name for found in sources(other)] == [found.name for found in sources(store)]


def test_what_was_joined_can_still_be_split(store: Store, other: Store) -> None:
    bring(store, {"title": "Foxes", "abstract": "On cunning, at length."}, name="one")
    bring(store, {"title": "Foxes", "abstract": "On cunning at length", "arxiv_id": "2512.00009"}, name="two")
    assert len(stored(store)) == 1
    into(other, out(store))
    split_paper(other, titled(other, "Foxes"), now=LATER, origin="test")
    assert [paper.paper.title for paper in stored(other)] == ["Foxes", "Foxes"]
    text = out(other)
    split_paper(store, titled(store, "Foxes"), now=LATER, origin="test")
    assert by_key(other)["papers"] == by_key(store)["papers"]
    with libraries("third") as (third,):
        into(third, text)  # papers that are two in their library are two in every other
        assert by_key(third) == by_key(other)


def test_coming_in_twice_changes_nothing(store: Store, other: Store) -> None:
    fill(store)
    text = out(store)
    for target in (other, store):
        into(target, text)
        before, newest = rows(target), target.journal.newest()
        summary = into(target, text)
        assert (summary.records, summary.unchanged) == (4, 4)
        assert (rows(target), target.journal.newest()) == (before, newest)


def test_undo_and_redo_of_what_came_in(store: Store, other: Store) -> None:
    fill(store)
    bring(other, {**CRANES, "upvotes": 2}, {"title": "Foxes"}, name="page of my own")
    keep(other, [titled(other, "Cranes")], now=NOW, origin="test", list_name="LATER")
    set_note(other, titled(other, "Cranes"), "Mine.", now=NOW, origin="test")
    before = rows(other)
    into(other, out(store))
    after = rows(other)
    assert undo(other) == "imported 3 papers from library.jsonl"
    assert (rows(other), soundness(other)) == (before, [])
    redo(other)
    assert (rows(other), soundness(other)) == (after, [])


def test_beside_what_is_there_everything_is_united(store: Store, other: Store) -> None:
    fill(store)
    bring(other, {"title": "Foxes"}, {**CRANES, "abstract": "On flying and more of it."}, name="page of my own")
    foxes, cranes = titled(other, "Foxes"), titled(other, "Cranes")
    own_key = other.papers.get([cranes])[0].key
    keep(other, [foxes], now=NOW, origin="test", list_name="LATER")
    keep(other, [foxes, cranes], now=NOW, origin="test")
    tag(other, [cranes, foxes], "GRÖSSE", now=NOW, origin="test")
    set_note(other, cranes, "Mine.", now=NOW, origin="test")
    save_search(other, "flying", "foxes that fly", now=NOW, origin="test")
    summary = into(other, out(store))
    assert (summary.records, summary.added, summary.merged, summary.unchanged) == (4, 3, 1, 0)
    (united,) = other.papers.get([cranes])
    assert (united.key, united.note, united.read, united.dismissed) == (own_key, "Mine.\n\nOne.\n\nTwo.", True, True)
    (cranes_key,) = (paper.key for paper in stored(store) if paper.paper.title == "Cranes")
    assert other.papers.find(cranes_key) == [(cranes, own_key)]
    titles = {
        found.name: [other.papers.titles([id_])[id_] for id_ in other.lists.entries(found.id)]
        for found in other.lists.all()
    }
    assert titles == {"Bookmarks": ["Foxes", "Cranes", "Badgers"], "LATER": ["Foxes", "Badgers", "Elks"], "Empty": []}
    assert [(found.name, found.count) for found in other.annotations.tags()] == [("GRÖSSE", 4)]
    found = [(search.name, search.query) for search in other.searches.all()]
    assert found == [("flying", "foxes that fly"), ("Flying 2", "flying cranes"), ("Ants", "ants")]
    before = rows(other)
    assert into(other, out(store)).unchanged == 4
    assert rows(other) == before


def test_only_what_a_reading_list_needs_goes_with_it(store: Store, other: Store) -> None:
    fill(store)
    bring(store, {"title": "Foxes"}, name="of no use")
    text = out(store, list_name="later")
    assert into(other, text).added == 2
    assert [found.name for found in other.lists.all()] == ["Bookmarks", "Later"]
    assert [found.name for found in sources(other)] == ["page", "2026-01-31.jsonl"]
    assert other.searches.all() == []
    assert out(other, list_name="later") == text


def test_a_library_without_papers_carries_its_lists(store: Store, other: Store) -> None:
    bring(store, BADGERS)
    keep(store, [titled(store, "Badgers")], now=NOW, origin="test", list_name="Later")
    undo_none = out(store)
    text = "\n".join(line for line in undo_none.splitlines() if '"title"' not in line)
    assert into(other, text).files == 1
    assert [found.name for found in other.lists.all()] == ["Bookmarks", "Later"]
    assert undo(other) == "imported lists, sources and searches from library.jsonl"
    assert [found.name for found in other.lists.all()] == ["Bookmarks"]
    assert sources(other) == []


def test_a_damaged_line_is_rejected_alone(store: Store, other: Store) -> None:
    fill(store)
    lines = out(store).splitlines()
    papers = [number for number, line in enumerate(lines, 1) if '"title"' in line]
    source = next(number for number, line in enumerate(lines, 1) if '"about": "source"' in line)
    lines[papers[0] - 1] = lines[papers[0] - 1][:-20]
    lines[source - 1] = lines[source - 1].replace('"digest"', '"d"')
    summary = into(other, "\n".join(lines))
    assert summary.rejected[0].reason == "digest is missing"
    assert [each.line for each in summary.rejected] == [source, papers[0]]
    assert (summary.records, summary.added) == (3, 3)
    assert soundness(other) == []


def test_a_file_of_a_newer_version_is_refused_with_the_way_out(store: Store) -> None:
    text = '{"about": "library of reader", "version": 2}\n{"about": "list", "name": "Later"}\n'
    with pytest.raises(UnreadableInput, match="version 2, this one reads up to 1") as refused:
        into(store, text)
    assert refused.value.hint == "upgrade reader"
    assert store.journal.newest() is None


def test_what_a_later_version_adds_is_passed_over(store: Store) -> None:
    lines = [
        {"about": "library of reader", "version": 1, "colour": "green"},
        {"about": "mood", "name": "fine"},
        {"about": "list", "name": "Later", "colour": "green"},
        {"title": "Foxes", "key": "a" * 16, "mood": 7},
    ]
    summary = into(store, "\n".join(map(json.dumps, lines)))
    assert (summary.added, summary.rejected) == (1, ())


def test_what_search_prints_comes_in_with_what_the_user_made_of_it(store: Store, other: Store) -> None:
    from reader.export import jsonl

    fill(store)
    papers = store.papers.get(store.papers.ids())
    text = "\n".join(jsonl.line(paper, score=0.5) for paper in papers)
    assert into(other, text).added == 4
    again = {paper.paper.title: paper for paper in stored(other)}
    for paper in papers:
        found = again[paper.paper.title]
        for name in ("tags", "note", "read", "dismissed"):
            assert getattr(found, name) == getattr(paper, name)
        assert set(found.lists) == set(paper.lists)
        assert other.papers.find(paper.key)[0][1] == found.key
    before = rows(other)
    assert into(other, text).unchanged == 4
    assert rows(other) == before
    undo(other)
    assert (stored(other), [found.name for found in other.lists.all()]) == ([], ["Bookmarks"])


def test_a_preview_knows_what_is_there_already(store: Store, other: Store) -> None:
    fill(store)
    text = out(store)
    assert preview(other, Pasted(text)).new == 4
    into(other, text)
    look = preview(other, Pasted(text))
    assert (look.kinds, look.records, look.new, look.rejected) == (("library file",), 4, 0, 0)


def test_papers_that_come_in_are_hidden_until_all_are_there(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    text = out(store)
    before = rows(other)
    other.journal.newest()

    def fail(*_: object, **__: object) -> None:
        assert [(found.name, found.count) for found in other.lists.all() if found.count] == []
        assert (list(other.papers.ids()), other.annotations.tags(), other.papers.counts().read) == ([], [], 0)
        raise OSError("no more room")

    monkeypatch.setattr("reader.library.importing._Importer._finish", fail)
    with pytest.raises(OSError, match="no more room"):
        into(other, text)
    assert (rows(other), soundness(other)) == (before, [])


def annotated(store: Store, chance: random.Random) -> None:
    """A library of papers that were united, split, removed, kept and annotated in a random order."""
    pages = [[made_up.record(chance) for _ in range(chance.randrange(1, 7))] for _ in range(3)]
    for _ in range(chance.randrange(2, 14)):
        made_up.change(store, chance, pages)
        ids = list(store.papers.ids())
        if ids and chance.random() < 0.4:
            keep(store, [chance.choice(ids)], now=NOW, origin="test", list_name=chance.choice(["Later", "ähm", "x y"]))


@contextmanager
def libraries(*names: str) -> Iterator[tuple[Store, ...]]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        yield tuple(stack.enter_context(Store.open(Path(folder, name))) for name in names)


@given(chance=st.randoms(use_true_random=False), batch=st.sampled_from([1, 2, 100]))
@budget(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_library_comes_out_of_its_file_equal_and_beside_any_other(chance: random.Random, batch: int) -> None:
    with (
        libraries("one", "empty", "other") as (one, empty, other),
        patch.multiple(importing, _FIRST_BATCH=batch, _SMALLEST_BATCH=batch, _LARGEST_BATCH=batch),
    ):
        annotated(one, chance)
        text = out(one)
        into(empty, text)
        assert by_key(empty) == by_key(one)
        assert out(empty) == text
        assert soundness(empty) == []
        annotated(other, chance)
        assert_it_goes_in_once_and_out_again(other, text)


def assert_it_goes_in_once_and_out_again(store: Store, text: str) -> None:
    before = rows(store)
    first = into(store, text)
    assert first.records == first.added + first.merged + first.unchanged
    after = rows(store)
    assert into(store, text).unchanged == first.records
    assert (rows(store), soundness(store)) == (after, [])
    if after != before:
        undo(store)
        assert (rows(store), soundness(store)) == (before, [])
        redo(store)
        assert rows(store) == after


@budget(max_examples=40)
@given(title=st.text(), note=st.text(), name=st.text(max_size=LONGEST_NAME), query=st.text())
def test_whatever_the_user_typed_comes_out_as_it_was(title: str, note: str, name: str, query: str) -> None:
    with libraries("one", "other") as (one, other):
        bring(one, {"title": f"x{title}", "abstract": title})
        paper = one.papers.ids()[0]
        set_note(one, paper, note, now=NOW, origin="test")
        with suppress(UsageError):
            tag(one, [paper], name, now=NOW, origin="test")
            keep(one, [paper], now=NOW, origin="test", list_name=name)
            save_search(one, name, query, now=NOW, origin="test")
        text = out(one)
        into(other, text)
        assert by_key(other) == by_key(one)
        assert out(other) == text


def test_a_paper_that_no_page_shows_stands_where_it_stood_when_what_came_in_is_undone(
    store: Store, other: Store
) -> None:
    fill(store)
    bring(other, {**CRANES, "upvotes": 1}, name="mine", now=NOW - timedelta(days=9))
    tag(other, [titled(other, "Cranes")], "x", now=NOW, origin="test")
    remove_source(other, find_source(other, "mine"), now=NOW, origin="test")
    assert_it_goes_in_once_and_out_again(other, out(store))


def test_what_came_in_from_many_pages_is_taken_back_in_parts(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", 3)  # each source shows fewer
    fill(store)
    before = by_key(other)
    into(other, out(store))
    undo(other)
    assert (by_key(other), soundness(other)) == (before, [])


def test_a_line_that_stands_twice_in_a_file_is_counted_as_unchanged(store: Store, other: Store) -> None:
    fill(store)
    lines = out(store).splitlines()
    summary = into(other, "\n".join([*lines, *lines]))
    assert (summary.records, summary.added, summary.merged, summary.unchanged) == (8, 4, 0, 4)
    assert by_key(other) == by_key(store)


def test_a_paper_whose_key_another_paper_has_here_comes_in_beside_it_and_once(store: Store) -> None:
    bring(store, {"title": "Elks", "abstract": "On moss.", "arxiv_id": "2512.00007"})
    key = stored(store)[0].key
    head = json.dumps({"about": "library of reader", "version": 1})
    line = json.dumps({"key": key, "title": "Elks", "abstract": "On moss.", "arxiv_id": "2512.00008"})
    assert into(store, f"{head}\n{line}").added == 1
    assert into(store, f"{head}\n{line}").unchanged == 1
    assert [paper.paper.arxiv_id for paper in stored(store)] == ["2512.00007", "2512.00008"]


def test_a_paper_that_is_made_two_again_gives_its_tags_back(
    store: Store, import_papers: Callable[..., Summary], now: datetime
) -> None:
    import_papers({"title": "Foxes"}, {"title": "Vixens"})
    for paper, name in ((1, "red"), (1, "both"), (2, "both"), (2, "young")):
        tag(store, [paper], name, now=now, origin="test")
    before = {paper: store.papers.get([paper])[0].tags for paper in (1, 2)}
    merge_papers(store, 1, 2, now=now, origin="test")
    (lead,) = store.papers.ids()
    assert set(store.papers.get([lead])[0].tags) == {"red", "both", "young"}
    split_paper(store, lead, now=now, origin="test")
    assert sorted(store.papers.get([each])[0].tags for each in store.papers.ids()) == sorted(before.values())


def test_papers_without_a_key_come_in_with_what_somebody_wrote_of_them(store: Store) -> None:
    bring(store, {"title": "Foxes", "arxiv_id": "2512.00009"})
    foxes, vixens = {"title": "Foxes", "arxiv_id": "2512.00009", "tags": ["red"]}, {"title": "Vixens", "read": True}
    assert bring(store, foxes, vixens, name="mine.jsonl").added == 1
    assert [(each.paper.title, each.read, each.tags) for each in stored(store)] == [
        ("Foxes", False, ("red",)), ("Vixens", True, ()),
    ]  # fmt: skip


def test_counts_that_came_in_after_a_merge_stay_when_it_is_taken_apart(store: Store, other: Store) -> None:
    foxes, vixens = {"title": "Foxes", "upvotes": 3}, {"title": "Vixens", "upvotes": 5}
    for library in (store, other):
        bring(library, foxes, vixens)
        merge_papers(library, titled(library, "Foxes"), titled(library, "Vixens"), now=NOW, origin="test")
    (lead,) = store.papers.ids()
    other.database.run("update sightings set upvotes = 9")
    into(store, out(other))
    assert store.database.rows("select paper, upvotes from sightings") == [(lead, 9)]
    split_paper(store, lead, now=LATER, origin="test")
    assert sorted(store.database.rows("select upvotes from sightings")) in ([(3,), (9,)], [(5,), (9,)])


def test_a_name_whose_page_went_since_a_merge_is_not_given_back(store: Store) -> None:
    bring(store, {"title": "Badgers", "abstract": "On setts."}, name="three")
    bring(store, {"title": "Foxes", "abstract": "On cunning, at length."}, name="one")
    bring(store, {"title": "Foxes", "abstract": "On cunning at length", "arxiv_id": "2512.00009"}, name="two")
    merge_papers(store, titled(store, "Badgers"), titled(store, "Foxes"), now=NOW, origin="test")
    (lead,) = store.papers.ids()
    remove_source(store, find_source(store, "two"), now=NOW, origin="test")
    assert store.database.rows("select * from joined") == []
    split_paper(store, lead, now=LATER, origin="test")
    assert sorted(each.paper.title for each in stored(store)) == ["Badgers", "Foxes"]
    assert soundness(store) == []
