"""The dates of a page that is read to its end, in the library: only then is the year known that it leaves out.

What is concluded is `dating`'s; here it is stored, of a few papers at a time, so that others need not wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reader.formats import Page
from reader.library.dating import date_page, is_concluded, settle
from reader.paper import PartialDate
from reader.store import Store
from reader.store.imports import day_number

_SETTLED_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Settled:
    """What was changed: whether the page's own date, and how many papers got a year."""

    redated: bool = False
    papers: int = 0


@dataclass(frozen=True, slots=True)
class Settling:
    """The page that an import reads.

    Attributes:
        step: the import's.
        source: the page's.
        yearless: whether it prints dates without a year.
        report: called before each part.
    """

    store: Store
    step: int
    source: int
    today: date
    yearless: bool
    report: Callable[[], None]

    def settle(self, page: Page, *, told: date | None, name: str, day: int, known: bool) -> Settled:
        """Date the page, and what it printed without a year.

        Args:
            page: what it prints.
            told: its day, where the user gave it.
            name: its file's, without the folder.
            day: the day that it counts for so far.
            known: whether it was read before.
        """
        dated = date_page(page, told=told, name=name, today=self.today)
        page_day = None if dated.day is None else dated.day.to_date()
        settled_day = day if page_day is None else day_number(page_day)
        imports = self.store.imports
        inferred = is_concluded(dated, page, told=told)
        changed = imports.settle_page(
            self.step, self.source, page_date=dated.day, inferred=inferred, year=dated.year, day=settled_day
        )
        count = 0
        for papers in self._parts(imports.sighted(self.source)):
            if dated.year is not None and self.yearless:
                count += self._date(papers)
            if settled_day != day or known:
                imports.place(papers)
        return Settled(known and changed, count)

    def settle_again(self, *, year: int | None, first: int) -> None:
        """Date what a page that was read and dated before brought back since: its papers from that id on."""
        if year is not None and self.yearless:
            for papers in self._parts([paper for paper in self.store.imports.sighted(self.source) if paper >= first]):
                self._date(papers)

    def _parts(self, papers: Sequence[int]) -> Iterator[Sequence[int]]:
        for start in range(0, len(papers), _SETTLED_AT_ONCE):
            self.report()
            yield papers[start : start + _SETTLED_AT_ONCE]

    def _date(self, papers: Sequence[int]) -> int:
        """Give those of these papers a year that have none; how many they were."""
        settled: dict[int, PartialDate] = {}
        for paper, published, inferred, printed in self.store.imports.yearless(papers):
            concluded = settle(published, inferred, printed, today=self.today)
            if concluded is not None:
                settled[paper] = concluded
        if settled:
            self.store.imports.date_papers(self.step, settled)
        return len(settled)
