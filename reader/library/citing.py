"""Papers as a text to be pasted: their addresses, titles, citations, or entries in a format of exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from reader.addresses import main_address
from reader.errors import UsageError
from reader.export.markdown import pieces
from reader.export.registry import FORMATS
from reader.list_file import DEFAULT_OPTIONS
from reader.paper import Paper, StoredPaper

_AUTHORS = 6
"""Authors named in a citation before "et al."."""

_EXPORTED: Mapping[str, str] = MappingProxyType({"markdown": "markdown", "bibtex": "bibtex", "json": "jsonl"})
"""The format of exports that a form is an entry of."""

_OWN = ("address", "title", "citation")


def forms(stored: StoredPaper) -> tuple[str, ...]:
    """The forms that a paper can be copied in: an address only where it has one, formats as far as they are there."""
    own = [form for form in _OWN if form != "address" or main_address(stored.paper) is not None]
    return (*own, *(form for form, name in _EXPORTED.items() if name in FORMATS))


def cite(stored: StoredPaper, form: str) -> str:
    """A paper in one of its `forms`, without a line break at the end.

    Raises:
        UsageError: there is no such form of it.
    """
    if form not in forms(stored):
        raise UsageError(f"a paper cannot be copied as {form!r}", "choose one of " + ", ".join(forms(stored)))
    if form == "address":
        return main_address(stored.paper) or ""
    if form == "title":
        return stored.paper.title
    if form == "citation":
        return _citation(stored.paper)
    if form == "markdown":
        piece = pieces(stored, replace(DEFAULT_OPTIONS, notes=False, tags=False))
        return "\n\n".join([piece.title, *piece.paragraphs()])
    return _entries([stored], form)


def cite_several(papers: Sequence[StoredPaper], form: str) -> str:
    """Those of several papers that can be copied so, one after the other; entries share no key. "" where none can."""
    fit = [stored for stored in papers if form in forms(stored)]
    if form in _OWN:
        return "\n".join(cite(stored, form) for stored in fit)
    return "\n\n".join(cite(stored, form) for stored in fit) if form == "markdown" else _entries(fit, form)


def _entries(papers: Sequence[StoredPaper], form: str) -> str:
    return "".join(FORMATS[_EXPORTED[form]].render(papers, title="")).strip("\n")


def _citation(paper: Paper) -> str:
    """Authors (year). Title. Identifier. Address: what is not known is left out."""
    year = None if paper.published is None or paper.published_inferred else paper.published.year
    head = " ".join(part for part in (_authors(paper), f"({year})" if year else "") if part)
    identifier = f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else f"doi:{paper.doi}" if paper.doi else ""
    parts = [head, paper.title, identifier]
    text = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)
    address = main_address(paper)
    return f"{text} {address}" if address else text


def _authors(paper: Paper) -> str:
    if not paper.authors:
        return ""
    named = paper.authors[:_AUTHORS]
    if len(named) < max(len(paper.authors), paper.author_count or 0):
        return ", ".join(named) + " et al."
    return ", ".join(named[:-1]) + " and " + named[-1] if len(named) > 1 else named[0]
