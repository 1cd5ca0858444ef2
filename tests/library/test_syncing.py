"""A reading list and its Markdown file come together: each side's changes reach the other, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError, UsageError
from reader.library import (
    Summary,
    Synced,
    drop,
    export,
    export_to_file,
    import_paths,
    keep,
    list_files,
    mark_read,
    redo,
    rename_list,
    set_note,
    sync,
    tag,
    undo,
    untag,
    with_options,
)
from reader.list_file import MarkdownOptions
from reader.paper import StoredPaper
from reader.store import Store

Sync = Callable[..., Synced]


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary], now: datetime) -> Store:
    import_papers(
        *(
            {
                "title": f"Paper {n}",
                "abstract": f"About {n}.",
                "arxiv_id": f"2301.0000{n}",
                "url": f"https://arxiv.org/abs/2301.0000{n}",
            }
            for n in range(1, 6)
        )
    )
    ids = list(store.papers.ids())
    keep(store, ids[:4], now=now, origin="test")
    tag(store, ids[:2], "vision", now=now, origin="test")
    tag(store, ids[:1], "two words", now=now, origin="test")
    set_note(store, ids[0], "A *note*\nof two lines", now=now, origin="test")
    mark_read(store, [ids[1]], now=now, origin="test")
    return store


@pytest.fixture
def path(filled: Store, tmp_path: Path) -> Path:
    path = tmp_path / "list.md"
    export_to_file(export(filled), path)
    return path


@pytest.fixture
def bring(filled: Store, path: Path, now: datetime) -> Sync:
    def run(**more: object) -> Synced:
        return sync(filled, path, now=now, origin="test", **more)  # type: ignore[arg-type]

    return run


def listed(store: Store, name: str = "Bookmarks") -> list[StoredPaper]:
    found = store.lists.find(name)
    return store.papers.get(store.lists.entries(found.id)) if found else []


def titles(store: Store, name: str = "Bookmarks") -> list[str]:
    return [each.paper.title for each in listed(store, name)]


def rows(store: Store) -> list[object]:
    tables = [name for (name,) in store.database.rows("select name from sqlite_master where type = 'table'")]
    plain = [name for name in tables if "_index" not in name and "words" not in name and name != "sqlite_sequence"]
    return [store.database.rows(f"select * from {name}") for name in plain]


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)


def entry_of(path: Path, title: str) -> str:
    entries = re.finditer(r"- \[.\] .*?(?=\n- \[|\n<!-- reader:p)", path.read_text(), re.DOTALL)
    return next(each.group() for each in entries if title in each.group())


def test_without_a_change_no_byte_and_no_row_changes(filled: Store, path: Path, bring: Sync) -> None:
    before, bytes_, touched = rows(filled), path.read_bytes(), path.stat().st_mtime_ns
    found = bring()
    assert (found.changed, found.file.changed, found.file.told) == (False, False, ())
    import_paths(filled, [path], now=datetime.fromisoformat("2027-01-01T00:00:00+00:00"))
    assert rows(filled) == before
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (bytes_, touched)


def test_ticks_tags_notes_and_order_come_into_the_library_as_one_step(filled: Store, path: Path, bring: Sync) -> None:
    last = entry_of(path, "Paper 4")
    edit(path, (last + "\n", ""), ("- [ ] [Paper 1", last + "\n\n- [x] [Paper 1"), ("- [x] [Paper 2", "- [ ] [Paper 2"))
    edit(path, ("#vision", "#new/tag"), ("Note: A \\*note", "Note: Another *note"))
    before = listed(filled)
    assert bring().changed
    assert titles(filled) == ["Paper 4", "Paper 1", "Paper 2", "Paper 3"]
    one = listed(filled)[1]
    assert (one.read, one.tags, one.note) == (True, ("new/tag", "two words"), "Another *note*\nof two lines")
    assert not listed(filled)[2].read
    undo(filled)
    assert listed(filled) == before
    redo(filled)
    assert titles(filled)[0] == "Paper 4"


def test_what_changed_in_the_library_comes_into_the_file(filled: Store, path: Path, bring: Sync, now: datetime) -> None:
    ids = list(filled.lists.entries(1))
    untag(filled, ids, "two words", now=now, origin="test")
    set_note(filled, ids[2], "new", now=now, origin="test")
    mark_read(filled, [ids[2]], now=now, origin="test")
    keep(filled, [filled.papers.ids()[4]], now=now, origin="test")
    assert not bring().changed
    assert "two words" not in path.read_text()
    assert entry_of(path, "Paper 3").startswith("- [x]")
    assert "> Note: new" in entry_of(path, "Paper 3")
    assert "Paper 5" in path.read_text()
    assert path.read_text() == "".join(export(filled).chunks)
    assert not path.with_name("list.md.bak").exists()


def test_what_both_sides_changed_is_kept_twice_and_told(filled: Store, path: Path, bring: Sync, now: datetime) -> None:
    first = filled.lists.entries(1)[0]
    edit(path, ("Note: A \\*note", "Note: My *note"), ("#vision", "#mine"))
    set_note(filled, first, "The library's", now=now, origin="test")
    tag(filled, [first], "theirs", now=now, origin="test")
    found = bring()
    assert len(found.file.told) == 2
    one = listed(filled)[0]
    assert one.note == "The library's\n\nMy *note*\nof two lines"
    assert set(one.tags) == {"mine", "theirs", "two words", "vision"}
    assert "The library's" in path.read_text()
    assert "My" in path.read_text()
    before = path.read_bytes()
    assert not bring().changed
    assert path.read_bytes() == before


def test_an_entry_written_by_hand_becomes_a_paper_or_finds_its_own(filled: Store, path: Path, bring: Sync) -> None:
    by_hand = "- [x] [A New Paper](https://arxiv.org/abs/2402.00001)\n  #fresh\n\n  > my note\n\n- [ ] https://arxiv.org/abs/2301.00005\n"
    edit(path, ("- [x] [Paper 2", by_hand + "\n- [x] [Paper 2"))
    bring()
    assert titles(filled) == ["Paper 1", "A New Paper", "Paper 5", "Paper 2", "Paper 3", "Paper 4"]
    new = listed(filled)[1]
    assert (new.paper.arxiv_id, new.read, new.tags, new.note) == ("2402.00001", True, ("fresh",), "my note")
    before = path.read_bytes()
    assert not bring().changed
    assert path.read_bytes() == before
    undo(filled)
    assert titles(filled) == ["Paper 1", "Paper 2", "Paper 3", "Paper 4"]
    assert filled.papers.count() == 5


def test_an_entry_without_a_title_is_told_and_stays(path: Path, bring: Sync) -> None:
    edit(path, ("- [x] [Paper 2", "- [ ] https://example.org/unknown\n\n- [x] [Paper 2"))
    assert any("has no title" in words for words in bring().file.told)
    assert "https://example.org/unknown" in path.read_text()


@pytest.mark.parametrize("answer", [None, False, True])
def test_papers_leave_only_where_somebody_says_so(
    filled: Store, path: Path, bring: Sync, now: datetime, answer: bool | None
) -> None:
    edit(path, (entry_of(path, "Paper 2") + "\n", ""))
    drop(filled, [filled.lists.entries(1)[2]], now=now, origin="test")
    asked: list[str] = []

    def confirm(question: str) -> bool:
        asked.append(question)
        return bool(answer)

    for _ in range(2):
        found = bring(confirm=None if answer is None else confirm)
        assert ("Paper 2" in titles(filled), "Paper 3" in path.read_text()) == (not answer, not answer)
        assert "Paper 2" not in path.read_text()
        assert "Paper 3" not in titles(filled)
        assert len(found.file.told) == (2 if answer is None else 0 if answer else len(found.file.told))
        if answer:
            break
    assert len(asked) == (0 if answer is None else 2 if answer else 4)


def test_a_file_that_was_cut_off_anywhere_empties_nothing(filled: Store, path: Path, now: datetime) -> None:
    whole, before = path.read_bytes(), listed(filled)
    for at in range(0, len(whole), 11):
        path.write_bytes(whole[:at])
        try:
            sync(filled, path, now=now, origin="test", confirm=lambda _: True)
        except (UsageError, LibraryError):
            assert path.read_bytes() == whole[:at]
        else:
            assert path.read_bytes() == whole
        import_paths(filled, [path], now=now)
        assert listed(filled) == before
        path.with_name("list.md.bak").unlink(missing_ok=True)


def test_another_library_gets_all_of_it(filled: Store, path: Path, tmp_path: Path, now: datetime) -> None:
    with Store.open(tmp_path / "second.db") as second:
        summary = import_paths(second, [path], now=now)
        assert (summary.added, summary.rejected, summary.told) == (4, (), ())
        ours, theirs = listed(filled), listed(second)
        for mine, other in zip(ours, theirs, strict=True):
            assert (mine.key, mine.tags, mine.note, mine.read) == (other.key, other.tags, other.note, other.read)
            assert mine.paper == other.paper
        assert "".join(export(second).chunks) == path.read_text()


def test_a_library_that_has_the_papers_gets_what_was_made_of_them(
    filled: Store, path: Path, tmp_path: Path, now: datetime
) -> None:
    export_to_file(export(filled, format_name="jsonl", query="paper"), tmp_path / "plain.jsonl")
    plain = re.sub(
        r'"(entries|tags)": \[[^]]*\]|"note": "[^"]*"|"read": true', '"x": 0', (tmp_path / "plain.jsonl").read_text()
    )
    (tmp_path / "plain.jsonl").write_text(plain)
    with Store.open(tmp_path / "second.db") as second:
        import_paths(second, [tmp_path / "plain.jsonl"], now=now)
        assert titles(second) == []
        sync(second, path, now=now, origin="test")
        assert [(each.key, each.tags, each.note, each.read) for each in listed(second)] == [
            (each.key, each.tags, each.note, each.read) for each in listed(filled)
        ]


def test_a_file_of_another_kind_is_refused_and_left_alone(filled: Store, path: Path, now: datetime) -> None:
    for content in (b"mine\n", b"", b"\xff\xfe\x00"):
        path.write_bytes(content)
        with pytest.raises((UsageError, LibraryError)):
            sync(filled, path, now=now, origin="test")
        assert path.read_bytes() == content
    with pytest.raises(LibraryError, match="cannot be read"):
        sync(filled, path.with_name("none.md"), now=now, origin="test")


def test_the_file_as_it_was_is_kept_beside_it_once(path: Path, bring: Sync) -> None:
    beside = path.with_name("list.md.bak")
    for words in ("first", "second"):
        edit(path, ("- [x] [Paper 2", f"{words}\n\n- [x] [Paper 2"), ("Paper 4]", "Paper 4 mine]"))
        edit(path, ("- [ ]", "- [x]"))
        found = bring()
        assert (found.file.backup == beside) == (words == "first")
        edit(path, ("Paper 4 mine]", "Paper 4]"))
    assert "first" in beside.read_text()
    assert "second" not in beside.read_text()


def test_a_file_that_changes_while_it_is_brought_in_is_not_replaced(
    path: Path, bring: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(path, ("- [ ]", "- [x]"))
    written = list_files.rewritten_file

    def slow(*given: object, **told: object) -> object:
        path.write_text("saved by an editor meanwhile\n")
        return written(*given, **told)  # type: ignore[arg-type]

    monkeypatch.setattr("reader.library.syncing.rewritten_file", slow)
    with pytest.raises(LibraryError):
        bring()
    assert path.read_text() == "saved by an editor meanwhile\n"


def test_once_is_enough_where_what_is_written_reads_as_more_than_was_there(
    filled: Store, path: Path, bring: Sync
) -> None:
    path.unlink()
    export_to_file(with_options(export(filled), MarkdownOptions(group="tag", contents=True)), path)
    edit(path, ("  Tags: ", "## vision <!-- reader:group -->\n  Tags: "))
    bring()
    before, bytes_ = rows(filled), path.read_bytes()
    assert not bring().changed
    assert (rows(filled), path.read_bytes()) == (before, bytes_)


def test_a_list_that_was_renamed_is_the_files_list_still(
    filled: Store, path: Path, bring: Sync, tmp_path: Path, now: datetime
) -> None:
    keep(filled, [filled.papers.ids()[0]], now=now, origin="test", list_name="Old")
    mine = tmp_path / "old.md"
    export_to_file(export(filled, list_name="Old"), mine)
    rename_list(filled, "Old", "Newer", now=now, origin="test")
    rename_list(filled, "Newer", "New", now=now, origin="test")
    edit(mine, ("About 1", "mine"))
    import_paths(filled, [mine], now=now)
    assert [each.name for each in filled.lists.all()] == ["Bookmarks", "New"]
    found = sync(filled, mine, now=now, origin="test")
    assert found.file.told == ("the list Old is called New now",)
    assert mine.read_text().startswith("# New\n")
    assert [each.name for each in filled.lists.all()] == ["Bookmarks", "New"]
    edit(mine, ('"list": "New"', '"list": "Old"'))
    assert export_to_file(export(filled, list_name="New"), mine).changed
    keep(filled, [filled.papers.ids()[1]], now=now, origin="test", list_name="Old")
    edit(mine, ('"list": "New"', '"list": "Old"'))
    assert sync(filled, mine, now=now, origin="test").label.startswith("synchronised Old with")
