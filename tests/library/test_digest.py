"""What is new: each paper once, under its source, the most discussed first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from reader.errors import NothingFound, UsageError
from reader.export.digest import Digest
from reader.library import (
    Summary,
    digest_since,
    dismiss,
    export,
    export_to_file,
    import_text,
    render_digest,
    since_when,
    sync,
)
from reader.store import Store

HERE = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=-5)))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("7d", HERE - timedelta(days=7)),
        ("24h", HERE - timedelta(hours=24)),
        (" 2w ", HERE - timedelta(weeks=2)),
        ("0d", HERE),
        ("2026-03-01", HERE.replace(hour=0, minute=0)),
        ("2025-12-31", HERE.replace(year=2025, month=12, day=31, hour=0, minute=0)),
    ],
)
def test_a_span_or_a_day_is_a_moment_where_the_user_is(text: str, when: datetime) -> None:
    assert since_when(text, now=HERE) == when


@pytest.mark.parametrize("text", ["", "d", "7", "7 days", "-7d", "99999d", "soon", "2026-02-30", "2026-03-02", "２d"])
def test_what_is_neither_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError):
        since_when(text, now=HERE)


def titles(found: Digest) -> list[tuple[str, str, list[str]]]:
    return [(str(group.day), group.source, [stored.paper.title for stored in group.papers]) for group in found.groups]


@pytest.fixture
def filled(store: Store, import_papers: Callable[..., Summary], now: datetime) -> Store:
    import_papers({"title": "Old", "abstract": "About what was."}, name="2026-02-01.jsonl")
    later = now + timedelta(days=10)
    pages = {
        "b.jsonl": '{"title": "Quiet"}\n{"title": "Voted", "upvotes": 5}\n{"title": "Discussed", "comments": 2}\n',
        "a.jsonl": '{"title": "Other", "abstract": "About kettles."}\n{"title": "Gone"}\n{"title": "Old", '
        '"abstract": "About what was."}\n',
    }
    for name, text in pages.items():
        import_text(store, text, name=name, now=later, origin="test")
    (gone,) = [id_ for id_ in store.papers.ids() if store.papers.titles([id_])[id_] == "Gone"]
    dismiss(store, [gone], now=later, origin="test")
    return store


def test_new_papers_stand_under_their_source_and_day_each_once(filled: Store, now: datetime) -> None:
    found = digest_since(filled, now + timedelta(days=7))
    assert titles(found) == [
        ("2026-03-11", "a.jsonl", ["Other"]),
        ("2026-03-11", "b.jsonl", ["Discussed", "Voted", "Quiet"]),
    ]
    assert (found.count, str(found.since)) == (4, "2026-03-08")


def test_the_newest_day_comes_first_and_everything_is_new_once(filled: Store, now: datetime) -> None:
    found = digest_since(filled, now)
    assert [group[0] for group in titles(found)] == sorted((group[0] for group in titles(found)), reverse=True)
    assert found.count == 5
    assert digest_since(filled, now + timedelta(days=10, seconds=1)).groups == ()


def test_a_query_and_a_limit_leave_out_the_rest(filled: Store, now: datetime) -> None:
    assert titles(digest_since(filled, now, query="kettles"))[0][2] == ["Other"]
    cut = digest_since(filled, now + timedelta(days=7), limit=1)
    assert [group.count for group in cut.groups] == [1, 3]
    assert titles(cut)[1][2] == ["Discussed"]
    with pytest.raises(NothingFound):
        digest_since(filled, now, query="tag:none")


def test_a_paper_written_into_a_reading_list_stands_under_the_day_it_was(
    filled: Store, now: datetime, tmp_path: Path
) -> None:
    later = now + timedelta(days=20)
    path = tmp_path / "list.md"
    export_to_file(export(filled), path)
    by_hand = "- [ ] [On Lanterns](https://arxiv.org/abs/2402.00001)\n\n<!-- reader:papers"
    path.write_text(path.read_text().replace("<!-- reader:papers", by_hand))
    sync(filled, path, now=later, origin="test")
    assert titles(digest_since(filled, later)) == [("2026-03-21", "by hand", ["On Lanterns"])]


def test_a_form_that_is_none_is_wrong_usage(filled: Store, now: datetime) -> None:
    with pytest.raises(UsageError, match="pdf"):
        list(render_digest(digest_since(filled, now), "pdf"))


def test_it_takes_papers_carried_over_by_the_day_they_first_came(filled: Store, now: datetime, tmp_path: Path) -> None:
    text = "".join(export(filled, format_name="jsonl", everything=True).chunks)
    with Store.open(tmp_path / "other.db") as other:
        import_text(other, text, name="library.jsonl", now=datetime(2027, 1, 1, tzinfo=UTC), origin="test")
        assert digest_since(other, now + timedelta(days=7)).count == 4
        assert digest_since(other, datetime(2026, 12, 1, tzinfo=UTC)).count == 0
