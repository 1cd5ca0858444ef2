"""Lists too long to be held: where each stretch of some thousand papers begins, and how many of them are shown.

That is measured once, by a thread that may take its time, and is small whatever the library's size. From it any part of
the list, and the place of any paper in it, is read at once, over any connection.

Not an array of all ids: that is as quick to make, but eight bytes a paper, and to find a paper's place in it, or to
compare two, are steps for every paper. Not a count and `OFFSET`: that skips entry by entry, and more with filters.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import overload

from reader.store.conditions import Condition
from reader.store.database import Database
from reader.store.orders import Key, Run, legs, shown_where

STRETCH = 1_024
"""Papers of an index that a stretch spans, shown or not: what is read at once, in one or two milliseconds."""

_KEPT = 16
"""Stretches kept after they were read."""
_GONE = 0
"""Stands for a paper that was there when the list was measured; no paper has this id."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The papers that answer to a condition, in an order.

    Attributes:
        stretches: where each stretch begins; those that nothing is shown of are left out.
        ends: how many papers are shown up to the end of each.
    """

    order: str
    condition: Condition
    stretches: tuple[Run, ...]
    ends: array[int]

    def __len__(self) -> int:
        """How many papers there are."""
        return self.ends[-1] if self.ends else 0


def measure(database: Database, order: str, condition: Condition) -> Ordered:
    """Measure a list, which takes a tenth of a second for a million papers.

    Raises:
        Interrupted: `interrupt` was called meanwhile.
        LibraryError: the library cannot be read.
    """
    stretches: list[Run] = []
    counts: list[int] = []
    for leg in legs(database, order):
        upcoming: list[Run] = [Run(leg)]
        while upcoming:
            run = upcoming.pop(0)
            spanned, shown = _span(database, run, condition)
            if shown:
                stretches.append(run)
                counts.append(shown)
            if spanned:
                upcoming = run.later(_last(database, run, spanned))
    return Ordered(order, condition, tuple(stretches), array("q", accumulate(counts)))


def _span(database: Database, run: Run, condition: Condition) -> tuple[int, int]:
    """How many papers a stretch spans, and how many of them are shown."""
    shown, parameters = shown_where(condition)
    inner = run.sql(f"({shown}) as shown")
    sql = f"select count(*), coalesce(sum(shown), 0) from ({inner})"
    return database.row(sql, (*parameters, *run.parameters, STRETCH)) or (0, 0)


def _last(database: Database, run: Run, spanned: int) -> Key:
    """The place of the last paper of a stretch."""
    sql = run.sql(", ".join(f"p.{term.column}" for term in run.leg.terms)) + " offset ?"
    return database.row(sql, (*run.parameters, 1, spanned - 1)) or ()


class OrderedIds(Sequence[int]):
    """The ids of a measured list, read over one connection as they are asked for.

    What was changed since it was measured may show as `_GONE`, or not at all, until it is measured again; nothing
    stands twice in a stretch.
    """

    def __init__(self, database: Database, ordered: Ordered) -> None:
        """Read that list over that connection."""
        self._database = database
        self._ordered = ordered
        self._read: OrderedDict[int, array[int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._ordered)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return array("q", [self._at(place) for place in range(*index.indices(len(self)))])
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return self._at(place)

    def __iter__(self) -> Iterator[int]:
        for number in range(len(self._ordered.stretches)):
            yield from self._stretch(number)

    def __contains__(self, paper: object) -> bool:
        return isinstance(paper, int) and self._place(paper) is not None

    def index(self, paper: int, start: int = 0, stop: int | None = None) -> int:
        """The place of a paper. Raises ValueError where it is not in the list."""
        place = self._place(paper)
        if place is None or not start <= place < (len(self) if stop is None else stop):
            raise ValueError(f"{paper} is not in the list")
        return place

    def _at(self, place: int) -> int:
        number = bisect_right(self._ordered.ends, place)
        return self._stretch(number)[place - self._start(number)]

    def _start(self, number: int) -> int:
        return self._ordered.ends[number - 1] if number else 0

    def _stretch(self, number: int) -> array[int]:
        """The ids that are shown of a stretch, as many as there were."""
        if number not in self._read:
            run, size = self._ordered.stretches[number], self._ordered.ends[number] - self._start(number)
            shown, parameters = shown_where(self._ordered.condition)
            sql = f"select id from ({run.sql(f'p.id, ({shown}) as shown')}) where shown"
            found = self._database.ids(sql, (*parameters, *run.parameters, STRETCH))[:size]
            self._read[number] = found + array("q", [_GONE]) * (size - len(found))
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return self._read[number]

    def _place(self, paper: int) -> int | None:
        """Where a paper stands: found by its place in the index, then among the papers of one stretch."""
        shown, parameters = shown_where(self._ordered.condition)
        for first, last in self._legs():
            leg = self._ordered.stretches[first].leg
            columns = ", ".join(f"p.{term.column}" for term in leg.terms)
            key = self._database.row(
                f"select {columns} from papers p where p.id = ? and {leg.where} and {shown}",
                (paper, *leg.parameters, *parameters),
            )
            if key is None:
                continue
            starts = [run.after for run in self._ordered.stretches[first + 1 : last]]
            number = first + bisect_left(starts, leg.sorting()(key), key=leg.sorting())
            found = self._stretch(number)
            return self._start(number) + found.index(paper) if paper in found else None
        return None

    def _legs(self) -> Iterator[tuple[int, int]]:
        """The stretches of each leg: the first, and the one after the last."""
        first = 0
        stretches = self._ordered.stretches
        for number in range(1, len(stretches) + 1):
            if number == len(stretches) or stretches[number].leg != stretches[first].leg:
                yield first, number
                first = number
