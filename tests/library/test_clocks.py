"""Whatever the clock says, what is done is kept in order, can be taken back, and is copied."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from reader.library import (
    back_up_daily,
    backups,
    digest_since,
    examine,
    import_text,
    keep,
    recover_if_idle,
    search,
    set_note,
    since_when,
    tag,
    undo,
)
from reader.store import Store

CLOCKS = {
    "a leap day": datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC),
    "the year 1": datetime(1, 1, 2, 0, 0, tzinfo=UTC),
    "the year 9999": datetime(9999, 12, 30, 23, 59, 59, tzinfo=UTC),
    "the epoch": datetime(1970, 1, 1, tzinfo=UTC),
    "the hour that summer time skips": datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=1))),
    "the hour that comes twice": datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2))),
    "where it is tomorrow": datetime(2026, 3, 1, 3, 0, tzinfo=timezone(timedelta(hours=14))),
}
PAGE = '{"title": "On teapots", "abstract": "Of tea.", "published": "--02-29"}\n{"title": "On spoons"}\n'


@pytest.mark.parametrize("now", CLOCKS.values(), ids=CLOCKS)
def test_whatever_day_it_is_everything_works(store: Store, library: Path, now: datetime) -> None:
    assert import_text(store, PAGE, name="page.jsonl", now=now, origin="test").added == 2
    ids = list(store.papers.ids())
    keep(store, ids, now=now, origin="test")
    set_note(store, ids[0], "A note.", now=now, origin="test")
    assert back_up_daily(store, library, now=now) in backups(library)
    for query in ("sort:added", "sort:date", "teapots", "year:2024", "added:today"):
        search(store, query)
    assert [finding.detail for finding in examine(store, library) if not finding.sound] == []
    while undo(store):
        pass
    assert store.papers.count() == 0
    recover_if_idle(store)


def test_a_clock_that_is_set_back_changes_no_order(store: Store, library: Path, now: datetime) -> None:
    import_text(store, PAGE, name="page.jsonl", now=now, origin="test")
    ids = list(store.papers.ids())
    clock = [now, now - timedelta(days=400), now - timedelta(days=200), now + timedelta(days=9_000), now]
    for turn, at in enumerate(clock):
        tag(store, ids[:1], f"turn {turn}", now=at, origin="test")
        back_up_daily(store, library, now=at)
    assert len(backups(library)) == 4
    for turn in reversed(range(len(clock))):
        label = undo(store)
        assert label is not None
        assert f"turn {turn}" in label
    digest_since(store, since_when("7d", now=now))
