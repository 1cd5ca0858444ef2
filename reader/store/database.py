"""One SQLite connection to a library: opened carefully, every error a user can cause translated.

Holds no rule about papers. A connection belongs to the thread that made it; only `interrupt` may be called from
another. Errors that only a bug can cause pass through as they are.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reader.errors import DamagedLibrary, Interrupted, LibraryError, NothingFound

BUSY_SECONDS = 10.0
"""How long to wait for another window's or command's write; an import holds the library for 0.1 s at a time."""

WAY_OUT = (
    "it was left as it is: `reader restore` brings back the newest copy of what you made, "
    "`reader doctor --salvage` gets out of the file what can be read"
)
_HINTS = {
    "SQLITE_BUSY": "another program holds it: close that, or try again",
    "SQLITE_LOCKED": "another program holds it: close that, or try again",
    "SQLITE_PROTOCOL": "another program holds it: close that, or try again",
    "SQLITE_READONLY": "make the file and its folder writable, or name another with --library",
    "SQLITE_PERM": "make the file and its folder readable and writable, or name another with --library",
    "SQLITE_AUTH": "make the file and its folder readable and writable, or name another with --library",
    "SQLITE_CANTOPEN": "check that its folder exists and may be written, or name another with --library",
    "SQLITE_IOERR": "check the disk that it lies on",
    "SQLITE_FULL": "make room on the disk; nothing that was stored is lost",
    "SQLITE_TOOBIG": "a text is longer than SQLite can hold",
    "SQLITE_NOMEM": "close other programs and try again",
    "SQLITE_CONSTRAINT": "nothing was changed; `reader doctor` looks whether it is damaged",
    "SQLITE_CORRUPT": WAY_OUT,
    "SQLITE_NOTADB": WAY_OUT,
}

PRIVATE = 0o600
"""The mode of a library and its copies: what somebody reads is nobody else's business."""

LARGE_CACHE = 64 * 1024
"""KiB of pages kept in memory while many papers are written, whose keys fall everywhere in the indexes."""

_FETCHED_AT_ONCE = 4_096
_BEGIN_RETRY = 0.001
_TICK_STEPS = 5_000  # of SQLite's virtual machine: a step through the full-text index takes some microseconds
_ROLLBACK_TRIALS = 3
_UNDECODABLE = "Could not decode to UTF-8"
_NO_FTS5 = "no such module: fts5"

Parameters = Sequence[Any] | Mapping[str, Any]
"""Values for question marks in order, or for names such as `:id`."""


class Database:
    """A connection with explicit transactions and translated errors."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        """Wrap a connection in autocommit mode; `path` is None for a library in memory."""
        self._connection = connection
        self.path = path
        self.writes = 0
        """Transactions that were committed over this connection."""

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of a query.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
            LibraryError: the library cannot be read or written.
        """
        with self._translated():
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None. Raises as `rows` does."""
        with self._translated():
            found: tuple[Any, ...] | None = self._connection.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:  # noqa: ANN401 - whatever the column holds
        """The first column of the first row, or None. Raises as `rows` does."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def ids(self, sql: str, parameters: Parameters = ()) -> array[int]:
        """The first column of every row, whole numbers, held as such: eight bytes each. Raises as `rows` does."""
        found = array("q")
        with self._translated():
            cursor = self._connection.execute(sql, parameters)
            while page := cursor.fetchmany(_FETCHED_AT_ONCE):
                found.extend([row[0] for row in page])
        return found

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement and give the number of rows it changed. Raises as `rows` does."""
        with self._translated():
            return self._connection.execute(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one insert and give the new row's id. Raises as `rows` does."""
        with self._translated():
            return self._connection.execute(sql, parameters).lastrowid or 0

    def run_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run one statement once for each set of parameters. Raises as `rows` does."""
        with self._translated():
            self._connection.executemany(sql, parameters)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and alone: other writers wait. Raises as `rows` does."""
        with self._translated():
            self._begin()
        try:
            yield
            with self._translated():
                self._connection.execute("commit")
            self.writes += 1
        except BaseException:
            self._roll_back()
            raise

    def _begin(self) -> None:
        """Begin to write; while another does, ask every millisecond for as long as the busy timeout says.

        SQLite itself soon asks ten times a second only, and would miss nearly every pause of an import.
        """
        patience = self._connection.execute("pragma busy_timeout").fetchone()[0]
        deadline = time.monotonic() + patience / 1_000
        self._connection.execute("pragma busy_timeout = 0")
        try:
            while True:
                try:
                    self._connection.execute("begin immediate")
                except sqlite3.OperationalError as error:
                    if not _names_busy(error) or time.monotonic() >= deadline:
                        raise
                    time.sleep(_BEGIN_RETRY)
                else:
                    return
        finally:
            self._connection.execute(f"pragma busy_timeout = {patience}")

    def pause(self) -> None:
        """Leave the library to whoever waits to write, for longer than they wait between two attempts."""
        time.sleep(2 * _BEGIN_RETRY)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads of one state, whatever others write meanwhile. Raises as `rows` does.

        Within a transaction nobody else writes anyway.
        """
        if self._connection.in_transaction:
            yield
            return
        with self._translated():
            self._connection.execute("begin")
        try:
            yield
        finally:
            self._roll_back()

    def _roll_back(self) -> None:
        """End the transaction without a trace; tried again, because an interrupt may hit this very statement.

        A closed connection has none: one that was reading on when the command was told to end.
        """
        for _ in range(_ROLLBACK_TRIALS):
            with contextlib.suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("rollback")

    def copy_to(self, target: Path) -> None:
        """Write the library as it is now, whole or not at all, into a file that only its owner may read.

        Raises:
            LibraryError: the copy cannot be written, or the library not read.
        """
        import secrets  # loads much, and is needed for copies alone

        temporary = target.with_name(f".reader-{secrets.token_hex(8)}.part")
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            make_file(temporary, mode=PRIVATE)
            with self._translated(), contextlib.closing(sqlite3.connect(temporary)) as copy:
                self._connection.backup(copy)
                copy.execute("pragma journal_mode = delete")  # one file, whole by itself; flushed to the disk
            temporary.replace(target)
        except OSError as error:
            raise LibraryError(
                f"the copy {target} cannot be written: {error.strerror}", "make room, or look at the folder"
            ) from error
        finally:
            for leftover in ("", "-journal", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    temporary.with_name(temporary.name + leftover).unlink(missing_ok=True)

    def data_version(self) -> int:
        """A number that is another one once another connection has changed the library. Raises as `rows` does."""
        return int(self.value("pragma data_version"))

    def state(self) -> tuple[int, int]:
        """Another value once the library was changed, over this connection or another. Raises as `rows` does."""
        return self.data_version(), self._connection.total_changes

    def set_durable(self, *, each_commit: bool) -> None:
        """Whether each commit waits for the disk; if not, a power cut may take the last moment, but harms nothing."""
        self.run(f"pragma synchronous = {'full' if each_commit else 'normal'}")

    @contextlib.contextmanager
    def large_cache(self) -> Iterator[None]:
        """Keep `LARGE_CACHE` of the library in memory meanwhile. Raises as `rows` does."""
        before = self.value("pragma cache_size")
        self.run(f"pragma cache_size = -{LARGE_CACHE}")
        try:
            yield
        finally:
            with contextlib.suppress(LibraryError):  # of a library that cannot be read, nothing is kept anyway
                self.run(f"pragma cache_size = {before}")

    @contextlib.contextmanager
    def ticking(self, tick: Callable[[], None]) -> Iterator[None]:
        """Call `tick` some times a second while statements run; what it raises stops the statement and is raised."""
        raised: list[BaseException] = []

        def handler() -> int:
            try:
                tick()
            except BaseException as error:  # noqa: BLE001 - it cannot pass through SQLite; it is raised below
                raised.append(error)
            return len(raised)

        self._connection.set_progress_handler(handler, _TICK_STEPS)
        try:
            yield
        except Interrupted:
            if not raised:
                raise
        finally:
            self._connection.set_progress_handler(None, 0)
        if raised:
            raise raised[0]

    def interrupt(self) -> None:
        """Stop what another thread is running on this connection; that raises `Interrupted` there."""
        with contextlib.suppress(sqlite3.ProgrammingError):  # closed already: there is nothing to stop
            self._connection.interrupt()

    def close(self) -> None:
        """Close the connection; closing twice does nothing."""
        self._connection.close()

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise translate(error, self.path) from error
        except MemoryError as error:  # a number in a damaged page may ask for any size
            raise DamagedLibrary(
                f"the library {self.path} cannot be used: it needs too much memory", WAY_OUT
            ) from error


def make_file(path: Path, *, mode: int) -> None:
    """Make an empty file where there is none; SQLite gives its companions the same mode.

    A file that is there is not opened: closing it again would drop the locks of other connections in this process.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode))


def is_busy(error: LibraryError) -> bool:
    """Whether another program held the library."""
    return _names_busy(error.__cause__)


def _names_busy(error: BaseException | None) -> bool:
    return (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def is_damage(error: LibraryError) -> bool:
    """Whether an error means that something stored is damaged, not that it cannot be reached now."""
    name = getattr(error.__cause__, "sqlite_errorname", "") or ""
    return isinstance(error, DamagedLibrary) or name.startswith("SQLITE_IOERR")


def backup_folder(path: Path) -> Path:
    """Where the copies of that library are, beside it."""
    return path.with_name(path.name + ".backups")


def translate(error: sqlite3.Error, path: Path | None) -> Exception:
    """The error as a user should meet it, or the error itself where only a bug can cause it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name == "SQLITE_INTERRUPT":
        return Interrupted("stopped")
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":  # another window, or what was done just before
        return NothingFound("the paper, or the list, was removed meanwhile", "nothing was changed; look for it again")
    for prefix, hint in _HINTS.items():
        if name.startswith(prefix):
            what = "is no library" if prefix == "SQLITE_NOTADB" else f"cannot be used: {error}"
            kind = DamagedLibrary if hint is WAY_OUT else LibraryError
            return kind(f"the library {path} {what}", hint)
    if _NO_FTS5 in str(error):
        return LibraryError(
            f"this Python's SQLite {sqlite3.sqlite_version} was built without FTS5, which search needs",
            "use the Python of python.org, Homebrew, conda or your distribution",
        )
    if _UNDECODABLE in str(error):
        return DamagedLibrary(f"the library {path} cannot be used: {error}", WAY_OUT)
    return error
