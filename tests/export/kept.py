"""Papers of a library, for writing them out and reading them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from formats import pages
from formats.bibliographies import papers
from reader.export.registry import FORMATS
from reader.paper import Paper, PartialDate, StoredPaper

NASTY = (
    "99% of #1 & {approx}5{times} a_b^2, 360° ~0.1",
    "{ never closed",
    "closed } before { it opened }{",
    "a\\b \\alpha C:\\new \\",
    "$5 and $6, or 7$",
    "On $O(n^{2})$ and $x_i < \\alpha$ bounds",
    "<b>bold</b> & \"quoted\" 'so' `too`",
    "ER - @misc{a, title = {b}} # TY - JOUR",
    "=1+1",
    "漢字 and Ünïcödé",
    "@article{x,",
    "[Re] v={'a[0]'} %%",
)


def kept(paper: Paper, key: str = "a" * 16, **known: object) -> StoredPaper:
    return StoredPaper(key=key, paper=paper, sources=(), added="2026-01-02T03:04:05+00:00", **known)  # type: ignore[arg-type]


def several(papers: Iterable[Paper]) -> list[StoredPaper]:
    """Papers with keys of their own."""
    return [kept(paper, f"{n:a>16}") for n, paper in enumerate(papers)]


def written(name: str, papers: Sequence[StoredPaper]) -> str:
    return "".join(FORMATS[name].render(papers, title="Bookmarks"))


def read_back(name: str, papers: Sequence[StoredPaper]) -> list[Paper]:
    """What reader's own import makes of an export."""
    return pages.papers(written(name, papers))


FULL = Paper(
    title="On Kettles",
    abstract="We boil it; see https://x.org/a_b%20c.",
    authors=("Ada van der Soup", "Bo Bread Jr.", "Kettle Team"),
    author_count=3,
    published=PartialDate(2023, 6, 12),
    arxiv_id="2301.00010",
    doi="10.1000/kettle_1",
    url="https://x.org/a_b%20c",
    links=("https://x.org/a_b%20c",),
)

some_papers = st.lists(papers, min_size=1, max_size=4)
