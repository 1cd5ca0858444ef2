"""What files carry beside papers, brought into the library as it is met.

These are lists, sources and searches, and what a user made of papers. Nothing that is there is lost or replaced: tags
and lists are united, notes stand side by side, marks stay, and what comes in twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from reader.formats import Rejected
from reader.formats.reading import Record
from reader.library.joining import NO_SOURCE, Batch
from reader.library.merging import larger
from reader.paper import Paper, identifiers, text_key
from reader.store import Store
from reader.store.annotations import joined_note
from reader.store.batches import Sighting
from reader.store.edits import Joined
from reader.store.journal import Recorder
from reader.transfer import CarriedEntry, CarriedList, CarriedPaper, CarriedSearch, CarriedSource

_AT_ONCE = 500
"""Lists, sources and searches that are written in one transaction."""

_Met = Mapping[int, CarriedPaper]
"""What is carried of papers, by their ids."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A reading list of the library, with the position of its last paper before the import."""

    id: int
    last: int


def names_of(carried: Mapping[int, CarriedPaper]) -> dict[int, tuple[str, ...]]:
    """What finds the papers of records, the key first, where that is more than their texts and ids; by rank."""
    found: dict[int, tuple[str, ...]] = {}
    for rank, each in carried.items():
        key, paper = each.stored.key, each.paper
        if each.names is not None:
            # a DOI may be another paper's; the arXiv id never is, even where a file forgets to say that it finds it
            own = [name for name in identifiers(paper) if name.startswith("arxiv:")]
            found[rank] = tuple(dict.fromkeys((key, *each.names, *own)))
        elif key:
            found[rank] = tuple(dict.fromkeys((text_key(paper), *identifiers(paper), key)))
    return found


class Carrier:
    """Brings in what one file carries beside papers.

    Attributes:
        changed: whether a list, a source or a search is new.
    """

    def __init__(self, store: Store, *, at: str) -> None:
        """Bring it into that library; `at` is the time of what bears none."""
        self._store = store
        self._at = at
        self._sources: dict[int, int] = {}
        self._shelves: dict[str, _Shelf] = {}
        self.changed = False

    def unpack(self, step: int, records: Iterable[Record]) -> Iterator[Paper | CarriedPaper | Rejected]:
        """Bring in lists, sources and searches as they come, and pass on the papers."""
        waiting: list[CarriedList | CarriedSource | CarriedSearch] = []
        for record in records:
            if isinstance(record, CarriedList | CarriedSource | CarriedSearch):
                waiting.append(record)
            if waiting and (record is not waiting[-1] or len(waiting) == _AT_ONCE):
                self._bring(step, waiting)
                waiting = []
            if isinstance(record, Paper | CarriedPaper | Rejected):
                yield record
        if waiting:
            self._bring(step, waiting)

    def _bring(self, step: int, records: Sequence[CarriedList | CarriedSource | CarriedSearch]) -> None:
        ids, new = self._store.incoming.sources(step, [each for each in records if isinstance(each, CarriedSource)])
        self._sources.update(ids)
        with self._store.incoming.recording(step) as recorder:
            before = recorder.count
            for each in records:
                if isinstance(each, CarriedList):
                    self._shelf(recorder, each.name)
                elif isinstance(each, CarriedSearch):
                    self._save(recorder, each)
            self.changed |= new or recorder.count > before

    def _shelf(self, recorder: Recorder, name: str) -> _Shelf:
        """The reading list of that name, made where there is none."""
        shelf = self._shelves.get(name.casefold())
        if shelf is None:
            found = self._store.lists.find(name)
            id_ = found.id if found else self._store.lists.make(recorder, name)
            shelf = self._shelves[name.casefold()] = _Shelf(id_, self._store.incoming.last_position(id_))
        return shelf

    def _save(self, recorder: Recorder, search: CarriedSearch) -> None:
        """Keep a search, under a name with a number behind it where another query has its name."""
        for number in count(1):
            name = search.name if number == 1 else f"{search.name} {number}"
            found = self._store.searches.find(name)
            if found is None or found.query == search.query:
                self._store.searches.save(recorder, name, search.query)
                return

    def joined(self, joined: Iterable[Joined], carried: Mapping[int, CarriedPaper]) -> list[Joined]:
        """Records that were joined by likeness, each with a source that shows it; without one it cannot be kept."""
        found = []
        for each in joined:
            if each.source != NO_SOURCE:
                found.append(each)
            elif shown := [s for s in carried[each.rank].sightings if s.source in self._sources]:
                found.append(replace(each, source=self._sources[shown[0].source], rank=shown[0].rank))
        return found

    def settle(self, step: int, carried: Mapping[int, CarriedPaper], met: Batch) -> set[int]:
        """Give papers what is carried of them, by rank, and give the ranks of the records that changed something."""
        changed: set[int] = set()
        waiting = dict(carried)
        new = {id_ for id_ in met.met.values() if id_ in met.additions}
        while waiting:  # of two records of one paper the second finds what the first brought
            ranks = {met.met[rank]: rank for rank in reversed(waiting)}
            papers = {paper: waiting.pop(rank) for paper, rank in reversed(ranks.items())}
            changed.update(ranks[paper] for paper in self._settle(step, papers, new))
            new = set()
        return changed

    def _settle(self, step: int, met: _Met, new: set[int]) -> set[int]:
        """Give papers what is carried of them, and give those that this changed."""
        changed = self._show(step, met, new)
        with self._store.incoming.recording(step) as recorder:
            self._date(recorder, {paper: each for paper, each in met.items() if paper in new})
            changed |= self._enlist(recorder, met)
            changed |= self._tag(recorder, met)
            changed |= self._note(recorder, met)
            for mark in ("read", "dismissed"):
                marked = [paper for paper, each in met.items() if getattr(each.stored, mark)]
                changed |= self._store.annotations.mark(recorder, marked, **{mark: True}) if marked else set()
        return changed

    def _show(self, step: int, met: _Met, new: set[int]) -> set[int]:
        """Let sources show papers; of counts that are there already the larger ones stand."""
        shown: dict[int, dict[int, Sighting]] = {}
        for paper, each in met.items():
            for s in each.sightings:
                if s.source in self._sources:
                    sighting = Sighting(paper, s.rank, s.printed, s.comments, s.upvotes)
                    shown.setdefault(self._sources[s.source], {})[paper] = sighting
        changed: set[int] = set()
        news: dict[int, list[Sighting]] = {}
        for source, sightings in shown.items():
            seen = self._store.imports.seen(source, list(sightings))
            for paper, sighting in sightings.items():
                comments, upvotes = seen.get(paper, (None, None))
                counts = larger(comments, sighting.comments), larger(upvotes, sighting.upvotes)
                if paper not in seen or counts != seen[paper]:
                    news.setdefault(source, []).append(replace(sighting, comments=counts[0], upvotes=counts[1]))
                    changed.add(paper)
        if news:
            self._store.imports.show(step, news, new=new)
        return changed

    def _date(self, recorder: Recorder, met: _Met) -> None:
        """Give new papers the time they were added, their place, and the records that were joined to them."""
        added = {paper: each.stored.added for paper, each in met.items() if each.stored.added}
        places = {paper: each.place for paper, each in met.items() if each.place is not None}
        self._store.incoming.date_new(added, places)
        joins = {join.key: (paper, join) for paper, each in met.items() for join in each.joined}
        known = self._store.incoming.joined(joins) if joins else set()
        for key, (paper, join) in joins.items():
            if key not in known and join.source in self._sources:
                source = self._sources[join.source]
                self._store.edits.join(recorder, Joined(key, paper, source, join.rank, join.record, join.before))

    def _enlist(self, recorder: Recorder, met: _Met) -> set[int]:
        """Put papers into their lists, behind what is there, in the order they had."""
        wanted: dict[int, tuple[_Shelf, dict[int, CarriedEntry]]] = {}
        for paper, each in met.items():
            for entry in each.entries:
                shelf = self._shelf(recorder, entry.list_name)
                wanted.setdefault(shelf.id, (shelf, {}))[1].setdefault(paper, entry)
        changed: set[int] = set()
        for shelf, entries in wanted.values():
            present = self._store.lists.holding(shelf.id, list(entries))
            last = count(self._store.incoming.last_position(shelf.id) + 1)
            rows = [
                (
                    paper,
                    next(last) if entry.position is None else shelf.last + entry.position,
                    entry.added or self._at,
                )
                for paper, entry in entries.items()
                if paper not in present
            ]
            self._store.incoming.enlist(recorder, shelf.id, rows)
            changed.update(row[0] for row in rows)
        return changed

    def _tag(self, recorder: Recorder, met: _Met) -> set[int]:
        tagged: dict[str, list[int]] = {}
        for paper, each in met.items():
            for tag in each.stored.tags:
                tagged.setdefault(tag, []).append(paper)
        return set().union(*(self._store.annotations.tag(recorder, papers, tag) for tag, papers in tagged.items()))

    def _note(self, recorder: Recorder, met: _Met) -> set[int]:
        """Write notes beside those that are there."""
        notes = self._store.annotations
        changed = set()
        for paper, each in met.items():
            if each.stored.note is not None:
                text = joined_note(notes.note(paper), each.stored.note)
                if notes.set_note(recorder, paper, text, at=each.noted or self._at):
                    changed.add(paper)
        return changed
