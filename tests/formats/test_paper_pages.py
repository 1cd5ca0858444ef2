from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.formats import Rejected
from reader.paper import Paper, PartialDate

from . import layouts, pages
from .layouts import Card, PaperPage
from .test_layouts import CARDS, WORDS, cards, title

PAGE = PaperPage(
    title="Teapots That Listen: A Study of the Long Afternoon",
    abstract=" ".join(["We weigh forty tureens on three scales and find that most weigh more when they are full."] * 6),
    arxiv_id="2401.00001",
    names=("Ada Soup", "Bo van Bread", "C. D. Ladle"),
    summary="Teapots are found to listen, which improves the tea in most of the rooms that were tried,"
    " and in all of them that have a window.",
    published=PartialDate(2024, 1, 2),
    upvotes=12,
)
RENDERERS: dict[str, tuple[Callable[[PaperPage], str], set[str]]] = {
    # what each prints beside title, abstract and arXiv id
    "copied": (layouts.paper_copied, {"names", "published", "upvotes", "summary"}),
    "with_commas": (layouts.paper_with_commas, {"count", "published", "upvotes", "summary"}),
    "clipped": (layouts.paper_clipped, {"url", "summary"}),
    "by_jina": (layouts.paper_by_jina, {"names", "published", "upvotes", "url"}),
    "crawled": (layouts.paper_crawled, {"url", "summary"}),
}


def expected(page: PaperPage, printed: set[str]) -> Paper:
    return Paper(
        title=page.title,
        abstract=page.abstract,
        links=(),
        arxiv_id=page.arxiv_id,
        authors=page.names if "names" in printed else None,
        author_count=len(page.names) if printed & {"names", "count"} else None,
        published=page.published if "published" in printed else None,
        upvotes=page.upvotes if "upvotes" in printed else None,
        url=page.url if "url" in printed else None,
        summary=page.summary if "summary" in printed else None,
    )


@pytest.mark.parametrize("name", RENDERERS)
@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=12),
    st.lists(st.sampled_from(["Ada Soup", "Bo van Bread", "C. D. Ladle", "Élise Thé"]), min_size=2, max_size=9),
    st.integers(0, 999),
)
def test_a_papers_page_is_one_paper_with_all_that_is_printed(
    name: str, words: list[str], names: list[str], upvotes: int
) -> None:
    render, printed = RENDERERS[name]
    page = PaperPage(title(words), PAGE.abstract, PAGE.arxiv_id, tuple(names), PAGE.summary, PAGE.published, upvotes)
    found = pages.reading(render(page))
    assert list(found) == [expected(page, printed)]
    assert found.kind == "paper page"


def test_a_title_over_two_paragraphs_is_joined() -> None:
    page = layouts.paper_copied(PAGE).replace(
        "Copy markdown\n\nTeapots That Listen:", "Copy markdown\n\nTeapots That Listen:\n"
    )
    (paper,) = pages.papers(page)
    assert paper.title == PAGE.title


def test_a_papers_page_without_a_title_is_rejected_not_invented() -> None:
    text = f"arxiv:2401.00001\n\nPublished on Jan 2, 2024\n\nAbstract\n\n{PAGE.abstract}\n\nModels citing this paper 0"
    assert pages.records(text) == [Rejected(7, "an abstract without a title", PAGE.abstract)]


@pytest.mark.parametrize(
    ("names", "read", "count"),
    [
        ("Ada Soup, Bo van Bread,", ("Ada Soup", "Bo van Bread"), 2),  # a comma after the last
        ("Ada Soup, 12, Bo van Bread", None, 3),  # a number is no name, and its place still counts
    ],
)
def test_names_are_told_by_the_commas_between_them(names: str, read: tuple[str, ...] | None, count: int) -> None:
    text = layouts.paper_with_commas(PAGE).replace("Authors:\n,\n,\n", f"Authors: {names}\n\n")
    (paper,) = pages.papers(text)
    assert (paper.authors, paper.author_count) == (read, count)


def test_a_page_that_prints_no_count_of_votes_still_has_its_day() -> None:
    text = layouts.paper_with_commas(PAGE)
    day = "Published on Jan 2, 2024"
    text = text.replace(f"{day}\n\n", "").replace("Upvote\n\n12", f"Upvote\n\n{day}")
    (paper,) = pages.papers(text)
    assert (paper.upvotes, paper.published) == (None, PAGE.published)


def test_a_second_label_of_a_summary_takes_nothing_of_the_abstract() -> None:
    text = layouts.paper_clipped(PAGE).replace("AI-generated summary", "AI-generated summary\n\nAI-generated summary")
    (paper,) = pages.papers(text)
    assert (paper.summary, paper.abstract) == (PAGE.summary, PAGE.abstract)


def test_of_an_abstract_longer_than_any_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.formats.paper_markdown.LONGEST", 10)
    text = layouts.paper_markdown(PAGE).replace(PAGE.abstract, f"{PAGE.abstract}\n\n{PAGE.abstract}")
    (paper,) = pages.papers(text)
    assert paper.abstract == PAGE.abstract


def test_a_papers_markdown_gives_title_address_id_and_abstract_and_nothing_else() -> None:
    page = pages.reading(layouts.paper_markdown(PAGE))
    assert page.kind == "paper in Markdown"
    assert list(page) == [
        Paper(
            title=PAGE.title,
            abstract=PAGE.abstract,
            arxiv_id="2401.00001",
            arxiv_version=2,
            url="https://arxiv.org/html/2401.00001v2",
            links=(),
        )
    ]


def test_a_papers_markdown_without_an_abstract_leaves_it_unknown() -> None:
    text = "Title: A Title\n\nURL Source: https://arxiv.org/abs/2401.00001\n\nMarkdown Content:\nNothing of it."
    (paper,) = pages.papers(text)
    assert (paper.title, paper.abstract, paper.arxiv_id) == ("A Title", None, "2401.00001")


def test_an_entry_in_a_table_of_contents_is_no_abstract() -> None:
    contents = "Abstract\n1Introduction\n2Method\nReferences\nAbstract\n"
    text = layouts.paper_markdown(PAGE).replace("###### Abstract\n\n", contents)
    assert pages.papers(text)[0].abstract == PAGE.abstract


@settings(max_examples=20)
@given(cards(), st.randoms(use_true_random=False))
def test_cards_on_other_pages_are_read_without_abstracts(found: list[Card], chance: random.Random) -> None:
    page = pages.reading(layouts.related(found, chance))
    read = [record for record in page if isinstance(record, Paper)]
    assert [(paper.title, paper.arxiv_id, paper.published, paper.upvotes, paper.abstract) for paper in read] == [
        (card.title, card.arxiv_id, card.published, card.upvotes, None) for card in found
    ]
    assert page.kind == "page with paper cards"


@settings(max_examples=20)
@given(cards(), st.randoms(use_true_random=False))
def test_a_saved_html_page_is_read_through_its_data(found: list[Card], chance: random.Random) -> None:
    page = pages.reading(layouts.saved_html(found, chance))
    read = [record for record in page if isinstance(record, Paper)]
    assert [(paper.title, paper.abstract, paper.arxiv_id, paper.comments, paper.upvotes) for paper in read] == [
        (card.title, card.abstract, card.arxiv_id, card.comments, card.upvotes) for card in found
    ]
    assert [paper.author_count for paper in read] == [card.author_count for card in found]
    assert (page.kind, str(page.page.printed_date)) == ("saved HTML page", "2026-10-02")


def test_a_saved_html_page_that_is_cut_off_says_so() -> None:
    text = layouts.saved_html(CARDS, random.Random(1))
    *_, rejected = pages.records(text[: len(text) // 2])
    assert isinstance(rejected, Rejected)
    assert rejected.reason.endswith("breaks off")
