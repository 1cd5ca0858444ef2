"""A snapshot of arXiv in the library: stopped and run again, in parts, and a newer one after an older."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from formats.arxiv_files import answer, entry, item, row, rss, snapshot
from reader.library import Progress, Summary, import_paths
from reader.paper import PartialDate
from reader.store import Store

from .rows import NOW, rows, soundness, stored

ROWS = [row(id=f"2301.{n:05}", title=f"Kettle {n}", abstract=f"It is number {n}.", doi=None) for n in range(1, 61)]


def run(store: Store, *paths: Path, stop_in: Path | None = None, after: int = 7) -> Summary:
    def stop(progress: Progress) -> None:
        if progress.file == str(stop_in) and progress.records > after:
            raise KeyboardInterrupt

    return import_paths(store, paths, now=NOW, progress=stop)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.library.importing._FIRST_BATCH", 5)
    monkeypatch.setattr("reader.library.importing._LARGEST_BATCH", 5)


def test_a_snapshot_that_was_stopped_is_complete_when_it_is_run_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    path.write_text(snapshot(*ROWS))
    assert run(store, path, stop_in=path, after=30).stopped_at == str(path)
    assert stored(store) == []
    again = run(store, path)
    assert (again.records, again.added) == (60, 60)
    assert sorted(paper.paper.arxiv_id or "" for paper in stored(store)) == [each["id"] for each in ROWS]
    assert soundness(store) == []
    before = rows(store)
    assert run(store, path).unchanged == 60
    assert rows(store) == before


def test_of_a_snapshot_in_parts_the_finished_ones_stay(store: Store, tmp_path: Path) -> None:
    parts = [tmp_path / f"part-{n}.json" for n in range(3)]
    for n, part in enumerate(parts):
        part.write_text(snapshot(*ROWS[20 * n : 20 * n + 20]))
    assert run(store, *parts, stop_in=parts[1]).added == 20
    assert len(stored(store)) == 20
    again = run(store, *parts)
    assert (again.added, again.unchanged) == (40, 20)
    assert len(stored(store)) == 60


def test_a_newer_snapshot_brings_new_papers_and_new_versions(store: Store, tmp_path: Path) -> None:
    older, newer = tmp_path / "older.json", tmp_path / "newer.json"
    versions = [*ROWS[0]["versions"], {"version": "v3", "created": "Fri, 5 Jan 2024 10:00:00 GMT"}]
    older.write_text(snapshot(*ROWS[:2]))
    newer.write_text(snapshot(ROWS[0] | {"title": "Kettle One", "versions": versions}, ROWS[1], ROWS[2]))
    run(store, older)
    summary = run(store, newer)
    assert (summary.added, summary.merged) == (1, 2)
    (first,) = (each for each in stored(store) if each.paper.arxiv_id == "2301.00001")
    assert (first.paper.title, first.paper.arxiv_version) == ("Kettle One", 3)
    assert first.paper.published == PartialDate(2023, 1, 2)


def test_one_paper_in_all_of_arxivs_files_is_one_paper(store: Store, tmp_path: Path) -> None:
    texts = {
        "feed.xml": rss(item("2301.00001v1", "Kettle 1", "It is number 1.")),
        "answer.xml": answer(entry("http://arxiv.org/abs/2301.00001v1", "Kettle 1", "It is number 1.")),
        "snapshot.json": snapshot(ROWS[0]),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    summary = run(store, *(tmp_path / name for name in texts))
    assert (summary.added, summary.merged, summary.rejected) == (1, 2, ())
    (paper,) = stored(store)
    assert {source.kind: source.page_date for source in paper.sources} == {
        "arXiv feed": PartialDate(2024, 5, 6),
        "arXiv API answer": PartialDate(2024, 5, 6),
        "arXiv metadata": None,
    }
    assert (paper.paper.arxiv_version, paper.paper.published) == (2, PartialDate(2023, 1, 2))


def test_an_empty_feed_does_not_stop_the_others(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "saturday.xml").write_text(rss())
    (folder / "monday.xml").write_text(rss(item("2405.00001v1", "Pots")))
    (folder / "blog.xml").write_text('<rss version="2.0"><channel><item><title>News</title></item></channel></rss>')
    summary = import_paths(store, [folder], now=datetime(2024, 5, 7, tzinfo=UTC))
    assert (summary.files, summary.added, summary.skipped) == (1, 1, 1)
    assert [(Path(each.file).name, each.line) for each in summary.rejected] == [("saturday.xml", None)]
    assert "weekends" in summary.rejected[0].reason
