"""A paper as one JSON object: the interface that other programs rely on, hence whole, ordered and plain.

Every object has every key, in one order, but for `keywords`, which few papers have and which comes last. A value is
`null` where it is unknown and `[]` where it is known to be none. Texts stand as they were imported. A line is printable
ASCII, whatever the paper holds, so that it passes through any pipe and terminal; JSON's escapes bring everything back
(RFC 8259, section 7).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from reader.paper import Source, StoredPaper

SCORE_DIGITS = 4
"""Decimal places of a search result's score."""


def fields(stored: StoredPaper) -> dict[str, object]:
    """What is known of a paper under the names that every `--json` output uses, in their order."""
    paper = stored.paper
    known: dict[str, object] = {
        "key": stored.key,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": _array(paper.authors),
        "author_count": paper.author_count,
        "published": None if paper.published is None else str(paper.published),
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
        "sources": [_source_fields(source) for source in stored.sources],
        "added": stored.added,
        "bookmarked": stored.bookmarked,
        "lists": list(stored.lists),
        "tags": list(stored.tags),
        "note": stored.note,
        "read": stored.read,
        "dismissed": stored.dismissed,
    }
    return known if paper.keywords is None else known | {"keywords": list(paper.keywords)}


def line(stored: StoredPaper, *, score: float | None = None) -> str:
    """A paper as one line of JSON, without its line break; the score of a search result comes last."""
    known = fields(stored)
    if score is not None:
        known["score"] = round(score, SCORE_DIGITS)
    # The encoder lets DEL pass, the one control character that is neither below a space nor beyond ASCII.
    return json.dumps(known, ensure_ascii=True).replace("\x7f", "\\u007f")


def render(papers: Iterable[StoredPaper], *, title: str = "") -> Iterator[str]:
    """JSON Lines (https://jsonlines.org): a line a paper, each with its line break. There is no place for a title."""
    del title
    for stored in papers:
        yield line(stored) + "\n"


def _array(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def _source_fields(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "kind": source.kind,
        "page_date": None if source.page_date is None else str(source.page_date),
        "rank": source.rank,
        "seen": source.seen,
    }
