from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from reader.library import Summary
from reader.store import Store
from reader.store.annotations import joined_note
from reader.store.journal import Recorder

AT = "2026-03-01T09:00:00+00:00"


@pytest.fixture
def papers(store: Store, import_papers: Callable[..., Summary]) -> list[int]:
    import_papers(*({"title": f"Paper {n}"} for n in range(4)))
    return sorted(store.papers.ids())


def change(store: Store, what: Callable[[Recorder], object]) -> object:
    with store.journal.recording(kind="annotate", label="", at=AT, origin="") as step:
        return what(step)


def tag(store: Store, papers: list[int], name: str) -> object:
    return change(store, lambda step: len(store.annotations.tag(step, papers, name)))


def mark(store: Store, papers: list[int], **marks: bool) -> object:
    return change(store, lambda step: len(store.annotations.mark(step, papers, **marks)))


def test_a_tag_is_one_tag_whatever_its_case_and_keeps_its_first_spelling(store: Store, papers: list[int]) -> None:
    assert tag(store, papers[:2], "Größe") == 2
    assert tag(store, papers[1:3], "GRÖSSE") == 1
    assert [(found.name, found.count) for found in store.annotations.tags()] == [("Größe", 3)]
    assert list(store.annotations.tagged("grösse")) == papers[:3]
    assert [paper.tags for paper in store.papers.get(papers)] == [("Größe",)] * 3 + [()]
    assert change(store, lambda step: store.annotations.untag(step, papers, "größe")) == set(papers[:3])
    assert store.annotations.tags() == []


def test_marks_are_set_apart_and_leave_no_row_where_there_is_none(store: Store, papers: list[int]) -> None:
    assert mark(store, papers[:2], read=True) == 2
    assert mark(store, papers[1:3], dismissed=True) == 2
    assert mark(store, papers[:2], read=True) == 0
    assert [(paper.read, paper.dismissed) for paper in store.papers.get(papers)] == [
        (True, False),
        (True, True),
        (False, True),
        (False, False),
    ]
    assert [(row.read, row.dismissed) for row in store.papers.rows(papers[:2])] == [(True, False), (True, True)]
    assert mark(store, papers, read=False, dismissed=False) == 3
    assert store.database.value("select count(*) from marks") == 0


def test_a_note_is_written_changed_and_taken_away(store: Store, papers: list[int]) -> None:
    for text, changes in (("one\ntwo", True), ("one\ntwo", False), ("three", True), (None, True), (None, False)):
        done = change(store, partial(store.annotations.set_note, paper=papers[0], text=text, at=AT))
        assert (done, store.papers.get(papers[:1])[0].note) == (changes, text)


def test_everything_is_counted(store: Store, papers: list[int]) -> None:
    tag(store, papers, "x")
    tag(store, papers[:1], "y")
    mark(store, papers[:3], read=True)
    change(store, lambda step: store.annotations.set_note(step, papers[0], "n", at=AT))
    counts = store.papers.counts()
    assert (counts.tags, counts.notes, counts.read, counts.dismissed) == (2, 1, 3, 0)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (None, "a", "a"),
        ("a", "a", "a"),
        ("a", "b", "a\n\nb"),
        ("a\n\nb", "b", "a\n\nb"),
        ("b", "a\n\nb", "a\n\nb"),
        ("ab", "b", "ab\n\nb"),
        ("a\nb", "b", "a\nb\n\nb"),
    ],
)
def test_two_notes_become_one_with_the_words_of_both(one: str | None, other: str, both: str) -> None:
    assert joined_note(one, other) == both
    assert joined_note(both, other) == both


def test_unread_and_dismissed_papers_are_found_through_small_indexes(store: Store) -> None:
    for sql, index in (
        ("select paper from marks where read", "marks_read"),
        ("select paper from marks where dismissed", "marks_dismissed"),
        ("select paper from tags where folded = 'x'", "tags_by_tag"),
    ):
        plan = " ".join(row[3] for row in store.database.rows(f"explain query plan {sql}"))
        assert f"INDEX {index}" in plan
