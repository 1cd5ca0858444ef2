"""Going on where the user left off: the place is taken from the panes, and put into them again."""

from __future__ import annotations

from typing import Protocol

from textual.widget import Widget

from reader.app.left_off import Place
from reader.app.panes import PANES
from reader.app.paper_list import PaperList
from reader.app.search_box import SearchBox
from reader.app.searching import Searching
from reader.errors import ReaderError
from reader.store import Store


class Panes(Protocol):
    """The screen, as far as it is needed here."""

    @property
    def focused(self) -> Widget | None:
        """What has the focus."""

    @property
    def shown_list(self) -> str:
        """The list whose paper is shown."""

    @property
    def search_box(self) -> SearchBox:
        """The box."""

    def paper_list(self, name: str) -> PaperList:
        """The list of that name."""

    def enter(self, name: str) -> None:
        """Go to that pane."""

    def show_list(self, name: str) -> None:
        """Act on that list."""


def place(screen: Panes, store: Store) -> Place:
    """Where the user is; of papers that cannot be read nothing is told."""
    papers, focused = screen.paper_list("papers"), screen.focused
    return Place(
        query=screen.search_box.value,
        pane=focused.id if focused is not None and focused.id in PANES else screen.shown_list,
        shown_list=screen.shown_list,
        paper=_key(store, papers.current),
        bookmark=_key(store, screen.paper_list("bookmarks").current),
        line=papers.line,
    )


def resume(screen: Panes, searching: Searching, store: Store, left: Place) -> None:
    """Go there: at once as far as it is listed already, and to the rest with the first answer."""
    bookmark = _id(store, left.bookmark)
    if bookmark is not None:
        screen.paper_list("bookmarks").stand_on(bookmark)
    screen.paper_list("papers").seek(_id(store, left.paper), line=max(left.line, 0))
    searching.resume(left.query)
    if left.shown_list in PANES and left.shown_list != "detail":
        screen.show_list(left.shown_list)
    screen.enter(left.pane if left.pane in PANES else "papers")


def _key(store: Store, paper: int | None) -> str:
    try:
        stored = None if paper is None else next(iter(store.papers.get([paper])), None)
    except ReaderError:
        return ""
    return "" if stored is None else stored.key


def _id(store: Store, key: str) -> int | None:
    try:
        found = store.papers.find(key) if key else []
    except ReaderError:
        return None
    return found[0][0] if len(found) == 1 else None
