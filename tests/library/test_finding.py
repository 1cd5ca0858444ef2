from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.errors import NothingFound, UsageError
from reader.library import (
    RELEVANCE,
    SORT_FIELDS,
    Summary,
    find_paper,
    find_papers,
    papers_of_query,
    search,
    search_stages,
)
from reader.store import Store


@pytest.fixture
def keys(store: Store, import_papers: Callable[..., Summary]) -> list[str]:
    import_papers(
        *({"title": f"Tangent {n}", "arxiv_id": f"1706.0{n:04}", "comments": n % 7} for n in range(1, 60)),
        {"title": "Pruning", "abstract": "Not a tangent."},
    )
    return [row.key for row in store.papers.rows(store.papers.ids())]


def test_a_paper_is_found_by_any_beginning_that_only_it_has(store: Store, keys: list[str]) -> None:
    for key in keys:
        length = next(n for n in range(1, 17) if sum(other.startswith(key[:n]) for other in keys) == 1)
        assert find_paper(store, key[:length]) == find_paper(store, key)


def test_an_ambiguous_beginning_names_some_keys(store: Store, keys: list[str]) -> None:
    letter = max("abcdefghijklmnopqrstuvwxyz234567", key=lambda c: sum(key.startswith(c) for key in keys))
    with pytest.raises(UsageError, match="begins several keys") as caught:
        find_paper(store, letter)
    assert any(key[:5] in caught.value.message for key in keys)


@pytest.mark.parametrize(
    "text", ["", "  ", "0000", "9999.99999", "\udcff", "x" * 5000], ids=lambda text: repr(text[:8])
)
def test_what_names_no_paper_is_an_error(store: Store, keys: list[str], text: str) -> None:
    with pytest.raises(NothingFound):
        find_paper(store, text)


def test_several_papers_are_found_each_once(store: Store, keys: list[str]) -> None:
    found = find_papers(store, [keys[3], "arxiv:1706.00001", keys[3][:16].upper()])
    assert found == [find_paper(store, keys[3]), find_paper(store, "1706.00001")]
    with pytest.raises(NothingFound):
        find_papers(store, [keys[3], "nothing"])


@pytest.mark.parametrize("sort", SORT_FIELDS)
def test_every_order_holds_the_same_papers(store: Store, keys: list[str], sort: str) -> None:
    for query in ("tangent", "", "nothingatall"):
        by_worth = search(store, query)
        results = search(store, query, sort=sort)
        assert sorted(results.ids) == sorted(by_worth.ids)
        if sort != RELEVANCE and by_worth.ids:
            assert results.ids == store.papers.sorted_ids(by_worth.ids, order=sort)


def test_an_order_in_the_query_wins(store: Store, keys: list[str]) -> None:
    by_title = search(store, "tangent", sort="title").ids
    assert search(store, "tangent sort:title").ids == by_title
    assert search(store, "tangent sort:title", sort="comments").ids == by_title
    assert search(store, "sort:title").ids == store.papers.ids(order="title")


def test_in_another_order_there_is_one_stage_which_is_the_whole(store: Store, keys: list[str]) -> None:
    assert [stage.complete for stage in search_stages(store, "tangent")] == [False, True]
    for query in ("tangent sort:date", "sort:date", "year:2020 sort:date"):
        stages = list(search_stages(store, query))
        assert [stage.ids for stage in stages] == [search(store, query).ids]


def test_an_order_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="colour") as caught:
        search(store, "tangent", sort="colour")
    assert "comments" in caught.value.hint


def test_papers_to_change_are_those_that_a_query_finds(store: Store, keys: list[str]) -> None:
    found = papers_of_query(store, "pruning").ids
    assert list(store.papers.titles(found).values()) == ["Pruning"]


@pytest.mark.parametrize(
    ("query", "error"),
    [("", UsageError), ("sort:title", UsageError), ("tangent year:soon", UsageError), ("tangent tag:none", UsageError),
     ("tangent xqzzyxw", UsageError), ("year:1066", NothingFound)],
)  # fmt: skip
def test_a_query_that_is_not_clear_names_no_papers_to_change(
    store: Store, keys: list[str], query: str, error: type[Exception]
) -> None:
    with pytest.raises(error, match="nothing was changed"):
        papers_of_query(store, query)
