"""CSV: nothing acts, and everything can be had back."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.kept import FULL, NASTY, kept, several, written
from reader.export import jsonl
from reader.export.csv_table import COLUMNS
from reader.paper import Paper, PartialDate, Source, StoredPaper
from reader.text import collapse

TEXTS = st.text(st.sampled_from("=+-@'\"; ,\\ab漢"), min_size=1).map(collapse).filter(bool)


def rows(papers: list[StoredPaper]) -> list[dict[str, str]]:
    """The rows as the csv module reads them, from the bytes of a file, by the rules of the documentation."""
    text = written("csv", papers).encode().decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    return [{name: cell.removeprefix("'") for name, cell in row.items()} for row in found]


def several_in(cell: str) -> list[str]:
    return re.sub(r"\\(.)|; ", lambda match: match[1] or "\0", cell).split("\0")


def test_a_file_is_utf_8_with_a_mark_and_quotes_everything() -> None:
    text = written("csv", [kept(FULL)])
    assert text.encode().startswith(b'\xef\xbb\xbf"key","title"')
    assert all(line.startswith('"') and line.endswith('"') for line in text.removeprefix("\ufeff").splitlines())
    assert text.count("\r\n") == 2


def test_the_columns_are_the_names_of_json() -> None:
    known = jsonl.fields(kept(replace(FULL, keywords=("tea",))))
    assert set(COLUMNS) == set(known)


def test_values_stand_as_json_has_them() -> None:
    source = Source(name="page.txt", kind="text", page_date=None, rank=1, seen="2026-01-02T03:04:05+00:00")
    full = kept(
        replace(FULL, categories=("cs.CL", "cs.LG")), tags=("tea", "a;b"), note="one\n=two", lists=("Bookmarks",)
    )
    (row,) = rows([replace(full, sources=(source,), read=True)])
    assert row["title"] == "On Kettles"
    assert several_in(row["authors"]) == ["Ada van der Soup", "Bo Bread Jr.", "Kettle Team"]
    assert (row["published"], row["arxiv_id"], row["doi"]) == ("2023-06-12", "arXiv:2301.00010", FULL.doi)
    assert (row["bookmarked"], row["read"], row["dismissed"]) == ("true", "true", "false")
    assert several_in(row["tags"]) == ["tea", "a;b"]
    assert (row["note"], row["sources"], row["comments"]) == ("one\n=two", "page.txt", "")


@pytest.mark.parametrize("text", [*NASTY, "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'quoted'", "＝1+1", '"a",b'])
def test_no_cell_begins_as_a_formula_does_and_every_text_comes_back(text: str) -> None:
    paper = kept(Paper(title=text, abstract=text, published=PartialDate(None, 7, 31)), note=f"\t{text}")
    raw = written("csv", [paper]).removeprefix("\ufeff")
    for row in csv.reader(io.StringIO(raw, newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]
    (row_read,) = rows([paper])
    assert (row_read["title"], row_read["abstract"], row_read["note"]) == (text, text, f"\t{text}")
    assert row_read["published"] == "--07-31"


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_titles_and_tags_come_back(texts: list[str]) -> None:
    papers = [replace(paper, tags=tuple(texts)) for paper in several(Paper(title=text) for text in texts)]
    found = rows(papers)
    assert [row["title"] for row in found] == texts
    assert several_in(found[0]["tags"]) == texts
