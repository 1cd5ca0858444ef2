"""What is carried from one library to another: the values between store, export, formats and library.

A library file (`docs/jsonl.md`) is a sequence of them, in the order in which they are written and read: lists, sources
and saved searches, then papers. Nothing here holds an id of a store: papers are named by key, lists by name, sources by
their number in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reader.paper import Paper, PartialDate, StoredPaper

FILE_VERSION = 1
"""The version of library files that is written, and the newest that can be read."""


@dataclass(frozen=True, slots=True)
class CarriedList:
    """A reading list; its place among the lists is its place in the file."""

    name: str


@dataclass(frozen=True, slots=True)
class CarriedSearch:
    """A saved search; its place among the searches is its place in the file."""

    name: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedSource:
    """Where papers were seen.

    Attributes:
        number: what the sightings of the file call it.
        digest: SHA-256 of its content: what it is known by in every library.
        page_year: the year that its dates without one belong to.
        day: the page's date, or else that of its import.
        seen: when it was imported, ISO 8601 in UTC.
    """

    number: int
    digest: str
    name: str
    kind: str
    page_date: PartialDate | None
    page_date_inferred: bool
    page_year: int | None
    day: date
    seen: str


@dataclass(frozen=True, slots=True)
class CarriedSighting:
    """A paper's place on a page, its date where the page printed it without a year, and the counts printed."""

    source: int
    rank: int
    printed: PartialDate | None
    comments: int | None
    upvotes: int | None


@dataclass(frozen=True, slots=True)
class CarriedEntry:
    """A paper's place in a reading list; without a position it goes to the end."""

    list_name: str
    position: int | None = None
    added: str | None = None


@dataclass(frozen=True, slots=True)
class CarriedJoin:
    """A record that was joined to a paper, with its own key, and the paper as it was before: what splitting needs."""

    key: str
    source: int
    rank: int
    record: Paper
    before: Paper


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper that no source shows stands in the default order."""

    day: date
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedPaper:
    """A paper with what a library knows of it.

    Attributes:
        stored: the paper itself; of a paper that no library of reader wrote, key and `added` are "".
        names: all else that finds it, as `identifiers` and earlier text keys; None where only the paper tells.
        noted: when the note was changed, ISO 8601 in UTC.
    """

    stored: StoredPaper
    names: tuple[str, ...] | None = None
    sightings: tuple[CarriedSighting, ...] = ()
    entries: tuple[CarriedEntry, ...] = ()
    joined: tuple[CarriedJoin, ...] = ()
    noted: str | None = None
    place: Place | None = None

    @property
    def paper(self) -> Paper:
        """The paper itself."""
        return self.stored.paper


Carried = CarriedList | CarriedSearch | CarriedSource | CarriedPaper
