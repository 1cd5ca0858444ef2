"""The one module that starts threads: for searches, looks at other things, asides, changes, imports, and copies.

Each has its own connection. Threads compute and post one message; handlers change widgets. A newer question interrupts
the older of its thread, whose answer is dropped; a look into a large file keeps no search waiting, and an aside, which
the user did not ask for, keeps nobody. Changes are made one
after the other, never dropped, and finished before the app leaves; they do not wait for an import, which can take long
and can be stopped, but for what holds the library alone for as long, so that none is refused. While there is none to
make, their thread looks whether others changed the library. What follows a change by itself, the copy of the day, is
made in a thread of its own, so that the next change does not wait for it.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from textual.message import Message

from reader.errors import Interrupted, LibraryError
from reader.store import Store

if TYPE_CHECKING:
    from reader.library import Progress

Question = Callable[[Store], Iterator[object]]
"""Gives its answer in stages, each better than the one before."""
Change = Callable[[Store], object]
"""Changes the library and gives what came of it."""
Import = Callable[[Store, "Callable[[Progress], None]"], object]
"""Imports, telling how far it is, and gives what came of it."""

Post = Callable[[Message], object]
"""Takes a message to a widget, from any thread."""

_LEAVING_SECONDS = 10.0
_PAINTING_SECONDS = 0.05
"""How long a search waits at most, before its next stage, until the one before is painted."""
_LOOKING_SECONDS = 1.0
"""How often it is looked whether others changed the library."""


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
    """Six threads over one library."""

    def __init__(self, path: Path, post: Post) -> None:
        """Work on that library and post to that widget or app; `start` begins."""
        self._path = path
        self._post = post
        self._leaving = False
        self._searches = _Questions(path, post, painted=threading.Event())
        self._looks = _Questions(path, post)
        self._asides = _Questions(path, post)
        self._changes: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._imports: queue.SimpleQueue[tuple[Import, bool] | None] = queue.SimpleQueue()
        self._stops: deque[threading.Event] = deque()
        self._turn = threading.Lock()
        self._elsewhere: Change | None = None
        self._afterwards: Change | None = None
        self._done: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._copying = threading.Thread(target=self._follow, name="copies", daemon=True)
        self._threads = (
            threading.Thread(target=self._searches.run, name="searches", daemon=True),
            threading.Thread(target=self._looks.run, name="looks", daemon=True),
            threading.Thread(target=self._asides.run, name="asides", daemon=True),
            threading.Thread(target=self._change, name="changes", daemon=True),
            threading.Thread(target=self._import, name="imports", daemon=True),
        )

    def watch(self, elsewhere: Change) -> None:
        """From the start on, post as a change what this gives when another window or command changed the library."""
        self._elsewhere = elsewhere

    def follow(self, afterwards: Change) -> None:
        """From the start on, run that after changes and imports, while the next ones are made already."""
        self._afterwards = afterwards

    def start(self) -> None:
        """Start the threads."""
        for thread in (*self._threads, self._copying):
            thread.start()

    def ask(self, question: Question) -> int:
        """Search, instead of whatever was searched before, and give the serial number of the answers to come."""
        return self._searches.ask(question, self._post)

    def look(self, question: Question, reply: Post) -> int:
        """Ask something else, instead of whatever else was asked before; the answers go to `reply`, failures do not."""
        return self._looks.ask(question, reply)

    def aside(self, question: Question, reply: Post) -> int:
        """Ask what may be worth showing, instead of what was asked so before; the answers go to `reply`."""
        return self._asides.ask(question, reply)

    def look_no_more(self, serial: int) -> None:
        """Drop the question of that serial number, unless a newer one took its place already."""
        self._looks.drop(serial)

    def give_way(self) -> None:
        """For what answers a look: raise `Interrupted` when nobody waits for the answer any more."""
        self._looks.give_way()

    def painted(self) -> None:
        """Let a search go on: what it found so far is on the screen, and its next stage keeps nothing from there."""
        self._searches.go_on()

    @property
    def searching(self) -> bool:
        """Whether a search waits to be begun, or is being answered."""
        return self._searches.waiting

    def change(self, change: Change) -> None:
        """Make a change after those that wait already."""
        self._changes.put(change)

    def start_import(self, job: Import, *, alone: bool = False) -> None:
        """Import after the imports that wait already; where it writes `alone`, changes wait until it is done."""
        self._stops.append(threading.Event())
        self._imports.put((job, alone))

    @property
    def importing(self) -> bool:
        """Whether an import is under way, or waits; it is over when its message is posted."""
        return bool(self._stops)

    def stop_import(self) -> None:
        """Stop the import that is under way: what is finished of it stays, the rest is taken back."""
        if self._stops:
            self._stops[0].set()

    def stop(self) -> None:
        """Drop the questions, stop the imports, finish the changes, and wait for all."""
        self._leaving = True
        self._searches.leave()
        self._looks.leave()
        self._asides.leave()
        self._changes.put(None)
        for stop in list(self._stops):
            stop.set()
        self._imports.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(_LEAVING_SECONDS)
        self._done.put(False)
        if self._copying.is_alive():
            self._copying.join(_LEAVING_SECONDS)

    def _change(self) -> None:
        """Make changes one after the other until told to leave."""
        with _Connection(self._path) as connection:
            news = _News(connection, self._elsewhere, self._post)
            while (change := self._next_change(news)) is not None:
                try:
                    with self._turn:
                        outcome = change(connection.store())
                    self._post(Changed(outcome))
                    self._done.put(True)
                except Exception as error:  # noqa: BLE001 - the outermost seam of this thread: the app shows and logs it
                    self._post(Failed(error))

    def _next_change(self, news: _News) -> Change | None:
        """Wait for a change, and tell meanwhile what others did."""
        while True:
            news.look()
            with contextlib.suppress(queue.Empty):
                return self._changes.get(timeout=_LOOKING_SECONDS)

    def _import(self) -> None:
        """Import one after the other until told to leave."""
        with _Connection(self._path) as connection:
            while (given := self._imports.get()) is not None and not self._leaving:
                job, alone = given
                came: Message
                try:
                    with self._turn if alone else contextlib.nullcontext():
                        came = Changed(job(connection.store(), self._report))
                    self._done.put(True)
                except Exception as error:  # noqa: BLE001 - the outermost seam of this thread: the app shows and logs it
                    came = Failed(error)
                self._stops.popleft()
                self._post(came)

    def _follow(self) -> None:
        """Do what follows changes until told to leave."""
        with _Connection(self._path) as connection:
            while self._done.get():
                try:
                    if self._afterwards is not None:
                        self._afterwards(connection.store())
                except Exception as error:  # noqa: BLE001 - the outermost seam of this thread: the app shows and logs it
                    self._post(Failed(error))

    def _report(self, progress: Progress) -> None:
        if self._stops[0].is_set():
            raise KeyboardInterrupt  # as Ctrl-C stops an import of the command line
        self._post(Progressed(progress))


class _News:
    """What others did to the library since it was looked at before.

    What this connection itself changes is no news, nor is an import, here or elsewhere, before it is complete. A
    library that cannot be read just now is looked at again.
    """

    def __init__(self, connection: _Connection, elsewhere: Change | None, post: Post) -> None:
        """Where there is news, post as a change what `elsewhere` gives."""
        self._connection = connection
        self._elsewhere = elsewhere
        self._post = post
        self._seen: tuple[int, object] | None = None

    def look(self) -> None:
        """Tell what is new; the first time nothing is."""
        try:
            with contextlib.suppress(LibraryError):
                if self._elsewhere is not None:
                    self._look(self._connection.store(), self._elsewhere)
        except Exception as error:  # noqa: BLE001 - the outermost seam of this thread: the app shows and logs it
            self._elsewhere = None  # told once, not every second
            self._post(Failed(error))

    def _look(self, store: Store, elsewhere: Change) -> None:
        version = store.database.data_version()
        if self._seen is not None and version == self._seen[0]:
            return
        steps = (store.journal.newest(), store.journal.newest_undone())
        if self._seen is not None and steps != self._seen[1]:
            self._post(Changed(elsewhere(store)))
        self._seen = (version, steps)


class _Questions:
    """A thread's questions, of which only the newest is answered."""

    def __init__(self, path: Path, failed: Post, *, painted: threading.Event | None = None) -> None:
        """Answer from that library, and tell there what cannot be answered; with `painted`, wait between stages."""
        self._path = path
        self._painted = painted
        self._failed = failed
        self._question: tuple[int, Question, Post] | None = None
        self._serial = self._answered = 0
        self._asked = threading.Condition()
        self._answering: Store | None = None
        self._at_work = False
        self._leaving = False

    @property
    def waiting(self) -> bool:
        """Whether a question waits, or is being answered."""
        return self._question is not None or self._at_work

    def ask(self, question: Question, reply: Post) -> int:
        """Ask, instead of whatever was asked before, and give the serial number of the answers to come."""
        with self._asked:
            self._serial += 1
            self._question = (self._serial, question, reply)
            if self._answering is not None:
                self._answering.interrupt()
            self._asked.notify()
            self.go_on()
            return self._serial

    def go_on(self) -> None:
        """Find the next stage now."""
        if self._painted is not None:
            self._painted.set()

    def drop(self, serial: int) -> None:
        """Want no answer to the question of that serial number."""
        with self._asked:
            if serial == self._serial:
                self._serial += 1
                self._question = None
                if self._answering is not None:
                    self._answering.interrupt()

    def give_way(self) -> None:
        """Raise `Interrupted` when the answer that is being found is not wanted any more."""
        if self._answered != self._serial or self._leaving:
            raise Interrupted("stopped")

    def leave(self) -> None:
        """Drop the question and let the thread end."""
        with self._asked:
            self._leaving = True
            if self._answering is not None:
                self._answering.interrupt()
            self._asked.notify()
            self.go_on()

    def run(self) -> None:
        """Wait for questions and answer the newest."""
        with _Connection(self._path) as connection:
            while (asked := self._next()) is not None:
                self._answer(connection, *asked)

    def _next(self) -> tuple[int, Question, Post] | None:
        with self._asked:
            while self._question is None and not self._leaving:
                self._asked.wait()
            if self._leaving:
                return None
            asked, self._question = self._question, None
            self._at_work = True
            return asked

    def _answer(self, connection: _Connection, serial: int, question: Question, reply: Post) -> None:
        try:
            store = connection.store()
            with self._asked:
                if serial != self._serial or self._leaving:
                    return
                self._answering, self._answered = store, serial
            for answer in question(store):
                if serial != self._serial:
                    return
                self._reply(reply, Answered(serial, answer))
        except Interrupted:
            with self._asked:  # the interrupt may have been meant for the question before
                if serial == self._serial and not self._leaving:
                    self._question = (serial, question, reply)
        except Exception as error:  # noqa: BLE001 - the outermost seam of this thread: the app shows and logs it
            self._failed(Failed(error))
        finally:
            with self._asked:
                self._answering, self._at_work = None, False

    def _reply(self, reply: Post, answer: Answered) -> None:
        """Tell a stage, and leave the interpreter to those who paint it."""
        if self._painted is None:
            reply(answer)
            return
        self._painted.clear()
        reply(answer)
        if answer.serial == self._serial:  # otherwise a newer question waits
            self._painted.wait(_PAINTING_SECONDS)


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
