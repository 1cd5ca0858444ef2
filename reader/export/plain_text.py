"""Plain text: papers to be read in a pager or a mail, in lines of at most 80 terminal cells; only addresses are longer.

The same papers give the same bytes everywhere: no colours, no width of a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.export.wrapping import cells, wrapped
from reader.paper import StoredPaper
from reader.wording import authors_in_words, facts, machine_notes, made_of

WIDTH = 80
"""Terminal cells of a line."""

_INDENT = "    "


def render(papers: Iterable[StoredPaper], *, title: str) -> Iterator[str]:
    """A text in chunks, one a paper, as they come; papers are numbered."""
    yield headline(title, "=")
    for number, stored in enumerate(papers, start=1):
        yield "\n" + entry(stored, number)


def headline(text: str, line: str) -> str:
    """A heading with a line under it."""
    shown = wrapped(text, WIDTH)
    return f"{shown}\n{line * max(map(cells, shown.splitlines()), default=0)}\n" if shown else ""


def entry(stored: StoredPaper, number: int) -> str:
    """A paper under its number."""
    paper = stored.paper
    place = f"{number}. ".ljust(len(_INDENT))
    numbered = place + wrapped(paper.title, WIDTH, indent=" " * len(place))[len(place) :]
    about = [authors_in_words(paper), " · ".join(facts(paper)), paper.url or "", " · ".join(made_of(stored))]
    texts = [paper.abstract or (f"Summary: {paper.summary}" if paper.summary else ""), *machine_notes(paper)]
    blocks = ["\n".join([numbered, *(_wrapped(each) for each in about if each)]), *map(_wrapped, texts)]
    if stored.note:
        blocks.append("\n".join(_wrapped(line) for line in f"Note: {stored.note.strip()}".split("\n")))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _wrapped(text: str) -> str:
    return wrapped(text, WIDTH, indent=_INDENT)
