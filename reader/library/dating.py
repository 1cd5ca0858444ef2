"""Years that pages leave out: a listing prints "Jul 31" for a day of its own year, and its own date has none either.

So a yearless date has a year only by inference, from what the user says, from the file's name, or from the newest
year that the page prints, since it prints a year only when it is not its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reader.formats import Page
from reader.paper import PartialDate

SAVED_LATER = timedelta(days=31)
"""A file dated in January may hold a page of the December before it, saved so many days later."""

_ISO_DAY = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class PageDate:
    """What is concluded of a page: its own date, and the year that dates without one belong to."""

    day: PartialDate | None
    year: int | None


def date_page(page: Page, *, told: date | None, name: str, today: date) -> PageDate:
    """Date a page by what the user told, else by an ISO date in its file's name, else by the years it prints.

    Args:
        page: what the page prints.
        told: the date the user gave, which stands above all.
        name: the file's name.
        today: a day after this one is not concluded.
    """
    printed = page.printed_date
    if told is not None:
        return PageDate(PartialDate.of(told), told.year)
    if printed is not None and printed.year is not None:
        return PageDate(printed, printed.year)
    named = day_in_name(name)
    if named is not None and named.year >= (page.newest_year or 0):  # no page prints dates to come
        return _date_by_name(printed, named)
    if page.newest_year is None:
        return PageDate(printed, None)
    year = page.newest_year + 1
    concluded = None if printed is None else in_year(printed, year, today=today)
    return PageDate(concluded or printed, year)


def is_concluded(dated: PageDate, page: Page, *, told: date | None) -> bool:
    """Whether the year of a page's date is neither printed nor told."""
    printed_year = None if page.printed_date is None else page.printed_date.year
    return told is None and printed_year is None and dated.day is not None and dated.day.year is not None


def day_in_name(name: str) -> date | None:
    """The first ISO date in a file's name that is a day of the calendar."""
    for match in _ISO_DAY.finditer(name):
        try:
            return date.fromisoformat(match.group())
        except ValueError:
            continue
    return None


def _date_by_name(printed: PartialDate | None, named: date) -> PageDate:
    """The page's own day in the year of its file's name, or in the year before where it was saved soon after it."""
    if printed is None or printed.day is None:
        return PageDate(PartialDate.of(named), named.year)
    before = printed.in_year(named.year - 1)
    same = printed.in_year(named.year)
    saved_in = None if before is None else before.to_date()
    if saved_in is not None and (same is None or (same.to_date() or named) > named) and named - saved_in <= SAVED_LATER:
        return PageDate(before, named.year - 1)
    return PageDate(same or PartialDate.of(named), named.year)


def in_year(printed: PartialDate, year: int, *, today: date) -> PartialDate | None:
    """A yearless date in that year; None where there is no such day, or where it lies in the future."""
    concluded = printed.in_year(year) if 1 <= year <= date.max.year else None
    if concluded is None:
        return None
    day = concluded.to_date() or date(year, concluded.month or 1, 1)
    return concluded if day <= today else None


def settle(
    published: PartialDate | None, inferred: bool, printed: Sequence[tuple[PartialDate, int]], *, today: date
) -> PartialDate | None:
    """The date to store for a paper, of all printed without a year, the latest page first; None to leave it."""
    if published is not None and published.year is not None and not inferred:
        return None
    for day, year in printed:
        concluded = in_year(day, year, today=today)
        if concluded is not None:
            return None if concluded == published else concluded
    return None
