"""Papers by what is not their text: tags, lists, sources, categories, dates, states.

Each is asked of one paper at a time by an index, and, where few papers have it, found by another. Papers of an import
under way may be among those; who asks passes over them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from reader.frozen import frozen
from reader.store.conditions import Condition
from reader.store.database import Database

_AMONG = "in (select value from json_each(?))"
_NAMED: Mapping[str, tuple[str, str]] = {
    "tag": ("tags", f"folded in (select folded from tags where tag {_AMONG})"),
    "list": ("list_entries", f"list in (select id from lists where name {_AMONG})"),
    "category": ("categories", f"category {_AMONG}"),
    "source": ("sightings", f"source in (select id from sources where name {_AMONG})"),
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
_STATES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("is", "bookmarked"): ("list_entries", "true"),
    ("is", "read"): ("marks", "read"),
    ("is", "dismissed"): ("marks", "dismissed"),
    ("has", "code"): ("papers", f"({_CODE})"),  # word for word as the index `papers_with_code` has it
    ("has", "note"): ("notes", "true"),
    ("has", "tag"): ("tags", "true"),
}


@frozen
class Trait:
    """What some papers have: to be named by those rows of a table."""

    table: str
    where: str
    parameters: tuple[Any, ...] = ()

    @property
    def condition(self) -> Condition:
        """To have it: looked up for one paper at a time."""
        test = f"exists (select 1 from {self.table} where {self.where} and {self.paper} = {{paper}})"
        return Condition(test, self.parameters)

    @property
    def paper(self) -> str:
        """The column that names the paper."""
        return "id" if self.table == "papers" else "paper"


def named(field: str, names: Iterable[str]) -> Trait:
    """To have one of those tags or categories, or to be of one of those lists or sources, as `names` gives them."""
    table, where = _NAMED[field]
    return Trait(table, where, (json.dumps(list(names)),))


def in_state(field: str, state: str) -> Trait:
    """To be bookmarked, read or dismissed, or to have code, a note or a tag."""
    return Trait(*_STATES[field, state])


def of_source(source: int) -> Trait:
    """To be on the page of that source."""
    return Trait("sightings", "source = ?", (source,))


def published(first: str, before: str) -> Trait:
    """To be published on the day `first` or later, and before the day `before`; "" is no limit.

    Digits come after the dash that dates without a year begin with, and before the colon.
    """
    return Trait("papers", "published >= ? and published < ?", (first or "0", before or ":"))


class Filters:
    """What a library's papers can be filtered by."""

    def __init__(self, database: Database) -> None:
        """Read from that library."""
        self._database = database

    def names(self, field: str) -> list[str]:
        """The tags, lists, categories, sources or years that there are, as people write them."""
        return [row[0] for row in self._database.rows(_NAMES[field])]

    def few(self, trait: Trait, *, most: int) -> frozenset[int] | None:
        """The ids of the papers that have it, or None where there are more than that."""
        sql = f"select distinct {trait.paper} from {trait.table} where {trait.where} limit ?"
        found = self._database.ids(sql, (*trait.parameters, most + 1))
        return frozenset(found) if len(found) <= most else None

    def notes(self) -> list[tuple[int, str]]:
        """Every note with the id of its paper."""
        return self._database.rows("select paper, text from notes")
