from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Rejected
from reader.formats.compact import records as compact_records
from reader.formats.lines import Line
from reader.formats.reading import PageNotes

from . import pages


def test_titles_and_abstracts_are_read_in_turn() -> None:
    page = pages.reading(pages.compact_page(pages.CARDS))
    assert page.kind == "compact page"
    assert pages.pairs(page) == list(pages.CARDS)


def test_one_card_is_a_page() -> None:
    assert pages.pairs(pages.papers(pages.compact_page(pages.CARDS[:1]))) == [pages.CARDS[0]]


def test_subscribe_is_cut_off_the_first_title_only() -> None:
    cards = [("Subscribe to Soup", "Soup is good."), ("Subscribed Readers Read", "They do read.")]
    assert pages.pairs(pages.papers(pages.compact_page(cards))) == cards
    apart = pages.COMPACT_HEADER + "\n" + "\n".join(cards[0])
    assert pages.pairs(pages.papers(apart)) == cards[:1]


@pytest.mark.parametrize(
    "literal",
    ["new", "May 4, 2020", "•", "  • 3 authors", "12", "-", "https://example.org/a", "# a", "Published on", "Upvote"],
)
def test_an_abstract_is_literal_whatever_it_says(literal: str) -> None:
    cards = [("A Title", literal), *pages.CARDS]
    assert pages.pairs(pages.papers(pages.compact_page(cards))) == [("A Title", literal.strip()), *pages.CARDS]


def test_a_very_long_title_is_a_title_if_it_pairs() -> None:
    cards = [("Long " * 1_999 + "Title", "It has an abstract."), *pages.CARDS]
    assert pages.pairs(pages.papers(pages.compact_page(cards))) == cards


def test_blank_lines_are_skipped() -> None:
    text = pages.compact_page(pages.CARDS).replace("\n", "\n \n\n")
    assert pages.pairs(pages.papers(text)) == list(pages.CARDS)


def test_the_last_title_without_an_abstract_is_rejected() -> None:
    found = pages.records(pages.compact_page([*pages.CARDS, ("A Lone Title",)]))
    assert pages.pairs(found) == list(pages.CARDS)
    assert found[-1] == Rejected(9, "a title without an abstract", "A Lone Title")


@pytest.mark.parametrize("place", range(6))
def test_one_lost_line_does_not_turn_every_abstract_after_it_into_a_title(place: int) -> None:
    cards = [(f"{title} {n}", f"{n} " + abstract * 6) for n in range(3) for title, abstract in pages.CARDS]
    lines = [text for card in cards for text in card]
    del lines[place]
    found = pages.records(pages.COMPACT_HEADER + "\n".join(lines))
    assert pages.pairs(found) == [card for number, card in enumerate(cards) if number != place // 2]
    assert len([record for record in found if isinstance(record, Rejected)]) == 1


def test_submitters_are_dropped() -> None:
    text = "\n".join(f"Submitted by\nsomebody-{n}\n{title}\n{text}" for n, (title, text) in enumerate(pages.CARDS))
    assert pages.pairs(pages.papers(pages.COMPACT_HEADER + text)) == list(pages.CARDS)


def test_a_title_before_a_submitter_is_rejected_and_nothing_is_called_submitted_by() -> None:
    found = pages.records(
        pages.compact_page([*pages.CARDS[:1], ("A Lone Title", "Submitted by", "me"), *pages.CARDS[1:]])
    )
    assert pages.pairs(found) == list(pages.CARDS)
    assert found[1] == Rejected(5, "a title without an abstract", "A Lone Title")


def test_the_header_may_come_again_and_stand_after_other_lines() -> None:
    text = "Submitted by\nsomebody\nnew\n" + pages.compact_page(pages.CARDS[:1])
    again = text + "\nnew\n" + pages.compact_page(pages.CARDS[1:])
    assert pages.pairs(pages.papers(again)) == list(pages.CARDS)


def test_a_page_without_its_header_is_read_if_its_shape_convinces() -> None:
    long = [(title, " ".join([abstract] * 6)) for title, abstract in pages.CARDS]
    page = pages.reading("\n".join(text for card in long for text in card))
    assert page.kind == "compact page"
    assert pages.pairs(page) == long


def test_a_card_printed_twice_in_a_row_is_one_record() -> None:
    cards = [pages.CARDS[0], pages.CARDS[0], pages.CARDS[1], pages.CARDS[0]]
    assert pages.pairs(pages.papers(pages.compact_page(cards))) == [pages.CARDS[0], pages.CARDS[1], pages.CARDS[0]]


def test_facts_under_an_abstract_are_read_and_not_taken_for_titles() -> None:
    cards = [(*card, "  • 3 authors", "·", "May 4, 2020 1") for card in pages.CARDS]
    found = pages.papers(pages.compact_page(cards))
    assert pages.pairs(found) == list(pages.CARDS)
    assert {(paper.author_count, str(paper.published), paper.comments) for paper in found} == {(3, "2020-05-04", 1)}


def test_a_reading_that_would_make_titles_of_dates_loses() -> None:
    cards = [(*card, "·", "May 4, 2020") for card in pages.CARDS]
    assert pages.pairs(pages.records(pages.compact_page(cards))) == []


@given(pages.cards, st.randoms(use_true_random=False))
def test_any_papers_written_as_lines_are_read_back(cards: list[tuple[str, str]], chance: random.Random) -> None:
    text = "".join(line + "\n" * chance.randint(1, 3) for line in pages.compact_page(cards).split("\n"))
    assert pages.pairs(pages.papers(text)) == pages.without_twins(cards)


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_shuffled_lines_raise_nothing_else(chance: random.Random) -> None:
    lines = ("Submitted by\nme\n" + pages.compact_page(pages.CARDS)).split("\n")
    chance.shuffle(lines)
    with contextlib.suppress(UnreadableInput):
        assert "Submitted by" not in [title for title, _ in pages.pairs(pages.records("\n".join(lines)))]


def test_a_page_cut_anywhere_raises_nothing_else() -> None:
    whole = pages.compact_page(pages.CARDS).encode()
    for end in range(len(whole)):
        try:
            pages.records(whole[:end])
        except UnreadableInput as error:
            assert error.message.startswith("page.txt ")  # noqa: PT017 - most cuts raise nothing


_ANY_LINE = st.sampled_from(
    [
        *(text for card in pages.CARDS for text in card),
        *pages.COMPACT_HEADER.splitlines(),
        *("new", "- NEW", "\ufeff-  new", "*+ Previous", "log\tin", "ſubmit", "Subscribe", "SubscribeA Title"),
        *("Submitted by", "ſubmitted by", "Submitted by somebody", "submitted  by", "somebody"),
        *("• 3 authors", "  *3 authors", "·", "May 4, 2020", "•", " ", "", "A news story", "x" * 200),
    ]
)


@settings(max_examples=300)
@given(st.lists(_ANY_LINE, max_size=14), st.booleans())
@example([*pages.CARDS[0], "  *3 authors", "May 4, 2020"], True)
def test_the_quick_look_at_a_line_finds_nothing_literal_that_is_not(lines: list[str], headed: bool) -> None:
    def read() -> list[object]:
        numbered = (Line(n, text) for n, text in enumerate([*pages.COMPACT_HEADER.splitlines() * headed, *lines], 1))
        return list(compact_records(numbered, PageNotes()))

    quick = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.formats.listing.is_literal", lambda _: False)
        assert read() == quick
