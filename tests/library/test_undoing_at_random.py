"""Pages that unite, join and contradict one another, in any order: every step is undone and done again exactly."""

from __future__ import annotations

import random
from contextlib import suppress
from itertools import combinations

import pytest

from library.rows import NOW, Record, bring, rows, soundness
from reader.errors import ReaderError, UsageError
from reader.library import (
    dismiss,
    keep,
    mark_read,
    merge_papers,
    redo,
    remove_papers,
    remove_source,
    set_note,
    sources,
    split_paper,
    tag,
    undo,
)
from reader.store import Store

LONG = "Long and long words of 12 lamps. " * 5
SEEDS = (90, 100, 104, 108, 149, 206, 255, 257, 555, 761)
"""More of them, far apart."""


def record(chance: random.Random) -> Record:
    texts = [None, "x", "y", LONG, LONG.replace(".", "!"), LONG[:100]]
    found: dict[str, object] = {"title": chance.choice("AB"), "abstract": chance.choice(texts)}
    for share, name, values in (
        (0.5, "arxiv_id", ["2512.00001", "2512.00002v2", "2512.00001v3"]),
        (0.3, "doi", ["10.1/x", "10.1/y"]),
        (0.4, "upvotes", list(range(9))),
        (0.2, "comments", list(range(9))),
        (0.3, "published", ["--01-15", "2024-02-01"]),
    ):
        if chance.random() < share:
            found[name] = chance.choice(list(values))
    return found


def change(store: Store, chance: random.Random, pages: list[list[Record]]) -> None:
    ids = sorted(store.papers.ids())
    kind = chance.choice(["bring", "bring", "bring", "merge", "split", "remove", "keep", "source", "annotate"])
    page = chance.randrange(3)
    with suppress(ReaderError):  # not every paper can be merged or split
        if kind == "bring" or not ids:
            bring(store, *pages[page], name=chance.choice([f"p{page}.jsonl", f"2026-01-0{page + 1}.jsonl"]))
        elif kind == "merge":
            merge_papers(store, chance.choice(ids), chance.choice(ids), now=NOW, origin="test")
        elif kind == "split":
            split_paper(store, chance.choice(ids), now=NOW, origin="test")
        elif kind == "remove":
            remove_papers(store, [chance.choice(ids)], now=NOW, origin="test")
        elif kind == "keep":
            keep(store, [chance.choice(ids)], now=NOW, origin="test")
        elif kind == "annotate":
            annotate(store, chance, chance.choice(ids))
        elif found := sources(store):
            remove_source(store, chance.choice(found).id, now=NOW, origin="test")


def annotate(store: Store, chance: random.Random, paper: int) -> None:
    kind = chance.choice(["tag", "note", "read", "dismiss"])
    if kind == "tag":
        tag(store, [paper], chance.choice(["x", "X", "y"]), now=NOW, origin="test")
    elif kind == "note":
        set_note(store, paper, chance.choice(["one", "two", ""]), now=NOW, origin="test")
    else:
        {"read": mark_read, "dismiss": dismiss}[kind](store, [paper], now=NOW, origin="test")


def changed(store: Store, chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Change a library at random; gives what it was at first and after each step."""
    batch = chance.choice([1, 2, 50])
    for name in ("_FIRST_BATCH", "_SMALLEST_BATCH", "_LARGEST_BATCH"):
        monkeypatch.setattr(f"reader.library.importing.{name}", batch)
    pages = [[record(chance) for _ in range(chance.randrange(1, 7))] for _ in range(3)]
    states: list[object] = [rows(store)]
    for _ in range(8):
        before = store.journal.newest()
        change(store, chance, pages)
        assert soundness(store) == []
        if store.journal.newest() != before:
            states.append(rows(store))
        assert rows(store) == states[-1]
    return states


@pytest.mark.parametrize("seed", [*range(12), *SEEDS])
def test_every_step_is_undone_and_done_again(store: Store, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    states = changed(store, random.Random(seed), monkeypatch)
    for state in reversed(states[:-1]):
        undo(store)
        assert (rows(store), soundness(store)) == (state, [])
    for state in states[1:]:
        redo(store)
        assert (rows(store), soundness(store)) == (state, [])


@pytest.mark.parametrize("seed", [*range(12), *SEEDS])
def test_imports_taken_back_in_parts_leave_the_same(store: Store, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    states = changed(store, random.Random(seed), monkeypatch)
    monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", -1)
    for name in ("TAKE_BACK_BATCH", "REMOVE_BATCH"):
        monkeypatch.setattr(f"reader.store.taking_back.{name}", seed % 3 + 1)
    for state in reversed(states[:-1]):
        undo(store)
        assert (rows(store), soundness(store)) == (state, [])


@pytest.mark.parametrize("seed", [*range(12), *SEEDS])
def test_a_merge_by_hand_is_split_again_exactly(store: Store, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(store, random.Random(seed), monkeypatch)
    before, present = rows(store), sorted(store.papers.ids())
    for keep_, gone in combinations(present, 2):
        if store.parting.merged(keep_):
            continue  # these would be split off, too
        with suppress(UsageError):  # arXiv may have them as two
            merge_papers(store, gone, keep_, now=NOW, origin="test")
            split_paper(store, keep_, now=NOW, origin="test")
        assert (rows(store), soundness(store)) == (before, [])
