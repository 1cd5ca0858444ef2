"""What users made comes out of a file that SQLite cannot read, and nothing that is done to a file raises."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.library import Summary, dismiss, drop, keep, mark_read, move_in_list, save_search, set_note, tag, untag
from reader.store import Store
from reader.store.pages import Pages
from reader.store.salvage import Salvaged, salvage
from reader.transfer import CarriedList, CarriedPaper, CarriedSearch

PAPERS = [
    {"title": f"Paper {n}", "abstract": f"On the number {n}. " * (1 + 40 * (n % 9)), "arxiv_id": f"2501.{n:05}"}
    for n in range(120)
]
LONG = "A long note with ümläuts." * 2_000


@pytest.fixture
def made(store: Store, library: Path, import_papers: Callable[..., Summary], now: datetime) -> Store:
    """Enough of everything for several pages of each, with what was made and taken back again."""
    import_papers(*PAPERS)
    ids = list(store.papers.ids(order="title"))
    keep(store, ids[:90], now=now, origin="test")
    keep(store, ids[20:40], now=now, origin="test", list_name="Later")
    drop(store, ids[50:70], now=now, origin="test")
    tag(store, ids[:80], "Vision", now=now, origin="test")
    tag(store, ids[10:20], "to read", now=now, origin="test")
    untag(store, ids[:5], "vision", now=now, origin="test")
    for id_ in ids[::7]:
        set_note(store, id_, LONG if id_ == ids[7] else f"Note on {id_}.", now=now, origin="test")
    mark_read(store, ids[100:110], now=now, origin="test")
    dismiss(store, ids[105:115], now=now, origin="test")
    save_search(store, "Numbers", "number -survey", now=now, origin="test")
    move_in_list(store, [ids[30]], 1, now=now, origin="test", list_name="Later")
    return store


def facts(carried: CarriedPaper) -> tuple[object, ...]:
    stored = carried.stored
    made_of_it = (set(stored.tags), stored.note, stored.read, stored.dismissed, set(carried.entries))
    return (stored.key, stored.paper, *made_of_it, set(carried.names or ()), carried.noted)


def all_of(found: Salvaged) -> tuple[list[str], list[str], dict[str, tuple[object, ...]]]:
    carried = list(found.carried())
    return (
        [each.name for each in carried if isinstance(each, CarriedList)],
        [each.query for each in carried if isinstance(each, CarriedSearch)],
        {each.stored.key: facts(each) for each in carried if isinstance(each, CarriedPaper)},
    )


def copied_of(store: Store) -> tuple[list[str], list[str], dict[str, tuple[object, ...]]]:
    carried = list(store.outgoing.made())
    return (
        [each.name for each in carried if isinstance(each, CarriedList)],
        [each.query for each in carried if isinstance(each, CarriedSearch)],
        {each.stored.key: facts(each) for each in carried if isinstance(each, CarriedPaper)},
    )


def test_of_a_sound_library_all_comes_out_also_what_only_its_log_holds(made: Store, library: Path) -> None:
    assert library.with_name("library.db-wal").stat().st_size > 0
    assert all_of(salvage(library)) == copied_of(made)


def test_without_its_log_the_rest_comes_out(made: Store, library: Path, tmp_path: Path) -> None:
    expected = copied_of(made)
    made.database.rows("pragma wal_checkpoint(truncate)")
    alone = tmp_path / "alone.db"
    shutil.copyfile(library, alone)
    assert all_of(salvage(alone)) == expected


def closed(made: Store, library: Path) -> bytes:
    made.close()
    return library.read_bytes()


@pytest.mark.parametrize("lost", [slice(0, 16), slice(0, 100), slice(0, 4096), slice(4096, 8192)])
def test_a_file_without_its_beginning_loses_only_what_stood_there(made: Store, library: Path, lost: slice) -> None:
    expected = copied_of(made)
    content = bytearray(closed(made, library))
    content[lost] = b"\xa5" * (lost.stop - lost.start)
    library.write_bytes(content)
    lists, searches, papers = all_of(salvage(library))
    assert (lists, searches) == expected[:2]
    assert papers == expected[2]


def test_a_file_that_was_cut_off_gives_what_is_before_the_end(made: Store, library: Path) -> None:
    expected = copied_of(made)[2]
    content = closed(made, library)
    for tenths in range(10):
        library.write_bytes(content[: len(content) * tenths // 10 + 77])
        for key, (_, paper, tags, note, *_) in all_of(salvage(library))[2].items():
            if key in expected:
                assert set(tags) <= set(expected[key][2])  # type: ignore[call-overload]
                assert note in (None, expected[key][3])
                assert paper.title == expected[key][1].title  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(12))
def test_of_flipped_bytes_each_costs_no_more_than_its_page(made: Store, library: Path, seed: int) -> None:
    expected = copied_of(made)[2]
    content = bytearray(closed(made, library))
    chance = random.Random(seed)
    for _ in range(3):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    library.write_bytes(content)
    found = all_of(salvage(library))[2]
    untouched = [key for key in expected if found.get(key) == expected[key]]
    assert len(untouched) >= len(expected) // 3


def test_a_note_outlives_its_paper(made: Store, library: Path) -> None:
    made.database.run("pragma foreign_keys = off")
    made.database.run("drop trigger papers_before_delete")
    paper = made.database.value("select paper from notes where text = ?", (LONG,))
    abstract = made.papers.get([paper])[0].paper.abstract
    made.database.run("delete from papers where id = ?", (paper,))
    found = salvage(library)
    carried = next(e for e in found.carried() if isinstance(e, CarriedPaper) and e.stored.note == LONG)
    assert carried.paper.title == f"Paper {paper}, whose title cannot be read"
    assert carried.paper.abstract == abstract
    assert found.unread == 1


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_bytes_are_nothing_is_raised(made: Store, library: Path, seed: int) -> None:
    content = bytearray(closed(made, library))
    chance = random.Random(seed)
    for _ in range(2_000):
        content[chance.randrange(len(content))] = chance.randrange(256)
    library.write_bytes(content)
    library.with_name("library.db-wal").write_bytes(chance.randbytes(20_000))
    list(salvage(library).carried())


@pytest.mark.parametrize("content", [b"", b"x", b"This is a text. " * 1_000, b"SQLite format 3\0" + b"\xff" * 9_000])
def test_what_is_no_library_holds_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert list(salvage(path).carried()) == []


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        salvage(tmp_path)


def test_a_log_of_another_library_is_passed_over(made: Store, library: Path, tmp_path: Path) -> None:
    expected = copied_of(made)
    made.database.rows("pragma wal_checkpoint(truncate)")
    alone = tmp_path / "alone.db"
    shutil.copyfile(library, alone)
    log = alone.with_name("alone.db-wal")
    for junk in (b"", b"short", b"\0" * 5_000):
        log.write_bytes(junk)
        assert all_of(salvage(alone)) == expected
    with closing(Pages(alone)) as pages:
        assert [row for _, row in pages.rows(lambda table, shape: table and shape == "ntti")] == [
            (None, "Numbers", "number -survey", 1)
        ]


def test_what_was_taken_back_does_not_return_from_free_pages(made: Store, library: Path, now: datetime) -> None:
    ids = list(made.papers.ids())
    for n in range(60):
        tag(made, ids, f"passing {n}", now=now, origin="test")
    for n in range(60):
        untag(made, ids, f"passing {n}", now=now, origin="test")
    made.database.run("delete from changes where tbl = 'tags'")
    made.database.rows("pragma wal_checkpoint(truncate)")
    assert made.database.value("pragma freelist_count") > 10
    assert all_of(salvage(library)) == copied_of(made)


def test_a_library_without_its_log_opens_as_it_was_written_last_or_is_salvaged(made: Store, library: Path) -> None:
    made.database.rows("pragma wal_checkpoint(truncate)")
    expected = copied_of(made)
    tag(made, list(made.papers.ids())[:9], "since", now=datetime(2026, 3, 2, tzinfo=UTC), origin="test")
    alone = library.with_name("alone.db")
    shutil.copyfile(library, alone)  # without library.db-wal
    content = alone.read_bytes()
    assert all_of(salvage(alone)) == expected
    with Store.open(alone) as store:
        assert copied_of(store) == expected
    assert alone.read_bytes() == content


def test_a_library_that_lost_its_head_is_read_in_pages_of_the_size_that_its_log_names(
    made: Store, library: Path, tmp_path: Path
) -> None:
    made.database.rows("pragma wal_checkpoint(truncate)")
    tag(made, [1], "since", now=datetime(2026, 3, 2, tzinfo=UTC), origin="test")
    beheaded = tmp_path / "beheaded.db"
    beheaded.write_bytes(b"\xff" * 100 + library.read_bytes()[100:])
    shutil.copyfile(library.with_name(library.name + "-wal"), beheaded.with_name("beheaded.db-wal"))
    assert "since" in {
        name for each in salvage(beheaded).carried() if isinstance(each, CarriedPaper) for name in each.stored.tags
    }


def test_numbers_are_read_as_sqlite_writes_them(tmp_path: Path) -> None:
    path = tmp_path / "numbers.db"
    values = [0, 1, -1, 127, -(2**15), 2**23 - 1, 2**31, -(2**40), 2**62, -(2**63), 1.5, -0.25, None, b"\x00\xff", "é"]
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table t (id integer primary key, a, b)")
        rows = [(2**62 + n, value, -1) for n, value in enumerate(values)]
        other.executemany("insert into t values (?, ?, ?)", rows)
        other.commit()
    with closing(Pages(path)) as pages:
        found = {row: value[1] for row, value in pages.rows(lambda table, shape: table and len(shape) == 3)}
    assert found == {row: value for row, value, _ in rows}
