"""What the app does to the library, run by the worker, and in which words it tells the user.

Each function is one use case of `reader.library`, over the worker's own connection.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from pathlib import Path

from reader import library
from reader.app.session import Session
from reader.app.status import short_path
from reader.store import Store
from reader.store.schema import BOOKMARKS
from reader.wording import counted


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change: what to say, and how loudly; what the bookmarks are now; whether papers came or went."""

    words: str
    bookmarks: array[int]
    loud: bool = False
    papers_changed: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A change that is not made before the user was asked: the newest step is not one of this window's own keys."""

    label: str


def bookmark(store: Store, paper: int, session: Session) -> Outcome:
    """Put a paper into Bookmarks, or take it out."""
    kept = library.toggle(store, [paper], now=session.now(), origin=session.origin)
    return Outcome(kept.label, store.lists.entries(BOOKMARKS))


def undo(store: Store, session: Session, *, sure: bool) -> Outcome | Doubt:
    """Take back the last change; an import, or what was done elsewhere, only when the user is sure."""
    newest = store.journal.newest()
    if newest is not None and not sure and (newest.kind == "import" or newest.origin != session.origin):
        return Doubt(newest.label)
    return _told(store, "undone", library.undo(store))


def redo(store: Store) -> Outcome:
    """Do again what was taken back."""
    return _told(store, "done again", library.redo(store))


def export(store: Store, session: Session, home: Path) -> Outcome:
    """Write the bookmarks to a file and say where; an empty list is not worth one."""
    chosen = library.export(store)
    words = f"{chosen.title} is empty: there is nothing to write"
    if chosen.count:
        path = library.export_to_folder(chosen, session.export_folder)
        words = f"{counted(chosen.count, 'paper')} written to {short_path(path, home)}"
    return Outcome(words, store.lists.entries(BOOKMARKS), loud=True)


def import_pasted(store: Store, text: str, session: Session) -> Outcome:
    """Import text that was pasted."""
    summary = library.import_text(store, text, name="pasted text", now=session.now(), origin=session.origin)
    counts = {
        "new": summary.added,
        "merged": summary.merged,
        "unchanged": summary.unchanged,
        "not understood": len(summary.rejected),
    }
    words = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return Outcome(
        f"Read {counted(summary.records, 'record')}: {words or 'nothing new'}",
        store.lists.entries(BOOKMARKS),
        loud=True,
        papers_changed=True,
    )


def recover(store: Store) -> None:
    """Take back imports that died, unseen."""
    library.recover_if_idle(store)


def _told(store: Store, done: str, label: str | None) -> Outcome:
    words = f"{done}: {label}" if label else f"Nothing to be {done}"
    return Outcome(words, store.lists.entries(BOOKMARKS), loud=True, papers_changed=True)
