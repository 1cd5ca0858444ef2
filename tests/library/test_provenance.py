"""Where papers came from, what could not be read, and a look before importing."""

from __future__ import annotations

import gzip
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.rows import NOW, Record, bring, lines, rows, soundness, stored, titled
from reader.errors import NothingFound, UsageError
from reader.library import (
    Pasted,
    find_source,
    import_paths,
    keep,
    preview,
    previewing,
    redo,
    rejected,
    remove_papers,
    remove_source,
    sources,
    undo,
)
from reader.paper import PartialDate
from reader.store import Store
from reader.store import sources as store_sources

GOOD: Record = {"title": "Aardvarks", "abstract": "On ants."}
OTHER: Record = {"title": "Badgers", "abstract": "On setts."}
BROKEN = '{"title": "Cut off, "abst'


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def half_good(tmp_path: Path) -> Path:
    return write(tmp_path / "half.jsonl", lines([GOOD]) + BROKEN + "\n" + lines([OTHER]) + "[]\n")


class TestRejected:
    """What could not be read is kept until its file is read again."""

    def test_it_is_kept_with_file_line_reason_and_text(self, store: Store, half_good: Path) -> None:
        summary = import_paths(store, [half_good], now=NOW)
        kept = rejected(store)
        assert [(each.file, each.line) for each in kept] == [(str(half_good), 2), (str(half_good), 4)]
        assert [each.reason for each in kept] == [each.reason for each in summary.rejected]
        assert all(each.reason for each in kept)
        assert [each.text for each in kept] == [BROKEN, "[]"]
        assert {each.at for each in kept} == {NOW.isoformat(timespec="seconds")}

    def test_it_is_replaced_when_the_file_is_imported_again(self, store: Store, half_good: Path) -> None:
        for _ in range(2):
            import_paths(store, [half_good], now=NOW)
            assert len(rejected(store)) == 2
        write(half_good, lines([GOOD]) + BROKEN + "\n")
        import_paths(store, [half_good], now=NOW)
        assert [each.line for each in rejected(store)] == [2]
        write(half_good, lines([GOOD]))
        import_paths(store, [half_good], now=NOW)
        assert rejected(store) == []

    def test_it_goes_with_its_source(self, store: Store, half_good: Path) -> None:
        import_paths(store, [half_good], now=NOW)
        remove_source(store, find_source(store, str(half_good)), now=NOW, origin="test")
        assert rejected(store) == []
        import_paths(store, [half_good], now=NOW)
        undo(store)
        assert rejected(store) == []

    def test_files_that_cannot_be_read_at_all_are_listed(self, store: Store, tmp_path: Path) -> None:
        prose, bad = write(tmp_path / "prose.txt", "Words."), write(tmp_path / "bad.bin", bytes(range(256)) * 9)
        import_paths(store, [prose, bad], now=NOW)
        assert {(each.file, each.line, each.text) for each in rejected(store)} == {
            (str(prose), None, ""),
            (str(bad), None, ""),
        }
        import_paths(store, [write(prose, lines([GOOD]))], now=NOW)
        assert [each.file for each in rejected(store)] == [str(bad)]

    def test_paths_that_cannot_be_opened_are_named_and_not_kept(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        paths: list[Path | str] = [tmp_path / "gone.txt", tmp_path / "empty", "-"]
        names = [str(tmp_path / "gone.txt"), str(tmp_path / "empty"), "standard input"]
        assert [each.file for each in import_paths(store, paths, now=NOW).rejected] == names
        assert rejected(store) == []

    def test_of_what_has_no_name_of_its_own_each_content_is_listed(self, store: Store) -> None:
        for text in (BROKEN, "[]", "[]", "no listing"):
            page = (lines([GOOD]) + text + "\n" if text != "no listing" else text).encode()
            import_paths(store, ["-"], now=NOW, stdin=io.BytesIO(page))
            import_paths(store, [Pasted(page.decode())], now=NOW)
        kept = rejected(store)
        assert {each.text for each in kept} == {BROKEN, "[]", ""}
        assert len({each.file for each in kept}) == len(kept) == 4
        assert all(re.fullmatch(r"(standard input|pasted text) \([0-9a-f]{8}\)", each.file) for each in kept)
        assert {each.name for each in sources(store)} == {"standard input"}

    def test_it_comes_back_with_its_source(self, store: Store, half_good: Path) -> None:
        import_paths(store, [half_good], now=NOW)
        before = rows(store)
        remove_source(store, 1, now=NOW, origin="test")
        after = rows(store)
        import_paths(store, [half_good.with_name("gone")], now=NOW)
        undo(store)
        assert rows(store) == before
        redo(store)
        assert (rows(store), rejected(store)) == (after, [])

    def test_it_comes_back_with_a_source_that_went_in_parts(
        self, store: Store, half_good: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reader.library.curating.LARGEST_UNDOABLE", 1)
        monkeypatch.setattr("reader.library.curating._PART", 1)
        import_paths(store, [half_good], now=NOW)
        before = rows(store)
        remove_source(store, 1, now=NOW, origin="test")
        assert rejected(store) == []
        for _ in range(3):
            undo(store)
        assert rows(store) == before

    def test_it_goes_and_comes_with_undo_and_redo_of_its_import(self, store: Store, half_good: Path) -> None:
        import_paths(store, [half_good], now=NOW)
        states = [rows(store)]
        write(half_good, lines([GOOD, {"title": "Cranes"}]) + "[]\n" + BROKEN + "\n")
        import_paths(store, [half_good], now=NOW)
        states.append(rows(store))
        assert [each.line for each in rejected(store)] == [3, 4]
        write(half_good, lines([{**GOOD, "authors": ["Ada"]}]) + "[]\n")
        import_paths(store, [half_good], now=NOW, page_date=date(2026, 1, 31))
        import_paths(store, [half_good], now=NOW, page_date=date(2026, 2, 28))  # a source that was there before
        states.append(rows(store))
        undo(store)
        undo(store)
        assert rows(store) == states[1]
        undo(store)
        assert rows(store) == states[0]
        undo(store)
        assert rejected(store) == []
        for _ in range(4):
            redo(store)
        assert rows(store) == states[2]

    def test_what_was_kept_meanwhile_does_not_stand_in_its_way(self, store: Store, half_good: Path) -> None:
        import_paths(store, [half_good], now=NOW)
        remove_source(store, 1, now=NOW, origin="test")
        import_paths(store, [write(half_good.with_name("prose"), "Words.")], now=NOW)
        undo(store)
        assert len(rejected(store)) == 3

    def test_it_is_bounded(self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store_sources, "MOST_REJECTED", 3)
        monkeypatch.setattr(store_sources, "LONGEST_REJECTED", 10)
        path = write(tmp_path / "bad.jsonl", lines([GOOD]) + (BROKEN + "\n") * 9)
        assert len(import_paths(store, [path], now=NOW).rejected) == 9
        assert [each.text for each in rejected(store)] == [BROKEN[:10]] * 3

    def test_of_a_file_that_adds_nothing_it_is_kept_all_the_same(self, store: Store, tmp_path: Path) -> None:
        path = write(tmp_path / "9", lines([GOOD]))
        import_paths(store, [path], now=NOW)  # its name looks like the number of a source
        import_paths(store, [write(tmp_path / "x.jsonl", lines([GOOD]) + BROKEN + "\n")], now=NOW)
        import_paths(store, [tmp_path / "x.jsonl"], now=NOW)
        assert len(rejected(store)) == 1

    def test_a_stop_while_it_is_written_down_does_not_harm_the_library(
        self, store: Store, half_good: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import_paths(store, [half_good], now=NOW)
        before = rows(store)

        def stop(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("reader.store.sources.Sources.reject", stop)
        assert import_paths(store, [half_good], now=NOW).stopped_at == str(half_good)
        assert rows(store) == before
        write(half_good, lines([GOOD, {"title": "Cranes"}]) + BROKEN + "\n")
        assert import_paths(store, [half_good], now=NOW).stopped_at == str(half_good)
        assert rows(store) == before
        assert soundness(store) == []


class TestSources:
    """Where papers were seen."""

    def test_they_are_counted_and_dated(self, store: Store, tmp_path: Path) -> None:
        write(tmp_path / "a-2026-01-31.jsonl", lines([GOOD, OTHER]))
        write(tmp_path / "b.jsonl", lines([OTHER, {"title": "C"}]))
        import_paths(store, sorted(tmp_path.glob("*.jsonl")), now=NOW)
        found = sources(store)
        assert [(s.id, Path(s.name).name, s.papers, s.alone) for s in found] == [
            (2, "b.jsonl", 2, 1),
            (1, "a-2026-01-31.jsonl", 2, 1),
        ]
        assert [s.page_date for s in found] == [None, PartialDate(2026, 1, 31)]
        assert {(s.kind, s.seen) for s in found} == {("JSON Lines", NOW.isoformat(timespec="seconds"))}

    def test_a_name_that_several_bear_is_ambiguous_and_a_number_is_not(self, store: Store) -> None:
        bring(store, GOOD, name="page.txt")
        bring(store, OTHER, name="page.txt")
        with pytest.raises(UsageError, match="1, 2"):
            find_source(store, "page.txt")
        assert find_source(store, "2") == 2
        for unknown in ("3", "page", "", "²", "9" * 30, "-1"):
            with pytest.raises(NothingFound):
                find_source(store, unknown)
        remove_source(store, 2, now=NOW, origin="test")
        assert find_source(store, "page.txt") == 1

    def test_a_number_is_never_given_twice(self, store: Store) -> None:
        bring(store, GOOD, name="one.jsonl")
        bring(store, OTHER, name="two.jsonl")
        remove_source(store, 2, now=NOW, origin="test")
        bring(store, {"title": "C"}, name="three.jsonl")
        assert [(each.id, each.name) for each in sources(store)] == [(3, "three.jsonl"), (1, "one.jsonl")]
        undo(store)
        bring(store, {"title": "D"}, name="four.jsonl")
        assert sources(store)[0].id == 4

    def test_removing_one_says_how_many_papers_went(self, store: Store) -> None:
        bring(store, GOOD, OTHER, {"title": "C"}, name="one.jsonl")
        bring(store, OTHER, name="two.jsonl")
        keep(store, [titled(store, "C")], now=NOW, origin="test")
        done = remove_source(store, find_source(store, "one.jsonl"), now=NOW, origin="test")
        assert (done.label, done.gone) == ("removed the source one.jsonl", 1)
        assert {paper.paper.title for paper in stored(store)} == {"Badgers", "C"}

    def test_what_a_page_brings_back_is_dated_as_it_was(self, store: Store, tmp_path: Path) -> None:
        path = write(tmp_path / "page.jsonl", lines([{**GOOD, "published": "--01-15"}, OTHER]))
        import_paths(store, [path], now=NOW, page_date=date(2025, 2, 1))
        before = {paper.key: (paper.paper, paper.sources) for paper in stored(store)}
        remove_papers(store, [titled(store, "Aardvarks")], now=NOW, origin="test")
        later = NOW + timedelta(days=9)
        assert import_paths(store, [path], now=later).added == 1
        assert {paper.key: (paper.paper, paper.sources) for paper in stored(store)} == before
        assert {day for (day,) in store.database.rows("select day from papers")} == {20250201}


def pages() -> st.SearchStrategy[str]:
    names = st.sampled_from(["Aardvarks", "Badgers", "Cranes"])
    abstracts = st.sampled_from(
        [None, "On ants.", "On setts.", "ON ANTS.", "Long and long. " * 9, "long and long " * 9]
    )
    ids = st.sampled_from([None, None, "2512.00001", "2512.00002v2"])
    papers = st.fixed_dictionaries(
        {"title": names, "abstract": abstracts, "arxiv_id": ids, "doi": st.sampled_from([None, None, "10.1/x"])}
    )
    return st.lists(st.one_of(papers.map(json.dumps), st.just(BROKEN)), min_size=1, max_size=12).map("\n".join)


class TestPreview:
    """A look says what the import will do, and does nothing."""

    @settings(max_examples=80)
    @given(before=pages(), page=pages())
    def test_it_says_what_the_import_then_does(
        self, before: str, page: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        with Store.open(tmp_path_factory.mktemp("preview") / "library.db") as store:
            import_paths(store, [Pasted(before)], now=NOW)
            changes = store.database.value("select total_changes()")
            content = rows(store)
            found = preview(store, Pasted(page))
            assert store.database.value("select total_changes()") == changes
            assert rows(store) == content
            summary = import_paths(store, [Pasted(page)], now=NOW)
            assert (found.records, found.new) == (summary.records, summary.added)
            assert found.rejected + len(found.problems) == len(summary.rejected)
            assert soundness(store) == []

    def test_of_a_large_batch_too(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("_FIRST_BATCH", "_SMALLEST_BATCH", "_LARGEST_BATCH"):
            monkeypatch.setattr(f"reader.library.importing.{name}", 1)
        bring(store, GOOD, name="old.jsonl")
        proof: Record = {**GOOD, "arxiv_id": "2512.00001"}
        page = Pasted(lines([OTHER, {"title": "Ants", "arxiv_id": "2512.00001"}, proof, OTHER]))
        found = preview(store, page)
        summary = import_paths(store, [page], now=NOW)
        assert (found.new, found.records) == (summary.added, summary.records) == (1, 4)
        assert summary.records == summary.added + summary.merged + summary.unchanged
        assert len(stored(store)) == 2

    def test_names_kinds_and_first_titles(self, store: Store, half_good: Path) -> None:
        found = preview(store, half_good)
        assert (found.name, found.kinds, found.titles) == (str(half_good), ("JSON Lines",), ("Aardvarks", "Badgers"))
        assert (found.records, found.new, found.rejected, found.whole) == (2, 2, 2, True)

    def test_folders_are_looked_through(self, store: Store, tmp_path: Path) -> None:
        write(tmp_path / "in" / "a.jsonl", lines([GOOD]))
        write(tmp_path / "in" / "b.jsonl", lines([GOOD, OTHER]))
        write(tmp_path / "in" / "photo.bin", bytes(range(256)) * 9)
        write(tmp_path / "in" / "cut.gz", gzip.compress(lines([GOOD, {"title": "Lost"}]).encode())[:-9])
        found = preview(store, tmp_path / "in")
        summary = import_paths(store, [tmp_path / "in"], now=NOW)
        assert (found.records, found.new) == (summary.records, summary.added)
        assert found.new >= 2
        assert found.skipped == summary.skipped == 1
        assert len(found.problems) + found.rejected == len(summary.rejected) == 2

    def test_it_ends_somewhere(self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(previewing, "MOST_FILES", 2)
        monkeypatch.setattr(previewing, "MOST_RECORDS", 3)
        for name in ("a", "b"):
            write(tmp_path / "in" / name, lines([{"title": f"{name} {n}"} for n in range(3)]))
        assert preview(store, tmp_path / "in").whole
        write(tmp_path / "in" / "c", lines([GOOD]))
        found = preview(store, tmp_path / "in")
        assert (found.records, found.whole) == (6, False)
        found = preview(store, write(tmp_path / "d", lines([{"title": f"d {n}"} for n in range(4)])))
        assert (found.records, found.whole, len(found.titles)) == (3, False, 3)

    def test_many_names_are_asked_for_at_once(self, store: Store) -> None:
        names = [f"name {n}" for n in range(150_000)]
        assert store.imports.known(names) == {}
        assert store.imports.seen(1, range(40_000)) == {}

    def test_what_cannot_be_read_is_a_problem(self, store: Store, tmp_path: Path) -> None:
        found = preview(store, tmp_path / "none")
        assert (found.records, found.problems) == (0, ((str(tmp_path / "none"), "no such file"),))
        assert [name for name, _ in preview(store, Pasted("")).problems] == ["pasted text"]

    def test_papers_of_an_import_that_died_are_new(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("reader.store.imports.Imports.take_back", lambda *_: None)
            patch.setattr("reader.store.imports.Imports.finish", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                bring(store, GOOD)
        assert preview(store, Pasted(lines([GOOD, OTHER]))).new == 2


class TestInputs:
    """Whatever people have."""

    def test_pasted_text_has_a_name_of_its_own(self, store: Store) -> None:
        assert import_paths(store, [Pasted(lines([GOOD])), Pasted(lines([OTHER]), "a page")], now=NOW).added == 2
        assert [each.name for each in sources(store)] == ["a page", "pasted text"]
        assert import_paths(store, [Pasted("\ud800 no listing")], now=NOW).rejected

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    def test_other_encodings_are_named(self, store: Store, tmp_path: Path, encoding: str) -> None:
        text = '{"title": "Über Käuze", "abstract": "Sie rufen – nachts."}\n'
        path = write(tmp_path / "page.jsonl", text.encode(encoding))
        summary = import_paths(store, [path], now=NOW)
        assert [paper.paper.title for paper in stored(store)] == ["Über Käuze"]
        assert [name for name, _ in summary.encodings] == ([] if encoding.startswith("utf-8") else [str(path)])

    def test_compressed_files_are_read(self, store: Store, tmp_path: Path) -> None:
        path = write(tmp_path / "page.jsonl.gz", gzip.compress(lines([GOOD, OTHER]).encode()))
        assert import_paths(store, [path], now=NOW).added == 2
        cut = write(tmp_path / "cut.jsonl.gz", gzip.compress(lines([{"title": "C"}]).encode())[:-9])
        summary = import_paths(store, [cut], now=NOW)
        assert [each.file for each in summary.rejected] == [str(cut)]
