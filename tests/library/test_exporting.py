from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError, NothingFound, UnreadableInput, UsageError
from reader.library import (
    Export,
    Summary,
    export,
    export_to_file,
    fate_of,
    file_in,
    import_paths,
    keep,
    preview_export,
    read_template,
    with_options,
)
from reader.list_file import MarkdownOptions
from reader.store import Store


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary], now: datetime) -> Store:
    import_papers(*({"title": f"Paper {n}", "abstract": f"About {n}.", "comments": n} for n in range(4)))
    ids = list(store.papers.ids())
    keep(store, [ids[2], ids[0]], now=now, origin="test")
    keep(store, [ids[1]], now=now, origin="test", list_name="Thesis: A/B")
    return store


def exported(store: Store, **chosen: object) -> list[str]:
    chosen_export = export(store, format_name="jsonl", **chosen)  # type: ignore[arg-type]
    lines = [json.loads(chunk) for chunk in chosen_export.chunks]
    found = [line["title"] for line in lines if "about" not in line]
    assert chosen_export.count == len(found)
    return found


def test_bookmarks_come_in_their_order_by_default(filled: Store) -> None:
    assert exported(filled) == ["Paper 2", "Paper 0"]
    assert export(filled).title == "Bookmarks"
    assert re.findall(r"- \[ \] (.*)", "".join(export(filled).chunks)) == ["Paper 2", "Paper 0"]


def test_a_list_a_query_or_everything_can_be_chosen(filled: Store) -> None:
    assert exported(filled, list_name="thesis: a/b") == ["Paper 1"]
    assert exported(filled, query="about 3") == ["Paper 3"]
    assert exported(filled, everything=True) == ["Paper 0", "Paper 1", "Paper 2", "Paper 3"]
    assert export(filled, query=" about  3").title == "Search: about 3"


def test_what_is_not_there_is_refused(filled: Store) -> None:
    with pytest.raises(NothingFound, match="Other"):
        export(filled, list_name="Other")
    with pytest.raises(UsageError, match="docx"):
        export(filled, format_name="docx")


def test_no_transaction_stays_open_behind_an_export(filled: Store) -> None:
    chunks = export(filled, everything=True).chunks
    next(chunks)
    del chunks
    assert filled.papers.counts().papers == 4
    list(export(filled).chunks)
    assert filled.papers.counts().papers == 4


def test_an_export_comes_back_the_same(filled: Store, tmp_path: Path, now: datetime) -> None:
    export_to_file(export(filled, format_name="jsonl", everything=True), tmp_path / "all.jsonl")
    with Store.open(tmp_path / "second.db") as second:
        summary = import_paths(second, [tmp_path / "all.jsonl"], now=now)
        assert (summary.added, summary.rejected) == (4, ())
        assert second.papers.get(second.papers.ids()) == filled.papers.get(filled.papers.ids())
        assert import_paths(filled, [tmp_path / "all.jsonl"], now=now).added == 0


def test_a_file_that_nobody_changed_is_replaced_by_any_list(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    export_to_file(export(filled), path)
    export_to_file(export(filled, everything=True), path)
    assert path.read_text().count("\n- [ ] ") == 4
    assert not list(tmp_path.glob("*.bak"))


def test_a_file_that_was_changed_by_hand_is_replaced_by_no_other_list(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    export_to_file(export(filled), path)
    path.write_text(path.read_text() + "my own words\n")
    with pytest.raises(LibraryError, match="lists Bookmarks"):
        export_to_file(export(filled, everything=True), path)
    assert path.read_text().endswith("my own words\n")
    export_to_file(export(filled, everything=True), path, force=True)
    assert path.read_text().count("\n- [ ] ") == 4


def to_folder(chosen: Export, folder: Path) -> Path:
    path = file_in(chosen, folder)
    export_to_file(chosen, path, make_folder=True)
    return path


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Thesis: A/B", "Thesis- A-B.md"),
        ("../../etc", "etc.md"),
        ("...", "papers.md"),
        ("深層", "深層.md"),
        ("𠀀" * 100, "𠀀" * 50 + ".md"),
    ],
)
def test_a_list_s_name_becomes_a_file_name(filled: Store, tmp_path: Path, now: datetime, name: str, file: str) -> None:
    keep(filled, filled.papers.ids(), now=now, origin="test", list_name=name)
    path = to_folder(export(filled, list_name=name), tmp_path / "out")
    assert path == tmp_path / "out" / file
    assert path.is_file()


def test_a_file_that_is_not_ours_gets_company(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "Bookmarks.md").write_text("mine")
    assert to_folder(export(filled), tmp_path).name == "Bookmarks 2.md"
    assert to_folder(export(filled), tmp_path).name == "Bookmarks 2.md"
    assert (tmp_path / "Bookmarks.md").read_text() == "mine"


def test_a_template_stands_in_place_of_a_format(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "two passes.txt"
    path.write_text("{% for _ in 'ab' %}{% for p in papers %}{{ p.title }},{% endfor %}{% endfor %}{{ title }}\n")
    chosen = export(filled, template=read_template(path))
    assert (chosen.count, chosen.format.suffix) == (2, ".txt")
    export_to_file(chosen, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text() == "Paper 2,Paper 0,Paper 2,Paper 0,Bookmarks\n"
    assert filled.papers.counts().papers == 4


def test_a_template_that_fails_leaves_the_file_as_it_was(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("{% for p in papers %}{{ p.title }}{{ p.nothing }}{% endfor %}")
    (tmp_path / "out.txt").write_text("mine")
    with pytest.raises(UsageError, match="line 1"):
        export_to_file(export(filled, template=read_template(tmp_path / "bad.txt")), tmp_path / "out.txt", force=True)
    assert (tmp_path / "out.txt").read_text() == "mine"
    assert filled.papers.counts().papers == 4


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_template_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "template.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=r"template\.txt cannot be read"):
        read_template(path)


def test_what_becomes_of_a_file_is_known_before(filled: Store, tmp_path: Path) -> None:
    path, table = tmp_path / "list.md", tmp_path / "list.csv"
    assert fate_of(export(filled), path) == "new"
    export_to_file(export(filled), path)
    assert fate_of(export(filled, everything=True), path) == "replaced"
    path.write_text(path.read_text() + "my own words\n")
    assert fate_of(export(filled), path) == "merged"
    assert fate_of(export(filled, everything=True), path) == "refused"
    path.write_text("mine")
    assert fate_of(export(filled), path) == "refused"
    export_to_file(export(filled, format_name="csv"), table)
    assert fate_of(export(filled, format_name="csv"), table) == "unknown"
    assert fate_of(export(filled, format_name="csv"), tmp_path) == "refused"


@pytest.mark.parametrize("name", ["markdown", "html", "jsonl"])
def test_a_preview_is_the_beginning_of_what_is_written(filled: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / "list"
    looked = preview_export(export(filled, format_name=name, everything=True), path)
    assert (looked.title, looked.count, looked.fate, looked.has_folder) == ("All papers", 4, "new", True)
    assert not path.exists()
    assert filled.papers.counts().papers == 4
    export_to_file(export(filled, format_name=name, everything=True), path)
    assert looked.lines == tuple(path.read_text().splitlines()[: len(looked.lines)])
    assert len(looked.lines) > 3
    assert looked.whole == (len(looked.lines) == len(path.read_text().splitlines()))


def test_a_long_export_is_not_made_to_its_end_to_be_looked_at(
    store: Store, import_papers: Callable[..., Summary], tmp_path: Path
) -> None:
    import_papers(*({"title": f"Paper {n}", "abstract": f"About {n}."} for n in range(60)))
    looked = preview_export(export(store, everything=True), tmp_path / "list.md")
    assert (looked.count, len(looked.lines), looked.whole) == (60, 100, False)


def test_lines_without_end_are_cut(store: Store, import_papers: Callable[..., Summary], tmp_path: Path) -> None:
    import_papers(*({"title": f"Paper {n}", "abstract": f"{n} " * 30_000} for n in range(9)))
    looked = preview_export(export(store, format_name="jsonl", everything=True), tmp_path / "list.jsonl")
    assert not looked.whole
    assert len(looked.lines) < 9
    assert max(map(len, looked.lines)) <= 2_000


def test_an_export_shows_what_is_asked_for_afterwards(filled: Store, tmp_path: Path) -> None:
    chosen = with_options(export(filled), MarkdownOptions(abstracts=False))
    looked = preview_export(chosen, tmp_path / "list.md")
    assert not looked.options.abstracts
    assert not [line for line in looked.lines if "About" in line]


def test_the_preview_over_a_file_with_changes_shows_them_as_they_are_then_written(
    filled: Store, tmp_path: Path
) -> None:
    path = tmp_path / "list.md"
    export_to_file(export(filled), path)
    path.write_text(path.read_text().replace("- [ ] ", "between two\n\n- [x] ", 1))
    looked = preview_export(export(filled), path)
    assert looked.fate == "merged"
    assert "between two" in looked.lines
    export_to_file(export(filled), path)
    assert looked.lines == tuple(path.read_text().splitlines())
