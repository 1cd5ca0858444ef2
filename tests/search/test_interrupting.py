"""A search that is stopped, wherever it is, leaves nothing behind: no lock, no snapshot, no half answer."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from reader import library
from reader.errors import Interrupted
from reader.library import Summary
from reader.store import Store

QUERIES = (
    "kernel methods",
    "kernl methds -survey",
    '"kernel methods" or tag:todo',
    "title:kernel year:2020.. sort:date",
    "is:unread kernel sort:title",
    "@mine -list:later",
)


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary], now: datetime) -> Store:
    chance = random.Random(5)
    words = ["kernel", "methods", "survey", "graph", "tangent", "bound", "sparse"]
    import_papers(
        *(
            {"title": " ".join(chance.choices(words, k=4)) + f" {n}", "published": f"{2010 + n % 15}-01"}
            for n in range(300)
        )
    )
    library.tag(store, store.papers.ids(limit=20), "todo", now=now, origin="test")
    library.save_search(store, "mine", "kernel or graph", now=now, origin="test")
    return store


class Stopped:
    """Interrupts a connection from within, after so many steps of its statements."""

    def __init__(self, store: Store) -> None:
        self._connection: sqlite3.Connection = store.database._connection
        self.steps = 0
        self._at: int | None = None

    def _step(self) -> int:
        self.steps += 1
        return int(self._at is not None and self.steps >= self._at)

    def after(self, steps: int | None) -> None:
        """Stop at that step from now on; None counts alone."""
        self.steps, self._at = 0, steps
        self._connection.set_progress_handler(self._step, 50)

    def no_more(self) -> None:
        self._connection.set_progress_handler(None, 0)


@pytest.fixture
def stopped(filled: Store) -> Iterator[Stopped]:
    found = Stopped(filled)
    yield found
    found.no_more()


@pytest.mark.parametrize("query", QUERIES)
def test_after_an_interrupt_at_any_point_others_can_write_and_the_answer_is_whole(
    filled: Store, stopped: Stopped, open_store: Callable[[], Store], now: datetime, query: str
) -> None:
    other = open_store()
    stopped.after(None)
    whole = library.search(filled, query)
    points = random.Random(query).sample(range(1, stopped.steps + 1), k=min(12, stopped.steps))
    interrupted = 0
    for number, point in enumerate(points):
        stopped.after(point)
        try:
            for _ in library.search_stages(filled, query):
                pass
        except Interrupted:
            interrupted += 1
        stopped.no_more()
        assert not filled.database._connection.in_transaction
        library.keep(other, [other.papers.ids()[number]], now=now, origin="other", list_name="Elsewhere")
        library.keep(filled, [filled.papers.ids()[number]], now=now, origin="test", list_name="Here")
        assert library.search(filled, query) == whole
    assert interrupted > len(points) // 2
