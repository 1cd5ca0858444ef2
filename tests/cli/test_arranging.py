"""The commands for reading lists: lists new, rename, delete and move."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Command

PAPER = {"title": "Aardvarks", "arxiv_id": "2512.00001"}


@pytest.fixture(autouse=True)
def page(tmp_path: Path, command: Command) -> None:
    path = tmp_path / "page.jsonl"
    path.write_text(json.dumps(PAPER) + "\n")
    assert command("import", str(path)).status == 0
    assert command("bookmark", "--list", "Thesis", PAPER["arxiv_id"]).status == 0
    assert command("lists", "new", "Later").err == "made the list Later\n"


def shown(command: Command) -> list[tuple[object, object]]:
    return [(each["name"], each["count"]) for each in command("lists", "--json").objects]


@pytest.mark.parametrize(
    ("words", "said", "becomes"),
    [
        (("rename", "thesis", "My Thesis"), "renamed the list Thesis to My Thesis", [("My Thesis", 1), ("Later", 0)]),
        (("delete", "Thesis"), "deleted the list Thesis with 1 paper", [("Later", 0)]),
        (("move", "Later", "2"), "moved the list Later to place 2", [("Later", 0), ("Thesis", 1)]),
    ],
)
def test_each_says_what_it_changed_and_is_undone(
    command: Command, words: tuple[str, ...], said: str, becomes: list[tuple[object, object]]
) -> None:
    before = shown(command)
    assert before == [("Bookmarks", 0), ("Thesis", 1), ("Later", 0)]
    ran = command("lists", *words)
    assert (ran.status, ran.out, ran.err) == (0, "", f"{said}\n")
    assert shown(command) == [("Bookmarks", 0), *becomes]
    assert command("undo").err == f"undone: {said}\n"
    assert shown(command) == before


@pytest.mark.parametrize(
    ("words", "status", "named"),
    [
        (("delete", "Bookmarks"), 2, "'Bookmarks' cannot be deleted"),
        (("rename", "Bookmarks", "x"), 2, "'Bookmarks' cannot be renamed"),
        (("new", "later"), 2, "there is a reading list 'Later' already"),
        (("delete", "Nowhere"), 1, "there are: Bookmarks, Thesis, Later"),
        (("move", "Later", "0"), 2, "PLACE"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    command: Command, words: tuple[str, ...], status: int, named: str
) -> None:
    ran = command("lists", *words)
    assert (ran.status, ran.out, ran.err.count("\n")) == (status, "", 1)
    assert named in ran.err
