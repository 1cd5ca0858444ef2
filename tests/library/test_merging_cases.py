"""Every row of the table in docs/merging.md, tried: what records become one paper, in both orders where that can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import reader
from library.rows import Record, bring, rows, soundness, stored
from reader.library import redo, undo
from reader.store import Store

TABLE = Path(reader.__file__).parents[1] / "docs" / "merging.md"

TITLE = "How Lanterns Learn"
LONG = (
    "Lanterns were long thought to be passive. We show that 12 lanterns in 3 rooms, left alone for a winter, agree on "
    "when to dim, and that they do so the sooner the fewer windows there are."
)
ALIKE = LONG.replace(". We", " -- we").replace(", left alone,", " (left alone)")
NEARLY = LONG.replace("a winter", "the winter")
OTHER_NUMBER = NEARLY.replace("12", "13")
REVISED = "An entirely rewritten account, of candles."
ID, OTHER_ID = "2512.00001", "2512.00002"


def record(abstract: str | None = LONG, *, title: str = TITLE, arxiv: str | None = None) -> Record:
    found: dict[str, object] = {"title": title, "abstract": abstract}
    return found if arxiv is None else {**found, "arxiv_id": arxiv}


@dataclass(frozen=True)
class Case:
    """What the library has, the record that comes, and what they become."""

    has: tuple[Record, ...]
    comes: Record
    papers: int
    arxiv: str | None = None
    abstract: str | None = None
    symmetric: bool = True


CASES = {
    "same text": Case((record(),), {**record(), "authors": ["Ada"]}, 1),
    "same text but for case and width": Case((record(),), record(LONG.upper(), title="ＨＯＷ LANTERNS Learn"), 1),
    "same id": Case((record(arxiv=ID),), record(REVISED, title="Candles", arxiv=ID), 1, ID),
    "same id, newer version": Case(
        (record(arxiv=ID + "v1"),), record(REVISED, title="Candles", arxiv=ID + "v2"), 1, ID, REVISED
    ),
    "same id, older version": Case(
        (record(REVISED, title="Candles", arxiv=ID + "v2"),), record(arxiv=ID + "v1"), 1, ID, REVISED
    ),
    "id joins text": Case((record(),), record(NEARLY, arxiv=ID), 1, ID),
    "text joins id": Case((record(arxiv=ID),), record(NEARLY), 1, ID),
    "beginning": Case((record(),), record(LONG[:100], arxiv=ID), 1, ID, LONG),
    "other numbers": Case((record(),), record(OTHER_NUMBER, arxiv=ID), 2),
    "other title": Case((record(),), record(title="How Lanterns Forget", arxiv=ID), 2),
    "no id on either side": Case((record(),), record(NEARLY), 2),
    "different ids": Case((record(arxiv=ID),), record(NEARLY, arxiv=OTHER_ID), 2),
    "same text, different ids": Case((record(arxiv=ID),), record(arxiv=OTHER_ID), 2),
    "two candidates": Case((record(), record(NEARLY)), record(ALIKE, arxiv=ID), 3, symmetric=False),
    "proof": Case((record(), record(REVISED, title="Candles", arxiv=ID)), record(arxiv=ID), 1, ID, symmetric=False),
}


def table() -> list[tuple[str, str]]:
    """The case and what it becomes, of each row."""
    cells = [line.strip("| ").split(" | ") for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    return [(row[0], row[3]) for row in cells[2:]]


def test_every_row_has_records_and_all_records_have_a_row() -> None:
    assert [name for name, _ in table()] == list(CASES)


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("name", "becomes"), table())
def test_the_table_is_true(open_store: Callable[[], Store], name: str, becomes: str, *, backwards: bool) -> None:
    case = CASES[name]
    if backwards and not case.symmetric:
        pytest.skip("what comes last decides")
    store = open_store()
    records = [*case.has, case.comes]
    for number, each in enumerate(reversed(records) if backwards else records):
        bring(store, each, name=f"{number}.jsonl")
    papers = stored(store)
    assert len(papers) == case.papers == {"one": 1, "two": 2, "three": 3}[becomes.split()[0]]
    if case.papers == 1:
        assert papers[0].paper.arxiv_id == case.arxiv
        assert len(papers[0].sources) == len(records)
    if case.abstract is not None:
        assert papers[0].paper.abstract == case.abstract
    assert soundness(store) == []


@pytest.mark.parametrize("name", CASES)
def test_in_one_page_the_same_records_become_the_same_papers(store: Store, name: str) -> None:
    case = CASES[name]
    summary = bring(store, *case.has, case.comes)
    assert len(stored(store)) == summary.added == case.papers
    assert summary.records == len(case.has) + 1
    assert soundness(store) == []


@pytest.mark.parametrize("name", CASES)
def test_a_record_that_comes_again_changes_nothing(store: Store, name: str) -> None:
    case = CASES[name]
    bring(store, *case.has, name="old.jsonl")
    bring(store, case.comes, name="new.jsonl")
    before = rows(store)
    for records, page in (((case.comes,), "new.jsonl"), (case.has, "old.jsonl")):
        summary = bring(store, *records, name=page)
        assert (summary.added, summary.merged) == (0, 0)
    assert rows(store) == before


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_undone_and_done_again(store: Store, name: str) -> None:
    case = CASES[name]
    bring(store, *case.has, name="old.jsonl")
    before = rows(store)
    bring(store, case.comes, name="new.jsonl")
    after = rows(store)
    undo(store)
    assert (rows(store), soundness(store)) == (before, [])
    redo(store)
    assert (rows(store), soundness(store)) == (after, [])


def test_of_two_papers_that_are_proven_one_the_older_key_leads(store: Store) -> None:
    case = CASES["proof"]
    for number, each in enumerate(case.has):
        bring(store, each, name=f"{number}.jsonl")
    older, younger = (paper.key for paper in stored(store))
    bring(store, case.comes, name="proof.jsonl")
    (paper,) = stored(store)
    assert paper.key == older
    for name in (older, younger, ID):
        assert [key for _, key in store.papers.find(name)] == [older]
