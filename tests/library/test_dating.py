from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reader.formats import Page
from reader.library import import_paths
from reader.library.dating import PageDate, date_page, day_in_name, in_year, is_concluded, settle
from reader.paper import PartialDate, StoredPaper
from reader.store import Store

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DEC_26 = PartialDate(None, 12, 26)

HEADER = "Get trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n"


def page(*papers: tuple[str, str], day: str = "Dec 26") -> str:
    """A listing page in the paragraph layout: its own day, and titles with the dates under them."""
    cards = [
        f"{title}\n\nWhat {title} is about, told in a sentence longer than the title.\n\n  • 3 authors\n·\n{date_}\n"
        for title, date_ in papers
    ]
    return "\n".join([HEADER, f"{day}\n", *cards])


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


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []

    def make() -> Store:
        opened.append(Store.open(tmp_path / "none.db", create=False))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def imported(store: Store, folder: Path, pages: dict[str, str], *, told: date | None = None) -> dict[str, StoredPaper]:
    for name, text in pages.items():
        (folder / name).write_text(text)
    import_paths(store, [folder / name for name in pages], now=NOW, page_date=told)
    return {stored.paper.title: stored for stored in store.papers.get(store.papers.ids())}


def shown(stored: StoredPaper) -> str:
    return str(stored.paper.published) + "?" * stored.paper.published_inferred


def test_a_page_with_a_printed_year_dates_those_without(in_memory: Callable[[], Store], tmp_path: Path) -> None:
    papers = imported(
        in_memory(),
        tmp_path,
        {
            "a.txt": page(
                ("Old paper", "Aug 30, 2021"),
                ("New paper", "Jul 31"),
                ("Leap paper", "Feb 29"),
                ("Late paper", "Dec 31"),
            )
        },
    )
    assert {title: shown(stored) for title, stored in papers.items()} == {
        "Old paper": "2021-08-30",
        "New paper": "2022-07-31?",
        "Leap paper": "--02-29",
        "Late paper": "2022-12-31?",
    }
    assert str(papers["Old paper"].sources[0].page_date) == "2022-12-26"


def test_the_day_the_user_tells_dates_all_pages(in_memory: Callable[[], Store], tmp_path: Path) -> None:
    text = page(("Old paper", "Aug 30, 2021"), ("New paper", "Jul 31"), ("Leap paper", "Feb 29"))
    papers = imported(in_memory(), tmp_path, {"2025-01-01.txt": text}, told=date(2024, 8, 1))
    assert {title: shown(stored) for title, stored in papers.items()} == {
        "Old paper": "2021-08-30", "New paper": "2024-07-31?", "Leap paper": "2024-02-29?",
    }  # fmt: skip
    assert str(papers["New paper"].sources[0].page_date) == "2024-08-01"


def test_a_day_in_the_future_stays_without_a_year(in_memory: Callable[[], Store], tmp_path: Path) -> None:
    papers = imported(in_memory(), tmp_path, {"2026-02-28.txt": page(("Soon", "Jul 31"), ("Now", "Feb 27"))})
    assert (shown(papers["Soon"]), shown(papers["Now"])) == ("--07-31", "2026-02-27?")


PAGES = {
    "2024-08-01.txt": page(("Shared", "Jul 31"), ("First only", "Jul 1"), ("Printed later", "Jul 30"), day="Aug 1"),
    "2025-08-01.txt": page(
        ("Shared", "Jul 31"), ("Second only", "Jul 2"), ("Printed later", "Jul 30, 2023"), day="Aug 1"
    ),
    "undated.txt": page(("Shared", "Jul 31"), ("Nowhere else", "Jul 3"), ("First only", "Jul 1"), day="Aug 1"),
}


@pytest.mark.parametrize("order", list(itertools.permutations(PAGES)))
def test_a_printed_year_wins_and_else_the_later_page_whatever_the_order(
    in_memory: Callable[[], Store], tmp_path: Path, order: tuple[str, ...]
) -> None:
    papers = imported(in_memory(), tmp_path, {name: PAGES[name] for name in order})
    assert {title: shown(stored) for title, stored in papers.items()} == {
        "Shared": "2025-07-31?",
        "First only": "2024-07-01?",
        "Second only": "2025-07-02?",
        "Printed later": "2023-07-30",
        "Nowhere else": "--07-03",
    }


def test_telling_the_day_afterwards_dates_a_page_that_is_known(in_memory: Callable[[], Store], tmp_path: Path) -> None:
    store = in_memory()
    text = page(("New paper", "Jul 31"), ("Other paper", "Jul 30"), day="Aug 1")
    assert shown(imported(store, tmp_path, {"a.txt": text})["New paper"]) == "--07-31"
    summary = import_paths(store, [tmp_path / "a.txt"], now=NOW, page_date=date(2025, 8, 1))
    assert (summary.records, summary.added, summary.merged, summary.unchanged) == (2, 0, 2, 0)
    stored = store.papers.get(store.papers.ids())
    assert [shown(each) for each in stored] == ["2025-07-31?", "2025-07-30?"]
    assert str(stored[0].sources[0].page_date) == "2025-08-01"
    again = import_paths(store, [tmp_path / "a.txt"], now=NOW, page_date=date(2025, 8, 1))
    assert (again.merged, again.unchanged) == (0, 2)


def test_telling_the_day_of_a_page_sticks_although_no_record_changes(
    in_memory: Callable[[], Store], tmp_path: Path
) -> None:
    store = in_memory()
    imported(store, tmp_path, {"a.txt": page(("A paper", "Jul 31, 2020")), "b.txt": page(("B paper", "Jul 31, 2020"))})
    summary = import_paths(store, [tmp_path / "b.txt"], now=NOW, page_date=date(2019, 1, 1))
    assert (summary.records, summary.unchanged) == (1, 1)
    papers = {stored.paper.title: stored for stored in store.papers.get(store.papers.ids())}
    assert str(papers["B paper"].sources[0].page_date) == "2019-01-01"
    assert store.database.rows("select day from papers order by title") == [(20211226,), (20190101,)]
    assert store.database.rows("select day from sources order by name") == [(20211226,), (20190101,)]


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
