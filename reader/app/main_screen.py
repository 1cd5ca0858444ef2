"""The one main screen: it conducts the panes, and holds what is asked, shown and under the cursor.

Questions and changes go to the worker; its messages come back here, and only here are widgets changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
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
from reader.search.results import Results
from reader.store import Store
from reader.store.schema import BOOKMARKS
from reader.text import visible

FIRST_PAPERS = 500
"""Papers listed before the first frame; the ids of the rest follow from the worker."""

_TOAST_SECONDS = 4

PANES = ("papers", "detail", "bookmarks")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change: what to say, loudly or quietly, and what the bookmarks are now."""

    words: str
    bookmarks: array[int]
    loud: bool = False
    new_papers: bool = False


class MainScreen(Screen[None]):
    """Search box, list, bookmarks and detail."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in COMMANDS]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - so Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012

    shown_list: var[str] = var("papers")
    """The list whose paper the detail shows, and that `b` acts on."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._worker = Worker(session.library_path, self.post_message)
        self._papers = Listing(session.store)
        self._bookmarks = Listing(session.store)
        self._results = Results("", session.store.papers.ids(limit=FIRST_PAPERS))
        self._asked = 0
        self._current: int | None = None

    def compose(self) -> ComposeResult:
        """Search above; list and bookmarks at the left, detail at the right, or below where it is narrow."""
        self._papers.show(self._results.ids)
        self._bookmarks.show(self._session.store.lists.entries(BOOKMARKS))
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
        """Show the first papers, and let the worker find out the rest."""
        self._worker.start()
        self._session.when_leaving(self._worker.stop)
        self.query_one("#papers").focus()
        self._show_results(self._results, cursor=0)
        self._ask("")
        self._worker.change(_recover)

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
        same = event.answer.query == self._results.query
        cursor = self._index_of(event.answer.ids) if same or not event.answer.interpretations else 0
        self._show_results(event.answer, cursor=cursor, keep_place=same)

    def _index_of(self, ids: array[int]) -> int:
        """Where the paper under the cursor stands among these, or the cursor's own place where it is gone."""
        cursor = self._list("papers").cursor
        if cursor is None or cursor >= len(self._papers.ids):
            return 0
        try:
            return ids.index(self._papers.ids[cursor])
        except ValueError:
            return cursor

    def _show_results(self, results: Results, *, cursor: int, keep_place: bool = False) -> None:
        papers = self._list("papers")
        offset = (papers.cursor or 0) - papers.top if keep_place else None
        self._results = results
        self._papers.show(results.ids, results.interpretations)
        papers.show(cursor=cursor, offset=offset, empty="Nothing found: Esc shows all papers")
        papers.border_title = papers_title(results)
        self.set_class(not results.ids and not results.query.strip(), "-empty")
        bookmarks = self._list("bookmarks")
        bookmarks.border_title = bookmarks_title(len(self._bookmarks))
        self._say(understanding(results))

    # what is under the cursor

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        if event.row_list.id == self.shown_list:
            self._show_detail()
        event.row_list.border_subtitle = (
            "" if event.index is None else Content(f"{event.index + 1:,} of {len(self._listing(event.row_list.id)):,}")
        )

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_read()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The detail follows the list that has the focus."""
        if event.widget.id in ("papers", "bookmarks") and event.widget.id != self.shown_list:
            self.shown_list = event.widget.id
            self._show_detail()

    def watch_shown_list(self, shown: str) -> None:
        """Where it is narrow, one list is shown at a time."""
        self.set_class(shown == "bookmarks", "-bookmarks")
        for row_list in self.query(RowList):
            row_list.set_class(row_list.id == shown, "-active")

    def _show_detail(self) -> None:
        cursor = self._list(self.shown_list).cursor
        ids = self._listing(self.shown_list).ids
        self._current = None if cursor is None or cursor >= len(ids) else ids[cursor]
        found = [] if self._current is None else self._session.store.papers.get([self._current])
        self.query_one(Detail).show(found[0] if found else None, self._results.interpretations)

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
        if not isinstance(outcome, Outcome):
            return
        self._papers.forget()
        self._bookmarks.forget()
        self._bookmarks.show(outcome.bookmarks)
        bookmarks = self._list("bookmarks")
        bookmarks.show(cursor=bookmarks.cursor or 0)
        bookmarks.border_title = bookmarks_title(len(outcome.bookmarks))
        self._list("papers").refresh()
        self._show_detail()
        if outcome.new_papers:
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
        self.notify(visible(words), title="That did not work", severity="error", markup=False, timeout=10)

    def _say(self, words: str, *, loud: bool = False) -> None:
        self.query_one("#status", Static).update(Content(visible(words)))
        if loud:
            self.notify(visible(words), markup=False, timeout=_TOAST_SECONDS)

    def action_bookmark(self) -> None:
        """Put the paper into Bookmarks, or take it out."""
        paper = self._current
        if paper is None:
            return

        def change(store: Store) -> Outcome:
            kept = library.toggle(store, [paper], now=self._session.now(), origin=self._session.origin)
            return Outcome(kept.label, store.lists.entries(BOOKMARKS))

        self._worker.change(change)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._worker.change(lambda store: _outcome(store, "undone", library.undo(store)))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._worker.change(lambda store: _outcome(store, "done again", library.redo(store)))

    def action_export(self) -> None:
        """Write the bookmarks to a Markdown file."""
        folder = self._session.export_folder
        self._worker.change(lambda store: _export(store, folder))

    def on_paste(self, event: events.Paste) -> None:
        """Offer to import what was pasted."""
        event.stop()
        self._offer_import(event.text)

    @on(SearchBox.Pasted)
    def _pasted(self, event: SearchBox.Pasted) -> None:
        event.stop()
        self._offer_import(event.text)

    def _offer_import(self, text: str) -> None:
        lines = len(text.splitlines())
        if not text.strip():
            return

        def decided(yes: bool | None) -> None:
            if yes:
                self._say("Importing…")
                self._worker.change(lambda store: _import(store, text, self._session))

        question = f"Import the papers in it? {lines:,} lines, {len(text):,} characters."
        self.app.push_screen(Question("Pasted text", question), decided)

    # moving

    def action_move(self, rows: int) -> None:
        """Move in the focused pane."""
        if isinstance(self.focused, Detail):
            self.focused.scroll_relative(y=rows, animate=False, immediate=True)
        else:
            self._focused_list().move(rows)

    def action_page(self, pages: int) -> None:
        """Move by a screenful in the focused pane."""
        if isinstance(self.focused, Detail):
            self.focused.page(pages)
        else:
            self._focused_list().move_page(pages)

    def action_go(self, where: str) -> None:
        """Go to the first or the last in the focused pane."""
        if isinstance(self.focused, Detail):
            scroll = self.focused.scroll_home if where == "first" else self.focused.scroll_end
            scroll(animate=False, immediate=True)
        else:
            chosen = self._focused_list()
            chosen.move_to(0 if where == "first" else len(self._listing(chosen.id)) - 1)

    def action_page_detail(self) -> None:
        """Page the text from anywhere."""
        self.query_one(Detail).page(1)

    def action_read(self) -> None:
        """From a list to the text."""
        self.query_one(Detail).focus()

    def action_back(self) -> None:
        """From the text to its list; in the list, to all papers."""
        box = self.query_one(SearchBox)
        if isinstance(self.focused, Detail):
            self._list(self.shown_list).focus()
        elif box.value:
            box.value = ""
        else:
            self._list("papers").focus()

    def action_pane(self, name: str) -> None:
        """Go to that pane."""
        self.query_one(f"#{name}").focus()

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane, or the one before."""
        focused = self.focused.id if self.focused is not None else None
        place = PANES.index(focused) + step if focused in PANES else 0
        self.action_pane(PANES[place % len(PANES)])

    @on(SearchBox.Left)
    def _search_left(self, event: SearchBox.Left) -> None:
        event.stop()
        self._list("papers").focus()

    def action_search(self) -> None:
        """Go to the search box."""
        self.query_one(SearchBox).focus()

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(Help())

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()


def _recover(store: Store) -> Outcome | None:
    """Take back imports that died, unseen."""
    library.recover_if_idle(store)
    return None


def _outcome(store: Store, done: str, label: str | None) -> Outcome:
    words = f"{done}: {label}" if label else f"Nothing to be {done}"
    return Outcome(words, store.lists.entries(BOOKMARKS), loud=True)


def _export(store: Store, folder: Path) -> Outcome:
    chosen = library.export(store)
    path = library.export_to_folder(chosen, folder)
    papers = f"{chosen.count:,} paper{'' if chosen.count == 1 else 's'}"
    return Outcome(f"{papers} written to {path}", store.lists.entries(BOOKMARKS), loud=True)


def _import(store: Store, text: str, session: Session) -> Outcome:
    summary = library.import_text(store, text, name="pasted text", now=session.now(), origin=session.origin)
    words = f"{summary.added:,} new, {summary.merged:,} merged, {summary.unchanged:,} unchanged"
    rejected = f", {len(summary.rejected):,} not understood" if summary.rejected else ""
    return Outcome(
        f"Read {summary.records:,} records: {words}{rejected}",
        store.lists.entries(BOOKMARKS),
        loud=True,
        new_papers=True,
    )
