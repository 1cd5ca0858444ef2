"""Undo and redo of everything that touches papers: rows exactly as they were, and a sound library at every point."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from library.rows import NOW, Record, bring, lines, rows, soundness, stored, titled
from reader.errors import LibraryError, NothingFound, UsageError
from reader.library import (
    Curated,
    drop,
    find_source,
    import_paths,
    keep,
    merge_papers,
    recover_if_idle,
    redo,
    remove_papers,
    remove_source,
    sources,
    split_paper,
    undo,
)
from reader.store import Store
from reader.store.imports import Imports
from reader.store.schema import BOOKMARKS


class Killed(BaseException):
    """What stands for the end of the process."""


A: Record = {"title": "Aardvarks", "abstract": "On ants.", "comments": 3, "doi": "10.1/a"}
B: Record = {"title": "Badgers", "abstract": "On setts and digging.", "upvotes": 5, "published": "--01-15"}
C: Record = {"title": "Cranes", "abstract": "On flying.", "arxiv_id": "2512.00001"}
D: Record = {"title": "Dormice", "abstract": "On sleep."}


@pytest.fixture
def filled(store: Store) -> Store:
    bring(store, A, B, C, name="2026-01-31.jsonl")
    bring(store, {**B, "upvotes": 9, "authors": ["Ada L."]}, D, name="2026-02-15.jsonl")
    keep(store, [titled(store, "Badgers")], now=NOW, origin="test")
    return store


def ids(store: Store, *titles: str) -> list[int]:
    return [titled(store, title) for title in titles]


def merge(store: Store, first: str, second: str) -> Curated:
    return merge_papers(store, *ids(store, first, second), now=NOW, origin="test")


def merge_and_split(store: Store) -> None:
    merge(store, "Aardvarks", "Cranes")
    split_paper(store, titled(store, "Aardvarks"), now=NOW, origin="test")


def remove_and_bring_again(store: Store) -> None:
    remove_papers(store, ids(store, "Dormice", "Aardvarks"), now=NOW, origin="test")
    bring(store, A, B, C, name="2026-01-31.jsonl")


def orphan_and_bring_again(store: Store) -> None:
    """A bookmark survives its page, and is then seen on another one."""
    remove_source(store, find_source(store, "2026-02-15.jsonl"), now=NOW, origin="test")
    remove_source(store, find_source(store, "2026-01-31.jsonl"), now=NOW, origin="test")
    bring(store, {**B, "upvotes": 1}, name="2026-02-20.jsonl")


def orphan_and_merge(store: Store) -> None:
    remove_source(store, find_source(store, "2026-02-15.jsonl"), now=NOW, origin="test")
    keep(store, ids(store, "Aardvarks"), now=NOW, origin="test")
    remove_source(store, find_source(store, "2026-01-31.jsonl"), now=NOW, origin="test")
    bring(store, {**D, "comments": 8}, name="2026-02-20.jsonl")
    merge(store, "Dormice", "Badgers")
    merge(store, "Aardvarks", "Badgers")


def date_a_page_again(store: Store) -> None:
    path = Path(tempfile.mkdtemp(), "2026-02-15.jsonl")
    path.write_text(lines([{**B, "upvotes": 9, "authors": ["Ada L."]}, D]))
    import_paths(store, [path], now=NOW, page_date=date(2025, 12, 24))


CHANGES: dict[str, Callable[[Store], object]] = {
    "import": lambda s: bring(s, {**A, "upvotes": 1, "authors": ["Bo"]}, {"title": "Elks", "abstract": "Big."}),
    "remove a source": lambda s: remove_source(s, find_source(s, "2026-01-31.jsonl"), now=NOW, origin="test"),
    "remove the newer source": lambda s: remove_source(s, find_source(s, "2"), now=NOW, origin="test"),
    "merge": lambda s: merge(s, "Aardvarks", "Badgers"),
    "merge the other way round": lambda s: merge(s, "Dormice", "Badgers"),
    "merge and split": merge_and_split,
    "remove": lambda s: remove_papers(s, ids(s, "Badgers", "Dormice"), now=NOW, origin="test"),
    "remove and bring again": remove_and_bring_again,
    "orphan and bring again": orphan_and_bring_again,
    "orphan and merge": orphan_and_merge,
    "date a page again": date_a_page_again,
}


@pytest.mark.parametrize("padded", [False, True])
@pytest.mark.parametrize("name", CHANGES)
def test_rows_are_exactly_as_before_and_as_after(store: Store, name: str, *, padded: bool) -> None:
    if padded:  # then words are counted one by one and not afresh
        bring(store, *({"title": f"Paper {n}", "abstract": f"Filler{n}."} for n in range(60)), name="padding.jsonl")
    bring(store, A, B, C, name="2026-01-31.jsonl")
    bring(store, {**B, "upvotes": 9, "authors": ["Ada L."]}, D, name="2026-02-15.jsonl")
    keep(store, [titled(store, "Badgers")], now=NOW, origin="test")
    if name == "remove the newer source" and padded:
        return
    first = store.journal.newest()
    before = rows(store)
    CHANGES[name](store)
    after = rows(store)
    assert (after != before) == (name != "merge and split")
    assert soundness(store) == []
    for _ in range(2):
        back = [after]
        while store.journal.newest() != first:
            assert undo(store) is not None
            assert soundness(store) == []
            back.append(rows(store))
        assert back[-1] == before
        for there in reversed(back[:-1]):
            assert redo(store) is not None
            assert rows(store) == there
            assert soundness(store) == []
        assert redo(store) is None


def test_all_there_is_can_be_undone_and_done_again(filled: Store) -> None:
    merge_and_split(filled)
    remove_and_bring_again(filled)
    states = [rows(filled)]
    while undo(filled) is not None:
        assert soundness(filled) == []
        states.append(rows(filled))
    assert stored(filled) == []
    assert not any(states[-1][table] for table in states[-1] if table != "lists")
    for state in reversed(states[:-1]):
        redo(filled)
        assert rows(filled) == state
        assert soundness(filled) == []


def test_what_is_kept_or_seen_elsewhere_stays(filled: Store) -> None:
    keep(filled, ids(filled, "Cranes"), now=NOW, origin="test")
    done = remove_source(filled, find_source(filled, "2026-01-31.jsonl"), now=NOW, origin="test")
    assert done.gone == 1
    assert [paper.paper.title for paper in stored(filled)] == ["Badgers", "Cranes", "Dormice"]
    assert {paper.paper.title: len(paper.sources) for paper in stored(filled)}["Cranes"] == 0


def test_a_bookmark_made_since_the_import_outlives_it(store: Store) -> None:
    """Nothing but undoing the bookmark first leads there, yet no order of steps may ever cost a bookmark."""
    bring(store, A, B, name="one.jsonl")
    step = store.journal.newest()
    assert step is not None
    keep(store, ids(store, "Badgers"), now=NOW, origin="test")
    store.database.run("delete from steps where id > ?", (step.id,))
    undo(store)
    assert [paper.paper.title for paper in stored(store)] == ["Badgers"]
    redo(store)
    assert [paper.bookmarked for paper in stored(store)] == [False, True]


@pytest.mark.parametrize("change", ["import", "keep"])
def test_something_new_closes_redo(filled: Store, change: str) -> None:
    merge(filled, "Aardvarks", "Cranes")
    undo(filled)
    if change == "import":
        bring(filled, {"title": "Elks", "abstract": "Big."}, name="elks.jsonl")
    else:
        keep(filled, ids(filled, "Dormice"), now=NOW, origin="test")
    assert redo(filled) is None


def test_what_was_undone_while_an_import_ran_is_not_done_again_after_it(
    filled: Store, open_store: Callable[[], Store], tmp_path: Path
) -> None:
    path = tmp_path / "page.jsonl"
    path.write_text(lines([{**A, "arxiv_id": "2512.00001"}]))  # it unites two papers
    other = open_store()

    def meanwhile(_: object) -> None:
        if other.journal.newest_undone() is None and len(other.lists.entries(BOOKMARKS)) == 1:
            keep(other, ids(other, "Dormice"), now=NOW, origin="other")
            undo(other)

    import_paths(filled, [path], now=NOW, progress=meanwhile)
    assert redo(filled) is None
    assert soundness(filled) == []


WHILE_IMPORTING: dict[str, Callable[[Store], object]] = {
    "merge": lambda s: merge(s, "Aardvarks", "Badgers"),
    "split": lambda s: split_paper(s, titled(s, "Badgers"), now=NOW, origin="test"),
    "remove": lambda s: remove_papers(s, ids(s, "Aardvarks"), now=NOW, origin="test"),
    "remove a source": lambda s: remove_source(s, 1, now=NOW, origin="test"),
    "undo an import": lambda s: (undo(s), undo(s)),
}


@pytest.mark.parametrize("name", WHILE_IMPORTING)
def test_papers_are_left_alone_while_an_import_runs(filled: Store, open_store: Callable[[], Store], name: str) -> None:
    other = open_store()
    with other.imports.lock(wait=0) as held:
        assert held
        before = rows(filled)["papers"]
        with pytest.raises(LibraryError, match="being imported"):
            WHILE_IMPORTING[name](filled)
        assert rows(filled)["papers"] == before


@pytest.mark.parametrize("name", WHILE_IMPORTING)
def test_what_a_dead_import_left_is_taken_back_first(filled: Store, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "split":
        merge(filled, "Badgers", "Cranes")
    with monkeypatch.context() as patch:
        patch.setattr("reader.store.imports.Imports.take_back", lambda *_: None)
        patch.setattr("reader.store.imports.Imports.finish", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring(filled, {**A, "authors": ["Zed"]}, {"title": "Ghosts", "abstract": "Boo."}, name="dead.jsonl")
    WHILE_IMPORTING[name](filled)
    assert filled.imports.unfinished() == []
    assert soundness(filled) == []
    assert "Ghosts" not in {paper.paper.title for paper in stored(filled)}
    assert all(paper.paper.authors != ("Zed",) for paper in stored(filled))


def test_a_paper_that_no_source_shows_is_not_taken_for_one_that_an_import_added(store: Store) -> None:
    bring(store, A, B, name="one.jsonl")
    keep(store, ids(store, "Badgers"), now=NOW, origin="test")
    remove_source(store, 1, now=NOW, origin="test")
    drop(store, ids(store, "Badgers"), now=NOW, origin="test")
    before = rows(store)
    bring(store, A, B, name="one.jsonl")
    undo(store)
    assert rows(store) == before


class TestLargeImports:
    """An import of more papers than fit one step is taken back in parts, and so is its source removed."""

    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", 5)
        monkeypatch.setattr("reader.library.curating.LARGEST_UNDOABLE", 5)
        monkeypatch.setattr("reader.library.curating._PART", 3)

    def papers(self, count: int) -> list[Record]:
        return [{"title": f"Paper {n}", "abstract": f"Filler{n}."} for n in range(count)]

    def test_undo_takes_it_back_in_parts_and_redo_cannot_bring_it_again(self, store: Store) -> None:
        bring(store, *self.papers(5), name="small.jsonl")
        undo(store)
        redo(store)
        before = rows(store)
        bring(store, *self.papers(6), name="large.jsonl")
        label = undo(store)
        assert label == "imported 1 paper from large.jsonl (import the file again to bring it back)"
        assert (rows(store), soundness(store)) == (before, [])
        assert redo(store) is None
        assert bring(store, *self.papers(6), name="large.jsonl").added == 1
        undo(store)
        assert undo(store) == "imported 5 papers from small.jsonl"
        assert undo(store) is None

    @pytest.mark.parametrize(
        "name", ["import", "remove and bring again", "orphan and bring again", "date a page again"]
    )
    def test_whatever_an_import_changed_is_as_before(
        self, filled: Store, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", -1)
        for batch in ("TAKE_BACK_BATCH", "REMOVE_BATCH"):
            monkeypatch.setattr(f"reader.store.taking_back.{batch}", 1)
        bring(filled, *self.papers(4), name="more.jsonl")
        states, first = [], filled.journal.newest()
        before = rows(filled)
        CHANGES[name](filled)
        while filled.journal.newest() != first:
            states.append(undo(filled))
        assert states
        assert (rows(filled), soundness(filled)) == (before, [])

    def test_what_was_undone_before_it_is_not_done_again(self, store: Store) -> None:
        bring(store, *self.papers(6), name="large.jsonl")
        keep(store, ids(store, "Paper 2"), now=NOW, origin="test")
        undo(store)
        undo(store)
        assert redo(store) is None
        assert soundness(store) == []

    def test_what_changed_many_papers_is_taken_back_in_parts_too(self, store: Store) -> None:
        bring(store, *self.papers(4), name="one.jsonl")
        before = rows(store)
        bring(store, *({**paper, "authors": ["Ada"], "doi": f"10.1/{n}"} for n, paper in enumerate(self.papers(4))))
        assert "again" in (undo(store) or "")
        assert (rows(store), soundness(store)) == (before, [])

    def test_a_bookmark_made_since_outlives_it(self, store: Store) -> None:
        bring(store, *self.papers(9), name="large.jsonl")
        step = store.journal.newest()
        assert step is not None
        keep(store, ids(store, "Paper 7"), now=NOW, origin="test")
        store.database.run("delete from steps where id > ?", (step.id,))
        undo(store)
        assert [(paper.paper.title, paper.bookmarked) for paper in stored(store)] == [("Paper 7", True)]
        assert sources(store) == []
        assert soundness(store) == []

    def test_what_was_done_since_in_another_window_is_undone_before(
        self, store: Store, open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bring(store, *self.papers(9), name="large.jsonl")
        other, reopen = open_store(), Imports.reopen

        def meanwhile(self: Imports, step: int) -> bool:
            keep(other, ids(other, "Paper 7"), now=NOW, origin="other")
            return reopen(self, step)

        monkeypatch.setattr(Imports, "reopen", meanwhile)
        assert undo(store) == "bookmarked: Paper 7"
        assert len(stored(store)) == 9

    @pytest.mark.parametrize("death", [KeyboardInterrupt, Killed])
    def test_wherever_it_ends_nobody_sees_half_of_it_and_it_goes_on(
        self,
        store: Store,
        open_store: Callable[[], Store],
        monkeypatch: pytest.MonkeyPatch,
        death: type[BaseException],
    ) -> None:
        for name in ("TAKE_BACK_BATCH", "REMOVE_BATCH"):
            monkeypatch.setattr(f"reader.store.taking_back.{name}", 4)
        bring(store, *self.papers(9), name="old.jsonl")
        before = rows(store)
        other = open_store()
        begin = store.database.transaction
        left = 0

        def counted() -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise death
            return begin()

        for stop_at in range(2, 30):
            changed = [{**paper, "upvotes": 3, "authors": ["Ada"]} for paper in self.papers(14)]
            bring(store, *changed, name="new.jsonl")
            left = stop_at
            monkeypatch.setattr(store.database, "transaction", counted)
            with suppress(Killed):
                undo(store)
            monkeypatch.setattr(store.database, "transaction", begin)
            if left > 0:
                break
            assert len(stored(other)) == 9
            assert [each.name for each in sources(other)] == ["old.jsonl"]
            assert [label for label in (store.journal.newest(),) if label and "new" in label.label] == []
            recover_if_idle(other)
            assert (rows(store), soundness(store)) == (before, [])
        assert left > 0
        assert stop_at > 10

    def test_while_another_process_imports_it_waits_for_the_next_time(
        self, store: Store, open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reader.store.taking_back.TAKE_BACK_BATCH", 4)
        bring(store, *self.papers(9), name="old.jsonl")
        before = rows(store)
        bring(store, *self.papers(14), name="new.jsonl")
        begin, left = store.database.transaction, 3

        def counted() -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
            return begin()

        monkeypatch.setattr(store.database, "transaction", counted)
        undo(store)
        monkeypatch.setattr(store.database, "transaction", begin)
        assert store.imports.half_undone() is not None
        with open_store().imports.lock(wait=0) as held:
            assert held
            with pytest.raises(LibraryError, match="being imported"):
                undo(store)
        assert undo(store) == "imported 5 papers from new.jsonl (import the file again to bring it back)"
        assert (rows(store), soundness(store)) == (before, [])

    def test_the_source_goes_in_parts(self, store: Store) -> None:
        bring(store, *self.papers(3), name="small.jsonl")
        bring(store, *self.papers(10), name="large.jsonl")
        keep(store, ids(store, "Paper 9"), now=NOW, origin="test")
        before, told = rows(store), list[int]()
        done = remove_source(store, 2, now=NOW, origin="test", between=told.append)
        assert (done.gone, told) == (6, [0, 3, 6, 6])
        assert [paper.paper.title for paper in stored(store)] == ["Paper 0", "Paper 1", "Paper 2", "Paper 9"]
        assert soundness(store) == []
        for _ in range(5):
            undo(store)
        assert rows(store) == before
        assert soundness(store) == []

    def test_what_is_kept_between_two_parts_stays(self, store: Store, open_store: Callable[[], Store]) -> None:
        bring(store, *self.papers(10), name="large.jsonl")
        other = open_store()

        def meanwhile(_: int) -> None:
            if not other.lists.entries(BOOKMARKS):
                keep(other, ids(other, "Paper 8"), now=NOW, origin="other")

        assert remove_source(store, 1, now=NOW, origin="test", between=meanwhile).gone == 9
        assert [paper.paper.title for paper in stored(store)] == ["Paper 8"]


class TestByHand:
    """Merging, splitting and removing."""

    def test_merged_papers_are_found_by_both_keys_and_split_again(self, filled: Store) -> None:
        keys = {paper.paper.title: paper.key for paper in stored(filled)}
        assert merge(filled, "Cranes", "Aardvarks").label == f"merged into {keys['Aardvarks'][:6]}: Cranes"
        for name in (keys["Aardvarks"], keys["Cranes"], "2512.00001", "10.1/a"):
            assert [key for _, key in filled.papers.find(name)] == [keys["Aardvarks"]]
        split_paper(filled, filled.papers.find(keys["Cranes"])[0][0], now=NOW, origin="test")
        assert {paper.paper.title: paper.key for paper in stored(filled)} == keys
        assert [key for _, key in filled.papers.find("2512.00001")] == [keys["Cranes"]]
        assert soundness(filled) == []

    def test_papers_merged_one_after_another_are_all_split_again(self, filled: Store) -> None:
        plain = {paper.key: (paper.paper.title, paper.paper.abstract) for paper in stored(filled)}
        merge(filled, "Badgers", "Dormice")
        merge(filled, "Badgers", "Cranes")
        bring(filled, {**C, "title": "Cranes", "abstract": "On flying far."}, name="more.jsonl")
        split_paper(filled, titled(filled, "Badgers"), now=NOW, origin="test")
        assert set(plain) == {paper.key for paper in stored(filled)}
        assert soundness(filled) == []
        assert bring(filled, A, B, C, name="2026-01-31.jsonl").added == 0

    def test_a_split_gives_back_both_as_they_were(self, filled: Store) -> None:
        keep(filled, ids(filled, "Badgers", "Dormice", "Cranes"), now=NOW, origin="test", list_name="Later")
        bring(filled, B, {**D, "upvotes": 9, "comments": 2}, name="both.jsonl")
        before = rows(filled)
        for first, second in (("Badgers", "Dormice"), ("Aardvarks", "Cranes"), ("Cranes", "Badgers")):
            keys = [filled.papers.plain(ids(filled, each))[titled(filled, each)][0] for each in (first, second)]
            merge(filled, first, second)
            merged = rows(filled)
            split_paper(filled, filled.papers.find(keys[0])[0][0], now=NOW, origin="test")
            assert (rows(filled), soundness(filled)) == (before, [])
            undo(filled)
            assert rows(filled) == merged
            redo(filled)
            assert rows(filled) == before

    def test_what_nothing_shows_is_split_as_it_was(self, filled: Store) -> None:
        keep(filled, ids(filled, "Dormice", "Aardvarks"), now=NOW, origin="test")
        bring(filled, {**C, "comments": 8}, name="cranes.jsonl")
        for name in ("2026-02-15.jsonl", "2026-01-31.jsonl"):
            remove_source(filled, find_source(filled, name), now=NOW, origin="test")
        before = rows(filled)
        for first, second in (("Dormice", "Badgers"), ("Aardvarks", "Cranes"), ("Badgers", "Cranes")):
            kept = min(ids(filled, first, second))
            merge(filled, first, second)
            split_paper(filled, kept, now=NOW, origin="test")
            assert (rows(filled), soundness(filled)) == (before, [])

    def test_a_paper_goes_back_with_what_had_gone_into_it(self, filled: Store) -> None:
        kept, gone = ids(filled, "Aardvarks", "Cranes")
        merge(filled, "Cranes", "Dormice")
        before = rows(filled)
        merge_papers(filled, kept, gone, now=NOW, origin="test")
        split_paper(filled, kept, now=NOW, origin="test")
        assert rows(filled) == before
        split_paper(filled, gone, now=NOW, origin="test")
        assert [paper.paper.title for paper in stored(filled)] == ["Aardvarks", "Badgers", "Cranes", "Dormice"]

    def test_a_paper_goes_back_with_what_was_joined_to_it(self, store: Store) -> None:
        abstract = "Dormice sleep through 7 months of the year, and nobody has asked them why until this paper did."
        bring(store, A, {**D, "abstract": abstract}, name="text.jsonl")
        bring(store, {**D, "abstract": abstract + "!!", "arxiv_id": "2512.00009"}, name="ids.jsonl")
        before = rows(store)
        merge(store, "Aardvarks", "Dormice")
        split_paper(store, 1, now=NOW, origin="test")
        assert rows(store) == before
        split_paper(store, titled(store, "Dormice"), now=NOW, origin="test")
        assert len(stored(store)) == 3

    def test_what_happened_since_the_merge_is_not_taken_back(self, filled: Store) -> None:
        a, c = ids(filled, "Aardvarks", "Cranes")
        keep(filled, [c], now=NOW, origin="test")
        keep(filled, [c], now=NOW, origin="test", list_name="Later")
        merge(filled, "Aardvarks", "Cranes")
        drop(filled, [a], now=NOW, origin="test")
        keep(filled, [a], now=NOW, origin="test", list_name="Thesis")
        bring(filled, {**A, "authors": ["Bo"]}, name="new.jsonl")
        remove_source(filled, find_source(filled, "2026-02-15.jsonl"), now=NOW, origin="test")
        split_paper(filled, a, now=NOW, origin="test")
        one, other = filled.papers.get([a, c])
        assert (one.lists, other.lists) == (("Thesis",), ("Later",))
        assert [[source.name for source in paper.sources] for paper in (one, other)] == [
            ["new.jsonl", "2026-01-31.jsonl"],
            ["2026-01-31.jsonl"],
        ]
        assert (one.paper.authors, other.paper.authors) == (("Bo",), None)
        assert soundness(filled) == []

    def test_a_number_that_was_given_since_is_left_alone(self, filled: Store) -> None:
        merge(filled, "Aardvarks", "Dormice")  # the number of the last paper is free again
        bring(filled, {"title": "Elks", "abstract": "Big."}, name="elks.jsonl")
        split_paper(filled, titled(filled, "Aardvarks"), now=NOW, origin="test")
        assert [paper.paper.title for paper in stored(filled)] == ["Aardvarks", "Badgers", "Cranes", "Elks", "Dormice"]
        assert soundness(filled) == []

    def test_what_was_joined_by_likeness_is_split(self, store: Store) -> None:
        abstract = "Dormice sleep through 7 months of the year, and nobody has asked them why until this paper did."
        bring(store, {**D, "abstract": abstract}, name="text.jsonl")
        before = stored(store)[0].paper
        bring(store, {**D, "abstract": abstract + "!!", "arxiv_id": "2512.00009"}, name="ids.jsonl")
        assert len(stored(store)) == 1
        split_paper(store, titled(store, "Dormice"), now=NOW, origin="test")
        old, new = stored(store)
        assert (old.paper, new.paper.arxiv_id) == (before, "2512.00009")
        assert [source.name for source in (*old.sources, *new.sources)] == ["text.jsonl", "ids.jsonl"]
        assert bring(store, {**D, "abstract": abstract + "!!", "arxiv_id": "2512.00009"}, name="x").unchanged == 1

    def test_a_record_joined_beside_its_own_paper_on_one_page_leaves_it_there(self, store: Store) -> None:
        abstract = "Dormice sleep through 7 months of the year, and nobody has asked them why until this paper did."
        bring(store, {**D, "abstract": abstract}, {**D, "abstract": abstract + "!", "arxiv_id": "2512.00009"})
        split_paper(store, titled(store, "Dormice"), now=NOW, origin="test")
        assert [[source.rank for source in paper.sources] for paper in stored(store)] == [[1], [2]]

    def test_there_are_papers_that_cannot_be_merged_or_split(self, filled: Store) -> None:
        bring(filled, {"title": "Elks", "abstract": "Big.", "arxiv_id": "2512.00002"})
        with pytest.raises(UsageError, match="two papers"):
            merge(filled, "Cranes", "Elks")
        with pytest.raises(UsageError):
            merge(filled, "Elks", "Elks")
        with pytest.raises(NothingFound):
            split_paper(filled, titled(filled, "Elks"), now=NOW, origin="test")
        with pytest.raises(NothingFound):
            merge_papers(filled, 1, 999, now=NOW, origin="test")
        with pytest.raises(NothingFound):
            split_paper(filled, 999, now=NOW, origin="test")
        with pytest.raises(NothingFound):
            remove_source(filled, 999, now=NOW, origin="test")
        before = rows(filled)
        assert remove_papers(filled, [999], now=NOW, origin="test").gone == 0
        assert rows(filled) == before


@dataclass(frozen=True)
class Model:
    """What the library should show: by title, the pages that a paper is on; and what is bookmarked."""

    pages: tuple[int, ...] = ()
    seen: frozenset[tuple[str, int]] = frozenset()
    papers: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    one: frozenset[tuple[str, str]] = frozenset()  # the second was merged into the first

    def into(self, title: str) -> str:
        return next((keep for keep, gone in self.one if gone == title), title)

    def without(self, papers: frozenset[str]) -> Model:
        return Model(
            self.pages,
            frozenset(pair for pair in self.seen if pair[0] not in papers),
            self.papers - papers,
            self.kept - papers,
            frozenset(pair for pair in self.one if pair[0] not in papers),
        )


PAGES = (("A", "B", "C"), ("B", "D"), ("C", "E", "F"), ("A", "F"), ("G",))
PAPERS: dict[str, Record] = {
    name: {
        "title": f"Paper {name}",
        "abstract": f"All about {name * 3}.",
        **({"arxiv_id": f"2512.0000{n}"} if name in "BE" else {"doi": f"10.1/{name}"} if name == "F" else {}),
    }
    for n, name in enumerate("ABCDEFG")
}


class LibraryAgainstAModel(RuleBasedStateMachine):
    """Everything that changes papers, undone and done again at any point, against plain Python."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "library.db")
        self.store = Store.open(self.path)
        self.now = Model()
        self.done: list[tuple[Model, object]] = []
        self.undone: list[tuple[Model, object]] = []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def paper(self, title: str) -> int:
        return self.store.papers.find(self.key(title))[0][0]

    def become(self, model: Model, before: object) -> None:
        if model != self.now:
            self.done.append((self.now, before))
            self.now, self.undone = model, []

    @rule(page=st.integers(0, 4))
    def bring(self, page: int) -> None:
        before = rows(self.store)
        bring(self.store, *(PAPERS[title] for title in PAGES[page]), name=f"page-{page}.jsonl")
        self.undone = []  # papers of an import under way could get the ids of those
        titles = {self.now.into(title) for title in PAGES[page]}
        model = Model(
            self.now.pages if page in self.now.pages else (*self.now.pages, page),
            self.now.seen | {(title, page) for title in titles},
            self.now.papers | titles,
            self.now.kept,
            self.now.one,
        )
        self.become(model, before)

    @precondition(lambda self: self.now.papers)
    @rule(data=st.data())
    def keep(self, data: st.DataObject) -> None:
        title = data.draw(st.sampled_from(sorted(self.now.papers)))
        before = rows(self.store)
        keep(self.store, [self.paper(title)], now=NOW, origin="test")
        n = self.now
        self.become(Model(n.pages, n.seen, n.papers, n.kept | {title}, n.one), before)

    @precondition(lambda self: self.now.kept)
    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        title = data.draw(st.sampled_from(sorted(self.now.kept)))
        before = rows(self.store)
        drop(self.store, [self.paper(title)], now=NOW, origin="test")
        n = self.now
        self.become(Model(n.pages, n.seen, n.papers, n.kept - {title}, n.one), before)

    @precondition(lambda self: self.now.papers)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        title = data.draw(st.sampled_from(sorted(self.now.papers)))
        before = rows(self.store)
        remove_papers(self.store, [self.paper(title)], now=NOW, origin="test")
        self.become(self.now.without(frozenset({title})), before)

    @precondition(lambda self: self.now.pages)
    @rule(data=st.data())
    def remove_source(self, data: st.DataObject) -> None:
        page = data.draw(st.sampled_from(self.now.pages))
        before = rows(self.store)
        number = find_source(self.store, f"page-{page}.jsonl")
        done = remove_source(self.store, number, now=NOW, origin="test")
        n = self.now
        seen = frozenset(pair for pair in n.seen if pair[1] != page)
        lonely = {title for title, p in n.seen if p == page} - {title for title, _ in seen} - n.kept
        assert done.gone == len(lonely)
        pages = tuple(p for p in n.pages if p != page)
        self.become(Model(pages, seen, n.papers, n.kept, n.one).without(frozenset(lonely)), before)

    @precondition(lambda self: len(self.now.papers) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        apart = sorted(self.now.papers - {keep for keep, _ in self.now.one})
        if len(apart) < 2:
            return
        two = data.draw(st.lists(st.sampled_from(apart), min_size=2, max_size=2, unique=True))
        if set(two) == {"B", "E"}:
            return  # arXiv has them as two
        older, younger = sorted(two, key=self.paper)
        before = rows(self.store)
        merge_papers(self.store, self.paper(two[0]), self.paper(two[1]), now=NOW, origin="test")
        n = self.now
        seen = frozenset((older if title == younger else title, page) for title, page in n.seen)
        kept = frozenset(older if title == younger else title for title in n.kept)
        self.become(Model(n.pages, seen, n.papers - {younger}, kept, n.one | {(older, younger)}), before)

    def key(self, title: str) -> str:
        from reader.paper import Paper, text_key

        record = PAPERS[title]
        return text_key(Paper(title=str(record["title"]), abstract=str(record["abstract"])))

    @rule()
    def undo(self) -> None:
        label = undo(self.store)
        assert (label is not None) == bool(self.done)
        if self.done:
            model, before = self.done.pop()
            self.undone.append((self.now, None))
            self.now = model
            assert rows(self.store) == before

    @rule()
    def redo(self) -> None:
        before = rows(self.store)
        label = redo(self.store)
        assert (label is not None) == bool(self.undone)
        if self.undone:
            self.done.append((self.now, before))
            self.now = self.undone.pop()[0]

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.path)

    @invariant()
    def it_shows_what_the_model_says(self) -> None:
        papers = stored(self.store)
        assert {paper.key for paper in papers} == {self.key(title) for title in self.now.papers}
        assert {paper.key for paper in papers if paper.bookmarked} == {self.key(title) for title in self.now.kept}
        assert {each.name for each in sources(self.store)} == {f"page-{page}.jsonl" for page in self.now.pages}
        assert sum(len(paper.sources) for paper in papers) == len(self.now.seen)

    @invariant()
    def it_is_sound(self) -> None:
        assert soundness(self.store) == []


LibraryAgainstAModel.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, derandomize=True
)
test_library_against_a_model = LibraryAgainstAModel.TestCase


def test_a_paper_that_no_page_showed_stands_on_its_new_page_again_after_redo(store: Store) -> None:
    bring(store, A, name="one")
    keep(store, [titled(store, "Aardvarks")], now=NOW, origin="test")
    remove_source(store, find_source(store, "one"), now=NOW, origin="test")
    before = rows(store)
    bring(store, A, D, name="two", now=NOW + timedelta(days=9))
    after = rows(store)
    assert [row[2] for row in after["papers"]] == [20260310, 20260310]
    undo(store)
    assert rows(store) == before
    redo(store)
    assert rows(store) == after
