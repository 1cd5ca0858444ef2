"""Reading lists and saved searches side by side: to see what is in one, and to put either in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from reader import library
from reader.app import changes
from reader.app.list_screen import ListScreen
from reader.app.listing import BOOKMARKED
from reader.app.row_list import Row, RowList
from reader.app.session import Session
from reader.app.worker import Answered, Worker
from reader.store import Store
from reader.store.lists import ReadingList
from reader.store.saved_searches import SavedSearch
from reader.text import visible
from reader.wording import counted

_SEARCH = "@"
_LONGEST_QUERY = 30
"""Characters of a query that stands beside its name; others are told below."""

Entry = ReadingList | SavedSearch


@dataclass(frozen=True, slots=True)
class _Found:
    """How many papers a saved search finds, in words."""

    query: str
    count: str


class ListsScreen(ListScreen[str]):
    """Enter gives back the query that shows a list or a search; other keys arrange them, a change each."""

    HEADING: ClassVar[str] = "Reading lists and saved searches"
    KEYS: ClassVar[str] = "Enter shows · n new list · r renames · d deletes · J K order · Esc closes"
    EMPTY: ClassVar[str] = "Nothing is kept yet"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "make", "New list"),
        Binding("r", "rename", "Rename"),
        Binding("d,delete", "delete", "Delete"),
        Binding("J", "shift(1)", "Down", show=False),
        Binding("K", "shift(-1)", "Up", show=False),
    ]

    class Arranged(Message):
        """What there is after a change."""

        def __init__(self, entries: Sequence[Entry]) -> None:
            super().__init__()
            self.entries = entries

    def __init__(self, worker: Worker, session: Session) -> None:
        """Look with that worker, and have it change what is to be changed."""
        super().__init__()
        self._worker = worker
        self._session = session
        self._serial = 0
        self._entries: Sequence[Entry] = ()
        self._found: dict[str, str] = {}

    def on_mount(self) -> None:
        """Ask what there is."""

        def question(store: Store) -> Iterator[object]:
            yield _entries(store)

        self._serial = self._worker.look(question, self.post_message)

    def on_unmount(self) -> None:
        """Nobody waits for the rest."""
        self._worker.look_no_more(self._serial)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        if self.has_left or event.serial != self._serial:
            return
        if isinstance(event.answer, _Found):
            self._found[event.answer.query] = event.answer.count
            if self.place is not None:
                self.tell(self.place)
        elif isinstance(event.answer, list):
            self._show(event.answer)

    @on(Arranged)
    def _arranged(self, event: Arranged) -> None:
        """Show them as they are now, the cursor staying on its list or search."""
        event.stop()
        before = self._entry
        self._show(event.entries)
        for place, entry in enumerate(event.entries):
            if before is not None and (type(entry), entry.id) == (type(before), before.id):
                self.query_one(RowList).move_to(place)

    def _show(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self.show_rows([_row(each) for each in entries])

    @on(RowList.Highlighted)
    def _count(self) -> None:
        """Ask how many papers the saved search under the cursor finds; the others are not run for it."""
        entry = self._entry
        if not isinstance(entry, SavedSearch) or entry.query in self._found:
            return
        query = entry.query

        def question(store: Store) -> Iterator[object]:
            *_, results = library.search_stages(store, f"{query} ")  # nobody is still typing it
            count = len(results.listed)
            yield _Found(query, f"{results.count} papers" if results.more else counted(count, "paper"))

        self._serial = self._worker.look(question, self.post_message)

    def about(self, index: int) -> Content:
        """Its whole name, and how it is asked for."""
        entry = self._entries[index]
        kind = f"A reading list: {counted(entry.count, 'paper')}" if isinstance(entry, ReadingList) else ""
        if isinstance(entry, SavedSearch):
            found = self._found.get(entry.query)
            kind = f"A saved search: {entry.query}" + ("" if found is None else f" · finds {found}")
        return Content("\n").join(
            [
                Content(visible(entry.name)).stylize("bold"),
                Content(visible(kind)),
                Content(visible(f"In a query: {_query(entry)}")),
            ]
        )

    @property
    def _entry(self) -> Entry | None:
        """The list or the search under the cursor."""
        return None if self.place is None or self.place >= len(self._entries) else self._entries[self.place]

    def action_choose(self) -> None:
        """Show what the cursor is on."""
        if (entry := self._entry) is not None:
            self.dismiss(_query(entry))

    def action_make(self) -> None:
        """Ask for the name of a new list, and make it."""
        self._ask_name("A new reading list", "Papers are put into it with L", "", library.make_list)

    def action_rename(self) -> None:
        """Ask for another name."""
        entry = self._entry
        if isinstance(entry, SavedSearch):
            self._ask_name(
                "Rename this search", entry.query, entry.name, partial(library.rename_search, name=entry.name)
            )
        elif entry is not None:
            about = counted(entry.count, "paper")
            self._ask_name("Rename this list", about, entry.name, partial(library.rename_list, name=entry.name))

    def _ask_name(self, title: str, about: str, name: str, change: Callable[..., library.Annotation]) -> None:
        from reader.app.name_screen import NameScreen

        key = "new_name" if name else "name"

        def named(chosen: str | None) -> None:
            if chosen is not None:
                self._change(partial(change, **{key: chosen}))

        self.app.push_screen(NameScreen(title, about, name), named)

    def action_delete(self) -> None:
        """Delete the list, or forget the search; undo brings it back."""
        entry = self._entry
        if entry is not None:
            change = library.delete_list if isinstance(entry, ReadingList) else library.forget_search
            self._change(partial(change, name=entry.name))

    def action_shift(self, by: int) -> None:
        """Move the list down among the lists, or up."""
        entry = self._entry
        if isinstance(entry, ReadingList) and self.place is not None:
            self._change(partial(library.move_list, name=entry.name, place=self.place + 1 + by))

    def _change(self, change: Callable[..., library.Annotation]) -> None:
        """Make a change, and show what there is then."""

        def changed(store: Store) -> object:
            try:
                return changes.arrange(store, change, self._session)
            finally:
                self.post_message(self.Arranged(_entries(store)))

        self._worker.change(changed)


def _entries(store: Store) -> list[Entry]:
    return [*store.lists.all(), *store.searches.all()]


def _row(entry: Entry) -> Row:
    if isinstance(entry, ReadingList):
        return Row(entry.name, mark=BOOKMARKED, tail=counted(entry.count, "paper"))
    return Row(entry.name, mark=_SEARCH, tail=entry.query if len(entry.query) <= _LONGEST_QUERY else "")


def _query(entry: Entry) -> str:
    from reader.search.parsing import quoted

    prefix = "list:" if isinstance(entry, ReadingList) else _SEARCH
    return prefix + quoted(entry.name)
