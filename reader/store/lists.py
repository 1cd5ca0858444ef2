"""Reading lists: which there are, what is in them and in which order."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.store.database import Database
from reader.store.papers import HORIZON

if TYPE_CHECKING:
    from reader.store.journal import Recorder


@dataclass(frozen=True, slots=True)
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

    def rearrange(self, step: Recorder, list_id: int, papers: Sequence[int]) -> bool:
        """Put the papers of a list into that order; whether it was another one."""
        if list(self.entries(list_id)) == list(papers):
            return False
        for position, paper in enumerate(papers, start=1):
            step.update("list_entries", {"list": list_id, "paper": paper}, {"position": position})
        return True

    def remove(self, step: Recorder, list_id: int, papers: Sequence[int]) -> int:
        """Take papers out of a list. Gives how many were in it."""
        present = self.holding(list_id, papers)
        for paper in sorted(present):
            step.delete("list_entries", {"list": list_id, "paper": paper})
        return len(present)
