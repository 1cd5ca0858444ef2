"""The one main screen: it conducts the panes, and holds what is asked, shown and under the cursor.

Questions and changes go to the worker; its messages come back here, and only here are widgets changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from reader import library
from reader.app import changes
from reader.app.commands import COMMANDS
from reader.app.detail import Detail
from reader.app.listing import Listing
from reader.app.modals import Help, Question
from reader.app.row_list import RowList
from reader.app.search_box import SearchBox
from reader.app.session import Session
from reader.app.status import bookmarks_title, papers_title, understanding
from reader.app.welcome import WELCOME
from reader.app.worker import Answered, Changed, Failed, Worker
from reader.errors import Interrupted, ReaderError
from reader.paper import StoredPaper
from reader.search.results import Results
from reader.store import Store
from reader.text import visible
from reader.wording import counted

FIRST_FRAME_SECONDS = 0.05
"""How long the first frame is given before anything else is loaded."""
_TOAST_SECONDS = 4

PANES = ("papers", "detail", "bookmarks")


class MainScreen(Screen[None]):
    """Search box, list, bookmarks and detail."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in COMMANDS]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - so Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-low"), (16, "-high")]  # noqa: RUF012

    shown_list: var[str] = var("papers")
    """The list whose paper the detail shows, and that `b` acts on."""

    def __init__(self, session: Session, *, first: array[int], bookmarks: array[int]) -> None:
        """Begin with those papers, the rest of which the worker finds out, and with those bookmarks."""
        super().__init__()
        self._session = session
        self._worker = Worker(session.library_path, self.post_message)
        self._papers = Listing(session.store)
        self._bookmarks = Listing(session.store)
        self._papers.show(first)
        self._bookmarks.show(bookmarks)
        self._results = Results("", first)
        self._shown = False
        self._asked = 0
        self._last: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """Search above; list and bookmarks at the left, detail at the right, or below where it is narrow."""
        with Horizontal(id="top"):
            yield Static("/", id="prompt")
            yield SearchBox()
        with Horizontal(id="body"):
            with Vertical(id="lists"):
                yield RowList(self._papers, id="papers", empty="No papers yet")
                yield RowList(self._bookmarks, id="bookmarks", empty="Nothing yet: b keeps the paper you are reading")
            yield Detail(id="detail")
            yield Static(WELCOME, id="welcome", markup=False)
        yield Static(id="status", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first papers; everything else comes after them."""
        self._session.when_leaving(self._worker.stop)
        self.set_focus(self._list("papers"))
        self._show_results(self._results, cursor=0)
        self.set_timer(FIRST_FRAME_SECONDS, self._begin)

    def _begin(self) -> None:
        """Let the worker find out the rest: what it loads would hold up the first frame."""
        self._session.when_shown()
        self._worker.start()
        self._ask(self.query_one(SearchBox).value)
        self._worker.change(changes.recover)

    # questions and answers

    def _ask(self, query: str) -> None:
        def stages(store: Store) -> Iterator[object]:
            yield from library.search_stages(store, query)

        self._asked = self._worker.ask(stages)

    @on(Input.Changed, "#search")
    def _query_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._ask(event.value)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if event.serial != self._asked or not isinstance(event.answer, Results):
            return
        stay = event.answer.query == self._results.query or not event.answer.interpretations
        cursor = self._place_among(event.answer.ids, "papers")
        self._show_results(event.answer, cursor=cursor if stay else 0, keep_place=stay)

    def _place_among(self, ids: array[int], name: str) -> int:
        """Where the paper under a list's cursor will stand among these, or the cursor's own place where it is gone.

        While a list is empty, the paper that was under its cursor last counts.
        """
        cursor, shown = self._list(name).cursor, self._listing(name).ids
        if cursor is not None and cursor < len(shown):
            self._last[name] = shown[cursor]
        try:
            return ids.index(self._last.get(name, -1))
        except ValueError:
            return cursor or 0

    def _show_results(self, results: Results, *, cursor: int, keep_place: bool = False) -> None:
        papers = self._list("papers")
        was_empty = self.has_class("-empty")
        offset = (papers.cursor or 0) - papers.top if keep_place else None
        news = understanding(results) != understanding(self._results) or not self._shown
        self._results, self._shown = results, True
        self._papers.show(results.ids, results.interpretations)
        papers.show(cursor=cursor, offset=offset, empty="Nothing found: Esc shows all papers")
        papers.set_heading(papers_title(results))
        self.set_class(not results.ids and not results.query.strip(), "-empty")
        if was_empty and results.ids:
            self.action_pane("papers")
        self._list("bookmarks").set_heading(bookmarks_title(len(self._bookmarks)))
        if news:  # or what was said since stays
            self._say(understanding(results))

    # what is under the cursor

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        if event.row_list.id == self.shown_list:
            self._show_detail()
        count = len(self._listing(event.row_list.id))
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
        self.query_one(Detail).show(self._read_current(), self._results.interpretations)

    @property
    def _current(self) -> int | None:
        """The paper under the cursor now, also when keys typed ahead have moved it and no message told so yet."""
        cursor = self._list(self.shown_list).cursor
        return None if cursor is None else self._listing(self.shown_list).ids[cursor]

    def _read_current(self) -> StoredPaper | None:
        current = self._current
        if current is None:
            return None
        try:
            return next(iter(self._session.store.papers.get([current])), None)
        except ReaderError as error:
            self.post_message(Failed(error))
            return None

    def _list(self, name: str) -> RowList:
        return self.query_one(f"#{name}", RowList)

    def _listing(self, name: str | None) -> Listing:
        return self._bookmarks if name == "bookmarks" else self._papers

    def _focused_list(self) -> RowList:
        focused = self.focused
        return focused if isinstance(focused, RowList) else self._list(self.shown_list)

    # changes

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        outcome = event.outcome
        if isinstance(outcome, changes.Doubt):
            self._ask_first(outcome)
        if not isinstance(outcome, changes.Outcome):
            return
        bookmarks = self._list("bookmarks")
        cursor = self._place_among(outcome.bookmarks, "bookmarks")
        self._papers.forget()
        self._bookmarks.forget()
        self._bookmarks.show(outcome.bookmarks)
        bookmarks.show(cursor=cursor)
        bookmarks.set_heading(bookmarks_title(len(outcome.bookmarks)))
        self._list("papers").refresh()
        self._show_detail()
        if outcome.papers_changed:
            self._ask(self.query_one(SearchBox).value)
        if outcome.words:
            self._say(outcome.words, loud=outcome.loud)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        if isinstance(event.error, Interrupted):
            return
        known = isinstance(event.error, ReaderError)
        words = str(event.error) if known else f"{type(event.error).__name__}: {event.error}"
        self.log.error(event.error)
        self._say(understanding(self._results))
        self.notify(visible(words), title="That did not work", severity="error", markup=False, timeout=10)

    def _say(self, words: str, *, loud: bool = False) -> None:
        self.query_one("#status", Static).update(Content(visible(words)), layout=False)
        if loud:
            self.app.clear_notifications()
            self.notify(visible(words), markup=False, timeout=_TOAST_SECONDS)

    def action_bookmark(self) -> None:
        """Put the paper into Bookmarks, or take it out."""
        paper = self._current
        if paper is None:
            return

        self._worker.change(lambda store: changes.bookmark(store, paper, self._session))

    def action_undo(self) -> None:
        """Take back the last change."""
        self._worker.change(lambda store: changes.undo(store, self._session, sure=False))

    def _ask_first(self, doubt: changes.Doubt) -> None:
        def decided(yes: bool | None) -> None:
            if yes:
                self._worker.change(lambda store: changes.undo(store, self._session, sure=True))

        self.app.clear_notifications()
        self.app.push_screen(Question("Undo?", f"Take this back: {doubt.label}."), decided)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._worker.change(changes.redo)

    def action_export(self) -> None:
        """Write the bookmarks to a Markdown file."""
        home = Path.home()
        self._worker.change(lambda store: changes.export(store, self._session, home))

    def on_paste(self, event: events.Paste) -> None:
        """Offer to import what was pasted."""
        event.stop()
        self._offer_import(event.text)

    @on(SearchBox.Pasted)
    def _pasted(self, event: SearchBox.Pasted) -> None:
        event.stop()
        self._offer_import(event.text)

    def _offer_import(self, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # terminals paste lines that end as the Enter key does
        if not text.strip():
            return

        def decided(yes: bool | None) -> None:
            if yes:
                self._say("Importing…")
                self._worker.change(lambda store: changes.import_pasted(store, text, self._session))

        size = f"{counted(len(text.splitlines()), 'line')}, {counted(len(text), 'character')}"
        self.app.clear_notifications()  # they would cover the question
        self.app.push_screen(Question("Pasted text", f"Import the papers in it? {size}."), decided)

    # moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Where a query is typed, `/` is a character like others and no way into the search box."""
        del parameters
        return not (action == "search" and isinstance(self.focused, SearchBox))

    def action_move(self, rows: int) -> None:
        """Move in the focused pane."""
        if isinstance(self.focused, Detail):
            self.focused.scroll_lines(rows)
        else:
            self._focused_list().move(rows)

    def action_page(self, pages: int) -> None:
        """Move by a screenful in the focused pane."""
        if isinstance(self.focused, Detail):
            self.focused.scroll_pages(pages)
        else:
            self._focused_list().move_page(pages)

    def action_go(self, where: str) -> None:
        """Go to the first or the last in the focused pane."""
        if isinstance(self.focused, Detail):
            self.focused.scroll_to_line(0 if where == "first" else self.focused.line_count())
        else:
            chosen = self._focused_list()
            chosen.move_to(0 if where == "first" else len(self._listing(chosen.id)) - 1)

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
        elif box.value:
            box.value = ""
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
