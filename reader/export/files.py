"""Writing a file so that a reader of it, a crash or a full disk never meets half of one.

A file is written beside its place under another name, flushed to the disk and only then moved into place, in one step
of the file system. Whatever fails, the old file stands untouched and nothing is left behind; what a process leaves that
is killed, the next one to write there takes away. A file is replaced only where the caller allows it, and only a file:
no folder, device, pipe or dangling link.
"""

from __future__ import annotations

import itertools
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from reader.errors import LibraryError
from reader.text import visible

PRIVATE = 0o600
"""The mode of a file that is its owner's business alone."""

_TEMPORARY = re.compile(r"\.reader-[0-9a-f]{16}\.part(-journal|-wal|-shm)?")
"""What is written beside its place, here or by `store.database`, is called so."""
_LEFT_BEHIND = 3_600.0
"""The age in seconds from which such a file may be what a killed process left."""


def write(
    path: Path,
    chunks: Iterable[str],
    *,
    may_replace: Callable[[Path], bool],
    make_folder: bool = False,
    private: bool = False,
    tidy: bool = True,
) -> None:
    """Write chunks of text to a file, as UTF-8, all of them or nothing.

    A link to a file stays a link; what it points to is replaced. A replaced file keeps its mode, a new one gets what
    the user's umask leaves.

    Args:
        path: the file.
        chunks: its text; drawn only once the file may be written.
        may_replace: asked about a file that is already there.
        make_folder: create a missing folder, too.
        private: give the file, and a folder made for it, to its owner alone; of two that write at once the later stays.
        tidy: take away what killed processes left in the folder.

    Raises:
        LibraryError: the file may not be replaced, or cannot be written.
    """
    try:
        target = _target(path)
        mode = _mode_to_keep(target, path, may_replace)
        _require_folder(target.parent, make_folder=make_folder, private=private)
        _write_beside(target, chunks, PRIVATE if private else mode)
        if tidy:
            remove_leftovers(target.parent)
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        raise _cannot("written", path, error) from error


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that killed processes left in a folder; what cannot be removed stays.

    Nothing goes that another process may be writing: what is younger than an hour, is locked, or is another user's.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for each in [entry for entry in entries if _TEMPORARY.fullmatch(entry.name)]:
            with suppress(OSError):
                if _is_abandoned(each):
                    Path(each.path).unlink(missing_ok=True)


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    """Whether nobody writes a file any more; raises `OSError` where another process does."""
    status = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(status.st_mode) or time.time() - status.st_mtime < _LEFT_BEHIND:
        return False
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return False
    with Path(entry.path).open("rb") as file:
        _hold(file)
    return True


def _hold(file: IO[Any]) -> None:
    """Lock a file until it is closed; raises `OSError` where another holds it, or files cannot be locked.

    The clock may have been set, so that age alone would not tell what is being written.
    """
    if sys.platform != "win32":  # which removes no file that is open
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def vacant(path: Path, *, may_replace: Callable[[Path], bool]) -> Path:
    """The first of `name.md`, `name 2.md`, `name 3.md` and so on that is not there or may be replaced.

    Raises:
        LibraryError: the folder cannot be looked into.
    """
    names = itertools.chain([path.name], (f"{path.stem} {n}{path.suffix}" for n in itertools.count(2)))
    try:
        return next(
            candidate
            for candidate in map(path.with_name, names)
            if not _is_there(candidate) or (candidate.is_file() and may_replace(candidate))
        )
    except OSError as error:
        raise _cannot("reached", path, error) from error


def _target(path: Path) -> Path:
    """Where a file really lies, so that replacing it does not turn a link into a file."""
    if not path.is_symlink():
        return path
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
        raise LibraryError(f"{_shown(path)} is a link that leads to no file", "name another file") from error


def _mode_to_keep(target: Path, path: Path, may_replace: Callable[[Path], bool]) -> int | None:
    """The permissions of the file that will be replaced, `None` where there is none.

    Raises:
        LibraryError: what is there must stay.
    """
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise LibraryError(f"{_shown(path)} is a folder", "name a file in it")
    if not stat.S_ISREG(mode):
        raise LibraryError(f"{_shown(path)} is no regular file", "name another file")
    if not may_replace(target):
        raise LibraryError(
            f"{_shown(path)} exists and was not written by reader, or was changed since",
            "--force replaces it, or name another file",
        )
    return stat.S_IMODE(mode)


def _require_folder(folder: Path, *, make_folder: bool, private: bool) -> None:
    if make_folder:
        folder.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
    elif not folder.is_dir():
        raise LibraryError(f"the folder {_shown(folder)} does not exist", "create it, or name a file elsewhere")


def _write_beside(target: Path, chunks: Iterable[str], mode: int | None) -> None:
    # Not after the target's name, which may already be as long as the file system allows.
    temporary = target.with_name(f".reader-{secrets.token_hex(8)}.part")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            with suppress(OSError):
                _hold(file)
            if mode is not None:
                temporary.chmod(mode)  # before the first byte: what was private never is readable under another name
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        _move(temporary, target, replace=mode is not None)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _flush_folder(target.parent)


def _move(temporary: Path, target: Path, *, replace: bool) -> None:
    """Move a finished file into place; to a place that was vacant, only if it still is."""
    if replace:
        os.replace(temporary, target)  # noqa: PTH105 - one name for one step of the file system, as tests replace it
        return
    # Of two writers only one can create the empty file that holds the place; the other's FileExistsError is reported.
    target.open("x").close()
    try:
        os.replace(temporary, target)  # noqa: PTH105 - see above
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    """Have the file's new name survive a power cut, where folders can be flushed. It is in place either way."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def _cannot(done: str, path: Path, error: OSError | ValueError) -> LibraryError:
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return LibraryError(f"{_shown(path)} cannot be {done}: {why}", "name another file, or make room and retry")


def _shown(path: Path) -> str:
    return visible(str(path))
