from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.library import Summary
from reader.store import Store
from reader.store.schema import BOOKMARKS

AT = "2026-03-01T09:00:00+00:00"


@pytest.fixture
def papers(store: Store, import_papers: Callable[..., Summary]) -> list[int]:
    import_papers(*({"title": f"Paper {n}"} for n in range(5)))
    return list(store.papers.ids())


def put(store: Store, list_id: int, papers: list[int]) -> int:
    with store.journal.recording(kind="keep", label="", at=AT, origin="") as step:
        return store.lists.add(step, list_id, papers, at=AT)


def make(store: Store, name: str) -> int:
    with store.journal.recording(kind="keep", label="", at=AT, origin="") as step:
        return store.lists.make(step, name)


def test_a_list_keeps_the_order_in_which_papers_came(store: Store, papers: list[int]) -> None:
    assert put(store, BOOKMARKS, [papers[3], papers[1]]) == 2
    assert put(store, BOOKMARKS, [papers[0], papers[3], papers[0]]) == 1
    assert list(store.lists.entries(BOOKMARKS)) == [papers[3], papers[1], papers[0]]


def test_taking_out_counts_what_was_in(store: Store, papers: list[int]) -> None:
    put(store, BOOKMARKS, papers[:2])
    with store.journal.recording(kind="drop", label="", at=AT, origin="") as step:
        assert store.lists.remove(step, BOOKMARKS, papers) == 2
    assert list(store.lists.entries(BOOKMARKS)) == []


def test_lists_come_in_the_order_they_were_made_with_their_counts(store: Store, papers: list[int]) -> None:
    later = make(store, "Later")
    make(store, "Above all")
    put(store, later, papers[:3])
    found = [(known.name, known.count) for known in store.lists.all()]
    assert found == [("Bookmarks", 0), ("Later", 3), ("Above all", 0)]


@pytest.mark.parametrize("name", ["Straße", "STRASSE", "straße"])
def test_a_list_is_found_whatever_the_case_of_its_name(store: Store, name: str) -> None:
    made = make(store, "Straße")
    found = store.lists.find(name)
    assert found is not None
    assert found.id == made
    assert store.lists.find("Other") is None


def test_any_number_of_papers_can_be_asked_about(store: Store, papers: list[int]) -> None:
    put(store, BOOKMARKS, papers[:2])
    many = [*papers, *range(1_000_000, 1_040_000)]
    assert store.lists.holding(BOOKMARKS, many) == set(papers[:2])
    assert store.lists.holding(BOOKMARKS, []) == set()


def test_a_list_that_is_not_there_is_empty(store: Store) -> None:
    assert list(store.lists.entries(99)) == []
