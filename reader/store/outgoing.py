"""Reading a library as it is carried to another one: in an order and with names that do not depend on its ids."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from reader.store.database import Database
from reader.store.papers import Papers
from reader.store.records import damaged, decode_record, stored_date
from reader.store.saved_searches import SavedSearches
from reader.transfer import (
    Carried,
    CarriedEntry,
    CarriedJoin,
    CarriedList,
    CarriedPaper,
    CarriedSearch,
    CarriedSighting,
    CarriedSource,
    Place,
)

_PAGE = 500
"""Papers read at once, so that memory stays flat."""
_GIVEN = "(select value from json_each(?))"
_COMPLETE = "step not in (select id from steps where state = 'pending')"


class Outgoing:
    """What of a library is carried to another one."""

    def __init__(self, database: Database) -> None:
        """Read from that library."""
        self._database = database

    def carried(self, papers: Sequence[int], *, whole: bool) -> Iterator[Carried]:
        """Lists, sources and searches, then those papers in the order given.

        Args:
            papers: their ids; those that are gone are left out.
            whole: every list, source and search, not only the lists and sources of those papers.
        """
        yield from self._lists(papers, whole=whole)
        numbers: dict[int, int] = {}
        for id_, source in self._sources(papers, whole=whole):
            numbers[id_] = source.number
            yield source
        if whole:
            yield from (CarriedSearch(each.name, each.query) for each in SavedSearches(self._database).all())
        for start in range(0, len(papers), _PAGE):
            yield from self._papers(papers[start : start + _PAGE], numbers)

    def made(self) -> Iterator[Carried]:
        """What users made: every list and search, the papers in a list or with a tag, a note or a mark, their sources.

        Nothing where there is but an empty list "Bookmarks".
        """
        papers = self._database.ids(
            "select paper from list_entries union select paper from tags union select paper from notes "
            "union select paper from marks order by paper"
        )
        lists = self._lists((), whole=True)
        searches = [CarriedSearch(each.name, each.query) for each in SavedSearches(self._database).all()]
        if papers or searches or len(lists) > 1:
            yield from lists
            yield from searches
            yield from (each for each in self.carried(papers, whole=False) if not isinstance(each, CarriedList))

    def _lists(self, papers: Sequence[int], *, whole: bool) -> list[CarriedList]:
        chosen = "" if whole else f"where id in (select list from list_entries where paper in {_GIVEN}) "
        sql = f"select name from lists {chosen}order by position, id"
        return [CarriedList(name) for (name,) in self._database.rows(sql, () if whole else (_given(papers),))]

    def _sources(self, papers: Sequence[int], *, whole: bool) -> Iterator[tuple[int, CarriedSource]]:
        seen_in = " union ".join(
            f"select source from {table} where paper in {_GIVEN}" for table in ("sightings", "joined")
        )
        chosen = "" if whole else f"and id in ({seen_in}) "
        found = self._database.rows(
            "select id, digest, name, kind, page_date, page_date_inferred, page_year, day, seen from sources "
            f"where {_COMPLETE} {chosen}order by id",
            () if whole else (_given(papers),) * 2,
        )
        for number, (id_, digest, name, kind, page_date, inferred, year, day, seen) in enumerate(found, 1):
            yield (
                id_,
                CarriedSource(
                    number=number,
                    digest=digest,
                    name=name,
                    kind=kind,
                    page_date=stored_date(page_date),
                    page_date_inferred=bool(inferred),
                    page_year=year,
                    day=_day(day),
                    seen=seen,
                ),
            )

    def _papers(self, page: Sequence[int], numbers: Mapping[int, int]) -> Iterator[CarriedPaper]:
        ids: dict[str, int] = {}
        places: dict[int, Place] = {}
        for id_, key, day, rank in self._rows("select id, key, day, rank from papers where id in", page):
            ids[key], places[id_] = id_, Place(_day(day), rank)
        names = self._by_paper("select paper, value from identifiers where paper in", "value", page)
        entries = self._entries(page)
        sightings = self._sightings(page, numbers)
        joined = self._joined(page, numbers)
        noted = dict(self._rows("select paper, changed from notes where paper in", page))
        for stored in Papers(self._database).stream(page):
            id_ = ids[stored.key]
            yield CarriedPaper(
                stored=stored,
                names=tuple(value for (value,) in names.get(id_, ())),
                sightings=sightings.get(id_, ()),
                entries=entries.get(id_, ()),
                noted=noted.get(id_),
                joined=joined.get(id_, ()),
                place=None if id_ in sightings else places[id_],
            )

    def _entries(self, page: Sequence[int]) -> dict[int, tuple[CarriedEntry, ...]]:
        found = self._by_paper(
            "select paper, name, e.position, added from list_entries e join lists on lists.id = list where paper in",
            "lists.position, lists.id",
            page,
        )
        return {paper: tuple(CarriedEntry(*row) for row in rows) for paper, rows in found.items()}

    def _sightings(self, page: Sequence[int], numbers: Mapping[int, int]) -> dict[int, tuple[CarriedSighting, ...]]:
        found = self._by_paper(
            "select paper, source, rank, printed, comments, upvotes from sightings where paper in", "source", page
        )
        return {
            paper: tuple(
                CarriedSighting(numbers[source], rank, stored_date(printed), comments, upvotes)
                for source, rank, printed, comments, upvotes in rows
                if source in numbers
            )
            for paper, rows in found.items()
        }

    def _joined(self, page: Sequence[int], numbers: Mapping[int, int]) -> dict[int, tuple[CarriedJoin, ...]]:
        found = self._by_paper(
            "select paper, key, source, rank, record, before from joined where paper in", "key", page
        )
        return {
            paper: tuple(
                CarriedJoin(key, numbers[source], rank, decode_record(record), decode_record(before))
                for key, source, rank, record, before in rows
                if source in numbers
            )
            for paper, rows in found.items()
        }

    def _by_paper(self, sql: str, order: str, page: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
        found = self._database.rows(f"{sql} {_GIVEN} order by paper, {order}", (_given(page),))
        return {paper: [row[1:] for row in rows] for paper, rows in groupby(found, key=lambda row: row[0])}

    def _rows(self, sql: str, page: Sequence[int]) -> list[tuple[Any, ...]]:
        return self._database.rows(f"{sql} {_GIVEN}", (_given(page),))


def _given(ids: Sequence[int]) -> str:
    return json.dumps(ids.tolist() if isinstance(ids, array) else list(ids))


def _day(number: int) -> date:
    """The day that the store sorts as 20260131. Raises `LibraryError` where it is damaged."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError as error:
        raise damaged(error) from error
