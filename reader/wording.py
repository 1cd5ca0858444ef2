"""Papers in words, for people: what the app, the command line and exports say in the same way."""

from __future__ import annotations

from collections.abc import Iterator

from reader.paper import Paper, StoredPaper

AUTHORS_NAMED = 12
"""Authors that are named before the rest is counted."""


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: "1 paper", "2,341 papers"; `nouns` where an "s" at the end does not make it many."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def file_name(name: str) -> str:
    """The last part of a path: what a source is called where there is little room."""
    return name.rstrip("/").rpartition("/")[2] or name


def authors_in_words(paper: Paper) -> str:
    """The authors' names, the first of them where there are many, or how many there are, or ""."""
    if not paper.authors:
        return "" if not paper.author_count else counted(paper.author_count, "author")
    named = paper.authors[:AUTHORS_NAMED]
    more = max(len(paper.authors), paper.author_count or 0) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def machine_notes(paper: Paper) -> Iterator[str]:
    """What a machine wrote of a paper, each under its name; a summary that stands for the abstract is left out."""
    if paper.summary and paper.abstract is not None:
        yield f"Machine summary: {paper.summary}"
    if paper.keywords:
        yield f"Keywords: {', '.join(paper.keywords)}"


def facts(paper: Paper) -> Iterator[str]:
    """What is known of a paper beside its texts and authors, each as a short phrase."""
    if paper.organization:
        yield paper.organization
    if paper.published is not None:
        yield paper.date_in_words()
    if paper.comments:
        yield counted(paper.comments, "comment")
    if paper.upvotes:
        yield counted(paper.upvotes, "upvote")
    if paper.arxiv_id:
        yield f"arXiv:{paper.arxiv_id}" + (f"v{paper.arxiv_version}" if paper.arxiv_version else "")
    if paper.categories:
        yield ", ".join(paper.categories)


def made_of(stored: StoredPaper) -> Iterator[str]:
    """What the user made of a paper, but for the note: its lists, its tags, and whether it is read or dismissed."""
    if stored.lists:
        yield f"★ {', '.join(stored.lists)}"
    yield from (f"#{tag}" for tag in stored.tags)
    yield from (mark for mark in ("read", "dismissed") if getattr(stored, mark))
