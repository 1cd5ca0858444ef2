from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from reader import paths
from reader.errors import UnreadableInput
from reader.library import open_sample, search
from reader.store import Store


def test_the_sample_is_a_library_like_any_other(tmp_path: Path, now: datetime) -> None:
    path = open_sample(tmp_path, now=now)
    assert path.parent == tmp_path
    with Store.open(path, create=False) as store:
        assert store.papers.count() > 20
        assert [check.damage for check in store.checks.run() if check.damage] == []
        title = store.papers.rows(store.papers.ids(limit=1))[0].title
        assert store.papers.titles(search(store, title).ids[:1]).popitem()[1] == title


def test_a_sample_that_was_not_installed_is_a_clear_error(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "sample_library", lambda: tmp_path / "gone.jsonl")
    with pytest.raises(UnreadableInput) as caught:
        open_sample(tmp_path, now=now)
    assert caught.value.hint
