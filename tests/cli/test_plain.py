"""`--plain`: numbered lines of words alone, for who listens to them and for pipes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.made_up import TITLES, fill
from cli.conftest import Command


@pytest.mark.usefixtures("library")
class TestSearch:
    """`reader search --plain`."""

    def test_every_paper_is_one_numbered_line_that_says_its_marks_in_words(self, command: Command) -> None:
        key = command("search", "--json", "teapots").objects[0]["key"]
        command("bookmark", key)
        command("tag", "to do", key)
        command("note", key, "see there")
        ran = command("search", "--plain")
        assert [line.split("; ")[0] for line in ran.lines] == [f"{n}. {title}" for n, title in enumerate(TITLES, 1)]
        assert ran.lines[0] == (
            f"1. {TITLES[0]}; Dec 24, 2025; unread, in Bookmarks, tagged to do, with a note; key {key[:6]}"
        )
        assert ran.lines[2].endswith("; unread; 1 comment; key " + ran.lines[2][-6:])

    def test_nothing_but_words_is_said_of_how_a_query_was_read(self, command: Command) -> None:
        ran = command("search", "--plain", "teepots", "lisen")
        assert "teepots was read as teapots" in ran.err
        assert (ran.out + ran.err).isascii()

    def test_it_cannot_be_json_as_well(self, command: Command) -> None:
        for words in (("search",), ("show", "a")):
            ran = command(*words, "--plain", "--json")
            assert (ran.status, ran.out) == (2, "")
            assert "--json and --plain" in ran.err


def test_a_paper_is_shown_part_by_part_each_under_its_name_and_whole(tmp_path: Path, command: Command) -> None:
    abstract = "A \x1b[31mlong one. " * 40
    paper = {"title": "Teapots", "abstract": abstract, "authors": ["Ada Spout"], "arxiv_id": "2512.00001", "upvotes": 4}
    like = {"title": "More of Teapots", "abstract": "A long one of teapots, one that is \x1b[31mlong."}
    fill(tmp_path / "library.db", [paper, like])
    command("note", "2512.00001", "first\nsecond")
    ran = command("show", "--plain", "2512.00001")
    assert (ran.status, ran.err) == (0, "")
    named = [line.partition(". ")[2].partition(": ")[::2] for line in ran.lines]
    assert [int(line.partition(".")[0]) for line in ran.lines] == list(range(1, len(ran.lines) + 1))
    assert [name for name, _ in named[:4]] == ["Title", "Authors", "Marks", "Abstract"]
    said = dict(named)
    assert said["Abstract"] == abstract.strip().replace("\x1b", "␛")
    assert [text for name, text in named if name == "Note"] == ["first", "second"]
    assert (said["Upvotes"], said["arXiv"], said["Seen in"]) == ("4", "2512.00001", "made up.jsonl, as number 1")


@pytest.mark.parametrize("as_typed", [False, True])
def test_mathematics_is_printed_as_the_app_shows_it(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, as_typed: bool
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(f"mathematics = {str(not as_typed).lower()}\n", encoding="utf-8")
    monkeypatch.setenv("READER_SETTINGS", str(settings))
    title, abstract = r"Losses in $L^2$", r"On the Poincar\'e ball, {\bf 11\%} less at 360^circ; $5 and $6 are money."
    fill(tmp_path / "library.db", [{"title": title, "abstract": abstract, "authors": [r"Henri Poincar\'e"]}])
    if not as_typed:
        title, abstract = "Losses in L²", "On the Poincaré ball, 11% less at 360°; $5 and $6 are money."
    (found,) = command("search", "--plain").lines
    assert found.startswith(f"1. {title}; ")
    lines = [line.partition(". ")[2] for line in command("show", "--plain", found[-6:]).lines]
    assert lines[0] == f"Title: {title}"
    assert lines[1] == ("Authors: Henri Poincar\\'e" if as_typed else "Authors: Henri Poincaré")
    assert f"Abstract: {abstract}" in lines


@pytest.mark.usefixtures("library")
def test_what_was_dismissed_says_so(command: Command) -> None:
    key = str(command("search", "--json", "teapots").objects[0]["key"])
    command("dismiss", key)
    assert "unread, dismissed" in " ".join(command("show", "--plain", key).lines)
