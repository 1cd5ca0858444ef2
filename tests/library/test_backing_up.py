"""Copies of what users made: what is in them, which stay, and that restoring loses nothing."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import DamagedLibrary, LibraryError, NothingFound, UnreadableInput
from reader.library import (
    Summary,
    back_up,
    back_up_daily,
    backups,
    copy_of_day,
    dismiss,
    keep,
    make_list,
    mark_read,
    restore_backup,
    save_search,
    set_note,
    tag,
    undo,
)
from reader.library.backing_up import kept
from reader.store import Store
from reader.transfer import CarriedPaper

PAPERS = [{"title": f"Paper {n}", "abstract": f"On the number {n}."} for n in range(8)]


@pytest.fixture
def made(store: Store, import_papers: Callable[..., Summary], now: datetime) -> Store:
    """A library with something of everything that a user can make, and papers that nothing was done with."""
    import_papers(*PAPERS)
    ids = list(store.papers.ids(order="title"))
    keep(store, [ids[2], ids[0]], now=now, origin="test")
    make_list(store, "Empty", now=now, origin="test")
    keep(store, [ids[1]], now=now, origin="test", list_name="Later")
    tag(store, [ids[3]], "vision", now=now, origin="test")
    set_note(store, ids[4], "A note.", now=now, origin="test")
    mark_read(store, [ids[5]], now=now, origin="test")
    dismiss(store, [ids[6]], now=now, origin="test")
    save_search(store, "Numbers", "number", now=now, origin="test")
    return store


def made_of(store: Store) -> tuple[object, object, object]:
    """All that users made, in words that no other library would put differently."""
    ids = store.papers.ids(order="title")
    papers, titles = store.papers.get(ids), store.papers.titles(ids)
    return (
        {each.name: [titles[id_] for id_ in store.lists.entries(each.id)] for each in store.lists.all()},
        {each.key: (each.lists, each.tags, each.note, each.read, each.dismissed) for each in papers if is_made(each)},
        [(each.name, each.query) for each in store.searches.all()],
    )  # fmt: skip


def is_made(stored: object) -> bool:
    return any(getattr(stored, name) for name in ("lists", "tags", "note", "read", "dismissed"))


def damaged(library: Path) -> None:
    content = bytearray(library.read_bytes())
    content[4_096:20_480] = b"\xff" * 16_384
    library.write_bytes(content)


def test_a_copy_holds_what_was_made_and_no_other_paper(made: Store, tmp_path: Path) -> None:
    assert back_up(made, tmp_path / "copy.jsonl") == 7
    lines = [json.loads(line) for line in (tmp_path / "copy.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["title"] for line in lines if "title" in line] == [f"Paper {n}" for n in range(7)]
    assert [line["name"] for line in lines if line.get("about") == "list"] == ["Bookmarks", "Empty", "Later"]


def test_a_copy_in_an_empty_library_gives_everything_back(
    made: Store, library: Path, tmp_path: Path, now: datetime
) -> None:
    copy, elsewhere = tmp_path / "copy.jsonl", tmp_path / "elsewhere.db"
    back_up(made, copy)
    done = restore_backup(elsewhere, copy, now=now, origin="test")
    assert (done.kept, done.damage, done.summary.added) == (None, "", 7)
    with Store.open(elsewhere) as other:
        assert made_of(other) == made_of(made)


def test_files_are_their_owners_alone(made: Store, library: Path, now: datetime) -> None:
    path = back_up_daily(made, library, now=now)
    assert path is not None
    modes = [each.stat().st_mode & 0o777 for each in (library, path, path.parent)]
    assert modes == [0o600, 0o600, 0o700]


def test_the_first_change_of_a_day_makes_the_only_copy_of_it(made: Store, library: Path, now: datetime) -> None:
    first = back_up_daily(made, library, now=now)
    assert first == copy_of_day(library, now.date())
    assert back_up_daily(made, library, now=now + timedelta(hours=2)) is None
    assert back_up_daily(made, library, now=now + timedelta(days=1)) is not None
    assert [path.stem for path in backups(library)] == ["2026-03-02", "2026-03-01"]


def test_nothing_is_copied_before_something_was_made(
    store: Store, library: Path, import_papers: Callable[..., Summary], now: datetime
) -> None:
    import_papers(*PAPERS)
    assert back_up_daily(store, library, now=now) is None
    assert backups(library) == []


def test_an_empty_copy_counts_for_none(made: Store, library: Path, now: datetime) -> None:
    path = copy_of_day(library, now.date())
    path.parent.mkdir()
    path.touch()
    assert backups(library) == []
    assert back_up_daily(made, library, now=now) == path
    assert backups(library) == [path]


@pytest.mark.parametrize("first", [date(2024, 2, 20), date(2026, 12, 1), date(1, 1, 1), date(9999, 11, 1)])
def test_seven_days_and_four_weeks_stay(made: Store, library: Path, now: datetime, first: date) -> None:
    for n in range(45):
        back_up_daily(made, library, now=datetime.combine(first, now.timetz()) + timedelta(days=n))
    days = [date.fromisoformat(path.stem) for path in backups(library)]
    last = first + timedelta(days=44)
    assert days[:7] == [last - timedelta(days=n) for n in range(7)]
    assert len({day.isocalendar()[:2] for day in days}) == 4
    assert len(days) <= 7 + 4


@given(st.sets(st.dates(), max_size=60), st.dates())
def test_whatever_the_clock_said_the_newest_and_this_day_stay(days: set[date], today: date) -> None:
    stays = kept(days, today)
    assert today in stays
    assert len(stays) <= 1 + 7 + 4
    assert set(sorted(days)[-7:]) <= stays


def test_what_a_killed_process_left_beside_the_copies_goes(made: Store, library: Path, now: datetime) -> None:
    left = copy_of_day(library, now.date()).with_name(f".reader-{'0' * 16}.part")
    left.parent.mkdir()
    left.touch()
    os.utime(left, (0, 0))
    back_up_daily(made, library, now=now)
    assert not left.exists()


def test_restoring_unites_and_keeps_the_library_as_it_was(made: Store, library: Path, now: datetime) -> None:
    back_up_daily(made, library, now=now)
    before = made_of(made)
    while (label := undo(made)) and not label.startswith("bookmarked"):
        pass
    tag(made, list(made.papers.ids())[:1], "since", now=now, origin="test")
    lost = made_of(made)
    done = restore_backup(library, None, now=now, origin="test")
    assert (done.source, done.damage) == (copy_of_day(library, now.date()), "")
    assert done.kept is not None
    assert done.kept.stat().st_mode & 0o777 == 0o600
    with Store.open(done.kept) as aside:
        assert made_of(aside) == lost
    after = made_of(made)
    assert (after[0], after[2]) == (before[0], before[2])
    assert [each.name for each in made.annotations.tags()] == ["since", "vision"]
    undo(made)
    assert made_of(made) == lost


def test_a_damaged_library_is_moved_aside_whole(made: Store, library: Path, now: datetime) -> None:
    back_up_daily(made, library, now=now)
    before = made_of(made)
    made.close()
    damaged(library)
    content = library.read_bytes()
    done = restore_backup(library, None, now=now, origin="test")
    assert done.damage
    assert done.kept is not None
    assert done.kept.read_bytes() == content
    with Store.open(library) as store:
        assert made_of(store) == before
    assert sorted(each.name for each in library.parent.glob("library.db*")) == [
        "library.db", "library.db-import", "library.db.backups", "library.db.before-20260301T090000",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"x", b"This is a text. " * 100])
def test_a_text_in_the_place_of_the_library_is_moved_aside(
    made: Store, library: Path, tmp_path: Path, now: datetime, content: bytes
) -> None:
    back_up(made, tmp_path / "copy.jsonl")
    other = tmp_path / "other.db"
    other.write_bytes(content)
    with pytest.raises(DamagedLibrary, match="restore"):
        Store.open(other)
    assert other.read_bytes() == content
    done = restore_backup(other, tmp_path / "copy.jsonl", now=now, origin="test")
    assert done.kept is not None
    assert done.kept.read_bytes() == content


def test_what_cannot_be_restored_leaves_the_library_alone(
    made: Store, library: Path, tmp_path: Path, now: datetime
) -> None:
    made.close()
    damaged(library)
    content = library.read_bytes()
    with pytest.raises(NothingFound):
        restore_backup(library, None, now=now, origin="test")
    for text in ("", "no copy", '{"title": "A"}', '{"about": "library of reader", "version": 99}\n{"title": "A"}\n'):
        copy = tmp_path / "copy.jsonl"
        copy.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableInput):
            restore_backup(library, copy, now=now, origin="test")
        assert library.read_bytes() == content
    with pytest.raises(UnreadableInput):
        restore_backup(library, tmp_path / "missing", now=now, origin="test")


def test_a_copy_that_cannot_be_written_leaves_no_trace(made: Store, library: Path, now: datetime) -> None:
    copy_of_day(library, now.date()).parent.write_text("a file in the place of the folder", encoding="utf-8")
    with pytest.raises(LibraryError):
        back_up_daily(made, library, now=now)
    with suppress(NothingFound):
        restore_backup(library, None, now=now, origin="test")
    assert any(isinstance(each, CarriedPaper) for each in made.outgoing.made())


def test_a_file_that_is_no_copy_is_not_written_over(made: Store, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada", encoding="utf-8")
    with pytest.raises(LibraryError, match="was not written by reader"):
        back_up(made, path)
    assert path.read_text(encoding="utf-8") == "Dear Ada"
    assert back_up(made, path, force=True) == back_up(made, path) == 7


def test_what_is_another_programs_is_left_alone(made: Store, tmp_path: Path, now: datetime) -> None:
    back_up(made, tmp_path / "copy.jsonl")
    (tmp_path / "folder").mkdir()
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("create table recipes (name text)")
        other.commit()
    content = (tmp_path / "other.db").read_bytes()
    for name in ("folder", "other.db"):
        with pytest.raises(LibraryError):
            restore_backup(tmp_path / name, tmp_path / "copy.jsonl", now=now, origin="test")
    assert (tmp_path / "other.db").read_bytes() == content
    assert not list(tmp_path.glob("*.before-*"))


def test_each_restoring_keeps_the_library_under_a_name_of_its_own(made: Store, library: Path, now: datetime) -> None:
    back_up_daily(made, library, now=now)
    kept_as = {restore_backup(library, None, now=now, origin="test").kept for _ in range(3)}
    assert len(kept_as) == 3
    assert all(path is not None and path.is_file() for path in kept_as)


def test_other_files_among_the_copies_stay(made: Store, library: Path, now: datetime) -> None:
    folder = copy_of_day(library, now.date()).parent
    folder.mkdir()
    others = [folder / name for name in ("2026-13-45.jsonl", "notes.txt", "salvaged.jsonl", "version-1.db")]
    for each in others:
        each.write_text("x", encoding="utf-8")
    for n in range(40):
        back_up_daily(made, library, now=now + timedelta(days=n))
    assert all(each.exists() for each in others)
    assert not set(others) & set(backups(library))
