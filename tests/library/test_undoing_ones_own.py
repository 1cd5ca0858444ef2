"""Each window takes back what it did itself, also when others did something since; never what others rest on."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import pytest

from library.rows import NOW, bring, rows, soundness, titled
from reader.errors import ReaderError
from reader.library import (
    delete_list,
    dismiss,
    keep,
    make_list,
    mark_read,
    merge_papers,
    move_in_list,
    move_list,
    next_to_undo,
    redo,
    relist,
    remove_papers,
    rename_list,
    save_search,
    set_note,
    tag,
    undo,
)
from reader.store import Store
from reader.store.taking_back import TakingBack

ME, OTHER = "window me", "window other"


@pytest.fixture
def filled(store: Store) -> Store:
    bring(store, *({"title": f"Paper {n}", "abstract": f"Words{n}."} for n in range(4)))
    return store


def take_back(store: Store, origin: str = ME) -> str | None:
    step = next_to_undo(store, origin)
    return None if step is None else undo(store, step=step.id)


def paper(store: Store, number: int) -> int:
    return titled(store, f"Paper {number}")


def test_what_others_did_since_stays_where_it_has_nothing_to_do_with_it(filled: Store) -> None:
    keep(filled, [paper(filled, 0)], now=NOW, origin=ME)
    mark_read(filled, [paper(filled, 1)], now=NOW, origin=ME)
    bring(filled, {"title": "New", "abstract": "Newer."}, name="new.jsonl")
    keep(filled, [paper(filled, 2)], now=NOW, origin=OTHER)
    assert take_back(filled) == "read: Paper 1"
    assert take_back(filled) == "bookmarked: Paper 0"
    assert [redo(filled), redo(filled), redo(filled)] == ["bookmarked: Paper 0", "read: Paper 1", None]
    assert take_back(filled, OTHER) == "bookmarked: Paper 2"
    assert [undo(filled), undo(filled)] == ["read: Paper 1", "bookmarked: Paper 0"]
    assert (undo(filled) or "").startswith("imported")


def test_the_newest_of_all_comes_where_a_window_did_nothing(filled: Store) -> None:
    keep(filled, [paper(filled, 2)], now=NOW, origin=OTHER)
    step = next_to_undo(filled, ME)
    assert step is not None
    assert (step.label, step.origin) == ("bookmarked: Paper 2", OTHER)


RESTING: dict[str, tuple[Callable[[Store], object], Callable[[Store], object]]] = {
    "the same mark": (
        lambda s: mark_read(s, [paper(s, 0)], now=NOW, origin=ME),
        lambda s: dismiss(s, [paper(s, 0)], now=NOW, origin=OTHER),
    ),
    "a note written over": (
        lambda s: set_note(s, paper(s, 0), "One", now=NOW, origin=ME),
        lambda s: set_note(s, paper(s, 0), "Two", now=NOW, origin=OTHER),
    ),
    "a list that is filled": (
        lambda s: make_list(s, "Thesis", now=NOW, origin=ME),
        lambda s: keep(s, [paper(s, 0)], now=NOW, origin=OTHER, list_name="Thesis"),
    ),
    "a list that goes": (
        lambda s: keep(s, [paper(s, 0)], now=NOW, origin=ME, list_name="Shared"),
        lambda s: delete_list(s, "Shared", now=NOW, origin=OTHER),
    ),
    "a name that is taken": (
        lambda s: rename_list(s, "Shared", "Renamed", now=NOW, origin=ME),
        lambda s: make_list(s, "SHARED", now=NOW, origin=OTHER),
    ),
    "a paper that goes": (
        lambda s: tag(s, [paper(s, 0)], "x", now=NOW, origin=ME),
        lambda s: remove_papers(s, [paper(s, 0)], now=NOW, origin=OTHER),
    ),
    "a paper that is merged": (
        lambda s: tag(s, [paper(s, 1)], "x", now=NOW, origin=ME),
        lambda s: merge_papers(s, paper(s, 0), paper(s, 1), now=NOW, origin=OTHER),
    ),
    "a paper removed before": (
        lambda s: remove_papers(s, [paper(s, 0)], now=NOW, origin=ME),
        lambda s: keep(s, [paper(s, 1)], now=NOW, origin=OTHER),
    ),
}


@pytest.mark.parametrize("name", RESTING)
def test_what_rests_on_it_is_taken_back_first_and_what_does_not_stays(filled: Store, name: str) -> None:
    make_list(filled, "Shared", now=NOW, origin=OTHER)
    before = rows(filled)
    mine, theirs = RESTING[name]
    mine(filled)
    own = filled.journal.newest()
    theirs(filled)
    above = filled.journal.newest()
    assert own is not None
    assert above is not None
    assert undo(filled, step=own.id) is None
    assert next_to_undo(filled, ME) == above
    assert take_back(filled) == above.label
    assert take_back(filled) == own.label
    assert rows(filled) == before


def test_an_import_goes_in_the_order_of_time(filled: Store) -> None:
    first = filled.journal.newest()
    assert first is not None
    keep(filled, [paper(filled, 1)], now=NOW, origin=OTHER)
    assert undo(filled, step=first.id) is None
    step = next_to_undo(filled, "test")
    assert step is not None
    assert step.origin == OTHER


def change(store: Store, chance: random.Random, origin: str) -> None:
    papers = chance.sample(sorted(store.papers.ids()), 2)
    names = ["A", "B", "a b", "Bookmarks"]
    name, other = chance.sample(names, 2)
    changes: list[Callable[[], object]] = [
        lambda: keep(store, papers, now=NOW, origin=origin, list_name=name),
        lambda: relist(store, papers, into=[name], out_of=[other], now=NOW, origin=origin),
        lambda: make_list(store, name, now=NOW, origin=origin),
        lambda: rename_list(store, name, other, now=NOW, origin=origin),
        lambda: delete_list(store, name, now=NOW, origin=origin),
        lambda: move_list(store, name, chance.randrange(1, 5), now=NOW, origin=origin),
        lambda: move_in_list(store, papers[:1], chance.choice([1, -1]), now=NOW, origin=origin, list_name=name),
        lambda: tag(store, papers, chance.choice(["x", "X", "y"]), now=NOW, origin=origin),
        lambda: set_note(store, papers[0], chance.choice(["", "one", "two"]), now=NOW, origin=origin),
        lambda: dismiss(store, papers, now=NOW, origin=origin),
        lambda: mark_read(store, papers, now=NOW, origin=origin),
        lambda: save_search(store, name, "words", now=NOW, origin=origin),
        lambda: remove_papers(store, papers[:1], now=NOW, origin=origin),
        lambda: bring(store, {"title": f"New {chance.random()}", "abstract": "x"}, name=f"{chance.random()}.jsonl"),
    ]
    weights = [3] * (len(changes) - 2) + [1, 1]
    with suppress(ReaderError):  # names are taken, lists are not there
        chance.choices(changes, weights)[0]()


@pytest.mark.parametrize("seed", range(40))
def test_whoever_takes_back_whatever_comes_all_is_as_it_was_in_the_end(filled: Store, seed: int) -> None:
    bring(filled, *({"title": f"More {n}", "abstract": f"More{n}."} for n in range(8)), name="more.jsonl")
    chance = random.Random(seed)
    first, before = filled.journal.newest(), rows(filled)
    assert first is not None
    for _ in range(14):
        change(filled, chance, chance.choice([ME, OTHER]))
    states, taken = [rows(filled)], 0
    while filled.journal.newest() != first:
        if take_back(filled, chance.choice([ME, OTHER])) is not None:
            taken += 1
            states.append(rows(filled))
        assert soundness(filled) == []
    assert rows(filled) == before
    for state in reversed(states[:-1]):
        redo(filled)
        assert rows(filled) == state
    assert taken == len(states) - 1


def test_undoing_again_goes_on_with_a_large_undo_that_was_cut_short(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", 2)
    keep(filled, [paper(filled, 0)], now=NOW, origin=ME)
    before = rows(filled)
    bring(filled, *({"title": f"Large {n}", "abstract": f"Large{n}."} for n in range(9)), name="large.jsonl")

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(TakingBack, "_removed", killed)
        with suppress(Killed):
            undo(filled)
    assert "9 papers from large.jsonl" in (undo(filled) or "")
    assert rows(filled) == before
    assert undo(filled) == "bookmarked: Paper 0"


def test_what_was_done_since_a_large_undo_was_cut_short_is_undone_before(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", 2)
    bring(filled, *({"title": f"Large {n}", "abstract": f"Large{n}."} for n in range(9)), name="large.jsonl")
    newest = filled.journal.newest()
    assert newest is not None
    filled.imports.reopen(newest.id)
    keep(filled, [paper(filled, 0)], now=NOW, origin=ME)
    assert undo(filled) == "bookmarked: Paper 0"
