"""A look at what an import would bring, before anything is written."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from reader import formats
from reader.errors import Interrupted, ReaderError, UnknownFormat
from reader.library.inputs import Given, Pasted, inputs, opened, reason_of
from reader.library.joining import Batch
from reader.paper import Paper
from reader.store import Store

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_RECORDS = 2_000
"""Records of one file that are looked at."""
MOST_FILES = 50
"""Files of a folder that are looked at."""
TITLES = 5
"""Titles that are shown."""

_NO_SOURCE = -1


@dataclass(frozen=True, slots=True)
class Preview:
    """What was found, as far as it was looked at.

    Attributes:
        name: of the file or folder.
        kinds: the layouts it was recognised as.
        records: how many papers were met.
        new: how many of them the library does not have.
        rejected: how many records could not be read.
        titles: the first ones.
        whole: whether everything was looked at; otherwise there are more.
        problems: files that cannot be read, each with the reason.
        skipped: how many files of unknown kind lay in the folder.
    """

    name: str
    kinds: tuple[str, ...]
    records: int
    new: int
    rejected: int
    titles: tuple[str, ...]
    whole: bool
    problems: tuple[tuple[str, str], ...]
    skipped: int = 0


@dataclass(slots=True)
class _Look:
    """What was found so far."""

    kinds: dict[str, None]
    papers: list[Paper]
    rejected: int
    whole: bool
    skipped: int


def preview(store: Store, given: Given, *, check: Callable[[], None] = lambda: None) -> Preview:
    """Look at a file, a folder or a text; nothing is written.

    Args:
        check: called often, also while a large file is read; what it raises ends the look.

    Raises:
        LibraryError: the library cannot be read.
    """
    look = _Look({}, [], 0, whole=True, skipped=0)
    problems: list[tuple[str, str]] = []
    for number, (item, error) in enumerate(inputs(given)):
        if number == MOST_FILES:
            look.whole = False
            break
        try:
            if error is not None:
                problems.append((item.name, error))
                continue
            check()
            with opened(item, None) as file, io.BufferedReader(_Checked(file, check)) as checked:
                _look_at(checked, item.name, look, check)
        except Interrupted:
            raise
        except UnknownFormat as unknown:
            if item.in_folder:
                look.skipped += 1
            else:
                problems.append((item.name, reason_of(unknown, item.name)))
        except (ReaderError, OSError) as unreadable:
            problems.append((item.name, reason_of(unreadable, item.name)))
    with store.database.snapshot():
        met = Batch(store, _NO_SOURCE, list(enumerate(look.papers, 1)), horizon=store.papers.horizon())
    return Preview(
        name=given.name if isinstance(given, Pasted) else str(given),
        kinds=tuple(look.kinds),
        records=len(look.papers),
        new=len(met.additions),
        rejected=look.rejected,
        titles=tuple(paper.title for paper in look.papers[:TITLES]),
        whole=look.whole,
        problems=tuple(problems),
        skipped=look.skipped,
    )


class _Checked(io.RawIOBase):
    """A file that is asked, before each block of it is read, whether to go on."""

    def __init__(self, file: BinaryIO, check: Callable[[], None]) -> None:
        self._file = file
        self._check = check

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        self._check()
        view = memoryview(buffer)
        block = self._file.read(len(view))
        view[: len(block)] = block
        return len(block)


def _look_at(file: BinaryIO, name: str, look: _Look, check: Callable[[], None]) -> None:
    reading = formats.read(file, name=name)
    papers: list[Paper] = []  # a file that turns out damaged brings nothing
    rejected, whole = 0, True
    for place, record in enumerate(islice(reading, MOST_RECORDS + 1)):
        check()
        if place == MOST_RECORDS:
            whole = False
        elif isinstance(record, Paper):
            papers.append(record)
        else:
            rejected += 1
    look.kinds[reading.kind] = None
    look.papers += papers
    look.rejected += rejected
    look.whole &= whole
