"""Reading lists and saved searches side by side: to see what is in one, or to put a saved search right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from reader import library
from reader.app import changes
from reader.app.list_screen import ListScreen
from reader.app.listing import BOOKMARKED
from reader.app.row_list import Row
from reader.app.session import Session
from reader.app.worker import Answered, Worker
from reader.store import Store
from reader.store.lists import ReadingList
from reader.store.saved_searches import SavedSearch
from reader.text import visible
from reader.wording import counted

_SEARCH = "@"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What there is, and how many papers, in words, those saved searches find that were run so far, by their ids."""

    entries: Sequence[ReadingList | SavedSearch]
    found: Mapping[int, str] = field(default_factory=dict)


class ListsScreen(ListScreen[str]):
    """Enter gives back the query that shows a list or a search; r renames a saved search, d forgets it."""

    HEADING: ClassVar[str] = "Reading lists and saved searches"
    KEYS: ClassVar[str] = "Enter shows it · r renames, d forgets a search · Esc closes"
    EMPTY: ClassVar[str] = "Nothing is kept yet"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "rename", "Rename"),
        Binding("d,delete", "forget", "Forget"),
    ]

    def __init__(self, worker: Worker, session: Session) -> None:
        """Look with that worker, and have it change what is to be changed."""
        super().__init__()
        self._worker = worker
        self._session = session
        self._serial = 0
        self._kept = _Kept(())

    def on_mount(self) -> None:
        """Ask what there is, then how much each search finds."""

        def question(store: Store) -> Iterator[object]:
            kept = _Kept([*store.lists.all(), *store.searches.all()])
            yield kept
            found: dict[int, str] = {}
            for each in store.searches.all():
                *_, results = library.search_stages(store, f"{each.query} ")  # nobody is still typing it
                papers = counted(len(results.listed), "paper")
                found[each.id] = f"{results.count} papers" if results.more else papers
                yield _Kept(kept.entries, dict(found))

        self._serial = self._worker.look(question, self.post_message)

    def on_unmount(self) -> None:
        """Nobody waits for the rest."""
        self._worker.look_no_more(self._serial)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        if event.serial == self._serial and isinstance(event.answer, _Kept):
            self._kept = event.answer
            self.show_rows([self._row(each) for each in self._kept.entries])

    def _row(self, entry: ReadingList | SavedSearch) -> Row:
        if isinstance(entry, ReadingList):
            return Row(entry.name, mark=BOOKMARKED, tail=counted(entry.count, "paper"))
        found = self._kept.found.get(entry.id)
        return Row(entry.name, mark=_SEARCH, tail=found or "")

    def about(self, index: int) -> Content:
        """Its whole name, and how it is asked for."""
        entry = self._kept.entries[index]
        kind = "A reading list" if isinstance(entry, ReadingList) else f"A saved search: {entry.query}"
        return Content("\n").join(
            [
                Content(visible(entry.name)).stylize("bold"),
                Content(visible(kind)),
                Content(visible(f"In a query: {_query(entry)}")),
            ]
        )

    def action_choose(self) -> None:
        """Show what the cursor is on."""
        if self.place is not None:
            self.dismiss(_query(self._kept.entries[self.place]))

    def action_rename(self) -> None:
        """Ask for another name of the saved search."""
        search = self._search
        if search is None:
            return
        from reader.app.name_screen import NameScreen

        def named(name: str | None) -> None:
            if name is not None:
                self._change(lambda store: changes.rename_search(store, search.name, name, self._session))

        self.app.push_screen(NameScreen("Rename this search", search.query, search.name), named)

    def action_forget(self) -> None:
        """Forget the saved search; undo brings it back."""
        search = self._search
        if search is not None:
            self._change(lambda store: changes.forget_search(store, search.name, self._session))

    @property
    def _search(self) -> SavedSearch | None:
        """The saved search under the cursor."""
        entry = None if self.place is None else self._kept.entries[self.place]
        return entry if isinstance(entry, SavedSearch) else None

    def _change(self, change: Callable[[Store], object]) -> None:
        self.dismiss(None)
        self._worker.change(change)


def _query(entry: ReadingList | SavedSearch) -> str:
    from reader.search.parsing import quoted

    prefix = "list:" if isinstance(entry, ReadingList) else _SEARCH
    return prefix + quoted(entry.name)
