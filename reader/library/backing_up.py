"""Copies of everything that users made, and the way back.

A copy is a library file (`docs/jsonl.md`): lists, searches and the papers that something was made of, a line each, not
the whole corpus. The first change of a day leaves one in a folder beside the library, kept for seven days, and the
newest of a week for four weeks. Restoring loses nothing: what is there now is kept beside the library first, what a
copy holds is united with it, and a file is only ever moved aside, never written over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from reader.errors import LibraryError, NothingFound, UnreadableInput
from reader.export.files import remove_leftovers, write
from reader.export.jsonl import render_library
from reader.formats.library_file import ABOUT
from reader.library.importing import import_paths
from reader.library.telling import Summary
from reader.store import Store
from reader.store.database import backup_folder, is_damage
from reader.text import visible
from reader.transfer import Carried

DAYS_KEPT = 7
WEEKS_KEPT = 4
_NAME = re.compile(r"\d{4}-\d\d-\d\d\.jsonl")
_VITAL = frozenset({"file", "references", "texts"})
"""The checks whose failure means that a library cannot be worked with; all else can be mended in place."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of restoring.

    Attributes:
        source: the copy that was brought back.
        summary: what was in it, and how much of it was new.
        kept: the library as it was; None where there was none.
        damage: what was wrong with the library that was replaced; "" where it was sound, and stays.
    """

    source: Path
    summary: Summary
    kept: Path | None
    damage: str


def back_up(store: Store, path: Path, *, force: bool = False) -> int:
    """Write a copy of what users made, and give the number of its papers.

    Args:
        path: the file; one that is there is replaced only where it is a copy, or with `force`.

    Raises:
        LibraryError: the library cannot be read or the file not be written; then it is as it was.
    """
    counted = _Counting()
    with store.database.snapshot():
        chunks = render_library(counted.papers(store.outgoing.made()))
        write(path, chunks, may_replace=lambda there: force or is_library_file(there), make_folder=True, private=True)
    return counted.count


def back_up_daily(store: Store, library: Path, *, now: datetime) -> Path | None:
    """Make the copy of this day, unless it is there or users made nothing yet, and let go of those that are too old.

    Days are counted in UTC. Raises `LibraryError` where the copy cannot be written; the library is as it was.
    """
    path = copy_of_day(library, now.date())
    if _holds_something(path) or next(store.outgoing.made(), None) is None:
        return None
    back_up(store, path, force=True)
    _let_go(path.parent, now)
    return path


def copy_of_day(library: Path, day: date) -> Path:
    """Where the copy of that day is, or would be."""
    return backup_folder(library) / f"{day.isoformat()}.jsonl"


def backups(library: Path) -> list[Path]:
    """The daily copies of a library, the newest first."""
    with suppress(OSError):
        found = [each for each in backup_folder(library).iterdir() if _is_day(each)]
        return sorted(filter(_holds_something, found), reverse=True)
    return []


def kept(days: Collection[date], today: date) -> set[date]:
    """The days whose copies stay: this one, the newest seven, and the newest of each of the newest four weeks.

    The newest that there are, not those of the last days: neither a long absence nor a clock set wrong takes the last.
    """
    newest = sorted(days, reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    for day in newest:
        weeks.setdefault(day.isocalendar()[:2], day)
    return {today, *newest[:DAYS_KEPT], *list(weeks.values())[:WEEKS_KEPT]}


def is_library_file(path: Path) -> bool:
    """Whether a file's first line says that it is a library file."""
    try:
        with path.open("rb") as file:
            first = json.loads(file.readline(1_000))
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and first.get("about") == ABOUT


def restore_backup(library: Path, source: Path | None, *, now: datetime, origin: str) -> Restored:
    """Bring back what a copy holds.

    What a sound library holds stays, united with the copy, as one step that undo takes back; a copy of the whole is
    kept beside it all the same. A damaged library is moved aside, and a new one with what the copy holds takes its
    place.

    Args:
        library: the library, which may be missing or damaged.
        source: a copy; None for the newest.

    Raises:
        NothingFound: there is no copy.
        UnreadableInput: the source is no copy that can be read.
        LibraryError: the library cannot be replaced or written, or is another program's; it is as it was.
    """
    source = _source(library, source)
    damage = _damage(library)
    if damage:
        return _replace(library, source, damage, now=now, origin=origin)
    aside = None
    existed = library.exists()
    with Store.open(library) as store:
        if existed:
            aside = _vacant(library, now)
            remove_leftovers(library.parent)
            store.database.copy_to(aside)
        return Restored(source, _import(store, source, now=now, origin=origin), aside, "")


def _source(library: Path, told: Path | None) -> Path:
    if told is None:
        found = backups(library)
        if not found:
            where = visible(str(backup_folder(library)))
            raise NothingFound(f"there is no copy to restore in {where}", "name a file: `reader restore FILE`")
        return found[0]
    if not told.is_file():
        raise UnreadableInput(f"{visible(str(told))} is not there", "name a file that `reader backup` wrote")
    if not is_library_file(told):
        raise UnreadableInput(f"{visible(str(told))} is no copy of a library", "`reader import` reads other files")
    return told


def _damage(library: Path) -> str:
    """What keeps a library from being worked with, or ""."""
    if not library.exists():
        return ""
    try:
        with Store.open(library) as store:
            found = (check.damage for check in store.checks.run() if check.name in _VITAL and check.damage)
            return next(found, "")
    except LibraryError as error:
        if not is_damage(error) or not library.is_file():
            raise
        return error.message


def _replace(library: Path, source: Path, damage: str, *, now: datetime, origin: str) -> Restored:
    """Make a library of the copy, move the damaged one aside with its log, and put the new one there."""
    fresh = library.with_name(library.name + ".restoring")
    try:
        _remove(fresh)
        with Store.open(fresh) as store:
            summary = _import(store, source, now=now, origin=origin)
        aside = _vacant(library, now)
        for companion in ("-wal", "-shm", ""):  # the library last: without its log it is damaged still, never mistaken
            with suppress(FileNotFoundError):
                library.with_name(library.name + companion).rename(aside.with_name(aside.name + companion))
        fresh.rename(library)
        _remove(fresh)
    except OSError as error:
        raise LibraryError(
            f"the library {visible(str(library))} cannot be replaced: {error.strerror}", "look at its folder"
        ) from error
    return Restored(source, summary, aside, damage)


def _remove(library: Path) -> None:
    """Remove a library that an earlier attempt began, with its companions."""
    for companion in ("", "-wal", "-shm", "-import"):
        library.with_name(library.name + companion).unlink(missing_ok=True)


def _import(store: Store, source: Path, *, now: datetime, origin: str) -> Summary:
    summary = import_paths(store, [str(source)], now=now, origin=origin)
    if not summary.files:
        reason = summary.rejected[0].reason if summary.rejected else "it was stopped"
        why = reason.partition(" (")[0]  # what to do about a page is of no use for a copy
        raise UnreadableInput(f"{visible(str(source))} cannot be restored: {why}", "name an older copy")
    return summary


def _vacant(library: Path, now: datetime) -> Path:
    """A name beside the library that nothing has."""
    wanted = library.with_name(f"{library.name}.before-{now:%Y%m%dT%H%M%S}")
    number = 1
    path = wanted
    while path.exists() or path.with_name(path.name + "-wal").exists():
        number += 1
        path = wanted.with_name(f"{wanted.name}-{number}")
    return path


def _let_go(folder: Path, now: datetime) -> None:
    """Remove the copies that are too old; what cannot be removed stays."""
    with suppress(OSError):
        copies = {date.fromisoformat(each.stem): each for each in folder.iterdir() if _is_day(each)}
        for day in copies.keys() - kept(copies, now.date()):
            copies[day].unlink(missing_ok=True)


def _is_day(path: Path) -> bool:
    if not _NAME.fullmatch(path.name):
        return False
    with suppress(ValueError):
        return bool(date.fromisoformat(path.stem))
    return False


def _holds_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


class _Counting:
    """Counts the papers that pass."""

    count = 0

    def papers(self, carried: Iterator[Carried]) -> Iterator[Carried]:
        from reader.transfer import CarriedPaper

        for each in carried:
            self.count += isinstance(each, CarriedPaper)
            yield each
