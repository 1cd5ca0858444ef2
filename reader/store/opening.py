"""Opening a library: making it where there is none, refusing what is none, and bringing an older one up to date."""

from __future__ import annotations

import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reader.errors import DamagedLibrary, LibraryError
from reader.store.database import BUSY_SECONDS, PRIVATE, WAY_OUT, Database, backup_folder, is_busy, make_file
from reader.store.schema import APPLICATION_ID, MIGRATIONS, VERSION

MINIMUM_SQLITE = (3, 37, 0)
"""The first release with strict tables."""
_BUSY_RETRY = 0.01
_SOON_UPGRADED = 100_000  # papers, in less than a second
_SMALLEST_PAGE = 512  # https://www.sqlite.org/fileformat2.html#page_size


def open_database(path: Path, *, create: bool, upgrading: Callable[[], None] | None = None) -> Database:
    """Open a library, making it where there is none, and bring an older one up to date.

    Args:
        create: make a missing library on the disk; otherwise an empty one is opened in memory.
        upgrading: called before an older library is brought up to date that is so large that it takes seconds.

    Raises:
        LibraryError: it cannot be opened or made, is no library, or is of a newer version.
    """
    if sqlite3.sqlite_version_info < MINIMUM_SQLITE:
        wanted = ".".join(map(str, MINIMUM_SQLITE))
        raise LibraryError(
            f"this Python carries SQLite {sqlite3.sqlite_version}, and reader needs {wanted}",
            "use a newer Python, from python.org or your package manager",
        )
    try:
        place = path.absolute()  # SQLite would take ":memory:" for no file at all
        if not create and not place.exists():
            return _prepared(sqlite3.connect(":memory:", isolation_level=None), None, None)
        if create:
            place.parent.mkdir(parents=True, exist_ok=True)
            make_file(place, mode=PRIVATE)
        _refuse_fragment(place)
        connection = sqlite3.connect(place, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256)
    except (OSError, ValueError, sqlite3.Error) as error:  # ValueError: the path holds a NUL
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise LibraryError(
            f"the library {path} cannot be opened: {reason}", "check the folder, or name another library with --library"
        ) from error
    return _prepared(connection, path, upgrading)


def _prepared(connection: sqlite3.Connection, path: Path | None, upgrading: Callable[[], None] | None) -> Database:
    database = Database(connection, path)
    try:
        return _prepare(database, upgrading)
    except BaseException:
        database.close()
        raise


def _refuse_fragment(path: Path) -> None:
    """SQLite would take a file of a few bytes for an empty library, and overwrite it; of an empty one, the log.

    The file is not opened: closing it again would drop the locks of other connections in this process.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return
    if 0 < status.st_size < _SMALLEST_PAGE:
        raise DamagedLibrary(f"the library {path} is no library", WAY_OUT)
    if not status.st_size and _size(path.with_name(path.name + "-wal")):
        raise DamagedLibrary(f"the library {path} is empty, and its log is not", WAY_OUT)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _prepare(database: Database, upgrading: Callable[[], None] | None) -> Database:
    database.run("pragma foreign_keys = on")
    with database.snapshot():  # another process may be making the library at this moment
        version = database.value("pragma user_version")
        application = database.value("pragma application_id")
        empty = database.value("select count(*) from sqlite_schema") == 0
    if application != APPLICATION_ID and not (empty and application == 0):
        raise LibraryError(
            f"{database.path} is a database of another program",
            "it was left as it is; name another file with --library",
        )
    if version > VERSION:
        raise LibraryError(
            f"{database.path} was written by a newer reader (library version {version}, this one reads "
            f"up to {VERSION})",
            "upgrade reader; the library was left as it is",
        )
    if version < VERSION:
        _check_full_text(database)
        if version and database.path is not None:
            database.copy_to(backup_folder(database.path) / f"version-{version}.db")
        _write_ahead(database)
        if upgrading is not None and version and (database.value("select max(id) from papers") or 0) > _SOON_UPGRADED:
            upgrading()
        _migrate(database)  # before what is temporary is kept in memory: an index of all papers is sorted there
    database.run("pragma temp_store = memory")
    database.set_durable(each_commit=True)
    return database


def _check_full_text(database: Database) -> None:
    """Learn whether there is FTS5 before a new library's file is touched."""
    database.run("create virtual table temp.probe using fts5 (word)")
    database.run("drop table temp.probe")


def _write_ahead(database: Database) -> None:
    """Turn on the write-ahead log; while another process does the same, SQLite says "busy" without waiting."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            database.run("pragma journal_mode = wal")
        except LibraryError as error:
            if not is_busy(error) or time.monotonic() >= deadline:
                raise
            time.sleep(_BUSY_RETRY)
        else:
            return


def _migrate(database: Database) -> None:
    with database.transaction():
        version = database.value("pragma user_version")
        if version >= VERSION:  # another process was faster
            return
        for script in MIGRATIONS[version:]:
            for statement in _statements(script):
                database.run(statement)
        database.run(f"pragma application_id = {APPLICATION_ID}")
        database.run(f"pragma user_version = {VERSION}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one; `executescript` would commit the transaction they belong to."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
