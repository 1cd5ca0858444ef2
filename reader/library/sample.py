"""The bundled sample library, for a first look that touches nothing of the user's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reader import paths
from reader.errors import UnreadableInput
from reader.library.importing import import_text
from reader.store import Store

SAMPLE_NAME = "sample library"


def open_sample(folder: Path, *, now: datetime) -> Path:
    """Make a library of the sample papers in an empty folder and give its path.

    Raises:
        UnreadableInput: the sample was not installed with the program.
        LibraryError: the folder cannot be written.
    """
    path = folder / "library.db"
    sample = paths.sample_library()
    try:
        text = sample.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableInput(f"the sample papers are not at {sample}", "install reader again") from error
    with Store.open(path) as store:
        import_text(store, text, name=SAMPLE_NAME, now=now, origin=SAMPLE_NAME)
    return path
