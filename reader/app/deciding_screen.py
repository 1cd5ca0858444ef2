"""What keys do to papers and reading lists: each action is one line, for the part that knows how."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from reader.app import changes, taking_back
from reader.app.acting import Acting
from reader.app.by_hand import ByHand
from reader.app.changes import Tone
from reader.app.labelling import Labelling
from reader.app.orders import Unsure
from reader.app.outward import Outward
from reader.app.panes import PaneScreen
from reader.app.paper_list import PaperList
from reader.app.search_box import SearchBox
from reader.app.session import Session
from reader.app.shelving import Shelving
from reader.app.status_line import StatusLine
from reader.app.triage import Triage
from reader.app.worker import Worker

if TYPE_CHECKING:
    from reader.app.exporting import Exporting


class DecidingScreen(PaneScreen):
    """Panes, and what is decided in them."""

    def __init__(self, session: Session) -> None:
        """Change that session's library."""
        super().__init__()
        self._session = session
        self._worker = Worker(session.library_path, self.post_message)
        self._acting = Acting(self, self._worker, session)
        self._triage = Triage(self, self._acting, self._worker, session)
        self._labelling = Labelling(self, self._acting, self._worker, session)
        self._shelving = Shelving(self, self._acting, self._worker, session)
        self._by_hand = ByHand(self, self._worker, session)
        self._outward = Outward(self, self._worker, session)

    @cached_property
    def _exporting(self) -> Exporting:
        """Made when something is first exported: what it loads would hold up the first frame."""
        from reader.app.exporting import Exporting

        return Exporting(self, self._acting, self._worker, self._session)

    # what the parts need

    @property
    def search_box(self) -> SearchBox:
        """The box that queries are typed into."""
        return self.query_one(SearchBox)

    @property
    def asked(self) -> str:
        """What stands in it."""
        return self.search_box.value

    @property
    def is_in_front(self) -> bool:
        """Whether nothing covers the papers."""
        return self.app.screen is self

    def say(self, words: str, *, loud: bool = False, whole: bool = False, tone: Tone = "information") -> None:
        """Say it in the status line."""
        self.query_one(StatusLine).say(words, loud=loud, whole=whole, tone=tone)

    def ask_first(self, title: str, text: str, then: Callable[[], None]) -> None:
        """Do it when the user says yes."""
        from reader.app.modals import Question  # loaded when it is first opened

        self.app.clear_notifications()
        self.app.push_screen(Question(title, text), lambda yes: then() if yes else None)

    def mark(self, paper: int | None) -> None:
        """Mark that paper alone in the lists, or none."""
        for row_list in self.query(PaperList):
            row_list.mark(paper)

    def enter_search(self) -> None:
        """Go to the search box, at once, so that a query typed ahead lands in it."""
        self.zoomed = False
        self.show_list("papers")
        self.set_focus(self.search_box)

    def ask_about(self, came: object) -> None:
        """Ask the user what a change did not decide, and let what goes out know of it."""
        if isinstance(came, taking_back.Doubt):
            self._by_hand.ask_about(came)
        elif isinstance(came, changes.Unwritten):
            self._labelling.write_again(came)
        elif isinstance(came, Unsure):
            self._exporting.ask_about(came)
        self._outward.came(came)

    # deciding

    def action_bookmark(self) -> None:
        """Put papers into Bookmarks, or take them out."""
        self._triage.bookmark(self._shelving.shelf)

    def action_toggle_read(self) -> None:
        """Mark papers as read, or as not read."""
        self._triage.toggle_read()

    def action_toggle_dismissed(self) -> None:
        """Dismiss papers, or bring them back."""
        self._triage.dismiss()

    def action_tag(self) -> None:
        """Choose tags."""
        self._labelling.tag()

    def action_note(self) -> None:
        """Write a note."""
        self._labelling.note()

    def action_note_in_editor(self) -> None:
        """Write a note in the user's own editor."""
        self._labelling.note(in_editor=True)

    def action_enlist(self) -> None:
        """Choose reading lists."""
        self._labelling.enlist()

    def action_export(self) -> None:
        """Choose what is written to a file, how, and where."""
        self._exporting.open(self._shelving.shelf)

    def action_open(self) -> None:
        """Open papers in the browser."""
        self._outward.open(self._acting.list.chosen)

    def action_copy(self) -> None:
        """Copy papers as something."""
        self._outward.copy(self._acting.list.chosen)

    # selecting

    def action_select(self) -> None:
        """Begin a selection, or end it."""
        self._acting.select()

    def action_select_all(self) -> None:
        """Select every paper of the list."""
        self._acting.select_all()

    # the reading list in view

    def action_turn(self, by: int) -> None:
        """Show the next reading list, or the one before."""
        self._shelving.turn(by)

    def action_shift(self, by: int) -> None:
        """Move papers down in the reading list, or up."""
        self._shelving.move(by)

    def action_search_list(self) -> None:
        """Ask within the reading list."""
        self._shelving.search()

    # putting right

    def action_merge(self) -> None:
        """Mark the paper, or make it and the marked one one."""
        self._by_hand.merge(self.current)

    def action_split(self) -> None:
        """Make several papers again of one."""
        self._by_hand.split(self.current)

    def action_remove(self) -> None:
        """Remove papers."""
        self._by_hand.remove(self._acting.list.chosen, then=self._acting.end)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._by_hand.undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._by_hand.redo()
