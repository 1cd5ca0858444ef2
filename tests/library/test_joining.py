"""Records that unite or join papers: whatever came when, nothing is lost, and all of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.rows import NOW, Record, bring, lines, rows, soundness, stored, titled
from reader.library import find_source, import_text, keep, recover_if_idle, redo, remove_source, undo
from reader.store import Store
from reader.store.imports import Imports

LONG = "We show that 12 lanterns in 3 rooms agree, left alone for a winter, on when to dim, and they do so ever sooner."
ID, OTHER_ID = "2512.00001", "2512.00002"
TEXT: Record = {"title": "Lanterns", "abstract": LONG, "comments": 2, "authors": ["Ada L."]}
IDENTIFIED: Record = {"title": "Of lamps", "abstract": "Zeugmas about lamps.", "arxiv_id": ID, "upvotes": 7}
PROOF: Record = {"title": "Lanterns", "abstract": LONG, "arxiv_id": ID, "doi": "10.1/lamp"}
LIKE: Record = {"title": "lanterns", "abstract": LONG + "!", "arxiv_id": ID}


def others(count: int, start: int = 0) -> list[Record]:
    return [{"title": f"Paper {n}", "abstract": f"Filler{n} words."} for n in range(start, start + count)]


@pytest.fixture
def tiny_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_FIRST_BATCH", "_SMALLEST_BATCH", "_LARGEST_BATCH"):
        monkeypatch.setattr(f"reader.library.importing.{name}", 2)


OLD_AND_NEW = [
    pytest.param([TEXT, IDENTIFIED], [PROOF], id="both are older"),
    pytest.param([IDENTIFIED, TEXT], [PROOF], id="both are older, the one with the id first"),
    pytest.param([TEXT], [IDENTIFIED, PROOF], id="one is older, one of the same batch"),
    pytest.param([TEXT], [IDENTIFIED, *others(4), PROOF], id="one is older, one of an earlier batch"),
    pytest.param([IDENTIFIED], [*others(3), TEXT, PROOF], id="the one with the id is older"),
    pytest.param([], [TEXT, IDENTIFIED, PROOF], id="both are of this import"),
    pytest.param([], [TEXT, *others(2), IDENTIFIED, *others(3, 5), PROOF], id="both are of earlier batches"),
    pytest.param([TEXT, IDENTIFIED], [TEXT, *others(2), IDENTIFIED, *others(3), PROOF], id="seen in earlier batches"),
    pytest.param([TEXT], [LIKE], id="joined by likeness"),
    pytest.param([], [*others(3), TEXT, *others(3, 7), LIKE], id="joined by likeness in one import"),
    pytest.param([TEXT, IDENTIFIED], [{**LIKE, "arxiv_id": OTHER_ID}, PROOF], id="joined, then not to be united"),
]


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize(("has", "comes"), OLD_AND_NEW)
@pytest.mark.usefixtures("tiny_batches")
def test_an_import_that_unites_is_taken_back_and_done_again(
    store: Store, has: list[Record], comes: list[Record], *, old: bool
) -> None:
    if old:
        bring(store, *others(30, 100), name="filler.jsonl")
    bring(store, *has, *others(1, 50), name="old.jsonl")
    keep(store, list(store.papers.ids()), now=NOW, origin="test")
    keep(store, [max(store.papers.ids())], now=NOW, origin="test", list_name="Later")
    before = rows(store)
    summary = bring(store, *comes, name="2026-02-01.jsonl")
    after = rows(store)
    assert summary.added == len(after["papers"]) - len(before["papers"]) + (
        len({paper[1] for paper in before["papers"]} - {paper[1] for paper in after["papers"]})
    )
    assert soundness(store) == []
    for _ in range(2):
        undo(store)
        assert rows(store) == before
        assert soundness(store) == []
        redo(store)
        assert rows(store) == after
        assert soundness(store) == []


class Killed(BaseException):
    """What stands for the end of the process."""


DEATHS = [("write", n) for n in range(1, 7)] + [("settle_page", 1), ("learn_words", 1), ("finish", 1)]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("method", "call"), DEATHS)
@pytest.mark.parametrize(("has", "comes"), OLD_AND_NEW[3:9:2] + OLD_AND_NEW[7:8])
@pytest.mark.usefixtures("tiny_batches")
def test_an_import_that_dies_before_or_after_it_united_is_taken_back(
    store: Store, has: list[Record], comes: list[Record], method: str, call: int, *, after: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    bring(store, *has, *others(1, 50), name="old.jsonl")
    keep(store, list(store.papers.ids()), now=NOW, origin="test")
    undo(store)
    alone: Record = {"title": "Alone", "abstract": "Bookmarked.", "comments": 4}
    bring(store, alone, name="2026-01-09.jsonl")
    keep(store, [titled(store, "Alone")], now=NOW, origin="test")
    remove_source(store, find_source(store, "2026-01-09.jsonl"), now=NOW, origin="test")
    before = rows(store)
    calls = 0
    original = getattr(Imports, method)

    def dying(self: Imports, *arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        found = original(self, *arguments, **named) if calls != call or after else None
        if calls == call:
            for _ in found or () if method == "learn_words" else ():
                pass
            monkeypatch.setattr(Imports, "take_back", lambda *_: None)
            raise Killed
        return found

    if method == "finish" and after:
        return  # then it is complete
    with monkeypatch.context() as patch:
        patch.setattr(Imports, method, dying)
        kept = Imports.take_back
        text = lines([alone, *comes, *others(3, 70)])
        try:
            import_text(store, text, name="2026-02-01.jsonl", now=NOW, origin="dying")
        except Killed:
            monkeypatch.setattr(Imports, "take_back", kept)
        else:
            return  # it has fewer batches
    recover_if_idle(store)
    assert rows(store) == before
    assert soundness(store) == []


def test_a_united_paper_keeps_lists_keys_and_pages(store: Store) -> None:
    bring(store, TEXT, name="one.jsonl")
    bring(store, IDENTIFIED, name="two.jsonl")
    first, second = sorted(store.papers.ids())
    keys = [paper.key for paper in stored(store)]
    keep(store, [first], now=NOW, origin="test", list_name="Thesis")
    keep(store, [second], now=NOW, origin="test")
    steps = store.database.value("select count(*) from steps")
    bring(store, PROOF, name="three.jsonl")
    assert store.database.value("select count(*) from steps") == steps + 1
    (paper,) = stored(store)
    assert (paper.key, set(paper.lists)) == (keys[0], {"Bookmarks", "Thesis"})
    assert {source.name for source in paper.sources} == {"one.jsonl", "two.jsonl", "three.jsonl"}
    assert (paper.paper.comments, paper.paper.upvotes, paper.paper.arxiv_id) == (2, 7, ID)
    for name in (*keys, ID, "10.1/lamp"):
        assert [key for _, key in store.papers.find(name)] == [keys[0]]


def test_names_found_just_before_a_union_are_kept(store: Store) -> None:
    bring(store, IDENTIFIED, TEXT, name="one.jsonl")
    doi: Record = {**TEXT, "doi": "10.1/late"}
    bring(store, doi, PROOF, name="two.jsonl")
    assert len(store.papers.find("10.1/late")) == len(stored(store)) == 1
    assert soundness(store) == []


def test_a_record_joined_just_before_a_union_goes_along(store: Store) -> None:
    bring(store, {"title": "Old", "abstract": "Other text.", "doi": "10.1/old"}, TEXT, name="one.jsonl")
    bring(store, LIKE, {**LIKE, "doi": "10.1/old"}, name="two.jsonl")
    (paper,) = stored(store)
    assert len(store.edits.joined(store.papers.find(paper.key)[0][0])) == 1
    assert soundness(store) == []


@pytest.mark.parametrize("known", [False, True])
def test_a_doi_that_another_paper_has_is_no_accident(store: Store, *, known: bool) -> None:
    shared = {"doi": "10.1/shared"}
    first: Record = {"title": "A", "abstract": "One.", "arxiv_id": ID, **(shared if known else {})}
    bring(store, first, {"title": "C", "abstract": "Three."}, name="one.jsonl")
    clash: Record = {"title": "B", "abstract": "Two.", "arxiv_id": OTHER_ID, **shared}
    proof: Record = {"title": "C", "abstract": "Three.", "arxiv_id": OTHER_ID}
    bring(store, {**first, **shared}, clash, proof, name="two.jsonl")
    assert [paper.paper.arxiv_id for paper in stored(store)] == [ID, OTHER_ID]
    assert [key for _, key in store.papers.find("10.1/shared")] == [stored(store)[0].key]
    assert soundness(store) == []


def test_a_title_that_a_newer_version_brought_joins_in_the_same_page(store: Store) -> None:
    old: Record = {"title": "Old title", "abstract": "Old.", "arxiv_id": ID + "v1"}
    new: Record = {"title": "New title", "abstract": LONG, "arxiv_id": ID + "v2"}
    text: Record = {"title": "New title", "abstract": LONG + "!"}
    bring(store, old, new, text)
    assert len(stored(store)) == 1


def test_a_record_that_names_two_papers_of_arxiv_is_counted_once(store: Store) -> None:
    bring(
        store, {"title": "A", "abstract": "One.", "arxiv_id": ID, "doi": "10.1/a"},
        {"title": "B", "abstract": "Two.", "arxiv_id": OTHER_ID}, name="one.jsonl",
    )  # fmt: skip
    confused: Record = {"title": "B", "abstract": "Two.", "doi": "10.1/a"}
    bring(store, confused, name="two.jsonl")
    assert bring(store, confused, name="two.jsonl").unchanged == 1
    assert len(stored(store)) == 2


class TestCounts:
    """Comments and upvotes are those of the newest page that prints them."""

    PAGES: tuple[tuple[str, dict[str, int]], ...] = (
        ("2026-01-01.jsonl", {"comments": 9, "upvotes": 1}),
        ("2026-01-02.jsonl", {"comments": 3}),
        ("2026-01-03.jsonl", {"upvotes": 4}),
        ("2026-01-04.jsonl", {}),
    )

    @settings(max_examples=20)
    @given(order=st.permutations(range(4)), gone=st.sets(st.integers(0, 3), max_size=3))
    def test_whatever_the_order_and_whatever_goes(
        self, tmp_path_factory: pytest.TempPathFactory, order: list[int], gone: set[int]
    ) -> None:
        with Store.open(tmp_path_factory.mktemp("counts") / "library.db") as store:
            for number in order:
                name, counts = self.PAGES[number]
                bring(store, {"title": "T", "abstract": "A.", **counts}, *others(1, number), name=name)
            assert self.found(store) == (3, 4)
            before = rows(store)
            for number in order:  # a second look changes nothing
                name, counts = self.PAGES[number]
                again = bring(store, {"title": "T", "abstract": "A.", **counts}, *others(1, number), name=name)
                assert again.unchanged == 2
            assert rows(store) == before

            for number in gone:
                remove_source(store, find_source(store, self.PAGES[number][0]), now=NOW, origin="test")
            left = [self.PAGES[number][1] for number in range(4) if number not in gone]
            assert self.found(store) == tuple(
                next((page[name] for page in reversed(left) if name in page), None) for name in ("comments", "upvotes")
            )
            for _ in gone:
                undo(store)
            assert rows(store) == before

    def found(self, store: Store) -> tuple[int | None, int | None]:
        (paper,) = (each.paper for each in stored(store) if each.paper.title == "T")
        return paper.comments, paper.upvotes

    def test_a_card_printed_twice_has_the_larger_counts(self, store: Store) -> None:
        card: Record = {"title": "T", "abstract": "A."}
        bring(store, card, {**card, "comments": 5}, {**card, "comments": 4, "upvotes": 2}, name="2026-01-02.jsonl")
        assert self.found(store) == (5, 2)
        bring(store, {**card, "comments": 1}, name="2026-01-01.jsonl")
        assert self.found(store) == (5, 2)

    @pytest.mark.usefixtures("tiny_batches")
    def test_a_card_printed_again_in_a_later_batch_too(self, store: Store, open_store: Callable[[], Store]) -> None:
        card: Record = {"title": "T", "abstract": "A."}
        bring(store, card, *others(5), {**card, "comments": 5}, name="2026-01-02.jsonl")
        bring(store, {**card, "comments": 1}, name="2026-01-01.jsonl")
        assert self.found(open_store()) == (5, None)
