"""Neighbours that are one: a card that a page prints twice, and the pieces of one stray text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader.formats.reading import Record, Rejected
from reader.paper import Paper

STRAY = "text that follows no title"
"""Why a text that is no part of a card is rejected; several in a row are one reject."""

_LONGEST_STRAY = 10_000


def without_twins(records: Iterator[Record]) -> Iterator[Record]:
    """The records with equal neighbours made one, which keeps what either of them knows."""
    held: Record | None = None
    for record in records:
        if held is not None:
            both = _one_of(held, record)
            if both is not None:
                held = both
                continue
            yield held
        held = record
    if held is not None:
        yield held


def _one_of(one: Record, other: Record) -> Record | None:
    """Two neighbours as one, where they are the same paper or two pieces of the same stray text."""
    if isinstance(one, Paper):
        same = isinstance(other, Paper) and one.title == other.title and one.abstract == other.abstract
        if same and isinstance(other, Paper) and one.summary == other.summary:
            return (
                _united(one, other) if one.arxiv_id == other.arxiv_id or not (one.arxiv_id and other.arxiv_id) else None
            )
    elif isinstance(one, Rejected) and isinstance(other, Rejected) and one.reason == other.reason == STRAY:
        text = f"{one.text}\n{other.text}" if len(one.text) < _LONGEST_STRAY else one.text
        return Rejected(one.line, STRAY, text)
    return None


def _united(one: Paper, other: Paper) -> Paper:
    return replace(
        one,
        author_count=other.author_count if one.author_count is None else one.author_count,
        published=one.published or other.published,
        comments=other.comments if one.comments is None else one.comments,
        upvotes=other.upvotes if one.upvotes is None else one.upvotes,
        organization=one.organization or other.organization,
        arxiv_id=one.arxiv_id or other.arxiv_id,
        arxiv_version=one.arxiv_version or other.arxiv_version,
        url=one.url or other.url,
    )
