"""Papers by what is not their text: tags, lists, sources, categories, dates, states. Each is found by an index.

Papers of an import under way may be among the ids; who asks passes over them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from reader.store.database import Database

_AMONG = "in (select value from json_each(?))"
_PAPERS: Mapping[str, str] = {
    "tag": f"select paper from tags where folded in (select folded from tags where tag {_AMONG})",
    "list": f"select paper from list_entries where list in (select id from lists where name {_AMONG})",
    "category": f"select paper from categories where category {_AMONG}",
    "source": f"select paper from sightings where source in (select id from sources where name {_AMONG})",
}
# One look-up a value, however many papers there are of each.
_CATEGORIES = (
    "with recursive seen (category) as (select min(category) from categories union all "
    "select (select min(category) from categories where category > seen.category) from seen "
    "where seen.category is not null) select category from seen where category is not null"
)
_YEARS = (
    "with recursive seen (year) as (select substr(max(published), 1, 4) from papers where published >= '0' union all "
    "select (select substr(max(published), 1, 4) from papers where published >= '0' and published < seen.year) "
    "from seen where seen.year is not null) select year from seen where year is not null"
)
_NAMES: Mapping[str, str] = {
    "tag": "select min(tag) from tags group by folded order by folded",
    "list": "select name from lists order by position, id",
    "category": _CATEGORIES,
    "source": "select distinct name from sources where step not in (select id from steps where state = 'pending') "
    "order by name",
    "year": _YEARS,
}
_CODE = "links like '%//github.com/%' or links like '%//gitlab.%' or links like '%//bitbucket.org/%' "
_CODE += "or links like '%//codeberg.org/%'"
_STATES: Mapping[tuple[str, str], str] = {
    ("is", "bookmarked"): "select distinct paper from list_entries",
    ("is", "read"): "select paper from marks where read",
    ("is", "dismissed"): "select paper from marks where dismissed",
    ("has", "code"): f"select id from papers where {_CODE}",  # word for word as the index `papers_with_code` has it
    ("has", "note"): "select paper from notes",
    ("has", "tag"): "select distinct paper from tags",
}


class Filters:
    """What a library's papers can be filtered by."""

    def __init__(self, database: Database) -> None:
        """Read from that library."""
        self._database = database

    def names(self, field: str) -> list[str]:
        """The tags, lists, categories, sources or years that there are, as people write them."""
        return [row[0] for row in self._database.rows(_NAMES[field])]

    def named(self, field: str, names: Iterable[str]) -> list[int]:
        """The ids of the papers with one of those tags, lists, categories or sources, written as `names` gives them."""
        return [row[0] for row in self._database.rows(_PAPERS[field], (json.dumps(list(names)),))]

    def in_state(self, field: str, state: str) -> list[int]:
        """The ids of the papers that are bookmarked, read or dismissed, or have code, a note or a tag."""
        return [row[0] for row in self._database.rows(_STATES[field, state])]

    def published(self, first: str, before: str) -> list[int]:
        """The ids of the papers published on the day `first` or later, and before the day `before`; "" is no limit."""
        rows = self._database.rows(
            "select id from papers where published >= ? and published < ?", (first or "0", before or ":")
        )  # digits come after the dash that dates without a year begin with, and before the colon
        return [row[0] for row in rows]

    def notes(self) -> list[tuple[int, str]]:
        """Every note with the id of its paper."""
        return self._database.rows("select paper, text from notes")
