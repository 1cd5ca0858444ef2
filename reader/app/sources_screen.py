"""Where papers were seen: to look at the papers of one source, or to take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from reader import library
from reader.app.list_screen import ListScreen
from reader.app.modals import Question
from reader.app.row_list import Row
from reader.app.worker import Answered, Post
from reader.app.worker import Question as Asked
from reader.library.undoing import LARGEST_UNDOABLE
from reader.store import Store
from reader.store.sources import SourceRow
from reader.text import visible
from reader.wording import counted, file_name

Look = Callable[[Asked, Post], int]
"""Asks a question and gives its serial number; the answers go to the second argument."""


class SourcesScreen(ListScreen[SourceRow]):
    """Enter gives a source back, d removes one."""

    HEADING: ClassVar[str] = "Sources"
    KEYS: ClassVar[str] = "Enter shows its papers · d removes it · Esc closes"
    EMPTY: ClassVar[str] = "Nothing was imported yet"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("d,delete", "remove", "Remove")]

    def __init__(self, look: Look, remove: Callable[[SourceRow], None]) -> None:
        """Show all there are; `remove` removes one, for which the user was asked."""
        super().__init__()
        self._look = look
        self._remove = remove
        self._serial = 0
        self._sources: Sequence[SourceRow] = ()

    def on_mount(self) -> None:
        """Ask which there are."""
        self.look_again()

    def look_again(self) -> None:
        """Ask which there are now."""

        def question(store: Store) -> Iterator[object]:
            yield library.sources(store)

        self._serial = self._look(question, self.post_message)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        if not self.has_left and event.serial == self._serial and isinstance(event.answer, list):
            self._sources = event.answer
            self.show_rows([_row(each) for each in self._sources])

    def about(self, index: int) -> Content:
        """Its whole name, and what is known of it."""
        each = self._sources[index]
        day = f" · page of {each.page_date.in_words(inferred=each.page_date_inferred)}" if each.page_date else ""
        return Content("\n").join(
            [
                Content(visible(each.name)).stylize("bold"),
                Content(visible(f"{each.kind}{day} · imported {each.seen[:10]}")),
                Content(f"{counted(each.papers, 'paper')}, {_alone(each)}"),
            ]
        )

    def action_choose(self) -> None:
        """Show the papers of the source under the cursor."""
        if self.place is not None:
            self.dismiss(self._sources[self.place])

    def action_remove(self) -> None:
        """Take the source back, once the user is sure."""
        if self.place is None:
            return
        source = self._sources[self.place]

        def decided(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)
                self._remove(source)

        self.app.push_screen(Question("Remove this source?", removal_words(source)), decided)


def removal_words(source: SourceRow) -> str:
    """What removing a source takes away."""
    goes = f"{counted(source.alone, 'paper')} that nothing else shows" if source.alone else "No paper"
    verb = "goes" if source.alone <= 1 else "go"
    stays = " What was bookmarked stays." if source.alone else ""
    large = source.papers > LARGEST_UNDOABLE
    back = "Undo brings it back only a part at a time." if large else "Undo brings everything back."
    return f"{visible(file_name(source.name))}\n\n{goes} {verb} with it.{stays} {back}"


def _row(source: SourceRow) -> Row:
    day = f"{source.page_date.in_words(inferred=source.page_date_inferred)} · " if source.page_date else ""
    return Row(file_name(source.name), tail=f"{day}{counted(source.papers, 'paper')}, {source.alone:,} only here")


def _alone(source: SourceRow) -> str:
    if source.alone == source.papers:
        return "all of them only here" if source.papers > 1 else "only here"
    return f"{source.alone:,} of them only here" if source.alone else "all of them seen elsewhere, too"
