"""What is acted on: the paper under the cursor, or those that are selected, of which many are asked about first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from reader.app.paper_list import PaperList
from reader.app.selection import Chosen
from reader.app.session import Session
from reader.app.worker import Worker
from reader.errors import ReaderError
from reader.store import Store
from reader.wording import counted

UNASKED = 100
"""Papers that are acted on without a question, at most."""
_AT_ONCE = 2_000
"""Papers that are changed before one could wonder whether anything happens, at most."""

Action = Callable[[Store, Sequence[int]], object]
"""Changes some papers, on the thread of changes."""


class Lists(Protocol):
    """The screen, as far as it is needed here."""

    @property
    def shown_list(self) -> str:
        """The name of the list that is acted on."""

    def paper_list(self, name: str) -> PaperList:
        """The list of that name."""

    def say(self, words: str, *, loud: bool = False) -> None:
        """Say it in the status line."""

    def ask_first(self, title: str, text: str, then: Callable[[], None]) -> None:
        """Do it when the user says yes."""


class Acting:
    """The selection of the list that is acted on, and doing something to it."""

    def __init__(self, screen: Lists, worker: Worker, session: Session) -> None:
        """Act on what that screen shows; that worker changes the library."""
        self._screen = screen
        self._worker = worker
        self._session = session

    @property
    def list(self) -> PaperList:
        """The list that is acted on."""
        return self._screen.paper_list(self._screen.shown_list)

    def select(self) -> None:
        """Begin a selection, or end the one there is."""
        if not self.end():
            self.list.select()
            words = "Move to select more, then press the key of what is to be done · {back} ends it"
            self._screen.say(self._session.keymap.in_words(words))

    def select_all(self) -> None:
        """Select all papers of the list."""
        self.list.select(everything=True)

    def end(self) -> bool:
        """End the selection; whether there was one."""
        ended = [self._screen.paper_list(name).select_nothing() for name in ("papers", "bookmarks")]
        return any(ended)

    def about(self) -> str:
        """What is acted on, in one line: a title, or how many papers."""
        papers = self.list.chosen
        if len(papers) != 1:
            return counted(len(papers), "paper")
        try:
            [paper] = papers.papers(self._session.store)
            return self._session.store.papers.titles([paper]).get(paper, "")
        except ReaderError as error:
            return str(error)

    def act(self, what: str, action: Action) -> None:
        """Change what is selected, which ends the selection; many papers only when the user says yes.

        Args:
            what: the question, as an order: "Dismiss", before how many papers.
            action: done on the thread of changes.
        """

        def sure(chosen: Chosen) -> None:
            self.end()
            if len(chosen) > _AT_ONCE:
                self._screen.say(f"{what}: {counted(len(chosen), 'paper')}…")
            self._worker.change(lambda store: action(store, chosen.papers(store)))

        self.with_chosen(what, sure)

    def with_chosen(self, what: str, then: Callable[[Chosen], None]) -> None:
        """Go on with the papers that are selected; with many of them only when the user says yes."""
        papers = self.list.chosen
        if len(papers) > UNASKED:
            way_back = self._session.keymap.in_words("{undo} takes it back.")
            self._screen.ask_first(f"{what} {counted(len(papers), 'paper')}?", way_back, lambda: then(papers))
        elif len(papers):
            then(papers)
