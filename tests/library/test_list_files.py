"""A reading list is written over its file, which a person changed: what became of both sides is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.library import (
    Summary,
    drop,
    export,
    export_to_file,
    keep,
    list_files,
    mark_read,
    merge_papers,
    move_in_list,
    sync,
    tag,
    with_options,
)
from reader.list_file import DEFAULT_OPTIONS, KEPT_HEADING
from reader.store import Store


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary], now: datetime) -> Store:
    import_papers(*({"title": f"Paper {n}", "abstract": f"About {n}."} for n in range(1, 6)))
    keep(store, store.papers.ids(order="title"), now=now, origin="test")
    return store


@pytest.fixture
def path(filled: Store, tmp_path: Path) -> Path:
    export_to_file(export(filled), tmp_path / "list.md")
    return tmp_path / "list.md"


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)


def entry(path: Path, number: int) -> str:
    """A paper's lines in the file."""
    text = path.read_text()
    begin = text.index(f"- [ ] **[Paper {number}]" if f"- [ ] **[Paper {number}]" in text else f"Paper {number}")
    begin = text.rindex("- [", 0, begin + 5)
    end = text.find("\n- [", begin + 1)
    return text[begin : end + 1 if end > 0 else len(text)]


def test_what_left_the_list_stays_unless_somebody_says_so(filled: Store, path: Path, now: datetime) -> None:
    edit(path, ("Paper 1", "Paper One"))
    drop(filled, filled.papers.ids(order="title")[1:2], now=now, origin="test")
    told = export_to_file(export(filled), path).told
    assert any("left Bookmarks; kept there" in words for words in told)
    assert "Paper 2" in path.read_text()
    asked: list[str] = []

    def confirm(question: str) -> bool:
        asked.append(question)
        return True

    told = export_to_file(export(filled), path, confirm=confirm).told
    assert (len(asked), [words for words in told if "left Bookmarks" in words]) == (1, [])
    assert "Paper 2" not in path.read_text()
    assert "Paper One" in path.read_text()


def test_what_a_person_took_out_stays_out_and_two_orders_are_told(filled: Store, path: Path, now: datetime) -> None:
    third, first = entry(path, 3), entry(path, 1)
    edit(path, (third, ""), (first, ""))
    edit(path, (entry(path, 4), entry(path, 4) + first))
    ids = filled.papers.ids(order="title")
    move_in_list(filled, [ids[4]], -4, now=now, origin="test")
    told = export_to_file(export(filled), path).told
    assert any("stay out of the file" in words for words in told)
    assert "the order was changed on both sides: the file keeps its own" in told
    assert "Paper 3" not in path.read_text()


def test_the_entry_of_a_paper_that_was_joined_to_another_becomes_its(filled: Store, path: Path, now: datetime) -> None:
    ids = filled.papers.ids(order="title")
    keys = [stored.key for stored in filled.papers.get(ids)]
    edit(path, (entry(path, 1), ""), ("Paper 5", "Paper Five"))
    drop(filled, [ids[0]], now=now, origin="test")
    merge_papers(filled, ids[0], ids[1], now=now, origin="test")
    (lead,) = (stored.key for stored in filled.papers.get(ids) if stored.key in keys[:2])
    export_to_file(export(filled), path)
    assert path.read_text().count(f"reader:{lead}") == 1


@pytest.mark.parametrize("group", ["tag", "source", "year"])
def test_groups_and_contents_come_into_a_file_that_was_changed(
    filled: Store, path: Path, now: datetime, group: str
) -> None:
    ids = filled.papers.ids(order="title")
    tag(filled, ids[3:], "zebra", now=now, origin="test")
    tag(filled, ids[:2], "Aardvark", now=now, origin="test")
    mark_read(filled, ids[:1], now=now, origin="test")
    edit(path, ("Paper 5", "Paper Five"))
    options = replace(DEFAULT_OPTIONS, group=group, contents=True)  # type: ignore[arg-type]
    export_to_file(with_options(export(filled), options), path)
    text = path.read_text()
    assert "Paper Five" in text
    assert text.count("](#reader-") == 5
    heads = [line.partition("## ")[2].partition(" <")[0] for line in text.splitlines() if line.startswith("## ")]
    assert heads == {"tag": ["Aardvark", "zebra", "No tag"], "source": ["papers.jsonl"], "year": ["No year"]}[group]
    export_to_file(with_options(export(filled), options), path)
    assert path.read_text() == text


def test_a_file_that_is_too_large_is_refused(filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(path, ("Paper 5", "Paper Five"))
    before = path.read_bytes()
    monkeypatch.setattr(list_files, "LARGEST", len(before) - 1)
    with pytest.raises(LibraryError, match="is larger than"):
        export_to_file(export(filled), path)
    assert path.read_bytes() == before


def test_syncing_takes_the_order_of_the_file_where_both_sides_changed_it(
    filled: Store, path: Path, now: datetime
) -> None:
    first = entry(path, 1)
    edit(path, (first, ""))
    edit(path, (entry(path, 4), entry(path, 4) + first))
    ids = list(filled.papers.ids(order="title"))
    move_in_list(filled, [ids[4]], -4, now=now, origin="test")
    told = sync(filled, path, now=now, origin="test").file.told
    assert list(filled.lists.entries(1)).index(ids[0]) > list(filled.lists.entries(1)).index(ids[3])
    assert any("order was changed on both sides" in words for words in told)


def test_contents_without_groups_name_every_paper_in_the_order_of_the_list(filled: Store, path: Path) -> None:
    export_to_file(with_options(export(filled), replace(DEFAULT_OPTIONS, contents=True)), path)
    rows = [line for line in path.read_text().splitlines() if "](#reader-" in line]
    assert [line[3 : line.index("]")] for line in rows] == [f"Paper {n}" for n in range(1, 6)]
    assert "\n## " not in path.read_text()


def test_what_was_written_in_an_entry_that_goes_is_told_of(filled: Store, path: Path, now: datetime) -> None:
    edit(path, ("About 2.", "About two, I think."))
    drop(filled, filled.papers.ids(order="title")[1:2], now=now, origin="test")
    told = export_to_file(export(filled), path, confirm=lambda _: True).told
    assert told == ("1 line written by hand had no place any more, and stand at the end of the file",)
    assert path.read_text().index(KEPT_HEADING) < path.read_text().index("About two, I think.")
