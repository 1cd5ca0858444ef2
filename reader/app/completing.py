"""What the beginning of a path stands for, and how it goes on.

Names that hold what would act on a terminal are not completed: they could not be shown as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reader.text import visible


def path_of(typed: str, folder: Path) -> Path:
    """The path that was typed, in that folder where it is relative; a tilde is the home folder."""
    return folder / os.path.expanduser(typed.strip())  # noqa: PTH111 - Path.expanduser raises for unknown users


def completed(typed: str, folder: Path) -> str | None:
    """The typed path with its last name completed, the first of those that fit; a folder ends with a slash.

    Hidden names fit only where a dot was typed. None where nothing fits, or nothing can be read.
    """
    if typed == "~":
        return "~/"
    parent, slash, beginning = typed.rpartition("/")
    fitting = _names(path_of(parent + slash, folder), beginning)
    first = min(fitting, key=str.casefold, default=None)
    return None if first is None or first == beginning else parent + slash + first


def _names(folder: Path, beginning: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                hidden = entry.name.startswith(".") and not beginning.startswith(".")
                if entry.name.startswith(beginning) and not hidden and visible(entry.name) == entry.name:
                    yield entry.name + "/" * _is_folder(entry)
    except (OSError, ValueError):  # ValueError: the path holds a NUL
        return


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
