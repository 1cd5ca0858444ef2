"""The one main screen: it conducts the panes, and holds what is asked, shown and under the cursor.

Questions and changes go to the worker; its messages come back here, and only here are widgets changed.
"""

from __future__ import annotations

from array import array
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingsMap, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from reader.app import changes, choosing, resuming
from reader.app.alike import Resting
from reader.app.beginning import greet
from reader.app.chip_row import ChipRow
from reader.app.commands import COMMANDS, bindings
from reader.app.daily_copy import DailyCopy
from reader.app.deciding_screen import DecidingScreen
from reader.app.detail import Detail
from reader.app.history import Remembered
from reader.app.import_line import ImportLine
from reader.app.intake import Intake
from reader.app.key_bar import KeyBar, useless_actions
from reader.app.left_off import Place
from reader.app.panes import PaneScreen
from reader.app.paper_list import PaperList
from reader.app.row_list import RowList
from reader.app.search_box import SearchBox
from reader.app.searching import Searching
from reader.app.session import Session
from reader.app.sheet import Sheet
from reader.app.status import nothing_found, order_in_words
from reader.app.status_line import StatusLine
from reader.app.welcome import welcome
from reader.app.worker import Answered, Changed, Failed, Progressed
from reader.errors import Interrupted, ReaderError
from reader.search.results import Results
from reader.text import visible

FIRST_FRAME_SECONDS = 0.05
"""How long the first frame is given before anything else is loaded."""
_NO_BOOKMARKS = "Nothing yet: {bookmark} keeps the paper you are reading"


class MainScreen(DecidingScreen):
    """Search box, list, bookmarks and detail."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    AUTO_FOCUS: ClassVar[str] = "#papers"  # Textual would choose the search box first, which takes every key

    def __init__(self, session: Session, *, first: array[int], bookmarks: array[int]) -> None:
        """Begin with those papers, the rest of which the worker finds out, and with those bookmarks."""
        super().__init__(session)
        if session.keymap.commands is not COMMANDS:
            self._bindings = BindingsMap(bindings(session.keymap.commands))
        self._searching = Searching(self, self._worker, session, first)
        self._intake = Intake(self, self._worker, session)
        self._resting = Resting(self._worker, session)
        self.set_reactive(PaneScreen.mathematics, session.settings.mathematics)
        self.set_reactive(PaneScreen.second_line, session.settings.second_line)
        self.zoom_key = session.keymap.key("zoom")
        self._bookmarks = bookmarks

    def compose(self) -> ComposeResult:
        """Search above; list and bookmarks at the left, detail at the right, or below where it is narrow."""
        store, keymap = self._session.store, self._session.keymap
        with Horizontal(id="top"):
            yield Static("/", id="prompt")
            yield SearchBox(self._searching.completion)
        yield ChipRow(id="chips")
        with Horizontal(id="body"):
            with Vertical(id="lists"):
                yield PaperList(store, self._searching.results.ids, id="papers", empty="No papers yet")
                yield PaperList(store, self._bookmarks, id="bookmarks", empty=keymap.in_words(_NO_BOOKMARKS))
            yield Detail(id="detail")
            yield Static(welcome(keymap), id="welcome", markup=False)
        yield ImportLine(id="progress", markup=False)
        yield StatusLine(id="status", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first papers; everything else comes after them."""
        self._session.when_leaving(self._worker.stop)
        for row_list in self.query(PaperList):
            row_list.show_mathematics(as_read=self.mathematics)
            row_list.show_second_line(shown=self.second_line)
        left = self._session.left
        if left is None:
            self.set_focus(self.paper_list("papers"))
        else:
            resuming.resume(self, self._searching, self._session.store, left)
        self._searching.show(self._searching.results, stay=left is not None)
        self.set_timer(FIRST_FRAME_SECONDS, self._begin)

    def _begin(self) -> None:
        """Let the worker find out the rest: what it loads would hold up the first frame."""
        self._session.when_shown()
        self._worker.watch(lambda store: changes.elsewhere(store, self._session))
        self._worker.follow(DailyCopy(self._session).make)
        self._worker.start()
        self._searching.ask()
        self._searching.recall_earlier()
        self._worker.change(changes.recover)
        greet(self, self._worker, self._session, listed=bool(self._searching.results.ids))

    @property
    def place(self) -> Place:
        """Where the user is."""
        return resuming.place(self, self._session.store)

    # questions and answers

    @on(Input.Changed, "#search")
    def _query_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(ChipRow).asked = event.value
        self._searching.ask()

    @on(ChipRow.Toggled)
    def _chip_toggled(self, event: ChipRow.Toggled) -> None:
        event.stop()
        self.show_list("papers")
        self._searching.toggle(event.chip)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        self._intake.answered(event)
        self._searching.answered(event)
        self.call_after_refresh(self._worker.painted)

    def when_pane_entered(self) -> None:
        """A query that leads to a pane is worth remembering."""
        self._searching.left()

    def show_found(self, results: Results, heading: str, *, stay: bool) -> None:
        """List what was found, the cursor staying on its paper or on the first."""
        papers = self.paper_list("papers")
        was_empty = self.has_class("-empty")
        papers.order = order_in_words(results)
        papers.show_papers(results.listed, results.readings, stay=stay, empty=nothing_found(results))
        papers.set_heading(heading)
        if results.complete and results.query == self.asked:
            papers.seek(None)  # what is not there now is nowhere
        self.set_class(not results.ids and self._searching.asks_nothing, "-empty")
        if was_empty and results.ids:
            self.enter("papers")
        self._triage.settled()
        self._shelving.say_which()

    def retitle(self, heading: str) -> None:
        """Say something else above what was found."""
        self.paper_list("papers").set_heading(heading)

    @property
    def listed_paper(self) -> int | None:
        """The paper under the cursor of the list of what was found."""
        return self.paper_list("papers").current

    @property
    def listed_line(self) -> int:
        """How far below the top of that list it is."""
        return self.paper_list("papers").cursor_line

    # what is under the cursor

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        if event.row_list.id == self.shown_list and event.moved:
            self.show_detail()
            self._triage.came_to(self.current)
        elif event.row_list.id == self.shown_list:
            self.call_after_refresh(self.show_detail)  # what was found is seen before the text of the first of it
        self._show_keys()
        event.row_list.set_place(event.row_list.place_in_words)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_read()

    def show_detail(self) -> None:
        """Show the paper under the cursor, with what matches highlighted."""
        current, paper = self.current, None
        try:
            paper = None if current is None else next(iter(self._session.store.papers.get([current])), None)
        except ReaderError as error:
            self.post_message(Failed(error))
        results, detail = self._searching.results, self.query_one(Detail)
        if current is None or paper is None:
            detail.show(None)
        else:
            readings, reasons = results.readings(current), results.reasons.get(current, ())
            hyperlinks = self._session.desktop.hyperlinks
            detail.show(Sheet(paper, readings, reasons, mathematics=self.mathematics, hyperlinks=hyperlinks))
        self._resting.on(current, detail)

    @on(Detail.Pressed)
    def _pressed(self, event: Detail.Pressed) -> None:
        event.stop()
        if isinstance(event.target, str):
            self._outward.open_address(event.target)
        else:
            self._searching.related(self.current, upon=event.target.paper)

    # changes

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        outcome = event.outcome
        self._intake.settle()
        self.ask_about(outcome)
        if isinstance(outcome, Remembered):
            self._searching.remembered(outcome)
        elif isinstance(outcome, changes.Lengthy):
            self._intake.start_alone(outcome.job)
        elif isinstance(outcome, changes.Outcome):
            self._came(outcome)

    def _came(self, outcome: changes.Outcome) -> None:
        """Show what a change made of the library, and say what it did."""
        self._searching.changed()
        for row_list in self.query(PaperList):
            row_list.forget()
        self._shelving.show(outcome.bookmarks)
        if outcome.papers:
            self.paper_list(self.shown_list).stand_on_one(outcome.papers, soon=self.shown_list == "papers")
        self.show_detail()
        if outcome.papers_changed or (outcome.marks_changed and not self._searching.asks_nothing):
            self._searching.ask(after_change=True)
        listed = bool(outcome.rejected) and self._intake.show_rejected(outcome.rejected)
        if outcome.words:  # a toast would cover the list
            loud = outcome.loud and not listed
            line = self.query_one(StatusLine)
            way_back = self._session.keymap.in_words(outcome.way_back)
            line.say(outcome.words, way_back=way_back, loud=loud, tone=outcome.tone)
        self._show_keys()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        if self._intake.settle():
            self._searching.ask()  # what was finished before stays
        if isinstance(event.error, Interrupted):
            return
        words = str(event.error)
        if not isinstance(event.error, ReaderError):
            words = f"{type(event.error).__name__}: {words}"
        self.log.error(event.error)
        self._searching.say_again()
        self.notify(visible(words), title="That did not work", severity="error", markup=False, timeout=10)

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

    def action_filters(self) -> None:
        """Go to the filters."""
        chips = self.query_one(ChipRow)
        if chips.display:
            self.set_focus(chips)
        else:
            self.say("There is no room for the filters: type is:unread, has:code, year: or source: into the search box")

    def action_sources(self) -> None:
        """List where papers were seen."""
        self._intake.list_sources(self._searching.show_source)

    # searching

    def return_to(self, paper: int | None, *, line: int | None = None) -> None:
        """Put the cursor on that paper when it is listed again, on that line of the screen."""
        self.paper_list("papers").seek(paper, line=line)

    def action_related(self) -> None:
        """Show the papers that are like the one under the cursor."""
        self._searching.related(self.current)

    def action_sort(self) -> None:
        """Show the papers in the next order; the bookmarks have their own, and would hide them where it is narrow."""
        if self.shown_list == "bookmarks":
            self.enter("papers")
        self._searching.next_order()

    def action_save_search(self) -> None:
        """Give the query a name."""
        self._searching.save()

    def action_lists(self) -> None:
        """List reading lists and saved searches."""
        self._searching.list_all()

    def action_recall(self, step: int) -> None:
        """In the search box, to an earlier query or a later one, and from the newest to the list."""
        if not self._searching.recall(step) and step > 0:
            self.action_leave_search()

    @on(SearchBox.Asked)
    def _language_asked(self, event: SearchBox.Asked) -> None:
        event.stop()
        self.action_language()

    def action_language(self) -> None:
        """Show what can be typed into the search box."""
        from reader.app.language_card import LanguageCard  # loaded when it is first opened

        self.app.push_screen(LanguageCard())

    # moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Nothing can be stopped where nothing is under way."""
        del parameters
        return action != "stop_import" or self._intake.running

    def _show_keys(self) -> None:
        """Show the keys of what can be done now."""
        papers, bookmarks = not self.has_class("-empty"), bool(self.paper_list("bookmarks").ids)
        steps = papers or self._session.store.journal.newest() is not None  # where papers are, an import brought them
        paper = self.current is not None
        self.query_one(KeyBar).leave_out(useless_actions(paper=paper, bookmarks=bookmarks, papers=papers, steps=steps))

    def action_read(self) -> None:
        """From a list to the text, which is resting on its paper."""
        super().action_read()
        self._triage.came_to(self.current)

    def action_back(self) -> None:
        """From the text to its list; in the list, out of a selection, then to all papers."""
        if isinstance(self.focused, (Detail, ChipRow)) or self.zoomed:
            self.enter(self.shown_list)
        elif not self._acting.end() and not self._by_hand.forget() and not self._searching.back():
            self.enter("papers")

    @on(SearchBox.Left)
    def _search_left(self, event: SearchBox.Left) -> None:
        event.stop()
        self.action_leave_search()

    def action_leave_search(self) -> None:
        """From the search box to the list, keeping the query."""
        self.enter("papers")

    def action_search(self) -> None:
        """Go to the search box."""
        self.enter_search()

    def action_help(self) -> None:
        """Show every key."""
        from reader.app.modals import Help  # loaded when it is first opened

        pane = self.focused.id if self.focused is not None else None
        self.app.push_screen(Help(self._session.keymap.commands, pane or ""))

    def action_second_line(self) -> None:
        """Show a second line for every paper, or none, from now on."""
        self.second_line = not self.second_line
        choosing.keep(self._worker, self._session, "second_line", self.second_line)

    def action_theme(self) -> None:
        """Choose the colours."""
        choosing.choose_theme(self.app, self._worker, self._session)

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()
