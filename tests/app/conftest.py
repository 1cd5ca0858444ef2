"""The app over a temporary library of made-up papers, and waiting for what its threads answer."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widgets import Static

from app.made_up import NOW, PAPERS, fill
from app.pilot import SettlingPilot, key_event
from reader.app.detail import Detail
from reader.app.main_screen import MainScreen
from reader.app.paper_list import PaperList
from reader.app.reader_app import ReaderApp
from reader.app.row_list import RowList
from reader.app.search_box import SearchBox
from reader.app.session import Session
from reader.store import Store

WAIT_SECONDS = 20.0
LEAD = "▌+ •×★◆✎#"
"""The marks beside a title."""
_STEP = 0.002  # seconds between two looks at what a thread may have posted meanwhile


def make_session(library_path: Path, export_folder: Path) -> Session:
    return Session(
        store=Store.open(library_path),
        library_path=library_path,
        export_folder=export_folder,
        now=lambda: NOW,
        origin="window test",
        rest_seconds=None,
    )


@dataclass
class Driven:
    """The app under test, and what a user would see of it."""

    app: ReaderApp
    pilot: SettlingPilot[None]
    session: Session

    def __init__(self, app: ReaderApp, pilot: Pilot[None], session: Session) -> None:
        self.app = app
        self.pilot = SettlingPilot(pilot.app)
        self.session = session

    @property
    def main(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def papers(self) -> PaperList:
        return self.main.query_one("#papers", PaperList)

    @property
    def bookmarks(self) -> PaperList:
        return self.main.query_one("#bookmarks", PaperList)

    @property
    def detail(self) -> Detail:
        return self.main.query_one(Detail)

    @property
    def box(self) -> SearchBox:
        return self.main.query_one(SearchBox)

    @property
    def focused(self) -> str | None:
        return self.app.focused.id if self.app.focused is not None else None

    @property
    def status(self) -> str:
        return str(self.main.query_one("#status", Static).content)

    @property
    def sheet(self) -> str:
        """The text of the detail pane."""
        return self.detail.text

    @property
    def screen_text(self) -> str:
        """Every line of the screen as it stands there, toasts and modal screens included."""
        lines = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join("".join(segment.text for segment in line) for line in lines)

    @property
    def toasts(self) -> list[str]:
        return [toast.message for toast in self.app._notifications]

    def row(self, row_list: RowList | None = None) -> str:
        """The line under the cursor, without the list's own marks."""
        chosen = row_list or self.papers
        if chosen.cursor is None:
            return ""
        return chosen.render_line(chosen.cursor - chosen.top).text.strip(f"{LEAD}│┃")

    def rows(self, row_list: RowList | None = None) -> list[str]:
        """Every line of a list that holds a row."""
        chosen = row_list or self.papers
        lines = [chosen.render_line(y).text.rstrip("│┃ ") for y in range(chosen.size.height)]
        return [line for line in lines if line.strip()]

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until a condition holds, and fail when it does not in good time."""
        deadline = time.monotonic() + WAIT_SECONDS
        await self.pilot.settle()
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain: {what}\n{self.screen_text}")
            await self.pilot.pause(_STEP)

    async def answered(self) -> None:
        """Wait until everything asked is answered, and every change made before is shown.

        A mark follows the keys from the app to the widget that has the focus, the changes through the worker, and the
        messages from there through every widget to the app, which shows the toasts.
        """
        done: list[bool] = []
        screen = self.app.screen
        way_there = [self.app, screen, *(screen.focused or screen).ancestors_with_self]
        way_back = [*self.papers.ancestors_with_self, *self.bookmarks.ancestors_with_self]

        def mark(store: Store) -> object:
            pass_on(way_back, lambda: done.append(True))
            return None

        pass_on(way_there, lambda: self.main._worker.change(mark))
        await self.until(lambda: done and not self.main._worker.searching, "the worker's answer")
        await self.until(self._complete, "the worker's answer")  # it was given, and is shown once all is settled

    def _complete(self) -> bool:
        results = self.main._searching.results
        return results.complete and results.query == self.box.value and not self.main._worker.searching

    async def search(self, query: str) -> None:
        """Type a query at once and wait for all of its answer."""
        self.box.focus()
        self.box.value = query
        await self.answered()

    def type_ahead(self, *keys: str) -> None:
        """Press keys in one go, as a slow connection delivers them: none waits until the one before was handled."""
        for key in keys:
            self.app.post_message(key_event(self.app, key))

    async def press(self, *keys: str) -> None:
        """Press keys, each when all that came of the one before is there to be seen."""
        for key in keys:
            await self.pilot.press(key)
            await self.answered()


def pass_on(way: Sequence[MessagePump], then: Callable[[], object]) -> None:
    """Call something once every message that waits on that way, from one to the next, has been handled."""
    if way:
        way[0].call_later(pass_on, way[1:], then)
    else:
        then()


Drive = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture
def export_folder(tmp_path: Path) -> Path:
    return tmp_path / "exports"


@pytest.fixture
def drive(tmp_path: Path, export_folder: Path) -> Drive:
    """Runs the app over a fresh library of those papers, in a terminal of that size."""

    @asynccontextmanager
    async def run(
        papers: Iterable[Mapping[str, object]] = PAPERS, *, size: tuple[int, int] = (120, 36)
    ) -> AsyncIterator[Driven]:
        session = make_session(fill(tmp_path / "library.db", papers), export_folder)
        app = ReaderApp(session)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                driven = Driven(app, pilot, session)
                await driven.answered()
                yield driven
        finally:
            session.close()

    return run
