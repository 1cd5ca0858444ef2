"""A digest in each of its forms."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from export.kept import FULL, NASTY, kept, several
from reader.export.digest import FORMATS, Digest, Group
from reader.paper import Paper, PartialDate

DAY = PartialDate(2026, 3, 1)
LONG = Paper(title="Long", abstract="word " * 200, comments=3)
DIGEST = Digest(
    PartialDate(2026, 2, 22),
    "kettles",
    (
        Group(DAY, "pages/one.txt", 12, (kept(LONG), kept(FULL, "b" * 16))),
        Group(PartialDate(2026, 2, 28), "two.txt", 1, (kept(Paper(title="Alone"), "c" * 16),)),
    ),
)


def text_of(form: str, digest: Digest = DIGEST) -> str:
    made = "".join(FORMATS[form](digest))
    if form == "markdown":
        made = MarkdownIt("commonmark").render(made)
    if form == "text":
        return " ".join(made.split())
    body = LexborHTMLParser(made).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())


@pytest.mark.parametrize("form", FORMATS)
def test_it_says_what_is_new_in_order_and_how_to_see_more(form: str) -> None:
    shown = text_of(form)
    expected = (
        "New since Feb 22, 2026: kettles", "Mar 1, 2026 · one.txt · 12 papers", "Long", "3 comments", "word word …",
        "On Kettles", "Ada van der Soup", "… and 10 more.", "Feb 28, 2026 · two.txt · 1 paper", "Alone",
    )  # fmt: skip
    places = [shown.index(part) for part in expected]
    assert places == sorted(places)
    assert len(shown) < 1200


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_it_names_the_keys(form: str) -> None:
    assert "bbbbbb" in text_of(form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", NASTY)
def test_any_text_is_only_text(form: str, text: str) -> None:
    group = Group(DAY, "page.txt", 1, tuple(several([Paper(title=text, abstract=text)])))
    assert text_of(form, Digest(DAY, text, (group,))).count(" ".join(text.split())) >= 2


def test_it_counts_what_is_new_shown_or_not() -> None:
    assert DIGEST.count == 13


def test_titles_lead_where_those_of_reading_lists_do() -> None:
    group = Group(DAY, "page.txt", 1, (kept(Paper(title="Alone", arxiv_id="2401.00001")),))
    shown = "".join(FORMATS["markdown"](Digest(DAY, None, (group,))))
    assert "\n### [Alone](https://arxiv.org/abs/2401.00001)\n" in shown
