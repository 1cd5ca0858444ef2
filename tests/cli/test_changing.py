"""Commands that change something: import, bookmark, export."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.made_up import PAGE
from cli.conftest import Command
from reader.library import format_names


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "pages" / "page.jsonl"
    path.parent.mkdir()
    path.write_text(PAGE)
    return path


class TestImport:
    """`reader import`."""

    def test_a_file_is_read_and_counted(self, command: Command, page: Path) -> None:
        ran = command("import", str(page))
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == "Read 2 records from 1 file: 2 new, 0 merged, 0 unchanged, 0 rejected.\n"

    def test_importing_again_adds_nothing(self, command: Command, page: Path) -> None:
        command("import", str(page))
        (summary,) = command("import", "--json", str(page)).objects
        assert list(summary) == ["files", "records", "added", "merged", "unchanged", "skipped", "rejected"]
        assert summary == {
            "files": 1, "records": 2, "added": 0, "merged": 0, "unchanged": 2, "skipped": 0, "rejected": [],
        }  # fmt: skip

    def test_a_dash_reads_standard_input(self, command: Command) -> None:
        (summary,) = command("import", "--json", "-", stdin=PAGE.encode()).objects
        assert summary["added"] == 2

    def test_a_folder_is_read_and_files_of_unknown_kind_are_skipped(self, command: Command, page: Path) -> None:
        (page.parent / "picture.bin").write_bytes(bytes(range(256)))
        (summary,) = command("import", "--json", str(page.parent)).objects
        assert (summary["files"], summary["skipped"], summary["added"]) == (1, 1, 2)

    def test_a_format_can_be_told(self, command: Command, page: Path) -> None:
        ran = command("import", "--from", "daily-papers-json", str(page))
        assert ran.status == 3
        reason = "at line 1, the item is no paper: it has neither an id nor a paper in it"
        assert f"{page}: cannot be read as daily-papers-json: {reason}" in ran.err
        ran = command("import", "--json", "--from", "json-lines", str(page))
        assert (ran.status, ran.objects[0]["added"]) == (0, 2)

    def test_a_format_that_does_not_exist_is_wrong_usage(self, command: Command, page: Path) -> None:
        ran = command("import", "--from", "papyrus", str(page))
        assert (ran.status, ran.out) == (2, "")
        assert "'papyrus' is not one of 'paragraph-page', " in ran.err

    def test_the_help_names_every_format(self, command: Command) -> None:
        shown = "".join(command("import", "--help").out.split())
        assert [name for name in format_names() if name not in shown] == []

    def test_one_of_two_files_that_cannot_be_read_is_status_1(self, command: Command, page: Path) -> None:
        ran = command("import", "--json", str(page), str(page) + ".missing")
        assert ran.status == 1
        (summary,) = ran.objects
        assert summary["added"] == 2
        (rejected,) = summary["rejected"]
        assert list(rejected) == ["file", "line", "reason"]
        assert (rejected["file"], rejected["line"]) == (str(page) + ".missing", None)

    @pytest.mark.parametrize("text", [None, b"", b"no listing at all\nreally\n", bytes(range(256))])
    def test_no_input_that_could_be_read_is_status_3(
        self, command: Command, tmp_path: Path, text: bytes | None
    ) -> None:
        path = tmp_path / "input.txt"
        if text is not None:
            path.write_bytes(text)
        ran = command("import", str(path))
        assert ran.status == 3
        assert ran.err.count("\n") == 1
        assert str(path) in ran.err

    def test_a_day_that_is_none_is_wrong_usage(self, command: Command, page: Path) -> None:
        ran = command("import", "--page-date", "yesterday", str(page))
        assert ran.status == 2
        assert "'yesterday'" in ran.err

    def test_the_page_date_is_remembered(self, command: Command, page: Path) -> None:
        command("import", "--page-date", "2026-01-31", str(page))
        assert command("search", "--json", "kettles").objects[0]["sources"][0]["page_date"] in ("2026-01-31", None)

    @pytest.mark.parametrize("stdin", [False, True])
    def test_what_cannot_be_opened_is_named_and_makes_no_library(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, stdin: bool
    ) -> None:
        path = "-" if stdin else str(tmp_path / "nowhere.txt")
        if stdin:
            monkeypatch.setattr("reader.cli.importing.sys.stdin", None)
            monkeypatch.setattr("reader.cli.importing.sys", SimpleNamespace(stdin=None, stderr=sys.stderr))
        ran = command("import", path)
        name, why = ("standard input", "there is no standard input") if stdin else (path, "no such file")
        assert (ran.status, ran.out, ran.err) == (3, "", f"{name}: {why}\n")
        assert list(tmp_path.iterdir()) == []

    def test_what_may_not_be_read_makes_no_library(
        self, command: Command, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(self: Path, *args: object) -> object:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr("reader.library.importing.os.access", lambda *_: False)
        monkeypatch.setattr(Path, "open", refuse)
        ran = command("import", str(page))
        assert (ran.status, ran.err) == (3, f"{page}: permission denied\n")
        assert not (tmp_path / "library.db").exists()

    def test_paths_that_are_not_there_are_not_kept(self, command: Command, page: Path) -> None:
        command("import", str(page), "nowhere.txt")
        command("import", "nowhere.txt")
        assert command("rejected").out == ""

    @pytest.mark.parametrize("arguments", [[""], ["page", ""], ["--page-date", "2999-01-01", "page"]])
    def test_wrong_usage_imports_nothing_and_makes_no_library(
        self, command: Command, page: Path, tmp_path: Path, arguments: list[str]
    ) -> None:
        ran = command("import", *(str(page) if each == "page" else each for each in arguments))
        assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert not (tmp_path / "library.db").exists()

    def test_without_a_path_it_is_wrong_usage(self, command: Command) -> None:
        assert command("import").status == 2


@pytest.mark.usefixtures("library")
class TestBookmark:
    """`reader bookmark`."""

    def test_papers_go_in_and_out_again(self, command: Command) -> None:
        ran = command("bookmark", "2512.00001")
        assert (ran.status, ran.out, ran.err) == (0, "", "bookmarked: Teapots That Listen\n")
        again = command("bookmark", "2512.00001")
        assert (again.status, again.out, again.err) == (0, "", "already in Bookmarks: Teapots That Listen\n")
        ran = command("bookmark", "--remove", "2512.00001")
        assert (ran.status, ran.err) == (0, "removed from Bookmarks: Teapots That Listen\n")
        assert command("lists", "--json").objects == [{"name": "Bookmarks", "count": 0}]

    def test_another_list_is_made_and_found_whatever_the_case(self, command: Command) -> None:
        command("bookmark", "--list", "Tea Time", "2512.00001")
        command("bookmark", "--list", "tea time", command("search", "--json", "spoons").objects[0]["key"])
        assert command("lists", "--json").objects[1] == {"name": "Tea Time", "count": 2}

    def test_one_unknown_key_among_several_changes_nothing(self, command: Command) -> None:
        assert command("bookmark", "2512.00001", "nosuchkey").status == 1
        assert command("lists", "--json").objects == [{"name": "Bookmarks", "count": 0}]

    def test_removing_from_a_list_that_is_not_there_is_status_1(self, command: Command) -> None:
        ran = command("bookmark", "--remove", "--list", "Nowhere", "2512.00001")
        assert ran.status == 1
        assert "Nowhere" in ran.err

    @pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x1b[31mb"])
    def test_a_name_that_cannot_name_a_list_is_wrong_usage(self, command: Command, name: str) -> None:
        ran = command("bookmark", "--list", name, "2512.00001")
        assert ran.status == 2
        assert "\x1b" not in ran.err


def test_bookmarking_opens_the_library_once(command: Command, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.store import Store

    opened: list[Path] = []
    original = Store.open

    def counted(path: Path, **kwargs: Any) -> Store:
        opened.append(path)
        return original(path, **kwargs)

    monkeypatch.setattr(Store, "open", counted)
    assert command("bookmark", "2512.00001").status == 0
    assert len(opened) == 1


def test_bookmarking_in_a_library_that_is_not_there_makes_none(command: Command, tmp_path: Path) -> None:
    assert command("bookmark", "2512.00001").status == 1
    assert not (tmp_path / "library.db").exists()


@pytest.mark.usefixtures("library")
class TestExport:
    """`reader export`."""

    def test_the_bookmarks_are_printed_as_markdown(self, command: Command) -> None:
        command("bookmark", "2512.00001")
        ran = command("export")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith("# Bookmarks\n")
        assert "Teapots That Listen" in ran.out

    def test_an_empty_list_says_so_on_standard_error(self, command: Command) -> None:
        ran = command("export")
        assert ran.status == 0
        assert "Bookmarks is empty." in ran.err

    def test_a_query_that_finds_nothing_says_so_and_fails(self, command: Command) -> None:
        ran = command("export", "--query", "xqzzyxw")
        assert (ran.status, ran.err) == (1, "Nothing found.\n")

    def test_a_query_everything_and_json_lines_can_be_chosen(self, command: Command) -> None:
        found = command("export", "--format", "jsonl", "--query", "spoons").objects
        assert [p["title"] for p in found if "about" not in p] == ["A Census of Forgotten Spoons"]
        found = command("export", "--format", "jsonl", "--all").objects
        assert [p["about"] for p in found if "about" in p] == ["library of reader", "list", "source"]
        assert len(found) == 3 + 12
        assert command("export", "--query", "zzqqxx").status == 1

    def test_what_is_exported_as_json_can_be_imported(self, command: Command, tmp_path: Path) -> None:
        exported = command("export", "--format", "jsonl", "--all").out
        ran = command("import", "--json", "--library", str(tmp_path / "new.db"), "-", stdin=exported.encode())
        assert ran.objects[0]["added"] == 12
        assert command("export", "--format", "jsonl", "--all", "--library", str(tmp_path / "new.db")).out == exported

    def test_a_file_is_written_again_with_what_a_person_wrote(self, command: Command, tmp_path: Path) -> None:
        path = tmp_path / "list.md"
        assert command("export", "--all", "-o", str(path)).err == f"12 papers written to {path}\n"
        assert command("export", "-o", str(path)).status == 0
        path.write_text(path.read_text() + "by hand\n")
        command("bookmark", "2512.00001")
        ran = command("export", "-o", str(path))
        assert ran.status == 0
        assert "list.md.bak" in ran.err
        assert "by hand" in path.read_text()
        assert "Teapots That Listen" in path.read_text()
        assert command("export", "--all", "-o", str(path)).status == 4
        assert command("export", "--force", "-o", str(path)).status == 0
        assert "by hand" not in path.read_text()

    def test_a_file_of_somebody_else_is_left_alone(self, command: Command, tmp_path: Path) -> None:
        (tmp_path / "list.md").write_text("mine\n")
        ran = command("export", "-o", str(tmp_path / "list.md"))
        assert ran.status == 4
        assert "--force" in ran.err
        assert (tmp_path / "list.md").read_text() == "mine\n"

    def test_choices_exclude_one_another(self, command: Command) -> None:
        assert command("export", "--all", "--query", "x").status == 2
        assert command("export", "--format", "pdf").status == 2
        assert command("export", "--list", "Nowhere").status == 1
