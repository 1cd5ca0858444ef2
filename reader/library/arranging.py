"""Arranging reading lists: which there are and in which order, and the order of the papers in them.

Each change is one step of the journal, so that a list that was deleted comes back with its papers in their order.
"Bookmarks" is the first list and stays what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reader.errors import UsageError
from reader.library.annotating import Annotation, in_one_step
from reader.library.keeping import checked_name, find_list, label_of
from reader.store import Store
from reader.store.journal import Recorder
from reader.store.lists import ReadingList
from reader.store.schema import BOOKMARKS
from reader.wording import counted

_KIND = "arrange"
_FIRST = "the list that b fills is always there, and always the first"


def make_list(store: Store, name: str, *, now: datetime, origin: str) -> Annotation:
    """Make an empty reading list, after all others.

    Raises:
        UsageError: the name is no name for a list, or taken.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    checked = checked_name(name, "a reading list")
    _refuse_taken(store, checked)
    label = f"made the list {checked}"

    def make(step: Recorder) -> bool:
        _refuse_taken(store, checked)  # another window may have made it just now
        store.lists.make(step, checked)
        return True

    return in_one_step(store, label, label, make, now, origin, kind=_KIND)


def rename_list(store: Store, name: str, new_name: str, *, now: datetime, origin: str) -> Annotation:
    """Give a reading list another name.

    Raises:
        NothingFound: there is none of that name.
        UsageError: it is "Bookmarks", or the new name is no name for a list, or taken.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    found = _changeable(store, name, "renamed")
    checked = checked_name(new_name, "a reading list")
    _refuse_taken(store, checked, but=found.id)
    label = f"renamed the list {found.name} to {checked}"

    def rename(step: Recorder) -> bool:
        _refuse_taken(store, checked, but=found.id)
        store.lists.rename(step, found.id, checked)
        return checked != found.name

    return in_one_step(store, label, f"the list is called {checked} already", rename, now, origin, kind=_KIND)


def delete_list(store: Store, name: str, *, now: datetime, origin: str) -> Annotation:
    """Delete a reading list; its papers stay in the library.

    Raises:
        NothingFound: there is none of that name.
        UsageError: it is "Bookmarks".
        LibraryError: the library cannot be written; then nothing was changed.
    """
    found = _changeable(store, name, "deleted")
    label = f"deleted the list {found.name}" + (f" with {counted(found.count, 'paper')}" if found.count else "")

    def delete(step: Recorder) -> bool:
        store.lists.delete(step, found.id)
        return True

    return in_one_step(store, label, label, delete, now, origin, kind=_KIND)


def move_list(store: Store, name: str, place: int, *, now: datetime, origin: str) -> Annotation:
    """Put a reading list at that place among all, "Bookmarks" being the first; past the last means the last.

    Raises:
        NothingFound: there is none of that name.
        UsageError: it is "Bookmarks".
        LibraryError: the library cannot be written; then nothing was changed.
    """
    found = _changeable(store, name, "moved")
    wanted = max(2, min(place, len(store.lists.all())))
    done, idle = (f"{what} {wanted}" for what in (f"moved the list {found.name} to place", f"{found.name} has place"))
    return in_one_step(
        store, done, idle, lambda step: store.lists.place(step, found.id, wanted - 1), now, origin, kind=_KIND
    )


def move_in_list(
    store: Store, papers: Sequence[int], by: int, *, now: datetime, origin: str, list_name: str | None = None
) -> Annotation:
    """Move papers down in a reading list by so many places, up where negative; they stay in their order.

    Papers that stand apart close up first. At the end of the list they stop.

    Raises:
        NothingFound: there is no such list.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    found = find_list(store, list_name)
    way = "down" if by > 0 else "up"
    done, idle = (
        label_of(what, store, papers)
        for what in (f"moved {way} in {found.name}", f"cannot be moved further {way} in {found.name}")
    )

    def move(step: Recorder) -> int:
        return store.lists.arrange(step, found.id, moved(list(store.lists.entries(found.id)), papers, by))

    return in_one_step(store, done, idle, move, now, origin, kind=_KIND)


def moved(order: Sequence[int], papers: Sequence[int], by: int) -> list[int]:
    """An order in which those of its members stand together, so many places further down, or up where negative."""
    wanted = set(papers)
    block = [each for each in order if each in wanted]
    if not block:
        return list(order)
    rest = [each for each in order if each not in wanted]
    edge = block[-1] if by > 0 else block[0]
    ahead = sum(each not in wanted for each in order[: order.index(edge)])
    place = max(0, min(ahead + by, len(rest)))
    return [*rest[:place], *block, *rest[place:]]


def relist(
    store: Store,
    papers: Sequence[int],
    *,
    into: Sequence[str] = (),
    out_of: Sequence[str] = (),
    now: datetime,
    origin: str,
) -> Annotation:
    """Put papers into some reading lists and take them out of others, as one step; lists not there yet are made.

    Raises:
        NothingFound: a list that they are to be taken out of is not there.
        UsageError: a name is no name for a list.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    wanted = [checked_name(name, "a reading list") for name in into]
    left = [find_list(store, name) for name in out_of]
    at = now.isoformat(timespec="seconds")
    done, idle = (
        label_of(what, store, papers)
        for what in (_relisted(wanted, [each.name for each in left]), "in the same lists as before")
    )

    def change(step: Recorder) -> int:
        changed = sum(store.lists.remove(step, each.id, papers) for each in left)
        for name in wanted:
            found = store.lists.find(name)
            changed += store.lists.add(step, found.id if found else store.lists.make(step, name), papers, at=at)
        return changed

    return in_one_step(store, done, idle, change, now, origin, kind=_KIND)


def _relisted(into: Sequence[str], out_of: Sequence[str]) -> str:
    if len(into) == len(out_of) == 1:
        return f"moved from {out_of[0]} to {into[0]}"
    parts = (("put into", into), ("removed from", out_of))
    return "; ".join(f"{what} {', '.join(names)}" for what, names in parts if names)


def _changeable(store: Store, name: str, what: str) -> ReadingList:
    found = find_list(store, name)
    if found.id == BOOKMARKS:
        raise UsageError(f"{found.name!r} cannot be {what}", _FIRST)
    return found


def _refuse_taken(store: Store, name: str, *, but: int | None = None) -> None:
    taken = store.lists.find(name)
    if taken is not None and taken.id != but:
        raise UsageError(f"there is a reading list {taken.name!r} already", "choose another name, or rename that one")
