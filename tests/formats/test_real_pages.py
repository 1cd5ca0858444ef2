"""Counts on real pages, which are not part of the project: skipped where they are not beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import UnreadableInput
from reader.formats import Page, Rejected, read
from reader.formats.reading import Record
from reader.paper import Paper
from reader.text import collapse

PAGES = Path(__file__).parents[2] / "../shared/pages"
ANSWERS = PAGES.parent / "captures"

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages are not here")


def read_page(name: str) -> tuple[str, Page, list[Record]]:
    with (PAGES / name).open("rb") as file:
        reading = read(file, name=name)
        found = list(reading)
    return reading.kind, reading.page, found


@pytest.mark.parametrize(
    ("name", "kind", "count", "author_counts", "comments", "day", "newest"),
    [
        ("paragraph_1.txt", "paragraph page", 30, 28, 2, "--12-26", 2024),
        ("paragraph_2.txt", "paragraph page", 48, 0, 0, "--03-14", None),
        ("compact_1.txt", "compact page", 231, 0, 0, "None", None),
    ],
)
def test_every_record_is_read_letter_for_letter(
    name: str, kind: str, count: int, author_counts: int, comments: int, day: str, newest: int | None
) -> None:
    found_kind, page, found = read_page(name)
    papers = [record for record in found if isinstance(record, Paper)]
    assert (found_kind, len(papers), len(found)) == (kind, count, count)
    assert sum(paper.author_count is not None for paper in papers) == author_counts
    assert sum(paper.comments is not None for paper in papers) == comments
    assert (str(page.printed_date), page.newest_year) == (day, newest)
    lines = [collapse(line) for line in (PAGES / name).read_text("utf-8").split("\n")]
    stood = [line.removeprefix("Subscribe") for line in lines]
    texts = [text for paper in papers for text in (paper.title, paper.abstract)]
    assert [line for line in stood if line in set(texts)] == texts


def test_a_page_of_submitters_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="kept no titles"):
        read_page("submitters_only.txt")


def test_a_markdown_page_is_read_with_all_it_prints() -> None:
    kind, page, found = read_page("firecrawl.md")
    papers = [record for record in found if isinstance(record, Paper)]
    assert (kind, len(papers), len(found), str(page.printed_date)) == ("Markdown page", 3, 3, "--10-02")
    assert [paper.arxiv_id for paper in papers] == ["2606.00683", "2502.20581", "2609.00319"]
    assert [paper.url for paper in papers] == [f"https://huggingface.co/papers/{paper.arxiv_id}" for paper in papers]
    assert [paper.upvotes for paper in papers] == [101, None, None]
    assert [paper.comments for paper in papers] == [6, None, None]
    assert [paper.author_count for paper in papers] == [None, 3, 10]
    assert [paper.organization for paper in papers] == ["OCC", None, None]
    assert [str(paper.published) for paper in papers] == ["--05-29", "2025-02-27", "--08-30"]
    assert papers[1].title.endswith("Measuring How Scholars Engage with Past Research")
    abstract = papers[1].abstract or ""
    assert (abstract[:9], abstract[-12:]) == ("Academic ", "of evidence.")
    assert len(abstract) > 1_000
    assert not [paper for paper in papers if "\\" in f"{paper.title}{paper.abstract}" or "](" in f"{paper.abstract}"]


def test_nothing_of_a_real_page_is_rejected() -> None:
    assert not [record for record in read_page("paragraph_1.txt")[2] if isinstance(record, Rejected)]


@pytest.mark.parametrize(
    ("day", "count", "repositories", "summaries"), [("2026-06-12", 30, 16, 30), ("2026-05-08", 3, 1, 3)]
)
def test_an_answer_of_the_service_is_read_with_all_it_knows(
    day: str, count: int, repositories: int, summaries: int
) -> None:
    with (ANSWERS / f"api_daily_papers_{day}.json").open("rb") as file:
        reading = read(file, name=day)
        papers = [record for record in reading if isinstance(record, Paper)]
    assert (reading.kind, len(papers), str(reading.page.printed_date)) == ("Daily Papers JSON", count, day)
    assert sum(paper.summary is not None and bool(paper.keywords) for paper in papers) == summaries
    assert sum(bool(paper.links) and "github.com" in (paper.links or ("",))[0] for paper in papers) == repositories
    assert all(paper.abstract and paper.authors and paper.published and paper.arxiv_id for paper in papers)
