"""The papers a command is about: by key, by a query, on standard input; and what is printed of what changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Command

CHANGES = {
    "bookmark": (("bookmark",), "lists", ["Bookmarks"]),
    "a list": (("bookmark", "--list", "Tea time"), "lists", ["Tea time"]),
    "tag": (("tag", "x"), "tags", ["x"]),
    "note": (("note",), "note", "Look."),
    "mark": (("mark",), "read", True),
    "dismiss": (("dismiss",), "dismissed", True),
}
MAPS = ["Cartography for Cats", "Seventeen Ways to Fold a Map"]

pytestmark = pytest.mark.usefixtures("library")


def behind(words: tuple[str, ...]) -> tuple[str, ...]:
    return ("Look.",) if words == ("note",) else ()


def titles_where(command: Command, name: str, value: object) -> list[str]:
    found = command("search", "--json", "--limit", "0").objects + command("search", "--json", "is:dismissed").objects
    return sorted(str(paper["title"]) for paper in found if paper[name] == value)


@pytest.mark.parametrize(("words", "name", "value"), CHANGES.values(), ids=CHANGES)
def test_a_query_stands_for_all_its_papers_and_each_that_changed_is_printed(
    command: Command, words: tuple[str, ...], name: str, value: object
) -> None:
    ran = command(*words, "--query", "map", *behind(words))
    assert ran.status == 0
    assert sorted(line[9:] for line in ran.lines) == MAPS
    assert ran.err.endswith(": 2 papers\n")
    assert titles_where(command, name, value) == MAPS
    again = command(*words, "--query", "map is:dismissed or map", *behind(words))
    assert (again.status, again.out) == (0, "")
    assert command("undo").err.startswith("undone: ")
    assert titles_where(command, name, value) == []


@pytest.mark.parametrize(("words", "name", "value"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("search", [("search", "map"), ("search", "--json", "map")], ids=" ".join)
def test_a_dash_reads_what_search_prints(
    command: Command, words: tuple[str, ...], name: str, value: object, search: tuple[str, ...]
) -> None:
    found = command(*search).out
    ran = command(*words, "-", *behind(words), stdin=found.encode())
    assert ran.status == 0
    assert sorted(line[9:] for line in ran.lines) == MAPS
    assert titles_where(command, name, value) == MAPS


def test_json_prints_the_papers_as_they_are_now(command: Command) -> None:
    ran = command("tag", "--json", "x", "2512.00001")
    assert [(paper["title"], paper["tags"]) for paper in ran.objects] == [("Teapots That Listen", ["x"])]
    assert command("tag", "--json", "x", "2512.00001").out == ""


def test_only_what_changed_is_printed(command: Command) -> None:
    command("tag", "x", command("search", "--json", "cartography").objects[0]["key"])
    assert [line[9:] for line in command("tag", "x", "--query", "map").lines] == [MAPS[1]]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--query", ""), 2, "an empty query stands for every paper"),
        (("--query", "sort:title"), 2, "an empty query stands for every paper"),
        (("--query", "map yeer:(("), 2, "is not understood"),
        (("--query", "map tag:nosuch"), 2, "is not understood"),
        (("--query", "map xqzzyxw"), 2, "nothing is like 'xqzzyxw'"),
        (("--query", "year:1066"), 1, "finds nothing"),
        (("--query", "map", "2512.00001"), 2, "exclude one another"),
        ((), 2, "Missing argument 'KEY...'"),
        (("-",), 1, "no key came from standard input"),
        (("nosuchkey",), 1, "'nosuchkey'"),
    ],
)
def test_what_is_not_clear_changes_nothing(command: Command, words: tuple[str, ...], status: int, said: str) -> None:
    for name in (("bookmark",), ("tag", "x"), ("mark",), ("dismiss",)):
        ran = command(*name, *words)
        assert (ran.status, ran.out, ran.err.count("\n")) == (status, "", 1)
        assert said in ran.err
    assert command("undo").err == "undone: imported 12 papers from made up.jsonl\n"


def test_a_line_that_is_no_paper_is_named(command: Command) -> None:
    ran = command("mark", "-", stdin=b'{"title": "no key"}\n')
    assert (ran.status, ran.out) == (2, "")
    assert "a line that is no paper" in ran.err


def test_a_repaired_word_of_the_query_is_said(command: Command) -> None:
    assert "teepots → teapots" in command("mark", "--query", "teepots").err


def test_notes_of_several_papers_are_printed_under_their_titles(command: Command) -> None:
    command("note", "--query", "map", "Two\nlines")
    ran = command("note", "--query", "has:note")
    assert sorted(ran.lines) == sorted([ran.lines[0], ran.lines[3], "Two", "Two", "lines", "lines"])
    assert ran.lines[0][9:] in MAPS


@pytest.mark.parametrize("words", [("a", "b", "c"), ("-", "-"), ("--query", "map", "a", "b")])
def test_a_note_of_unquoted_words_is_wrong_usage(command: Command, words: tuple[str, ...]) -> None:
    assert command("note", *words).status == 2


def test_restoring_finds_the_dismissed(command: Command, tmp_path: Path) -> None:
    command("dismiss", "--query", "map")
    assert len(command("dismiss", "--restore", "--query", "is:dismissed").lines) == 2
    assert json.loads(command("stats", "--json").out)["dismissed"] == 0
