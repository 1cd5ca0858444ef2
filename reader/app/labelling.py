"""Tags, notes and reading lists of papers: opening what they are decided in, and doing what was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App

from reader.app import changes
from reader.app.acting import Acting
from reader.app.selection import Chosen, these
from reader.app.session import Session
from reader.app.worker import Worker
from reader.errors import ReaderError
from reader.wording import counted

if TYPE_CHECKING:
    from reader.app.label_screen import Kind, Relabelled

_Relabel = Callable[..., changes.Outcome]


class Opening(Protocol):
    """The screen, as far as it is needed here."""

    @property
    def app(self) -> App[Any]:
        """The app, which shows small screens over it."""

    def say(self, words: str, *, loud: bool = False) -> None:
        """Say it in the status line."""


class Labelling:
    """What papers are labelled with."""

    def __init__(self, screen: Opening, acting: Acting, worker: Worker, session: Session) -> None:
        """Open screens over that one, for what is chosen there; that worker changes the library."""
        self._screen = screen
        self._acting = acting
        self._worker = worker
        self._session = session

    def tag(self) -> None:
        """Choose tags."""
        from reader.app.label_screen import TAGS  # loaded when it is first opened

        self._choose("Tag", TAGS, changes.retag)

    def enlist(self) -> None:
        """Choose reading lists."""
        from reader.app.label_screen import LISTS

        self._choose("Choose reading lists for", LISTS, changes.relist)

    def _choose(self, what: str, kind: Kind, change: _Relabel) -> None:
        from reader.app.label_screen import LabelScreen

        about = self._acting.about()

        def chosen(papers: Chosen) -> None:
            def decided(found: Relabelled | None) -> None:
                if found is not None and (found.add or found.remove):
                    self._acting.end()
                    self._worker.change(
                        lambda store: change(store, papers.papers(store), found.add, found.remove, self._session)
                    )

            self._screen.app.clear_notifications()
            self._screen.app.push_screen(LabelScreen(kind, about, papers, self._worker), decided)

        self._acting.with_chosen(what, chosen)

    def note(self, *, in_editor: bool = False) -> None:
        """Write a note; on several papers it goes below what each of them has."""
        self._acting.with_chosen("Write a note on", lambda papers: self._write(papers, in_editor=in_editor))

    def _write(self, papers: Chosen, *, in_editor: bool) -> None:
        about, text = self._acting.about(), ""
        if len(papers) > 1:
            about += ": what is written here goes below the notes that are there"
        else:
            try:
                [paper] = papers.papers(self._session.store)
                text = self._session.store.annotations.note(paper) or ""
            except ReaderError as error:
                self._screen.say(str(error), loud=True)
                return
        self._open_note(papers, about, text, in_editor=in_editor)

    def write_again(self, unwritten: changes.Unwritten) -> None:
        """Open a note that could not be written once more, with the reason."""
        about = counted(len(unwritten.papers), "paper")
        self._open_note(these(unwritten.papers), about, unwritten.text, why=str(unwritten.why))

    def _open_note(self, papers: Chosen, about: str, text: str, *, why: str = "", in_editor: bool = False) -> None:
        from reader.app.note_screen import NoteScreen

        def keep(written: str) -> None:
            self._acting.end()
            self._worker.change(lambda store: changes.write_note(store, papers.papers(store), written, self._session))

        self._screen.app.clear_notifications()
        self._screen.app.push_screen(NoteScreen(about, text, keep, why=why, in_editor=in_editor))
