"""The one main screen: it conducts the panes, and holds what is asked, shown and under the cursor.

Questions and changes go to the worker; its messages come back here, and only here are widgets changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Input, Static

from reader.app import changes, filters
from reader.app.by_hand import ByHand
from reader.app.commands import COMMANDS
from reader.app.detail import Detail
from reader.app.import_line import ImportLine
from reader.app.intake import Intake
from reader.app.key_bar import KeyBar
from reader.app.line_pane import LinePane
from reader.app.modals import Help, Question
from reader.app.paper_list import PaperList
from reader.app.row_list import RowList
from reader.app.search_box import SearchBox
from reader.app.session import Session
from reader.app.status import bookmarks_title, papers_title, understanding
from reader.app.status_line import StatusLine
from reader.app.welcome import WELCOME
from reader.app.worker import Answered, Changed, Failed, Progressed, Worker
from reader.errors import Interrupted, ReaderError
from reader.search.results import Results
from reader.store import Store
from reader.store.sources import SourceRow
from reader.text import visible

FIRST_FRAME_SECONDS = 0.05
"""How long the first frame is given before anything else is loaded."""
_NO_BOOKMARKS = "Nothing yet: b keeps the paper you are reading"

PANES = ("papers", "detail", "bookmarks")


class MainScreen(Screen[None]):
    """Search box, list, bookmarks and detail."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in COMMANDS if command.keys]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - so Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-low"), (16, "-high")]  # noqa: RUF012

    shown_list: var[str] = var("papers")
    """The list whose paper the detail shows, and that `b` acts on."""

    def __init__(self, session: Session, *, first: array[int], bookmarks: array[int]) -> None:
        """Begin with those papers, the rest of which the worker finds out, and with those bookmarks."""
        super().__init__()
        self._session = session
        self._worker = Worker(session.library_path, self.post_message)
        self._intake = Intake(self, self._worker, session)
        self._by_hand = ByHand(self, self._worker, session)
        self._bookmarks = bookmarks
        self._results = Results("", first)
        self._source: SourceRow | None = None
        self._shown_source: SourceRow | None = None
        self._understood: str | None = None
        self._asked, self._after_change = 0, False

    def compose(self) -> ComposeResult:
        """Search above; list and bookmarks at the left, detail at the right, or below where it is narrow."""
        store = self._session.store
        with Horizontal(id="top"):
            yield Static("/", id="prompt")
            yield SearchBox()
        with Horizontal(id="body"):
            with Vertical(id="lists"):
                yield PaperList(store, self._results.ids, id="papers", empty="No papers yet")
                yield PaperList(store, self._bookmarks, id="bookmarks", empty=_NO_BOOKMARKS)
            yield Detail(id="detail")
            yield Static(WELCOME, id="welcome", markup=False)
        yield ImportLine(id="progress", markup=False)
        yield StatusLine(id="status", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first papers; everything else comes after them."""
        self._session.when_leaving(self._worker.stop)
        self.set_focus(self._list("papers"))
        self._show_results(self._results, stay=False)
        self.set_timer(FIRST_FRAME_SECONDS, self._begin)

    def _begin(self) -> None:
        """Let the worker find out the rest: what it loads would hold up the first frame."""
        self._session.when_shown()
        self._worker.watch(changes.elsewhere)
        self._worker.start()
        self._ask()
        self._worker.change(changes.recover)

    # questions and answers

    def _ask(self, *, after_change: bool = False) -> None:
        self._after_change = after_change
        query, source = self.query_one(SearchBox).value, self._source

        def stages(store: Store) -> Iterator[object]:
            yield from filters.search_stages(store, query, source)

        self._asked = self._worker.ask(stages)

    @on(Input.Changed, "#search")
    def _query_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._ask()

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        self._intake.answered(event)
        if event.serial != self._asked or not isinstance(event.answer, Results):
            return
        same = event.answer.query == self._results.query or not event.answer.interpretations
        self._show_results(event.answer, stay=same and self._source in (None, self._shown_source))

    def _show_results(self, results: Results, *, stay: bool) -> None:
        papers = self._list("papers")
        was_empty = self.has_class("-empty")
        words = understanding(results, self._source)
        news = words != self._understood and not (self._after_change and results.query == self._results.query)
        self._results, self._understood, self._shown_source = results, words, self._source
        papers.show_papers(results.ids, results.interpretations, stay=stay, empty="Nothing found: Esc shows all papers")
        papers.set_heading(papers_title(results, self._source))
        self.set_class(not (results.ids or results.query.strip() or self._source), "-empty")
        if was_empty and results.ids:
            self.action_pane("papers")
        bookmarks = self._list("bookmarks")
        bookmarks.set_heading(bookmarks_title(len(bookmarks.ids)))
        if news:  # or what was said since stays, of a change as well
            self.say(words)

    # what is under the cursor

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        if event.row_list.id == self.shown_list:
            self._show_detail()
        count = event.row_list.line_count()
        event.row_list.set_place("" if event.index is None else f"{event.index + 1:,} of {count:,}")

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_read()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The detail follows the list that has the focus, and while a query is typed the papers it finds."""
        shown = {"papers": "papers", "search": "papers", "bookmarks": "bookmarks"}.get(event.widget.id or "")
        self._show_list(shown or self.shown_list)

    def _show_list(self, name: str) -> None:
        if name != self.shown_list:
            self.shown_list = name
            self._show_detail()

    def watch_shown_list(self, shown: str) -> None:
        """Where it is narrow, one list is shown at a time."""
        self.set_class(shown == "bookmarks", "-bookmarks")
        for row_list in self.query(RowList):
            row_list.set_class(row_list.id == shown, "-active")

    def _show_detail(self) -> None:
        current, paper = self._current, None
        try:
            paper = None if current is None else next(iter(self._session.store.papers.get([current])), None)
        except ReaderError as error:
            self.post_message(Failed(error))
        self.query_one(Detail).show(paper, self._results.interpretations)

    @property
    def _current(self) -> int | None:
        return self._list(self.shown_list).current

    def _list(self, name: str) -> PaperList:
        return self.query_one(f"#{name}", PaperList)

    # changes

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        outcome = event.outcome
        self._intake.settle()
        if isinstance(outcome, changes.Doubt):
            self._by_hand.ask_to_undo(outcome)
        if not isinstance(outcome, changes.Outcome):
            return
        bookmarks = self._list("bookmarks")
        for row_list in self.query(PaperList):
            row_list.forget()
        bookmarks.show_papers(outcome.bookmarks, stay=True)
        bookmarks.set_heading(bookmarks_title(len(outcome.bookmarks)))
        if outcome.paper is not None:
            self._list(self.shown_list).stand_on(outcome.paper)
        self._show_detail()
        if outcome.papers_changed:
            self._ask(after_change=True)
        listed = bool(outcome.rejected) and self._intake.show_rejected(outcome.rejected)
        if outcome.words:  # a toast would cover the list
            loud = outcome.loud and not listed
            line = self.query_one(StatusLine)
            line.say(outcome.words, way_back=outcome.way_back, loud=loud, tone=outcome.tone)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        if self._intake.settle():
            self._ask()  # what was finished before stays
        if isinstance(event.error, Interrupted):
            return
        words = str(event.error)
        if not isinstance(event.error, ReaderError):
            words = f"{type(event.error).__name__}: {words}"
        self.log.error(event.error)
        self.say(understanding(self._results, self._source))
        self.notify(visible(words), title="That did not work", severity="error", markup=False, timeout=10)

    def say(self, words: str, *, loud: bool = False) -> None:
        """Say it in the status line."""
        self.query_one(StatusLine).say(words, loud=loud)

    def ask_first(self, title: str, text: str, then: Callable[[], None]) -> None:
        """Do it when the user says yes."""
        self.app.clear_notifications()
        self.app.push_screen(Question(title, text), lambda yes: then() if yes else None)

    def action_bookmark(self) -> None:
        """Put the paper into Bookmarks, or take it out."""
        paper = self._current
        if paper is not None:
            self._worker.change(lambda store: changes.bookmark(store, paper, self._session))

    def action_merge(self) -> None:
        """Mark the paper, or make it and the marked one one."""
        self._by_hand.merge(self._current)

    def action_split(self) -> None:
        """Make several papers again of one."""
        self._by_hand.split(self._current)

    def action_remove(self) -> None:
        """Remove the paper."""
        self._by_hand.remove(self._current)

    def mark(self, paper: int | None) -> None:
        """Mark that paper alone in the lists, or none."""
        for row_list in self.query(PaperList):
            row_list.mark(paper)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._by_hand.undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._worker.change(changes.redo)

    def action_export(self) -> None:
        """Write the bookmarks to a Markdown file."""
        home = Path.home()
        self._worker.change(lambda store: changes.export(store, self._session, home))

    # what comes in

    def on_paste(self, event: events.Paste) -> None:
        """Offer to import what was pasted."""
        event.stop()
        self._intake.offer(event.text)

    @on(SearchBox.Pasted)
    def _pasted(self, event: SearchBox.Pasted) -> None:
        event.stop()
        self._intake.offer(event.text)

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        self.query_one(ImportLine).show(event.progress)

    def action_import(self) -> None:
        """Choose what to import."""
        self._intake.choose()

    def action_stop_import(self) -> None:
        """Stop the import that is under way."""
        self._intake.stop()

    def action_rejected(self) -> None:
        """List what was not understood."""
        self._intake.look_for_rejected()

    def action_sources(self) -> None:
        """List where papers were seen."""
        self._intake.list_sources(self._show_source)

    def _show_source(self, source: SourceRow | None) -> None:
        if source is not None:
            self._source = source
            self.query_one(SearchBox).value = ""
            self.action_pane("papers")
            self._ask()

    # moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Where a query is typed, `/` is a character like others; nothing can be stopped where nothing is under way."""
        del parameters
        if action == "search":
            return not isinstance(self.focused, SearchBox)
        return action != "stop_import" or self._intake.running

    def _moving(self) -> LinePane:
        """What the keys that move act on."""
        focused = self.focused
        return focused if isinstance(focused, LinePane) else self._list(self.shown_list)

    def action_move(self, rows: int) -> None:
        """Move in the focused pane."""
        self._moving().move(rows)

    def action_page(self, pages: int) -> None:
        """Move by a screenful in the focused pane."""
        self._moving().move_page(pages)

    def action_go(self, where: str) -> None:
        """Go to the first or the last in the focused pane."""
        pane = self._moving()
        pane.move_to(0 if where == "first" else pane.line_count())

    def action_page_detail(self) -> None:
        """Page the text from anywhere."""
        self.query_one(Detail).scroll_pages(1)

    def action_read(self) -> None:
        """From a list to the text."""
        self.action_pane("detail")

    def action_back(self) -> None:
        """From the text to its list; in the list, to all papers."""
        box = self.query_one(SearchBox)
        if isinstance(self.focused, Detail):
            self.action_pane(self.shown_list)
        elif self._by_hand.forget():
            return
        elif box.value:
            box.value = ""
        elif self._source is not None:
            self._source = None
            self._ask()
        else:
            self.action_pane("papers")

    def action_pane(self, name: str) -> None:
        """Go to that pane, at once, so that keys typed ahead find it."""
        if name != "detail":
            self._show_list(name)
        self.set_focus(self.query_one(f"#{name}"))

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane, or the one before."""
        focused = self.focused.id if self.focused is not None else None
        place = PANES.index(focused) + step if focused in PANES else 0
        self.action_pane(PANES[place % len(PANES)])

    @on(SearchBox.Left)
    def _search_left(self, event: SearchBox.Left) -> None:
        event.stop()
        self.action_leave_search()

    def action_leave_search(self) -> None:
        """From the search box to the list, keeping the query."""
        self.action_pane("papers")

    def action_search(self) -> None:
        """Go to the search box, at once, so that a query typed ahead lands in it."""
        self._show_list("papers")
        self.set_focus(self.query_one(SearchBox))

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(Help())

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()
