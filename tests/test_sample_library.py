"""The bundled sample papers: facts that are whole, and summaries that are ours and of readable length."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.paper import PartialDate, parse_arxiv_id
from reader.paths import sample_library

KEYS = ["title", "abstract", "authors", "author_count", "published", "arxiv_id", "url", "categories"]
RUN = 10


def read_lines() -> list[dict[str, Any]]:
    path: Path = sample_library()
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    return read_lines()


@pytest.fixture(scope="module")
def papers(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return lines[1:]


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = ["".join(filter(str.isalnum, word)).casefold() for word in text.split()]
    words = [word for word in words if word]
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def test_the_first_line_says_whose_words_the_summaries_are(lines: list[dict[str, Any]]) -> None:
    assert list(lines[0]) == ["about"]
    assert "not the papers' abstracts" in lines[0]["about"]


def test_the_library_holds_about_forty_papers(papers: list[dict[str, Any]]) -> None:
    assert 35 <= len(papers) <= 45


def test_every_paper_has_the_same_keys_in_the_same_order(papers: list[dict[str, Any]]) -> None:
    for paper in papers:
        assert list(paper) == KEYS, paper.get("title")


def test_characters_are_written_as_themselves_and_white_space_is_collapsed(papers: list[dict[str, Any]]) -> None:
    assert "\\u" not in sample_library().read_text(encoding="utf-8")
    for paper in papers:
        for text in (paper["title"], paper["abstract"], *(paper["authors"] or [])):
            assert text == " ".join(text.split())
            assert text.isprintable()


def test_every_arxiv_id_is_accepted_as_it_stands_and_occurs_once(papers: list[dict[str, Any]]) -> None:
    for paper in papers:
        assert parse_arxiv_id(paper["arxiv_id"]) == (paper["arxiv_id"], None), paper["title"]
    assert len({paper["arxiv_id"] for paper in papers}) == len(papers)


def test_every_address_leads_to_the_abstract_page_of_its_id(papers: list[dict[str, Any]]) -> None:
    for paper in papers:
        assert paper["url"] == f"https://arxiv.org/abs/{paper['arxiv_id']}"
        assert parse_arxiv_id(paper["url"]) == (paper["arxiv_id"], None)


def test_every_date_is_a_full_day_within_a_month_of_its_arxiv_id(papers: list[dict[str, Any]]) -> None:
    for paper in papers:
        published = PartialDate.parse(paper["published"])
        assert str(published) == paper["published"]
        day = published.to_date()
        assert day is not None, paper["title"]
        year, month = 2000 + int(paper["arxiv_id"][:2]), int(paper["arxiv_id"][2:4])
        assert abs((day.year - year) * 12 + day.month - month) <= 1, paper["title"]


def test_every_summary_has_90_to_180_words(papers: list[dict[str, Any]]) -> None:
    for paper in papers:
        assert 90 <= len(paper["abstract"].split()) <= 180, paper["title"]


def test_the_count_of_authors_is_the_number_of_names_where_both_are_known(papers: list[dict[str, Any]]) -> None:
    for paper in papers:
        if paper["authors"] is not None and paper["author_count"] is not None:
            assert paper["author_count"] == len(paper["authors"]), paper["title"]
            assert len(set(paper["authors"])) == len(paper["authors"]), paper["title"]


def test_no_two_summaries_share_a_run_of_ten_words(papers: list[dict[str, Any]]) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for paper in papers:
        for run in runs(paper["abstract"]):
            assert seen.setdefault(run, paper["title"]) == paper["title"], " ".join(run)


def test_no_two_summaries_open_with_the_same_three_words(papers: list[dict[str, Any]]) -> None:
    openings = [" ".join(paper["abstract"].split()[:3]).casefold() for paper in papers]
    assert len(set(openings)) == len(openings)
