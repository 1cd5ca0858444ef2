"""Keeping papers: in and out of reading lists, and the way back. Each change is one step of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reader.errors import NothingFound, UsageError
from reader.store import Store
from reader.store.lists import ReadingList
from reader.store.schema import BOOKMARKS
from reader.text import LONGEST_NAME, collapse, is_name
from reader.wording import counted


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of papers that were put into a list or taken out of it.

    Attributes:
        label: the change for people: "bookmarked: A title".
        changed: how many papers went in or out.
        kept: whether they are in the list now.
        papers: those that went in or out, in the order given.
    """

    label: str
    changed: int
    kept: bool
    papers: tuple[int, ...] = field(default=(), compare=False)


def keep(store: Store, papers: Sequence[int], *, now: datetime, origin: str, list_name: str | None = None) -> Kept:
    """Put papers into a reading list, "Bookmarks" unless another is named; a list that is not there yet is made.

    Raises:
        UsageError: the name is no name for a list.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    found = _list(store, list_name)
    name = found.name if found else checked_name(list_name or "", "a reading list")
    done = "bookmarked" if name == "Bookmarks" else f"put into {name}"
    label = label_of(done, store, papers)
    at = now.isoformat(timespec="seconds")
    with store.journal.recording(kind="keep", label=label, at=at, origin=origin) as step:
        found = found or store.lists.find(name)  # another window may have made it just now
        list_id = found.id if found else store.lists.make(step, name)
        present = store.lists.holding(list_id, papers)
        store.lists.add(step, list_id, papers, at=at)
    new = tuple(paper for paper in dict.fromkeys(papers) if paper not in present)
    return Kept(label if new else label_of(f"already in {name}", store, papers), len(new), kept=True, papers=new)


def drop(store: Store, papers: Sequence[int], *, now: datetime, origin: str, list_name: str | None = None) -> Kept:
    """Take papers out of a reading list, "Bookmarks" unless another is named.

    Raises:
        NothingFound: there is no such list.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    found = find_list(store, list_name)
    label = label_of(f"removed from {found.name}", store, papers)
    at = now.isoformat(timespec="seconds")
    with store.journal.recording(kind="drop", label=label, at=at, origin=origin) as step:
        present = store.lists.holding(found.id, papers)
        store.lists.remove(step, found.id, papers)
    gone = tuple(paper for paper in dict.fromkeys(papers) if paper in present)
    return Kept(label if gone else label_of(f"not in {found.name}", store, papers), len(gone), kept=False, papers=gone)


def toggle(store: Store, papers: Sequence[int], *, now: datetime, origin: str, list_name: str | None = None) -> Kept:
    """Put papers into a reading list, or, when all of them are in it, take them out.

    It is "Bookmarks" unless another is named. Raises as `keep` and `drop` do.
    """
    found = _list(store, list_name)
    if found is not None and len(store.lists.holding(found.id, papers)) == len(set(papers)):
        return drop(store, papers, now=now, origin=origin, list_name=list_name)
    return keep(store, papers, now=now, origin=origin, list_name=list_name)


def _list(store: Store, name: str | None) -> ReadingList | None:
    return next(f for f in store.lists.all() if f.id == BOOKMARKS) if name is None else store.lists.find(collapse(name))


def find_list(store: Store, name: str | None) -> ReadingList:
    """The reading list of that name, "Bookmarks" where none is given.

    Raises:
        NothingFound: there is no such list.
    """
    found = _list(store, name)
    if found is None:
        names = ", ".join(known.name for known in store.lists.all())
        raise NothingFound(f"there is no reading list {name!r}", f"there are: {names}")
    return found


def checked_name(name: str, what: str) -> str:
    """A name as it is kept, its white space collapsed. Raises `UsageError` where it cannot name such a thing."""
    checked = collapse(name)
    if not is_name(checked):
        raise UsageError(f"{name[:40]!r} cannot name {what}", f"use 1 to {LONGEST_NAME} characters that can be printed")
    return checked


def label_of(what: str, store: Store, papers: Sequence[int]) -> str:
    """What was done to papers, for people: "bookmarked: A title"."""
    if len(papers) == 1:
        title = store.papers.titles(papers).get(papers[0], "a paper")
        return f"{what}: {title}"
    return f"{what}: {counted(len(papers), 'paper')}"
