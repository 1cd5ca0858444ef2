from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Rejected
from reader.paper import Paper, PartialDate, StoredPaper
from reader.transfer import (
    CarriedEntry,
    CarriedJoin,
    CarriedList,
    CarriedPaper,
    CarriedSearch,
    CarriedSighting,
    CarriedSource,
    Place,
)

from . import pages
from .test_jsonl import json_values

HEAD = '{"about": "library of reader", "version": 1}'
KEY = "abcdefghijklmnop"
SOURCE: dict[str, Any] = {
    "about": "source",
    "number": 3,
    "digest": "ff",
    "name": "a  page",
    "kind": "paragraph page",
    "page_date": "--12-26",
    "page_date_inferred": False,
    "page_year": 2026,
    "day": "2026-01-31",
    "seen": "2026-01-31T08:00:00+00:00",
}
PAPER: dict[str, Any] = {
    "key": KEY,
    "title": "A Title",
    "abstract": "Code at https://github.com/a/b.",
    "links": None,
    "added": "2026-01-31T08:00:00+00:00",
    "identifiers": ["arxiv:2301.00010"],
    "sightings": [{"source": 3, "rank": 2, "printed": "--07-31", "comments": 1, "upvotes": None}],
    "entries": [{"list": "Later", "position": 4, "added": "2026-01-31T09:00:00+01:00"}],
    "joined": [{"key": KEY, "source": 3, "rank": 2, "record": {"title": "a"}, "before": {"title": "b"}}],
    "noted": "2026-01-31T08:00:00Z",
    "place": {"day": "2026-01-30", "rank": 1},
}


def read(*objects: dict[str, Any] | str) -> list[object]:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in objects]
    return list(pages.reading("\n".join([HEAD, *lines])))


def test_everything_a_library_file_carries_is_read() -> None:
    found = read({"about": "list", "name": "Later"}, SOURCE, {"about": "search", "name": "n", "query": "q"}, PAPER)
    assert found == [
        CarriedList("Later"),
        CarriedSource(
            number=3,
            digest="ff",
            name="a  page",
            kind="paragraph page",
            page_date=PartialDate(None, 12, 26),
            page_date_inferred=False,
            page_year=2026,
            day=date(2026, 1, 31),
            seen="2026-01-31T08:00:00+00:00",
        ),
        CarriedSearch("n", "q"),
        CarriedPaper(
            stored=StoredPaper(
                key=KEY,
                paper=Paper(title="A Title", abstract="Code at https://github.com/a/b."),
                sources=(),
                added="2026-01-31T08:00:00+00:00",
            ),
            names=("arxiv:2301.00010",),
            sightings=(CarriedSighting(3, 2, PartialDate(None, 7, 31), 1, None),),
            entries=(CarriedEntry("Later", 4, "2026-01-31T08:00:00+00:00"),),
            joined=(CarriedJoin(KEY, 3, 2, Paper(title="a"), Paper(title="b")),),
            noted="2026-01-31T08:00:00Z",
            place=Place(date(2026, 1, 30), 1),
        ),
    ]


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"title": "t"}, "key is missing, or no key of a paper"),
        ({"title": "t", "key": "x"}, "key is missing, or no key of a paper"),
        ({**PAPER, "sightings": [{"rank": 1}]}, "sightings: source is missing"),
        ({**PAPER, "sightings": [7]}, "sightings is not an object"),
        ({**PAPER, "sightings": 7}, "sightings is not a list"),
        ({**PAPER, "entries": [{"list": "x", "position": True}]}, "entries: position is not a whole number"),
        ({**PAPER, "joined": [{**PAPER["joined"][0], "record": {}}]}, "joined: record: title is missing"),
        ({**PAPER, "place": {"day": "2026-02-30", "rank": 1}}, "place: day is no day such as 2026-01-31"),
        ({**PAPER, "noted": "0001-01-01T00:00:00+14:00"}, "noted lies outside the calendar"),
        ({**SOURCE, "digest": None}, "digest is missing"),
        ({**SOURCE, "seen": "now"}, "seen is no time such as"),
        ({"about": "list", "name": " "}, "name: '' cannot be a name"),
        ({"about": "search", "name": "n"}, "query is missing"),
    ],
)
def test_what_is_wrong_is_rejected_alone_with_its_place(members: dict[str, Any], reason: str) -> None:
    bad, good = read(members, {"about": "list", "name": "Later"})
    assert isinstance(bad, Rejected)
    assert (bad.line, bad.reason[: len(reason)]) == (2, reason)
    assert good == CarriedList("Later")


@pytest.mark.parametrize("version", ["2", "1.5", "true", "null", '"1"'])
def test_another_version_is_refused(version: str) -> None:
    with pytest.raises(UnreadableInput, match="version"):
        pages.records(f'{{"about": "library of reader", "version": {version}}}\n{json.dumps(PAPER)}')


def test_other_files_that_say_what_they_are_about_are_none_of_these() -> None:
    assert pages.reading('{"about": "sample"}\n{"title": "A Title"}').kind == "JSON Lines"
    assert pages.reading(f"\n{HEAD}\n{json.dumps(PAPER)}").kind == "library file"


@given(st.dictionaries(st.sampled_from(sorted({*PAPER, *SOURCE})), json_values))
def test_any_members_give_something_or_a_reason(members: dict[str, Any]) -> None:
    assert len(read({**PAPER, **members}, {"about": "list", "name": "Later"})) in {1, 2}
