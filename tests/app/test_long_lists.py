"""Lists that are read as they are looked at: the app shows of a large library what it shows of a small one."""

from __future__ import annotations

import pytest

from app.conftest import Drive, Driven
from reader.errors import LibraryError
from reader.search import engine
from reader.store import ordered
from reader.store.database import Database

PAPERS = [{"title": f"Paper {n:03}", "abstract": f"Text {n}.", "published": f"20{n % 20:02}"} for n in range(120)]


@pytest.fixture(autouse=True)
def _as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every library for a large one."""
    monkeypatch.setattr(engine, "SMALL", 0)
    monkeypatch.setattr(engine, "FIRST_LISTED", 10)
    monkeypatch.setattr(engine, "MOST_FEW", 5)
    monkeypatch.setattr(ordered, "STRETCH", 16)


def heading(reader: Driven) -> str:
    return str(reader.papers.border_title)


async def test_a_list_is_walked_to_its_end_and_back(drive: Drive) -> None:
    async with drive(PAPERS) as reader:
        assert heading(reader) == "Papers · 120"
        await reader.press("G")
        assert reader.row().startswith("Paper 119")
        await reader.press("k", "k", "k")
        assert reader.row().startswith("Paper 116")
        await reader.press("g")
        assert reader.row().startswith("Paper 000")
        await reader.press("s")
        assert (heading(reader), reader.row().startswith("Paper 019")) == ("Papers · 120", True)


async def test_the_cursor_stays_on_its_paper_wherever_it_stands(drive: Drive) -> None:
    async with drive(PAPERS) as reader:
        reader.papers.move_to(77)
        paper = reader.papers.current
        await reader.search("is:unread")
        assert (reader.papers.current, reader.papers.cursor, heading(reader)) == (paper, 77, "Papers · 120 of 120")
        await reader.search("")
        assert (reader.papers.current, reader.papers.cursor) == (paper, 77)
        await reader.press("escape", "b")
        assert (reader.papers.current, reader.papers.cursor) == (paper, 77)
        reader.main._searching.ask(after_change=True)
        await reader.answered()
        assert (reader.papers.current, reader.papers.cursor) == (paper, 77)


async def test_a_list_that_cannot_be_read_any_more_says_why(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise LibraryError("the disk is gone", "put it back")

    async with drive(PAPERS) as reader:
        monkeypatch.setattr(Database, "ids", fail)
        await reader.press("G")
        assert "the disk is gone" in reader.screen_text
