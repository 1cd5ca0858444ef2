"""Which labels a few typed letters may mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.library import fitting

NAMES = ["revision", "vision", "tele vision", "Vi", "visible", "v-i", "other"]


def test_the_name_itself_comes_first_then_beginnings_of_it_and_of_its_words_then_what_holds_it() -> None:
    assert [NAMES[place] for place in fitting(NAMES, "VI")] == [
        "Vi", "vision", "visible", "tele vision", "revision", "v-i"
    ]  # fmt: skip
    assert [NAMES[place] for place in fitting(NAMES, "vsn")] == ["revision", "vision", "tele vision"]
    assert fitting(NAMES, "zz") == []


LABELS = st.text("abC -é", min_size=1, max_size=6).filter(str.strip)


@given(st.lists(LABELS), LABELS)
def test_every_name_is_found_by_itself_and_nothing_typed_finds_all(names: list[str], typed: str) -> None:
    assert fitting(names, "") == list(range(len(names)))
    found = fitting([*names, typed], typed)
    assert len(set(found)) == len(found)
    assert len(names) in found
