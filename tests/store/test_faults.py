"""Every public method of the store under the same faults: it works or says why not, and never a bare SQL error."""

from __future__ import annotations

import inspect
import itertools
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.library import import_text, keep, mark_read, merge_papers, save_search, set_note, tag, undo
from reader.paper import Paper, PartialDate
from reader.store import Store, database, filters, opening
from reader.store.batches import Addition, Enrichment, Sighting
from reader.store.edits import Joined
from reader.store.matching import AllOf, Term
from reader.store.schema import BOOKMARKS
from reader.transfer import CarriedSource, Place

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
AT = NOW.isoformat()
MATCH = AllOf((Term("kernel"), Term("pa", prefix=True)))
PLAIN = Paper(title="Kernel paper 0", abstract="Words0 and more.")
JOINED = Joined("b" * 16, 1, 1, 7, Paper(title="Joined", abstract="x"), Paper(title="Kernel paper 0"))
CARRIED = CarriedSource(
    number=7,
    digest="carried",
    name="page",
    kind="page",
    page_date=PartialDate(2026),
    page_date_inferred=True,
    page_year=2026,
    day=NOW.date(),
    seen=AT,
)
PAPERS = [
    {
        "title": f"Kernel paper {n}",
        "abstract": f"Words{n} and more.",
        "authors": ["Ada"],
        "published": f"--01-{n + 1:02}",
    }
    for n in range(22)
]


def record(store: Store, change: Callable[..., object]) -> None:
    with store.journal.recording(kind="keep", label="", at=AT, origin="") as step:
        change(step)


def write(store: Store) -> None:
    before = Paper(title="Kernel paper 0", abstract="Words0 and more.")
    new = store.imports.next_paper()
    store.imports.write(
        1,
        1,
        day=20260301,
        additions=[Addition(new, "a" * 16, 1, Paper(title="Added", abstract="x"), ("doi:10.1/added",))],
        enrichments=[Enrichment(1, before, replace(before, abstract="Other"), ("doi:10.1/old",))],
        sightings=[Sighting(new, 99, PartialDate(None, 1, 2))],
    )


def restore_some(store: Store) -> None:
    with store.database.transaction():
        store.journal.restore_some(2, 10)
        store.journal.restore_some(2, 10, pins=True)


def take_turn(store: Store) -> None:
    with store.database.transaction():
        store.journal.take_turn(1)


def carry(store: Store, change: Callable[..., object]) -> None:
    with store.incoming.recording(1) as step:
        change(step)


def lock(store: Store) -> None:
    with store.imports.lock(wait=0):
        pass


def add_to_index(store: Store) -> None:
    with store.database.transaction():
        store.index.add(100, 110)


def learn(store: Store) -> None:
    with store.database.transaction():
        store.index.learn([("kernel", 1, 1), ("neologism", 0, 1)], afresh=False)


def close(store: Store) -> None:
    with store.database.transaction():
        store.journal.close()


def finish(store: Store) -> None:
    step = store.imports.start(label="", at=AT, origin="")
    store.imports.finish(step, "done")


def take_back(store: Store) -> None:
    store.imports.take_back(store.imports.start(label="", at=AT, origin=""))


TRAITS = (
    *(filters.named(field, ["a"]) for field in ("tag", "list", "category", "source")),
    *(filters.in_state(*state) for state in (("is", "read"), ("has", "code"))),
    filters.of_source(1),
    filters.published("2020", "2021"),
)

CALLS: dict[str, Callable[[Store], object]] = {
    "papers.horizon": lambda s: s.papers.horizon(),
    "papers.ids": lambda s: s.papers.ids(order="title"),
    "papers.sorted_ids": lambda s: s.papers.sorted_ids([1, 2, 3], condition=TRAITS[0].condition),
    "papers.measure": lambda s: s.papers.measure("added", TRAITS[-1].condition),
    "papers.measured": lambda s: s.papers.measured("date", TRAITS[0].condition),
    "papers.reading": lambda s: list(s.papers.reading(s.papers.measure("date", TRAITS[0].condition))),
    "papers.beginning": lambda s: [s.papers.beginning(key, limit=3) for key in ("", "a")],
    "papers.added_since": lambda s: s.papers.added_since(AT),
    "papers.total": lambda s: s.papers.total(),
    "papers.count": lambda s: s.papers.count(),
    "papers.counts": lambda s: s.papers.counts(),
    "papers.rows": lambda s: s.papers.rows(range(1, 21)),
    "papers.keys": lambda s: s.papers.keys(range(1, 21)),
    "papers.glimpses": lambda s: s.papers.glimpses(range(1, 21)),
    "papers.titles": lambda s: s.papers.titles(range(1, 21)),
    "papers.find": lambda s: [s.papers.find(text) for text in ("a", "1706.03762", "10.1/x")],
    "papers.get": lambda s: s.papers.get(range(1, 21)),
    "papers.stream": lambda s: list(s.papers.stream(range(1, 21))),
    "papers.plain": lambda s: s.papers.plain(range(1, 21)),
    "lists.all": lambda s: s.lists.all(),
    "lists.find": lambda s: s.lists.find("Bookmarks"),
    "lists.called": lambda s: s.lists.called("Called so once"),
    "lists.entries": lambda s: s.lists.entries(BOOKMARKS),
    "lists.holding": lambda s: s.lists.holding(BOOKMARKS, [1, 2]),
    "lists.counts_of": lambda s: s.lists.counts_of([1, 2]),
    "lists.make": lambda s: record(s, lambda step: s.lists.make(step, "Made")),
    "lists.add": lambda s: record(s, lambda step: s.lists.add(step, BOOKMARKS, [5, 6], at=AT)),
    "lists.remove": lambda s: record(s, lambda step: s.lists.remove(step, BOOKMARKS, [1])),
    "lists.rename": lambda s: record(s, lambda step: s.lists.rename(step, 2, "Renamed")),
    "lists.delete": lambda s: record(s, lambda step: s.lists.delete(step, BOOKMARKS)),
    "lists.place": lambda s: record(s, lambda step: s.lists.place(step, BOOKMARKS, 1)),
    "lists.arrange": lambda s: record(s, lambda step: s.lists.arrange(step, BOOKMARKS, [3, 1])),
    "annotations.tags": lambda s: s.annotations.tags(),
    "annotations.tags_on": lambda s: s.annotations.tags_on([1, 2]),
    "annotations.tagged": lambda s: s.annotations.tagged("vision"),
    "annotations.tag": lambda s: record(s, lambda step: s.annotations.tag(step, [1, 5], "Vision")),
    "annotations.untag": lambda s: record(s, lambda step: s.annotations.untag(step, [1, 5], "vision")),
    "annotations.note": lambda s: s.annotations.note(1),
    "annotations.set_note": lambda s: record(s, lambda step: s.annotations.set_note(step, 1, "Other", at=AT)),
    "annotations.marks": lambda s: s.annotations.marks([1, 2]),
    "annotations.mark": lambda s: record(s, lambda step: s.annotations.mark(step, [1, 5], read=False, dismissed=True)),
    "annotations.unite": lambda s: record(s, lambda step: s.annotations.unite(step, 2, 1)),
    "searches.all": lambda s: s.searches.all(),
    "searches.find": lambda s: s.searches.find("kernels"),
    "searches.save": lambda s: record(s, lambda step: s.searches.save(step, "Other", "paper")),
    "searches.rename": lambda s: record(s, lambda step: s.searches.rename(step, 1, "Other")),
    "searches.forget": lambda s: record(s, lambda step: s.searches.forget(step, 1)),
    "journal.recording": lambda s: record(s, lambda step: step.update("lists", {"id": 1}, {"position": 7})),
    "journal.newest": lambda s: [s.journal.newest(), s.journal.newest(origin="test")],
    "journal.standing_on": lambda s: [s.journal.standing_on(step) for step in range(1, 5)],
    "journal.newest_undone": lambda s: s.journal.newest_undone(),
    "journal.close": close,
    "journal.undo": lambda s: [s.journal.undo(2), s.journal.undo()],
    "journal.redo": lambda s: s.journal.redo(),
    "journal.restore_some": restore_some,
    "journal.take_turn": take_turn,
    "journal.papers": lambda s: s.journal.papers(1, most=3),
    "journal.touched": lambda s: s.journal.touched("list_entries", [1], list_id=BOOKMARKS),
    "journal.size": lambda s: s.journal.size(1),
    "index.words": lambda s: s.index.words(["kernel", "paper"]),
    "index.words_with_prefix": lambda s: s.index.words_with_prefix("k", limit=10),
    "index.commonest_words_with_prefix": lambda s: s.index.commonest_words_with_prefix("k", limit=10),
    "index.holds": lambda s: s.papers.ids(condition=s.index.holds(MATCH)),
    "index.words_shortened_to": lambda s: s.index.words_shortened_to(["kerel"]),
    "index.words_shortened_to_prefix": lambda s: s.index.words_shortened_to_prefix("ker", limit=10),
    "index.words_holding": lambda s: s.index.words_holding(["深"], limit=10),
    "index.ids": lambda s: s.index.ids(MATCH, horizon=2**62, limit=-1, ranked=True),
    "index.add": add_to_index,
    "index.new_words": lambda s: s.index.new_words(1, 20),
    "index.word_changes": lambda s: s.index.word_changes({1: ("Earlier", None, None)}),
    "index.texts": lambda s: s.index.texts([1, 2]),
    "index.all_words": lambda s: s.index.all_words(),
    "index.counted_words": lambda s: list(s.index.counted_words(2)),
    "index.counts_afresh": lambda s: s.index.counts_afresh(1, 20),
    "index.learn": learn,
    "index.ghosts": lambda s: s.index.ghosts({"kernel"}),
    "index.has_words": lambda s: s.index.has_words(),
    "index.forget": lambda s: s.index.forget([1]),
    "filters.names": lambda s: [s.filters.names(field) for field in ("tag", "list", "category", "source", "year")],
    "filters.few": lambda s: [s.filters.few(trait, most=3) for trait in TRAITS],
    "filters.notes": lambda s: s.filters.notes(),
    "imports.lock": lock,
    "imports.start": lambda s: s.imports.start(label="", at=AT, origin=""),
    "imports.next_paper": lambda s: s.imports.next_paper(),
    "imports.source": lambda s: s.imports.source(1, digest="new", name="", kind="", day=20260301, seen=AT),
    "imports.known": lambda s: s.imports.known(["a", "arxiv:1706.03762"]),
    "imports.with_titles": lambda s: s.imports.with_titles([1, 2]),
    "imports.seen": lambda s: s.imports.seen(1, [1, 2]),
    "imports.write": write,
    "imports.settle_page": lambda s: s.imports.settle_page(
        1, 1, page_date=PartialDate(2020), inferred=False, year=2020, day=20200101
    ),
    "imports.page": lambda s: s.imports.page(1),
    "imports.sighted": lambda s: s.imports.sighted(1),
    "imports.place": lambda s: s.imports.place([1, 2, 3]),
    "imports.yearless": lambda s: s.imports.yearless(range(1, 21)),
    "imports.date_papers": lambda s: s.imports.date_papers(1, {1: PartialDate(2020, 1, 1)}),
    "imports.learn_words": lambda s: list(s.imports.learn_words(1)),
    "imports.finish": finish,
    "imports.unfinished": lambda s: s.imports.unfinished(),
    "imports.take_back": take_back,
    "imports.half_undone": lambda s: s.imports.half_undone(),
    "imports.is_complete": lambda s: s.imports.is_complete(1),
    "imports.reopen": lambda s: s.imports.reopen(1),
    "imports.show": lambda s: s.imports.show(1, {1: [Sighting(1, 5), Sighting(2, 6)]}, new=set()),
    "incoming.recording": lambda s: carry(s, lambda step: None),
    "incoming.sources": lambda s: s.incoming.sources(1, [CARRIED]),
    "incoming.date_new": lambda s: carry(s, lambda step: s.incoming.date_new({20: AT}, {20: Place(NOW.date(), 3)})),
    "incoming.last_position": lambda s: s.incoming.last_position(BOOKMARKS),
    "incoming.enlist": lambda s: carry(s, lambda step: s.incoming.enlist(step, BOOKMARKS, [(9, 9, AT)])),
    "incoming.joined": lambda s: s.incoming.joined(["a", "b"]),
    "outgoing.carried": lambda s: [list(s.outgoing.carried(range(1, 21), whole=whole)) for whole in (True, False)],
    "outgoing.made": lambda s: list(s.outgoing.made()),
    "sources.all": lambda s: s.sources.all(),
    "sources.find": lambda s: s.sources.find("1"),
    "sources.papers": lambda s: s.sources.papers(1),
    "sources.of_step": lambda s: s.sources.of_step(1),
    "sources.reject": lambda s: s.sources.reject("a", [(1, "why", "text")], source=1, at=AT),
    "sources.rejected": lambda s: s.sources.rejected(),
    "edits.unite": lambda s: record(s, lambda step: s.edits.unite(step, 1, 2)),
    "edits.join": lambda s: record(s, lambda step: s.edits.join(step, JOINED)),
    "edits.joined": lambda s: s.edits.joined(1),
    "edits.first_sighting": lambda s: s.edits.first_sighting(1),
    "edits.become": lambda s: record(s, lambda step: s.edits.become(step, 1, Paper(title="New", abstract="Newer"))),
    "edits.add": lambda s: record(
        s, lambda step: s.edits.add(step, "b" * 16, Paper(title="Made"), ("arxiv:2301.00010",), day=20260301, rank=1)
    ),
    "edits.split": lambda s: record(s, lambda step: s.edits.split(step, JOINED, ("arxiv:1706.03762",))),
    "edits.remove": lambda s: record(s, lambda step: s.edits.remove(step, 3)),
    "edits.remove_source": lambda s: record(s, lambda step: s.edits.remove_source(step, 1)),
    "edits.withdraw": lambda s: record(s, lambda step: s.edits.withdraw(step, [1])),
    "edits.forget": lambda s: record(s, lambda step: s.edits.forget(step, 1, [1, 4])),
    "edits.unseen": lambda s: s.edits.unseen([1, 4]),
    "edits.only_in": lambda s: [s.edits.only_in(1), s.edits.only_in(1, [1, 4])],
    "edits.added_by": lambda s: s.edits.added_by(1),
    "parting.remember": lambda s: record(s, lambda step: s.parting.remember(step, 1, 2, before=PLAIN, went=PLAIN)),
    "parting.merged": lambda s: s.parting.merged(21),
    "parting.part": lambda s: record(s, lambda step: [s.parting.part(step, each) for each in s.parting.merged(21)]),
    "mending.indexes": lambda s: s.mending.indexes(),
    "mending.full_text": lambda s: s.mending.full_text(),
    "mending.vocabulary": lambda s: s.mending.vocabulary(),
    "mending.categories": lambda s: s.mending.categories(),
    "mending.bookmarks": lambda s: s.mending.bookmarks(),
    "checks.run": lambda s: list(s.checks.run()),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with papers, a list, and a journal with something to undo and to redo."""
    path = tmp_path_factory.mktemp("made") / "library.db"
    with Store.open(path) as store:
        text = "\n".join(json.dumps(paper) for paper in PAPERS)
        import_text(store, text, name="page-2026-02-01.jsonl", now=NOW, origin="test")
        ids = list(store.papers.ids())
        keep(store, ids[:3], now=NOW, origin="test")
        tag(store, ids[:3], "vision", now=NOW, origin="test")
        set_note(store, 1, "A note", now=NOW, origin="test")
        mark_read(store, ids[:2], now=NOW, origin="test")
        save_search(store, "Kernels", "kernel", now=NOW, origin="test")
        keep(store, ids[:3], now=NOW, origin="test", list_name="Later")
        undo(store)
        merge_papers(store, 21, 22, now=NOW, origin="test")
        keep(store, ids[:3], now=NOW, origin="test", list_name="Later")
        undo(store)
        store.database.rows("pragma wal_checkpoint(truncate)")
    return path


@pytest.fixture
def copied(made: Path, library: Path) -> Path:
    shutil.copyfile(made, library)
    return library


def works_or_says_why(call: Callable[[Store], object], store: Store) -> None:
    error = None
    try:
        call(store)
    except LibraryError as raised:
        error = raised
    assert error is None or (error.message and error.hint)


def test_every_public_method_is_in_the_table(store: Store) -> None:
    parts = (
        *("papers", "lists", "annotations", "searches", "incoming", "outgoing", "journal", "index", "filters"),
        *("imports", "sources", "edits", "parting", "checks", "mending"),
    )
    public = {
        f"{part}.{name}"
        for part in parts
        for name, _ in inspect.getmembers(type(getattr(store, part)), inspect.isfunction)
        if not name.startswith("_")
    }
    assert public == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_it_works_on_a_sound_library(copied: Path, name: str) -> None:
    with Store.open(copied) as store:
        CALLS[name](store)


@pytest.mark.parametrize("name", CALLS)
def test_it_works_or_says_why_while_another_writes(copied: Path, name: str) -> None:
    with Store.open(copied) as store, closing(sqlite3.connect(copied, isolation_level=None)) as other:
        store.database.run("pragma busy_timeout = 1")
        other.execute("begin exclusive")
        works_or_says_why(CALLS[name], store)
        other.execute("rollback")
        store.papers.count()


@pytest.mark.parametrize("name", CALLS)
def test_it_says_why_while_another_has_it_alone(copied: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.001)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.001)
    with Store.open(copied) as store:
        store.database.rows("pragma journal_mode = delete")
        with closing(sqlite3.connect(copied, isolation_level=None)) as other:
            other.execute("begin exclusive")
            works_or_says_why(CALLS[name], store)
            other.execute("rollback")


def content(path: Path) -> list[str]:
    """All that a library holds, over a connection of its own."""
    with closing(sqlite3.connect(path)) as other:
        return [line for line in other.iterdump() if "sqlite_stat" not in line]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("fault", ["query_only = on", "max_page_count = 1"], ids=["read-only", "full"])
def test_what_cannot_be_written_is_said_and_changes_nothing(copied: Path, name: str, fault: str) -> None:
    with Store.open(copied) as store:
        before = content(copied)
        store.database.rows(f"pragma {fault}")
        writes = store.database.writes
        error = None
        try:
            CALLS[name](store)
        except LibraryError as raised:
            error = raised
        assert error is None or (error.message and error.hint)
        assert error is None or store.database.writes != writes or content(copied) == before
        store.database.rows("pragma query_only = off")
        store.database.rows("pragma max_page_count = 1000000")
        assert [
            check.damage for check in store.checks.run() if check.name in ("file", "references") and check.damage
        ] == []


def spoilt(path: Path, fill: bytes, pages: Callable[[int], bool]) -> None:
    content = bytearray(path.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    for page in range(1, len(content) // size):
        if pages(page):
            content[page * size : (page + 1) * size] = (fill * size)[:size]
    path.write_bytes(content)


FILLS = (b"\xff", b"\0", b"\x0d\0\0\0\x01\x0f\xf0", b"text ")
DAMAGES: list[tuple[bytes, Callable[[int], bool]]] = [
    *((fill, lambda page: True) for fill in FILLS),
    *((fill, lambda page, rest=rest: page % 5 == rest) for fill in FILLS[:1] for rest in range(5)),
    *((fill, lambda page, rest=rest: page % 3 == rest) for fill in FILLS[3:] for rest in range(3)),
]


@pytest.mark.parametrize("damage", range(len(DAMAGES)))
def test_everything_works_or_says_why_on_a_damaged_library(made: Path, tmp_path: Path, damage: int) -> None:
    numbers = itertools.count()
    spoilt_once = tmp_path / "spoilt.db"
    shutil.copyfile(made, spoilt_once)
    spoilt(spoilt_once, *DAMAGES[damage])
    for call in CALLS.values():
        copy = tmp_path / f"{next(numbers)}.db"
        shutil.copyfile(spoilt_once, copy)
        with suppress(LibraryError), Store.open(copy) as store:
            works_or_says_why(call, store)


def test_everything_works_or_says_why_when_texts_are_no_text(copied: Path, tmp_path: Path) -> None:
    content = copied.read_bytes()
    copied.write_bytes(content.replace(b"Kernel", b"K\xffrnel").replace(b"2026-01-", b"2026-?1-"))
    numbers = itertools.count()
    for call in CALLS.values():
        copy = tmp_path / f"{next(numbers)}.db"
        shutil.copyfile(copied, copy)
        with Store.open(copy) as store:
            works_or_says_why(call, store)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.001)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.001)
