"""RIS: papers for EndNote, Mendeley, Zotero and other programs that manage references.

    TY  - UNPB
    TI  - A Title
    AU  - Soup, Ada
    PY  - 2023
    DA  - 2023/06/12/
    ER  -

Every paper is of type `UNPB`, since no type stands for a preprint; Zotero reads that as an article of a journal, and
CSL-JSON suits it better. A line is one tag with its value, so no value holds a line break, and `ER` ends in a space, as
readers of the format insist on. A comma parts the family name from the given one; within a name it is dropped.

Source: https://en.wikipedia.org/wiki/RIS_(file_format), with the tags of Reference Manager's specification (2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.export.citation_keys import CitationKeys
from reader.export.names import parts_of
from reader.paper import PartialDate, StoredPaper
from reader.text import collapse, visible


def render(papers: Iterable[StoredPaper], *, title: str = "") -> Iterator[str]:
    """A bibliography, a record a paper. There is no place for a title."""
    del title
    keys = CitationKeys()
    for stored in papers:
        tags = (("TY", "UNPB"), ("ID", keys.of(stored)), *_tags(stored))
        lines = (f"{tag}  - {line}\n" for tag, value in tags if (line := visible(collapse(value))))
        yield f"{''.join(lines)}ER  - \n\n"


def _tags(stored: StoredPaper) -> Iterator[tuple[str, str]]:
    paper = stored.paper
    yield "TI", paper.title
    yield from (("AU", _name(name)) for name in paper.authors or ())
    if paper.published is not None and paper.published.year is not None:
        yield "PY", f"{paper.published.year:04}"
        yield "DA", _date(paper.published)
    yield "AB", paper.abstract or ""
    if paper.arxiv_id is not None:
        yield "AN", f"arXiv:{paper.arxiv_id}"
        yield "PB", "arXiv"
    yield "DO", paper.doi or ""
    yield "UR", paper.url or ""
    yield from (("KW", tag) for tag in stored.tags)


def _date(day: PartialDate) -> str:
    """Year, month, day and further words, each with its slash where it is unknown, too: "2017/06/12/"."""
    return "/".join([f"{day.year:04}", *(f"{part:02}" if part else "" for part in (day.month, day.day)), ""])


def _name(text: str) -> str:
    name = parts_of(text)
    if not name.family:
        return name.whole.replace(",", "")
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
