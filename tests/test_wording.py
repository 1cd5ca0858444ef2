"""Papers in words, for people."""

from __future__ import annotations

import pytest

from reader.paper import Paper, PartialDate
from reader.wording import authors_in_words, counted, facts, machine_notes


def test_a_number_agrees_with_its_noun() -> None:
    assert [counted(number, "paper") for number in (0, 1, 2, 2341)] == [
        "0 papers",
        "1 paper",
        "2 papers",
        "2,341 papers",
    ]


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (Paper(title="a", authors=tuple("abcdefghijkl")), "a, b, c, d, e, f, g, h, i, j, k, l"),
        (Paper(title="a", authors=tuple("abcdefghijklmn")), "a, b, c, d, e, f, g, h, i, j, k, l and 2 more"),
        (Paper(title="a", authors=("A", "B"), author_count=671), "A, B and 669 more"),
        (Paper(title="a", authors=("A", "B"), author_count=1), "A, B"),
        (Paper(title="a", author_count=671), "671 authors"),
        (Paper(title="a", author_count=1), "1 author"),
        (Paper(title="a", authors=(), author_count=2), "2 authors"),
        (Paper(title="a"), ""),
    ],
)
def test_many_authors_are_named_in_part_and_counted(paper: Paper, words: str) -> None:
    assert authors_in_words(paper) == words


def test_only_what_is_known_is_said() -> None:
    paper = Paper(
        title="a",
        published=PartialDate(2025, 7, 31),
        published_inferred=True,
        organization="OCC",
        comments=1,
        upvotes=0,
        arxiv_id="2301.00010",
        arxiv_version=3,
        categories=("cs.CL", "cs.LG"),
    )
    assert list(facts(paper)) == ["OCC", "Jul 31, 2025?", "1 comment", "arXiv:2301.00010v3", "cs.CL, cs.LG"]
    assert list(facts(Paper(title="a"))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("2021-08-30", "Aug 30, 2021"), ("2021-08", "Aug 2021"), ("2021", "2021"), ("--07-31", "Jul 31"), ("--02", "Feb")],
)
def test_a_date_says_no_more_than_is_known(text: str, words: str) -> None:
    assert PartialDate.parse(text).in_words() == words


def test_a_concluded_year_bears_a_question_mark_and_a_missing_one_none() -> None:
    assert PartialDate(2025, 12, 26).in_words(inferred=True) == "Dec 26, 2025?"
    assert PartialDate(None, 12, 26).in_words(inferred=True) == "Dec 26"


def test_what_a_machine_wrote_is_named_as_such_and_never_said_twice() -> None:
    paper = Paper(title="a", abstract="Long.", summary="Short.", keywords=("teapots", "hearing"))
    assert list(machine_notes(paper)) == ["Machine summary: Short.", "Keywords: teapots, hearing"]
    assert list(machine_notes(Paper(title="a", summary="Stands for the abstract."))) == []
    assert list(machine_notes(Paper(title="a", abstract="Long.", keywords=()))) == []
