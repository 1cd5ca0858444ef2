"""The disk that a library takes, by table and index, and how much of it a paper takes.

Every page of the file is counted for the table or index that it belongs to, by SQLite's `dbstat`
(https://www.sqlite.org/dbstat.html). A full-text index is several tables, which are shown together: what it holds of
words and places, and the size of each text. "Unused" is room within pages that are taken. Where this SQLite was
compiled without `dbstat`, the bytes of all columns are added up in its place, indexes are not told apart, and the
table says so.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import figures
import libraries
from figures import print_machine, print_table

_SHADOW = re.compile(r"(?P<index>\w+_index)_(?:data|idx|docsize|config|content)")
_PRAGMAS = "from pragma_page_count, pragma_freelist_count, pragma_page_size"
_MEGABYTE = 1e6
_SMALL, _PAGE = 0.0005, 4096
"""The share of a file, and the bytes, up to which a table or index is only counted among the others."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table or an index: the bytes of its pages, what of them is unused, and how many rows or entries it has."""

    name: str
    kind: str
    size: int
    unused: int


def by_pages(connection: sqlite3.Connection) -> Iterator[Part]:
    """Every table and index by its pages.

    Raises:
        sqlite3.OperationalError: this SQLite cannot tell.
    """
    kinds = {"sqlite_schema": ("table", "sqlite_schema")}
    for kind, name, table in connection.execute("select type, name, tbl_name from sqlite_master"):
        kinds[name] = kind, table
    query = "select name, sum(pgsize), sum(unused) from dbstat where aggregate = true group by name"
    for name, size, unused in connection.execute(query).fetchall():
        kind, table = kinds.get(name, ("table", name))
        shown = f"{table}, its unique key" if name.startswith("sqlite_autoindex_") else name
        yield Part(shown, kind, size, unused)


def by_columns(connection: sqlite3.Connection) -> Iterator[Part]:
    """Every table by the bytes of its columns; what indexes, numbers and empty room take is one part."""
    names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    virtual = {
        name for (name,) in connection.execute("select name from sqlite_master where sql like 'create virtual%'")
    }
    total = 0
    for name in names:
        if name in virtual:
            continue
        columns = [row[1] for row in connection.execute(f'pragma table_info("{name}")')]
        lengths = " + ".join(f'coalesce(length(cast("{column}" as blob)), 0)' for column in columns)
        (size,) = connection.execute(f'select coalesce(sum({lengths}), 0) from "{name}"').fetchone()
        total += size
        yield Part(name, "table", size, 0)
    (file,) = connection.execute(f"select page_count * page_size {_PRAGMAS}").fetchone()
    yield Part("indexes and all else", "", file - total, 0)


def parts(path: Path) -> tuple[list[Part], bool]:
    """What a library consists of, the largest first, and whether it was counted by pages."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            found, exact = list(by_pages(connection)), True
        except sqlite3.OperationalError:
            found, exact = list(by_columns(connection)), False
        (free,) = connection.execute(f"select freelist_count * page_size {_PRAGMAS}").fetchone()
    whole: dict[str, Part] = {}
    for part in found:
        shadow = _SHADOW.fullmatch(part.name)
        name, kind = (shadow["index"], "full text") if shadow else (part.name, part.kind)
        before = whole.get(name, Part(name, kind, 0, 0))
        whole[name] = Part(name, kind, before.size + part.size, before.unused + part.unused)
    if free:
        whole["free pages"] = Part("free pages", "", free, free)
    return sorted(whole.values(), key=lambda part: -part.size), exact


def print_parts(library: libraries.Library, found: list[Part]) -> None:
    """The table of a library."""
    total = sum(part.size for part in found)
    least = max(_SMALL * total, _PAGE)
    shown = [part for part in found if part.size > least]
    rest = [part for part in found if part.size <= least]
    if rest:
        others = Part(f"{len(rest)} others", "", sum(each.size for each in rest), sum(each.unused for each in rest))
        shown.append(others)
    shown.append(Part("all", "", total, sum(part.unused for part in found)))
    rows = [
        [
            part.name, part.kind, f"{part.size / _MEGABYTE:.1f}", f"{part.size / total:.1%}",
            f"{part.size / max(library.papers, 1):,.0f}", f"{part.unused / max(part.size, 1):.0%}",
        ]
        for part in shown
    ]  # fmt: skip
    print_table((f"{library.name} papers", "", "MB", "share", "bytes a paper", "unused"), rows)


def main() -> int:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    libraries.add_arguments(parser, 10_000)
    figures.add_argument(parser)
    told = parser.parse_args()
    print_machine()
    for library in libraries.opened(parser, told):
        found, exact = parts(library.path)
        print_parts(library, found)
        if not exact:
            print("this SQLite has no dbstat: bytes of columns, not of pages; indexes are one line\n")
        total = sum(part.size for part in found)
        figures.keep(told, library.papers, {"disk bytes a paper": total / max(library.papers, 1)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
