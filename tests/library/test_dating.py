from __future__ import annotations

from datetime import date

import pytest

from reader.formats import Page
from reader.library.dating import PageDate, date_page, day_in_name, in_year, is_concluded, settle
from reader.paper import PartialDate

TODAY = date(2026, 3, 1)
DEC_26 = PartialDate(None, 12, 26)


def dated(
    printed: PartialDate | None, newest: int | None, *, told: date | None = None, name: str = "x.txt"
) -> PageDate:
    return date_page(Page(printed, newest), told=told, name=name, today=TODAY)


def test_what_the_user_says_stands_above_all() -> None:
    told = date(2022, 5, 6)
    assert dated(DEC_26, 2023, told=told, name="2024-01-01.txt") == PageDate(PartialDate.of(told), 2022)


def test_a_page_that_prints_its_year_needs_no_inference() -> None:
    day = PartialDate(2023, 12, 26)
    assert dated(day, 2020, name="2024-01-01.txt") == PageDate(day, 2023)


@pytest.mark.parametrize(
    ("printed", "name", "expected", "year"),
    [
        (None, "2024-05-06.txt", "2024-05-06", 2024),
        (DEC_26, "page 2023-12-27.txt", "2023-12-26", 2023),
        (DEC_26, "2024-01-02.txt", "2023-12-26", 2023),
        (DEC_26, "2024-02-28.txt", "2024-12-26", 2024),
        (PartialDate(None, 2, 29), "2023-03-01.txt", "2023-03-01", 2023),
        (PartialDate(None, 12), "2024-05-06.txt", "2024-05-06", 2024),
    ],
)
def test_the_file_name_dates_the_page(printed: PartialDate | None, name: str, expected: str, year: int) -> None:
    assert dated(printed, 2020, name=name) == PageDate(PartialDate.parse(expected), year)


def test_else_it_is_the_year_after_the_newest_printed() -> None:
    assert dated(DEC_26, 2024) == PageDate(PartialDate(2025, 12, 26), 2025)
    assert dated(None, 2024) == PageDate(None, 2025)
    assert dated(DEC_26, None) == PageDate(DEC_26, None)


def test_a_page_day_in_the_future_stays_without_a_year() -> None:
    assert dated(DEC_26, 2025) == PageDate(DEC_26, 2026)
    assert dated(PartialDate(None, 2, 29), 2024) == PageDate(PartialDate(None, 2, 29), 2025)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-05-06.txt", date(2024, 5, 6)),
        ("page_2024-05-06_evening", date(2024, 5, 6)),
        ("2024-13-40 then 2024-05-06", date(2024, 5, 6)),
        ("12024-05-06", None),
        ("2024-05-061", None),
        ("2024-05", None),
        ("", None),
    ],
)
def test_a_day_is_read_from_a_name(name: str, day: date | None) -> None:
    assert day_in_name(name) == day


@pytest.mark.parametrize(
    ("printed", "year", "expected"),
    [
        (PartialDate(None, 7, 31), 2025, "2025-07-31"),
        (PartialDate(None, 3, 1), 2026, "2026-03-01"),
        (PartialDate(None, 3, 2), 2026, None),
        (PartialDate(None, 2, 29), 2024, "2024-02-29"),
        (PartialDate(None, 2, 29), 2025, None),
        (PartialDate(None, 3), 2026, "2026-03"),
        (PartialDate(None, 4), 2026, None),
        (PartialDate(None, 7, 31), 10_000, None),
        (PartialDate(None, 7, 31), 0, None),
    ],
)
def test_a_yearless_day_is_never_in_the_future(printed: PartialDate, year: int, expected: str | None) -> None:
    assert in_year(printed, year, today=TODAY) == (None if expected is None else PartialDate.parse(expected))


def test_settling_takes_the_latest_page_that_gives_a_day() -> None:
    july = PartialDate(None, 7, 31)
    both = [(july, 2026), (july, 2024), (july, 2023)]
    assert settle(july, False, both, today=TODAY) == PartialDate(2024, 7, 31)
    assert settle(PartialDate(2023, 7, 31), True, both, today=TODAY) == PartialDate(2024, 7, 31)
    assert settle(PartialDate(2024, 7, 31), True, both, today=TODAY) is None
    assert settle(PartialDate(2020, 1, 1), False, both, today=TODAY) is None
    assert settle(july, False, [(july, 2026)], today=TODAY) is None
    assert settle(None, False, [], today=TODAY) is None


def test_a_year_in_the_name_that_the_page_contradicts_is_none_of_the_page() -> None:
    page = Page(printed_date=PartialDate(None, 3, 2), newest_year=2024)
    dated = date_page(page, told=None, name="1999-01-01.txt", today=date(2026, 1, 1))
    assert (dated.day, dated.year) == (PartialDate(2025, 3, 2), 2025)


def test_the_year_of_a_page_is_concluded_unless_it_was_printed_or_told() -> None:
    page = Page(printed_date=PartialDate(None, 3, 2), newest_year=2024)
    today = date(2026, 1, 1)
    for told, concluded in ((None, True), (date(2025, 3, 2), False)):
        dated = date_page(page, told=told, name="page.txt", today=today)
        assert is_concluded(dated, page, told=told) == concluded
    printed = Page(printed_date=PartialDate(2025, 3, 2), newest_year=2024)
    dated = date_page(printed, told=None, name="page.txt", today=today)
    assert not is_concluded(dated, printed, told=None)
