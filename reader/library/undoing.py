"""Taking changes back, and doing them again: every step of the journal, imports included."""

from __future__ import annotations

from collections.abc import Callable

from reader.errors import UsageError
from reader.library.importing import alone
from reader.store import Store
from reader.store.journal import Recorder, Step

_LISTS_ONLY = frozenset({"keep", "drop", "annotate"})
"""Kinds of steps that touch no paper: all others must not meet an import that is under way."""

LARGEST_UNDOABLE = 5_000
"""Papers of the largest import that is taken back in one step: others wait while that is written."""


def undo(store: Store) -> str | None:
    """Take back the newest change and say which; None where there is nothing to take back.

    Of an import, the papers go that were seen nowhere else and that the user left alone since.

    Raises:
        UsageError: it is an import of more papers than are taken back in one step.
        LibraryError: an import is under way, or the library cannot be written; then nothing was changed.
    """
    return _walk(store, store.journal.newest, lambda: _undo(store))


def _undo(store: Store) -> Step | None:
    newest = store.journal.newest()
    if newest is not None and newest.kind == "import":
        refuse_large(store, newest)
    return store.journal.undo(and_then=lambda recorder, step: _withdraw(store, recorder, step))


def redo(store: Store) -> str | None:
    """Do again what was taken back last and say what; None where there is nothing.

    Raises:
        LibraryError: an import is under way, or the library cannot be written; then nothing was changed.
    """
    return _walk(store, store.journal.newest_undone, store.journal.redo)


def _walk(store: Store, coming: Callable[[], Step | None], walk: Callable[[], Step | None]) -> str | None:
    """Go one step back or forth, alone where that touches papers."""
    step = coming()
    if step is None:
        return None
    if step.kind in _LISTS_ONLY:
        done = walk()
    else:
        with alone(store):
            done = walk()
    return None if done is None else done.label


def refuse_large(store: Store, step: Step) -> None:
    """Raise `UsageError` where an import is too large for one step."""
    shown = {source: len(store.imports.sighted(source)) for source in store.sources.of_step(step.id)}
    if sum(shown.values()) > LARGEST_UNDOABLE:
        largest = max(shown, key=lambda source: shown[source])
        hint = f"`reader sources remove {largest}` removes it a part at a time"
        raise UsageError(f"the last change, {step.label}, is too large to be taken back in one step", hint)


def _withdraw(store: Store, recorder: Recorder, step: Step) -> None:
    if step.kind == "import":
        for paper in store.edits.added_by(step.id):
            store.edits.remove(recorder, paper)
        store.edits.withdraw(recorder, store.sources.of_step(step.id))
