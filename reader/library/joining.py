"""Which paper a record belongs to: by its text key, by an identifier, or by likeness; and what the papers become.

A `Batch` decides for some records of one source; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reader.library.likeness import are_one
from reader.library.merging import larger, merge
from reader.paper import Paper, identifiers, keys, text_key, title_key
from reader.store import Store
from reader.store.batches import Addition, Counts, Enrichment, Sighting, Union
from reader.store.edits import Joined

NO_LIMIT = 1 << 62
"""Above every paper's id."""

NO_SOURCE = -1
"""Stands for the source of records that were read from several, or from none."""


class Batch:
    """Some records of one source, each met with the papers that the library has and those met just before.

    Attributes:
        additions: papers the library does not have, by id.
        enrichments: papers it has that became richer, by id.
        unions: pairs of papers that a record proved to be one.
        joined: records that were joined by likeness.
        merged: how many records added something to a paper already there.
        met: the paper of each record, by the record's rank.
        idle: the ranks of the records that added nothing.
        next_paper: the id for the next new paper.
    """

    def __init__(
        self,
        store: Store,
        source: int,
        records: Sequence[tuple[int, Paper]],
        *,
        first: int = 0,
        horizon: int | None = None,
        names: Mapping[int, tuple[str, ...]] | None = None,
        alike_below: int = NO_LIMIT,
    ) -> None:
        """Look up, at once, every paper that the records may belong to.

        Args:
            store: the library.
            source: what the records were read from.
            records: each with its rank.
            first: the smallest id for a new paper; an import gives none twice, lest undo find it taken.
            horizon: papers from that id on are passed over.
            names: what finds a record's paper, its key first, by rank, where that is more than its text and ids.
            alike_below: papers from that id on are joined by proof, and never by likeness.
        """
        self._source = source
        self._alike_below = alike_below
        told = names or {}
        known = [keys(paper) for _, paper in records]
        self._names = [
            told.get(rank) or (key, *identifiers(paper)) for (key, _), (rank, paper) in zip(known, records, strict=True)
        ]
        self._titles = [title for _, title in known]
        self._ids = store.imports.known({name for names in self._names for name in names})
        self._like = store.imports.with_titles(set(self._titles))
        if horizon is not None:
            self._ids = {name: id_ for name, id_ in self._ids.items() if id_ < horizon}
            self._like = {title: [id_ for id_ in ids if id_ < horizon] for title, ids in self._like.items()}
        present = list(dict.fromkeys((*self._ids.values(), *(id_ for ids in self._like.values() for id_ in ids))))
        self._papers = {id_: paper for id_, (_, paper) in store.papers.plain(present).items()}
        self._seen = store.imports.seen(source, present)
        self.next_paper = max(first, store.imports.next_paper())
        self.additions: dict[int, Addition] = {}
        self.enrichments: dict[int, Enrichment] = {}
        self.sightings: dict[int, Sighting] = {}
        self.unions: list[Union] = []
        self.joined: list[Joined] = []
        self.merged = 0
        self.met: dict[int, int] = {}
        self.idle: set[int] = set()
        for (rank, paper), found_by, title in zip(records, self._names, self._titles, strict=True):
            self._meet(rank, paper, found_by, title)

    def _meet(self, rank: int, paper: Paper, names: tuple[str, ...], title: int) -> None:
        """Add a record to its paper, or as a new one."""
        proven = self._proven(paper, names)
        like = None if proven else self._alike(paper, title)
        if not proven and like is None:
            self.met[rank] = self._added(paper, names, title)
            self._sight(self.met[rank], rank, paper)
            return
        apart = set(proven)
        if like is not None:
            id_ = like
            self.joined.append(Joined(names[0], id_, self._source, rank, paper, self._papers[id_]))
        else:
            id_ = self._united(proven)
        united = len(apart & self._papers.keys()) < len(apart)
        changed = self._enrich(id_, paper, names)
        sighted = self._sight(id_, rank, paper)
        self.met[rank] = id_
        if united or changed or sighted:
            self.merged += 1
        else:
            self.idle.add(rank)

    def _sight(self, id_: int, rank: int, paper: Paper) -> bool:
        """Note where a paper stands on the page, and the counts printed there; whether that is something new."""
        if self._source == NO_SOURCE:
            return False
        if id_ in self._seen:
            return self._recount(id_, (paper.comments, paper.upvotes))
        self._seen[id_] = paper.comments, paper.upvotes
        yearless = paper.published is not None and paper.published.year is None
        printed = paper.published if yearless else None
        self.sightings[id_] = Sighting(id_, rank, printed, paper.comments, paper.upvotes)
        return True

    def _recount(self, id_: int, counts: Counts) -> bool:
        """Of counts that a page prints twice the larger ones stand; whether that changes any."""
        comments, upvotes = (larger(*pair) for pair in zip(self._seen[id_], counts, strict=True))
        if (comments, upvotes) == self._seen[id_]:
            return False
        self._seen[id_] = comments, upvotes
        earlier = self.sightings.get(id_) or Sighting(id_, 0)  # its rank and date are stored already
        self.sightings[id_] = replace(earlier, comments=comments, upvotes=upvotes)
        return True

    def _proven(self, paper: Paper, names: Sequence[str]) -> list[int]:
        """The papers that a record's names lead to, unless both carry different arXiv ids."""
        if self._ids.keys().isdisjoint(names):
            return []
        found = dict.fromkeys(self._ids[name] for name in names if name in self._ids)
        return [id_ for id_ in found if paper.arxiv_id is None or self._papers[id_].arxiv_id in {None, paper.arxiv_id}]

    def _alike(self, paper: Paper, title: int) -> int | None:
        """The one paper that a record is like; None where there is none, or more than one."""
        if title not in self._like:
            return None
        near = [id_ for id_ in self._like[title] if id_ < self._alike_below]
        found = [id_ for id_ in near if are_one(self._papers[id_], paper)]
        return found[0] if len(found) == 1 else None

    def _added(self, paper: Paper, names: tuple[str, ...], title: int) -> int:
        """Take a record for a new paper and give its id."""
        id_ = self.next_paper
        self.next_paper += 1
        key = names[0]
        if key in self._ids:  # the same text under another arXiv id: the id tells them apart
            key = text_key(replace(paper, abstract=None))
        found_by = tuple([name for name in names[1:] if name not in self._ids])
        self.additions[id_] = Addition(id_, key, title, paper, found_by)
        self._papers[id_] = paper
        for name in (key, *names):
            self._ids.setdefault(name, id_)
        self._like.setdefault(title, []).append(id_)
        return id_

    def _united(self, ids: Sequence[int]) -> int:
        """The one paper that several are proven to be: the oldest of them, into which the others go."""
        keep, *others = sorted(ids)
        for gone in others:
            if len({self._papers[keep].arxiv_id, self._papers[gone].arxiv_id} - {None}) < 2:
                self._unite(keep, gone)
        return keep

    def _unite(self, keep: int, gone: int) -> None:
        """Let one paper go into another, with all that was found of it in this batch."""
        added, enriched = self.additions.pop(gone, None), self.enrichments.pop(gone, None)
        if added is None:
            self.unions.append(Union(keep, gone))
        new = (added.key, *added.identifiers) if added else enriched.identifiers if enriched else ()
        for name, id_ in self._ids.items():
            if id_ == gone:
                self._ids[name] = keep
        for ids in self._like.values():
            if gone in ids:
                ids.remove(gone)
        self.joined = [replace(each, paper=keep) if each.paper == gone else each for each in self.joined]
        self.met = {rank: keep if id_ == gone else id_ for rank, id_ in self.met.items()}
        sighting, counts = self.sightings.pop(gone, None), self._seen.pop(gone, None)
        if counts is not None and keep in self._seen:
            self._recount(keep, counts)
        elif counts is not None:
            self._seen[keep] = counts
            if sighting is not None:
                self.sightings[keep] = replace(sighting, paper=keep)
        self._become(keep, self._merged(keep, self._papers.pop(gone)), new)

    def _merged(self, id_: int, found: Paper) -> Paper:
        """What a paper becomes by a record; the counts of one that is stored follow from where it was seen."""
        stored = self._papers[id_]
        after = merge(stored, found)
        if id_ in self.additions or (after.comments, after.upvotes) == (stored.comments, stored.upvotes):
            return after
        return replace(after, comments=stored.comments, upvotes=stored.upvotes)

    def _enrich(self, id_: int, paper: Paper, names: Sequence[str]) -> bool:
        """Merge a record into its paper; whether that changed anything."""
        new = tuple(name for name in names if name not in self._ids)
        self._ids.update(dict.fromkeys(new, id_))
        after = self._merged(id_, paper)
        if after == self._papers[id_] and not new:
            return False
        self._become(id_, after, new)
        return True

    def _become(self, id_: int, after: Paper, new: Iterable[str]) -> None:
        """Let a paper become another, found by new names too."""
        if id_ in self.additions:
            added = self.additions[id_]
            title = added.title_key if after.title == added.paper.title else title_key(after.title)
            names = (*added.identifiers, *new)
            self.additions[id_] = replace(added, paper=after, title_key=title, identifiers=names)
        else:
            earlier = self.enrichments.get(id_) or Enrichment(id_, self._papers[id_], after, ())
            self.enrichments[id_] = replace(earlier, after=after, identifiers=(*earlier.identifiers, *new))
        if after.title != self._papers[id_].title and id_ not in (ids := self._titled(after.title)):
            ids.append(id_)
        self._papers[id_] = after

    def _titled(self, title: str) -> list[int]:
        return self._like.setdefault(title_key(title), [])
