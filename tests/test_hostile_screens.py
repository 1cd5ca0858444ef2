"""Every small screen over the main one, opened over a library that is hostile in all its parts: it shows text, as text.

The screens are found by what they derive from, so that a new one must be listed in `SCREENS`. Each is opened in a tall
terminal and paged through to its end. Nothing that it draws acts or hides, and where it lists or quotes what the
library holds, the texts that look like markup are all there, whole.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

import reader.app
from app.conftest import Driven, make_session
from app.made_up import NOW, fill
from hostile import ADDRESSES, HOSTILE, NAMES, as_shown, is_safe
from reader import library
from reader.app import choice_screen, find_screen
from reader.app.export_screen import ExportScreen
from reader.app.find_screen import FindScreen
from reader.app.first_keys import FirstKeys
from reader.app.import_screen import ImportScreen
from reader.app.label_screen import LabelScreen
from reader.app.language_card import LanguageCard
from reader.app.list_screen import ListScreen
from reader.app.lists_screen import ListsScreen
from reader.app.modals import Help, Question
from reader.app.name_screen import NameScreen
from reader.app.note_screen import NoteScreen
from reader.app.preview_screen import PreviewScreen
from reader.app.reader_app import ReaderApp
from reader.app.rejected_screen import RejectedScreen
from reader.app.scrolled_screen import ScrolledScreen
from reader.app.small_screen import SmallScreen
from reader.app.sources_screen import SourcesScreen
from reader.app.theme_screen import ThemeScreen
from reader.search.chips import CHIPS
from reader.store import Store
from reader.text import collapse, is_name, steady, visible

BASES = frozenset({SmallScreen, ListScreen, FindScreen, ScrolledScreen})
"""What screens derive from, and none is."""
TEXTS = tuple(HOSTILE.values())
NOTE = tuple(text for text in TEXTS if len(text) < 1_000 and "\r" not in text)
"""Lines of a note of which no page is like the one before."""
LABELS = tuple(text for text in map(as_shown, TEXTS) if is_name(text))
"""What of it can name a list, a tag or a saved search."""
FILES = tuple(f"{text[:60].replace('/', '∕')}.jsonl" for text in NAMES.values() if text[0] != ".")
"""Files of such names that are not hidden."""
MARKUP = "[@click=app.quit]x[/] [bold]y[/bold] [/b] [0, 1) {x} $5 \\[z]"
"""What markup would eat, in the one paper that the screens about a paper are opened on."""
QUERY = '"[@click=app.quit]x[/] [bold]y[/bold] [/b]"'
ALL_AT_ONCE = f"{MARKUP} \x1b[31m \x1b]52;c;b3duZWQ=\x07 \x9b2J \u202egnp\u202c pay\u200bpal"
COLUMNS, LINES = 160, 60
MOST_PAGES = 12
"""More pages than any of them has."""
BEGINNING = 12
"""Characters of a text that have room in the narrowest column."""


@dataclass(frozen=True)
class Way:
    """How a screen is come to, and what of the library stands there."""

    go: Callable[[Driven], Awaitable[object]]
    shown: Iterable[str] = ()


def command(action: str, *keys: str) -> Callable[[Driven], Awaitable[object]]:
    """A command of the main screen, and keys thereafter, each when all that came of the one before is there."""

    async def go(reader: Driven) -> None:
        await reader.main.run_action(action)
        await reader.answered()
        for key in keys:
            await reader.pilot.press(key)
            await reader.answered()

    return go


async def save_a_hostile_search(reader: Driven) -> None:
    reader.box.value = QUERY
    await reader.answered()
    await reader.main.run_action("save_search")


async def look_at_a_hostile_file(reader: Driven) -> None:
    await reader.main.run_action("import")
    await reader.until(lambda: isinstance(reader.app.screen, ImportScreen))
    reader.app.screen.query_one(Input).value = FILES[list(NAMES).index("a tag that acts")]
    await reader.pilot.press("enter")


async def ask_for_removal(reader: Driven) -> None:
    await reader.main.run_action("remove")


async def choose_a_source(reader: Driven) -> None:
    chip = next(each for each in CHIPS if each.field == "source")
    reader.main._searching.toggle(chip)


async def show_the_first_keys(reader: Driven) -> None:
    reader.app.push_screen(FirstKeys(reader.session.keymap))


SCREENS: dict[type[SmallScreen[Any]], Way] = {
    ListsScreen: Way(command("lists"), LABELS),
    LabelScreen: Way(command("tag"), LABELS),
    SourcesScreen: Way(command("sources"), FILES),
    RejectedScreen: Way(command("rejected"), FILES),
    ImportScreen: Way(command("import", "down"), FILES),
    PreviewScreen: Way(look_at_a_hostile_file, [MARKUP]),
    ExportScreen: Way(command("export"), [MARKUP]),
    NoteScreen: Way(command("note", *["pageup"] * MOST_PAGES), NOTE),
    NameScreen: Way(save_a_hostile_search, [QUERY]),
    Question: Way(ask_for_removal, [MARKUP]),
    choice_screen.ChoiceScreen: Way(command("copy"), [MARKUP]),
    choice_screen.TextScreen: Way(command("copy", "t"), [MARKUP]),
    find_screen.ChoiceScreen: Way(choose_a_source, [name for name in FILES if name.isprintable() and '"' not in name]),
    ThemeScreen: Way(command("theme")),
    Help: Way(command("help")),
    LanguageCard: Way(command("language")),
    FirstKeys: Way(show_the_first_keys),
}
"""Every screen over the main one, and what must be read there."""


def small_screens() -> set[type[SmallScreen[Any]]]:
    """Every class of the app that derives from `SmallScreen`, bases included."""
    for module in pkgutil.iter_modules(reader.app.__path__):
        importlib.import_module(f"reader.app.{module.name}")
    found: set[type[SmallScreen[Any]]] = set()
    ahead: list[type[SmallScreen[Any]]] = [SmallScreen]
    while ahead:
        found.add(each := ahead.pop())
        ahead.extend(each.__subclasses__())
    return {each for each in found if each.__module__.startswith("reader.")}


def test_every_small_screen_of_the_app_is_listed() -> None:
    assert small_screens() == BASES | SCREENS.keys()


def fill_with_hostility(path: Path, files: Path) -> None:
    """A library that holds hostile text wherever it holds text; the newest paper is of markup alone."""
    addresses = [each for each in ADDRESSES if each]
    papers = [
        {"title": text, "abstract": text, "authors": [text], "url": addresses[n % len(addresses)], "categories": [text]}
        for n, text in enumerate(TEXTS)
    ]
    marked = {"title": MARKUP, "abstract": ALL_AT_ONCE, "authors": [ALL_AT_ONCE], "categories": [MARKUP]}
    fill(path, [*papers, marked | {"published": "2026-02-28"}], name=MARKUP)
    for number, name in enumerate(FILES):  # a paper that others show as well, one of its own, and what is rejected
        found = {"title": MARKUP, "abstract": ALL_AT_ONCE}, {"title": f"{MARKUP} {number}"}, {"title": ""}
        (files / name).write_text("\n".join(map(json.dumps, found)))
    with Store.open(path) as store:
        library.import_paths(store, [str(files)], now=NOW, origin="test")
        ids = store.papers.ids().tolist()
        for name in (*LABELS, MARKUP):
            library.tag(store, ids[:2], name, now=NOW, origin="test")
            library.keep(store, ids[:1], list_name=name, now=NOW, origin="test")
            library.save_search(store, f"{name[:90]} found", "kernel", now=NOW, origin="test")
        for paper in ids:
            library.set_note(store, paper, "\n".join((ALL_AT_ONCE, *NOTE)), now=NOW, origin="test")


def is_open(reader: Driven, screen: type[SmallScreen[Any]]) -> bool:
    return type(reader.app.screen) is screen


async def seen(reader: Driven) -> str:
    """Everything that a screen shows from its first page to its last, every part of it checked."""
    pages: list[str] = []
    while len(pages) < 3 or pages[-1] != pages[-3]:  # the first key may move no more than the cursor
        pages.append(reader.screen_text)
        assert is_safe(pages[-1])
        assert len(pages) < MOST_PAGES
        await reader.pilot.press("pagedown")
    return "\n".join(pages)


def stands_in(text: str, screen: str) -> bool:
    """Whether its beginning is there, with its white space as it is or collapsed, its signs joined or apart."""
    shown = (visible(text), steady(visible(text)), steady(visible(collapse(text))))
    return any(each[:BEGINNING] in screen for each in shown)


async def test_every_small_screen_shows_a_hostile_library_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = tmp_path / "[b]files"
    files.mkdir()
    fill_with_hostility(tmp_path / "library.db", files)
    monkeypatch.chdir(files)
    session = make_session(tmp_path / "library.db", tmp_path / "exports")
    app = ReaderApp(session)
    try:
        async with app.run_test(size=(COLUMNS, LINES), notifications=True) as pilot:
            reader = Driven(app, pilot, session)
            await reader.answered()
            for screen, way in SCREENS.items():
                await way.go(reader)
                await reader.until(partial(is_open, reader, screen), screen.__name__)
                await reader.until(lambda: not reader.main._worker._looks.waiting, "what the screen looks at")
                await reader.answered()
                text = await seen(reader)
                missing = [each for each in way.shown if not stands_in(each, text)]
                assert not missing, (screen, missing)
                while reader.app.screen is not reader.main:
                    reader.app.pop_screen()
                reader.box.value = ""
                await reader.answered()
    finally:
        session.close()
