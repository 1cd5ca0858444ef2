"""Every order is served whole by indexes, and any part of a long list is read without what stands before it."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime
from operator import invert
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library import dismiss, import_text
from reader.store import Store, filters, ordered
from reader.store.conditions import ANY, NO, Condition, any_of, is_among
from reader.store.ordered import OrderedIds, measure
from reader.store.orders import HORIZON, ORDERS, Run, legs

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DISMISSED = filters.in_state("is", "dismissed").condition


def row(id_: int, random_: random.Random, step: int) -> tuple[Any, ...]:
    """A paper with many ties and gaps."""
    date = random_.choice(["2020", "2020-01", "2021-05-03", "--07-31", "--12-01", None])
    counts = [random_.choice([None, 0, 1, 7]) for _ in range(2)]
    title = random_.choice(["a title", "A Title", "Ä title", "[b", "Zebra", "zebra", "ab"])
    added = random_.choice([None, None, "2026-03-01T09:00:00+00:00", "2025-01-01T00:00:00+00:00"])
    day, rank = random_.choice([20260101, 20260301]), random_.randint(1, 4)
    return (id_, f"{random_.getrandbits(40):016x}", day, rank, title, date, *counts, added, step)


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Papers of several steps that tie in everything but their keys."""
    with Store.open(tmp_path_factory.mktemp("orders") / "library.db") as store:
        random_ = random.Random(7)
        for step, at in enumerate(("2026-03-01", "2026-03-02", "2026-03-01"), start=1):
            store.database.run(
                "insert into steps (id, at, kind, label, origin, state, turn) values (?1, ?2, '', '', '', 'done', ?1)",
                (step, f"{at}T09:00:00+00:00"),
            )
        rows = [row(id_, random_, random_.randint(1, 3)) for id_ in range(1, 301)]
        store.database.run_many(
            "insert into papers (id, key, day, rank, title, title_key, published, comments, upvotes, added, step) "
            "values (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9, ?10)",
            rows,
        )
        store.database.run_many("insert into texts (paper) values (?)", [(each[0],) for each in rows])
        store.database.run_many("insert into marks values (?, 0, 1)", [(id_,) for id_ in range(3, 301, 3)])
        yield store


def plain(store: Store, order: str, condition: Condition = ANY) -> array[int]:
    """The same read in the plain way: everything, then sorted."""
    sql = f"select p.id from papers p where p.id < {HORIZON} and {condition.of('p.id')} order by {ORDERS[order]}"
    return store.database.ids(sql, condition.parameters)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("condition", [ANY, NO, ~DISMISSED, is_among([3, 5, 250])], ids=str)
@pytest.mark.parametrize("stretch", [1, 7, 1_000])
def test_a_list_is_the_same_whether_read_whole_or_in_part(
    varied: Store, order: str, condition: Condition, stretch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordered, "STRETCH", stretch)
    expected = plain(varied, order, condition)
    assert varied.papers.ids(order=order, condition=condition) == expected
    assert varied.papers.ids(order=order, condition=condition, limit=11) == expected[:11]
    found = OrderedIds(varied.database, measure(varied.database, order, condition))
    assert (len(found), array("q", found)) == (len(expected), expected)
    assert [found[place] for place in range(-len(expected), len(expected), 13)] == [
        expected[place] for place in range(-len(expected), len(expected), 13)
    ]
    assert found[5:40:3] == expected[5:40:3]
    assert [found.index(paper) for paper in expected[::17]] == list(range(0, len(expected), 17))
    outside = [paper for paper in range(302) if paper not in set(expected)]
    assert not any(paper in found for paper in outside)


@pytest.mark.parametrize("order", ORDERS)
def test_no_order_sorts_papers(varied: Store, order: str) -> None:
    for leg in legs(varied.database, order):
        key = (1,) * len(leg.terms)
        for run in (Run(leg), *Run(leg).later(key)):
            sql = run.sql("p.id", "p.id < 1 << 62")
            plan = " ".join(
                str(step[3]) for step in varied.database.rows(f"explain query plan {sql}", (*run.parameters, 5))
            )
            assert "TEMP B-TREE" not in plan
            assert leg.index in plan


def test_what_an_import_under_way_brings_is_in_no_list(varied: Store) -> None:
    with varied.database.snapshot():
        before = plain(varied, "date")
    varied.database.run("update steps set state = 'pending' where id = 3")
    varied.database.run("insert into imports (step, first_paper) values (3, 200)")
    try:
        found = OrderedIds(varied.database, measure(varied.database, "date", ANY))
        assert list(found) == [paper for paper in before if paper < 200]
        assert varied.papers.sorted_ids([199, 200, 5], order="date") == array("q", [p for p in found if p in {5, 199}])
    finally:
        varied.database.run("delete from imports")
        varied.database.run("update steps set state = 'done' where id = 3")


def papers(count: int) -> str:
    random_ = random.Random(count)
    return "\n".join(
        f'{{"title": "Paper {n:05}", "published": "{2000 + n % 20}", "comments": {random_.randint(0, 99)}}}'
        for n in range(count)
    )


def test_any_part_of_a_list_costs_the_same_in_a_library_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordered, "STRETCH", 100)
    steps: dict[int, dict[str, tuple[int, int]]] = {}
    for size in (1_200, 6_000):
        with Store.open(tmp_path / f"{size}.db") as store:
            import_text(store, papers(size), name="papers.jsonl", now=NOW, origin="test")
            dismiss(store, store.papers.ids(limit=3), now=NOW, origin="test")
            steps[size] = {order: (first_window(store, order), one_paper(store, order)) for order in ORDERS}
    for order in ORDERS:
        (few, one), (many, other) = steps[1_200][order], steps[6_000][order]
        assert many <= few * 1.2, order
        assert other <= one * 1.5, order


def first_window(store: Store, order: str) -> int:
    return counted(store, lambda: store.papers.ids(order=order, condition=~DISMISSED, limit=100))


def one_paper(store: Store, order: str) -> int:
    """The dearest of some, which stand in stretches of their own."""
    whole = store.papers.measure(order, ~DISMISSED)
    assert len(whole) == store.papers.count() - 3
    places = range(0, len(whole), len(whole) // 10)
    return max(counted(store, lambda place=place: store.papers.reading(whole)[place]) for place in places)


def counted(store: Store, work: Any) -> int:
    """The steps of SQLite's virtual machine that it takes."""
    connection, steps = store.database._connection, 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.set_progress_handler(step, 1)
    work()
    connection.set_progress_handler(None, 0)
    return steps


def test_a_list_is_remembered_until_something_changes(varied: Store) -> None:
    assert varied.papers.measured("title", DISMISSED) is None
    known = varied.papers.measure("title", DISMISSED)
    assert varied.papers.measured("title", DISMISSED) is known
    assert varied.papers.measured("date", DISMISSED) is None
    varied.database.run("update steps set label = 'other' where id = 1")
    assert varied.papers.measured("title", DISMISSED) is None


def test_a_paper_that_went_leaves_a_gap_and_moves_no_other_stretch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordered, "STRETCH", 4)
    with Store.open(tmp_path / "library.db") as store:
        import_text(store, papers(20), name="papers.jsonl", now=NOW, origin="test")
        whole, before = store.papers.measure("title", ANY), list(store.papers.ids(order="title"))
        with store.database.transaction():
            store.database.run("delete from papers where id = ?", (before[9],))
        found = store.papers.reading(whole)
        assert len(found) == 20
        assert list(found[:8]) == before[:8]
        assert list(found[12:]) == before[12:]
        assert before[9] not in found
        assert found.index(before[14]) == 14


LEAVES = st.sampled_from([ANY, NO, DISMISSED, is_among([1, 2, 3, 4, 30]), is_among(range(1, 300, 2))])
TREES = st.recursive(
    LEAVES, lambda inner: st.one_of(inner.map(invert), st.tuples(inner, inner).map(lambda both: both[0] & both[1]))
)


@given(st.lists(TREES, max_size=4))
def test_conditions_behave_like_sets(varied: Store, parts: list[Condition]) -> None:
    every = set(varied.papers.ids())
    members = [set(varied.papers.ids(condition=part)) for part in parts]
    assert set(varied.papers.ids(condition=any_of(parts))) == set().union(*members)
    for part, held in zip(parts, members, strict=True):
        assert set(varied.papers.ids(condition=~part)) == every - held


def test_a_thousand_conditions_are_not_too_many(varied: Store) -> None:
    parts = [is_among([id_]) for id_ in range(1, 1_201)]
    assert len(varied.papers.ids(condition=any_of(parts))) == 300


def test_places_beyond_the_ends_are_refused(varied: Store) -> None:
    listed = OrderedIds(varied.database, measure(varied.database, "title", ANY))
    with pytest.raises(IndexError):
        listed[len(listed)]
    with pytest.raises(IndexError):
        listed[-len(listed) - 1]
    last = listed[-1]
    assert listed.index(last) == len(listed) - 1
    with pytest.raises(ValueError, match="not in the list"):
        listed.index(last, 0, len(listed) - 1)
    with pytest.raises(ValueError, match="not in the list"):
        listed.index(2**40)
