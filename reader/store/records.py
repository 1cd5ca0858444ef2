"""A paper as a row of the store, or as JSON beside another, and back: which column holds what is known here alone."""

from __future__ import annotations

import json
from typing import Any

from reader.errors import DamagedLibrary, LibraryError
from reader.paper import Paper, PartialDate, title_key

COLUMNS = (
    "key, title, published, published_inferred, comments, upvotes, author_count, arxiv_id, arxiv_version, doi, url, "
    "organization, authors, categories, links, keywords"
)
_encoded = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` would make one for every list
_LISTS = ("authors", "categories", "links", "keywords")


def columns_of(paper: Paper, title: int | None = None) -> dict[str, Any]:
    """A paper's row in the table `papers`, without its key; `title` is its title key where that is known."""
    return {
        "title": paper.title,
        "title_key": title_key(paper.title) if title is None else title,
        "published": None if paper.published is None else str(paper.published),
        "published_inferred": int(paper.published_inferred),
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "author_count": paper.author_count,
        "arxiv_id": paper.arxiv_id,
        "arxiv_version": paper.arxiv_version,
        "doi": paper.doi,
        "url": paper.url,
        "organization": paper.organization,
        "authors": _list(paper.authors),
        "categories": _list(paper.categories),
        "links": _list(paper.links),
        "keywords": _list(paper.keywords),
    }


def encode_record(paper: Paper) -> str:
    """A paper as JSON, for keeping it beside another; `decode_record` reads it."""
    return json.dumps({**columns_of(paper), "abstract": paper.abstract, "summary": paper.summary})


def decode_record(text: str) -> Paper:
    """Read what `encode_record` wrote. Raises `LibraryError` where it is damaged."""
    columns = json.loads(text)
    columns.pop("title_key", None)
    return paper_of({**columns, "key": ""})[1]


def paper_of(columns: dict[str, Any]) -> tuple[str, Paper]:
    """The key and the paper of a row, its texts among the columns. Raises `LibraryError` where it is damaged."""
    key = columns.pop("key")
    for name in _LISTS:
        known = columns.get(name)  # a record that was kept by an older version has no keywords
        columns[name] = None if known is None else _names(known)
    columns["published"] = stored_date(columns["published"])
    columns["published_inferred"] = bool(columns["published_inferred"])
    return key, Paper(**columns)


def stored_date(text: str | None) -> PartialDate | None:
    """A date as the store holds it. Raises `LibraryError` where it is damaged."""
    try:
        return None if text is None else PartialDate.parse(text)
    except ValueError as error:
        raise damaged(error) from error


def _names(text: str) -> tuple[str, ...]:
    try:
        return tuple(json.loads(text))
    except (ValueError, TypeError) as error:
        raise damaged(error) from error


def damaged(error: Exception) -> LibraryError:
    """What to raise where a stored value cannot be read."""
    return DamagedLibrary(
        f"the library holds a value that is damaged: {error}",
        "`reader doctor --salvage` gets out what can be read, `reader restore` brings back what you made",
    )


def _list(values: tuple[str, ...] | None) -> str | None:
    return None if values is None else _encoded(values) if values else "[]"
