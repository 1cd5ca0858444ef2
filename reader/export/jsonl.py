"""A paper as one JSON object: the interface that other programs rely on, hence whole, ordered and plain.

Every object has every key, in one order, but for `keywords`, which few papers have. A value is
`null` where it is unknown and `[]` where it is known to be none. Texts stand as they were imported. A line is printable
ASCII, whatever the paper holds, so that it passes through any pipe and terminal; JSON's escapes bring everything back
(RFC 8259, section 7).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from reader.paper import Paper, PartialDate, Source, StoredPaper

if TYPE_CHECKING:  # a search that prints papers need not wait for what only a library file holds
    from reader.transfer import Carried, CarriedPaper

SCORE_DIGITS = 4
"""Decimal places of a search result's score."""


def fields(stored: StoredPaper) -> dict[str, object]:
    """What is known of a paper under the names that every `--json` output uses, in their order."""
    return {
        "key": stored.key,
        **_paper_fields(stored.paper),
        "sources": [_source_fields(source) for source in stored.sources],
        "added": stored.added,
        "bookmarked": stored.bookmarked,
        "lists": list(stored.lists),
        "tags": list(stored.tags),
        "note": stored.note,
        "read": stored.read,
        "dismissed": stored.dismissed,
    }


def _paper_fields(paper: Paper) -> dict[str, object]:
    known: dict[str, object] = {
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": _array(paper.authors),
        "author_count": paper.author_count,
        "published": _date(paper.published),
        "published_inferred": paper.published_inferred,
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "arxiv_id": paper.arxiv_id,
        "arxiv_version": paper.arxiv_version,
        "doi": paper.doi,
        "url": paper.url,
        "categories": _array(paper.categories),
        "links": _array(paper.links),
        "summary": paper.summary,
        "organization": paper.organization,
    }
    return known if paper.keywords is None else known | {"keywords": list(paper.keywords)}


def line(stored: StoredPaper, *, score: float | None = None) -> str:
    """A paper as one line of JSON, without its line break; the score of a search result comes last."""
    known = fields(stored)
    if score is not None:
        known["score"] = round(score, SCORE_DIGITS)
    return encoded(known)


def render(papers: Iterable[StoredPaper], *, title: str = "") -> Iterator[str]:
    """JSON Lines (https://jsonlines.org): a line a paper, each with its line break. There is no place for a title."""
    del title
    for stored in papers:
        yield line(stored) + "\n"


def render_library(carried: Iterable[Carried]) -> Iterator[str]:
    """A library file (`docs/jsonl.md`): JSON Lines that begin with what the file is, a line for each thing carried."""
    from reader.transfer import FILE_VERSION

    yield encoded({"about": "library of reader", "version": FILE_VERSION}) + "\n"
    for each in carried:
        yield encoded(_carried_fields(each)) + "\n"


def _carried_fields(each: Carried) -> dict[str, object]:
    from reader.transfer import CarriedList, CarriedPaper, CarriedSearch

    if isinstance(each, CarriedPaper):
        return _carried_paper_fields(each)
    if isinstance(each, CarriedList):
        return {"about": "list", "name": each.name}
    if isinstance(each, CarriedSearch):
        return {"about": "search", "name": each.name, "query": each.query}
    return {
        "about": "source",
        "number": each.number,
        "digest": each.digest,
        "name": each.name,
        "kind": each.kind,
        "page_date": _date(each.page_date),
        "page_date_inferred": each.page_date_inferred,
        "page_year": each.page_year,
        "day": each.day.isoformat(),
        "seen": each.seen,
    }


def _carried_paper_fields(each: CarriedPaper) -> dict[str, object]:
    return {
        **fields(each.stored),
        "identifiers": _array(each.names),
        "sightings": [
            {
                "source": sighting.source,
                "rank": sighting.rank,
                "printed": _date(sighting.printed),
                "comments": sighting.comments,
                "upvotes": sighting.upvotes,
            }
            for sighting in each.sightings
        ],
        "entries": [
            {"list": entry.list_name, "position": entry.position, "added": entry.added} for entry in each.entries
        ],
        "joined": [
            {
                "key": join.key,
                "source": join.source,
                "rank": join.rank,
                "record": _paper_fields(join.record),
                "before": _paper_fields(join.before),
            }
            for join in each.joined
        ],
        "noted": each.noted,
        "place": None if each.place is None else {"day": each.place.day.isoformat(), "rank": each.place.rank},
    }


def encoded(known: Mapping[str, object]) -> str:
    """An object on one line, with everything outside printable ASCII escaped."""
    # The encoder lets DEL pass, the one control character that is neither below a space nor beyond ASCII.
    return json.dumps(known, ensure_ascii=True).replace("\x7f", "\\u007f")


def _date(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)


def _array(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def _source_fields(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "kind": source.kind,
        "page_date": _date(source.page_date),
        "rank": source.rank,
        "seen": source.seen,
    }
