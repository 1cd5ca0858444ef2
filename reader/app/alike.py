"""Looking for papers like the one that is read, once the cursor rests on it: never while somebody moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.app.session import Session
from reader.app.sheet import RelatedTitle
from reader.app.worker import Worker
from reader.frozen import frozen
from reader.store import Store

if TYPE_CHECKING:
    from reader.app.detail import Detail

MOST_TITLES = 5
"""Papers that are named below the one that is read."""


@frozen
class Alike:
    """Papers like the one of that key, best first."""

    key: str
    titles: tuple[RelatedTitle, ...]


class Resting:
    """What one pane asks while the cursor rests."""

    def __init__(self, worker: Worker, session: Session) -> None:
        """Ask that worker, when the cursor has rested as long as that session says."""
        self._worker = worker
        self._seconds = session.rest_seconds
        self._timer: Timer | None = None
        self._asked = ""

    def on(self, paper: int | None, detail: Detail) -> None:
        """The pane shows that paper now, or still."""
        key = detail.key
        if self._seconds is None or key == self._asked:
            return
        self._asked = key
        if self._timer is not None:
            self._timer.stop()
        if paper is not None:
            self._timer = detail.set_timer(self._seconds, lambda: self._ask(paper, key, detail))

    def _ask(self, paper: int, key: str, detail: Detail) -> None:
        self._worker.aside(lambda store: alike(store, paper, key), detail.post_message)


def alike(store: Store, paper: int, key: str) -> Iterator[Alike]:
    """A few papers like that one. Raises as `related` does."""
    from reader.search.related import related

    found = [each.paper for each in related(store, paper)[:MOST_TITLES]]
    titles = store.papers.titles(found)
    yield Alike(key, tuple(RelatedTitle(each, titles[each]) for each in found if each in titles))
