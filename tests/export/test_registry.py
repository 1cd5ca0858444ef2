"""The table of formats, which front ends offer as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.export import files
from reader.export.registry import FORMATS
from reader.paper import Paper, StoredPaper

PAPERS = [StoredPaper(key="a" * 16, paper=Paper(title="A title"), sources=(), added="2026-01-02T03:04:05Z")]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_found_by_its_name_and_renders_papers(name: str) -> None:
    chosen = FORMATS[name]
    assert chosen.name == name
    assert chosen.suffix.startswith(".")
    assert "A title" in "".join(chosen.render(PAPERS, title="Bookmarks"))


def test_markdown_is_the_default() -> None:
    assert next(iter(FORMATS)) == "markdown"


def test_an_unchanged_markdown_export_may_be_replaced_and_others_cannot_tell(tmp_path: Path) -> None:
    for chosen in FORMATS.values():
        path = tmp_path / f"{chosen.name}{chosen.suffix}"
        files.write(path, chosen.render(PAPERS, title="Bookmarks"), may_replace=chosen.may_replace)
        assert chosen.may_replace(path) == (chosen.name == "markdown")
