"""Handing papers out as a file: what is chosen for it, looking at it, and writing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App

from reader import library
from reader.app import changes
from reader.app.acting import Acting
from reader.app.completing import path_of
from reader.app.left_off import Exported
from reader.app.orders import Order, Unsure, What
from reader.app.selection import Chosen
from reader.app.session import Session
from reader.app.status import short_path
from reader.app.worker import Worker
from reader.errors import Interrupted, LibraryError, ReaderError
from reader.export.registry import NAMES, VAULT
from reader.list_file import DEFAULT_OPTIONS
from reader.store import Store
from reader.text import collapse, visible
from reader.wording import counted

if TYPE_CHECKING:
    from reader.library import Export

DEFAULT_FORMAT = NAMES[0]


class Asking(Protocol):
    """The screen, as far as it is needed here."""

    @property
    def app(self) -> App[Any]:
        """The app, which shows small screens over it."""

    @property
    def asked(self) -> str:
        """What stands in the search box."""


class Exporting:
    """The exports of one main screen."""

    def __init__(self, screen: Asking, acting: Acting, worker: Worker, session: Session) -> None:
        """Ask over that screen; that worker looks and writes."""
        self._screen = screen
        self._acting = acting
        self._worker = worker
        self._session = session

    def open(self, shelf: changes.Shelf | None) -> None:
        """Let the user choose what is written, how, and where; the reading list in view where nothing is selected."""
        from reader.app.export_screen import ExportScreen  # loaded when it is first opened

        selected = self._acting.list.chosen if self._acting.list.selected is not None else None
        whats = list(_whats(selected, "Bookmarks" if shelf is None else shelf.name, self._screen.asked))
        self._screen.app.clear_notifications()  # they would cover it
        self._screen.app.push_screen(ExportScreen(self._worker, self._session, whats, Path.cwd()), self._decided)

    def _decided(self, order: Order | None) -> None:
        if order is not None:
            if order.what.papers is not None:
                self._acting.end()
            self._write(order, None)

    def _write(self, order: Order, drop: bool | None) -> None:
        session, home = self._session, Path.home()
        self._worker.change(lambda store: write(store, session, home, order, drop=drop))

    def ask_about(self, unsure: Unsure) -> None:
        """Write it as the user says."""
        from reader.app.modals import Question

        def decided(yes: bool | None) -> None:
            meant = unsure.yes if yes else unsure.no
            if meant is not None:
                self._write(*meant)

        self._screen.app.clear_notifications()
        self._screen.app.push_screen(Question(unsure.title, unsure.text), decided)


def _whats(selected: Chosen | None, list_name: str, query: str) -> Iterator[What]:
    """What can be exported, what is meant most likely first."""
    if selected is not None:
        yield What("selection", f"the selection, {counted(len(selected), 'paper')}", papers=selected)
    yield What(f"list:{list_name}", f"the reading list {list_name}", list_name=list_name)
    if query := collapse(query):
        yield What(f"query:{query}", f"what {query} finds", query=query)
    yield What("all", "every paper of the library")


def look(store: Store, session: Session, order: Order) -> library.ExportPreview | ReaderError:
    """What an order would write, or why it cannot be written."""
    try:
        preview = library.preview_vault if order.form == VAULT else library.preview_export
        return preview(*_prepared(store, session, order))
    except Interrupted:
        raise
    except ReaderError as error:
        return error


class _Asked(Exception):
    """A question came up before anything was written."""


def write(
    store: Store, session: Session, home: Path, order: Order, *, drop: bool | None = None
) -> changes.Outcome | Unsure:
    """Write what is ordered, and say where; an empty list is not worth it.

    Args:
        store: the library.
        session: where the default place is, and what remembers how it was written.
        home: the user's folder, for the words.
        order: what, how and where.
        drop: whether entries go whose papers have left the list; None asks.

    Raises:
        LibraryError: the file is not reader's, or cannot be written.
    """
    chosen, path = _prepared(store, session, order)
    shown, place = changes.shelf(store, session), short_path(path, home)
    if not chosen.count:
        return changes.Outcome(f"{chosen.title} is empty: there is nothing to write", shown, loud=True)
    if order.form == VAULT and chosen.selection is not None:
        notes = library.export_to_vault(chosen.selection, path)
        _remember(session, home, order)
        written = f"{counted(notes.notes, 'paper')} in {place}: {counted(notes.changed, 'note')} written"
        return changes.Outcome(" · ".join([written, *notes.told, *chosen.left_out]), shown, loud=True)
    fate = library.fate_of(chosen, path)
    if fate == "refused":
        raise LibraryError(f"{place} {REFUSED}", "name another file")
    if fate == "unknown" and not order.over_anything:
        sure = replace(order, over_anything=True)
        return Unsure("Replace this file?", f"{place}\n\n{UNKNOWN}", (sure, False))

    def confirm(question: str) -> bool:
        if drop is None:
            raise _Asked(question)
        return drop

    made = _is_made(session, order, path.parent)
    try:
        found = library.export_to_file(chosen, path, force=fate == "unknown", confirm=confirm, make_folder=made)
    except _Asked as question:
        kept = "What you wrote in them is kept at the end of the file. No keeps the entries."
        return Unsure("Take entries out of the file?", f"{question}\n\n{kept}", (order, True), (order, False))
    _remember(session, home, order)
    backup = [f"{found.backup.name} keeps it as it was"] if found.backup else []
    words = [f"{counted(chosen.count, 'paper')} written to {place}", *found.told, *backup, *chosen.left_out]
    return changes.Outcome(" · ".join(words), shown, loud=True)


REFUSED = "was not written by reader, or holds another list and what somebody wrote: it stays as it is"
UNKNOWN = "It is there already. Somebody else wrote it, or changed it since reader did, as far as reader remembers."


def _prepared(store: Store, session: Session, order: Order) -> tuple[Export, Path]:
    """The export, and the file it goes to."""
    what = order.what
    chosen = library.export(
        store,
        format_name=DEFAULT_FORMAT if order.form == VAULT else order.form,
        list_name=what.list_name,
        query=what.query,
        papers=_ids(store, what.papers),
        everything=what.list_name is None and what.query is None and what.papers is None,
    )
    if session.written_files is not None:
        chosen = library.remembered_by(chosen, session.written_files)
    path = path_of(order.typed, order.folder) if order.typed else session.export_folder
    if order.form == VAULT:
        path = path if order.typed else path / VAULT
        return library.with_options(chosen, order.options or DEFAULT_OPTIONS), path
    if not order.typed or order.typed.endswith("/") or path.is_dir():
        path = library.file_in(chosen, path)
    options = library.options_of(path) if order.options is None else order.options
    return library.with_options(chosen, options), path


def _ids(store: Store, papers: Chosen | None) -> Sequence[int] | None:
    return None if papers is None else papers.papers(store)


def _remember(session: Session, home: Path, order: Order) -> None:
    typed = short_path(path_of(order.typed, order.folder), home) if order.typed else ""
    how = Exported(typed + "/" * (order.typed.endswith("/")), order.form)
    session.exported[order.what.name] = how
    session.when_exported(order.what.name, how)


def _is_made(session: Session, order: Order, folder: Path) -> bool:
    """Whether a folder is made where it is missing: the usual one, one typed with a slash, and one around notes."""
    return folder == session.export_folder or order.typed.endswith("/") or order.form == VAULT


def fate_in_words(found: library.ExportPreview, session: Session, order: Order) -> str:
    """What becomes of the file that is there, for people."""
    if not found.has_folder and not _is_made(session, order, found.path.parent):
        return f"there is no folder {visible(short_path(found.path.parent, Path.home()))}"
    if order.form == VAULT and found.fate != "refused":
        return "a new folder of notes" if found.fate == "new" else "what you wrote in the notes of the folder stays"
    return {
        "new": "a new file" if found.has_folder else "a new file in a new folder",
        "replaced": "replaces what reader wrote there",
        "merged": "what you wrote in the file stays",
        "unknown": "a file is there: Enter asks before it is replaced",
        "refused": f"the file {REFUSED}",
    }[found.fate]


def can_be_written(found: library.ExportPreview, session: Session, order: Order) -> bool:
    """Whether writing it could come to anything."""
    return found.fate != "refused" and (found.has_folder or _is_made(session, order, found.path.parent))
