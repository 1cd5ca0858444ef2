"""What leaves the app by hand: an address to the browser, and a paper as text to the clipboard.

What was done is said by its name. Where nothing can tell whether it worked, the text itself is shown, to be selected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App

from reader import library
from reader.addresses import Address, addresses, is_web_address, main_address, searches
from reader.app.choice_screen import Choice, ChoiceScreen, TextScreen
from reader.app.selection import Chosen
from reader.app.session import Session
from reader.app.worker import Worker
from reader.errors import ReaderError
from reader.frozen import frozen
from reader.store import Store
from reader.wording import counted

if TYPE_CHECKING:
    from reader.paper import StoredPaper

_FORMS = {
    "address": ("a", "Address"),
    "title": ("t", "Title"),
    "citation": ("c", "Citation"),
    "markdown": ("m", "Markdown"),
    "bibtex": ("b", "BibTeX"),
    "json": ("j", "JSON"),
}
"""The key and the name of each form that a paper can be copied in."""

_MOST_OPENED, _MOST_COPIED = 20, 1_000
"""Papers that are opened, and copied, at a time."""
_PREVIEWED = {"address", "title", "citation"}
_SEARCHES = {"arXiv": "Search arXiv for the title", "Scholar": "Search Google Scholar for the title"}


class Asking(Protocol):
    """The screen, as far as it is needed here."""

    @property
    def app(self) -> App[Any]:
        """The app, which shows small screens over it."""

    def say(self, words: str, *, loud: bool = False) -> None:
        """Say it in the status line."""

    def ask_first(self, title: str, text: str, then: Callable[[], None]) -> None:
        """Do it when the user says yes."""


@frozen
class Opened:
    """Addresses were given to the browser, or no program took them."""

    urls: tuple[str, ...]
    taken: bool


@frozen
class Copied:
    """A text was given to the clipboard, or no program took it."""

    what: str
    text: str
    taken: bool


class Outward:
    """Opening and copying what the cursor is on, or what is selected."""

    def __init__(self, screen: Asking, worker: Worker, session: Session) -> None:
        """Ask over that screen; that worker runs programs, on its own thread."""
        self._screen = screen
        self._worker = worker
        self._session = session

    def open(self, papers: Chosen) -> None:
        """Open a paper's address: the only one, or the one that is chosen; search for it where it has none.

        Of several papers each one's own, once the user is sure: those without an address are passed over.
        """
        if len(papers) > 1:
            if not self._too_many(papers, _MOST_OPENED, "opened"):
                title = f"Open {counted(len(papers), 'paper')}?"
                self._screen.ask_first(title, "Each comes in a tab of its own.", lambda: self._open_several(papers))
            return
        stored = self._stored(papers)
        if stored is None:
            return
        found = addresses(stored.paper)
        if len(found) == 1:
            self.open_address(found[0].url)
        elif found:
            self._choose("Open", list(_opening(found)))
        else:
            choices = [
                Choice(str(number), _SEARCHES[each.kind], each.url, each.url)
                for number, each in enumerate(searches(stored.paper), 1)
            ]
            self._choose("No address is known", choices)

    def _open_several(self, papers: Chosen) -> None:
        desktop = self._session.desktop

        def opened(store: Store) -> Opened:
            found = [main_address(stored.paper) for stored in store.papers.get(papers.papers(store))]
            urls = tuple(url for url in found if url is not None and is_web_address(url))
            return Opened(urls, desktop.opener is not None and all(desktop.open(url) for url in urls))

        self._worker.change(opened)

    def _too_many(self, papers: Chosen, most: int, what: str) -> bool:
        if len(papers) <= most:
            return False
        self._screen.say(f"No more than {most:,} papers are {what} at a time: {len(papers):,} are selected")
        return True

    def _choose(self, title: str, choices: Sequence[Choice]) -> None:
        def chosen(url: str | None) -> None:
            if url is not None:
                self.open_address(url)

        self._ask(title, choices, chosen)

    def open_address(self, url: str) -> None:
        """Open one address in the browser, or show it where there is none."""
        desktop = self._session.desktop
        if not is_web_address(url):
            return
        if desktop.opener is None:
            self._came_to_nothing((url,))
        else:
            self._worker.change(lambda _: Opened((url,), desktop.open(url)))

    def copy(self, papers: Chosen) -> None:
        """Copy a paper, or several one after the other, in the form that is chosen."""
        if len(papers) > 1:
            if not self._too_many(papers, _MOST_COPIED, "copied"):
                self._copy_several(papers)
            return
        stored = self._stored(papers)
        if stored is None:
            return
        choices = [
            Choice(*_FORMS[form], form, library.cite(stored, form) if form in _PREVIEWED else "")
            for form in library.forms(stored)
        ]

        def chosen(form: str | None) -> None:
            if form is not None:
                self._copy(_FORMS[form][1], library.cite(stored, form))

        self._ask("Copy", choices, chosen)

    def _copy_several(self, papers: Chosen) -> None:
        desktop, many = self._session.desktop, counted(len(papers), "paper")

        def chosen(form: str | None) -> None:
            def copied(store: Store) -> Copied:
                text = library.cite_several(store.papers.get(papers.papers(store)), form or "")
                return Copied(f"{_FORMS[form or ''][1]} of {many}", text, bool(text) and desktop.copy(text))

            if form is not None:
                self._worker.change(copied)

        self._ask(f"Copy {many}", [Choice(*known, form) for form, known in _FORMS.items()], chosen)

    def _copy(self, what: str, text: str) -> None:
        desktop = self._session.desktop
        self._worker.change(lambda _: Copied(what, text, desktop.copy(text)))

    def came(self, outcome: object) -> None:
        """Say what came of it."""
        if isinstance(outcome, Opened) and outcome.taken:
            several = f"{len(outcome.urls):,} addresses"
            self._screen.say(f"Opened {outcome.urls[0] if len(outcome.urls) == 1 else several}")
        elif isinstance(outcome, Opened) and not outcome.urls:
            self._screen.say("None of these papers has an address: on one alone the key searches for it")
        elif isinstance(outcome, Opened):
            self._came_to_nothing(outcome.urls)
        elif isinstance(outcome, Copied) and outcome.taken:
            self._screen.say(f"{outcome.what} copied to {self._clipboard()}")
        elif isinstance(outcome, Copied) and not outcome.text:
            self._screen.say(f"{outcome.what}: there is none")
        elif isinstance(outcome, Copied):
            self._screen.app.copy_to_clipboard(outcome.text)
            self._screen.say(f"{outcome.what} sent to the terminal's clipboard")
            why = f"{outcome.what}: sent to the terminal's clipboard (OSC 52), which cannot tell whether it took it."
            self._show(why, outcome.text)

    def _clipboard(self) -> str:
        name = self._session.desktop.clipboard_name
        return "tmux's buffer, which it sends on to the terminal" if name == "tmux" else f"the clipboard ({name})"

    def _came_to_nothing(self, urls: Sequence[str]) -> None:
        here = "over SSH no browser can be opened" if self._session.desktop.over_ssh else "no browser was found"
        what = urls[0] if len(urls) == 1 else f"{len(urls):,} addresses"
        self._screen.say(f"{here[0].upper()}{here[1:]}: {what}")
        self._show(f"Open {'this address' if len(urls) == 1 else 'these addresses'} yourself: {here}.", "\n".join(urls))

    def _ask(self, title: str, choices: Sequence[Choice], chosen: Callable[[str | None], None]) -> None:
        self._screen.app.clear_notifications()
        self._screen.app.push_screen(ChoiceScreen(title, choices), chosen)

    def _show(self, why: str, text: str) -> None:
        self._screen.app.clear_notifications()
        self._screen.app.push_screen(TextScreen(why, text))

    def _stored(self, papers: Chosen) -> StoredPaper | None:
        """The only paper; None where there is none."""
        store = self._session.store
        try:
            return next(iter(store.papers.get(papers.papers(store))), None)
        except ReaderError as error:
            self._screen.say(str(error), loud=True)
            return None


def _opening(found: Sequence[Address]) -> Iterator[Choice]:
    """Each address with a key: the first letter of its kind, or a number where that is taken."""
    taken: set[str] = set()
    for number, address in enumerate(found, 1):
        letter = address.kind[0].lower()
        key = letter if letter not in taken else str(number % 10)
        taken.add(key)
        yield Choice(key, address.kind, address.url, address.url)
