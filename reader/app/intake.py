"""What comes in: choosing it, looking at it, importing it while all else goes on, and what was not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Input

from reader import library
from reader.app import changes
from reader.app.import_line import ImportLine
from reader.app.session import Session
from reader.app.worker import Answered, Worker
from reader.store import Store
from reader.store.sources import RejectedRow, SourceRow

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.library import Given, RejectedRecord


class Intake:
    """The imports of one main screen."""

    def __init__(self, screen: Screen[None], worker: Worker, session: Session) -> None:
        """Ask over that screen, which holds an `ImportLine`; that worker imports."""
        self._screen = screen
        self._worker = worker
        self._session = session
        self._running = False
        self._looked_for = 0

    @property
    def running(self) -> bool:
        """Whether an import is under way, as far as the screen knows."""
        return self._running

    def choose(self) -> None:
        """Let the user choose a file or a folder."""
        from reader.app.import_screen import ImportScreen  # loaded when it is first opened

        self._screen.app.clear_notifications()  # they would cover it
        self._screen.app.push_screen(ImportScreen(self._worker, Path.cwd()), self._decided)

    def offer(self, text: str) -> None:
        """Show what text that was pasted holds, and import it when the user says so."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # terminals paste lines that end as the Enter key does
        if not text.strip():
            return
        from reader.app.preview_screen import PreviewScreen

        given = library.Pasted(text)
        self._screen.app.clear_notifications()
        self._screen.app.push_screen(
            PreviewScreen(self._worker, given), lambda yes: self._decided(given if yes else None)
        )

    def _decided(self, given: Given | None) -> None:
        if given is not None:
            self.start(lambda store, report: changes.import_given(store, report, given, self._session))

    def list_sources(self, then: Callable[[SourceRow | None], None]) -> None:
        """List where papers were seen, and give back which the user chose."""
        from reader.app.sources_screen import SourcesScreen

        self._screen.app.clear_notifications()
        self._screen.app.push_screen(SourcesScreen(self._worker.look, self._remove_source), then)

    def _remove_source(self, source: SourceRow) -> None:
        """Take a source back; a large one takes long and goes where imports go, so that other changes need not wait."""
        from reader.library.undoing import LARGEST_UNDOABLE

        if source.papers > LARGEST_UNDOABLE:
            self.start(lambda store, report: changes.remove_large_source(store, report, source, self._session))
        else:
            self._worker.change(lambda store: changes.remove_source(store, source.id, self._session))

    def start(self, job: changes.Import) -> None:
        """Begin something long that tells how far it is."""
        self._begin("Importing…", job)

    def start_alone(self, job: changes.Import) -> None:
        """The same, where other changes must wait until it is done."""
        self._begin("Working…", job, alone=True)

    def _begin(self, words: str, job: changes.Import, *, alone: bool = False) -> None:
        self._worker.start_import(job, alone=alone)
        self._running = True
        self._line.begin(words)
        self._screen.refresh_bindings()

    def stop(self) -> None:
        """Stop what is under way."""
        self._worker.stop_import()
        self._line.stop()

    def settle(self) -> bool:
        """Take note when nothing is under way any more; whether that is news."""
        if not self._running or self._worker.importing:
            return False
        self._running = False
        self._line.end()
        self._screen.refresh_bindings()
        return True

    @property
    def _line(self) -> ImportLine:
        return self._screen.query_one(ImportLine)

    def show_rejected(self, rejected: Sequence[RejectedRecord | RejectedRow], *, asked_for: bool = False) -> bool:
        """List what was not understood; unasked only where no key that is being typed would go to that list."""
        from reader.app.rejected_screen import RejectedScreen

        screen = self._screen
        possible = asked_for or (screen.app.screen is screen and not isinstance(screen.focused, Input))
        if possible:
            screen.app.clear_notifications()  # they would cover the texts
            screen.app.push_screen(RejectedScreen(rejected))
        return possible

    def look_for_rejected(self) -> None:
        """Ask what was not understood of all that was imported."""

        def question(store: Store) -> Iterator[object]:
            yield library.rejected(store)

        self._looked_for = self._worker.look(question, self._screen.post_message)

    def answered(self, event: Answered) -> None:
        """List what was asked for."""
        if event.serial == self._looked_for and isinstance(event.answer, list):
            self.show_rejected(event.answer, asked_for=True)
