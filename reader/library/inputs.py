"""What can be given to be read, as open files: files, folders, standard input, pasted text."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reader.errors import ReaderError

_HASHED_AT_ONCE = 1 << 20
_KEPT_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text that the user pasted, with the name it is to be known by."""

    text: str
    name: str = "pasted text"


Given = Path | str | Pasted
"""What can be given to be read: a file, a folder or a pipe, "-" for standard input, or text."""

_STANDARD_INPUT = ("-", "/dev/stdin")  # the second cannot be opened again where it is a socket


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read, with the name it is known by.

    Attributes:
        path: None for standard input, and for text that is at hand.
        text: the text itself, where it is at hand.
        stream: standard input, where it is that.
        in_folder: whether it was found in a folder that was given.
        is_pipe: whether it can be read only once.
    """

    name: str
    path: Path | None = None
    text: str | None = None
    stream: BinaryIO | None = None
    in_folder: bool = False
    is_pipe: bool = False

    def name_with(self, content: str) -> str:
        """A name for what was read: of what comes under one name each time, the beginning of its digest is part."""
        return self.name if self.path is not None and not self.is_pipe else f"{self.name} ({content[:8]})"


def name_of(given: Given) -> str:
    """What is given, for people."""
    if isinstance(given, Pasted):
        return given.name
    return "standard input" if os.fspath(given) == "-" else _label(Path(given))


def inputs(given: Given, stdin: BinaryIO | None = None) -> Iterator[tuple[Input, str | None]]:
    """The files that what the user gave stands for, each with the reason why it cannot be read, if any."""
    name = name_of(given)
    if isinstance(given, Pasted):
        yield Input(name, text=given.text), None
        return
    if os.fspath(given) == "-" and stdin is None:
        yield Input(name), "there is no standard input"
        return
    if os.fspath(given) in _STANDARD_INPUT and stdin is not None:
        yield Input(name, stream=stdin), None
        return
    path = Path(given)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield Input(name, path), "no such file"
    except (OSError, ValueError) as error:  # ValueError: the path holds a NUL
        yield Input(name, path), reason_of(error, name)
    else:
        if stat.S_ISDIR(mode):
            yield from _files_in(path)
        elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
            yield Input(name, path, is_pipe=stat.S_ISFIFO(mode)), None
        else:
            yield Input(name, path), "neither a file nor a folder nor a pipe"


def _files_in(folder: Path) -> Iterator[tuple[Input, str | None]]:
    """The files of a folder and those below it, in the order of their names; hidden ones are passed over."""
    failed: list[OSError] = []
    found = False
    for parent, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                found = True
                yield Input(_label(path), path, in_folder=True), None
    for error in failed:
        yield Input(_label(Path(error.filename or folder)), folder), reason_of(error, "")
    if not found and not failed:
        yield Input(_label(folder), folder), "the folder holds no files"


def _label(path: Path) -> str:
    """A path as the name of a source: text, whatever bytes it is made of."""
    return os.fsencode(path).decode(errors="replace")


@contextmanager
def opened(item: Input) -> Iterator[BinaryIO]:
    """The file to read, at its start; what can be read only once is kept aside first, because it is read twice."""
    if item.text is not None:
        yield io.BytesIO(item.text.encode(errors="replace"))
    elif item.stream is not None:
        with _kept_aside(item.stream) as file:
            yield file
    elif item.path is not None:
        with item.path.open("rb") as file, _kept_aside(file) if item.is_pipe else nullcontext(file) as again:
            yield again


@contextmanager
def _kept_aside(stream: BinaryIO) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as file:
        while True:
            piece = stream.read(_KEPT_AT_ONCE) or b""  # it is None where standard input does not wait
            file.write(piece)
            if len(piece) < _KEPT_AT_ONCE:  # to read beyond the end would make a terminal wait for a second Ctrl-D
                break
        file.seek(0)
        yield file


def digest(file: BinaryIO, tick: Callable[[], None]) -> tuple[str, int]:
    """The SHA-256 and the size of a file, which is then at its start again; `tick` is called for each mebibyte."""
    found = hashlib.sha256()
    while piece := file.read(_HASHED_AT_ONCE):
        found.update(piece)
        if len(piece) == _HASHED_AT_ONCE:
            tick()
    size = file.tell()
    file.seek(0)
    return found.hexdigest(), size


def reason_of(error: ReaderError | OSError | ValueError, name: str) -> str:
    """Why a file cannot be read and what to do, without its name, which stands before it wherever it is shown."""
    if isinstance(error, ReaderError):
        return str(error).removeprefix(name).strip()
    return ((error.strerror if isinstance(error, OSError) else None) or str(error)).lower()
