from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Page, Rejected, read
from reader.paper import Paper, PartialDate, StoredPaper
from reader.transfer import CarriedEntry, CarriedPaper

from . import pages

GOOD = '{"title": "A Title"}'
FULL: dict[str, Any] = {
    "key": "abcdefghijklmnop",
    "title": "A  Title",
    "abstract": "An abstract\nwith code at https://github.com/a/b.",
    "authors": ["Ada Soup", "Bo Bread"],
    "author_count": 2,
    "published": "--07-31",
    "published_inferred": False,
    "comments": 1,
    "upvotes": 0,
    "arxiv_id": "2301.00010",
    "arxiv_version": 2,
    "doi": "10.1000/1",
    "url": "https://arxiv.org/abs/2301.00010",
    "categories": [],
    "links": None,
    "summary": "Short.",
    "keywords": ["teapots"],
    "organization": "University of Soup",
    "sources": [{"name": "x"}],
    "bookmarked": True,
    "lists": ["Bookmarks"],
}


def rejection(line: str) -> str:
    good, bad = pages.records(f"{GOOD}\n{line}\n")
    assert isinstance(good, Paper)
    assert isinstance(bad, Rejected)
    assert (bad.line, bad.text) == (2, line)
    return bad.reason


def test_every_key_of_a_paper_is_read_and_others_are_ignored() -> None:
    page = pages.reading(json.dumps(FULL) + "\n")
    (record,) = page
    assert isinstance(record, CarriedPaper)
    assert [record.paper] == [
        Paper(
            title="A Title",
            abstract="An abstract with code at https://github.com/a/b.",
            authors=("Ada Soup", "Bo Bread"),
            author_count=2,
            published=PartialDate(None, 7, 31),
            comments=1,
            upvotes=0,
            arxiv_id="2301.00010",
            arxiv_version=2,
            doi="10.1000/1",
            url="https://arxiv.org/abs/2301.00010",
            categories=(),
            links=("https://github.com/a/b",),
            summary="Short.",
            keywords=("teapots",),
            organization="University of Soup",
        )
    ]
    assert (page.kind, page.page) == ("JSON Lines", Page(None, None))


def test_what_a_user_made_of_a_paper_is_read() -> None:
    made = {"key": FULL["key"], "lists": ["Bookmarks", "x  y"], "tags": ["a"], "note": " one\ntwo", "read": True}
    (record,) = pages.records(json.dumps({"title": "A Title", **made}))
    assert record == CarriedPaper(
        stored=StoredPaper(
            key=FULL["key"],
            paper=Paper(title="A Title"),
            sources=(),
            added="",
            lists=("Bookmarks", "x y"),
            tags=("a",),
            note="one\ntwo",
            read=True,
        ),
        entries=(CarriedEntry("Bookmarks"), CarriedEntry("x y")),
    )


@pytest.mark.parametrize("key", ["smith2020", "ABCDEFGHIJKLMNOP", 7, None, ["a"]])
def test_a_key_of_another_program_is_none_of_ours(key: object) -> None:
    assert pages.records(json.dumps({"title": "A Title", "key": key})) == [Paper(title="A Title")]


def test_every_key_but_the_title_may_be_missing_or_null() -> None:
    nulls = json.dumps(dict.fromkeys(FULL) | {"title": "A Title"})
    assert pages.records(f"{GOOD}\n\n{nulls}") == [Paper(title="A Title"), Paper(title="A Title")]


def test_a_line_about_the_file_is_no_record() -> None:
    assert pages.papers(f'{{"about": "sample"}}\n{GOOD}') == [Paper(title="A Title")]
    with pytest.raises(UnreadableInput, match="holds no paper"):
        pages.records('{"about": "sample"}')


def test_an_id_with_its_version_or_as_an_address_is_taken_apart() -> None:
    (paper,) = pages.papers('{"title": "t", "arxiv_id": "https://arxiv.org/abs/math.CA/0611800v3"}')
    assert (paper.arxiv_id, paper.arxiv_version) == ("math/0611800", 3)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ('"arxiv_id": 2301.0001', "an arXiv id is not a number"),
        ('"arxiv_id": 23010001', "an arXiv id is not a number"),
        ('"arxiv_id": "23"', "arxiv_id: '23' is no arXiv id"),
        ('"published": "30.8.2021"', "published: '30.8.2021' is no date such as 2021-08-30, 2021-08, 2021 or --07-31"),
        ('"published": "2021-02-30"', "published: day is out of range for month"),
        ('"published": 2021', "published is not a text"),
        ('"published_inferred": 1', "published_inferred is neither true nor false"),
        ('"abstract": 1', "abstract is not a text"),
        ('"authors": "Ada"', "authors is not a list"),
        ('"authors": [1]', "authors is not a text"),
        ('"authors": [" "]', "authors holds an empty text"),
        ('"author_count": true', "author_count is not a whole number from 0 to 1,000,000,000"),
        ('"upvotes": 1.5', "upvotes is not a whole number from 0 to 1,000,000,000"),
        ('"comments": -1', "comments is not a whole number from 0 to 1,000,000,000"),
        ('"tags": "vision"', "tags is not a list"),
        ('"tags": ["\\u0007"]', "tags: '\\x07' cannot be a name"),
        ('"lists": [""]', "lists: '' cannot be a name"),
        ('"note": 5', "note is not a text"),
        ('"read": "yes"', "read is neither true nor false"),
        ('"added": "yesterday"', "added is no time such as 2026-01-31T08:00:00+00:00"),
        ('"arxiv_version": 0', "arxiv_version is not a whole number from 1 to 1,000,000,000"),
        ('"url": "javascript:alert(1)"', "url: 'javascript:alert(1)' is no web address"),
        ('"upvotes": ' + "9" * 5000, "a number has too many digits"),
    ],
)
def test_a_wrong_value_is_rejected_by_the_name_of_its_key(members: str, reason: str) -> None:
    assert rejection(f'{{"title": "t", {members}}}') == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{}", "title is missing"),
        ('{"title": null}', "title is missing"),
        ('{"title": " "}', "title is empty"),
        ('{"title": 5}', "title is not a text"),
        ("[1]", "the line is no JSON object"),
        ("what", "the line is no JSON object"),
        ('{"title":', "the line is no JSON: Expecting value at character 10"),
        ('{"title": ' + "[" * 100_000, "the line is nested too deeply"),
    ],
)
def test_a_line_that_is_no_paper_is_rejected_with_the_reason(line: str, reason: str) -> None:
    assert rejection(line.strip()) == reason


def test_a_lone_surrogate_is_replaced() -> None:
    (paper,) = pages.papers('{"title": "a \\ud800 b \\ud83d\\ude00", "authors": ["\\udfff"]}')
    assert (paper.title, paper.authors) == ("a \ufffd b \U0001f600", ("\ufffd",))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda each: st.lists(each, max_size=3)
)


@given(st.dictionaries(st.sampled_from(sorted(FULL)), json_values))
def test_any_members_give_a_paper_or_a_reason(members: dict[str, Any]) -> None:
    found = pages.records(f"{GOOD}\n{json.dumps(members)}")
    assert len(found) == 2


def test_a_first_line_too_long_to_tell_is_still_taken_for_a_paper() -> None:
    long = json.dumps({"title": "A Very Long Kettle", "abstract": "boil " * 300_000})
    short = json.dumps({"title": "A Short Kettle", "abstract": "It boils."})
    reading = read(io.BytesIO(f"{long}\n{short}\n".encode()), name="kettles")
    assert [record.title for record in reading if isinstance(record, Paper)] == ["A Very Long Kettle", "A Short Kettle"]
