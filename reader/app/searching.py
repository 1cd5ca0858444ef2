"""Searching: what is asked and what came of it, in which order and within which papers, and the ways back.

What stands in the box is what is asked; keys that ask (related papers, an order, a list) write it there, so that it can
be read, changed, saved and recalled.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App

from reader import library
from reader.app import changes, filters, history
from reader.app.search_box import SearchBox
from reader.app.session import Session
from reader.app.status import papers_title, understanding
from reader.app.worker import Answered, Worker
from reader.errors import ReaderError
from reader.frozen import frozen
from reader.search.results import FIRST_LISTED, Results
from reader.settings import DEFAULTS
from reader.store import Store
from reader.store.sources import SourceRow

if TYPE_CHECKING:
    from reader.search.chips import Chip
    from reader.search.completing import Completion, Names

_SHORT_KEY = 6
"""Letters of a key that nearly always suffice."""


class Showing(Protocol):
    """The screen, as far as it is needed here."""

    @property
    def app(self) -> App[Any]:
        """The app, which shows small screens over it."""

    @property
    def search_box(self) -> SearchBox:
        """The box."""

    @property
    def current(self) -> int | None:
        """The paper under the cursor."""

    @property
    def listed_paper(self) -> int | None:
        """The paper under the cursor of the list of what was found."""

    def say(self, words: str, *, loud: bool = False, whole: bool = False) -> None:
        """Say it in the status line."""

    def retitle(self, heading: str) -> None:
        """Say something else above what was found."""

    def show_found(self, results: Results, heading: str, *, stay: bool) -> None:
        """List what was found, the cursor staying on its paper or on the first."""

    @property
    def listed_line(self) -> int:
        """How far below the top of its list that is."""

    def return_to(self, paper: int | None, *, line: int | None = None) -> None:
        """Put the cursor on that paper when it is listed again, on that line of the screen."""

    def enter(self, name: str) -> None:
        """Go to that pane."""


@frozen
class _Place:
    """Where a key that asks something else was pressed, and the query that it led to."""

    query: str
    source: SourceRow | None
    paper: int | None
    line: int
    led_to: str


@frozen
class _Named:
    """What the library holds by name, and how many papers, after so many changes."""

    names: Names
    papers: int
    changes: int


class Searching:
    """What one main screen asks."""

    def __init__(self, screen: Showing, worker: Worker, session: Session, first: array[int]) -> None:
        """Ask that worker, and show it on that screen; those papers are shown first."""
        self._screen = screen
        self._worker = worker
        self._session = session
        by_default = session.settings.sort
        sort = None if by_default == DEFAULTS.sort else by_default
        more = len(first) >= FIRST_LISTED
        self.results = Results("", first, sort=sort, more=more, complete=not more)
        self.asked = 0
        self._source: SourceRow | None = None
        self._shown_source: SourceRow | None = None
        self._understood: str | None = None
        self._after_change = False
        self._names: Names | None = None
        self._total: int | None = None
        self._named, self._changes = -1, 0
        self._recall = history.Recall()
        self._trail: list[_Place] = []
        self._given = ""
        self._returning: str | None = None

    # questions and answers

    def ask(self, *, after_change: bool = False) -> None:
        """Ask for what stands in the box, and, where they may have changed, for the names that complete it."""
        self._after_change = after_change
        query, source, count = self._screen.search_box.value, self._source, self._changes
        sort = self._session.settings.sort
        stale = self._named != count

        def stages(store: Store) -> Iterator[object]:
            yield from filters.search_stages(store, query, source, sort=sort)
            if stale:
                yield _Named(library.names(store), store.papers.count(), count)

        self.asked = self._worker.ask(stages)

    def changed(self) -> None:
        """Take note that the library was changed: names may have come or gone."""
        self._changes += 1

    def answered(self, event: Answered) -> None:
        """Show an answer, unless something else was asked meanwhile."""
        if event.serial != self.asked:
            return
        if isinstance(event.answer, _Named):
            self._names, self._named = event.answer.names, event.answer.changes
            self._total = event.answer.papers
            self._screen.retitle(self._heading())
            self._screen.search_box.offer_completion()
        elif isinstance(event.answer, Results) and not self._shows_already(event.answer):
            stay = self._stays(event.answer)
            if not (stay and self._would_go_astray(event.answer)):
                self.show(event.answer, stay=stay)

    def _shows_already(self, results: Results) -> bool:
        """Whether a first stage is the top of what is shown: what follows it would only go and come again."""
        shown = self.results
        same = (results.interpretations, results.like) == (shown.interpretations, shown.like)
        same = same and self._source is self._shown_source and bool(results.ids) and results.query != shown.query
        return not results.complete and same and shown.ids[: len(results.ids)] == results.ids

    def _would_go_astray(self, results: Results) -> bool:
        """Whether these are the first of a list that either holds the cursor's paper further down, or begins as before.

        The rest follows at once, so that nothing is gained by showing less until then.
        """
        if results.complete:
            return False
        shown = self.results
        as_before = results.more and results.ids == shown.ids[: len(results.ids)]
        known = results.more or results.query in (shown.query, self._returning)
        return as_before or (known and self._screen.listed_paper not in results.ids)

    def _stays(self, results: Results) -> bool:
        """Whether the cursor stays on its paper: the papers are the same, or nothing says which of them is best."""
        shown = self.results
        if results.query == self._returning:
            return True
        if self._source not in (None, self._shown_source):
            return False
        same = results.query == shown.query or results.ids == shown.ids
        return same or (not results.interpretations and (results.sort, results.like) == (shown.sort, None))

    def show(self, results: Results, *, stay: bool) -> None:
        """Show what was found, and say how the query was read where that is news."""
        words = understanding(results, self._source)
        news = words != self._understood and not (self._after_change and results.query == self.results.query)
        self.results, self._understood, self._shown_source = results, words, self._source
        if results.complete and results.query == self._returning:
            self._returning = None
        self._screen.show_found(results, self._heading(), stay=stay)
        box = self._screen.search_box
        if box.value == results.query:
            box.mark_problems([(problem.start, problem.end) for problem in results.problems])
        if news:  # or what was said since stays, of a change as well
            self._screen.say(words, whole=bool(results.problems))

    def _heading(self) -> str:
        results = self.results
        return papers_title(results, self._source, model=self._model(results), total=self._total)

    def _model(self, results: Results) -> str | None:
        """The title of the paper that others are like."""
        if results.like is None:
            return None
        try:
            return self._session.store.papers.titles([results.like]).get(results.like)
        except ReaderError:
            return None

    @property
    def asks_nothing(self) -> bool:
        """Whether what is shown is all there is."""
        return not self.results.query.strip() and self._shown_source is None

    def say_again(self) -> None:
        """Say how the query was read."""
        self._screen.say(understanding(self.results, self._source), whole=bool(self.results.problems))

    def completion(self, typed: str) -> Completion | None:
        """How a text may go on, as far as the library's names are known."""
        return None if self._names is None else self._names.completed(typed)

    # ways there and back

    def show_source(self, source: SourceRow | None) -> None:
        """Ask within that source alone; None asks nothing new."""
        if source is not None:
            self._source = source
            self._screen.search_box.value = ""
            self._screen.enter("papers")
            self.ask()

    def run(self, query: str | None) -> None:
        """Ask that query of all papers, and remember the way back; None asks nothing."""
        if query is None:
            return
        box = self._screen.search_box
        if query != box.value:
            self.left()  # unlike what a key asks, it was typed
            paper, line = self._screen.listed_paper, self._screen.listed_line
            self._trail.append(_Place(box.value, self._source, paper, line, query))
        self._source = None
        box.put(query)
        self._given = query
        self._screen.enter("papers")

    def resume(self, query: str) -> None:
        """Ask what was asked when the app was left; the cursor goes to the paper that is sought."""
        self._returning = query
        if query:
            self._screen.search_box.put(query)

    def back(self) -> bool:
        """Go one step back: to the query before, to all papers, out of a source; whether there was one."""
        box = self._screen.search_box
        place = self._trail.pop() if self._trail else None
        if place is not None and box.value.startswith(place.led_to):
            self._source, self._returning = place.source, place.query
            self._screen.return_to(place.paper, line=place.line)
            box.put(place.query)
            return True
        self._trail.clear()
        if box.value:
            box.value = ""
        elif self._source is not None:
            self._source = None
            self.ask()
        else:
            return False
        return True

    # what keys ask

    def related(self, paper: int | None, *, upon: int | None = None) -> None:
        """Ask for the papers that are like that one, the cursor `upon` one of them."""
        if paper is None:
            return
        try:
            stored = next(iter(self._session.store.papers.get([paper])), None)
            if stored is None:
                return
            short = stored.paper.arxiv_id or stored.key[:_SHORT_KEY]
            found = self._session.store.papers.find(short)
        except ReaderError as error:
            self._screen.say(str(error), loud=True)
            return
        query = f"related:{short if [each for each, _ in found] == [paper] else stored.key}"
        self.run(query)
        if upon is not None:
            self._returning = query
            self._screen.return_to(upon)

    def next_order(self) -> None:
        """Ask for the same in the order after the one it is shown in."""
        from reader.search.parsing import in_order, parse

        orders, query = library.SORT_FIELDS, self._screen.search_box.value
        of_saved = self.results.sort if query == self.results.query else None
        by_default = self._session.settings.sort
        now = parse(query).sort or of_saved or by_default
        order = orders[(orders.index(now) + 1) % len(orders)]
        # the order of a saved search gives way only to one that is named
        needless = order == by_default and "@" not in query
        self._screen.search_box.put(in_order(query, None if needless else order))

    def toggle(self, chip: Chip) -> None:
        """Turn a filter on or off; of one that takes any value, ask for which."""
        from reader.search.toggling import lit, with_chip, without_chip

        box = self._screen.search_box
        if lit(box.value, chip) is not None:
            box.put(without_chip(box.value, chip))
        elif chip.value is not None:
            box.put(with_chip(box.value, chip))
        else:
            self._choose(chip)

    def _choose(self, chip: Chip) -> None:
        """Ask for one of the values that the library holds."""
        names = [] if self._names is None else [name for name, _ in self._names.values.get(chip.field, ())]
        if not names:
            self._screen.say(f"No paper has a {chip.title}")
            return
        from reader.app.find_screen import ChoiceScreen
        from reader.search.toggling import with_chip

        def chosen(value: str | None) -> None:
            if value is not None:
                box = self._screen.search_box
                box.put(with_chip(box.value, chip, value))

        self._screen.app.clear_notifications()
        self._screen.app.push_screen(
            ChoiceScreen(chip.title.capitalize(), f"Only papers of one {chip.title}", names), chosen
        )

    # saved searches

    def save(self) -> None:
        """Give the query a name."""
        query = self._screen.search_box.value.strip()
        if not query:
            words = "Nothing is asked: type a query first, then {save_search} gives it a name"
            self._screen.say(self._session.keymap.in_words(words))
            return
        try:
            library.checked_query(query)
        except ReaderError as error:
            self._screen.say(str(error), loud=True)
            return
        from reader.app.name_screen import NameScreen  # loaded when it is first opened

        def named(name: str | None) -> None:
            if name is not None:
                self._worker.change(lambda store: changes.save_search(store, name, query, self._session))

        self._screen.app.clear_notifications()
        self._screen.app.push_screen(NameScreen("Save this search", query), named)

    def list_all(self) -> None:
        """List the reading lists and the saved searches, and ask for the one that is chosen."""
        from reader.app.lists_screen import ListsScreen

        self._screen.app.clear_notifications()
        self._screen.app.push_screen(ListsScreen(self._worker, self._session), self.run)

    # queries asked before

    def recall_earlier(self) -> None:
        """Learn which queries were asked before the app was started."""
        path = self._session.history
        if path is not None:
            self._worker.change(lambda _: history.read(path))

    def remembered(self, known: history.Remembered) -> None:
        """Take what was asked before, here or in other windows."""
        self._recall.queries = known.queries

    def left(self) -> None:
        """Remember the query in the box, where it was typed: it was worth leaving."""
        query, path, known = self._screen.search_box.value, self._session.history, self._recall.queries
        if query == self._given:
            return
        queries = history.remembered(known, query)
        if queries == known:
            return
        self._recall.queries = queries
        if path is not None:
            self._worker.change(lambda _: history.remember(path, query))

    def recall(self, step: int) -> bool:
        """Put an earlier query into the box, or a later one; whether there was one."""
        box = self._screen.search_box
        query = self._recall.back(box.value) if step < 0 else self._recall.forward(box.value)
        if query is not None:
            box.put(query)
        return query is not None
