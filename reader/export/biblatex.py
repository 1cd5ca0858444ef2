"""BibLaTeX: BibTeX's successor, with one date for year, month and day and a place for a version.

A date whose year was concluded bears the question mark of ISO 8601-2: `date = {2025-07-31?}`. All else is as in
`reader.export.bibtex`.

Source: the biblatex manual, sections 2.1.1 (`@online`), 2.2.2 and 2.3.8, https://www.ctan.org/pkg/biblatex.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.export.bibtex import Fields, authors_of, entry, last_fields, title_of
from reader.export.citation_keys import CitationKeys
from reader.export.tex import verbatim
from reader.paper import Paper, StoredPaper


def render(papers: Iterable[StoredPaper], *, title: str = "") -> Iterator[str]:
    """A bibliography, an entry a paper. There is no place for a title."""
    del title
    keys = CitationKeys()
    for stored in papers:
        # An @online must have an address or an eprint.
        kind = "online" if stored.paper.arxiv_id or stored.paper.url else "misc"
        yield entry(kind, keys.of(stored), _fields(stored))


def _fields(stored: StoredPaper) -> Fields:
    paper = stored.paper
    yield "title", title_of(paper)
    yield "author", authors_of(paper)
    yield "date", f"{{{_date(paper)}}}"
    if paper.arxiv_id is not None:
        yield "eprint", f"{{{verbatim(paper.arxiv_id)}}}"
        yield "eprinttype", "{arxiv}"
        yield "eprintclass", f"{{{verbatim(next(iter(paper.categories or ()), ''))}}}"
        yield "version", f"{{{paper.arxiv_version or ''}}}"
    yield from last_fields(stored)


def _date(paper: Paper) -> str:
    if paper.published is None or paper.published.year is None:
        return ""
    return f"{paper.published}{'?' if paper.published_inferred else ''}"
