"""Feed the app random keys, mouse events, pastes and resizes while papers are imported, and hold it to a plain model.

    monkey.py [EVENTS]      20,000 events unless told, from --seed

The events go to the app's driver, as those of a terminal do. Meanwhile a thread imports page after page of made-up
papers into the same library. It fails, with the seed and the number of the event, where the app raises anything, where
its worker does not answer in the end, or where what the user made of the papers (lists, tags, notes, marks) is not what
the confirmed actions make of a plain model: nothing but a dictionary, which undo and redo change back and forth step by
step. The memory is printed on the way. Commands that leave the app, start an editor or remove papers have no keys here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import string
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from figures import MEBIBYTE, print_machine
from textual.events import Event, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp, Paste, Resize
from textual.geometry import Size

from app.pilot import key_event
from fuzzing import BAIT
from reader import library
from reader.app import changes, taking_back
from reader.app.commands import COMMANDS
from reader.app.keymap import keymap
from reader.app.main_screen import MainScreen
from reader.app.reader_app import ReaderApp
from reader.app.session import Session
from reader.store import Store
from reader.text import as_note, fold

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ORIGIN = "window monkey"
WITHOUT_KEYS = frozenset(
    {"quit", "palette", "note_in_editor", "remove", "merge", "lists", "sources", "import", "stop_import", "export"}
)
"""Commands that lead out of the app or of the model: away, to files, or to changes of papers and of whole lists."""
PATIENCE = 60.0
"""Seconds for the worker to answer in the end."""
_TOGETHER = 10  # events that come at once
_PAUSE = 0.02  # seconds between those that come at once, in which the app deals with them, or falls behind
_PAGE = 40  # papers of a page that is imported meanwhile
_PAGES = 250  # pages, at most: what grows after them is no paper
_WORDS = ("kettle", "teapot", "cloud", "corridor", "lantern", "spoon", "graph", "tide", "soup", "ladle")
_WAYS = 5
"""Times that a key may go from the app to a widget and back until it is dealt with; no app leaves before that."""
_SIZES = ((20, 6), (40, 12), (80, 24), (120, 36), (200, 60))

Cell = tuple[str, str, int]
"""Something that a user can make of a paper: ("list", its folded name, the paper), ("note", "", the paper), …"""


@dataclass(slots=True)
class Model:
    """What the user made of the papers, as the confirmed actions say: a cell that is not there says no, or nothing."""

    cells: dict[Cell, object] = field(default_factory=dict)
    steps: dict[int, dict[Cell, tuple[object, object]]] = field(default_factory=dict)

    def change(self, step: int, wanted: dict[Cell, object]) -> None:
        """Remember what a step changed, and change it."""
        self.steps[step] = {cell: (self.cells.get(cell), value) for cell, value in wanted.items()}
        self.walk(step, back=False)

    def walk(self, step: int, *, back: bool) -> None:
        """Take a step back, or do it again; what the model does not know of changes nothing in it."""
        for cell, (before, after) in self.steps.get(step, {}).items():
            self.cells[cell] = before if back else after

    def toggled(self, kind: str, name: str, papers: Sequence[int]) -> dict[Cell, object]:
        """Yes for all papers, or no where all of them say yes."""
        cells = [(kind, name, paper) for paper in papers]
        yes = not all(self.cells.get(cell) for cell in cells)
        return dict.fromkeys(cells, yes)

    def held(self) -> dict[Cell, object]:
        """What is there."""
        return {cell: value for cell, value in self.cells.items() if value}


def stored(store: Store) -> dict[Cell, object]:
    """What a library says the user made of its papers, as a model says it."""
    found: dict[Cell, object] = {}
    for id_ in range(1, store.imports.next_paper()):
        for paper in store.papers.get([id_]):
            found |= {("list", fold(name), id_): True for name in paper.lists}
            found |= {("tag", fold(name), id_): True for name in paper.tags}
            found |= {("note", "", id_): paper.note, ("read", "", id_): paper.read}
            found |= {("dismissed", "", id_): paper.dismissed}
    return {cell: value for cell, value in found.items() if value}


class Recording(ModuleType):
    """`reader.library` as the app's worker sees it: each action that was confirmed changes the model, too."""

    def __init__(self, model: Model) -> None:
        super().__init__("library")
        self._model = model
        self.confirmed = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the library has
        action = getattr(library, name)
        wanted = getattr(self, f"_{name}", None)
        if wanted is None:
            return action

        def recorded(store: Store, *given: object, **more: object) -> object:
            before, cells = store.journal.newest(origin=ORIGIN), wanted(*given, **more)
            result = action(store, *given, **more)
            after = store.journal.newest(origin=ORIGIN)
            if after is not None and after != before:
                self._model.change(after.id, cells)
                self.confirmed += 1
            return result

        return recorded

    def undo(self, store: Store, *, step: int | None = None, **more: Any) -> str | None:  # noqa: ANN401 - handed on
        """Take back that step, or the newest."""
        newest = store.journal.newest() if step is None else None
        label = library.undo(store, step=step, **more)
        taken = step if newest is None else newest.id
        if label is not None and taken is not None:
            self._model.walk(taken, back=True)
            self.confirmed += 1
        return label

    def redo(self, store: Store, **more: Any) -> str | None:  # noqa: ANN401 - handed on
        """Do again what was taken back."""
        step = store.journal.newest_undone()
        label = library.redo(store, **more)
        if label is not None and step is not None:
            self._model.walk(step.id, back=False)
            self.confirmed += 1
        return label

    def _toggle(self, papers: Sequence[int], *, list_name: str | None = None, **_: object) -> dict[Cell, object]:
        return self._model.toggled("list", fold(list_name or "Bookmarks"), papers)

    def _toggle_read(self, papers: Sequence[int], **_: object) -> dict[Cell, object]:
        return self._model.toggled("read", "", papers)

    def _toggle_dismissed(self, papers: Sequence[int], **_: object) -> dict[Cell, object]:
        return self._model.toggled("dismissed", "", papers)

    def _mark_read(self, papers: Sequence[int], **_: object) -> dict[Cell, object]:
        return {("read", "", paper): True for paper in papers}

    def _retag(
        self, papers: Sequence[int], *, add: Sequence[str], remove: Sequence[str], **_: object
    ) -> dict[Cell, object]:
        return _labelled("tag", papers, add, remove)

    def _relist(
        self, papers: Sequence[int], *, into: Sequence[str], out_of: Sequence[str], **_: object
    ) -> dict[Cell, object]:
        return _labelled("list", papers, into, out_of)

    def _set_note(self, paper: int, text: str, **_: object) -> dict[Cell, object]:
        return {("note", "", paper): as_note(text)}

    def _add_note(self, papers: Sequence[int], text: str, **_: object) -> dict[Cell, object]:
        cells = [("note", "", paper) for paper in papers]
        added = as_note(text)
        return {
            cell: f"{self._model.cells[cell]}\n\n{added}" if self._model.cells.get(cell) else added for cell in cells
        }


def _labelled(kind: str, papers: Sequence[int], into: Sequence[str], out_of: Sequence[str]) -> dict[Cell, object]:
    names = {**dict.fromkeys(map(fold, out_of), False), **dict.fromkeys(map(fold, into), True)}
    return {(kind, name, paper): yes for name, yes in names.items() for paper in papers}


def _changing_by(module: ModuleType) -> None:
    """Let the app change libraries by that module."""
    for each in (changes, taking_back):
        setattr(each, "library", module)  # noqa: B010 - what it names is for the app's changes alone


def page(chance: random.Random, papers: int) -> str:
    """A page of made-up papers in JSON Lines."""
    lines = []
    for _ in range(papers):
        words = chance.choices(_WORDS, k=6)
        lines.append(json.dumps({"title": " ".join(words[:4]), "abstract": " ".join(words) + str(chance.random())}))
    return "\n".join(lines)


def import_on_and_on(path: Path, chance: random.Random, enough: threading.Event) -> None:
    """Import pages into a library until that is enough."""
    with Store.open(path) as store:
        number = 0
        while not enough.wait(0.2) and number < _PAGES:
            number += 1
            library.import_text(store, page(chance, _PAGE), name=f"page {number}.jsonl", now=NOW, origin="importer")


def events(app: ReaderApp, chance: random.Random) -> Iterator[Event]:
    """Keys of commands and others, mouse events anywhere, pastes of bait."""
    keys = [key for command in COMMANDS if command.id not in WITHOUT_KEYS for key in command.keys]
    others = ["enter", "escape", "tab", "up", "down", "left", "right", "backspace", "ctrl+s", "ctrl+j", "f2", "y", "n"]
    letters = [*string.ascii_lowercase, *string.digits, *'-:"()@[]#', "é", "漢"]
    while True:
        kind = chance.random()
        if kind < 0.3:  # out of what is typed into, or open, so that a command is meant
            yield key_event(app, "escape")
            yield key_event(app, chance.choice(keys))
        elif kind < 0.85:
            yield key_event(app, chance.choice(chance.choice([keys, keys, others, letters])))
        elif kind < 0.97:
            yield from _mouse(app, chance)
        else:
            yield Paste(chance.choice([*BAIT, page(chance, 2)]))


def _mouse(app: ReaderApp, chance: random.Random) -> Iterator[Event]:
    x, y = chance.randrange(max(app.size.width, 1)), chance.randrange(max(app.size.height, 1))
    kinds = chance.choice([(MouseMove,), (MouseDown, MouseUp), (MouseScrollDown,), (MouseScrollUp,), (MouseDown,)])
    for kind in kinds:
        yield kind(None, x, y, 0, 0, int(kind in (MouseDown, MouseUp)), False, False, False, x, y)


def _resize(app: ReaderApp, width: int, height: int) -> None:
    """Tell the app of another size, as a driver does."""
    size = Size(width, height)
    app._driver._size = size  # type: ignore[union-attr]
    app.post_message(Resize(size, size))


class Wrong(Exception):
    """What the monkey broke, for people."""


async def play(app: ReaderApp, count: int, chance: random.Random, tell: Callable[[int], None]) -> None:
    """Feed so many events to the driver of the app, and wait until its worker has answered all that came of them."""
    async with app.run_test(size=(120, 36), notifications=True):
        number = 0
        driver, made = app._driver, events(app, chance)
        assert driver is not None
        for number in range(1, count + 1):
            if chance.random() < 0.01:
                _resize(app, *chance.choice(_SIZES))
            else:
                event = next(made)
                event.set_sender(app)
                driver.send_message(event)
            if number % _TOGETHER == 0:
                await asyncio.sleep(_PAUSE)
                tell(number)
            if app.bug is not None or not app.is_running:
                raise Wrong(f"event {number:,}: {app.bug!r}" if app.bug else f"the app left at event {number:,}")
        await _answered(app)


async def _answered(app: ReaderApp) -> None:
    """Leave every screen over the main one, then wait for the worker."""
    main = app.screen_stack[0]
    assert isinstance(main, MainScreen)
    for _ in range(20):
        if len(app.screen_stack) == 1:
            break
        app.post_message(key_event(app, "escape"))
        await asyncio.sleep(_PAUSE)
    done: list[bool] = []
    main._worker.change(lambda _: done.append(True))
    deadline = time.monotonic() + PATIENCE
    while not done:
        if time.monotonic() > deadline:
            raise Wrong("the worker is stuck")
        await asyncio.sleep(_PAUSE)
    for _ in range(_WAYS):
        dealt_with = asyncio.Event()
        app.call_later(dealt_with.set)
        await asyncio.wait_for(dealt_with.wait(), PATIENCE)
        await asyncio.sleep(_PAUSE)


def run(count: int, seed: int, folder: Path, tell: Callable[[int], None] = lambda _: None) -> tuple[int, int]:
    """Let the monkey at an app in that folder; gives how many actions were confirmed, and how many papers there are.

    Raises:
        Wrong: the app broke, or its library is not what the model says.
    """
    path, chance, model, enough = folder / "library.db", random.Random(seed), Model(), threading.Event()
    with Store.open(path) as store:
        library.import_text(store, page(chance, _PAGE), name="first.jsonl", now=NOW, origin="importer")
    recording = Recording(model)
    importer = threading.Thread(target=import_on_and_on, args=(path, random.Random(seed + 1), enough), daemon=True)
    session = Session(
        store=Store.open(path), library_path=path, export_folder=folder / "exports", now=lambda: NOW, origin=ORIGIN,
        keymap=keymap(dict.fromkeys(WITHOUT_KEYS, ()), {}), rest_seconds=0.01,
    )  # fmt: skip
    _changing_by(recording)
    importer.start()
    try:
        asyncio.run(play(ReaderApp(session), count, chance, tell))
    finally:
        _changing_by(library)
        session.close()
        enough.set()
        importer.join(PATIENCE)
    if importer.is_alive():
        raise Wrong("the import is stuck")
    with Store.open(path) as store:
        found, wanted = stored(store), model.held()
        if found != wanted:
            raise Wrong(f"the library is not what was confirmed: {_difference(found, wanted)}")
        if damaged := [each for each in library.examine(store, path) if not each.sound]:
            raise Wrong(f"the library is damaged: {damaged[0]}")
        return recording.confirmed, len(store.papers.ids())


def _difference(found: dict[Cell, object], wanted: dict[Cell, object]) -> str:
    cells = sorted(cell for cell in found.keys() | wanted.keys() if found.get(cell) != wanted.get(cell))
    return "; ".join(f"{cell}: {found.get(cell)!r}, not {wanted.get(cell)!r}" for cell in cells[:5])


def resident() -> float:
    """The memory of this process, in MiB; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / MEBIBYTE


def main() -> int:
    """Let the monkey loose, and say what it did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", nargs="?", type=int, default=20_000, metavar="EVENTS")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    print_machine()
    every = max(told.events // 10 // _TOGETHER, 1) * _TOGETHER

    def tell(number: int) -> None:
        if number % every == 0:
            print(f"{number:>9,} events   {resident():8.1f} MiB   {threading.active_count()} threads", flush=True)

    with tempfile.TemporaryDirectory(prefix="reader-monkey-") as folder:
        try:
            confirmed, papers = run(told.events, told.seed, Path(folder), tell)
        except Wrong as wrong:
            print(f"seed {told.seed}: {wrong}", file=sys.stderr)
            return 1
    print(
        f"{told.events:,} events, {confirmed:,} confirmed actions, {papers:,} papers: the library is what they make it"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
