"""The one module that starts threads: for questions, for changes, and for imports, each with its own connection.

Threads compute and post one message; handlers change widgets. A newer question interrupts the older, whose answer is
dropped. Changes are made one after the other, never dropped, and finished before the app leaves; they do not wait for
an import, which can take long and can be stopped.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from textual.message import Message

from reader.errors import Interrupted
from reader.store import Store

if TYPE_CHECKING:
    from reader.library import Progress

Question = Callable[[Store], Iterator[object]]
"""Gives its answer in stages, each better than the one before."""
Change = Callable[[Store], object]
"""Changes the library and gives what came of it."""
Import = Callable[[Store, "Callable[[Progress], None]"], object]
"""Imports, telling how far it is, and gives what came of it."""

_LEAVING_SECONDS = 10.0


class Answered(Message):
    """A stage of the answer to the question of that serial number."""

    def __init__(self, serial: int, answer: object) -> None:
        super().__init__()
        self.serial = serial
        self.answer = answer


class Changed(Message):
    """The library was changed, and the change is on the disk."""

    def __init__(self, outcome: object) -> None:
        super().__init__()
        self.outcome = outcome


class Progressed(Message):
    """How far the import is."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress

    def can_replace(self, message: Message) -> bool:
        """The newest is enough."""
        return isinstance(message, Progressed)


class Failed(Message):
    """A question could not be answered, or a change could not be made; the library is as it was."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Worker:
    """Three threads over one library."""

    def __init__(self, path: Path, post: Callable[[Message], object]) -> None:
        """Work on that library and post to that widget or app; `start` begins."""
        self._path = path
        self._post = post
        self._question: tuple[int, Question] | None = None
        self._serial = 0
        self._asked = threading.Condition()
        self._answering: Store | None = None
        self._leaving = False
        self._changes: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._imports: queue.SimpleQueue[Import | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._threads = (
            threading.Thread(target=self._answer, name="answers", daemon=True),
            threading.Thread(target=self._change, name="changes", daemon=True),
            threading.Thread(target=self._import, name="imports", daemon=True),
        )

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def ask(self, question: Question) -> int:
        """Ask, instead of whatever was asked before, and give the serial number of the answers to come."""
        with self._asked:
            self._serial += 1
            self._question = (self._serial, question)
            if self._answering is not None:
                self._answering.interrupt()
            self._asked.notify()
            return self._serial

    def change(self, change: Change) -> None:
        """Make a change after those that wait already."""
        self._changes.put(change)

    def start_import(self, job: Import) -> None:
        """Import after the imports that wait already."""
        self._imports.put(job)

    def stop_import(self) -> None:
        """Stop the import that is under way: what is finished of it stays, the rest is taken back."""
        self._stopping.set()

    def stop(self) -> None:
        """Drop the question, stop the import, finish the changes, and wait for all."""
        with self._asked:
            self._leaving = True
            if self._answering is not None:
                self._answering.interrupt()
            self._asked.notify()
        self._changes.put(None)
        self._stopping.set()
        self._imports.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(_LEAVING_SECONDS)

    def _answer(self) -> None:
        """Wait for questions and answer the newest."""
        with _Connection(self._path) as connection:
            while (asked := self._next_question()) is not None:
                self._answer_one(connection, *asked)

    def _next_question(self) -> tuple[int, Question] | None:
        with self._asked:
            while self._question is None and not self._leaving:
                self._asked.wait()
            if self._leaving:
                return None
            asked, self._question = self._question, None
            return asked

    def _answer_one(self, connection: _Connection, serial: int, question: Question) -> None:
        try:
            store = connection.store()
            with self._asked:
                if serial != self._serial or self._leaving:
                    return
                self._answering = store
            for answer in question(store):
                if serial != self._serial:
                    return
                self._post(Answered(serial, answer))
        except Interrupted:
            with self._asked:  # the interrupt may have been meant for the question before
                if serial == self._serial and not self._leaving:
                    self._question = (serial, question)
        except Exception as error:  # noqa: BLE001 - the outermost seam of this thread: the app shows and logs it
            self._post(Failed(error))
        finally:
            with self._asked:
                self._answering = None

    def _change(self) -> None:
        """Make changes one after the other until told to leave."""
        with _Connection(self._path) as connection:
            while (change := self._changes.get()) is not None:
                try:
                    self._post(Changed(change(connection.store())))
                except Exception as error:  # noqa: BLE001 - the outermost seam of this thread: the app shows and logs it
                    self._post(Failed(error))

    def _import(self) -> None:
        """Import one after the other until told to leave."""
        with _Connection(self._path) as connection:
            while (job := self._imports.get()) is not None and not self._leaving:
                self._stopping.clear()
                try:
                    self._post(Changed(job(connection.store(), self._report)))
                except Exception as error:  # noqa: BLE001 - the outermost seam of this thread: the app shows and logs it
                    self._post(Failed(error))

    def _report(self, progress: Progress) -> None:
        if self._stopping.is_set():
            raise KeyboardInterrupt  # as Ctrl-C stops an import of the command line
        self._post(Progressed(progress))


class _Connection:
    """A thread's own connection, opened when it is first needed and, where that fails, tried again the next time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store: Store | None = None

    def store(self) -> Store:
        """The open library. Raises `LibraryError` when it cannot be opened."""
        if self._store is None:
            self._store = Store.open(self._path)
        return self._store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._store is not None:
            self._store.close()
