"""Taking changes back, and doing them again: every step of the journal, imports included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reader.library.alone import alone, recover
from reader.store import Store
from reader.store.journal import Recorder, Step

_LISTS_ONLY = frozenset({"keep", "drop", "annotate", "arrange"})
"""Kinds of steps that touch no paper: all others must not meet an import that is under way."""

LARGEST_UNDOABLE = 5_000
"""Papers of the largest import that is taken back, and done again, in one step: others wait while that is written."""

_LARGE = "import the file again to bring it back"


def next_to_undo(store: Store, origin: str) -> Step | None:
    """What a window takes back next: the newest step of its own, or of all where it has none.

    Where something was done since, elsewhere, that has to do with what that step changed, it is what is to be taken
    back before.
    """
    step = store.journal.newest(origin=origin) or store.journal.newest()
    while step is not None and (above := store.journal.standing_on(step.id)) is not None:
        step = above
    return step


def is_lengthy(store: Store, step: Step) -> bool:
    """Whether taking a step back, or doing it again, takes so long that somebody who waits should see how far it is."""
    return step.kind not in _LISTS_ONLY and _is_large(store, step)


def undo(store: Store, *, step: int | None = None, between: Callable[[int], None] = lambda _: None) -> str | None:
    """Take back the newest change, or that step, and say which; None where there is nothing to take back.

    Of an import, the papers go that were seen nowhere else and that the user left alone since. One of more papers than
    `LARGEST_UNDOABLE` is hidden at once and removed in parts; only importing its file again brings it back. When the
    user stops that (`KeyboardInterrupt`), the rest goes at the next start or import; where that was the last change,
    undoing once more goes on with it.

    Args:
        step: one that `next_to_undo` gave; None is given back where something was done since that stands on it.
        between: told often how many rows were put back so far; when it raises, nothing was changed.

    Raises:
        LibraryError: an import is under way, or the library cannot be written; then nothing was changed, or the rest
            of a large import goes at the next start.
    """
    if step is not None and step != _id(store.journal.newest()):
        taken = store.journal.undo(step, between=between)  # nothing that touches papers is free to go out of turn
        return None if taken is None else taken.label
    if step is None and (label := _finished(store)) is not None:
        return label
    return _walk(store, store.journal.newest, lambda: _undo(store, step, between))


def _id(step: Step | None) -> int | None:
    return None if step is None else step.id


def _finished(store: Store) -> str | None:
    """Go on with the undoing of a large import that was cut short, unless another process is at it; says of which."""
    label = store.imports.half_undone()
    if label is None:
        return None
    with store.imports.lock(wait=0) as held:
        if not held:
            return None
        recover(store)
    return f"{label} ({_LARGE})"


def _undo(store: Store, wanted: int | None, between: Callable[[int], None]) -> Step | None:
    newest = store.journal.newest()
    if newest is None or newest.kind != "import" or not _is_large(store, newest):
        return store.journal.undo(
            wanted, and_then=lambda recorder, step: _withdraw(store, recorder, step), between=between
        )
    if not store.imports.reopen(newest.id):
        return _undo(store, wanted, between)
    how = _LARGE
    try:
        store.imports.take_back(newest.id, between)
    except KeyboardInterrupt:
        how = f"what is left of it goes at the next start; {_LARGE}"
    return replace(newest, label=f"{newest.label} ({how})")


def redo(store: Store, *, between: Callable[[int], None] = lambda _: None) -> str | None:
    """Do again what was taken back last and say what; None where there is nothing.

    Args:
        between: told often how many rows were changed so far; when it raises, nothing was changed.

    Raises:
        LibraryError: an import is under way, or the library cannot be written; then nothing was changed.
    """
    return _walk(store, store.journal.newest_undone, lambda: store.journal.redo(between=between))


def _walk(store: Store, ahead: Callable[[], Step | None], walk: Callable[[], Step | None]) -> str | None:
    """Go one step back or forth, alone where that touches papers."""
    step = ahead()
    if step is None:
        return None
    if step.kind in _LISTS_ONLY:
        done = walk()
    else:
        with alone(store):
            done = walk()
    return None if done is None else done.label


def _is_large(store: Store, step: Step) -> bool:
    """Whether an import added, showed or changed more than is taken back in one step."""
    return max(_sizes(store, step)) > LARGEST_UNDOABLE


def rows_of(store: Store, step: Step) -> int:
    """How much there is to be put back of a step: about so many rows."""
    return sum(_sizes(store, step))


def _sizes(store: Store, step: Step) -> tuple[int, int]:
    """How many papers a step's pages show, and how many rows it changed and remembers."""
    shown = sum(len(store.imports.sighted(source)) for source in store.sources.of_step(step.id))
    return shown, store.journal.size(step.id)


def _withdraw(store: Store, recorder: Recorder, step: Step) -> None:
    if step.kind == "import":
        for paper in store.edits.added_by(step.id):
            store.edits.remove(recorder, paper)
        store.edits.withdraw(recorder, store.sources.of_step(step.id))
