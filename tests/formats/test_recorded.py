"""Answers of a service as programs record them are read for what was answered."""

from __future__ import annotations

import gzip
import json

import pytest

from reader.errors import UnreadableInput

from . import pages

ANSWER = json.dumps([{"paper": {"id": "2401.00001", "title": "Kettles that wait", "summary": "On waiting."}}])
EMPTY = (
    '<?xml version="1.0"?>\n<rss version="2.0" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>'
    "<title>cs.LG updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.LG</link></channel></rss>"
)


@pytest.mark.parametrize("name", ["body", "text", "content"])
def test_the_answer_is_read_as_a_file_of_its_own(name: str) -> None:
    for indent in (None, 2):
        recorded = json.dumps({"url": "https://service.example", "status_code": 200, name: ANSWER}, indent=indent)
        assert pages.papers(recorded) == pages.papers(ANSWER)
    assert pages.papers(gzip.compress(recorded.encode())) == pages.papers(ANSWER)


def test_a_long_answer_is_read_to_its_end() -> None:
    recorded = json.dumps({"url": "x", "status_code": 200, "headers": {"x": "y" * 3_000_000}, "body": ANSWER})
    assert pages.papers(recorded) == pages.papers(ANSWER)


def test_what_a_service_said_in_place_of_papers_is_said() -> None:
    recorded = json.dumps({"url": "x", "status_code": 200, "body": EMPTY})
    with pytest.raises(UnreadableInput, match="feed without papers"):
        pages.records(recorded)


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "A paper", "url": "https://x.example", "text": "Of its own."}',
        '{"title": "A paper", "body": "no answer"}\n{"title": "Another", "url": "https://x.example"}',
    ],
)
def test_other_objects_stay_what_they_are(text: str) -> None:
    assert next(paper.title for paper in pages.papers(text)) == "A paper"


def test_one_that_is_cut_off_is_refused() -> None:
    recorded = json.dumps({"url": "x", "status_code": 200, "body": ANSWER})
    with pytest.raises(UnreadableInput):
        pages.records(recorded[: len(recorded) // 2])
