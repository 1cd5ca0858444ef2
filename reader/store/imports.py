"""Writing what an import finds: in batches, hidden until complete, and taken back when it never completes.

One import runs at a time: its lock is an open transaction on a small file beside the library, which the operating
system lets go of when the process ends, however it ends. A pending import without a holder of the lock is dead.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import stat
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from reader.errors import LibraryError
from reader.paper import PartialDate
from reader.store.batches import Addition, Counts, Enrichment, Sighting, Union
from reader.store.database import Database, make_file, translate
from reader.store.edits import Edits, Joined
from reader.store.journal import Journal, Recorder
from reader.store.numbering import next_number, take_numbers
from reader.store.placing import PLACE, place, seen_on
from reader.store.records import columns_of, stored_date
from reader.store.segments import Segments
from reader.store.taking_back import TakingBack
from reader.store.text_index import TextIndex
from reader.store.vocabulary import Vocabulary

_ASKED_AT_ONCE = 10_000
"""Question marks of one statement; SQLite may end at 32,766."""


class Imports:
    """The imports of a library, for the one process that holds the import lock."""

    def __init__(self, database: Database) -> None:
        """Write to that library."""
        self._database = database
        self._index = TextIndex(database)
        self._segments = Segments(database)

    @contextlib.contextmanager
    def lock(self, *, wait: float) -> Iterator[bool]:
        """Hold the import lock, or give False when another process holds it for longer than `wait` seconds."""
        path = self._database.path
        if path is None:
            yield True
            return
        lock = self._open_lock(path, path.with_name(path.name + "-import"), wait)
        try:
            try:
                lock.execute("begin exclusive")
            except sqlite3.Error as error:
                if (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_BUSY"):
                    yield False
                    return
                raise translate(error, path) from error
            yield True
        finally:
            lock.close()

    def _open_lock(self, library: Path, path: Path, wait: float) -> sqlite3.Connection:
        """Open the lock, for those who may open the library."""
        try:
            make_file(path, mode=stat.S_IMODE(library.stat().st_mode))
            place = path.absolute()  # SQLite would take "file:x" for an address
            return sqlite3.connect(place, timeout=wait, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                f"the import lock {path} cannot be opened: {error}", "check that the folder may be written"
            ) from error

    # a source

    def start(self, *, label: str, at: str, origin: str) -> int:
        """Begin an import and give its step; what it adds stays hidden until `finish`."""
        self._segments.let_lie()
        with self._database.transaction():
            Journal(self._database).close()
            step = self._database.insert(
                "insert into steps (at, kind, label, origin, state) values (?, 'import', ?, ?, 'pending')",
                (at, label, origin),
            )
            self._database.run("insert into imports (step, first_paper) values (?, ?)", (step, self.next_paper()))
            return step

    def next_paper(self) -> int:
        """The id that the next new paper gets."""
        return int(self._database.value("select coalesce(max(id), 0) + 1 from papers"))

    def source(self, step: int, *, digest: str, name: str, kind: str, day: int, seen: str) -> tuple[int, bool]:
        """The id of the source of that content, and whether it was known before."""
        known = self._database.value("select id from sources where digest = ?", (digest,))
        if known is not None:
            return int(known), True
        with self._database.transaction():
            new = next_number(self._database, "sources")  # taken when the import is complete
            self._database.run(
                "insert into sources (id, digest, name, kind, day, seen, step) values (?, ?, ?, ?, ?, ?, ?)",
                (new, digest, name, kind, day, seen, step),
            )
            return new, False

    def known(self, values: Iterable[str]) -> dict[str, int]:
        """The papers that keys and other identifiers lead to, by identifier."""
        wanted = list(values)
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _ASKED_AT_ONCE):
            page = wanted[start : start + _ASKED_AT_ONCE]
            places = ",".join("?" * len(page))
            sql = (
                f"select key, id from papers where key in ({places}) "
                f"union all select value, paper from identifiers where value in ({places})"
            )
            found.update(self._database.rows(sql, page + page))
        return found

    def with_titles(self, titles: Iterable[int]) -> dict[int, list[int]]:
        """The papers whose titles, folded, are those, by `title_key`."""
        sql = "select title_key, id from papers where title_key in (select value from json_each(?)) order by id"
        found: dict[int, list[int]] = {}
        for title, id_ in self._database.rows(sql, (json.dumps(list(titles)),)):
            found.setdefault(title, []).append(id_)
        return found

    def seen(self, source: int, papers: Sequence[int]) -> dict[int, Counts]:
        """Which of those papers the source is known to show, with the counts it prints of each."""
        found = self._database.rows(
            "select paper, comments, upvotes from sightings where source = ? "
            "and paper in (select value from json_each(?))",
            (source, json.dumps(list(papers))),
        )
        return {paper: (comments, upvotes) for paper, comments, upvotes in found}

    def write(
        self,
        step: int,
        source: int,
        *,
        day: int,
        additions: Sequence[Addition],
        enrichments: Sequence[Enrichment],
        sightings: Sequence[Sighting],
        unions: Sequence[Union] = (),
        joined: Sequence[Joined] = (),
    ) -> None:
        """Store one batch in one transaction."""
        with self._database.transaction():
            self._add(step, day, additions, {sighting.paper: sighting.rank for sighting in sightings})
            recorder = Recorder(self._database, step, follow_words=False)
            for union in unions:
                Edits(self._database).unite(recorder, union.keep, union.gone)
            for enrichment in enrichments:
                _enrich(recorder, enrichment)
            self._sight(recorder, source, sightings, {addition.id for addition in additions})
            for each in joined:
                Edits(self._database).join(recorder, each)

    def show(self, step: int, shown: Mapping[int, Sequence[Sighting]], *, new: Collection[int]) -> None:
        """Store where papers stand in several sources, by source; `new` are those that the library did not have."""
        with self._database.transaction():
            recorder = Recorder(self._database, step, follow_words=False)
            for source, sightings in shown.items():
                self._sight(recorder, source, sightings, new)
            place(self._database, {s.paper for sightings in shown.values() for s in sightings}.intersection(new))

    def _sight(self, recorder: Recorder, source: int, sightings: Sequence[Sighting], new: Collection[int]) -> None:
        """Store where papers stand on a page, and give those that were there before their places by it.

        What goes with the source is not recorded: it leaves no other trace. The rest is, so that it can be put back.
        """
        nowhere = self._seen_nowhere([s.paper for s in sightings if s.paper not in new])
        own = self._database.value("select step from sources where id = ?", (source,)) == recorder.id
        known = self.seen(source, [s.paper for s in sightings if s.paper not in new])
        unrecorded = []
        for s in sightings:
            key, counts = {"source": source, "paper": s.paper}, {"comments": s.comments, "upvotes": s.upvotes}
            printed = None if s.printed is None else str(s.printed)
            if s.paper in known:
                recorder.update("sightings", key, counts)
            elif own:
                unrecorded.append((source, s.paper, s.rank, printed, s.comments, s.upvotes))
            else:
                recorder.insert("sightings", {**key, "rank": s.rank, "printed": printed, **counts})
        self._database.run_many(
            "insert into sightings (source, paper, rank, printed, comments, upvotes) values (?, ?, ?, ?, ?, ?)",
            unrecorded,
        )
        for paper in nowhere:
            recorder.pin("papers", {"id": paper}, PLACE)
        place(self._database, [s.paper for s in sightings if s.paper not in new])

    def _seen_nowhere(self, papers: Sequence[int]) -> list[int]:
        """Which of those papers no source shows: their place follows from nothing that is stored."""
        sql = "select value from json_each(?) where value not in (select paper from sightings where paper = value)"
        return [row[0] for row in self._database.rows(sql, (json.dumps(papers),))]

    def _add(self, step: int, day: int, additions: Sequence[Addition], ranks: Mapping[int, int]) -> None:
        if not additions:
            return
        columns = [
            {
                "id": a.id,
                "key": a.key,
                "day": day,
                "rank": ranks.get(a.id, 0),
                "step": step,
                **columns_of(a.paper, a.title_key),
            }
            for a in additions
        ]
        names = ", ".join(columns[0])
        self._database.run_many(
            f"insert into papers ({names}) values ({', '.join('?' * len(columns[0]))})",
            [tuple(row.values()) for row in columns],
        )
        self._database.run_many(
            "insert into texts (paper, abstract, summary) values (?, ?, ?)",
            [(a.id, a.paper.abstract, a.paper.summary) for a in additions],
        )
        self._database.run_many(
            "insert or ignore into identifiers (value, paper) values (?, ?)",
            [(value, a.id) for a in additions for value in a.identifiers],
        )
        self._index.add(additions[0].id, additions[-1].id)

    # the end of a source

    def settle_page(
        self, step: int, source: int, *, page_date: PartialDate | None, inferred: bool, year: int | None, day: int
    ) -> bool:
        """Write down what the whole page says of its own date; whether that is something new."""
        printed = None if page_date is None else str(page_date)
        values = {"page_date": printed, "page_date_inferred": int(inferred), "page_year": year, "day": day}
        with self._database.transaction():
            recorder = Recorder(self._database, step, follow_words=False)
            before = recorder.count
            recorder.update("sources", {"id": source}, values)
            return recorder.count > before

    def page(self, source: int) -> tuple[int, int | None]:
        """The day of a source, and the year that its dates without one belong to."""
        day, year = self._database.rows("select day, page_year from sources where id = ?", (source,))[0]
        return day, year

    def sighted(self, source: int) -> array[int]:
        """The ids of a source's papers."""
        return seen_on(self._database, source)

    def place(self, papers: Sequence[int]) -> None:
        """Give papers the day and rank, and the counts, of the newest of the pages they were seen on."""
        with self._database.transaction():
            place(self._database, papers)

    def yearless(
        self, papers: Sequence[int]
    ) -> list[tuple[int, PartialDate | None, bool, list[tuple[PartialDate, int]]]]:
        """What is printed without a year of those papers.

        For each: its id, its date as stored and whether that was inferred, and every date printed without a year
        with the year of its page, the latest page first.
        """
        found = self._database.rows(
            "select p.id, p.published, p.published_inferred, s.printed, src.page_year from papers p "
            "join sightings s on s.paper = p.id join sources src on src.id = s.source "
            f"where p.id in ({','.join('?' * len(papers))}) and s.printed is not null and src.page_year is not null "
            "order by p.id, src.page_year desc, coalesce(src.page_date, '') desc, s.printed desc",
            papers,
        )
        result: list[tuple[int, PartialDate | None, bool, list[tuple[PartialDate, int]]]] = []
        for id_, published, inferred, printed, year in found:
            if not result or result[-1][0] != id_:
                result.append((id_, stored_date(published), bool(inferred), []))
            if (day := stored_date(printed)) is not None:
                result[-1][3].append((day, year))
        return result

    def date_papers(self, step: int, dates: Mapping[int, PartialDate]) -> None:
        """Give papers a date whose year was inferred."""
        with self._database.transaction():
            recorder = Recorder(self._database, step, follow_words=False)
            for paper, published in dates.items():
                recorder.update("papers", {"id": paper}, {"published": str(published), "published_inferred": 1})

    def learn_words(self, step: int) -> Iterator[None]:
        """Bring the vocabulary up to date with an import's papers; pauses after each transaction."""
        self._database.run("update imports set learned = 1 where step = ?", (step,))
        first = int(self._database.value("select first_paper from imports where step = ?", (step,)))
        last = self.next_paper() - 1
        yield from self._segments.join(new=last - first + 1, total=last)
        yield from Vocabulary(self._database).follow(step, first=first, last=last)

    def finish(self, step: int, label: str, *, and_then: Callable[[Recorder], None] | None = None) -> None:
        """Make an import's papers visible and the import durable.

        Args:
            and_then: changes more in the same transaction and under the same step.
        """
        self._segments.usual()
        self._database.set_durable(each_commit=True)
        with self._database.transaction():
            if and_then is not None:
                and_then(Recorder(self._database, step, follow_words=False))
            for (source,) in self._database.rows("select id from sources where step = ?", (step,)):
                take_numbers(self._database, "sources", source)
            self._database.run("update imports set last_paper = ? where step = ?", (self.next_paper() - 1, step))
            self._database.run("update steps set state = 'done', label = ? where id = ?", (label, step))
            Journal(self._database).take_turn(step)
            Journal(self._database).close()  # what was undone meanwhile may speak of papers as they were

    # an import that never completed, or that is undone in parts

    def unfinished(self) -> list[int]:
        """The steps of imports that are under way, or dead."""
        return [row[0] for row in self._database.rows("select id from steps where state = 'pending' order by id desc")]

    def half_undone(self) -> str | None:
        """What the import did whose undoing was cut short, unless something else was done since."""
        label: str | None = self._database.value(
            "select label from steps where state = 'pending' and id in (select step from imports where last_paper > 0) "
            "and turn > (select coalesce(max(turn), 0) from steps where state = 'done')"
        )
        return label

    def is_complete(self, step: int) -> bool:
        """Whether what an import brought is there to be seen."""
        return bool(self._database.value("select state = 'done' from steps where id = ?", (step,)))

    def reopen(self, step: int) -> bool:
        """Hide what a complete import brought, for `take_back` to take it back in parts; it can never be done again.

        False where something else was done since, which is to be undone before.
        """
        with self._database.transaction():
            newest = Journal(self._database).newest()
            if newest is None or newest.id != step:
                return False
            Journal(self._database).close()
            self._database.run(
                "update steps set state = 'pending' where id = ?", (step,)
            )  # its turn tells what was last
            return True

    def take_back(self, step: int, between: Callable[[int], None] = lambda _: None) -> None:
        """Remove what a pending import added, and put back what it changed, in short transactions.

        Interrupted, it can go on later. Of an import that was complete, papers stay that are in a list or that another
        source shows.

        Args:
            between: told after each transaction how many rows went or were put back so far; what it raises ends it.
        """
        self._database.set_durable(each_commit=False)  # what a power cut takes is done again
        try:
            self._segments.usual()
            TakingBack(self._database, step).run(between)
        finally:
            self._database.set_durable(each_commit=True)


def _enrich(recorder: Recorder, enrichment: Enrichment) -> None:
    before, after = columns_of(enrichment.before), columns_of(enrichment.after)
    changed = {name: value for name, value in after.items() if before[name] != value}
    if changed:
        recorder.update("papers", {"id": enrichment.id}, changed)
    texts = {
        name: getattr(enrichment.after, name)
        for name in ("abstract", "summary")
        if getattr(enrichment.after, name) != getattr(enrichment.before, name)
    }
    if texts:
        recorder.update("texts", {"paper": enrichment.id}, texts)
    for value in enrichment.identifiers:
        recorder.insert("identifiers", {"value": value, "paper": enrichment.id})


def day_number(day: date) -> int:
    """A day as the store sorts it: 20260131."""
    return day.year * 10_000 + day.month * 100 + day.day
