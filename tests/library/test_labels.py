"""Which labels a few typed letters may mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from reader.library import Summary, fitting, keep, tag
from reader.library.labels import Label, list_labels, tag_labels
from reader.store import Store

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


def test_labels_say_how_many_of_the_chosen_papers_carry_them(
    import_papers: Callable[..., Summary], store: Store, now: datetime
) -> None:
    import_papers(*({"title": f"Paper {n}"} for n in range(3)))
    tag(store, [1, 2], "Vision", now=now, origin="test")
    keep(store, [2, 3], now=now, origin="test")
    assert tag_labels(store, [2, 3]) == [Label("Vision", 2, 1)]
    assert list_labels(store, [1, 2, 3]) == [Label("Bookmarks", 2, 2)]
