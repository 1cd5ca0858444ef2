"""Changes of whole papers and sources, row by row, so that the journal can take each of them back.

A paper's place in the default order and its counts follow from where it was seen (`place`); they are never recorded.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.paper import Paper
from reader.store.annotations import UNTOUCHED, Annotations
from reader.store.database import Database
from reader.store.journal import Recorder
from reader.store.placing import PLACE, place
from reader.store.records import columns_of, decode_record, encode_record

_DEPENDENT = (
    ("merged", "id"),
    ("joined", "key"),
    ("list_entries", "list, paper"),
    ("tags", "paper, folded"),
    ("notes", "paper"),
    ("marks", "paper"),
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
        seen_nowhere = self.first_sighting(keep) is None
        for source, *counts in self._database.rows(
            "select k.source, k.comments, k.upvotes, g.comments, g.upvotes from sightings k "
            "join sightings g on g.source = k.source and g.paper = ?1 where k.paper = ?2",
            (gone, keep),
        ):  # a page that prints both prints the counts twice
            larger = {"comments": _larger(counts[0], counts[2]), "upvotes": _larger(counts[1], counts[3])}
            step.update("sightings", {"source": source, "paper": keep}, larger)
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
        Annotations(self._database).unite(step, keep, gone)
        for table, name in (("identifiers", "value"), ("joined", "key"), ("merged", "id")):
            for (value,) in self._database.rows(f"select {name} from {table} where paper = ?", (gone,)):
                step.update(table, {name: value}, {"paper": keep})
        self.remove(step, gone)
        if key is not None:
            step.insert("identifiers", {"value": key, "paper": keep})
        if seen_nowhere:  # its place follows from nothing that undo could put back
            step.pin("papers", {"id": keep}, PLACE)
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
        """Give a paper other columns and texts; its counts stay those of the pages it was seen on."""
        columns = columns_of(after)
        if self.first_sighting(paper) is not None:
            del columns["comments"], columns["upvotes"]
        step.update("papers", {"id": paper}, columns)
        step.update("texts", {"paper": paper}, {"abstract": after.abstract, "summary": after.summary})

    def add(self, step: Recorder, key: str, paper: Paper, names: Iterable[str], *, day: int, rank: int) -> int:
        """Make a paper that no source shows, found by those names as far as they lead to no other; gives its id."""
        new = int(self._database.value("select coalesce(max(id), 0) + 1 from papers"))
        row = {"id": new, "key": key, "day": day, "rank": rank, "step": step.id}
        step.insert("papers", {**row, **columns_of(paper)})
        step.insert("texts", {"paper": new, "abstract": paper.abstract, "summary": paper.summary})
        for name in dict.fromkeys(names):
            if name != key and self._database.value("select 1 from identifiers where value = ?", (name,)) is None:
                step.insert("identifiers", {"value": name, "paper": new})
        return new

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
        sighting = {"source": joined.source, "paper": joined.paper}
        seen = self._database.row(
            "select printed from sightings where source = :source and paper = :paper and rank = :rank",
            {**sighting, "rank": joined.rank},
        )
        if seen is not None:  # the page shows the record, and not the paper it was taken for
            step.delete("sightings", sighting)
        counts = {"comments": joined.record.comments, "upvotes": joined.record.upvotes}
        shown = {"source": joined.source, "paper": new, "rank": joined.rank, "printed": seen and seen[0]}
        step.insert("sightings", {**shown, **counts})
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
        """Forget a source, with the papers seen nowhere else that the user left alone. Gives how many papers went."""
        gone = self.forget(step, source, self._seen_in(source))
        self._remove_row(step, source)
        return gone

    def withdraw(self, step: Recorder, sources: Sequence[int]) -> None:
        """Forget sources that came in one step, and leave their papers where the other pages put them."""
        left: set[int] = set()
        for source in sources:
            for paper in self._seen_in(source):
                step.delete("sightings", {"source": source, "paper": paper})
                left.add(paper)
            self._remove_row(step, source)
        place(self._database, left)

    def _seen_in(self, source: int) -> list[int]:
        return [row[0] for row in self._database.rows("select paper from sightings where source = ?", (source,))]

    def _remove_row(self, step: Recorder, source: int) -> None:
        for (key,) in self._database.rows("select key from joined where source = ?", (source,)):
            step.delete("joined", {"key": key})
        for (rejected,) in self._database.rows("select id from rejected where source = ?", (source,)):
            step.delete("rejected", {"id": rejected})
        step.delete("sources", {"id": source})

    def forget(self, step: Recorder, source: int, papers: Sequence[int]) -> int:
        """Forget that a source shows those papers; those go that are `only_in` it. Gives how many went."""
        lonely = set(self.only_in(source, papers))
        left = [paper for paper in papers if paper not in lonely]
        for paper in papers:
            if paper in lonely:
                self.remove(step, paper)
        for paper in left:
            step.delete("sightings", {"source": source, "paper": paper})
        place(self._database, left)
        return len(lonely)

    def unseen(self, papers: Sequence[int]) -> int:
        """How many of those papers are there although no source shows them: what the user did something with."""
        sql = (
            "select count(*) from papers p where id in (select value from json_each(?)) "
            "and not exists (select 1 from sightings s where s.paper = p.id)"
        )
        return int(self._database.value(sql, (json.dumps(list(papers)),)))

    def only_in(self, source: int, papers: Iterable[int] | None = None) -> array[int]:
        """The papers, all or of those given, that only that source shows and that the user did nothing with."""
        among = "" if papers is None else "and paper in (select value from json_each(?2)) "
        found = self._database.rows(
            f"select paper from sightings s where source = ?1 {among}"
            "and not exists (select 1 from sightings o where o.paper = s.paper and o.source <> ?1) "
            f"and {UNTOUCHED.format('s.paper')}",
            (source,) if papers is None else (source, json.dumps(list(papers))),
        )
        return array("q", [row[0] for row in found])

    def added_by(self, step: int) -> array[int]:
        """The papers that an import added, as far as no other source shows them and the user left them alone."""
        found = self._database.rows(
            "select p.id from imports i join papers p on p.id >= i.first_paper "
            "where i.step = ?1 and p.step = ?1 and not exists (select 1 from sightings s "
            "join sources o on o.id = s.source where s.paper = p.id and o.step <> ?1) "
            f"and {UNTOUCHED.format('p.id')}",
            (step,),
        )
        return array("q", [row[0] for row in found])


def _larger(one: int | None, other: int | None) -> int | None:
    return max((count for count in (one, other) if count is not None), default=None)
