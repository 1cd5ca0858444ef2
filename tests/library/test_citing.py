"""One paper as a text to be pasted."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from reader.errors import UsageError
from reader.library import cite, cite_several, forms
from reader.paper import Paper, PartialDate, StoredPaper

ADDRESS = "https://arxiv.org/abs/2512.00001"


def stored(**known: object) -> StoredPaper:
    return StoredPaper(key="abcdefabcdefabcd", paper=Paper(**known), sources=(), added="2026-01-01")  # type: ignore[arg-type]


FULL = stored(
    title="Teapots That Listen",
    abstract="They do.",
    authors=("Ada Spout", "Bob Handle", "Cy Lid"),
    published=PartialDate(2025, 12, 24),
    arxiv_id="2512.00001",
    links=("https://github.com/a/b",),
)


def test_an_address_is_offered_where_there_is_one_and_bibtex_once_it_can_be_exported() -> None:
    assert forms(FULL)[:4] == ("address", "title", "citation", "markdown")
    assert forms(stored(title="a"))[:2] == ("title", "citation")
    assert "json" in forms(FULL)


def test_an_address_is_that_of_the_paper_and_not_of_its_code() -> None:
    assert cite(FULL, "address") == "https://arxiv.org/abs/2512.00001"
    assert cite(FULL, "title") == "Teapots That Listen"


@pytest.mark.parametrize(
    ("paper", "citation"),
    [
        (
            FULL,
            f"Ada Spout, Bob Handle and Cy Lid (2025). Teapots That Listen. arXiv:2512.00001. {ADDRESS}",
        ),
        (stored(title="Do Clouds Have Edges?"), "Do Clouds Have Edges?"),
        (
            stored(title="A", authors=("B",), author_count=9, doi="10.1/x"),
            "B et al. A. doi:10.1/x. https://doi.org/10.1/x",
        ),
        (stored(title="A", published=PartialDate(2025), published_inferred=True), "A."),
    ],
)
def test_a_citation_says_what_is_known(paper: StoredPaper, citation: str) -> None:
    assert cite(paper, "citation") == citation


def test_formats_give_an_entry_alone() -> None:
    entry = cite(FULL, "markdown")
    assert entry.startswith(f"[Teapots That Listen]({ADDRESS})\n\nAda Spout")
    assert entry.endswith("<https://github.com/a/b>")
    assert "reader:" not in entry
    assert json.loads(cite(FULL, "json"))["title"] == "Teapots That Listen"
    for form in forms(FULL):
        assert not cite(FULL, form).endswith("\n")


def test_another_form_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be copied as 'address'"):
        cite(stored(title="a"), "address")


def test_several_papers_follow_one_another_and_those_that_cannot_be_copied_so_are_passed_over() -> None:
    several = [FULL, stored(title="No address"), replace(FULL, key="b" * 16)]
    assert cite_several(several, "address") == f"{ADDRESS}\n{ADDRESS}"
    assert cite_several(several, "title").split("\n") == ["Teapots That Listen", "No address", "Teapots That Listen"]
    assert cite_several(several[1:2], "address") == ""
    assert [json.loads(line)["title"] for line in cite_several(several, "json").splitlines()][1] == "No address"
    keys = re.findall(r"@\w+\{(.+),", cite_several(several, "bibtex"))
    assert len(set(keys)) == len(keys) == 3
    assert cite_several(several, "markdown").split("\n\n").count(cite(FULL, "markdown").split("\n\n", 1)[0]) == 2
