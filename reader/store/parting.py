"""Papers that were merged by hand, and the way back: what the one that went had is kept, and given back to it.

What came since the merge stays with the paper that it came to; what went since is not brought back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reader.paper import Paper
from reader.store.annotations import joined_note
from reader.store.database import Database
from reader.store.journal import Recorder
from reader.store.placing import PLACE, place
from reader.store.records import decode_record, encode_record

_Rows = Sequence[Mapping[str, Any]]
_LED_HERE = (("identifiers", "value"), ("joined", "key"), ("merged", "id"))
"""Tables with rows that lead to a paper, and the columns that name a row."""

_ANNOTATIONS = ("tags", "notes", "marks")


@dataclass(frozen=True, slots=True)
class Had:
    """What a paper had when it was merged into another, as rows of the tables of these names.

    Attributes:
        led_here: by table, the names of the rows that led to it.
        shared: how the other was seen on pages that showed both.
        listed: the lists that the other was in.
        place: where the other stood, if nothing showed it.
        annotations: its tags, notes and marks, by table.
        annotated: those that the other had.
    """

    papers: Mapping[str, Any]
    texts: Mapping[str, Any]
    sightings: _Rows
    list_entries: _Rows
    led_here: Mapping[str, Sequence[Any]]
    shared: _Rows
    listed: Sequence[int]
    place: Mapping[str, Any] | None
    annotations: Mapping[str, _Rows]
    annotated: Mapping[str, _Rows]


@dataclass(frozen=True, slots=True)
class Merged:
    """A paper that went into another one: both as they were before, and what the one that went had."""

    id: int
    key: str
    paper: int
    before: Paper
    gone: Paper
    had: Had


class Parting:
    """Merges made by hand, inside the transaction of the step given to each method."""

    def __init__(self, database: Database) -> None:
        """Change that library."""
        self._database = database

    def remember(self, step: Recorder, keep: int, gone: int, *, before: Paper, went: Paper) -> None:
        """Keep what a paper has, before it goes into another one."""
        (row,) = self._rows("papers", "id = ?", gone)
        (texts,) = self._rows("texts", "paper = ?", gone)
        both = "source in (select source from sightings where paper = ?)"
        (stood,) = self._rows("papers", "id = ?", keep)
        seen = bool(self._rows("sightings", "paper = ?", keep))
        had = {
            "papers": row,
            "texts": texts,
            "sightings": self._rows("sightings", "paper = ?", gone),
            "list_entries": self._rows("list_entries", "paper = ?", gone),
            "led_here": {
                table: [each[name] for each in self._rows(table, "paper = ?", gone)] for table, name in _LED_HERE
            },
            "shared": self._rows("sightings", f"paper = ? and {both}", keep, gone),
            "listed": [each["list"] for each in self._rows("list_entries", "paper = ?", keep)],
            "annotations": self._annotations(gone),
            "annotated": self._annotations(keep),
            "place": None if seen else {name: stood[name] for name in PLACE},
        }
        step.insert(
            "merged",
            {
                "id": 1 + self._database.value("select coalesce(max(id), 0) from merged"),
                "key": row["key"],
                "paper": keep,
                "before": encode_record(before),
                "had": json.dumps({"record": encode_record(went), **had}, ensure_ascii=False),
            },
        )

    def merged(self, paper: int) -> list[Merged]:
        """What was merged into a paper by hand, the last first; what had gone into one of these goes with it."""
        found = []
        for id_, key, before, encoded in self._database.rows(
            "select id, key, before, had from merged where paper = ? order by id desc", (paper,)
        ):
            had = json.loads(encoded)
            went = decode_record(had.pop("record"))
            found.append(Merged(id_, key, paper, decode_record(before), went, Had(**had)))
        within = {id_ for each in found for id_ in each.had.led_here["merged"]}
        return [each for each in found if each.id not in within]

    def part(self, step: Recorder, merged: Merged) -> int:
        """Give a paper back what it had, under its own id if no other has that by now; gives the id."""
        new, had = self._free(merged.had.papers["id"]), merged.had
        step.delete("merged", {"id": merged.id})
        step.delete("identifiers", {"value": merged.key})
        step.insert("papers", {**had.papers, "id": new})
        step.insert("texts", {**had.texts, "paper": new})
        for table, name in _LED_HERE:
            for value in had.led_here[table]:
                if self._rows(table, f"{name} = ? and paper = ?", value, merged.paper):
                    step.update(table, {name: value}, {"paper": new})
        self._part_sightings(step, merged, new)
        self._part_lists(step, merged, new)
        self._part_annotations(step, merged, new)
        if had.place is not None and not self._rows("sightings", "paper = ?", merged.paper):
            step.update("papers", {"id": merged.paper}, had.place)
        place(self._database, [merged.paper, new])
        return new

    def _part_sightings(self, step: Recorder, merged: Merged, new: int) -> None:
        shared = {row["source"]: row for row in merged.had.shared}
        for row in merged.had.sightings:
            source = row["source"]
            for now in self._rows("sightings", "source = ? and paper = ?", source, merged.paper):
                if source not in shared:
                    step.delete("sightings", {"source": source, "paper": merged.paper})
                    step.insert("sightings", {**now, "paper": new})
                    continue
                step.insert("sightings", {**row, "paper": new})
                for name in ("comments", "upvotes"):
                    own = shared[source][name]
                    if now[name] == max((n for n in (own, row[name]) if n is not None), default=None):
                        step.update("sightings", {"source": source, "paper": merged.paper}, {name: own})

    def _part_lists(self, step: Recorder, merged: Merged, new: int) -> None:
        for row in merged.had.list_entries:
            for now in self._rows("list_entries", "list = ? and paper = ?", row["list"], merged.paper):
                if row["list"] in merged.had.listed:
                    step.insert("list_entries", {**row, "paper": new})
                else:
                    step.delete("list_entries", {"list": row["list"], "paper": merged.paper})
                    step.insert("list_entries", {**now, "paper": new})

    def _part_annotations(self, step: Recorder, merged: Merged, new: int) -> None:
        """Give back tags, notes and marks; what the other got by the merge goes, unless it was changed since."""
        had, other, now = merged.had.annotations, merged.had.annotated, self._annotations(merged.paper)
        for table in _ANNOTATIONS:
            for row in had[table]:
                step.insert(table, {**row, "paper": new})
        own = {row["folded"] for row in other["tags"]}
        for row in had["tags"]:
            if row["folded"] not in own:
                step.delete("tags", {"paper": merged.paper, "folded": row["folded"]})
        for table in ("notes", "marks"):
            if had[table] and now[table] and _united(table, other[table], had[table]) == _value(table, now[table][0]):
                step.delete(table, {"paper": merged.paper})
                for row in other[table]:
                    step.insert(table, row)

    def _annotations(self, paper: int) -> dict[str, _Rows]:
        return {table: self._rows(table, "paper = ?", paper) for table in _ANNOTATIONS}

    def _free(self, wanted: int) -> int:
        if self._database.row("select 1 from papers where id = ?", (wanted,)) is None:
            return wanted
        return 1 + int(self._database.value("select max(id) from papers"))

    def _rows(self, table: str, condition: str, *values: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - as columns hold
        columns = [name for (name,) in self._database.rows("select name from pragma_table_info(?)", (table,))]
        found = self._database.rows(f"select {', '.join(columns)} from {table} where {condition}", values)
        return [dict(zip(columns, row, strict=True)) for row in found]


def _value(table: str, row: Mapping[str, Any]) -> object:
    return row["text"] if table == "notes" else (row["read"], row["dismissed"])


def _united(table: str, one: _Rows, other: _Rows) -> object:
    """What a note or marks became when two papers were united of which the second had some."""
    if table == "notes":
        return joined_note(one[0]["text"] if one else None, other[0]["text"])
    both = (*one, *other)
    return max(row["read"] for row in both), max(row["dismissed"] for row in both)
