from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Page, Rejected, paragraph
from reader.paper import Paper, PartialDate

from . import pages


def only_paper(*paragraphs: str) -> Paper:
    (paper,) = pages.papers(pages.paragraph_page([paragraphs]))
    return paper


def test_titles_abstracts_and_facts_are_read() -> None:
    page = pages.reading(pages.paragraph_page([(*pages.CARDS[0], "  • 6 authors\n·\nAug 30, 2021"), pages.CARDS[1]]))
    first, second = page
    assert page.kind == "paragraph page"
    assert first == Paper(
        title=pages.CARDS[0][0],
        abstract=pages.CARDS[0][1],
        author_count=6,
        published=PartialDate(2021, 8, 30),
        links=(),
    )
    assert second == Paper(title=pages.CARDS[1][0], abstract=pages.CARDS[1][1], links=())
    assert page.page == Page(PartialDate(None, 12, 26), 2021)


@pytest.mark.parametrize(
    ("printed", "day", "comments"),
    [
        ("Aug 30, 2021", "2021-08-30", None),
        ("Feb 23", "--02-23", None),
        ("Jan 31, 2024 1", "2024-01-31", 1),
        ("Oct 8 3", "--10-08", 3),
        ("September 1, 2020", "2020-09-01", None),
        ("Sept 1", "--09-01", None),
        ("Published on Dec 28, 2024", "2024-12-28", None),
    ],
)
def test_a_date_may_lack_its_year_and_bear_a_comment_count(printed: str, day: str, comments: int | None) -> None:
    paper = only_paper(*pages.CARDS[0], f"  • 1 authors\n·\n{printed}")
    assert (paper.author_count, str(paper.published), paper.comments) == (1, day, comments)


@pytest.mark.parametrize(
    "facts",
    [
        "  • 6 authors\n·\nOct 8 3",
        "  • 6 authors\n\n·\n\nOct 8 3",
        "• 6 authors · Oct 8 3",
        "* 6 authors\n\n· Oct 8\n3",
    ],
)
def test_facts_stand_in_one_paragraph_or_in_several(facts: str) -> None:
    paper = only_paper(*pages.CARDS[0], facts)
    assert (paper.author_count, str(paper.published), paper.comments) == (6, "--10-08", 3)


def test_facts_may_follow_the_abstract_without_a_blank_line() -> None:
    title, abstract = pages.CARDS[0]
    paper = only_paper(title, f"{abstract}\n  • 6 authors\n·\nAug 30, 2021")
    assert (paper.abstract, paper.author_count, str(paper.published)) == (abstract, 6, "2021-08-30")


def test_a_day_no_calendar_has_stays_unknown() -> None:
    assert only_paper(*pages.CARDS[0], "  • 6 authors\n·\nFeb 31, 2021").published is None


def test_broken_titles_and_wrapped_abstracts_are_joined() -> None:
    paper = only_paper("A Title Over\n  Two Lines", "An abstract that\nwas wrapped\tby hand.")
    assert (paper.title, paper.abstract) == ("A Title Over Two Lines", "An abstract that was wrapped by hand.")


def test_links_are_the_addresses_in_the_abstract_code_first() -> None:
    paper = only_paper("A Title", "See https://example.org/a and https://github.com/a/b.")
    assert paper.links == ("https://github.com/a/b", "https://example.org/a")


@pytest.mark.parametrize(
    ("address", "arxiv_id", "version"),
    [
        ("https://huggingface.co/papers/2301.00010", "2301.00010", None),
        ("https://arxiv.org/abs/2301.00010v2", "2301.00010", 2),
        ("arxiv.org/abs/hep-th/9901001", "hep-th/9901001", None),
    ],
)
def test_an_address_of_its_own_after_a_record_is_the_papers(address: str, arxiv_id: str, version: int | None) -> None:
    paper = only_paper(*pages.CARDS[0], address, "  • 2 authors\n·\nMay 4")
    assert (paper.arxiv_id, paper.arxiv_version, paper.author_count) == (arxiv_id, version, 2)
    assert paper.url is not None
    assert paper.url.endswith(address)


def test_an_address_elsewhere_is_rejected_and_breaks_nothing() -> None:
    title, abstract = pages.CARDS[0]
    found = pages.records(pages.paragraph_page([(title, "https://arxiv.org/abs/2301.00010", abstract)]))
    assert found == [
        Rejected(15, "an address that follows no paper", "https://arxiv.org/abs/2301.00010"),
        Paper(title=title, abstract=abstract, links=()),
    ]


@pytest.mark.parametrize(("printed", "upvotes"), [("101", 101), ("-", None), (" [-] 1", 1), ("11.3k", None)])
def test_a_number_before_a_title_is_its_upvotes(printed: str, upvotes: int | None) -> None:
    first, second = pages.papers(
        pages.paragraph_page([(printed, *pages.CARDS[0]), (printed, *pages.CARDS[1], "  • 2 authors\n·\nMay 4")])
    )
    assert (first.upvotes, second.upvotes) == (upvotes, upvotes)
    assert (first.title, second.title) == (pages.CARDS[0][0], pages.CARDS[1][0])


def test_an_organisation_may_stand_for_the_author_count() -> None:
    cards = [(*card, "University of Soup", "·\nMay 4") for card in pages.CARDS]
    assert [paper.organization for paper in pages.papers(pages.paragraph_page(cards))] == ["University of Soup"] * 3
    joined = [(*card, "University of Soup\n·\nMay 4") for card in pages.CARDS]
    assert [paper.organization for paper in pages.papers(pages.paragraph_page(joined))] == ["University of Soup"] * 3


@pytest.mark.parametrize(
    "submitter", ["Submitted by\nsomebody\n\n", "Submitted by\n\nsomebody\n\n", "Submitted by me\n\n"]
)
def test_submitters_are_dropped(submitter: str) -> None:
    text = pages.PARAGRAPH_HEADER + "".join(f"{submitter}{title}\n\n{abstract}\n\n" for title, abstract in pages.CARDS)
    assert pages.pairs(pages.papers(text)) == list(pages.CARDS)


def test_a_submitter_glued_to_subscribe_is_dropped() -> None:
    (title, abstract), *others = pages.CARDS
    text = "\n\n".join(text for card in others for text in card)
    page = f"{pages.COMPACT_HEADER}Submitted by\n\nsomebody\n\n{title}\n\n{abstract}\n\n{text}"
    assert pages.pairs(pages.papers(page)) == list(pages.CARDS)


def test_a_title_without_an_abstract_is_rejected_with_its_line() -> None:
    title, abstract = pages.CARDS[0]
    facts = "  • 2 authors\n·\nMay 4"
    found = pages.records(pages.paragraph_page([(title, abstract, facts), ("A Lone Title", facts), pages.CARDS[1]]))
    assert pages.pairs(found) == [pages.CARDS[0], pages.CARDS[1]]
    assert found[1] == Rejected(21, "a title without an abstract", "A Lone Title")


def test_a_lone_title_within_a_run_does_not_shift_the_others() -> None:
    cards = [pages.CARDS[0], ("A Lone Title",), pages.CARDS[1], pages.CARDS[2]]
    found = pages.records(pages.paragraph_page(cards))
    assert pages.pairs(found) == list(pages.CARDS)
    assert [record.text for record in found if isinstance(record, Rejected)] == ["A Lone Title"]


def test_the_header_may_come_again_and_text_before_it_is_not_read() -> None:
    text = (
        "Models\n\nDatasets\n\nA skip link\n\nSubmitted by\nsomebody\n\n"
        + pages.paragraph_page(pages.CARDS[:1])
        + "\n\n"
        + pages.PARAGRAPH_HEADER.replace("Dec 26", "Dec 27")
        + "\n\n".join(pages.CARDS[1])
    )
    page = pages.reading(text)
    assert pages.pairs(page) == list(pages.CARDS[:2])
    assert str(page.page.printed_date) == "--12-26"


def test_a_card_printed_twice_in_a_row_is_one_record_that_knows_what_both_do() -> None:
    card = pages.CARDS[0]
    page = pages.paragraph_page([(*card, "  • 2 authors"), (*card, "·\nMay 4"), pages.CARDS[1], card])
    first, second, third = pages.papers(page)
    assert (first.author_count, str(first.published)) == (2, "--05-04")
    assert [second.title, third.title] == [pages.CARDS[1][0], card[0]]


def test_a_page_without_its_header_is_read_if_its_shape_convinces() -> None:
    assert pages.pairs(pages.records("\n\n".join([*pages.CARDS[0], "  • 2 authors\n·\nMay 4"]))) == [pages.CARDS[0]]
    long = [(title, " ".join([abstract] * 6)) for title, abstract in pages.CARDS]
    assert pages.pairs(pages.records("\n\n".join(text for card in long for text in card))) == long


def test_a_paragraph_too_long_for_any_paper_is_rejected_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paragraph, "_MOST_LINES", 20)
    found = pages.records(pages.paragraph_page([("A Title", "word\n" * 30), *pages.CARDS]))
    assert found[0] == Rejected(13, "a title or an abstract too long for any paper", "A Title")
    assert pages.pairs(found) == list(pages.CARDS)


def test_a_page_date_may_bear_its_year() -> None:
    page = pages.reading(pages.paragraph_page(pages.CARDS).replace("Dec 26", "Dec 26, 2025"))
    list(page)
    assert page.page == Page(PartialDate(2025, 12, 26), None)


@given(pages.cards, st.lists(st.booleans(), min_size=8, max_size=8), st.randoms(use_true_random=False))
def test_any_papers_written_as_paragraphs_are_read_back(
    cards: list[tuple[str, str]], facts: list[bool], chance: random.Random
) -> None:
    blank = [0]

    def gap() -> str:
        blank[0] = chance.randint(1, 4)
        return "\n" + "".join(chance.choice(["\n", " \n", "\t\n"]) for _ in range(blank[0]))

    text = "".join(paragraph + gap() for paragraph in pages.PARAGRAPH_HEADER.split("\n\n") if paragraph)
    for (title, abstract), has_facts in zip(cards, facts, strict=False):
        text += title + gap() + abstract + gap() + (f"  • 3 authors\n·\nMay 4{gap()}" if has_facts else "")
    assert pages.pairs(pages.records(text)) == pages.without_twins(cards)


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_shuffled_lines_raise_nothing_else(chance: random.Random) -> None:
    lines = pages.paragraph_page([(*card, "  • 2 authors\n·\nMay 4, 2020 1") for card in pages.CARDS]).split("\n")
    chance.shuffle(lines)
    with contextlib.suppress(UnreadableInput):
        assert "Submitted by" not in [title for title, _ in pages.pairs(pages.records("\n".join(lines)))]


def test_a_page_cut_anywhere_raises_nothing_else() -> None:
    whole = pages.paragraph_page([(*card, "  • 2 authors\n·\nMay 4, 2020 1") for card in pages.CARDS]).encode()
    for end in range(len(whole)):
        try:
            pages.records(whole[:end])
        except UnreadableInput as error:
            assert error.message.startswith("page.txt ")  # noqa: PT017 - most cuts raise nothing
