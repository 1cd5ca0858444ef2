"""Putting right what imports made of records: uniting, splitting and removing papers, and taking sources back.

Each is one step of the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from datetime import datetime

from reader.errors import NothingFound, UsageError
from reader.library.alone import alone
from reader.library.merging import merge
from reader.library.undoing import LARGEST_UNDOABLE
from reader.paper import Paper, identifiers
from reader.store import Store
from reader.store.journal import Recorder
from reader.store.sources import RejectedRow, SourceRow
from reader.wording import counted

_PART = 500
"""Papers of a large source that are removed in one transaction, so that others need not wait."""

_TOLD = 50
"""Papers after which it is told how many went: some hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Curated:
    """What came of it: the change for people, how many papers went, and how many stay that no source shows now."""

    label: str
    gone: int = 0
    kept: int = 0

    def with_papers(self) -> str:
        """The change of a source for people, with what became of its papers."""
        went = f"{self.label}: {counted(self.gone, 'paper')} went with it"
        if not self.kept:
            return went
        return f"{went}; kept for a list, a tag, a note or a mark: {counted(self.kept, 'paper')}"


def merge_papers(store: Store, first: int, second: int, *, now: datetime, origin: str) -> Curated:
    """Make two papers one; the key of the older leads, and the other keeps finding it.

    Raises:
        UsageError: they are one already, or carry different arXiv ids.
        LibraryError: an import is under way, or the library cannot be written; then nothing was changed.
    """
    keep, gone = sorted((first, second))
    if keep == gone:
        raise UsageError("both keys name the same paper", "name two different ones")
    with alone(store):
        papers = store.papers.plain([keep, gone])
        if len(papers) < 2:
            raise NothingFound("one of the two papers was removed just now", "look for it again")
        (key, kept), (_, other) = papers[keep], papers[gone]
        if None not in {kept.arxiv_id, other.arxiv_id} and kept.arxiv_id != other.arxiv_id:
            raise UsageError(f"arXiv has them as two papers, {kept.arxiv_id} and {other.arxiv_id}", "they stay two")
        label = f"merged into {key[:6]}: {other.title}"
        with _recording(store, "merge", label, now, origin) as step:
            store.parting.remember(step, keep, gone, before=kept, went=other)
            store.edits.unite(step, keep, gone)
            store.edits.become(step, keep, merge(kept, other))
    return Curated(label)


def split_paper(store: Store, paper: int, *, now: datetime, origin: str) -> Curated:
    """Give back the papers that were merged into this one by hand, each with what it had.

    Of a paper that none was merged into, make papers of their own again of the records that were joined by likeness.

    Raises:
        NothingFound: nothing was ever joined to it.
        LibraryError: an import is under way, or the library cannot be written; then nothing was changed.
    """
    with alone(store):
        merged = store.parting.merged(paper)
        joined = [] if merged else store.edits.joined(paper)
        before = next((found for _, found in store.papers.plain([paper]).values()), None)
        if before is None or not (merged or joined):
            title = "this paper" if before is None else repr(before.title)
            raise NothingFound(f"nothing was joined to {title}", "only what was merged can be split")
        label = f"split: {before.title}"
        with _recording(store, "split", label, now, origin) as step:
            after = before
            for part in merged:
                after = _without(after, part.gone, part.before)
            for _ in joined:  # one may have come upon another, in an order that is not kept
                for each in joined:
                    after = _without(after, each.record, each.before)
            store.edits.become(step, paper, after)
            for part in merged:
                store.parting.part(step, part)
            for each in joined:
                store.edits.split(step, each, identifiers(each.record))
    return Curated(label)


def _without(paper: Paper, record: Paper, before: Paper) -> Paper:
    """A paper without what a record brought to it: what it did not have before and has from that record."""
    brought = {
        name: getattr(before, name)
        for name in (field.name for field in fields(Paper))
        if getattr(paper, name) == getattr(record, name) != getattr(before, name)
    }
    return replace(paper, **brought)


def remove_papers(
    store: Store,
    papers: Sequence[int],
    *,
    now: datetime,
    origin: str,
    between: Callable[[int], None] = lambda _: None,
) -> Curated:
    """Remove papers from the library, as one step; importing their page again brings them back.

    Args:
        between: told often how many papers went so far; when it raises, none did.

    Raises:
        LibraryError: an import is under way, or the library cannot be written; then nothing was changed.
    """
    with alone(store):
        titles = store.papers.titles(papers)
        what = next(iter(titles.values())) if len(titles) == 1 else f"{len(titles):,} papers"
        label = f"removed: {what}"
        gone = 0
        with store.database.ticking(lambda: between(gone)), _recording(store, "remove", label, now, origin) as step:
            for gone, paper in enumerate(papers, start=1):
                store.edits.remove(step, paper)
                if not gone % _TOLD:
                    between(gone)
    return Curated(label, len(titles))


def sources(store: Store) -> list[SourceRow]:
    """Where papers were seen, the source imported last first. Raises `LibraryError` when it cannot be read."""
    return store.sources.all()


def rejected(store: Store) -> list[RejectedRow]:
    """What could not be read, by file. Raises `LibraryError` when the library cannot be read."""
    return store.sources.rejected()


def find_source(store: Store, wanted: str) -> int:
    """The id of the one source that an id or a name stands for.

    Raises:
        NothingFound: there is none.
        UsageError: several have that name.
    """
    found = store.sources.find(wanted)
    if not found:
        raise NothingFound(f"there is no source {wanted!r}", "`reader sources` lists them")
    if len(found) > 1:
        ids = ", ".join(str(id_) for id_, _ in found)
        raise UsageError(f"several sources are called {wanted!r}: {ids}", "name one by its number")
    return found[0][0]


def remove_source(
    store: Store, source: int, *, now: datetime, origin: str, between: Callable[[int], None] | None = None
) -> Curated:
    """Take a source back: papers seen nowhere else go, unless the user did something with them.

    A source with more papers than `LARGEST_UNDOABLE` goes a part at a time, each of them a step of its own.

    Args:
        between: told after each part how many papers went so far.

    Raises:
        LibraryError: an import is under way, or the library cannot be written; what went is gone, and the
            rest can be removed later.
    """
    with alone(store):
        name = next((name for id_, name in store.sources.find(str(source)) if id_ == source), None)
        if name is None:
            raise NothingFound(f"there is no source {source}", "`reader sources` lists them")
        gone = 0
        papers = store.imports.sighted(source)
        if len(papers) > LARGEST_UNDOABLE:
            gone = _remove_in_parts(store, source, papers, now, origin, between)
        label = f"removed the source {name}"
        with _recording(store, "remove source", label, now, origin) as step:
            gone += store.edits.remove_source(step, source)
            kept = store.edits.unseen(papers)
    return Curated(label, gone, kept)


def _remove_in_parts(
    store: Store, source: int, papers: Sequence[int], now: datetime, origin: str, between: Callable[[int], None] | None
) -> int:
    gone = 0
    for start in range(0, len(papers), _PART):
        part = papers[start : start + _PART]
        label = f"removed {counted(len(part), 'paper')} of a source"
        with _recording(store, "remove source", label, now, origin) as step:
            gone += store.edits.forget(step, source, part)
        if between is not None:
            between(gone)
    return gone


def _recording(store: Store, kind: str, label: str, now: datetime, origin: str) -> AbstractContextManager[Recorder]:
    at = now.isoformat(timespec="seconds")
    return store.journal.recording(kind=kind, label=label, at=at, origin=origin)
