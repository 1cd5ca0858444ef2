"""Putting papers right by hand: making two one, splitting one, removing one, and taking back what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from reader.app import changes, taking_back
from reader.app.selection import Chosen
from reader.app.session import Session
from reader.app.worker import Worker
from reader.errors import ReaderError
from reader.wording import authors_in_words, counted, facts

if TYPE_CHECKING:
    from reader.paper import StoredPaper


class Asking(Protocol):
    """The screen, as far as it is needed here."""

    def say(self, words: str, *, loud: bool = False) -> None:
        """Say it in the status line."""

    def ask_first(self, title: str, text: str, then: Callable[[], None]) -> None:
        """Do it when the user says yes."""

    def mark(self, paper: int | None) -> None:
        """Mark that paper alone in the lists, or none."""


class ByHand:
    """What was marked, and what is done with it."""

    def __init__(self, screen: Asking, worker: Worker, session: Session) -> None:
        """Ask over that screen; that worker changes the library."""
        self._screen = screen
        self._worker = worker
        self._session = session
        self._marked: int | None = None

    def merge(self, paper: int | None) -> None:
        """Mark the first paper; with the second, ask whether both are one; the same again forgets it."""
        found = self._told([paper] if self._marked in (None, paper) else [self._marked, paper])
        if not found or self._marked == paper:
            self.forget()
        elif len(found) == 1:  # nothing is marked, or what was is gone
            self._mark(paper)
            title = found[0].partition("\n")[0]
            how = self._session.keymap.in_words("{merge} on another paper makes it one with this, {back} forgets it")
            self._screen.say(f"{how} · marked: {title}")
        elif self._marked is not None and paper is not None:
            self._unite(self._marked, paper, found)

    def _unite(self, first: int, paper: int, found: Sequence[str]) -> None:
        def united() -> None:
            self._mark(None)
            self._worker.change(lambda store: changes.merge(store, first, paper, self._session))

        self._screen.ask_first("Make these two one?", "\n\n".join(found), united)

    def forget(self) -> bool:
        """Mark nothing any more; whether anything was marked."""
        if self._marked is None:
            return False
        self._mark(None)
        self._screen.say("Nothing is marked any more")
        return True

    def _mark(self, paper: int | None) -> None:
        self._marked = paper
        self._screen.mark(paper)

    def split(self, paper: int | None) -> None:
        """Make several papers again of one."""
        if paper is not None:
            self._worker.change(lambda store: changes.split(store, paper, self._session))

    def remove(self, papers: Chosen, then: Callable[[], object]) -> None:
        """Remove papers, once the user is sure, and then go on."""
        if not len(papers):
            return
        several = [counted(len(papers), "paper")]
        found = self._told(papers.papers(self._session.store)) if len(papers) == 1 else several
        if not found:
            return
        title, way_back = ("Remove this paper?", "{undo} brings it back.")
        if len(papers) > 1:
            title, way_back = "Remove these papers?", "{undo} brings them back."

        def sure() -> None:
            then()
            self._worker.change(lambda store: changes.remove(store, papers.papers(store), self._session))

        self._screen.ask_first(title, f"{found[0]}\n\n{self._session.keymap.in_words(way_back)}", sure)

    def undo(self) -> None:
        """Take back the last change."""
        self._worker.change(lambda store: taking_back.undo(store, self._session))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._worker.change(lambda store: taking_back.redo(store, self._session))

    def ask_about(self, doubt: taking_back.Doubt) -> None:
        """Take that step back, or do it again, once the user is sure; what was done since is asked about anew."""
        change = taking_back.redo if doubt.redo else taking_back.undo

        def sure() -> None:
            self._worker.change(lambda store: change(store, self._session, sure=doubt.step))

        title = "Do this again?" if doubt.redo else "Take this back?"
        self._screen.ask_first(title, f"{doubt.label}\n\n{doubt.why}", sure)

    def _told(self, papers: Sequence[int | None]) -> list[str]:
        """What there is of these papers, each as its title and, below that, what tells it from others."""
        wanted = [paper for paper in papers if paper is not None]
        try:
            return [_told(stored) for stored in self._session.store.papers.get(wanted)]
        except ReaderError as error:
            self._screen.say(str(error), loud=True)
            return []


def _told(stored: StoredPaper) -> str:
    about = [authors_in_words(stored.paper), *facts(stored.paper), stored.key[:6]]
    return stored.paper.title + "\n" + " · ".join(part for part in about if part)
