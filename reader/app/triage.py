"""Deciding on papers one after the other: read or not, kept or dismissed, and on to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from textual.timer import Timer

from reader.app import changes
from reader.app.acting import Acting, Lists
from reader.app.session import Session
from reader.app.worker import Worker


class Deciding(Lists, Protocol):
    """The screen, as far as it is needed here."""

    @property
    def asked(self) -> str:
        """What stands in the search box."""

    @property
    def is_in_front(self) -> bool:
        """Whether nothing covers the papers."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call that in so many seconds."""


class Triage:
    """What was decided, and what was rested on."""

    def __init__(self, screen: Deciding, acting: Acting, worker: Worker, session: Session) -> None:
        """Decide on what is chosen there; that worker changes the library."""
        self._screen = screen
        self._acting = acting
        self._worker = worker
        self._session = session
        self._leaving: set[int] = set()
        self._resting: Timer | None = None

    def bookmark(self, shelf: changes.Shelf | None) -> None:
        """Put papers into Bookmarks, or take them out; in the pane of a reading list, into that list."""
        session = self._session
        name = shelf.name if shelf is not None and self._screen.shown_list == "bookmarks" else None
        one = self._one_of_papers
        self._acting.act("Bookmark", lambda store, papers: changes.bookmark(store, papers, session, name))
        self._move_on(one and session.settings.advance)

    def toggle_read(self) -> None:
        """Mark papers as read, or as not read."""
        session, one = self._session, self._one_of_papers
        self._acting.act("Mark as read or not", lambda store, papers: changes.toggle_read(store, papers, session))
        self._move_on(one and session.settings.advance)

    def dismiss(self) -> None:
        """Dismiss papers, or bring them back.

        A paper that leaves the list cannot be met twice, also when keys are typed before it has left.
        """
        session, one = self._session, self._one_of_papers
        paper = self._acting.list.current
        leaves = one and "dismissed" not in self._screen.asked.casefold()
        if paper is None or (leaves and paper in self._leaving):
            return
        if leaves:
            self._leaving.add(paper)
        self._acting.act(
            "Dismiss or bring back", lambda store, papers: changes.toggle_dismissed(store, papers, session)
        )
        self._move_on(leaves or (one and session.settings.advance))

    @property
    def _one_of_papers(self) -> bool:
        """Whether one paper of all is decided on, so that there is a next."""
        return self._screen.shown_list == "papers" and self._acting.list.selected is None

    def _move_on(self, moves: bool) -> None:
        if moves:
            self._acting.list.move(1)

    def settled(self) -> None:
        """The list shows what there is now: what was to leave it has left."""
        self._leaving.clear()

    # dwelling

    def came_to(self, paper: int | None) -> None:
        """The user moved to that paper, or opened it: resting on it makes it read, where that was asked for."""
        if self._resting is not None:
            self._resting.stop()
        seconds = self._session.settings.dwell_seconds
        if paper is None or seconds <= 0:
            return

        def rested() -> None:
            if self._screen.is_in_front and self._acting.list.current == paper:
                self._worker.change(lambda store: changes.read(store, paper, self._session))

        self._resting = self._screen.set_timer(seconds, rested)
