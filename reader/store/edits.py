"""Changes of whole papers and sources, row by row, so that the journal can take each of them back.

A paper's place in the default order and its counts follow from where it was seen (`place`); they are never recorded.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from reader.paper import Paper
from reader.store.database import Database
from reader.store.journal import Recorder
from reader.store.papers import columns_of, decode_record, encode_record
from reader.store.placing import place

_DEPENDENT = (
    ("joined", "key"),
    ("list_entries", "list, paper"),
    ("sightings", "source, paper"),
    ("identifiers", "value"),
)
"""Tables with rows about a paper in their column `paper`, and the columns that name a row."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A record that was joined to a paper, with its own key, and that paper as it was before: what splitting needs."""

    key: str
    paper: int
    source: int
    rank: int
    record: Paper
    before: Paper


class Edits:
    """Uniting and removing papers, and removing sources."""

    def __init__(self, database: Database) -> None:
        """Change that library, inside the transaction of the step given to each method."""
        self._database = database

    def unite(self, step: Recorder, keep: int, gone: int) -> None:
        """Make two papers one: everything that leads to, shows or lists the second leads to the first from now on."""
        key = self._database.value("select key from papers where id = ?", (gone,))
        for source, rank, printed, comments, upvotes in self._database.rows(
            "select source, rank, printed, comments, upvotes from sightings where paper = ?1 "
            "and source not in (select source from sightings where paper = ?2)",
            (gone, keep),
        ):
            row = {"source": source, "paper": keep, "rank": rank, "printed": printed}
            step.insert("sightings", {**row, "comments": comments, "upvotes": upvotes})
        for list_id, position, added in self._database.rows(
            "select list, position, added from list_entries where paper = ?1 "
            "and list not in (select list from list_entries where paper = ?2)",
            (gone, keep),
        ):
            step.insert("list_entries", {"list": list_id, "paper": keep, "position": position, "added": added})
        for table, name in (("identifiers", "value"), ("joined", "key")):
            for (value,) in self._database.rows(f"select {name} from {table} where paper = ?", (gone,)):
                step.update(table, {name: value}, {"paper": keep})
        self.remove(step, gone)
        if key is not None:
            step.insert("identifiers", {"value": key, "paper": keep})
        place(self._database, [keep])

    def join(self, step: Recorder, joined: Joined) -> None:
        """Remember a record that was taken for a paper, so that `split` can bring it back."""
        row = {"key": joined.key, "paper": joined.paper, "source": joined.source, "rank": joined.rank}
        texts = {"record": encode_record(joined.record), "before": encode_record(joined.before)}
        step.delete("joined", {"key": joined.key})
        step.insert("joined", {**row, **texts})

    def joined(self, paper: int) -> list[Joined]:
        """The records that were joined to a paper."""
        found = self._database.rows("select key, source, rank, record, before from joined where paper = ?", (paper,))
        return [
            Joined(key, paper, source, rank, decode_record(record), decode_record(before))
            for key, source, rank, record, before in found
        ]

    def first_sighting(self, paper: int) -> tuple[int, int] | None:
        """The source a paper was first seen in, and its rank there; None where it was seen nowhere."""
        sql = "select source, rank from sightings where paper = ? order by source limit 1"
        found: tuple[int, int] | None = self._database.row(sql, (paper,))
        return found

    def become(self, step: Recorder, paper: int, after: Paper) -> None:
        """Give a paper other columns and texts."""
        step.update("papers", {"id": paper}, columns_of(after))
        step.update("texts", {"paper": paper}, {"abstract": after.abstract, "summary": after.summary})

    def split(self, step: Recorder, joined: Joined, names: Iterable[str]) -> int:
        """Make a paper of a record that was joined to another, found by those names from now on; gives its id."""
        new = int(self._database.value("select coalesce(max(id), 0) + 1 from papers"))
        day = self._database.value("select day from sources where id = ?", (joined.source,))
        step.delete("joined", {"key": joined.key})
        row = {"id": new, "key": joined.key, "day": day, "rank": joined.rank, "step": step.id}
        step.insert("papers", {**row, **columns_of(joined.record)})
        step.insert("texts", {"paper": new, "abstract": joined.record.abstract, "summary": joined.record.summary})
        step.delete("identifiers", {"value": joined.key})
        for name in names:
            step.delete("identifiers", {"value": name})
            step.insert("identifiers", {"value": name, "paper": new})
        step.delete("sightings", {"source": joined.source, "paper": joined.paper})
        counts = {"comments": joined.record.comments, "upvotes": joined.record.upvotes}
        sighting = {"source": joined.source, "paper": new, "rank": joined.rank, "printed": None}
        step.insert("sightings", {**sighting, **counts})
        place(self._database, [joined.paper, new])
        return new

    def remove(self, step: Recorder, paper: int) -> None:
        """Remove a paper with all that hangs on it."""
        for table, names in _DEPENDENT:
            for values in self._database.rows(f"select {names} from {table} where paper = ?", (paper,)):
                step.delete(table, dict(zip(names.split(", "), values, strict=True)))
        step.delete("texts", {"paper": paper})
        step.delete("papers", {"id": paper})

    def remove_source(self, step: Recorder, source: int) -> int:
        """Forget a source, with the papers seen nowhere else that the user left alone; gives how many went."""
        seen = [row[0] for row in self._database.rows("select paper from sightings where source = ?", (source,))]
        lonely = self.only_in(source)
        for paper in lonely:
            self.remove(step, paper)
        gone = set(lonely)
        left = [paper for paper in seen if paper not in gone]
        for paper in left:
            step.delete("sightings", {"source": source, "paper": paper})
        for (key,) in self._database.rows("select key from joined where source = ?", (source,)):
            step.delete("joined", {"key": key})
        step.delete("sources", {"id": source})
        place(self._database, left)
        return len(lonely)

    def only_in(self, source: int) -> array[int]:
        """The papers that were seen in that source alone and that the user did nothing with."""
        found = self._database.rows(
            "select paper from sightings s where source = ?1 "
            "and not exists (select 1 from sightings o where o.paper = s.paper and o.source <> ?1) "
            "and not exists (select 1 from list_entries l where l.paper = s.paper)",
            (source,),
        )
        return array("q", [row[0] for row in found])
