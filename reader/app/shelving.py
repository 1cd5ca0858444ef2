"""The reading list in view: which it is, the order of its papers, and searching within it."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from reader import library
from reader.app import changes
from reader.app.acting import Acting, Lists
from reader.app.search_box import SearchBox
from reader.app.session import Session
from reader.app.status import shelf_title
from reader.app.worker import Worker


class Showing(Lists, Protocol):
    """The screen, as far as it is needed here."""

    @property
    def search_box(self) -> SearchBox:
        """The box."""

    def enter(self, name: str) -> None:
        """Go to that pane."""

    def enter_search(self) -> None:
        """Go to the search box."""


class Shelving:
    """One reading list at a time."""

    def __init__(self, screen: Showing, acting: Acting, worker: Worker, session: Session) -> None:
        """Show it on that screen; that worker changes the library."""
        self._screen = screen
        self._acting = acting
        self._worker = worker
        self._session = session
        self.shelf: changes.Shelf | None = None

    def show(self, shelf: changes.Shelf) -> None:
        """Show a list as it is now, the cursor staying on its paper where it is the same list."""
        stays = self.shelf is None or self.shelf.id == shelf.id
        self.shelf = shelf
        self._screen.paper_list("bookmarks").show_papers(
            shelf.papers, stay=stays, empty=self._session.keymap.in_words(nothing_in(shelf))
        )
        self.say_which()

    def say_which(self) -> None:
        """Say in the pane's border which list it is."""
        pane = self._screen.paper_list("bookmarks")
        shelf = self.shelf
        pane.set_heading(shelf_title(shelf) if shelf is not None else f"Bookmarks · {len(pane.ids):,}")

    def turn(self, by: int) -> None:
        """Go to the next list, or the one before."""
        self._screen.paper_list("bookmarks").select_nothing()
        self._screen.enter("bookmarks")
        self._worker.change(lambda store: changes.turn_to(store, self._session, by))

    def move(self, by: int) -> None:
        """Move papers down in the list, or up; they stay selected."""
        if self._screen.shown_list != "bookmarks" or self.shelf is None:
            words = "{move_down} and {move_up} order a reading list: {pane_bookmarks} leads there"
            self._screen.say(self._session.keymap.in_words(words))
            return
        papers, name = self._acting.list.chosen, self.shelf.name
        change = partial(library.move_in_list, papers=list(papers.papers(self._session.store)), by=by, list_name=name)
        self._worker.change(lambda store: changes.arrange(store, change, self._session))

    def search(self) -> None:
        """Ask within the list."""
        from reader.search.toggling import within

        name = "Bookmarks" if self.shelf is None else self.shelf.name
        box = self._screen.search_box
        box.go_on(within(box.value, "list", name))
        self._screen.enter_search()


def nothing_in(shelf: changes.Shelf) -> str:
    """What stands in a list that holds nothing, with commands in braces for their keys."""
    if shelf.place == 1:
        return "Nothing yet: {bookmark} keeps the paper you are reading"
    return "Nothing yet: {enlist} puts the paper you are reading here"
