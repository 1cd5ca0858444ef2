"""What the status line says of a query, without a screen."""

from __future__ import annotations

from array import array

import pytest

from reader.app.status import understanding
from reader.search.parsing import parse
from reader.search.results import Interpretation, Problem, Results


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("is:foo x", "is: takes one of bookmarked, unread, read, dismissed"),
        ("x or", "“or” stands between two parts, and one is missing"),
        ("x )", "“)”: this bracket closes nothing"),
    ],
)
def test_a_part_that_was_not_understood_is_named_once(query: str, said: str) -> None:
    results = Results(query, array("q", [1]), problems=parse(query).problems)
    assert understanding(results) == f"{said} · newest page first"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("@Nope", "there is no saved search “nope”"),
        ('list:"to do"', "there is no list like “to do”"),
        ("related:Zz", "no paper has the key “zz”"),
    ],
)
def test_a_name_that_the_reason_quotes_is_not_said_twice(part: str, message: str) -> None:
    results = Results(part, array("q"), problems=(Problem(0, len(part), message),))
    assert understanding(results) == message


def test_words_that_nothing_is_like_are_said_together() -> None:
    readings = tuple(Interpretation(word, known=False, prefix=False) for word in ("zzq", "qqz"))
    assert understanding(Results("zzq qqz", array("q"), interpretations=readings)) == "nothing is like “zzq” or “qqz”"
