from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from reader.errors import NothingFound, UsageError
from reader.library import Summary, drop, find_list, keep, redo, toggle, undo
from reader.store import Store
from reader.store.schema import BOOKMARKS
from reader.text import LONGEST_NAME


@pytest.fixture
def papers(store: Store, import_papers: Callable[..., Summary]) -> list[int]:
    import_papers(*({"title": f"Paper {n}"} for n in range(4)))
    return list(store.papers.ids())


def entries(store: Store, name: str | None = None) -> list[int]:
    return list(store.lists.entries(find_list(store, name).id))


def test_a_paper_goes_into_bookmarks_and_out(store: Store, papers: list[int], now: datetime) -> None:
    kept = keep(store, papers[:1], now=now, origin="test")
    assert (kept.label, kept.changed, kept.kept) == ("bookmarked: Paper 0", 1, True)
    assert entries(store) == papers[:1]
    dropped = drop(store, papers[:1], now=now, origin="test")
    assert (dropped.label, dropped.changed, dropped.kept) == ("removed from Bookmarks: Paper 0", 1, False)
    assert entries(store) == []


def test_several_papers_are_one_step(store: Store, papers: list[int], now: datetime) -> None:
    assert keep(store, papers, now=now, origin="test").label == "bookmarked: 4 papers"
    assert undo(store) == "bookmarked: 4 papers"
    assert entries(store) == []
    assert redo(store) == "bookmarked: 4 papers"
    assert entries(store) == papers
    assert redo(store) is None


def test_what_is_there_already_changes_nothing(store: Store, papers: list[int], now: datetime) -> None:
    keep(store, papers[:2], now=now, origin="test")
    assert keep(store, [*papers[:2], papers[0]], now=now, origin="test").changed == 0
    assert keep(store, [papers[2], papers[2]], now=now, origin="test").changed == 1
    assert drop(store, papers[3:], now=now, origin="test").changed == 0
    assert entries(store) == papers[:3]


def test_toggling_takes_out_only_when_all_are_in(store: Store, papers: list[int], now: datetime) -> None:
    keep(store, papers[:1], now=now, origin="test")
    assert toggle(store, papers[:2], now=now, origin="test").kept
    assert entries(store) == papers[:2]
    assert not toggle(store, [*papers[:2], papers[0]], now=now, origin="test").kept
    assert entries(store) == []


def test_a_list_is_made_when_it_is_first_named(store: Store, papers: list[int], now: datetime) -> None:
    assert keep(store, papers[:1], now=now, origin="test", list_name="  To  read ").label == "put into To read: Paper 0"
    assert keep(store, papers[1:2], now=now, origin="test", list_name="to READ").label == "put into To read: Paper 1"
    assert entries(store, "TO READ") == papers[:2]
    assert [known.name for known in store.lists.all()] == ["Bookmarks", "To read"]
    assert undo(store)
    assert undo(store)
    assert [known.name for known in store.lists.all()] == ["Bookmarks"]


def test_bookmarks_can_be_named(store: Store, papers: list[int], now: datetime) -> None:
    assert keep(store, papers[:1], now=now, origin="test", list_name="bookmarks").label == "bookmarked: Paper 0"
    assert list(store.lists.entries(BOOKMARKS)) == papers[:1]


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST_NAME + 1), "a\x1bb", "a\u202eb", "a\udcffb"])
def test_what_cannot_name_a_list_is_refused(store: Store, papers: list[int], now: datetime, name: str) -> None:
    with pytest.raises(UsageError):
        keep(store, papers, now=now, origin="test", list_name=name)
    assert [known.name for known in store.lists.all()] == ["Bookmarks"]
    newest = store.journal.newest()
    assert newest is not None
    assert newest.kind == "import"


@pytest.mark.parametrize("name", ["It's", "Größe 100%", "深層学習", '"quoted"', "x" * LONGEST_NAME, "[b]"])
def test_any_printable_name_will_do(store: Store, papers: list[int], now: datetime, name: str) -> None:
    keep(store, papers, now=now, origin="test", list_name=name)
    assert entries(store, name) == papers


def test_a_list_that_is_not_there_is_named(store: Store, papers: list[int], now: datetime) -> None:
    with pytest.raises(NothingFound, match="Later") as caught:
        drop(store, papers, now=now, origin="test", list_name="Later")
    assert "Bookmarks" in caught.value.hint


def test_two_windows_that_make_one_list_share_it(
    store: Store, papers: list[int], now: datetime, open_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_store()
    find = store.lists.find
    calls = 0

    def late(name: str) -> object:
        nonlocal calls
        found = find(name)
        calls += 1
        if calls == 1:
            keep(other, papers[:1], now=now, origin="other", list_name="Later")
        return found

    monkeypatch.setattr(store.lists, "find", late)
    keep(store, papers[1:2], now=now, origin="test", list_name="Later")
    assert entries(store, "Later") == papers[:2]


def test_windows_undo_each_other_in_order(
    store: Store, papers: list[int], now: datetime, open_store: Callable[[], Store]
) -> None:
    other = open_store()
    keep(store, papers[:1], now=now, origin="one")
    keep(other, papers[1:2], now=now, origin="two")
    assert undo(store) == "bookmarked: Paper 1"
    assert undo(other) == "bookmarked: Paper 0"
    assert redo(store) == "bookmarked: Paper 0"
    assert entries(other) == papers[:1]
