"""What a session begins with: what the settings say, and how the app was left; and what it leaves for the next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App

from reader.app import left_off, themes
from reader.app.changes import Tone
from reader.app.keymap import keymap
from reader.app.session import Session
from reader.app.worker import Worker
from reader.paths import WRITTEN_FILES
from reader.settings.values import Problem
from reader.text import visible

if TYPE_CHECKING:
    from reader.settings.reading import Read


class Greeting(Protocol):
    """The screen, as far as it is needed here."""

    @property
    def app(self) -> App[Any]:
        """The app, which shows small screens over it."""

    def say(self, words: str, *, loud: bool = False, tone: Tone = "information") -> None:
        """Say it in the status line."""


def apply_settings(session: Session, file: Path, environment: Mapping[str, str]) -> None:
    """Begin that session with what a file of settings says, in a terminal that says that of itself."""
    if not file.exists():  # most have none, and the first frame waits
        session.theme = themes.fitting(environment)
        return
    from reader.settings.reading import read

    said = read(file)
    session.settings = said.settings
    session.keymap = keymap(said.settings.keys, said.lines)
    session.theme = themes.meant(said.settings.theme, environment) or themes.fitting(environment)
    if said.settings.export_folder:
        session.export_folder = Path(said.settings.export_folder).expanduser()
    session.problems = tuple(problem.in_file(file.name) for problem in problems(said))


def problems(said: Read) -> list[Problem]:
    """Everything that cannot be used of what a file says, keys and themes included, in the order of its lines."""
    found = [*said.problems, *keymap(said.settings.keys, said.lines).problems]
    theme = said.settings.theme
    if themes.meant(theme, {}) is None:
        words = f"there is no theme “{visible(theme)}”{themes.did_you_mean_theme(theme)}"
        found.append(Problem(words, said.lines.get("theme", 0), "theme"))
    return sorted(found, key=lambda each: each.line)


def recall(session: Session, folder: Path) -> None:
    """Begin that session where its library was left, and show the first keys to who never saw them."""
    file, library = folder / left_off.FILE, str(session.library_path.absolute())
    known = left_off.read(file)
    if not known.keys_seen:
        session.first_keys = lambda: left_off.note(file, keys_seen=True)
    session.exported.update(known.exports.get(library, {}))
    session.written_files = folder / WRITTEN_FILES
    session.when_exported = lambda what, how: left_off.note(file, library=library, exported=(what, how))
    if session.settings.resume:
        session.left = known.places.get(library)
        session.when_left = lambda place: left_off.note(file, library=library, place=place)


def greet(screen: Greeting, worker: Worker, session: Session, *, listed: bool) -> None:
    """Tell what is wrong with the settings, and who sees papers here for the first time which keys to begin with."""
    if session.problems:
        more = f" · {len(session.problems) - 1} more: `reader config show`" if session.problems[1:] else ""
        screen.say(session.problems[0] + more, loud=True, tone="warning")
    shown = session.first_keys
    if shown is not None and listed:
        from reader.app.first_keys import FirstKeys  # loaded when it is shown, once

        worker.change(lambda _: shown())
        screen.app.push_screen(FirstKeys(session.keymap))
