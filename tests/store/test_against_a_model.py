"""The store against a dictionary: whatever is done, undone, done again and reopened, both hold the same."""

from __future__ import annotations

import copy
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.library import (
    delete_list,
    dismiss,
    drop,
    forget_search,
    import_text,
    keep,
    make_list,
    mark_read,
    mark_unread,
    move_in_list,
    redo,
    rename_list,
    restore,
    save_search,
    set_note,
    tag,
    undo,
    untag,
)
from reader.store import Store
from reader.store.schema import BOOKMARKS

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
COUNT = 4
PAPERS = "\n".join(f'{{"title": "Paper {n}", "abstract": "On the number {n}."}}' for n in range(COUNT))
FIRST = "Bookmarks"

papers = st.lists(st.integers(1, COUNT), min_size=1, max_size=3, unique=True)
names = st.sampled_from(["Later", "To Read", "深層"])
tags = st.sampled_from(["vision", "Kernels", "to read"])


@dataclass
class Model:
    """What a library holds of what users made, as plain dictionaries."""

    lists: dict[str, list[int]] = field(default_factory=lambda: {FIRST: []})
    tags: dict[str, set[int]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    dismissed: set[int] = field(default_factory=set)
    searches: dict[str, str] = field(default_factory=dict)


class Library(RuleBasedStateMachine):
    """Does the same to both."""

    @initialize()
    def begin(self) -> None:
        """Fill a library with a few papers."""
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder / "library.db")
        import_text(self.store, PAPERS, name="papers.jsonl", now=NOW, origin="test")
        self.store.database.run("delete from changes")  # so that nothing before this can be taken back
        self.store.database.run("update steps set state = 'closed'")
        self.model = Model()
        self.before: list[Model] = []
        self.after: list[Model] = []

    def changed(self, model: Model) -> None:
        if model != self.model:
            self.before.append(self.model)
            self.after = []
            self.model = model

    @rule(ids=papers, name=names | st.just(FIRST))
    def keep(self, ids: list[int], name: str) -> None:
        keep(self.store, ids, now=NOW, origin="test", list_name=name)
        model = copy.deepcopy(self.model)
        entries = model.lists.setdefault(name, [])
        entries += [id_ for id_ in ids if id_ not in entries]
        self.changed(model)

    @precondition(lambda self: any(self.model.lists.values()))
    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(name for name, held in self.model.lists.items() if held)))
        ids = data.draw(st.lists(st.sampled_from(self.model.lists[name]), min_size=1, unique=True))
        drop(self.store, ids, now=NOW, origin="test", list_name=name)
        model = copy.deepcopy(self.model)
        model.lists[name] = [id_ for id_ in model.lists[name] if id_ not in ids]
        self.changed(model)

    @precondition(lambda self: any(self.model.lists.values()))
    @rule(by=st.integers(-4, 4).filter(bool), data=st.data())
    def move(self, by: int, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(name for name, held in self.model.lists.items() if held)))
        id_ = data.draw(st.sampled_from(self.model.lists[name]))
        move_in_list(self.store, [id_], by, now=NOW, origin="test", list_name=name)
        model = copy.deepcopy(self.model)
        order = model.lists[name]
        place = max(0, min(order.index(id_) + by, len(order) - 1))
        order.remove(id_)
        order.insert(place, id_)
        self.changed(model)

    @rule(name=names)
    def make(self, name: str) -> None:
        if name not in self.model.lists:
            make_list(self.store, name, now=NOW, origin="test")
            self.changed(Model(**{**vars(copy.deepcopy(self.model)), "lists": {**self.model.lists, name: []}}))

    @precondition(lambda self: len(self.model.lists) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(set(self.model.lists) - {FIRST})))
        delete_list(self.store, name, now=NOW, origin="test")
        model = copy.deepcopy(self.model)
        del model.lists[name]
        self.changed(model)

    @precondition(lambda self: len(self.model.lists) > 1)
    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(set(self.model.lists) - {FIRST})))
        new = f"{name}'"
        if new not in self.model.lists:
            rename_list(self.store, name, new, now=NOW, origin="test")
            model = copy.deepcopy(self.model)
            model.lists = {new if each == name else each: held for each, held in model.lists.items()}
            self.changed(model)

    @rule(ids=papers, name=tags)
    def tag(self, ids: list[int], name: str) -> None:
        tag(self.store, ids, name, now=NOW, origin="test")
        model = copy.deepcopy(self.model)
        model.tags.setdefault(name, set()).update(ids)
        self.changed(model)

    @precondition(lambda self: bool(self.model.tags))
    @rule(data=st.data())
    def untag(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.model.tags)))
        ids = data.draw(st.lists(st.sampled_from(sorted(self.model.tags[name])), min_size=1, unique=True))
        untag(self.store, ids, name, now=NOW, origin="test")
        model = copy.deepcopy(self.model)
        model.tags[name] -= set(ids)
        model.tags = {each: held for each, held in model.tags.items() if held}
        self.changed(model)

    @rule(id_=st.integers(1, COUNT), text=st.sampled_from(["", "A note.", "Ünïcode\nin two lines"]))
    def note(self, id_: int, text: str) -> None:
        set_note(self.store, id_, text, now=NOW, origin="test")
        model = copy.deepcopy(self.model)
        model.notes.pop(id_, None)
        if text:
            model.notes[id_] = text
        self.changed(model)

    @rule(ids=papers, read=st.booleans())
    def mark(self, ids: list[int], read: bool) -> None:
        (mark_read if read else mark_unread)(self.store, ids, now=NOW, origin="test")
        model = copy.deepcopy(self.model)
        model.read = model.read | set(ids) if read else model.read - set(ids)
        self.changed(model)

    @rule(ids=papers, dismissed=st.booleans())
    def dismiss(self, ids: list[int], dismissed: bool) -> None:
        (dismiss if dismissed else restore)(self.store, ids, now=NOW, origin="test")
        model = copy.deepcopy(self.model)
        model.dismissed = model.dismissed | set(ids) if dismissed else model.dismissed - set(ids)
        self.changed(model)

    @rule(name=st.sampled_from(["mine", "yours"]), query=st.sampled_from(["kernel", "paper"]))
    def save(self, name: str, query: str) -> None:
        save_search(self.store, name, query, now=NOW, origin="test")
        self.changed(Model(**{**vars(copy.deepcopy(self.model)), "searches": {**self.model.searches, name: query}}))

    @precondition(lambda self: bool(self.model.searches))
    @rule(data=st.data())
    def forget(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.model.searches)))
        forget_search(self.store, name, now=NOW, origin="test")
        model = copy.deepcopy(self.model)
        del model.searches[name]
        self.changed(model)

    @rule()
    def undo(self) -> None:
        assert (undo(self.store) is None) == (not self.before)
        if self.before:
            self.after.append(self.model)
            self.model = self.before.pop()

    @rule()
    def redo(self) -> None:
        assert (redo(self.store) is None) == (not self.after)
        if self.after:
            self.before.append(self.model)
            self.model = self.after.pop()

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder / "library.db")

    @invariant()
    def both_hold_the_same(self) -> None:
        if not hasattr(self, "store"):
            return
        stored = dict(zip(range(1, COUNT + 1), self.store.papers.get(range(1, COUNT + 1)), strict=True))
        held = {each.name: list(self.store.lists.entries(each.id)) for each in self.store.lists.all()}
        assert self.store.lists.all()[0].id == BOOKMARKS
        assert held == self.model.lists
        assert {id_: each.note for id_, each in stored.items() if each.note is not None} == self.model.notes
        assert {id_ for id_, each in stored.items() if each.read} == self.model.read
        assert {id_ for id_, each in stored.items() if each.dismissed} == self.model.dismissed
        tagged: dict[str, set[int]] = {}
        for id_, each in stored.items():
            for name in each.tags:
                tagged.setdefault(name, set()).add(id_)
        assert tagged == self.model.tags
        assert {each.name: each.query for each in self.store.searches.all()} == self.model.searches

    def teardown(self) -> None:
        if hasattr(self, "store"):
            damage = [check.damage for check in self.store.checks.run() if check.damage]
            self.store.close()
            shutil.rmtree(self.folder)
            assert damage == []


Library.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLibrary = pytest.mark.filterwarnings("ignore::ResourceWarning")(Library.TestCase)
