"""Reading papers: by key, by page of ids, in every order. Papers of an import that is not complete are passed over."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.paper import Paper, PartialDate, Source, StoredPaper, parse_arxiv_id
from reader.store.database import Database
from reader.store.orders import DEFAULT_ORDER, HORIZON, ORDERS, ids_in_order, shown_where
from reader.store.records import COLUMNS, paper_of, stored_date

if TYPE_CHECKING:
    from reader.store.conditions import Condition
    from reader.store.ordered import Ordered

_GIVEN = "(select value from json_each(?))"

_MEASURED_KEPT = 4
"""Lists that are remembered as they were measured."""
_PAGE = 500
"""Papers read at once where many are asked for."""
_GLIMPSED = 320
"""Characters of an abstract that may be shown in a line: more than fit on the widest screens."""


@frozen
class PaperRow:
    """What a list shows of a paper."""

    id: int
    key: str
    title: str
    published: PartialDate | None
    published_inferred: bool
    bookmarked: bool
    read: bool = False
    dismissed: bool = False
    noted: bool = False
    tagged: bool = False


@frozen
class Glimpse:
    """What a list shows of a paper on a second line.

    Attributes:
        beginning: of the abstract, or of the summary where there is none.
        tags: as they were typed, in order.
        comments: how many there are, as far as known.
    """

    beginning: str
    tags: tuple[str, ...] = ()
    comments: int | None = None


@frozen
class Counts:
    """How much a library holds."""

    papers: int
    abstracts: int
    sources: int
    lists: int
    bookmarked: int
    tags: int
    notes: int
    read: int
    dismissed: int


class Papers:
    """The papers of a library, for reading."""

    def __init__(self, database: Database) -> None:
        """Read from that library."""
        self._database = database
        self._measured: dict[tuple[str, Condition], tuple[tuple[int, int], Ordered]] = {}

    def horizon(self) -> int:
        """The first id that is not to be shown: that of the first paper of an import under way."""
        return int(self._database.value(f"select {HORIZON}"))

    def ids(
        self, *, order: str = DEFAULT_ORDER, limit: int = -1, condition: Condition | None = None, dense: bool = True
    ) -> array[int]:
        """The ids of the papers that answer to a condition, in that order of `ORDERS`; a negative limit gives all.

        The first few are found at once where the papers that answer are `dense` among all, as they are to be found.
        """
        return ids_in_order(self._database, order, limit=limit, condition=condition, many=limit < 0 or not dense)

    def sorted_ids(
        self, ids: Iterable[int], *, order: str = DEFAULT_ORDER, condition: Condition | None = None
    ) -> array[int]:
        """Those ids of papers that are to be shown and answer to a condition, in that order of `ORDERS`."""
        where, parameters = shown_where(condition)
        sql = f"select p.id from json_each(?) j join papers p on p.id = j.value where {where} order by {ORDERS[order]}"
        return self._database.ids(sql, (json.dumps(list(ids)), *parameters))

    def measured(self, order: str, condition: Condition) -> Ordered | None:
        """The papers that answer to a condition, in that order, where that was measured and nothing changed since."""
        state, known = self._measured.get((order, condition), (None, None))
        return known if state == self._database.state() else None

    def measure(self, order: str, condition: Condition) -> Ordered:
        """The same, measured: a tenth of a second for a million papers. May be interrupted."""
        from reader.store.ordered import measure  # not for the first frame

        state, ordered = self._database.state(), measure(self._database, order, condition)
        self._measured[order, condition] = (state, ordered)
        while len(self._measured) > _MEASURED_KEPT:
            del self._measured[next(iter(self._measured))]
        return ordered

    def reading(self, ids: array[int] | Ordered) -> Sequence[int]:
        """Ids in order, read over this connection where they are not held."""
        if isinstance(ids, array):
            return ids
        from reader.store.ordered import OrderedIds

        return OrderedIds(self._database, ids)

    def added_since(self, at: str) -> array[int]:
        """The ids of the papers that reached the library at that moment or later, ISO 8601 in UTC."""
        sql = (
            "select p.id from papers p join steps on steps.id = p.step "
            f"where p.id < {HORIZON} and coalesce(p.added, steps.at) >= ? order by {ORDERS[DEFAULT_ORDER]}"
        )
        return array("q", [row[0] for row in self._database.rows(sql, (at,))])

    def total(self) -> int:
        """How many papers there are, more or less, at no cost: for weighing words, not for showing."""
        return int(self._database.value("select coalesce(max(id), 0) from papers"))

    def count(self) -> int:
        """How many papers there are."""
        hidden = f"(select count(*) from papers where id >= {HORIZON})"  # a narrow index has them all, but no bounds
        return int(self._database.value(f"select count(*) - {hidden} from papers"))

    def counts(self) -> Counts:
        """How much there is of everything."""
        with self._database.snapshot():
            return Counts(
                papers=self.count(),
                abstracts=self._database.value(
                    f"select count(*) from texts where abstract is not null and paper < {HORIZON}"
                ),
                sources=self._database.value(
                    "select count(*) from sources where step not in (select id from steps where state = 'pending')"
                ),
                lists=self._database.value("select count(*) from lists"),
                bookmarked=self._kept("count(distinct paper) from list_entries where true"),
                tags=self._kept("count(distinct folded) from tags where true"),
                notes=self._kept("count(*) from notes where true"),
                read=self._kept("count(*) from marks where read"),
                dismissed=self._kept("count(*) from marks where dismissed"),
            )

    def _kept(self, what: str) -> int:
        """Count what is kept of papers that are shown."""
        return int(self._database.value(f"select {what} and paper < {HORIZON}"))

    def rows(self, ids: Sequence[int]) -> list[PaperRow]:
        """What a list shows of those papers, in the order given; ids that are gone are left out."""
        found = self._database.rows(
            "select id, key, title, published, published_inferred, id in (select paper from list_entries), "
            "coalesce(read, 0), coalesce(dismissed, 0), "
            "id in (select paper from notes), id in (select paper from tags) "
            "from papers left join marks on marks.paper = papers.id "
            f"where id in {_GIVEN}",
            _given(ids),
        )
        by_id = {
            id_: PaperRow(id_, key, title, stored_date(published), *map(bool, flags))
            for id_, key, title, published, *flags in found
        }
        return [by_id[id_] for id_ in ids if id_ in by_id]

    def glimpses(self, ids: Sequence[int]) -> dict[int, Glimpse]:
        """What a list shows of those papers on a second line, by their ids."""
        tags: dict[int, list[str]] = {}
        for paper, tag in self._database.rows(
            f"select paper, tag from tags where paper in {_GIVEN} order by paper, folded", _given(ids)
        ):
            tags.setdefault(paper, []).append(tag)
        found = self._database.rows(
            f"select id, substr(coalesce(abstract, summary, ''), 1, {_GLIMPSED}), comments "
            f"from papers left join texts on paper = id where id in {_GIVEN}",
            _given(ids),
        )
        return {id_: Glimpse(text, tuple(tags.get(id_, ())), comments) for id_, text, comments in found}

    def keys(self, ids: Sequence[int]) -> dict[int, str]:
        """The keys of those papers by id."""
        return dict(self._database.rows(f"select id, key from papers where id in {_GIVEN}", _given(ids)))

    def titles(self, ids: Sequence[int]) -> dict[int, str]:
        """The titles of those papers by id."""
        return dict(self._database.rows(f"select id, title from papers where id in {_GIVEN}", _given(ids)))

    def find(self, text: str) -> list[tuple[int, str]]:
        """The ids and keys of the papers that a key, the beginning of one, an arXiv id, a DOI or an address names.

        Several where a beginning is ambiguous, at most ten; none where nothing answers.
        """
        text = text.encode(errors="replace").decode()  # a shell hands over bytes that are no text as surrogates
        wanted = text.strip().lower()
        if not wanted:
            return []
        for value in _identifier_forms(text):
            exact = self._database.rows(
                f"select id, key from papers where id < {HORIZON} and (key = ?1 or id in "
                "(select paper from identifiers where value = ?1))",
                (value,),
            )
            if exact:
                return exact
        end = wanted + "\U0010ffff"
        return self._database.rows(
            f"select distinct id, key from papers where id < {HORIZON} and (key >= ?1 and key < ?2 or id in "
            "(select paper from identifiers where value >= ?1 and value < ?2 and value not like '%:%')) "
            "order by key limit 10",
            (wanted, end),
        )

    def beginning(self, key: str, *, limit: int) -> array[int]:
        """The ids of papers whose keys begin so, in the order of the keys; of the newest where it is empty."""
        if not key:
            return self.ids(limit=limit)
        sql = f"select id from papers where key >= ? and key < ? and id < {HORIZON} order by key limit ?"
        beginning = key.encode(errors="replace").decode().lower()
        return array("q", [row[0] for row in self._database.rows(sql, (beginning, beginning + "\U0010ffff", limit))])

    def get(self, ids: Sequence[int]) -> list[StoredPaper]:
        """Those papers with all that is known of them, in the order given; ids that are gone are left out."""
        return list(self.stream(ids))

    def stream(self, ids: Sequence[int]) -> Iterator[StoredPaper]:
        """As `get`, some hundred at a time, so that memory stays flat."""
        for start in range(0, len(ids), _PAGE):
            page = ids[start : start + _PAGE]
            papers = self.plain(page)
            sources, lists, added = self._sources(page), self._lists(page), self._added(page)
            tags, notes, marks = self._tags(page), self._notes(page), self._marks(page)
            for id_ in page:
                if id_ in papers:
                    key, paper = papers[id_]
                    read, dismissed = marks.get(id_, (0, 0))
                    yield StoredPaper(
                        key=key,
                        paper=paper,
                        sources=sources.get(id_, ()),
                        added=added.get(id_, ""),
                        lists=lists.get(id_, ()),
                        tags=tags.get(id_, ()),
                        note=notes.get(id_),
                        read=bool(read),
                        dismissed=bool(dismissed),
                    )

    def plain(self, ids: Sequence[int]) -> dict[int, tuple[str, Paper]]:
        """Key and paper by id, hidden ones included: what an import merges into."""
        found = self._database.rows(
            f"select id, abstract, summary, {COLUMNS} from papers join texts on paper = id where id in {_GIVEN}",
            _given(ids),
        )
        names = ("abstract", "summary", *COLUMNS.split(", "))
        return {row[0]: paper_of(dict(zip(names, row[1:], strict=True))) for row in found}

    def _sources(self, ids: Sequence[int]) -> dict[int, tuple[Source, ...]]:
        found = self._database.rows(
            "select paper, name, kind, page_date, page_date_inferred, rank, seen from sightings "
            "join sources on sources.id = source "
            f"where paper in {_GIVEN} and step not in (select id from steps where state = 'pending') "
            "order by paper, day desc, rank, sources.digest",
            _given(ids),
        )
        sources: dict[int, tuple[Source, ...]] = {}
        for paper, name, kind, page_date, inferred, rank, seen in found:
            day = stored_date(page_date)
            source = Source(
                name=name, kind=kind, page_date=day, page_date_inferred=bool(inferred), rank=rank, seen=seen
            )
            sources[paper] = (*sources.get(paper, ()), source)
        return sources

    def _lists(self, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        found = self._database.rows(
            "select paper, name from list_entries join lists on lists.id = list "
            f"where paper in {_GIVEN} order by lists.position",
            _given(ids),
        )
        lists: dict[int, tuple[str, ...]] = {}
        for paper, name in found:
            lists[paper] = (*lists.get(paper, ()), name)
        return lists

    def _tags(self, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        sql = f"select paper, tag from tags where paper in {_GIVEN} order by paper, folded"
        tags: dict[int, tuple[str, ...]] = {}
        for paper, tag in self._database.rows(sql, _given(ids)):
            tags[paper] = (*tags.get(paper, ()), tag)
        return tags

    def _notes(self, ids: Sequence[int]) -> dict[int, str]:
        return dict(self._database.rows(f"select paper, text from notes where paper in {_GIVEN}", _given(ids)))

    def _marks(self, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
        sql = f"select paper, read, dismissed from marks where paper in {_GIVEN}"
        return {paper: (read, dismissed) for paper, read, dismissed in self._database.rows(sql, _given(ids))}

    def _added(self, ids: Sequence[int]) -> dict[int, str]:
        sql = f"select p.id, coalesce(added, at) from papers p join steps on steps.id = step where p.id in {_GIVEN}"
        return dict(self._database.rows(sql, _given(ids)))


def _identifier_forms(text: str) -> Iterator[str]:
    wanted = text.strip().lower()
    yield wanted
    arxiv = parse_arxiv_id(text)
    if arxiv is not None:
        yield f"arxiv:{arxiv[0]}"
    if "10." in wanted:
        yield "doi:" + wanted[wanted.index("10.") :]


def _given(ids: Sequence[int]) -> tuple[str]:
    """Ids as the one parameter of `_GIVEN`; a question mark for each would end at 32,766."""
    return (json.dumps(list(ids)),)
