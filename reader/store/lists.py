"""Reading lists: which there are, what is in them and in which order."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.store.database import Database
from reader.store.orders import HORIZON

if TYPE_CHECKING:
    from reader.store.journal import Recorder


@frozen
class ReadingList:
    """A reading list with the number of papers in it."""

    id: int
    name: str
    count: int


class ReadingLists:
    """The reading lists of a library."""

    def __init__(self, database: Database) -> None:
        """Read and write the lists of that library."""
        self._database = database

    def all(self) -> list[ReadingList]:
        """Every list in the user's order, "Bookmarks" first."""
        found = self._database.rows(
            f"select id, name, (select count(*) from list_entries where list = lists.id and paper < {HORIZON}) "
            "from lists order by position, id"
        )
        return [ReadingList(*row) for row in found]

    def find(self, name: str) -> ReadingList | None:
        """The list of that name, whatever the case of its letters."""
        return next((found for found in self.all() if found.name.casefold() == name.casefold()), None)

    def called(self, name: str) -> ReadingList | None:
        """The list of that name, or else the one that last had it and was renamed, as far as the journal goes back."""
        found = self.find(name)
        if found is not None:
            return found
        renamings = self._database.rows(
            "select json_extract(before, '$.name'), json_extract(before, '$.id') from changes where tbl = 'lists' "
            "and before is not null and json_extract(after, '$.name') is not null "
            "and step in (select id from steps where state = 'done') order by step desc, n desc"
        )
        ids = {each.id: each for each in self.all()}
        return next((ids[id_] for old, id_ in renamings if old.casefold() == name.casefold() and id_ in ids), None)

    def entries(self, list_id: int) -> array[int]:
        """The ids of a list's papers in its order."""
        found = self._database.rows(
            f"select paper from list_entries where list = ? and paper < {HORIZON} order by position, paper", (list_id,)
        )
        return array("q", [row[0] for row in found])

    def holding(self, list_id: int, papers: Sequence[int]) -> set[int]:
        """Which of those papers are in that list."""
        found = self._database.rows(
            "select paper from list_entries where list = ? and paper in (select value from json_each(?))",
            (list_id, json.dumps(list(papers))),
        )
        return {row[0] for row in found}

    def counts_of(self, papers: Sequence[int]) -> dict[int, int]:
        """The ids of the lists that any of those papers is in, with how many of them are in it."""
        sql = "select list, count(*) from list_entries where paper in (select value from json_each(?)) group by list"
        return dict(self._database.rows(sql, (json.dumps(list(papers)),)))

    def make(self, step: Recorder, name: str) -> int:
        """Make a list after all others and give its id."""
        new, position = self._database.rows(
            "select coalesce(max(id), 0) + 1, coalesce(max(position), 0) + 1 from lists"
        )[0]
        step.insert("lists", {"id": new, "name": name, "position": position})
        return int(new)

    def add(self, step: Recorder, list_id: int, papers: Sequence[int], *, at: str) -> int:
        """Put papers at the end of a list, in the order given; those already in it stay. Gives how many were put."""
        present = self.holding(list_id, papers)
        last = self._database.value("select coalesce(max(position), 0) from list_entries where list = ?", (list_id,))
        new = [paper for paper in dict.fromkeys(papers) if paper not in present]
        for position, paper in enumerate(new, start=last + 1):
            step.insert("list_entries", {"list": list_id, "paper": paper, "position": position, "added": at})
        return len(new)

    def rename(self, step: Recorder, list_id: int, name: str) -> None:
        """Give a list another name, which no other may have."""
        step.update("lists", {"id": list_id}, {"name": name})

    def delete(self, step: Recorder, list_id: int) -> int:
        """Delete a list; its papers stay in the library. Gives how many were in it."""
        entries = self._database.rows("select paper from list_entries where list = ? order by position", (list_id,))
        for (paper,) in entries:
            step.delete("list_entries", {"list": list_id, "paper": paper})
        step.delete("lists", {"id": list_id})
        return len(entries)

    def place(self, step: Recorder, list_id: int, place: int) -> bool:
        """Put a list at that place among all, from 0, or the nearest there is; whether that changes anything."""
        before = self._positions("lists order by position, id", "id")
        ids = [known for known, _ in before]
        ids.remove(list_id)
        ids.insert(place, list_id)
        moved = _repositioned(before, ids)
        for known, position in moved:
            step.update("lists", {"id": known}, {"position": position})
        return bool(moved)

    def arrange(self, step: Recorder, list_id: int, papers: Sequence[int]) -> int:
        """Give a list's papers that order. Those that are not named stay behind them. Gives how many moved."""
        before = self._positions("list_entries where list = ? order by position, paper", "paper", list_id)
        present = {paper for paper, _ in before}
        named = [paper for paper in dict.fromkeys(papers) if paper in present]
        rest = present.difference(named)
        moved = _repositioned(before, [*named, *(paper for paper, _ in before if paper in rest)])
        for paper, position in moved:
            step.update("list_entries", {"list": list_id, "paper": paper}, {"position": position})
        return len(moved)

    def _positions(self, rows: str, name: str, *values: int) -> list[tuple[int, int]]:
        return self._database.rows(f"select {name}, position from {rows}", values)

    def remove(self, step: Recorder, list_id: int, papers: Sequence[int]) -> int:
        """Take papers out of a list. Gives how many were in it."""
        present = self.holding(list_id, papers)
        for paper in sorted(present):
            step.delete("list_entries", {"list": list_id, "paper": paper})
        return len(present)


def _repositioned(before: Sequence[tuple[int, int]], order: Sequence[int]) -> list[tuple[int, int]]:
    """Which rows get which positions so that they stand in that order, as few as possible where positions differ."""
    known = dict(before)
    free = sorted(known.values())
    if len(set(free)) < len(free):  # two rows that came from different places may share one
        free = list(range(1, len(free) + 1))
    return [(row, position) for row, position in zip(order, free, strict=True) if known[row] != position]
