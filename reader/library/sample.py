"""The bundled sample library, for a first look that touches nothing of the user's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reader import paths
from reader.errors import UnreadableInput
from reader.library.importing import import_paths
from reader.store import Store

SAMPLE_NAME = "sample library"


def open_sample(folder: Path, *, now: datetime) -> Path:
    """Make a library of the sample papers in an empty folder and give its path.

    Raises:
        UnreadableInput: the sample was not installed with the program.
        LibraryError: the folder cannot be written.
    """
    path = folder / "library.db"
    with Store.open(path) as store:
        summary = import_paths(store, [paths.sample_library()], now=now, origin=SAMPLE_NAME)
    if not summary.added:
        raise UnreadableInput("the sample papers are not where they were installed", "install reader again")
    return path
