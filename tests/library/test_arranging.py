"""Making, naming, ordering and deleting reading lists, and the order of the papers in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.rows import rows
from reader.errors import NothingFound, UsageError
from reader.library import (
    Annotation,
    Summary,
    delete_list,
    find_list,
    keep,
    make_list,
    move_in_list,
    move_list,
    redo,
    relist,
    rename_list,
    undo,
)
from reader.library.arranging import moved
from reader.store import Store

Do = Callable[..., Annotation]


@pytest.fixture
def papers(store: Store, import_papers: Callable[..., Summary], now: datetime) -> list[int]:
    """Six papers, of which four are in "Thesis", not in the order of their ids; and an empty list "Later"."""
    import_papers(*({"title": f"Paper {n}"} for n in range(6)))
    ids = sorted(store.papers.ids())
    keep(store, [ids[2], ids[0], ids[3], ids[1]], now=now, origin="test", list_name="Thesis")
    make_list(store, "Later", now=now, origin="test")
    return ids


@pytest.fixture
def do(store: Store, now: datetime) -> Callable[..., Annotation]:
    def run(change: Do, *arguments: object, **named: object) -> Annotation:
        return partial(change, store, now=now, origin="test")(*arguments, **named)

    return run


def names(store: Store) -> list[str]:
    return [known.name for known in store.lists.all()]


def entries(store: Store, name: str) -> list[int]:
    return list(store.lists.entries(find_list(store, name).id))


CHANGES: dict[str, Callable[[Do, list[int]], Annotation]] = {
    "made the list Ideas": lambda do, ids: do(make_list, " Ideas "),
    "renamed the list Thesis to Diss": lambda do, ids: do(rename_list, "thesis", "Diss"),
    "deleted the list Thesis with 4 papers": lambda do, ids: do(delete_list, "Thesis"),
    "deleted the list Later": lambda do, ids: do(delete_list, "Later"),
    "moved the list Later to place 2": lambda do, ids: do(move_list, "Later", 1),
    "moved up in Thesis: Paper 3": lambda do, ids: do(move_in_list, [ids[3]], -1, list_name="Thesis"),
    "moved down in Thesis: 2 papers": lambda do, ids: do(move_in_list, [ids[0], ids[2]], 1, list_name="Thesis"),
    "moved from Thesis to Later: Paper 0": lambda do, ids: do(relist, [ids[0]], into=["Later"], out_of=["Thesis"]),
    "put into Later, Ideas; removed from Thesis: 2 papers": lambda do, ids: do(
        relist, ids[:2], into=["Later", "Ideas"], out_of=["Thesis"]
    ),
}


@pytest.mark.parametrize("label", CHANGES)
def test_each_change_is_one_step_and_undo_brings_back_every_row(
    store: Store, papers: list[int], do: Do, label: str
) -> None:
    before = rows(store)
    done = CHANGES[label](do, papers)
    assert (done.label, done.changed > 0) == (label, True)
    after = rows(store)
    assert after != before
    assert undo(store) == label
    assert rows(store) == before
    assert redo(store) == label
    assert rows(store) == after


def test_a_deleted_list_leaves_its_papers_and_comes_back_in_its_order(store: Store, papers: list[int], do: Do) -> None:
    order = entries(store, "Thesis")
    do(delete_list, "Thesis")
    assert names(store) == ["Bookmarks", "Later"]
    assert len(store.papers.ids()) == 6
    undo(store)
    assert names(store) == ["Bookmarks", "Thesis", "Later"]
    assert entries(store, "Thesis") == order


@pytest.mark.parametrize(
    "change", [(rename_list, "Bookmarks", "Mine"), (delete_list, "bookmarks"), (move_list, "Bookmarks", 2)]
)
def test_bookmarks_stays_what_it_is(store: Store, papers: list[int], do: Do, change: tuple[object, ...]) -> None:
    before = rows(store)
    with pytest.raises(UsageError, match="Bookmarks"):
        do(*change)
    assert rows(store) == before


def test_names_that_are_taken_or_none_are_refused(store: Store, papers: list[int], do: Do) -> None:
    for change in (
        (make_list, "thesis"),
        (rename_list, "Later", "THESIS"),
        (make_list, ""),
        (rename_list, "Later", "a\x1b"),
    ):
        with pytest.raises(UsageError):
            do(*change)
    with pytest.raises(NothingFound, match="Nowhere"):
        do(delete_list, "Nowhere")
    assert do(rename_list, "later", "LATER").changed == 1
    assert names(store) == ["Bookmarks", "Thesis", "LATER"]


def test_lists_move_among_the_others_but_never_before_bookmarks(store: Store, papers: list[int], do: Do) -> None:
    do(make_list, "Ideas")
    for place, order in (
        (3, ["Later", "Ideas", "Thesis"]),
        (99, ["Later", "Ideas", "Thesis"]),
        (1, ["Thesis", "Later", "Ideas"]),
    ):
        do(move_list, "Thesis", place if place != 3 else 4)
        assert names(store) == ["Bookmarks", *order]
    assert do(move_list, "Thesis", 2).changed == 0


def test_papers_move_in_their_list_and_stop_at_its_ends(store: Store, papers: list[int], do: Do) -> None:
    first, second, third, last = entries(store, "Thesis")
    do(move_in_list, [third], -1, list_name="Thesis")
    assert entries(store, "Thesis") == [first, third, second, last]
    do(move_in_list, [first, third], 1, list_name="Thesis")
    assert entries(store, "Thesis") == [second, first, third, last]
    idle = do(move_in_list, [last], 1, list_name="Thesis")
    assert (idle.changed, idle.label) == (0, "cannot be moved further down in Thesis: Paper 1")
    assert do(move_in_list, [papers[5]], 1, list_name="Thesis").changed == 0


def test_papers_that_share_a_position_can_be_put_in_order(store: Store, papers: list[int], do: Do) -> None:
    store.database.run("update list_entries set position = 7")
    first, second, third, last = entries(store, "Thesis")
    do(move_in_list, [last], -1, list_name="Thesis")
    assert entries(store, "Thesis") == [first, second, last, third]


@given(order=st.lists(st.integers(), unique=True, max_size=12), by=st.integers(-15, 15), data=st.data())
def test_a_moved_block_stays_together_in_order_and_so_does_the_rest(
    order: list[int], by: int, data: st.DataObject
) -> None:
    some = data.draw(st.lists(st.sampled_from(order), unique=True)) if order else []
    found = moved(order, some, by)
    block = [each for each in order if each in some]
    assert sorted(found) == sorted(order)
    assert [each for each in found if each in some] == block
    assert [each for each in found if each not in some] == [each for each in order if each not in some]
    if block:
        start = found.index(block[0])
        assert found[start : start + len(block)] == block
    if len(block) == 1 and abs(by) == 1:
        there = order.index(block[0]) + by
        assert found.index(block[0]) == max(0, min(there, len(order) - 1))
