"""Dates of pages as an import stores them: those told, those printed, and those concluded."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reader.library import import_paths
from reader.paper import StoredPaper
from reader.store import Store

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

HEADER = "Get trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n"


def page(*papers: tuple[str, str], day: str = "Dec 26") -> str:
    """A listing page in the paragraph layout: its own day, and titles with the dates under them."""
    cards = [
        f"{title}\n\nWhat {title} is about, told in a sentence longer than the title.\n\n  • 3 authors\n·\n{date_}\n"
        for title, date_ in papers
    ]
    return "\n".join([HEADER, f"{day}\n", *cards])


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
