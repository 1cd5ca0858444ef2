"""Writing what is carried over from another library, as part of the step of an import.

What goes with a new paper or source is not recorded, for it leaves no other trace; all else is, so that the step can be
taken back.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reader.store.database import Database
from reader.store.imports import day_number
from reader.store.journal import Recorder
from reader.transfer import CarriedSource, Place


class Incoming:
    """What an import carries over, for the holder of the import lock."""

    def __init__(self, database: Database) -> None:
        """Write to that library."""
        self._database = database

    @contextlib.contextmanager
    def recording(self, step: int) -> Iterator[Recorder]:
        """More of an import's step, in one transaction."""
        with self._database.transaction():
            yield Recorder(self._database, step, follow_words=False)

    def sources(self, step: int, carried: Sequence[CarriedSource]) -> tuple[dict[int, int], bool]:
        """The ids of sources by their numbers in the file, and whether any of them is new."""
        ids: dict[int, int] = {}
        new = False
        with self._database.transaction():
            for each in carried:
                known = self._database.value("select id from sources where digest = ?", (each.digest,))
                ids[each.number] = self._add(step, each) if known is None else int(known)
                new |= known is None
        return ids, new

    def _add(self, step: int, source: CarriedSource) -> int:
        row = {
            "digest": source.digest,
            "name": source.name,
            "kind": source.kind,
            "page_date": None if source.page_date is None else str(source.page_date),
            "page_date_inferred": int(source.page_date_inferred),
            "page_year": source.page_year,
            "day": day_number(source.day),
            "seen": source.seen,
            "step": step,
        }
        places = ", ".join(f":{name}" for name in row)
        return self._database.insert(f"insert into sources ({', '.join(row)}) values ({places})", row)

    def date_new(self, added: Mapping[int, str], places: Mapping[int, Place]) -> None:
        """When new papers first reached a library, and where those stand that no source shows; in a transaction."""
        self._database.run_many(
            "update papers set added = ? where id = ?", [(moment, paper) for paper, moment in added.items()]
        )
        self._database.run_many(
            "update papers set day = ?, rank = ? where id = ?",
            [(day_number(place.day), place.rank, paper) for paper, place in places.items()],
        )

    def last_position(self, list_id: int) -> int:
        """The position of the last paper of a list; 0 in an empty one."""
        sql = "select coalesce(max(position), 0) from list_entries where list = ?"
        return int(self._database.value(sql, (list_id,)))

    def enlist(self, step: Recorder, list_id: int, entries: Iterable[tuple[int, int, str]]) -> None:
        """Put papers into a list that are not in it, each with its position and the time it was put there."""
        for paper, position, added in entries:
            step.insert("list_entries", {"list": list_id, "paper": paper, "position": position, "added": added})

    def joined(self, keys: Collection[str]) -> set[str]:
        """Those of the keys under which a record is kept that was joined to a paper."""
        sql = "select key from joined where key in (select value from json_each(?))"
        return {row[0] for row in self._database.rows(sql, (json.dumps(list(keys)),))}
