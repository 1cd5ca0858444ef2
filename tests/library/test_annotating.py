from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from library.rows import NOW, bring, rows, soundness, stored, titled
from reader.errors import NothingFound, UsageError
from reader.library import (
    Annotation,
    Summary,
    dismiss,
    find_source,
    forget_search,
    keep,
    mark_read,
    mark_unread,
    merge_papers,
    redo,
    remove_papers,
    remove_source,
    rename_search,
    restore,
    save_search,
    set_note,
    tag,
    undo,
    untag,
)
from reader.library.annotating import LONGEST_NOTE, add_note, retag, toggle_dismissed, toggle_read
from reader.store import Store
from reader.store.annotations import joined_note

AARDVARKS = {"title": "Aardvarks", "abstract": "On ants."}
BADGERS = {"title": "Badgers", "abstract": "On setts."}

Change = Callable[[Store, int], Annotation]
TOUCHES: dict[str, Change] = {
    "tag": lambda s, paper: tag(s, [paper], "x", now=NOW, origin="test"),
    "note": lambda s, paper: set_note(s, paper, "A note.", now=NOW, origin="test"),
    "read": lambda s, paper: mark_read(s, [paper], now=NOW, origin="test"),
    "dismissed": lambda s, paper: dismiss(s, [paper], now=NOW, origin="test"),
}
UNTOUCHES: dict[str, Change] = {
    "tag": lambda s, paper: untag(s, [paper], "X", now=NOW, origin="test"),
    "note": lambda s, paper: set_note(s, paper, " ", now=NOW, origin="test"),
    "read": lambda s, paper: mark_unread(s, [paper], now=NOW, origin="test"),
    "dismissed": lambda s, paper: restore(s, [paper], now=NOW, origin="test"),
}


@pytest.fixture
def papers(store: Store, import_papers: Callable[..., Summary]) -> list[int]:
    import_papers(*({"title": f"Paper {n}"} for n in range(4)))
    return sorted(store.papers.ids())


@pytest.mark.parametrize(
    ("change", "done", "idle"),
    [
        ("tag", "tagged x: Paper 0", "already tagged x: Paper 0"),
        ("note", "note written: Paper 0", "the note is the same: Paper 0"),
        ("read", "read: Paper 0", "already read: Paper 0"),
        ("dismissed", "dismissed: Paper 0", "already dismissed: Paper 0"),
    ],
)
def test_each_is_one_step_that_is_undone_and_done_again(
    store: Store, papers: list[int], change: str, done: str, idle: str
) -> None:
    before = rows(store)
    assert TOUCHES[change](store, papers[0]) == Annotation(done, 1)
    after = rows(store)
    assert after != before
    assert TOUCHES[change](store, papers[0]) == Annotation(idle, 0)
    assert undo(store) == done
    assert rows(store) == before
    assert redo(store) == done
    assert rows(store) == after
    assert UNTOUCHES[change](store, papers[0]).changed == 1
    assert rows(store) == before
    assert UNTOUCHES[change](store, papers[0]).changed == 0


def test_several_papers_are_one_step(store: Store, papers: list[int], now: datetime) -> None:
    assert tag(store, papers, " to  read ", now=now, origin="test") == Annotation("tagged to read: 4 papers", 4)
    assert mark_read(store, [*papers, papers[0]], now=now, origin="test").changed == 4
    assert undo(store)
    assert undo(store)
    assert [(paper.tags, paper.read) for paper in stored(store)] == [((), False)] * 4


@pytest.mark.parametrize("touch", TOUCHES)
def test_what_the_user_touched_stays_when_its_source_goes(store: Store, touch: str) -> None:
    bring(store, AARDVARKS, BADGERS, name="page")
    TOUCHES[touch](store, titled(store, "Badgers"))
    done = remove_source(store, find_source(store, "page"), now=NOW, origin="test")
    assert (done.gone, done.kept) == (1, 1)
    assert [paper.paper.title for paper in stored(store)] == ["Badgers"]


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_paper_that_is_removed_takes_it_all_with_it_and_brings_it_back(store: Store, touch: str) -> None:
    bring(store, AARDVARKS)
    TOUCHES[touch](store, titled(store, "Aardvarks"))
    before = rows(store)
    remove_papers(store, [titled(store, "Aardvarks")], now=NOW, origin="test")
    assert not any(rows(store)[table] for table in ("tags", "notes", "marks"))
    undo(store)
    assert (rows(store), soundness(store)) == (before, [])


def test_two_papers_that_become_one_join_what_the_user_made_of_them(store: Store) -> None:
    bring(store, AARDVARKS, BADGERS)
    first, second = titled(store, "Aardvarks"), titled(store, "Badgers")
    for paper, names, note in ((first, ("x", "y"), "One."), (second, ("Y", "z"), "Two.")):
        for name in names:
            tag(store, [paper], name, now=NOW, origin="test")
        set_note(store, paper, note, now=NOW, origin="test")
    mark_read(store, [first], now=NOW, origin="test")
    dismiss(store, [second], now=NOW, origin="test")
    before = rows(store)
    merge_papers(store, first, second, now=NOW, origin="test")
    (one,) = stored(store)
    assert (one.tags, one.note, one.read, one.dismissed) == (("x", "y", "z"), "One.\n\nTwo.", True, True)
    undo(store)
    assert rows(store) == before


def test_a_record_that_proves_two_papers_one_joins_it_too(store: Store) -> None:
    bring(store, {**AARDVARKS, "arxiv_id": "2512.00001"}, BADGERS)
    tag(store, [titled(store, "Badgers")], "x", now=NOW, origin="test")
    bring(store, {**BADGERS, "arxiv_id": "2512.00001"}, name="other")
    assert [paper.tags for paper in stored(store)] == [("x",)]


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\x1bb", "a\udcffb"])
def test_what_cannot_name_a_tag_or_a_search_is_refused(store: Store, papers: list[int], name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a tag"):
        tag(store, papers, name, now=NOW, origin="test")
    with pytest.raises(UsageError, match="cannot name a saved search"):
        save_search(store, name, "x", now=NOW, origin="test")


def test_a_note_keeps_its_lines_and_is_stored_whatever_it_holds(store: Store, papers: list[int]) -> None:
    set_note(store, papers[0], "  one\r\n\n two \udcff\n", now=NOW, origin="test")
    assert store.papers.get(papers[:1])[0].note == "one\n\n two ?"
    with pytest.raises(UsageError, match="at most"):
        set_note(store, papers[0], "x" * (LONGEST_NOTE + 1), now=NOW, origin="test")


def test_searches_are_saved_renamed_and_forgotten(store: Store) -> None:
    assert save_search(store, "Kernels", " neural  tangent ", now=NOW, origin="test").changed == 1
    assert save_search(store, "kernels", "neural tangent", now=NOW, origin="test").changed == 0
    assert rename_search(store, "KERNELS", "kernels", now=NOW, origin="test").changed == 1
    save_search(store, "Ants", "ants", now=NOW, origin="test")
    with pytest.raises(UsageError, match="already"):
        rename_search(store, "ants", "Kernels", now=NOW, origin="test")
    assert forget_search(store, "ants", now=NOW, origin="test").label == "forgot the search Ants"
    assert [(found.name, found.query) for found in store.searches.all()] == [("kernels", "neural tangent")]
    with pytest.raises(NothingFound, match="ants"):
        forget_search(store, "ants", now=NOW, origin="test")
    with pytest.raises(UsageError, match="empty query"):
        save_search(store, "Nothing", " ", now=NOW, origin="test")


@pytest.mark.parametrize("query", ["  ", "cats year:soon", "is:purple", "sort:luck cats"])
def test_a_query_that_is_not_understood_is_not_saved(store: Store, query: str) -> None:
    with pytest.raises(UsageError, match="query"):
        save_search(store, "Cats", query, now=NOW, origin="test")
    assert save_search(store, "Later", "list:Unheard-of @nobody", now=NOW, origin="test").changed == 1


def test_tags_are_given_and_taken_in_one_step(import_papers: Callable[..., Summary], store: Store) -> None:
    import_papers({"title": "A"}, {"title": "B"})
    tag(store, [1], "old", now=NOW, origin="test")
    done = retag(store, [1, 2], add=["new"], remove=["OLD"], now=NOW, origin="test")
    assert (done.changed, [each.name for each in store.annotations.tags()]) == (2, ["new"])
    assert undo(store) == done.label
    assert [each.name for each in store.annotations.tags()] == ["old"]


def test_a_note_is_added_below_those_there_are(import_papers: Callable[..., Summary], store: Store) -> None:
    import_papers({"title": "A"}, {"title": "B"})
    set_note(store, 1, "First.", now=NOW, origin="test")
    assert add_note(store, [1, 2], "More.", now=NOW, origin="test").changed == 2
    assert store.annotations.note(1) == joined_note("First.", "More.")
    assert store.annotations.note(2) == "More."
    assert add_note(store, [1], "  ", now=NOW, origin="test").changed == 0
    with pytest.raises(UsageError, match="at most"):
        add_note(store, [1], "x" * LONGEST_NOTE, now=NOW, origin="test")


def test_marks_are_turned_until_all_have_them(import_papers: Callable[..., Summary], store: Store) -> None:
    import_papers({"title": "A"}, {"title": "B"})
    mark_read(store, [1], now=NOW, origin="test")
    for turn, place in ((toggle_read, 0), (toggle_dismissed, 1)):
        turn(store, [1, 2], now=NOW, origin="test")
        assert [store.annotations.marks([1, 2])[paper][place] for paper in (1, 2)] == [True, True]
        turn(store, [1, 2], now=NOW, origin="test")
        assert not any(mark[place] for mark in store.annotations.marks([1, 2]).values())


@pytest.mark.parametrize("change", [*TOUCHES.values(), lambda s, paper: keep(s, [paper], now=NOW, origin="test")])
def test_a_paper_that_was_removed_meanwhile_is_named_as_such(store: Store, change: Change) -> None:
    bring(store, AARDVARKS)
    paper = titled(store, "Aardvarks")
    remove_papers(store, [paper], now=NOW, origin="test")
    with pytest.raises(NothingFound, match="removed meanwhile"):
        change(store, paper)
