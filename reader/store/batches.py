"""What an import found, as values: what the merge rule decides on and one transaction of the store writes."""

from __future__ import annotations

from dataclasses import dataclass

from reader.paper import Paper, PartialDate

Counts = tuple[int | None, int | None]
"""Comments and upvotes, as far as a page prints them."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A paper that the library does not have, with the id it gets, its keys and what else it is found by."""

    id: int
    key: str
    title_key: int
    paper: Paper
    identifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enrichment:
    """A paper that the library has, as it becomes by what was read, with what else it is found by."""

    id: int
    before: Paper
    after: Paper
    identifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A paper's place on the page, its date where the page printed it without a year, and the counts printed."""

    paper: int
    rank: int
    printed: PartialDate | None = None
    comments: int | None = None
    upvotes: int | None = None


@dataclass(frozen=True, slots=True)
class Union:
    """Two papers that were proven to be one: the first stays, the second goes into it."""

    keep: int
    gone: int
