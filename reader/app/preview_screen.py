"""What an import would bring, shown before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader import library
from reader.app.modals import Question
from reader.app.worker import Answered, Worker
from reader.store import Store
from reader.text import visible
from reader.wording import counted, file_name

if TYPE_CHECKING:
    from reader.library import Given, Preview

_QUIET = "$foreground 75%"


class PreviewScreen(Question):
    """Enter imports what was looked at, Esc does not."""

    KEYS: ClassVar[str] = "Esc goes back"

    def __init__(self, worker: Worker, given: Given) -> None:
        """Let that worker look at what is given."""
        self._what = given.name if isinstance(given, library.Pasted) else file_name(str(given))
        super().__init__(f"Import {self._what}", "Looking…")
        self._worker = worker
        self._given = given
        self._serial = 0
        self._preview: Preview | None = None

    def on_mount(self) -> None:
        """Ask what is in it."""

        def question(store: Store) -> Iterator[object]:
            yield library.preview(store, self._given, check=self._worker.give_way)

        self._serial = self._worker.look(question, self.post_message)

    def on_unmount(self) -> None:
        """What nobody waits for is not looked at any further."""
        self._worker.look_no_more(self._serial)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        if not self.has_left and event.serial == self._serial and isinstance(event.answer, library.Preview):
            self._preview = event.answer
            self.query_one(Static).update(Content("\n").join(preview_lines(event.answer)))
            if worth_importing(event.answer):
                self.query_one(VerticalScroll).border_subtitle = "Enter imports · Esc goes back"

    def action_yes(self) -> None:
        """Import, or go back where there is nothing to import; not before it is seen what comes."""
        if self._preview is not None:
            self.dismiss(worth_importing(self._preview))


def worth_importing(preview: Preview) -> bool:
    """Whether an import can bring anything."""
    return bool(preview.records) or not preview.whole


def preview_lines(preview: Preview) -> Iterator[Content]:
    """What was found, for people."""
    more = "" if preview.whole else "+"
    if preview.kinds:
        yield Content(visible(" · ".join(preview.kinds))).stylize(_QUIET)
    if preview.records or preview.kinds:
        papers = f"{preview.records:,}{more} {'paper' if preview.records == 1 and not more else 'papers'}"
        yield Content.assemble((papers, "bold"), f", {_new(preview)}")
    if not preview.whole:
        yield Content("Only the beginning was looked at.").stylize(_QUIET)
    if preview.titles:
        yield Content()
        yield from (Content(visible(f"· {_short(title)}")) for title in preview.titles)
        left = preview.records - len(preview.titles)
        if left > 0 or more:
            yield Content(f"… and {left:,}{more} more").stylize(_QUIET)
    wrong = list(_wrong(preview))
    if wrong and (preview.kinds or preview.records):
        yield Content()
    yield from (Content(visible(line)).stylize("$text-warning") for line in wrong)


def _new(preview: Preview) -> str:
    if preview.whole and preview.records and preview.new == preview.records:
        return "all of them new"
    return f"{preview.new:,}{'' if preview.whole else '+'} of them new" if preview.new else "none of them new"


def _wrong(preview: Preview) -> Iterator[str]:
    if preview.rejected:
        yield f"{counted(preview.rejected, 'record')} not understood"
    if preview.skipped:
        yield f"{counted(preview.skipped, 'file')} of unknown kind passed over"
    if preview.problems:
        file, reason = preview.problems[0]
        others = len(preview.problems) - 1
        yield f"{file_name(file)}: {reason}" + (f", and {counted(others, 'more file')}" if others else "")


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"


_LONGEST = 150
"""Characters of a title: two lines of the preview."""
