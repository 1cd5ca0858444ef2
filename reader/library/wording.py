"""Papers in words, for people: what every front end says in the same way."""

from __future__ import annotations

from collections.abc import Iterator

from reader.paper import Paper, StoredPaper

AUTHORS_NAMED = 12
"""Authors that are named before the rest is counted."""


def authors_in_words(paper: Paper) -> str:
    """The authors' names, or how many they are, or ""."""
    names = paper.authors or ()
    if not names:
        return "" if not paper.author_count else f"{paper.author_count} author{'' if paper.author_count == 1 else 's'}"
    if len(names) <= AUTHORS_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:AUTHORS_NAMED])} and {len(names) - AUTHORS_NAMED} more"


def facts(stored: StoredPaper) -> Iterator[str]:
    """What is known of a paper beside its texts and authors, each as a short phrase."""
    paper = stored.paper
    if paper.published is not None:
        yield paper.date_in_words()
    if paper.organization:
        yield paper.organization
    if paper.comments:
        yield f"{paper.comments} comment{'' if paper.comments == 1 else 's'}"
    if paper.upvotes:
        yield f"{paper.upvotes} upvote{'' if paper.upvotes == 1 else 's'}"
    if paper.arxiv_id:
        yield f"arXiv:{paper.arxiv_id}" + (f"v{paper.arxiv_version}" if paper.arxiv_version else "")
    if paper.categories:
        yield ", ".join(paper.categories)
    if stored.lists:
        yield "★ " + ", ".join(stored.lists)
