"""What the app does to the library, run by the worker, and in which words it tells the user.

Each function is one use case of `reader.library`, over the worker's own connection.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from reader import library
from reader.app.session import Session
from reader.errors import ReaderError
from reader.frozen import frozen
from reader.store import Store
from reader.store.sources import SourceRow
from reader.wording import counted, file_name

if TYPE_CHECKING:
    from reader.library import Annotation, Given, Kept, Progress, RejectedRecord, Summary

Import = Callable[[Store, "Callable[[Progress], None]"], object]
"""Something long that tells how far it is."""
Tone = Literal["information", "warning"]
"""In which something is said."""

LENGTHY = 1_000
"""Papers whose removal takes long enough, about a second, that one should see how far it is."""
_UNDO, _UNDO_PART = "{undo} takes it back", "{undo} takes its last part back"


@frozen
class Shelf:
    """A reading list as it is shown.

    Attributes:
        place: its place among all lists, from 1.
        lists: how many lists there are.
        papers: what is in it, in its order.
    """

    id: int
    name: str
    place: int
    lists: int
    papers: array[int]


@frozen
class Outcome:
    """What came of a change.

    Attributes:
        words: what to say.
        bookmarks: what the reading list that is shown holds now.
        loud: whether it must be seen whole.
        tone: in which it is said.
        papers_changed: whether papers came or went.
        marks_changed: whether papers came to answer to other filters.
        rejected: what an import did not understand.
        way_back: which key takes it back, in words with commands in braces for their keys.
        papers: what it was about: the cursor is to stand on one of them.
    """

    words: str
    bookmarks: Shelf
    loud: bool = False
    tone: Tone = "information"
    papers_changed: bool = False
    marks_changed: bool = False
    rejected: tuple[RejectedRecord, ...] = ()
    way_back: str = ""
    papers: tuple[int, ...] = ()


@frozen
class Lengthy:
    """What would take long, and is not begun here: where it tells how far it is, it can be watched and stopped."""

    job: Import


@frozen
class Unwritten:
    """A note that could not be written, with the reason: what was typed is not lost."""

    papers: tuple[int, ...]
    text: str
    why: ReaderError


def bookmark(store: Store, papers: Sequence[int], session: Session, list_name: str | None = None) -> Outcome:
    """Put papers into a reading list, Bookmarks where none is named, or take them out when all of them are in it."""
    kept = library.toggle(store, papers, now=session.now(), origin=session.origin, list_name=list_name)
    return _annotated(store, kept, session)


def toggle_read(store: Store, papers: Sequence[int], session: Session) -> Outcome:
    """Mark papers as read, or as not read when all of them are."""
    return _annotated(store, library.toggle_read(store, papers, now=session.now(), origin=session.origin), session)


def read(store: Store, paper: int, session: Session) -> Outcome:
    """Mark a paper as read that was rested on; the list stays as it is while it is being read."""
    done = library.mark_read(store, [paper], now=session.now(), origin=session.origin)
    words = done.label if done.changed else ""
    return Outcome(words, shelf(store, session), way_back=_UNDO if words else "")


def toggle_dismissed(store: Store, papers: Sequence[int], session: Session) -> Outcome:
    """Dismiss papers, or bring them back when all of them are dismissed."""
    done = library.toggle_dismissed(store, papers, now=session.now(), origin=session.origin)
    return replace(_annotated(store, done, session), papers_changed=True)


def retag(store: Store, papers: Sequence[int], add: Sequence[str], remove: Sequence[str], session: Session) -> Outcome:
    """Give papers tags and take others from them."""
    done = library.retag(store, papers, add=add, remove=remove, now=session.now(), origin=session.origin)
    return _annotated(store, done, session)


def relist(
    store: Store, papers: Sequence[int], into: Sequence[str], out_of: Sequence[str], session: Session
) -> Outcome:
    """Put papers into reading lists and take them out of others."""
    done = library.relist(store, papers, into=into, out_of=out_of, now=session.now(), origin=session.origin)
    return _annotated(store, done, session)


def write_note(store: Store, papers: Sequence[int], text: str, session: Session) -> Outcome | Unwritten:
    """Write a note on a paper, or add it to what there is on several; what cannot be written is given back."""
    now, origin = session.now(), session.origin
    try:
        if len(papers) == 1:
            return _annotated(store, library.set_note(store, papers[0], text, now=now, origin=origin), session)
        return _annotated(store, library.add_note(store, papers, text, now=now, origin=origin), session)
    except ReaderError as error:
        return Unwritten(tuple(papers), text, error)


def arrange(store: Store, change: Callable[..., Annotation], session: Session) -> Outcome:
    """Make, name, order or delete a reading list, or order what is in it."""
    return _annotated(store, change(store, now=session.now(), origin=session.origin), session)


def turn_to(store: Store, session: Session, by: int) -> Outcome:
    """Show the reading list that so many places further on stands, the first after the last."""
    ids = [each.id for each in store.lists.all()]
    place = ids.index(session.reading_list) if session.reading_list in ids else 0
    session.reading_list = ids[(place + by) % len(ids)]
    return Outcome("", shelf(store, session))


def shelf(store: Store, session: Session) -> Shelf:
    """The reading list that is shown, or Bookmarks where that is gone."""
    lists = store.lists.all()
    shown = next((each for each in lists if each.id == session.reading_list), lists[0])
    session.reading_list = shown.id
    return Shelf(shown.id, shown.name, lists.index(shown) + 1, len(lists), store.lists.entries(shown.id))


def _annotated(store: Store, done: Annotation | Kept, session: Session) -> Outcome:
    way_back = _UNDO if done.changed else ""
    return Outcome(done.label, shelf(store, session), way_back=way_back, marks_changed=True)


def save_search(store: Store, name: str, query: str, session: Session) -> Outcome:
    """Keep a query under a name."""
    return _annotated(store, library.save_search(store, name, query, now=session.now(), origin=session.origin), session)


def elsewhere(store: Store, session: Session) -> Outcome:
    """What there is after another window or command changed the library; nothing is said of it."""
    return Outcome("", shelf(store, session), papers_changed=True)


def import_given(store: Store, report: Callable[[Progress], None], given: Given, session: Session) -> Outcome:
    """Import a file, a folder or pasted text, telling how far it is."""
    try:
        summary = library.import_paths(store, [given], now=session.now(), origin=session.origin, progress=report)
    except KeyboardInterrupt:  # while it waited for its turn
        return Outcome("Stopped: nothing was imported", shelf(store, session), loud=True)
    told = summary.files == 0 and len(summary.rejected) == 1  # in the words already
    unhappy = bool(summary.rejected) or summary.stopped_at is not None
    return Outcome(
        import_words(summary),
        shelf(store, session),
        loud=True,
        tone="warning" if unhappy else "information",
        papers_changed=True,
        rejected=() if told else summary.rejected,
        way_back=_UNDO if _undoable(summary) else "",
    )


def _undoable(summary: Summary) -> bool:
    """Whether one undo takes back all of an import: each file is a step, and a large one is none that can be undone."""
    from reader.library.undoing import LARGEST_UNDOABLE

    return summary.files == 1 and bool(summary.added + summary.merged) and summary.records <= LARGEST_UNDOABLE


def import_words(summary: Summary) -> str:
    """What became of what was given."""
    counts = {
        "new": summary.added,
        "merged": summary.merged,
        "unchanged": summary.unchanged,
        "not understood": sum(each.line is not None for each in summary.rejected),
    }
    words = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    read = f"Read {counted(summary.records, 'record')}: {words or 'nothing new'}"
    unreadable = [each for each in summary.rejected if each.line is None]
    parts = [read] if summary.files else []
    if len(unreadable) == 1:
        parts.append(f"{file_name(unreadable[0].file)}: {unreadable[0].reason}")
    elif unreadable:
        parts.append(f"{len(unreadable):,} files cannot be read")
    if summary.skipped:
        parts.append(f"{counted(summary.skipped, 'file')} of unknown kind passed over")
    parts += [f"{file_name(file)} was read as {encoding}" for file, encoding in summary.encodings[:1]]
    if summary.stopped_at is not None:
        parts.insert(0, f"Stopped: nothing of {file_name(summary.stopped_at)} was kept")
    return " · ".join(parts) or "Nothing to read"


def merge(store: Store, first: int, second: int, session: Session) -> Outcome:
    """Make two papers one."""
    done = library.merge_papers(store, first, second, now=session.now(), origin=session.origin)
    stays = next((row.id for row in store.papers.rows([first, second])), None)
    return replace(_curated(store, done.label, session), papers=() if stays is None else (stays,))


def split(store: Store, paper: int, session: Session) -> Outcome:
    """Make several papers again of one."""
    return _curated(store, library.split_paper(store, paper, now=session.now(), origin=session.origin).label, session)


def remove(store: Store, papers: Sequence[int], session: Session) -> Outcome | Lengthy:
    """Remove papers."""
    if len(papers) > LENGTHY:
        ids = array("q", papers)  # what a list reads of them stays with this thread
        return Lengthy(lambda store, report: _remove_many(store, report, ids, session))
    done = library.remove_papers(store, papers, now=session.now(), origin=session.origin)
    return _curated(store, done.label, session)


def _remove_many(store: Store, report: Callable[[Progress], None], papers: Sequence[int], session: Session) -> Outcome:
    what, total = counted(len(papers), "paper"), len(papers)

    def between(gone: int) -> None:
        stage = "removing" if gone < total else "forgetting words"
        report(library.Progress(what, gone, gone, total, stage, unit="paper"))

    try:
        done = library.remove_papers(store, papers, now=session.now(), origin=session.origin, between=between)
    except KeyboardInterrupt:
        return stopped(store, session)
    return _curated(store, done.label, session)


def remove_source(store: Store, source: int, session: Session) -> Outcome:
    """Take a source back, with the papers that nothing else shows."""
    done = library.remove_source(store, source, now=session.now(), origin=session.origin)
    return _curated(store, done.with_papers(), session)


def remove_large_source(
    store: Store, report: Callable[[Progress], None], source: SourceRow, session: Session
) -> Outcome:
    """The same a part at a time, telling how far it is; what went before it was stopped is gone."""
    gone = 0

    def between(so_far: int) -> None:
        nonlocal gone
        gone = so_far
        report(library.Progress(source.name, gone, gone, max(source.alone, gone), "removing"))

    try:
        done = library.remove_source(store, source.id, now=session.now(), origin=session.origin, between=between)
    except KeyboardInterrupt:
        words = f"Stopped: {counted(gone, 'paper')} went, the rest is still there"
        return _curated(store, words, session, way_back=_UNDO_PART if gone else "")
    return _curated(store, done.with_papers(), session, way_back=_UNDO_PART)


def recover(store: Store) -> None:
    """Take back imports that died, unseen."""
    library.recover_if_idle(store)


def stopped(store: Store, session: Session) -> Outcome:
    """What there is after something long was stopped that is done whole or not at all."""
    return Outcome("Stopped: the library is as it was", shelf(store, session), loud=True)


def _curated(store: Store, label: str, session: Session, *, way_back: str = _UNDO) -> Outcome:
    return Outcome(label, shelf(store, session), papers_changed=True, way_back=way_back)
