"""What the app does to the library, run by the worker, and in which words it tells the user.

Each function is one use case of `reader.library`, over the worker's own connection.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader import library
from reader.app.session import Session
from reader.app.status import short_path
from reader.paper import PartialDate
from reader.store import Store
from reader.store.schema import BOOKMARKS
from reader.store.sources import SourceRow
from reader.wording import counted, file_name

if TYPE_CHECKING:
    from reader.library import Annotation, Given, Progress, RejectedRecord, Summary
    from reader.store.journal import Step

Import = Callable[[Store, "Callable[[Progress], None]"], "Outcome"]
"""Something long that tells how far it is."""
Tone = Literal["information", "warning"]
"""In which something is said."""

_UNDO, _UNDO_PART, _REDO = "{undo} takes it back", "{undo} takes its last part back", "{redo} does it again"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change.

    Attributes:
        words: what to say.
        bookmarks: what the bookmarks are now.
        loud: whether it must be seen whole.
        tone: in which it is said.
        papers_changed: whether papers came or went.
        rejected: what an import did not understand.
        way_back: which key takes it back, in words with commands in braces for their keys.
        paper: the one the cursor is to stand on.
    """

    words: str
    bookmarks: array[int]
    loud: bool = False
    tone: Tone = "information"
    papers_changed: bool = False
    rejected: tuple[RejectedRecord, ...] = ()
    way_back: str = ""
    paper: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A step that is not taken back before the user was asked.

    Attributes:
        step: its id.
        label: what was done.
        why: why the user is asked: who did it, and when.
    """

    step: int
    label: str
    why: str


def bookmark(store: Store, paper: int, session: Session) -> Outcome:
    """Put a paper into Bookmarks, or take it out."""
    kept = library.toggle(store, [paper], now=session.now(), origin=session.origin)
    return Outcome(kept.label, store.lists.entries(BOOKMARKS), way_back=_UNDO)


def save_search(store: Store, name: str, query: str, session: Session) -> Outcome:
    """Keep a query under a name."""
    return _kept(store, library.save_search(store, name, query, now=session.now(), origin=session.origin))


def rename_search(store: Store, name: str, new_name: str, session: Session) -> Outcome:
    """Give a saved search another name."""
    return _kept(store, library.rename_search(store, name, new_name, now=session.now(), origin=session.origin))


def forget_search(store: Store, name: str, session: Session) -> Outcome:
    """Forget a saved search."""
    return _kept(store, library.forget_search(store, name, now=session.now(), origin=session.origin))


def _kept(store: Store, done: Annotation) -> Outcome:
    return Outcome(done.label, store.lists.entries(BOOKMARKS), way_back=_UNDO if done.changed else "")


def undo(store: Store, session: Session, *, sure: int | None = None) -> Outcome | Doubt:
    """Take back the last change; an import, or what was done elsewhere, only when the user is `sure` of that step."""
    newest = store.journal.newest()
    if newest is not None and newest.id != sure and (newest.kind == "import" or newest.origin != session.origin):
        return Doubt(newest.id, newest.label, why_doubted(newest, session))
    return _told(store, "undone", library.undo(store), _REDO)


def why_doubted(step: Step, session: Session) -> str:
    """Who made a step, and when by the clock on the wall."""
    at, today = datetime.fromisoformat(step.at).astimezone(), session.now().astimezone().date()
    when = f"at {at:%H:%M}"
    if at.date() != today:
        when += f" on {PartialDate(at.year, at.month, at.day).in_words()}"
    if step.origin == session.origin:
        return f"Made in this window {when}; its papers go with it."
    if step.origin.startswith("window"):
        return f"Made by another window {when}."
    return f"Made by a command {when}." if step.origin == "command" else f"Made outside this window {when}."


def redo(store: Store) -> Outcome:
    """Do again what was taken back."""
    return _told(store, "done again", library.redo(store), _UNDO)


def elsewhere(store: Store) -> Outcome:
    """What there is after another window or command changed the library; nothing is said of it."""
    return Outcome("", store.lists.entries(BOOKMARKS), papers_changed=True)


def export(store: Store, session: Session, home: Path) -> Outcome:
    """Write the bookmarks to a file and say where; an empty list is not worth one."""
    chosen = library.export(store)
    words = f"{chosen.title} is empty: there is nothing to write"
    if chosen.count:
        path = library.export_to_folder(chosen, session.export_folder)
        words = f"{counted(chosen.count, 'paper')} written to {short_path(path, home)}"
    return Outcome(words, store.lists.entries(BOOKMARKS), loud=True)


def import_given(store: Store, report: Callable[[Progress], None], given: Given, session: Session) -> Outcome:
    """Import a file, a folder or pasted text, telling how far it is."""
    try:
        summary = library.import_paths(store, [given], now=session.now(), origin=session.origin, progress=report)
    except KeyboardInterrupt:  # while it waited for its turn
        return Outcome("Stopped: nothing was imported", store.lists.entries(BOOKMARKS), loud=True)
    told = summary.files == 0 and len(summary.rejected) == 1  # in the words already
    unhappy = bool(summary.rejected) or summary.stopped_at is not None
    return Outcome(
        import_words(summary),
        store.lists.entries(BOOKMARKS),
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
    return replace(_curated(store, done.label), paper=stays)


def split(store: Store, paper: int, session: Session) -> Outcome:
    """Make several papers again of one."""
    return _curated(store, library.split_paper(store, paper, now=session.now(), origin=session.origin).label)


def remove(store: Store, paper: int, session: Session) -> Outcome:
    """Remove a paper."""
    return _curated(store, library.remove_papers(store, [paper], now=session.now(), origin=session.origin).label)


def remove_source(store: Store, source: int, session: Session) -> Outcome:
    """Take a source back, with the papers that nothing else shows."""
    done = library.remove_source(store, source, now=session.now(), origin=session.origin)
    return _curated(store, done.with_papers())


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
        return _curated(store, words, way_back=_UNDO_PART if gone else "")
    return _curated(store, done.with_papers(), way_back=_UNDO_PART)


def recover(store: Store) -> None:
    """Take back imports that died, unseen."""
    library.recover_if_idle(store)


def _told(store: Store, done: str, label: str | None, way_back: str) -> Outcome:
    words, back = (f"{done}: {label}", way_back) if label else (f"Nothing to be {done}", "")
    return Outcome(words, store.lists.entries(BOOKMARKS), papers_changed=True, way_back=back)


def _curated(store: Store, label: str, *, way_back: str = _UNDO) -> Outcome:
    return Outcome(label, store.lists.entries(BOOKMARKS), papers_changed=True, way_back=way_back)
