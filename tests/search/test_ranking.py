from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.ranking import rarity, score
from reader.search.results import Interpretation


def known(token: str) -> Interpretation:
    return Interpretation(token, known=True, prefix=True)


def worth(title: str, *interpretations: Interpretation) -> float:
    return score(title, interpretations, {each.token: 1.0 for each in interpretations})


def test_a_title_that_is_the_query_is_worth_one() -> None:
    assert worth("Neural Tangent Kernels", *map(known, ("neural", "tangent", "kernels"))) == pytest.approx(1)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("tangent kernel", "tangents kernel"),
        ("tangent kernel", "kernel tangent"),
        ("tangent kernel", "tangent kernel methods"),
        ("tangent kernel", "tangent"),
        ("tangent of a kernel", "kernel of a space"),
        ("tangent", "nothing of the kind"),
    ],
)
def test_the_better_answer_is_worth_more(better: str, worse: str) -> None:
    query = (known("tangent"), known("kernel"))
    assert worth(better, *query) > worth(worse, *query)


def test_a_repair_is_worth_less_than_a_beginning_and_that_less_than_the_word() -> None:
    token = Interpretation("tange", known=True, prefix=True, repairs=("tangle",))
    assert worth("tange", token) > worth("tangent", token) > worth("tangle", token) > worth("other", token)


def test_a_word_in_pieces_counts_only_where_they_stand_together() -> None:
    token = Interpretation("nonlinear", known=True, prefix=False, apart=(("non", "linear"), ("non", "l", "inear")))
    assert worth("non linear", token) > worth("linear non", token) == worth("other words", token)


def test_a_rare_word_tells_more() -> None:
    assert rarity(1, 1000) > rarity(500, 1000) > rarity(1000, 1000) > 0
    query = (known("zeugma"), known("learning"))
    weights = {"zeugma": rarity(1, 1000), "learning": rarity(800, 1000)}
    assert score("zeugma x", query, weights) > score("learning x", query, weights)


def test_nothing_is_worth_nothing() -> None:
    assert worth("tangent") == 0
    assert worth("", known("tangent")) == 0
    assert worth("…", known("tangent")) == 0


@given(st.text(max_size=40), st.lists(st.text("abc", min_size=1, max_size=3), max_size=4, unique=True))
def test_a_score_is_between_nothing_and_one(title: str, query: list[str]) -> None:
    assert 0 <= worth(title, *map(known, query)) <= 1 + 1e-9
