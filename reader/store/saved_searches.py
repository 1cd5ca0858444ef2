"""Searches that a user keeps under a name, in an order of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.store.database import Database

if TYPE_CHECKING:
    from reader.store.journal import Recorder


@frozen
class SavedSearch:
    """A query with the name it is kept under."""

    id: int
    name: str
    query: str


class SavedSearches:
    """The saved searches of a library; changes are made inside the transaction of the step given."""

    def __init__(self, database: Database) -> None:
        """Read and write those of that library."""
        self._database = database

    def all(self) -> list[SavedSearch]:
        """Every saved search in the user's order."""
        found = self._database.rows("select id, name, query from saved_searches order by position, id")
        return [SavedSearch(*row) for row in found]

    def find(self, name: str) -> SavedSearch | None:
        """The saved search of that name, whatever the case of its letters."""
        return next((found for found in self.all() if found.name.casefold() == name.casefold()), None)

    def save(self, step: Recorder, name: str, query: str) -> bool:
        """Keep a query under a name, instead of the one kept there; whether that changes anything."""
        if (found := self.find(name)) is not None:
            step.update("saved_searches", {"id": found.id}, {"query": query})
            return found.query != query
        new, position = self._database.rows(
            "select coalesce(max(id), 0) + 1, coalesce(max(position), 0) + 1 from saved_searches"
        )[0]
        step.insert("saved_searches", {"id": new, "name": name, "query": query, "position": position})
        return True

    def rename(self, step: Recorder, search: int, name: str) -> None:
        """Give a saved search another name, which no other may have."""
        step.update("saved_searches", {"id": search}, {"name": name})

    def forget(self, step: Recorder, search: int) -> None:
        """Forget a saved search."""
        step.delete("saved_searches", {"id": search})
