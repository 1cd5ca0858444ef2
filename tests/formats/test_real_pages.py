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


def test_a_markdown_page_is_refused_until_its_format_is_known() -> None:
    with pytest.raises(UnreadableInput, match="is no listing page"):
        read_page("firecrawl.md")


def test_nothing_of_a_real_page_is_rejected() -> None:
    assert not [record for record in read_page("paragraph_1.txt")[2] if isinstance(record, Rejected)]
