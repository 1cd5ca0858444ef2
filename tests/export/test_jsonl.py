"""A paper's JSON object is whole, ordered and plain ASCII."""

from __future__ import annotations

import json
from dataclasses import fields as dataclass_fields

from hypothesis import given
from hypothesis import strategies as st

from reader.export import jsonl
from reader.paper import Paper, PartialDate, Source, StoredPaper

KEYS = """
    key title abstract authors author_count published published_inferred comments upvotes arxiv_id arxiv_version doi
    url categories links summary organization sources added bookmarked lists tags note read dismissed
""".split()  # noqa: SIM905 - a list of names reads better without quotation marks

BARE = StoredPaper(key="a" * 16, paper=Paper(title="A title"), sources=(), added="2026-01-02T03:04:05Z")
FULL = StoredPaper(
    key="abcdefghijklmnop",
    paper=Paper(
        title="Poincaré\x7f and \ud800",
        abstract="An abstract.",
        authors=("Ada", "Bo"),
        author_count=2,
        published=PartialDate(month=7, day=31),
        published_inferred=False,
        comments=0,
        upvotes=7,
        arxiv_id="2301.00010",
        arxiv_version=2,
        doi="10.1/x",
        url="https://arxiv.org/abs/2301.00010",
        categories=(),
        links=("https://github.com/a/b",),
        summary="Short.",
        keywords=("teapots", "hearing"),
        organization="OCC",
    ),
    sources=(
        Source(name="page.txt", kind="paragraph page", page_date=PartialDate(2025, 12, 26), rank=3, seen="2026-01-02"),
        Source(name="other.txt", kind="compact page", page_date=None, rank=1, seen="2026-01-03"),
    ),
    added="2026-01-02T03:04:05Z",
    lists=("Bookmarks",),
    tags=("vision",),
    note="one\ntwo",
    read=True,
    dismissed=True,
)


def test_the_keys_stand_in_the_order_of_the_interface() -> None:
    assert list(jsonl.fields(BARE)) == KEYS
    assert [key for key in jsonl.fields(FULL) if key != "keywords"] == KEYS


def test_every_field_of_a_paper_has_its_key() -> None:
    assert {field.name for field in dataclass_fields(Paper)} <= {*KEYS, "keywords"}


def test_the_unknown_is_null_and_the_known_to_be_none_is_an_empty_list() -> None:
    bare, full = jsonl.fields(BARE), jsonl.fields(FULL)
    assert bare["authors"] is None
    assert bare["published"] is None
    assert full["categories"] == []
    assert bare["tags"] == []


def test_a_line_gives_back_what_the_paper_holds() -> None:
    known = json.loads(jsonl.line(FULL))
    assert known["title"] == "Poincaré\x7f and \ud800"
    assert known["published"] == "--07-31"
    assert known["arxiv_id"] == "2301.00010"
    assert known["bookmarked"] is True
    assert known["sources"][0] == {
        "name": "page.txt",
        "kind": "paragraph page",
        "page_date": "2025-12-26",
        "rank": 3,
        "seen": "2026-01-02",
    }
    assert known["sources"][1]["page_date"] is None


def test_a_score_comes_last_and_is_rounded_and_is_absent_otherwise() -> None:
    known = json.loads(jsonl.line(BARE, score=0.123456))
    assert list(known) == [*KEYS, "score"]
    assert known["score"] == 0.1235
    assert "score" not in json.loads(jsonl.line(BARE))


def test_render_gives_a_line_a_paper_and_no_place_to_the_title() -> None:
    lines = list(jsonl.render([BARE, FULL], title="Bookmarks"))
    assert [line.count("\n") for line in lines] == [1, 1]
    assert [json.loads(line)["key"] for line in lines] == [BARE.key, FULL.key]
    assert list(jsonl.render([])) == []


@given(st.text(st.characters()))
def test_any_title_passes_as_printable_ascii(title: str) -> None:
    line = jsonl.line(StoredPaper(key="a" * 16, paper=Paper(title=title), sources=(), added=""))
    assert all(" " <= character <= "~" for character in line)
    assert json.loads(line)["title"] == title
