"""BibTeX: papers for LaTeX, and for every program that manages references.

    @misc{attention-all-need-mx4k2q,
      title = {{A Title}},
      author = {Soup, Ada and others},
      eprint = {2301.00010},
      eprinttype = {arxiv},
      archivePrefix = {arXiv},
    }

reader knows of no journal, so every paper is a `@misc`, which no style asks for one. The double braces keep capitals as
they are. `eprinttype` is what Zotero looks for, `archivePrefix` what arXiv's own styles do. Tags are the `keywords`; a
note is yours and no part of a reference.

Sources: O. Patashnik, "BibTeXing" (1988), https://www.ctan.org/pkg/bibtex;
https://info.arxiv.org/help/hypertex/bibstyles/index.html (eprint, archivePrefix, primaryClass).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.export.citation_keys import CitationKeys
from reader.export.names import Name, parts_of
from reader.export.tex import escape, verbatim
from reader.paper import MONTHS, Paper, StoredPaper

Fields = Iterable[tuple[str, str]]


def render(papers: Iterable[StoredPaper], *, title: str = "") -> Iterator[str]:
    """A bibliography, an entry a paper. There is no place for a title."""
    del title
    keys = CitationKeys()
    for stored in papers:
        yield entry("misc", keys.of(stored), _fields(stored))


def entry(kind: str, key: str, fields: Fields) -> str:
    """An entry with the fields that say something; their values are written as they come."""
    lines = [f"  {name} = {value},\n" for name, value in fields if value.strip("{}")]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n\n"


def in_braces(text: str) -> str:
    """A value that is text."""
    return f"{{{escape(text)}}}"


def title_of(paper: Paper) -> str:
    """The title, its capitals protected."""
    return f"{{{in_braces(paper.title)}}}"


def authors_of(paper: Paper) -> str:
    """The names that are known, and "others" where there are more."""
    names = [_name(parts_of(name)) for name in paper.authors or ()]
    if names and (paper.author_count or 0) > len(names):
        names.append("others")
    return f"{{{' and '.join(names)}}}"


def last_fields(stored: StoredPaper) -> Fields:
    """What every entry ends with: where the paper is, who it is from, the user's tags, its abstract."""
    paper = stored.paper
    yield "doi", f"{{{verbatim(paper.doi or '')}}}"
    yield "url", f"{{{verbatim(paper.url or '')}}}"
    yield "organization", in_braces(paper.organization or "")
    yield "keywords", in_braces(", ".join(stored.tags))
    yield "abstract", in_braces(paper.abstract or "")


def _fields(stored: StoredPaper) -> Fields:
    paper, day = stored.paper, stored.paper.published
    yield "title", title_of(paper)
    yield "author", authors_of(paper)
    if day is not None and day.year is not None:
        yield "year", f"{{{day.year:04}}}"
        yield "month", MONTHS[day.month - 1].lower() if day.month else ""
        yield "day", f"{{{day.day}}}" if day.day else ""
    if paper.arxiv_id is not None:
        yield "eprint", f"{{{verbatim(paper.arxiv_id)}}}"
        yield "eprinttype", "{arxiv}"
        yield "archivePrefix", "{arXiv}"
        yield "primaryClass", f"{{{verbatim(next(iter(paper.categories or ()), ''))}}}"
    yield from last_fields(stored)


def _name(name: Name) -> str:
    """Particle and family, suffix, given name; what has no parts stays whole between braces."""
    if not name.family:
        return in_braces(name.whole)
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(escape(part) for part in (family, name.suffix, name.given) if part)
