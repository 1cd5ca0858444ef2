"""Being the only one that adds, removes or unites papers, and taking back what one that died left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reader.errors import LibraryError
from reader.store import Store

_LOCK_SECONDS = 0.2


def recover(store: Store) -> None:
    """Take back imports that died before they were complete. Only for the holder of the import lock."""
    for step in store.imports.unfinished():
        store.imports.take_back(step)


def recover_if_idle(store: Store) -> None:
    """The same, unless another process is importing; imports nothing and waits for nobody."""
    if store.imports.unfinished():
        with store.imports.lock(wait=0) as held:
            if held:
                recover(store)


@contextmanager
def only_importer(store: Store, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Be the only one that adds papers, from when no other import runs any more.

    Args:
        waiting: called some times a second until then; what it raises ends the waiting.
    """
    while True:
        with store.imports.lock(wait=_LOCK_SECONDS) as held:
            if held:
                with store.database.large_cache():
                    yield
                return
        if waiting is not None:
            waiting()


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Be the only one that adds, removes or unites papers, after taking back what a dead import left.

    Raises:
        LibraryError: an import is under way; nobody should wait for as long as that may take.
    """
    with store.imports.lock(wait=_LOCK_SECONDS) as held:
        if not held:
            raise LibraryError("papers are being imported just now", "try again when that is done")
        recover(store)
        yield
