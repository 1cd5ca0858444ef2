"""A text as it is shown, with what matches marked in either view."""

from __future__ import annotations

import pytest

from reader.app.shown import shown, united
from reader.search.results import Interpretation


@pytest.mark.parametrize(
    ("token", "apart", "seen", "typed"),
    [
        ("l2", (("l", "2"),), ["L²"], ["L", "2"]),
        ("poincare", (("poincar", "e"),), ["Poincaré"], ["Poincar", "e"]),
        ("circ", (), ["°"], ["circ"]),
        ("alpha", (("α",),), ["α"], ["alpha"]),
        ("gain", (), ["gain"], ["gain"]),
    ],
)
def test_matches_are_marked_in_both_views(
    token: str, apart: tuple[tuple[str, ...], ...], seen: list[str], typed: list[str]
) -> None:
    text = r"Poincar\'e in $L^2$ at 360^circ with \alpha and a {\bf 8\%} gain"
    reading = [Interpretation(token, known=True, prefix=False, apart=apart)]
    for mathematics, expected in ((True, seen), (False, typed)):
        view = shown(text, reading, "abstract", mathematics=mathematics)
        assert [view.text[start:end] for start, end in view.matches] == expected


def test_emphasis_is_of_the_text_that_is_shown() -> None:
    view = shown(r"a {\bf 8\%} gain", (), "abstract", mathematics=True)
    assert [view.text[mark.start : mark.end] for mark in view.emphasis] == ["8%"]
    assert shown(r"a {\bf 8\%} gain", (), "abstract", mathematics=False).emphasis == ()


def test_spans_that_touch_are_one() -> None:
    assert united([(4, 6), (0, 2), (2, 3), (5, 9), (7, 7)]) == [(0, 3), (4, 9)]
