"""An import leaves few segments in the indexes, and the usual way of joining them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.errors import Interrupted
from reader.library import Summary, importing
from reader.store import Store, segments
from reader.store.imports import Imports
from reader.store.matching import Term

MANY = [{"title": f"Kernel number {n}", "abstract": f"Text {n % 9} of word{n}."} for n in range(300)]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten papers a transaction, and few enough pages that joining takes several."""
    monkeypatch.setattr(segments, "_WORTH_JOINING", 100)
    monkeypatch.setattr(segments, "_PAGES", 2)
    for name in ("_SMALLEST_BATCH", "_FIRST_BATCH", "_LARGEST_BATCH"):
        monkeypatch.setattr(importing, name, 10)


def count(store: Store, index: str = "text_index") -> int:
    return int(store.database.value(f"select count(distinct segid) from {index}_idx"))


def automerge(store: Store) -> set[int | None]:
    return {
        store.database.value(f"select v from {index}_config where k = 'automerge'")
        for index in ("text_index", "title_index")
    }


def is_sound(store: Store) -> bool:
    for index in ("text_index", "title_index"):
        store.database.run(f"insert into {index} ({index}) values ('integrity-check')")  # raises where it is not
    return [check.damage for check in store.checks.run() if check.damage] == []


def test_all_segments_of_a_first_import_become_one(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers(*MANY)
    assert (count(store), count(store, "title_index")) == (1, 1)
    assert automerge(store) == {4}
    assert len(store.index.ids(Term("kernel"), horizon=2**62, limit=-1, ranked=True)) == 300
    assert is_sound(store)


def test_a_small_import_does_not_touch_what_was_there(
    store: Store, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_papers(*MANY)
    monkeypatch.setattr(segments, "_WORTH_JOINING", 1)
    monkeypatch.setattr(segments, "_SHARE", 1)
    import_papers(*({"title": f"Another {n}"} for n in range(80)), name="more")
    assert 1 < count(store) < 8
    assert automerge(store) == {4}
    assert is_sound(store)


def test_an_import_that_stops_leaves_the_usual_way(
    store: Store, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_papers({"title": "Here before"}, name="before")

    def stop(_: Imports, step: int) -> None:
        assert automerge(store) == {16}
        raise Interrupted("stopped")

    monkeypatch.setattr(Imports, "learn_words", stop)
    with pytest.raises(Interrupted):
        import_papers(*MANY)
    assert automerge(store) == {4}
    assert store.papers.count() == 1
    assert is_sound(store)
