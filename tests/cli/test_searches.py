"""Saved searches, related papers and the query language on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Command

PAPERS = (
    {"title": "Aardvarks and burrows", "arxiv_id": "2512.00001", "abstract": "Burrows, termites and claws."},
    {"title": "Badgers and burrows", "arxiv_id": "2512.00002", "abstract": "Burrows and claws, at night."},
    {"title": "Condors", "arxiv_id": "2512.00003", "abstract": "Wings over mountains."},
)


@pytest.fixture(autouse=True)
def page(tmp_path: Path, command: Command) -> None:
    path = tmp_path / "page.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))
    assert command("import", str(path)).status == 0


def titles(ran: object) -> list[str]:
    return [paper["title"] for paper in ran.objects]  # type: ignore[attr-defined]


def test_a_search_is_saved_used_renamed_and_forgotten(command: Command) -> None:
    assert command("searches", "save", "mine", "burrows", "-badgers").status == 0
    assert command("searches", "--json").objects == [{"name": "mine", "query": "burrows -badgers"}]
    assert titles(command("search", "--json", "@mine")) == ["Aardvarks and burrows"]
    assert titles(command("search", "--json", "burrows", "-@mine")) == ["Badgers and burrows"]

    assert command("searches", "rename", "mine", "digging").status == 0
    assert command("searches").lines == ["digging: burrows -badgers"]
    assert command("searches", "forget", "digging").status == 0
    assert command("searches").lines == []
    assert command("undo").status == 0
    assert command("searches").lines == ["digging: burrows -badgers"]
    assert command("searches", "forget", "other").status == 1


def test_what_is_not_understood_is_said_and_the_rest_is_used(command: Command) -> None:
    ran = command("search", "--json", "condors", "year:soon")
    assert titles(ran) == ["Condors"]
    assert ran.status == 1
    assert "character 9, 'year:soon'" in ran.err


def test_a_name_of_several_words_needs_no_second_quotes(command: Command) -> None:
    assert command("bookmark", "--list", "to read", "2512.00003").status == 0
    assert titles(command("search", "--json", "list:to read")) == ["Condors"]
    assert titles(command("search", "--json", "-list:to read")) == ["Aardvarks and burrows", "Badgers and burrows"]


def test_related_papers_come_with_the_words_they_share(command: Command) -> None:
    ran = command("related", "2512.00001")
    assert [line.split("  — ")[0][9:] for line in ran.lines] == ["Badgers and burrows"]
    assert set(ran.lines[0].split("  — ")[1].split(", ")) >= {"burrows", "claws"}
    assert titles(command("related", "--json", "2512.00001")) == ["Badgers and burrows"]
    assert command("related", "nothing").status == 1


def test_of_a_query_that_is_understood_in_part_that_part_is_exported(command: Command) -> None:
    ran = command("export", "--query", "tag:none condors")
    assert ran.status == 1
    assert "Condors" in ran.out
    assert "Badgers" not in ran.out
    assert "there is no tag like “none”; it was left out" in ran.err


@pytest.mark.parametrize("query", ["???", "tag:none", "year:soon ()"])
def test_a_query_of_which_nothing_is_understood_exports_nothing(command: Command, query: str) -> None:
    ran = command("export", "--query", query)
    assert (ran.status, ran.out) == (1, "")
    assert "nothing of the query is understood" in ran.err
