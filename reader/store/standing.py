"""Which steps stand on which: whether one may be taken back although others were done since.

Windows and commands change one library, and each takes back what it did itself. A step is free to go where nothing done
since has to do with what it changed: then both could as well have been done in the other order. Only what users make of
papers can be told apart so; what changes papers themselves goes in the order of time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.store.database import Database

_KEYS: Mapping[str, tuple[str, ...]] = {
    "lists": ("id",),
    "list_entries": ("list", "paper"),
    "tags": ("paper", "folded"),
    "notes": ("paper",),
    "marks": ("paper",),
    "saved_searches": ("id",),
}
"""The tables of what users make, with the columns that name a row."""

_TABLES = ", ".join(f"'{table}'" for table in _KEYS)

_PARENTS = (("list", "lists"), ("paper", "papers"))
"""Columns that name a row of another table, without which the row cannot be."""

_Thing = tuple[object, ...]
"""A row, or a name that only one row may have."""


@dataclass(frozen=True, slots=True)
class _Footprint:
    """What a step has to do with: what it changed, what of it came or went, and what that rests on."""

    changed: set[_Thing] = field(default_factory=set)
    came_or_went: set[_Thing] = field(default_factory=set)
    rests_on: set[_Thing] = field(default_factory=set)

    def meets(self, other: _Footprint) -> bool:
        """Whether the two cannot change places."""
        return not (
            self.changed.isdisjoint(other.changed)
            and self.rests_on.isdisjoint(other.came_or_went)
            and other.rests_on.isdisjoint(self.came_or_went)
        )


def newest_above(database: Database, step: int) -> int | None:
    """Of the steps done since, the newest that has to do with what a step changed; None where there is none."""
    later = [row[0] for row in database.rows(
        "select id from steps where state = 'done' and turn > (select turn from steps where id = ?) order by turn desc",
        (step,),
    )]  # fmt: skip
    if not later:
        return None
    if database.value(
        "select ?1 in (select step from imports) or exists "
        f"(select 1 from changes where step = ?1 and tbl not in ({_TABLES}))",
        (step,),
    ):
        return int(later[0])
    own = _footprint(database, step)
    return next((int(each) for each in later if own.meets(_footprint(database, each))), None)


def put_last(database: Database, step: int) -> None:
    """Let a step change places with those done since, so that it is the newest; inside the caller's transaction."""
    found = database.rows(
        "select id, turn from steps where state = 'done' and turn >= (select turn from steps where id = ?) "
        "order by turn",
        (step,),
    )
    order: Sequence[int] = [*(id_ for id_, _ in found if id_ != step), step]
    for id_, (_, turn) in zip(order, found, strict=True):
        database.run("update steps set turn = ? where id = ?", (turn, id_))


def _footprint(database: Database, step: int) -> _Footprint:
    """What a step did to what users make, and which papers came or went in it."""
    footprint = _Footprint()
    for table, before, after in database.rows(
        "select tbl, before, after from changes where step = ? and "
        f"(tbl in ({_TABLES}) or tbl = 'papers' and (before is null or after is null))",
        (step,),
    ):
        rows = [json.loads(text) for text in (before, after) if text is not None]
        things = {thing for row in rows for thing in _things(table, row)}
        footprint.changed.update(things)
        if len(rows) == 1:
            footprint.came_or_went.update(things)
        footprint.rests_on.update(
            (parent, row[column]) for row in rows for column, parent in _PARENTS if column in row and table in _KEYS
        )
    return footprint


def _things(table: str, row: Mapping[str, Any]) -> Iterator[_Thing]:
    yield (table, *(row[name] for name in _KEYS.get(table, ("id",))))
    if table in {"lists", "saved_searches"} and "name" in row:
        yield (table, "name", row["name"].casefold())
