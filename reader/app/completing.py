"""What the beginning of a path stands for, how it goes on, and what lies in a folder.

Names that hold what would act on a terminal are not completed: they could not be shown as they are.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.text import visible

MOST_NAMES = 200
"""Names of a folder that are listed."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in a folder, as far as it is shown.

    Attributes:
        names: the folders, then the files, each in the order of the alphabet.
        folders: how many of the names are folders.
        more: how many others there are.
    """

    names: tuple[str, ...]
    folders: int
    more: int


def path_of(typed: str, folder: Path) -> Path:
    """The path that was typed, in that folder where it is relative; a tilde is the home folder."""
    return folder / os.path.expanduser(typed.strip())  # noqa: PTH111 - Path.expanduser raises for unknown users


def completed(typed: str, folder: Path, *, check: Callable[[], None] = lambda: None) -> str | None:
    """The typed path with its last name completed, the first of those that fit; a folder ends with a slash.

    Hidden names fit only where a dot was typed. None where nothing fits, or nothing can be read. `check` is called for
    each name of the folder, and what it raises ends the search.
    """
    if typed == "~":
        return "~/"
    parent, slash, beginning = typed.rpartition("/")

    def fitting() -> Iterator[os.DirEntry[str]]:
        for entry in _entries(path_of(parent + slash, folder)):
            check()
            hidden = entry.name.startswith(".") and not beginning.startswith(".")
            if entry.name.startswith(beginning) and not hidden and visible(entry.name) == entry.name:
                yield entry

    first = min(fitting(), key=lambda entry: entry.name.casefold(), default=None)
    name = "" if first is None else first.name + "/" * _is_folder(first)
    return None if name in ("", beginning) else parent + slash + name


def listed(folder: Path, *, going_on: Callable[[], bool] = lambda: True) -> Listing:
    """The first names in a folder, without hidden ones; nothing where it cannot be read.

    However many there are, only those that are shown are kept. It ends early when `going_on` says no.
    """
    count = 0

    def keys() -> Iterator[tuple[bool, str, str]]:
        nonlocal count
        for entry in _entries(folder):
            if not going_on():
                return
            if not entry.name.startswith("."):
                count += 1
                yield not _is_folder(entry), entry.name.casefold(), entry.name

    found = heapq.nsmallest(MOST_NAMES, keys())
    folders = sum(not is_file for is_file, _, _ in found)
    return Listing(tuple(name for _, _, name in found), folders, count - len(found))


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except (OSError, ValueError):  # ValueError: the path holds a NUL
        return


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
