"""Commands for what a user makes of papers: tag, tags, note, mark, dismiss."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Command

PAPERS = ({"title": "Aardvarks", "arxiv_id": "2512.00001"}, {"title": "Badgers", "arxiv_id": "2512.00002"})
ONE, TWO = (paper["arxiv_id"] for paper in PAPERS)


@pytest.fixture(autouse=True)
def page(tmp_path: Path, command: Command) -> None:
    path = tmp_path / "page.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))
    assert command("import", str(path)).status == 0


def shown(command: Command, key: str) -> tuple[object, ...]:
    paper = command("show", "--json", key).objects[0]
    return paper["tags"], paper["note"], paper["read"], paper["dismissed"]


@pytest.mark.parametrize(
    ("words", "said", "becomes"),
    [
        (("tag", "vision", ONE), "tagged vision: Aardvarks", (["vision"], None, False, False)),
        (("tag", "a b", ONE, TWO), "tagged a b: 2 papers", (["a b"], None, False, False)),
        (("note", ONE, "See\nthere."), "note written: Aardvarks", ([], "See\nthere.", False, False)),
        (("mark", ONE), "read: Aardvarks", ([], None, True, False)),
        (("dismiss", ONE), "dismissed: Aardvarks", ([], None, False, True)),
    ],
)
def test_each_says_what_it_changed_and_is_undone(
    command: Command, words: tuple[str, ...], said: str, becomes: tuple[object, ...]
) -> None:
    ran = command(*words)
    assert (ran.status, ran.out, ran.err) == (0, "", f"{said}\n")
    assert shown(command, ONE) == becomes
    assert command("undo").err == f"undone: {said}\n"
    assert shown(command, ONE) == ([], None, False, False)


def test_each_is_taken_back_by_its_option(command: Command) -> None:
    for words in (("tag", "x", ONE), ("note", ONE, "n"), ("mark", ONE), ("dismiss", ONE)):
        assert command(*words).status == 0
    assert command("show", ONE).out.count("#x") == 1
    for taken_back in (("tag", "--remove", "X", ONE), ("note", ONE, ""), ("mark", "--unread", ONE)):
        assert command(*taken_back).status == 0
    assert command("dismiss", "--restore", ONE).status == 0
    assert shown(command, ONE) == ([], None, False, False)


def test_a_note_is_printed_and_read_from_standard_input(command: Command) -> None:
    refused = command("note", ONE)
    assert (refused.status, refused.out) == (1, "")
    assert command("note", ONE, "-", stdin="Ünd \x1b[2J\nmore\n".encode()).status == 0
    assert command("note", ONE).out == "Ünd ␛[2J\nmore\n"


def test_tags_are_listed_with_their_counts(command: Command) -> None:
    command("tag", "zeal", ONE)
    command("tag", "ants", ONE, TWO)
    assert command("tags").lines == ["      2  ants", "      1  zeal"]
    assert command("tags", "--json").objects == [{"name": "ants", "count": 2}, {"name": "zeal", "count": 1}]
    counts = command("stats", "--json").objects[0]
    assert (counts["tags"], counts["notes"], counts["read"], counts["dismissed"]) == (2, 0, 0, 0)


@pytest.mark.parametrize("words", [("tag", "x"), ("note",), ("mark",), ("dismiss",), ("tag", " ", ONE)])
def test_wrong_usage_says_how(command: Command, words: tuple[str, ...]) -> None:
    ran = command(*words)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_a_paper_that_is_not_there_is_named(command: Command) -> None:
    for words in (("tag", "x", "zzzz"), ("note", "zzzz", "n"), ("mark", "zzzz"), ("dismiss", "zzzz")):
        ran = command(*words)
        assert (ran.status, "'zzzz'" in ran.err) == (1, True)


def test_removing_a_source_says_what_stays(command: Command) -> None:
    command("tag", "x", ONE)
    assert command("sources", "remove", "1").err.endswith(
        "1 paper went with it; kept for a list, a tag, a note or a mark: 1 paper\n"
    )
