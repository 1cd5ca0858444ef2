"""What several folders of tests share: a library in a temporary folder, and made-up papers to put into it."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from reader.library import Summary, import_text
from reader.store import Store
from reader.store.database import Database

# Apps are made by the hundred here, and what they are made of is kept: looking through it anew and anew takes long.
gc.set_threshold(20_000, 20, 50)

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


_AS_IN_USE = Database.set_durable


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_the_disk() -> Iterator[None]:
    """Only a power cut could tell the difference, and no test cuts the power; processes that tests start do wait."""

    def without_waiting(database: Database, *, each_commit: bool) -> None:
        database.run("pragma synchronous = off")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "set_durable", without_waiting)
        yield


@pytest.fixture
def waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits as in use."""
    monkeypatch.setattr(Database, "set_durable", _AS_IN_USE)


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def open_store(library: Path) -> Iterator[Callable[[], Store]]:
    """Opens the library as often as asked; every connection is closed at the end."""
    opened: list[Store] = []

    def open_again() -> Store:
        opened.append(Store.open(library))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def import_papers(store: Store, now: datetime) -> Callable[..., Summary]:
    """Imports papers, given as the keys and values of JSON Lines, as one file of that name."""

    def run(*papers: Mapping[str, object], name: str = "papers.jsonl", into: Store = store) -> Summary:
        text = "\n".join(json.dumps(paper) for paper in papers)
        return import_text(into, text, name=name, now=now, origin="test")

    return run
