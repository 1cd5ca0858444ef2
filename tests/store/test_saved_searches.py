from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reader.store import Store
from reader.store.journal import Recorder

AT = "2026-03-01T09:00:00+00:00"


def change(store: Store, what: Callable[[Recorder], object]) -> object:
    with store.journal.recording(kind="annotate", label="", at=AT, origin="") as step:
        return what(step)


def saved(store: Store) -> list[tuple[str, str]]:
    return [(found.name, found.query) for found in store.searches.all()]


def test_searches_keep_the_order_they_were_saved_in(store: Store) -> None:
    for name in ("Zebras", "Ants"):
        assert change(store, partial(store.searches.save, name=name, query=f"about {name}"))
    assert change(store, lambda step: store.searches.save(step, "ZEBRAS", "stripes"))
    assert not change(store, lambda step: store.searches.save(step, "zebras", "stripes"))
    assert saved(store) == [("Zebras", "stripes"), ("Ants", "about Ants")]


def test_a_search_is_renamed_and_forgotten(store: Store) -> None:
    change(store, lambda step: store.searches.save(step, "Zebras", "stripes"))
    found = store.searches.find("zebras")
    assert found is not None
    change(store, lambda step: store.searches.rename(step, found.id, "Horses"))
    assert saved(store) == [("Horses", "stripes")]
    change(store, lambda step: store.searches.forget(step, found.id))
    assert saved(store) == []
    store.journal.undo()
    assert saved(store) == [("Horses", "stripes")]
