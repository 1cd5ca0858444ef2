"""Every parser, the query language and the reader of Markdown lists over texts bent at random: none raises or hangs.

Bounded by counts, from fixed seeds; `bench/fuzz.py` goes on for as long as it is let. What it finds becomes a named
test beside the parser.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Mapping

import pytest

from fuzz_targets import Target, targets
from fuzzing import BAIT, mutated, survives
from reader.formats.reading import Rejected
from reader.paper import Paper

TIMES = {"formats": 1_000, "a format by name": 500, "reading lists, synchronised": 60, "reading lists, merged": 100}
"""How often each is tried, where that is not 300 times."""
NAMES = (
    "formats", "a format by name", "queries", "reading lists, merged", "reading lists, synchronised", "mathematics",
    "settings", "templates",
)  # fmt: skip
LONG = 10_000_000
MANY = 100_000


@pytest.fixture(scope="module")
def every_target(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Target]:
    return targets(tmp_path_factory.mktemp("fuzzing"))


def test_every_target_is_tried(every_target: Mapping[str, Target]) -> None:
    assert tuple(every_target) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_words_comes_of_a_text_bent_at_random(every_target: Mapping[str, Target], name: str) -> None:
    chance = random.Random(name)
    for _ in range(TIMES.get(name, 300)):
        every_target[name].try_once(chance)


def test_the_mutator_gives_the_same_from_the_same_seed_and_changes_something() -> None:
    bent = [mutated("a text\nof lines", random.Random(seed)) for seed in range(50)]
    assert bent == [mutated("a text\nof lines", random.Random(seed)) for seed in range(50)]
    assert len(set(bent)) > 40


@pytest.mark.parametrize("bait", BAIT)
def test_a_long_run_of_bait_is_read_to_its_end(bait: str) -> None:
    survives((bait * (100_000 // len(bait))).encode())


def test_a_line_of_ten_megabytes_is_read_or_refused_in_words() -> None:
    line = json.dumps({"title": "Long", "abstract": "x" * LONG})
    (paper,) = survives(line.encode())
    assert isinstance(paper, Paper)
    assert paper.abstract == "x" * LONG


def test_many_records_of_one_letter_are_each_accounted_for() -> None:
    found = survives(b'{"title":"a"}\n' * MANY)
    assert sum(isinstance(each, Paper | Rejected) for each in found) == MANY


@pytest.mark.parametrize(
    "content",
    [
        b'{"title": "a", "x": ' + b"[" * 200_000,
        b"[" * 200_000 + b"]" * 200_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"<rss>" + b"<item>" * 200_000,
        b"<html>" + b"<div>" * 200_000,
        b"@article{a, title=" + b"{" * 100_000,
        b'{"title": ' + b"9" * 1_000_000 + b"}",
    ],
    ids=["list, open", "lists", "objects", "XML", "HTML", "BibTeX", "digits"],
)
def test_what_is_nested_without_end_is_refused_in_words(content: bytes) -> None:
    assert not [each for each in survives(content) if isinstance(each, Paper) and each.title == ""]
    survives(gzip.compress(content))
