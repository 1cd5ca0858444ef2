from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from reader.errors import LibraryError
from reader.library import Summary, keep
from reader.paper import PartialDate
from reader.store import Store
from reader.store.orders import ORDERS

FULL: Mapping[str, object] = {
    "title": "Tangent kernels — 深層学習",
    "abstract": "We study kernels. Code: https://github.com/x/y",
    "authors": ["Ada L.", "Zoë Ω"],
    "author_count": 3,
    "published": "2021-08-30",
    "comments": 4,
    "upvotes": 0,
    "arxiv_id": "1706.03762v5",
    "doi": "10.1000/ABC",
    "url": "https://arxiv.org/abs/1706.03762",
    "categories": ["cs.LG"],
    "summary": "Kernels.",
    "keywords": ["kernel", "深層"],
    "organization": "An institute",
}


def test_a_paper_comes_back_as_it_was_stored(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers(FULL, {"title": "Bare"})
    full, bare = store.papers.get(store.papers.ids())
    assert full.paper.title == FULL["title"]
    assert full.paper.abstract == FULL["abstract"]
    assert full.paper.authors == ("Ada L.", "Zoë Ω")
    assert full.paper.published == PartialDate(2021, 8, 30)
    assert (full.paper.comments, full.paper.upvotes, full.paper.author_count) == (4, 0, 3)
    assert (full.paper.arxiv_id, full.paper.arxiv_version, full.paper.doi) == ("1706.03762", 5, "10.1000/ABC")
    assert full.paper.links == ("https://github.com/x/y",)
    assert full.paper.categories == ("cs.LG",)
    assert full.paper.keywords == ("kernel", "深層")
    assert full.added == "2026-03-01T09:00:00+00:00"
    assert [(source.name, source.rank, source.page_date) for source in full.sources] == [("papers.jsonl", 1, None)]
    assert not full.bookmarked
    assert bare.paper.abstract is None
    assert bare.paper.authors is None
    assert bare.paper.links is None
    assert bare.paper.keywords is None


def test_papers_come_in_the_order_asked_for_and_missing_ones_are_left_out(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers(*({"title": f"Paper {n}"} for n in range(3)))
    first, second, third = store.papers.ids()
    wanted = [third, 999, first]
    assert [row.id for row in store.papers.rows(wanted)] == [third, first]
    assert [stored.paper.title for stored in store.papers.get(wanted)] == ["Paper 2", "Paper 0"]
    assert store.papers.titles([second, 999]) == {second: "Paper 1"}
    assert list(store.papers.sorted_ids([third, 999, first])) == [first, third]
    assert store.papers.rows([]) == []


def test_a_glimpse_is_how_the_abstract_begins_or_else_the_summary(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers(
        {"title": "A", "abstract": "x" * 1000, "comments": 3}, {"title": "B", "summary": "In short."}, {"title": "C"}
    )
    first, second, third = store.papers.ids()
    found = store.papers.glimpses([third, 999, second, first])
    assert found.keys() == {first, second, third}
    assert set(found[first].beginning) == {"x"}
    assert 200 < len(found[first].beginning) < 1000
    assert (found[first].comments, found[first].tags) == (3, ())
    assert (found[second].beginning, found[third].beginning) == ("In short.", "")


def test_any_number_of_ids_can_be_asked_for(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers({"title": "Only"})
    many = array("q", range(1, 40_001))
    assert len(store.papers.rows(many)) == 1
    assert len(store.papers.titles(many)) == 1
    assert len(store.papers.plain(many)) == 1
    assert len(store.papers.sorted_ids(many)) == 1
    assert len(list(store.papers.stream(many))) == 1


def test_rows_say_what_is_bookmarked(store: Store, import_papers: Callable[..., Summary]) -> None:
    from datetime import UTC, datetime

    import_papers({"title": "In", "published": "2021"}, {"title": "Out", "published": "--07-31"})
    inside, outside = store.papers.ids()
    keep(store, [inside], now=datetime(2026, 3, 1, tzinfo=UTC), origin="test", list_name="Later")
    rows = store.papers.rows([inside, outside])
    assert [(row.bookmarked, str(row.published)) for row in rows] == [(True, "2021"), (False, "--07-31")]
    assert store.papers.get([inside])[0].lists == ("Later",)
    assert store.papers.get([inside])[0].bookmarked


def test_every_order_puts_unknown_values_last(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers(
        {"title": "c", "published": "2020", "comments": 2},
        {"title": "B", "upvotes": 5},
        {"title": "a", "published": "--12-31", "comments": 9},
        {"title": "D", "published": "2024-01-02", "upvotes": 7},
    )
    titles = {
        order: "".join(store.papers.titles([id_])[id_] for id_ in store.papers.ids(order=order)) for order in ORDERS
    }
    assert titles == {
        "newest": "cBaD",
        "date": "DcaB",
        "comments": "acBD",
        "upvotes": "DBca",
        "added": "cBaD",
        "title": "aBcD",
    }
    for order in ORDERS:
        assert store.papers.sorted_ids(reversed(store.papers.ids()), order=order) == store.papers.ids(order=order)


def test_the_newest_page_leads(store: Store, now: object, import_papers: Callable[..., Summary]) -> None:
    import_papers({"title": "old"}, {"title": "on both"}, name="2020-01-01.jsonl")
    import_papers({"title": "new"}, {"title": "on both"}, name="2024-01-01.jsonl")
    titles = [store.papers.titles([id_])[id_] for id_ in store.papers.ids()]
    assert titles == ["new", "on both", "old"]
    assert list(store.papers.ids(limit=1)) == list(store.papers.ids())[:1]
    assert store.papers.get(store.papers.ids())[0].sources[0].page_date == PartialDate.of(date(2024, 1, 1))


@pytest.mark.parametrize(
    "text",
    ["1706.03762", "arXiv:1706.03762v9", " https://arxiv.org/abs/1706.03762 ", "10.1000/abc",
     "https://doi.org/10.1000/ABC", "https://huggingface.co/papers/1706.03762"],
)  # fmt: skip
def test_a_paper_is_found_by_whatever_names_it(store: Store, import_papers: Callable[..., Summary], text: str) -> None:
    import_papers(FULL, {"title": "Other", "arxiv_id": "1706.03763", "doi": "10.1000/abcd"})
    found = store.papers.find(text)
    assert [store.papers.titles([id_])[id_] for id_, _ in found] == [FULL["title"]]


def test_a_paper_is_found_by_any_beginning_of_its_key(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers(*({"title": f"Paper {n}", "arxiv_id": f"1706.0376{n}", "doi": f"10.1/{n}"} for n in range(10)))
    keys = {row.key: row.id for row in store.papers.rows(store.papers.ids())}
    for key, id_ in keys.items():
        assert store.papers.find(key) == [(id_, key)]
        assert store.papers.find(key.upper()[:8]) == [(id_, key)]
        for length in range(1, 5):
            expected = sorted((k, i) for k, i in keys.items() if k.startswith(key[:length]))
            assert sorted((k, i) for i, k in store.papers.find(key[:length])) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "zzz!", "%", "_", "arxiv:", "doi:", "a\0b", "\udcff", "💥", "x" * 10_000],
    ids=lambda text: repr(text[:8]),
)
def test_what_names_nothing_finds_nothing(store: Store, import_papers: Callable[..., Summary], text: str) -> None:
    import_papers(FULL)
    assert store.papers.find(text) == []


def test_counts_count_everything(store: Store, import_papers: Callable[..., Summary], now: object) -> None:
    from datetime import UTC, datetime

    import_papers(FULL, {"title": "Bare"})
    import_papers({"title": "Bare"}, name="second")
    keep(store, store.papers.ids(), now=datetime(2026, 3, 1, tzinfo=UTC), origin="test")
    keep(store, store.papers.ids(), now=datetime(2026, 3, 1, tzinfo=UTC), origin="test", list_name="Later")
    counts = store.papers.counts()
    assert (counts.papers, counts.abstracts, counts.sources, counts.lists, counts.bookmarked) == (2, 1, 2, 2, 2)
    assert store.papers.count() == 2
    assert store.papers.total() == 2


@pytest.mark.parametrize("change", ["published = 'yesterday'", "authors = '{'", "links = '7'"])
def test_a_damaged_value_is_a_clear_error(store: Store, import_papers: Callable[..., Summary], change: str) -> None:
    import_papers(FULL)
    store.database.run("drop trigger papers_before_update")
    store.database.run("drop trigger papers_after_update")
    store.database.run(f"update papers set {change}")
    with pytest.raises(LibraryError, match="damaged"):
        store.papers.get(store.papers.ids())


def test_keys_are_found_by_their_beginning_or_the_newest_without_one(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers(*({"title": f"Paper {n}"} for n in range(40)))
    keys = {row.id: row.key for row in store.papers.rows(store.papers.ids())}
    beginning = min(keys.values())[0]
    wanted = sorted(key for key in keys.values() if key.startswith(beginning))
    assert [keys[id_] for id_ in store.papers.beginning(beginning.upper(), limit=99)] == wanted
    assert len(store.papers.beginning(beginning, limit=1)) == 1
    assert store.papers.beginning("", limit=3) == store.papers.ids(limit=3)
    assert list(store.papers.beginning("\udcff%", limit=3)) == []
