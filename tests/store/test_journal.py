from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reader.library import Summary, import_text
from reader.store import Store
from reader.store.journal import Recorder, Step
from reader.store.schema import BOOKMARKS

AT = "2026-03-01T09:00:00+00:00"


def record(store: Store, label: str, change: Callable[[Recorder], object]) -> None:
    with store.journal.recording(kind="keep", label=label, at=AT, origin="test") as step:
        change(step)


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row that a step on reading lists may touch."""
    return {table: store.database.rows(f"select * from {table} order by 1, 2") for table in ("lists", "list_entries")}


def steps(store: Store) -> list[tuple[str, str]]:
    return store.database.rows("select label, state from steps where kind <> 'import' order by id")


@pytest.fixture
def papers(store: Store, import_papers: Callable[..., Summary]) -> list[int]:
    import_papers(*({"title": f"Paper {n}"} for n in range(4)))
    return list(store.papers.ids())


def test_a_step_of_many_rows_is_taken_back_and_done_again_whole(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers(*({"title": f"Paper {n}"} for n in range(1_100)))
    before, many = contents(store), list(store.papers.ids())
    record(store, "many", lambda step: store.lists.add(step, store.lists.make(step, "Later"), many, at=AT))
    after = contents(store)
    assert store.journal.undo() is not None
    assert contents(store) == before
    assert store.journal.redo() is not None
    assert contents(store) == after


def test_the_papers_that_a_step_had_to_do_with_are_known_unless_they_are_too_many(
    store: Store, papers: list[int]
) -> None:
    record(store, "two", lambda step: store.lists.add(step, store.lists.make(step, "Later"), papers[:2], at=AT))
    step = store.journal.newest()
    assert step is not None
    assert store.journal.papers(step.id, most=2) == tuple(papers[:2])
    assert store.journal.papers(step.id, most=1) == ()


def test_undo_and_redo_put_rows_back_exactly(store: Store, papers: list[int]) -> None:
    states = [contents(store)]
    record(store, "one", lambda step: store.lists.add(step, BOOKMARKS, papers[:3], at=AT))
    states.append(contents(store))
    record(store, "two", lambda step: store.lists.remove(step, BOOKMARKS, papers[1:2]))
    states.append(contents(store))
    record(store, "three", lambda step: store.lists.add(step, store.lists.make(step, "Later"), papers, at=AT))
    states.append(contents(store))

    for label, state in (("three", states[2]), ("two", states[1]), ("one", states[0])):
        undone = store.journal.undo()
        assert undone is not None
        assert (undone.label, undone.kind, undone.at, undone.origin) == (label, "keep", AT, "test")
        assert contents(store) == state
    assert only_imports_are_left(store)

    for label, state in (("one", states[1]), ("two", states[2]), ("three", states[3])):
        redone = store.journal.redo()
        assert redone is not None
        assert redone.label == label
        assert contents(store) == state
    assert store.journal.redo() is None


def test_where_nothing_was_done_there_is_nothing_to_take_back_or_to_do_again(store: Store) -> None:
    before = contents(store)
    assert store.journal.undo() is None
    assert store.journal.undo(7) is None
    assert store.journal.redo() is None
    assert contents(store) == before


def test_an_updated_row_comes_back_too(store: Store) -> None:
    record(store, "rename", lambda step: step.update("lists", {"id": BOOKMARKS}, {"name": "Kept"}))
    store.journal.undo()
    assert [found.name for found in store.lists.all()] == ["Bookmarks"]
    store.journal.redo()
    assert [found.name for found in store.lists.all()] == ["Kept"]


def test_a_step_that_changes_nothing_leaves_no_trace(store: Store, papers: list[int]) -> None:
    record(store, "nothing", lambda step: store.lists.add(step, BOOKMARKS, [], at=AT))
    record(store, "nothing", lambda step: store.lists.remove(step, BOOKMARKS, papers))
    record(store, "nothing", lambda step: step.update("lists", {"id": BOOKMARKS}, {"name": "Bookmarks"}))
    record(store, "nothing", lambda step: step.update("lists", {"id": 77}, {"name": "Bookmarks"}))
    record(store, "nothing", lambda step: step.delete("lists", {"id": 77}))
    assert steps(store) == []
    assert only_imports_are_left(store)


def test_a_step_that_changes_nothing_does_not_forbid_redo(store: Store, papers: list[int]) -> None:
    record(store, "one", lambda step: store.lists.add(step, BOOKMARKS, papers, at=AT))
    store.journal.undo()
    record(store, "nothing", lambda step: store.lists.remove(step, BOOKMARKS, papers))
    assert store.journal.redo() is not None


def test_a_new_step_after_undo_forbids_redo(store: Store, papers: list[int]) -> None:
    record(store, "one", lambda step: store.lists.add(step, BOOKMARKS, papers[:1], at=AT))
    store.journal.undo()
    record(store, "two", lambda step: store.lists.add(step, BOOKMARKS, papers[:1], at=AT))
    assert store.journal.redo() is None


def test_what_a_new_step_forbade_stays_forbidden_when_that_step_is_undone(store: Store, papers: list[int]) -> None:
    record(store, "one", lambda step: store.lists.add(step, BOOKMARKS, papers[:1], at=AT))
    store.journal.undo()
    record(store, "two", lambda step: store.lists.add(step, BOOKMARKS, papers[:1], at=AT))
    store.journal.undo()
    redone = store.journal.redo()
    assert redone is not None
    assert redone.label == "two"
    assert store.journal.redo() is None


def test_a_failing_body_leaves_nothing(store: Store, papers: list[int]) -> None:
    before = contents(store)

    def fail(step: Recorder) -> None:
        store.lists.add(step, store.lists.make(step, "Later"), papers, at=AT)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record(store, "fails", fail)
    assert contents(store) == before
    assert steps(store) == []
    assert store.database.value("select count(*) from changes") == 0


def test_what_undo_did_beside_the_step_is_taken_back_by_redo(store: Store, papers: list[int]) -> None:
    record(store, "one", lambda step: store.lists.add(step, BOOKMARKS, papers, at=AT))
    before = contents(store)

    def empty(step: Recorder, undone: Step) -> None:
        assert undone.label == "one"
        step.update("lists", {"id": BOOKMARKS}, {"name": "Emptied"})

    store.journal.undo(and_then=empty)
    assert [found.name for found in store.lists.all()] == ["Emptied"]
    store.journal.redo()
    assert contents(store) == before
    store.journal.undo()
    assert [found.name for found in store.lists.all()] == ["Bookmarks"]


def only_imports_are_left(store: Store) -> bool:
    """Whether nothing is left to undo but the import that brought the papers."""
    newest = store.journal.newest()
    return newest is None or newest.kind == "import"


class ListsAgainstAModel(RuleBasedStateMachine):
    """Keeping, dropping, undoing and redoing over a real file, against lists of plain Python."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "library.db")
        self.store = Store.open(self.path)
        from datetime import UTC, datetime

        text = "\n".join(f'{{"title": "Paper {n}"}}' for n in range(5))
        import_text(self.store, text, name="x", now=datetime(2026, 3, 1, tzinfo=UTC), origin="test")
        self.papers = list(self.store.papers.ids())
        self.lists: dict[str, list[int]] = {"Bookmarks": []}
        self.done: list[dict[str, list[int]]] = []
        self.undone: list[dict[str, list[int]]] = []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def changed_to(self, lists: dict[str, list[int]]) -> None:
        if lists != self.lists:
            self.done.append(self.lists)
            self.lists = lists
            self.undone = []

    chosen = st.lists(st.integers(0, 4), max_size=4)
    names = st.sampled_from(["Bookmarks", "Later", "Thesis"])

    @rule(places=chosen, name=names)
    def keep(self, places: list[int], name: str) -> None:
        papers = [self.papers[place] for place in places]

        def change(step: Recorder) -> None:
            found = self.store.lists.find(name)
            list_id = found.id if found else self.store.lists.make(step, name)
            self.store.lists.add(step, list_id, papers, at=AT)

        record(self.store, "keep", change)
        held = self.lists.get(name, [])
        self.changed_to({**self.lists, name: held + [p for p in dict.fromkeys(papers) if p not in held]})

    @rule(places=chosen, name=names)
    def drop(self, places: list[int], name: str) -> None:
        papers = [self.papers[place] for place in places]
        found = self.store.lists.find(name)
        assert (found is not None) == (name in self.lists)
        if found is not None:
            list_id = found.id
            record(self.store, "drop", lambda step: self.store.lists.remove(step, list_id, papers))
            self.changed_to({**self.lists, name: [p for p in self.lists[name] if p not in papers]})

    @rule()
    def undo(self) -> None:
        assert only_imports_are_left(self.store) == (not self.done)
        if self.done:
            self.store.journal.undo()
            self.undone.append(self.lists)
            self.lists = self.done.pop()

    @rule()
    def redo(self) -> None:
        assert (self.store.journal.redo() is not None) == bool(self.undone)
        if self.undone:
            self.done.append(self.lists)
            self.lists = self.undone.pop()

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.path)

    @invariant()
    def lists_are_equal(self) -> None:
        found = {known.name: list(self.store.lists.entries(known.id)) for known in self.store.lists.all()}
        assert found == self.lists


ListsAgainstAModel.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, derandomize=True
)
test_lists_against_a_model = ListsAgainstAModel.TestCase
