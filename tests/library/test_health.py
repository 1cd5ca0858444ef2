from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.library import Summary, examine, statistics
from reader.store import Store


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_statistics_say_how_much_there_is_and_where(
    store: Store, library: Path, import_papers: Callable[..., Summary]
) -> None:
    import_papers({"title": "A", "abstract": "b"}, {"title": "C"})
    found = statistics(store, library)
    assert found.path == str(library)
    assert found.size == library.stat().st_size > 0
    assert (found.counts.papers, found.counts.abstracts) == (2, 1)


def test_a_library_that_is_not_there_has_no_size(tmp_path: Path) -> None:
    with Store.open(tmp_path / "none.db", create=False) as store:
        assert statistics(store, tmp_path / "none.db").size == 0
        assert all(finding.sound for finding in examine(store, tmp_path / "none" / "none.db"))


def test_a_sound_library_needs_no_advice(
    store: Store, library: Path, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**12, 0, 10**12))
    import_papers({"title": "A", "abstract": "b"})
    findings = examine(store, library)
    assert all(finding.sound and not finding.advice for finding in findings)
    assert {finding.name for finding in findings} >= {"file", "full-text index", "vocabulary", "imports", "disk"}


def test_damage_is_unsound_and_says_what_to_do(
    store: Store, library: Path, import_papers: Callable[..., Summary]
) -> None:
    import_papers({"title": "A", "abstract": "b"})
    store.database.run("delete from texts")
    unsound = {finding.name: finding for finding in examine(store, library) if not finding.sound}
    assert "texts" in unsound
    assert "--salvage" in unsound["texts"].advice


def test_little_room_and_an_import_under_way_are_advice_only(
    store: Store, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10, 9, 1))
    store.imports.start(label="", at="2026-03-01", origin="")
    found = {finding.name: finding for finding in examine(store, library)}
    assert found["disk"].sound
    assert "make room" in found["disk"].advice
    assert found["imports"].sound
    assert found["imports"].detail == "1 not complete"
    assert found["imports"].advice
