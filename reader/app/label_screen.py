"""Choosing labels for papers, tags or reading lists: those there are, found by a few letters, and new ones.

What is chosen counts when the screen is closed, as one change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on

from reader import library
from reader.app.find_screen import FindScreen
from reader.app.row_list import Row, RowList
from reader.app.selection import Chosen
from reader.app.worker import Answered, Worker
from reader.store import Store
from reader.text import collapse, fold
from reader.wording import counted

ON_ALL, ON_SOME, ON_NONE = "✓", "~", " "
_NEW = "+"


@dataclass(frozen=True, slots=True)
class Relabelled:
    """What was decided: the labels that the papers get, and those that they lose."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is chosen: in words, and how it is asked for.

    Attributes:
        heading: of the screen.
        one: what one of them is called.
        ask: gives every label of the kind, with how many of some papers have it.
    """

    heading: str
    one: str
    ask: Callable[[Store, Sequence[int]], list[library.Label]]


TAGS = Kind("Tags", "tag", library.tag_labels)
LISTS = Kind("Reading lists", "reading list", library.list_labels)


class LabelScreen(FindScreen[Relabelled]):
    """Enter turns a label on or off, Esc closes and keeps what was chosen."""

    KEYS: ClassVar[str] = f"Enter turns on or off · {ON_ALL} all · {ON_SOME} some · Esc keeps it and closes"

    def __init__(self, kind: Kind, about: str, papers: Chosen, worker: Worker) -> None:
        """Choose for those papers, of which one line tells; that worker looks what there is."""
        super().__init__(kind.heading, about, f"Find or make a {kind.one}")
        self._kind, self._papers, self._worker = kind, papers, worker
        self._serial = 0
        self._labels: list[library.Label] | None = None
        self._wanted: dict[str, bool] = {}
        self._shown: list[library.Label | str] = []
        self._ahead: list[str] = []
        self._leaving = False

    def on_mount(self) -> None:
        """Ask what there is."""
        super().on_mount()

        def question(store: Store) -> Iterator[object]:
            yield self._kind.ask(store, self._papers.papers(store))

        self._serial = self._worker.look(question, self.post_message)

    def on_unmount(self) -> None:
        """Nobody waits for an answer."""
        self._worker.look_no_more(self._serial)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        """Show what there is, and do what was typed ahead."""
        event.stop()
        if self.has_left or event.serial != self._serial or not isinstance(event.answer, list):
            return
        self._labels = event.answer
        for typed in self._ahead:
            self.find(typed)
            self._toggle()
        self.find(self.box.value)
        if self._leaving:
            self.action_leave()

    def find(self, typed: str) -> None:
        """List the labels that fit, and below them a new one of that name."""
        if self._labels is None:
            return
        name = collapse(typed)
        self._shown = [self._labels[place] for place in library.fitting([each.name for each in self._labels], name)]
        if name and fold(name) not in {fold(each.name) for each in self._labels}:
            self._shown.append(name)
        self._draw(cursor=0)

    def _draw(self, cursor: int) -> None:
        rows = [self._row(each) for each in self._shown]
        self.show_rows(rows, cursor=cursor, empty=f"No {self._kind.one} yet: type a name")

    def _row(self, label: library.Label | str) -> Row:
        if isinstance(label, str):
            return Row(f"Make the {self._kind.one} “{label}”", mark=_NEW)
        wanted = self._wanted.get(label.name)
        mark = self._now(label) if wanted is None else ON_ALL if wanted else ON_NONE
        return Row(label.name, mark=mark, tail=counted(label.count, "paper"))

    def _now(self, label: library.Label) -> str:
        if label.on == 0:
            return ON_NONE
        return ON_ALL if label.on >= len(self._papers) else ON_SOME

    def action_choose(self) -> None:
        """Turn the label under the cursor on or off."""
        typed = self.box.value
        if self._labels is None:
            self._ahead.append(typed)
        else:
            self._toggle()
        if typed:
            self.box.value = ""

    def _toggle(self) -> None:
        cursor = self.query_one(RowList).cursor
        if cursor is None or self._labels is None:
            return
        label = self._shown[cursor]
        if isinstance(label, str):
            self._labels.append(library.Label(label, 0))
            self._wanted[label] = True
        else:
            self._turn(label)
        self._draw(cursor)

    def _turn(self, label: library.Label) -> None:
        """On, off, and, where some of the papers alone have it, back to that."""
        now, wanted = self._now(label), self._wanted.pop(label.name, None)
        if wanted is None:
            self._wanted[label.name] = now != ON_ALL
        elif wanted and now == ON_SOME:
            self._wanted[label.name] = False

    def action_leave(self) -> None:
        """Close, and keep what was chosen."""
        if self._labels is None and self._ahead:
            self._leaving = True  # as soon as it is known what there is
        else:
            self.dismiss(decided(self._wanted))


def decided(wanted: Mapping[str, bool]) -> Relabelled:
    """What is to be done so that labels are as wanted."""
    return Relabelled(*(tuple(name for name, on in wanted.items() if on is state) for state in (True, False)))
