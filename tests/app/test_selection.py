from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.app.selection import EVERYTHING, Selection


@given(anchor=st.integers(0, 30), cursor=st.integers(0, 30), length=st.integers(1, 31))
def test_a_run_reaches_from_its_anchor_to_the_cursor_within_the_list(anchor: int, cursor: int, length: int) -> None:
    cursor = min(cursor, length - 1)
    span = Selection(anchor).span(cursor, length)
    assert cursor in span
    assert min(anchor, length - 1) in span
    assert 0 <= span.start < span.stop <= length


def test_everything_is_everything_wherever_the_cursor_is() -> None:
    assert EVERYTHING.span(7, 100_000) == range(100_000)
    assert EVERYTHING.moved(None) is EVERYTHING
    assert Selection(3).moved(None) is None
