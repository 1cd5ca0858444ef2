"""Taking changes back, and doing them again: every step of the journal, imports included."""

from __future__ import annotations

from reader.errors import UsageError
from reader.store import Store
from reader.store.journal import Recorder, Step

LARGEST_UNDOABLE = 5_000
"""Papers of the largest import that is taken back in one step: others wait while that is written."""


def undo(store: Store) -> str | None:
    """Take back the newest change and say which; None where there is nothing to take back.

    Of an import, the papers go that were seen nowhere else and that the user left alone since.

    Raises:
        UsageError: it is an import of more papers than are taken back in one step.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    newest = store.journal.newest()
    if newest is not None and newest.kind == "import":
        refuse_large(store, newest)
    step = store.journal.undo(and_then=lambda recorder, step: _withdraw(store, recorder, step))
    return None if step is None else step.label


def redo(store: Store) -> str | None:
    """Do again what was taken back last and say what; None where there is nothing.

    Raises:
        LibraryError: the library cannot be written; then nothing was changed.
    """
    step = store.journal.redo()
    return None if step is None else step.label


def refuse_large(store: Store, step: Step) -> None:
    """Raise `UsageError` where an import is too large for one step."""
    for source in store.sources.of_step(step.id):
        if len(store.edits.only_in(source)) > LARGEST_UNDOABLE:
            raise UsageError(
                f"the last change, {step.label}, is too large to be taken back in one step",
                f"`reader sources remove {source}` removes it a part at a time",
            )


def _withdraw(store: Store, recorder: Recorder, step: Step) -> None:
    if step.kind == "import":
        for source in store.sources.of_step(step.id):
            store.edits.remove_source(recorder, source)
