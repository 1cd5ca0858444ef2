"""Sets of papers that may be nearly all of them."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from reader.search.selection import EVERYTHING, NOTHING, Selection

ALL = range(12)
SELECTIONS = st.builds(Selection, st.frozensets(st.sampled_from(ALL)), st.booleans())


def members(selection: Selection) -> set[int]:
    return {paper for paper in ALL if paper in selection}


@given(SELECTIONS, SELECTIONS)
def test_they_behave_like_sets(one: Selection, other: Selection) -> None:
    assert members(one & other) == members(one) & members(other)
    assert members(one | other) == members(one) | members(other)
    assert members(~one) == set(ALL) - members(one)


@given(SELECTIONS)
def test_papers_keep_their_order(selection: Selection) -> None:
    backwards = array("q", reversed(ALL))
    assert list(selection.among(backwards)) == [paper for paper in backwards if paper in selection]


def test_all_and_none() -> None:
    assert members(EVERYTHING) == set(ALL)
    assert members(NOTHING) == set()
    assert (EVERYTHING.excluded, NOTHING.excluded, (~Selection(frozenset({1, 2}))).excluded) == (0, -1, 2)
