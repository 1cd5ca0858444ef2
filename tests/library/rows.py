"""What tests of undoing compare: every row that a change may touch, and whether the library is sound."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from reader.library import Summary, import_text
from reader.paper import StoredPaper
from reader.store import Store

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
TABLES = (
    *("papers", "texts", "identifiers", "sightings", "lists", "list_entries", "joined", "sources"),
    *("merged", "rejected", "tags", "notes", "marks", "saved_searches"),
)

Record = Mapping[str, object]


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a step may touch."""
    return {table: store.database.rows(f"select * from {table} order by 1, 2") for table in TABLES}


def soundness(store: Store) -> list[str]:
    """What is damaged: what `doctor` finds, and words that are counted where the index does not hold them."""
    damage = [f"{check.name}: {check.damage}" for check in store.checks.run() if check.damage]
    counted = store.database.rows("select word, titles, papers from words where papers <> 0 or titles <> 0")
    if sorted(counted) != sorted(store.index.all_words()):
        damage.append(f"vocabulary: {sorted(set(counted) ^ set(store.index.all_words()))[:5]}")
    return damage


def lines(records: Sequence[Record]) -> str:
    return "\n".join(map(json.dumps, records)) + "\n"


def bring(store: Store, *records: Record, name: str = "page.jsonl", now: datetime = NOW) -> Summary:
    """Import records as one file of that name."""
    return import_text(store, lines(records), name=name, now=now, origin="test")


def stored(store: Store) -> list[StoredPaper]:
    """All papers that are shown, the one stored first first."""
    return store.papers.get(sorted(store.papers.ids()))


def titled(store: Store, title: str) -> int:
    """The id of the one paper of that title."""
    (found,) = (id_ for id_, name in store.papers.titles(store.papers.ids()).items() if name == title)
    return found
