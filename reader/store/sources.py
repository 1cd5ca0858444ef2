"""Where papers were seen, and what of those files could not be read."""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.paper import PartialDate
from reader.store.database import Database
from reader.store.numbering import next_number, take_numbers
from reader.store.records import stored_date

if TYPE_CHECKING:
    from reader.store.journal import Recorder

MOST_REJECTED = 1_000
"""Records kept of one file that could not be read; more of them say nothing new."""
LONGEST_REJECTED = 4_000
"""Characters kept of each."""


@frozen
class SourceRow:
    """A source with the number of its papers, and of those that were seen nowhere else.

    Attributes:
        id: what `reader sources remove` takes.
        seen: when it was imported, ISO 8601 in UTC.
    """

    id: int
    name: str
    kind: str
    page_date: PartialDate | None
    page_date_inferred: bool
    seen: str
    papers: int
    alone: int


@frozen
class RejectedRow:
    """A record that could not be read, or, without a line, a whole file."""

    file: str
    line: int | None
    reason: str
    text: str
    at: str


class Sources:
    """The sources of a library."""

    def __init__(self, database: Database) -> None:
        """Read and write the sources of that library."""
        self._database = database

    def all(self) -> list[SourceRow]:
        """Every source, the one imported last first."""
        found = self._database.rows(
            "select id, name, kind, page_date, page_date_inferred, seen, "
            "(select count(*) from sightings where source = s.id), "
            "(select count(*) from sightings a where a.source = s.id and not exists "
            "(select 1 from sightings b where b.paper = a.paper and b.source <> a.source)) "
            "from sources s where step not in (select id from steps where state = 'pending') order by id desc"
        )
        return [
            SourceRow(id_, name, kind, stored_date(page_date), bool(inferred), seen, papers, alone)
            for id_, name, kind, page_date, inferred, seen, papers, alone in found
        ]

    def find(self, wanted: str) -> list[tuple[int, str]]:
        """The ids and names of the sources that an id or a name stands for."""
        by_id = int(wanted) if wanted.isdecimal() and len(wanted) < 16 else -1
        name = os.fsencode(wanted).decode(errors="replace")  # as an import names a file whose name is no text
        return self._database.rows(
            "select id, name from sources where (id = ? or name = ?) "
            "and step not in (select id from steps where state = 'pending') order by id",
            (by_id, name),
        )

    def papers(self, source: int) -> array[int]:
        """The ids of a source's papers in the order of the page."""
        found = self._database.rows(
            "select paper from sightings where source = ? and paper < "
            "coalesce((select min(first_paper) from imports where step in "
            "(select id from steps where state = 'pending')), 1 << 62) order by rank, paper",
            (source,),
        )
        return array("q", [row[0] for row in found])

    def of_step(self, step: int) -> list[int]:
        """The sources that an import brought."""
        return [row[0] for row in self._database.rows("select id from sources where step = ?", (step,))]

    def reject(
        self,
        file: str,
        rejected: Sequence[tuple[int | None, str, str]],
        *,
        source: int | None,
        at: str,
        step: Recorder | None = None,
    ) -> None:
        """Keep what could not be read of a file, each with line, reason and text, instead of what was kept before.

        Args:
            file: the name of what was read, or of its content where the name says nothing.
            rejected: beyond `MOST_REJECTED` the rest is left out.
            source: the source that it goes with; None where the file as a whole could not be read.
            at: when, ISO 8601 in UTC.
            step: the step that this is part of, in its transaction; otherwise it cannot be undone.
        """
        if step is None:
            with self._database.transaction():
                self._database.run("delete from rejected where file = ? or source = ?", (file, source))
                self._insert(self._numbered(file, rejected, source, at))
            return
        for (id_,) in self._database.rows("select id from rejected where file = ? or source = ?", (file, source)):
            step.delete("rejected", {"id": id_})
        rows = self._numbered(file, rejected, source, at)
        if source in self.of_step(step.id):
            self._insert(rows)  # they go with the source
        else:
            for row in rows:
                step.insert("rejected", row)

    def _numbered(
        self, file: str, rejected: Sequence[tuple[int | None, str, str]], source: int | None, at: str
    ) -> list[dict[str, object]]:
        first = next_number(self._database, "rejected")
        rows: list[dict[str, object]] = [
            {"id": id_, "file": file, "source": source, "line": line, "reason": reason}
            | {"text": text[:LONGEST_REJECTED], "at": at}
            for id_, (line, reason, text) in enumerate(rejected[:MOST_REJECTED], first)
        ]
        take_numbers(self._database, "rejected", first + len(rows) - 1)
        return rows

    def _insert(self, rows: Sequence[dict[str, object]]) -> None:
        self._database.run_many(
            "insert into rejected (id, file, source, line, reason, text, at) values (?, ?, ?, ?, ?, ?, ?)",
            [tuple(row.values()) for row in rows],
        )

    def rejected(self) -> list[RejectedRow]:
        """All that could not be read, the file imported last first."""
        found = self._database.rows(
            "select file, line, reason, text, at from rejected where source is null or source in "
            "(select id from sources where step not in (select id from steps where state = 'pending')) "
            "order by at desc, file, line, id"
        )
        return [RejectedRow(*row) for row in found]
