"""A look at what an import would bring can be ended, also in the middle of a large file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import Interrupted
from reader.library import preview
from reader.store import Store

PAGE = "\n".join(json.dumps({"title": f"Lamp {n}", "abstract": f"It is lamp {n}."}) for n in range(300))


def counting(limit: int) -> tuple[list[int], Callable[[], None]]:
    calls: list[int] = []

    def check() -> None:
        calls.append(1)
        if len(calls) > limit:
            raise Interrupted("stopped")

    return calls, check


@pytest.mark.parametrize("content", [PAGE.encode(), gzip.compress(PAGE.encode())], ids=["plain", "packed"])
def test_a_look_that_is_not_ended_finds_what_one_without_a_check_finds(
    store: Store, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "page"
    path.write_bytes(content)
    calls, check = counting(10_000)
    assert preview(store, path, check=check) == preview(store, path)
    assert len(calls) > 300


@pytest.mark.parametrize("name", ["papers.jsonl", "folder"])
def test_a_look_is_ended_by_what_its_check_raises(store: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "papers.jsonl", tmp_path / "folder" / "a.jsonl"):
        path.write_text(PAGE)
    calls, check = counting(20)
    with pytest.raises(Interrupted):
        preview(store, tmp_path / name, check=check)
    assert len(calls) == 21


def test_a_file_with_nothing_between_two_records_is_left_in_the_middle(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "page.jsonl"
    path.write_text(PAGE.partition("\n")[0] + "\n" * 5_000_000)
    calls, check = counting(4)
    with pytest.raises(Interrupted):
        preview(store, path, check=check)
    assert len(calls) == 5
