"""What names in a query stand for in one library: saved searches and single papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import import_text, save_search, tag
from reader.search.engine import Engine
from reader.search.filters import meant
from reader.search.parsing import DEEPEST
from reader.search.resolving import MOST_FOLLOWED, MOST_LEVELS
from reader.store import Store

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PAPERS = (
    {"title": "Harbour seals", "arxiv_id": "2512.00001"},
    {"title": "Grey seals", "arxiv_id": "2512.00002"},
    {"title": "Nodes of abs org graphs", "arxiv_id": "2512.00003"},
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as store:
        import_text(store, "".join(json.dumps(each) + "\n" for each in PAPERS), name="p", now=NOW, origin="test")
        yield store


def keep(store: Store, **searches: str) -> None:
    for name, query in searches.items():
        save_search(store, name.replace("_", " "), query, now=NOW, origin="test")


def found(store: Store, query: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The titles that a query finds, and each part of it that was left out with the reason."""
    results = Engine(store).search(query)
    problems = [(query[problem.start : problem.end], problem.message) for problem in results.problems]
    return set(store.papers.titles(results.ids).values()), problems


def test_a_name_stands_for_the_searches_that_begin_so(store: Store) -> None:
    keep(store, my_harbour="harbour", my_greys="grey")
    assert found(store, "@my ") == ({"Harbour seals", "Grey seals"}, [])
    assert found(store, "seals -@My") == (set(), [])
    keep(store, my="grey")
    assert found(store, "@my ") == ({"Grey seals"}, [])


def test_a_name_that_stands_for_nothing_is_left_out_and_never_taken_for_words(store: Store) -> None:
    titles, problems = found(store, "grey @noda")
    assert titles == {"Grey seals"}
    assert problems == [("@noda", "there is no saved search “noda”")]


def test_what_is_wrong_inside_a_saved_search_is_told_of_its_name(store: Store) -> None:
    keep(store, odd="seals", outer="@odd grey @gone")
    with store.journal.recording(kind="annotate", label="", at="2026-01-01", origin="test") as step:
        step.update("saved_searches", {"id": 1}, {"query": "seals is:foo tag:none"})  # as if saved before
    titles, problems = found(store, "x or @outer")
    assert titles == {"Grey seals"}
    assert [part for part, _ in problems] == ["@outer"] * 3
    assert {message.partition(", ")[0] for _, message in problems} == {"in “outer”"}
    assert "there is no tag like “none”" in problems[1][1]


def test_a_saved_search_that_names_itself_says_so(store: Store) -> None:
    keep(store, one="@two grey", two="@one seals")
    assert found(store, "@one") == ({"Grey seals"}, [("@one", "in “one”, “one” names itself")])


def test_saved_searches_that_name_others_many_times_are_followed_so_often_only(store: Store) -> None:
    keep(store, **{f"s{letter}": f"@s{after} " * 150 for letter, after in zip("abcdefg", "bcdefgh", strict=True)})
    keep(store, sh="grey")
    titles, problems = found(store, "@sa")
    assert titles == {"Grey seals"}
    assert problems == [("@sa", f"in “sa”, only {MOST_FOLLOWED} saved searches are read")]


def test_an_address_finds_its_paper_and_of_one_that_is_not_there_nothing(store: Store) -> None:
    assert found(store, "https://arxiv.org/abs/2512.00002") == ({"Grey seals"}, [])
    assert found(store, "https://arxiv.org/abs/2512.99999") == (set(), [])


@pytest.mark.parametrize(
    "part",
    ["is:read (", "-(seals ", "tag:x or seals -(", "note:x (seals or ", "grey or seals (", "(grey seals or is:read "],
)
def test_the_deepest_queries_and_saved_searches_are_answered(store: Store, part: str) -> None:
    """SQLite's parser, and that of its full-text index, hold no more than a hundred things at a time."""
    tag(store, store.papers.ids().tolist()[:1], "x", now=NOW, origin="test")
    found(store, f"{part} " * DEEPEST + "seals")
    for number in range(MOST_FOLLOWED, 0, -1):
        keep(store, **{f"s{number}": f"{part} " * 2 + ("seals" if number == MOST_FOLLOWED else f"@s{number + 1}")})
    _, problems = found(store, "@s1")
    assert problems == [("@s1", f"in “s1”, only {MOST_LEVELS} parts within one another are read")]


@pytest.mark.parametrize("field", ["tag", "category", "source"])
def test_nothing_is_meant_by_nothing(field: str) -> None:
    assert meant(field, " ", ["vision", "cs.LG"]) == []
