from __future__ import annotations

import io
import json
import os
import sys
import threading
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import LibraryError, UnknownFormat, UnreadableInput, UsageError
from reader.export.jsonl import fields
from reader.library import Progress, Summary, import_paths, import_text, preview, search
from reader.library.telling import WAITING
from reader.paper import text_key
from reader.store import Store, database
from reader.store.imports import Imports

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
Record = Mapping[str, object]


def lines(*papers: Record) -> str:
    return "\n".join(map(json.dumps, papers)) + "\n"


def made(count: int, *, start: int = 0) -> list[Record]:
    return [{"title": f"Paper {n}", "abstract": f"About {n}."} for n in range(start, start + count)]


def counts(summary: Summary) -> tuple[int, int, int, int]:
    assert summary.records == summary.added + summary.merged + summary.unchanged
    return summary.files, summary.added, summary.merged, summary.unchanged


def run(
    store: Store, *paths: Path | str, stdin: bytes | None = None, progress: Callable[[Progress], None] | None = None
) -> Summary:
    return import_paths(
        store, paths, now=NOW, stdin=None if stdin is None else io.BytesIO(stdin), progress=progress
    )  # fmt: skip


def titles(store: Store) -> list[str]:
    return sorted(stored.paper.title for stored in store.papers.get(store.papers.ids()))


def test_new_papers_are_added_and_a_second_import_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(*made(3)))
    assert counts(run(store, path)) == (1, 3, 0, 0)
    before = list(store.papers.get(store.papers.ids()))
    assert counts(run(store, path)) == (1, 0, 0, 3)
    assert counts(run(store, path, path)) == (2, 0, 0, 6)
    assert store.papers.get(store.papers.ids()) == before


def test_the_same_content_under_another_name_is_the_same_source(store: Store, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(lines(*made(2)))
    assert counts(run(store, tmp_path / "a.jsonl", tmp_path / "b.jsonl")) == (2, 2, 0, 2)
    assert [len(stored.sources) for stored in store.papers.get(store.papers.ids())] == [1, 1]


def test_a_paper_on_five_pages_is_one_paper_with_five_sources(store: Store, tmp_path: Path) -> None:
    for n in range(5):
        (tmp_path / f"{n}.jsonl").write_text(lines({"title": "Shared", "abstract": "On all."}, *made(2, start=10 * n)))
    assert counts(run(store, *sorted(tmp_path.glob("*.jsonl")))) == (5, 11, 4, 0)
    shared = store.papers.get(
        [id_ for id_, title in store.papers.titles(store.papers.ids()).items() if title == "Shared"]
    )
    assert len(shared) == 1
    assert sorted(source.name for source in shared[0].sources) == sorted(str(p) for p in tmp_path.glob("*.jsonl"))
    assert {source.rank for source in shared[0].sources} == {1}


def test_two_papers_with_one_title_and_nearly_one_abstract_stay_two(store: Store) -> None:
    abstract = "We show how networks of one kind, trained end to end, reach the best result on one benchmark"
    text = lines(
        {"title": "One Title", "abstract": abstract + " (20% better)."},
        {"title": "One Title", "abstract": abstract + "."},
    )
    summary = import_text(store, text, name="x", now=NOW, origin="test")
    assert counts(summary) == (1, 2, 0, 0)
    again = import_text(store, text + "\n", name="y", now=NOW, origin="test")
    assert counts(again) == (1, 0, 2, 0)
    assert len({stored.key for stored in store.papers.get(store.papers.ids())}) == 2


def test_a_paper_twice_in_a_file_is_added_once(store: Store) -> None:
    poor, rich = {"title": "T", "abstract": "A."}, {"title": "t", "abstract": "a.", "comments": 3}
    summary = import_text(store, lines(poor, made(1)[0], rich, poor), name="x", now=NOW, origin="test")
    assert (summary.records, *counts(summary)) == (4, 1, 2, 1, 1)
    assert store.papers.get(store.papers.ids())[0].paper.comments == 3


def test_files_are_read_as_what_they_are_said_to_be(store: Store, tmp_path: Path) -> None:
    own, item = {"title": "A"}, {"title": "B", "paper": {"id": "2401.00001", "title": "C"}}
    (tmp_path / "page.json").write_text(lines(own, item))
    (tmp_path / "own.jsonl").write_text(lines({"title": "D"}))
    looked = preview(store, tmp_path, form="daily-papers-json")
    assert (looked.titles, looked.rejected, len(looked.problems)) == (("C",), 1, 1)
    assert preview(store, tmp_path, form="json-lines").titles == ("D", "A", "B")
    import_paths(store, [tmp_path / "page.json"], now=NOW, form="json-lines")
    assert set(store.papers.titles(store.papers.ids()).values()) == {"A", "B"}
    assert {source.kind for stored in store.papers.get(store.papers.ids()) for source in stored.sources} == {
        "JSON Lines"
    }
    with pytest.raises(UsageError, match="no format is called"):
        import_paths(store, [tmp_path], now=NOW, form="x")
    with pytest.raises(UsageError, match="no format is called"):
        preview(store, tmp_path, form="x")


def test_a_richer_record_fills_and_a_poorer_one_never_blanks(store: Store) -> None:
    bare: Record = {"title": "T", "abstract": "A."}
    rich: Record = {
        **bare,
        "authors": ["Ada"],
        "comments": 2,
        "doi": "10.1/x",
        "published": "2021-08-30",
        "url": "https://a.org",
    }
    poorer: Record = {**bare, "comments": 1, "published": "2021"}
    for paper, name in ((bare, "a"), (rich, "b"), (poorer, "c")):
        import_text(store, lines(paper), name=name, now=NOW, origin="test")
    (stored,) = store.papers.get(store.papers.ids())
    found = stored.paper
    assert (found.authors, found.comments, found.doi, str(found.published)) == (("Ada",), 2, "10.1/x", "2021-08-30")
    assert [check.damage for check in store.checks.run() if check.damage] == []


def test_what_a_paper_gained_can_be_searched(store: Store) -> None:
    import_text(store, lines({"title": "T", "arxiv_id": "1706.03762"}, *made(90)), name="a", now=NOW, origin="test")
    richer = {"title": "T", "arxiv_id": "1706.03762", "abstract": "On zeugmas.", "authors": ["Zoë Quux"]}
    import_text(store, lines(richer), name="b", now=NOW, origin="test")
    for query in ("zeugmas", "zegmas", "quux", "zoe"):
        assert len(search(store, query).ids) == 1


def test_every_name_a_paper_ever_had_keeps_finding_it(store: Store) -> None:
    first: Record = {"title": "T", "abstract": "First version.", "arxiv_id": "1706.03762v1"}
    second: Record = {
        "title": "T, revised",
        "abstract": "The second version.",
        "arxiv_id": "1706.03762v2",
        "doi": "10.1/x",
    }
    import_text(store, lines(first), name="a", now=NOW, origin="test")
    import_text(store, lines(second), name="b", now=NOW, origin="test")
    (stored,) = store.papers.get(store.papers.ids())
    from reader.paper import Paper

    other = text_key(Paper(title="T, revised", abstract="The second version."))
    assert stored.key == text_key(Paper(title="T", abstract="First version."))
    for name in (stored.key, other, other[:6], "1706.03762", "10.1/X"):
        assert [key for _, key in store.papers.find(name)] == [stored.key]
    page_only = {"title": "T, revised", "abstract": "The second version."}
    assert counts(import_text(store, lines(page_only), name="c", now=NOW, origin="test")) == (1, 0, 1, 0)


def test_folders_are_read_through_and_hidden_files_passed_over(store: Store, tmp_path: Path) -> None:
    for n, name in enumerate(("b.jsonl", "a/c.jsonl", "a/d/e.txt", ".hidden.jsonl", ".git/x.jsonl", "a/.f/y.jsonl")):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines({"title": f"Paper {n}", "abstract": "A."}))
    seen: list[str] = []
    summary = run(store, tmp_path / "in", progress=lambda progress: seen.append(Path(progress.file).name))
    assert counts(summary) == (3, 3, 0, 0)
    assert list(dict.fromkeys(seen)) == ["b.jsonl", "c.jsonl", "e.txt"]
    assert titles(store) == ["Paper 0", "Paper 1", "Paper 2"]


def test_files_of_unknown_kind_are_skipped_in_folders_and_named_elsewhere(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader import formats

    def read(file: io.BytesIO, *, name: str, form: str | None) -> formats.Reading:
        if "photo" in name:
            raise UnknownFormat(f"{name} is of no kind that is known")
        return original(file, name=name, form=form)

    original = formats.read
    monkeypatch.setattr(formats, "read", read)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / "a.jsonl").write_text(lines(*made(1)))
    summary = run(store, folder)
    assert (summary.skipped, summary.rejected, summary.added) == (1, (), 1)
    summary = run(store, folder / "photo.jpg")
    assert (summary.skipped, summary.files, [entry.line for entry in summary.rejected]) == (0, 0, [None])


def test_what_cannot_be_read_is_named_and_the_rest_is_imported(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "blank").write_text("\n \n")
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "prose").write_text("Only some words.")
    (tmp_path / "folder").mkdir()
    (tmp_path / "good").write_text(lines(*made(2)))
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    bad = ["missing", "empty", "blank", "binary", "prose", "folder", "link", "loop", "x" * 300, "good/under", "a\0b"]
    summary = run(store, *(tmp_path / name for name in bad), tmp_path / "good")
    assert counts(summary) == (1, 2, 0, 0)
    assert [entry.file for entry in summary.rejected] == [str(tmp_path / name) for name in bad]
    assert {entry.line for entry in summary.rejected} == {None}
    assert all(entry.reason and "\n" not in entry.reason for entry in summary.rejected)
    assert summary.rejected[0].reason == "no such file"
    assert store.papers.counts().sources == 1
    assert store.imports.unfinished() == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_under_its_name(store: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(lines(*made(2)),))
    writer.start()
    summary = run(store, pipe)
    writer.join()
    assert counts(summary) == (1, 2, 0, 0)
    assert store.papers.get(store.papers.ids())[0].sources[0].name == str(pipe)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for_in_a_folder_nor_for_a_look(store: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "in" / "pipe"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    assert [entry.reason for entry in run(store, pipe.parent).rejected] == ["the folder holds no files"]
    assert preview(store, pipe).problems == ((str(pipe), "a pipe can be read only once"),)


def test_what_is_neither_a_file_nor_a_folder_nor_a_pipe_is_refused(store: Store) -> None:
    if not Path("/dev/null").is_char_device():
        pytest.skip("no devices here")
    summary = run(store, "/dev/null")
    assert [entry.reason for entry in summary.rejected] == ["neither a file nor a folder nor a pipe"]


def test_standard_input_is_read_by_its_path_too(store: Store) -> None:
    assert counts(run(store, "/dev/stdin", stdin=lines(*made(2)).encode())) == (1, 2, 0, 0)
    assert store.papers.get(store.papers.ids())[0].sources[0].name == "/dev/stdin"


def test_an_empty_path_is_refused_and_nothing_is_imported(store: Store, tmp_path: Path) -> None:
    (tmp_path / "good").write_text(lines(*made(1)))
    with pytest.raises(UsageError, match="empty path"):
        run(store, tmp_path / "good", "")
    assert store.papers.count() == 0


def test_a_page_date_to_come_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "good").write_text(lines(*made(1)))
    tomorrow = NOW.date() + timedelta(days=1)
    with pytest.raises(UsageError, match="still to come"):
        import_paths(store, [tmp_path / "good"], now=NOW, page_date=tomorrow + timedelta(days=1))
    assert store.papers.count() == 0
    assert import_paths(store, [tmp_path / "good"], now=NOW, page_date=tomorrow).added == 1


class TestWaiting:
    """Another process imports just now."""

    def test_it_is_told_and_ends(self, store: Store, open_store: Callable[[], Store], tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_text(lines(*made(1)))
        told: list[Progress] = []
        with ExitStack() as other:
            assert other.enter_context(open_store().imports.lock(wait=0))

            def progress(each: Progress) -> None:
                told.append(each)
                if len(told) == 2:
                    other.close()

            assert run(store, path, progress=progress).added == 1
        assert [each.stage for each in told[:3]] == [WAITING, WAITING, "reading"]
        assert told[0].in_words(1.0) == "a.jsonl · waiting for another import"

    @pytest.mark.parametrize("pasted", [True, False])
    def test_without_anybody_to_tell_it_waits_all_the_same(
        self,
        store: Store,
        open_store: Callable[[], Store],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        *,
        pasted: bool,
    ) -> None:
        path = tmp_path / "a.jsonl"
        path.write_text(lines(*made(1)))
        lock, tries = store.imports.lock, list[float]()
        with ExitStack() as other:
            assert other.enter_context(open_store().imports.lock(wait=0))

            def counted(*, wait: float) -> AbstractContextManager[bool]:
                tries.append(wait)
                if len(tries) == 2:
                    other.close()
                return lock(wait=wait)

            monkeypatch.setattr(store.imports, "lock", counted)
            if pasted:
                summary = import_text(store, path.read_text(), name="a.jsonl", now=NOW, origin="test")
            else:
                summary = run(store, path)
        assert (summary.added, len(tries)) == (1, 2)

    def test_it_can_be_stopped(self, store: Store, open_store: Callable[[], Store], tmp_path: Path) -> None:
        def stop(_: Progress) -> None:
            raise KeyboardInterrupt

        with open_store().imports.lock(wait=0) as held:
            assert held
            summary = run(store, tmp_path / "a.jsonl", progress=stop)
        assert summary == Summary(stopped_at=str(tmp_path / "a.jsonl"))


def test_a_stop_that_comes_when_all_is_kept_says_so(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{n}.jsonl" for n in range(2)]
    for n, path in enumerate(paths):
        path.write_text(lines(*made(2, start=2 * n)))
    finish = Imports.finish

    def stop_after(self: Imports, *args: object, **kwargs: object) -> None:
        finish(self, *args, **kwargs)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Imports, "finish", stop_after)
    summary = run(store, *paths)
    assert (summary.added, summary.stopped_at) == (2, str(paths[1]))
    assert titles(store) == ["Paper 0", "Paper 1"]
    assert counts(run(store, paths[1])) == (1, 2, 0, 0)


def test_a_file_that_may_not_be_read_is_named(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(lines(*made(1)))
    (tmp_path / "good").write_text(lines(*made(2)))
    original = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "secret":
            raise PermissionError(13, "Permission denied", str(self))
        return original(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    summary = run(store, tmp_path / "secret", tmp_path / "good")
    assert [(Path(entry.file).name, entry.reason) for entry in summary.rejected] == [("secret", "permission denied")]
    assert summary.added == 2


def test_a_rejected_record_is_named_with_its_line(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(made(1)[0]) + '{"title": 7}\n{broken\n' + lines(made(2)[1]))
    summary = run(store, path)
    assert counts(summary) == (1, 2, 0, 0)
    assert [(entry.file, entry.line) for entry in summary.rejected] == [(str(path), 2), (str(path), 3)]


def test_standard_input_is_read(store: Store) -> None:
    assert counts(run(store, "-", stdin=lines(*made(2)).encode())) == (1, 2, 0, 0)
    assert store.papers.get(store.papers.ids())[0].sources[0].name == "standard input"
    assert [entry.reason for entry in run(store, "-").rejected] == ["there is no standard input"]
    assert len(run(store, "-", stdin=b"").rejected) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_file_whose_name_is_no_text_is_imported(store: Store, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"page-\xff.jsonl")
    path.write_text(lines(*made(1)))
    assert run(store, path).added == 1
    assert run(store, tmp_path).unchanged == 1
    (source,) = store.papers.get(store.papers.ids())[0].sources
    assert source.name.endswith("page-\ufffd.jsonl")
    assert [entry.file[-8:] for entry in run(store, tmp_path / os.fsdecode(b"\xff.jsonl")).rejected] == [
        "/\ufffd.jsonl"
    ]


def test_stopping_keeps_finished_files_and_nothing_of_the_unfinished_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.importing._FIRST_BATCH", 5)
    monkeypatch.setattr("reader.library.importing._LARGEST_BATCH", 5)
    paths = [tmp_path / f"{n}.jsonl" for n in range(3)]
    for n, path in enumerate(paths):
        path.write_text(lines(*made(20, start=20 * n)))

    def stop(progress: Progress) -> None:
        if progress.file == str(paths[1]) and progress.records > 7:
            raise KeyboardInterrupt

    summary = run(store, *paths, progress=stop)
    assert summary.stopped_at == str(paths[1])
    assert counts(summary) == (1, 20, 0, 0)
    assert store.papers.count() == 20
    assert store.imports.unfinished() == []
    assert store.papers.counts().sources == 1
    assert store.database.value("select count(*) from papers") == 20
    assert [check.damage for check in store.checks.run() if check.damage] == []
    assert counts(run(store, *paths)) == (3, 40, 0, 20)


def test_progress_never_goes_back_and_ends_at_the_end(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.importing._FIRST_BATCH", 5)
    path = tmp_path / "a.jsonl"
    path.write_text(lines(*made(300)))
    told: list[Progress] = []
    run(store, path, progress=told.append)
    assert [each.records for each in told] == sorted(each.records for each in told)
    assert [each.position for each in told] == sorted(each.position for each in told)
    assert told[-1].records == 300
    assert told[-1].position == told[-1].size == path.stat().st_size


def test_text_is_imported_and_what_is_none_is_refused(store: Store) -> None:
    summary = import_text(store, lines(*made(1)) + '{"title": "lone \\udcff"}', name="pasted", now=NOW, origin="app")
    assert counts(summary) == (1, 2, 0, 0)
    for text in ("", "just words", "\udcff"):
        with pytest.raises(UnreadableInput):
            import_text(store, text, name="pasted", now=NOW, origin="app")
    assert store.imports.unfinished() == []


def test_a_library_that_cannot_be_written_is_an_error_and_what_was_finished_stays(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(2):
        (tmp_path / f"{n}.jsonl").write_text(lines(*made(2, start=2 * n)))
    original = database.Database.transaction
    broken = [False]

    def full(self: database.Database) -> object:
        if broken[0]:
            raise LibraryError("the disk is full", "make room")
        return original(self)

    def progress(each: Progress) -> None:
        broken[0] = each.file.endswith("1.jsonl")

    monkeypatch.setattr(database.Database, "transaction", full)
    with pytest.raises(LibraryError):
        run(store, tmp_path, progress=progress)
    broken[0] = False
    assert titles(store) == ["Paper 0", "Paper 1"]
    assert counts(run(store, tmp_path / "1.jsonl")) == (1, 2, 0, 0)


BARE = [{"title": f"Paper {n}", "abstract": f"All about the number {n}."} for n in range(5)]


@st.composite
def pages(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Pages that share papers, with whatever a text page may say of each."""
    found = []
    for n in range(draw(st.integers(2, 4))):
        papers = []
        for bare in draw(st.lists(st.sampled_from(BARE), min_size=1, max_size=4, unique_by=lambda each: each["title"])):
            spelt = {
                "title": draw(
                    st.sampled_from([bare["title"], bare["title"].upper(), bare["title"].replace("a", "ａ")])
                ),
                "abstract": draw(st.sampled_from([bare["abstract"], bare["abstract"].lower()])),
                "published": draw(st.sampled_from([None, "2021-08-30", "2021", "--02-29", "--01-31", "--12-31"])),
                "comments": draw(st.sampled_from([None, 0, 3])),
                "upvotes": draw(st.sampled_from([None, 1, 2])),
                "author_count": draw(st.sampled_from([None, 4])),
                "organization": draw(st.sampled_from([None, "A lab", "B lab"])),
            }
            papers.append({key: value for key, value in spelt.items() if value is not None})
        day = draw(st.sampled_from(["", "2024-02-01 ", "2025-02-01 ", "2026-02-01 "]))
        found.append((f"{day}page {n}.jsonl", lines({"about": f"page {n}"}, *papers)))
    return found


@settings(max_examples=60)
@given(pages(), st.randoms(use_true_random=False))
def test_pages_in_any_order_give_the_same_library(given_pages: list[tuple[str, str]], chance: object) -> None:
    import random

    assert isinstance(chance, random.Random)
    libraries = []
    for order in (given_pages, chance.sample(given_pages, len(given_pages))):
        with Store.open(Path("/nowhere/at/all"), create=False) as store:
            for name, text in order:
                import_text(store, text, name=name, now=NOW, origin="test")
            libraries.append([fields(stored) for stored in store.papers.get(store.papers.ids())])
            assert set(store.database.rows("select word, titles, papers from words where papers > 0")) == set(
                store.index.all_words()
            )
    assert libraries[0] == libraries[1]
    for paper in libraries[0]:
        assert unicodedata.normalize("NFKC", str(paper["title"])).casefold().startswith("paper ")


@pytest.fixture(autouse=True)
def no_real_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)


def test_standard_input_is_read_to_its_end_in_pieces(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.library.inputs._KEPT_AT_ONCE", 10)
    assert run(store, "-", stdin=lines(*made(3)).encode()).added == 3


def test_something_is_said_while_a_large_file_is_opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.library.inputs._HASHED_AT_ONCE", 10)
    seen: list[str] = []
    run(store, "-", stdin=lines(*made(2)).encode(), progress=lambda progress: seen.append(progress.stage))
    assert seen.count("opening") == len(lines(*made(2))) // 10
    assert seen == sorted(seen, key=lambda stage: ["opening", "reading", "dating", "learning words"].index(stage))


@pytest.mark.parametrize(
    ("progress", "seconds", "words"),
    [
        (Progress("/a/page.jsonl", 0, 0, 0, "opening"), 0.0, "page.jsonl · 0 records · opening"),
        (Progress("page.jsonl", 200, 50, 100), 0.5, "page.jsonl · 200 records"),
        (Progress("page.jsonl", 200, 50, 100), 70.0, "page.jsonl · 200 records · 3/s · 1:10 left"),
        (Progress("page.jsonl", 200, 100, 100), 2.0, "page.jsonl · 200 records · 100/s"),
        (Progress("page.jsonl", 200, 100, 100, WAITING), 2.0, "waiting for another import"),
    ],
)
def test_progress_in_words(progress: Progress, seconds: float, words: str) -> None:
    said = progress.in_words(seconds)
    assert all(part in said for part in words.split(" · ")), said
    assert ("left" in said, "/s" in said) == ("left" in words, "/s" in words)
