"""Commands that put right what imports made: merge, split, remove, undo, redo, sources, rejected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Command, Ran

ONE = {"title": "Aardvarks", "abstract": "On ants.", "arxiv_id": "2512.00001"}
TWO = {"title": "Badgers\x1b[31m", "abstract": "On setts."}
THREE = {"title": "Cranes", "abstract": "On flying.", "arxiv_id": "2512.00003"}
FOUR = {"title": "Dormice", "abstract": "On sleep."}
BROKEN = '{"title": "Cut off'


def lines(*papers: dict[str, str]) -> str:
    return "".join(json.dumps(paper) + "\n" for paper in papers)


@pytest.fixture
def page(tmp_path: Path, command: Command) -> Path:
    """A page in the library."""
    path = tmp_path / "page-2026-01-31.jsonl"
    path.write_text(lines(ONE, TWO, THREE) + BROKEN + "\n")
    assert command("import", str(path)).status == 1
    return path


@pytest.fixture
def other(tmp_path: Path, command: Command, page: Path) -> Path:
    """Another page in the library."""
    path = tmp_path / "other.jsonl"
    path.write_text(lines(THREE, FOUR))
    assert command("import", str(path)).status == 0
    return path


def key(command: Command, query: str) -> str:
    (found,) = command("search", "--json", query).objects
    return str(found["key"])


def titles(command: Command) -> list[str]:
    return sorted(paper["title"].split("\x1b")[0] for paper in command("search", "--json", "--limit", "0").objects)


def refused(ran: Ran, status: int, words: str) -> None:
    assert (ran.status, ran.out) == (status, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


@pytest.mark.usefixtures("page")
class TestMergeAndSplit:
    """`reader merge` and `reader split`."""

    def test_two_become_one_and_two_again(self, command: Command) -> None:
        first, second = key(command, "aardvarks"), key(command, "badgers")
        ran = command("merge", second[:8], "2512.00001")
        assert (ran.status, ran.out, ran.err) == (0, "", f"merged into {first[:6]}: Badgers␛[31m\n")
        assert titles(command) == ["Badgers", "Cranes"]  # the longer texts stay
        assert command("show", "--json", second).objects[0]["key"] == first
        ran = command("split", second)
        assert (ran.status, ran.out) == (0, "")
        assert ran.err.startswith("split: ")
        assert titles(command) == ["Aardvarks", "Badgers", "Cranes"]
        assert command("show", "--json", second).objects[0]["key"] == second

    def test_what_cannot_be_merged_says_why(self, command: Command) -> None:
        refused(command("merge", "2512.00001", "2512.00003"), 2, "two papers")
        refused(command("merge", "2512.00001", "2512.00001"), 2, "the same paper")
        refused(command("merge", "2512.00001", "zzzzzz"), 1, "zzzzzz")
        refused(command("split", "2512.00001"), 1, "nothing was joined")
        assert command("merge", "2512.00001").status == 2


class TestRemove:
    """`reader remove`."""

    def test_papers_go_and_come_back_with_their_page(self, command: Command, page: Path) -> None:
        ran = command("remove", "2512.00001")
        assert (ran.status, ran.out, ran.err) == (0, "", "removed: Aardvarks\n")
        assert command("remove", "2512.00003", key(command, "badgers")).err == "removed: 2 papers\n"
        assert titles(command) == []
        assert command("import", "--json", str(page)).objects[0]["added"] == 3
        assert titles(command) == ["Aardvarks", "Badgers", "Cranes"]

    def test_one_unknown_key_removes_nothing(self, command: Command, page: Path) -> None:
        refused(command("remove", "2512.00001", "zzzzzz"), 1, "zzzzzz")
        assert len(titles(command)) == 3
        assert command("remove").status == 2


class TestUndo:
    """`reader undo` and `reader redo`."""

    def test_every_change_goes_back_and_forth(self, command: Command, other: Path, page: Path) -> None:
        command("bookmark", "2512.00001")
        command("merge", "2512.00001", key(command, "dormice"))
        assert command("undo").err.startswith("undone: merged into ")
        assert command("undo").err == "undone: bookmarked: Aardvarks\n"
        assert command("undo").err == f"undone: imported 1 paper from {other}\n"
        assert titles(command) == ["Aardvarks", "Badgers", "Cranes"]
        assert command("undo").err == f"undone: imported 3 papers from {page}\n"
        refused(command("undo"), 1, "nothing to undo")
        assert titles(command) == []
        assert command("redo").err == f"done again: imported 3 papers from {page}\n"
        for _ in range(3):
            assert command("redo").status == 0
        refused(command("redo"), 1, "nothing to do again")
        assert command("lists", "--json").objects[0]["count"] == 1
        assert command("doctor").status == 0

    def test_a_library_that_is_not_there_is_not_made(self, command: Command, tmp_path: Path) -> None:
        for arguments in (("undo",), ("redo",), ("merge", "a", "b"), ("split", "a"), ("remove", "a")):
            assert command(*arguments).status == 1
        assert command("sources", "remove", "1").status == 1
        assert (command("sources").out, command("rejected").out) == ("", "")
        assert not (tmp_path / "library.db").exists()

    def test_a_large_import_says_how_it_comes_back(
        self, command: Command, page: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", 2)
        ran = command("undo")
        assert (ran.status, ran.out) == (0, "")
        assert ran.err == f"undone: imported 3 papers from {page} (import the file again to bring it back)\n"
        assert titles(command) == []
        refused(command("redo"), 1, "nothing to do again")

    def test_while_papers_are_imported_it_says_so(self, command: Command, page: Path, tmp_path: Path) -> None:
        from reader.store import Store

        with Store.open(tmp_path / "library.db") as store, store.imports.lock(wait=0):
            for arguments in (("undo",), ("remove", "2512.00001"), ("sources", "remove", "1")):
                refused(command(*arguments), 4, "being imported")
        assert len(titles(command)) == 3


class TestSources:
    """`reader sources`."""

    def test_each_is_a_line_or_an_object(self, command: Command, other: Path, page: Path) -> None:
        ran = command("sources")
        assert (ran.status, ran.err) == (0, "")
        assert ran.lines == [
            f"    2  {other}  (JSON Lines; 2 papers, 1 only here)",
            f"    1  {page}  (JSON Lines, 2026-01-31; 3 papers, 2 only here)",
        ]
        second, first = command("sources", "--json").objects
        assert list(first) == ["id", "name", "kind", "page_date", "seen", "papers", "alone"]
        assert (first["id"], first["page_date"], second["page_date"]) == (1, "2026-01-31", None)

    @pytest.mark.parametrize("by_name", [False, True])
    def test_one_is_removed_by_number_or_name(
        self, command: Command, other: Path, page: Path, *, by_name: bool
    ) -> None:
        ran = command("sources", "remove", str(page) if by_name else "1")
        assert (ran.status, ran.out) == (0, "")
        assert ran.err == f"removed the source {page}: 2 papers went with it\n"
        assert titles(command) == ["Cranes", "Dormice"]
        assert [source["id"] for source in command("sources", "--json").objects] == [2]
        assert command("undo").err == f"undone: removed the source {page}\n"
        assert len(titles(command)) == 4

    def test_unknown_and_ambiguous_ones_are_refused(self, command: Command, page: Path) -> None:
        refused(command("sources", "remove", "7"), 1, "'7'")
        refused(command("sources", "remove", "nowhere"), 1, "`reader sources`")
        page.write_text(lines(FOUR))
        command("import", str(page))
        refused(command("sources", "remove", str(page)), 2, "1, 2")
        assert command("sources", "remove").status == 2


class TestRejected:
    """`reader rejected`."""

    def test_each_is_shown_with_its_text_or_is_an_object(self, command: Command, page: Path) -> None:
        ran = command("rejected")
        assert (ran.status, ran.err) == (0, "")
        assert ran.lines[0].startswith(f"{page}, line 4: ")
        assert ran.lines[1] == f"    {BROKEN}"
        (found,) = command("rejected", "--json").objects
        assert list(found) == ["file", "line", "reason", "text", "at"]
        assert (found["file"], found["line"], found["text"]) == (str(page), 4, BROKEN)

    def test_files_are_listed_too_until_they_can_be_read(self, command: Command, tmp_path: Path) -> None:
        prose = tmp_path / "prose"
        prose.write_text("")
        assert command("import", str(prose)).status == 3
        assert command("rejected").lines == [f"{prose}: is empty (save the page again)"]
        prose.write_text(lines(FOUR))
        assert command("import", str(prose)).status == 0
        assert command("rejected").out == ""

    def test_standard_input_is_listed_by_its_content(self, command: Command) -> None:
        for text in ("[]", "{", "["):
            command("import", "-", stdin=(lines(ONE) + text).encode())
        assert [line.split(" (")[0] for line in command("rejected").lines if line[0] != " "] == ["standard input"] * 3

    def test_what_would_act_on_the_terminal_is_made_visible(self, command: Command) -> None:
        command("import", "-", stdin=(lines(ONE) + '{"title": "\x1b[2J"').encode())
        assert "\x1b" not in command("rejected").out
