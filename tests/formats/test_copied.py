from __future__ import annotations

import gzip
import random
from dataclasses import replace

import pytest

from reader.formats import Rejected
from reader.formats.decoration import pieces, undecorated
from reader.formats.lines import Line
from reader.paper import Paper, PartialDate

from . import layouts, pages
from .test_layouts import CARDS, expected

PROSE = " ".join(["We weigh forty tureens and find that most of them weigh more when they are full."] * 4)


def plain(cards: tuple[layouts.Card, ...] = CARDS) -> list[Paper]:
    return expected(cards, (), linked=False)


@pytest.mark.parametrize("first", ["copied", "dumped", "firecrawl", "html2text", "jina"])
@pytest.mark.parametrize("second", ["copied", "dumped", "plain", "firecrawl", "lynx", "trending_text"])
def test_of_two_pages_in_one_file_both_are_read(first: str, second: str) -> None:
    texts = [getattr(layouts, name)(CARDS, random.Random(1)) for name in (first, second)]
    found = pages.records("\n\n".join(texts))
    titles = [record.title for record in found if isinstance(record, Paper)]
    assert titles == [card.title for card in CARDS] * 2


@pytest.mark.parametrize("title", ["3 authors", "Community", "May 4, 2020", "Models"])
def test_a_title_that_looks_like_a_fact_is_one_where_a_title_is_due(title: str) -> None:
    cards = [replace(CARDS[0], title=title, abstract=PROSE, comments=None), *CARDS[1:]]
    found = pages.records(layouts.copied(cards, random.Random(1)))
    assert [record.title for record in found if isinstance(record, Paper)] == [card.title for card in cards]


@pytest.mark.parametrize(
    ("printed", "day", "comments"),
    [
        ("Aug 30, 20213", "2021-08-30", 3),
        ("May 296", "--05-29", 6),
        ("Oct 83", "--10-08", 3),
        ("Oct 12", "--10-12", None),
    ],
)
def test_a_comment_count_may_be_glued_to_its_date(printed: str, day: str, comments: int | None) -> None:
    (paper,) = pages.papers(pages.paragraph_page([(*pages.CARDS[0], f"  • 2 authors\n·\n{printed}")]))
    assert (str(paper.published), paper.comments) == (day, comments)


@pytest.mark.parametrize("period", ["Week 40", "2026-W40", "Sep 28 - Oct 4", "May 2026"])
def test_the_week_or_month_of_a_page_is_no_title(period: str) -> None:
    assert pages.papers(layouts.copied(CARDS, random.Random(1)).replace("Oct 2", period)) == plain()
    text = pages.paragraph_page(pages.CARDS).replace("Dec 26", period)
    assert pages.pairs(pages.papers(text)) == list(pages.CARDS)
    assert pages.pairs(pages.papers(text.replace("\n\n", "\n"))) == list(pages.CARDS)


def test_the_number_of_a_page_is_no_comment_count() -> None:
    cards = [*CARDS[:2], replace(CARDS[2], comments=None)]
    assert pages.papers(layouts.copied(cards, random.Random(1)))[-1].comments is None


def test_a_submitter_on_the_line_above_a_title_is_no_part_of_it() -> None:
    page = layouts.copied(CARDS, random.Random(1)).replace(
        f"\n{CARDS[1].votes}\n\n{CARDS[1].title}", f"\nSubmitted by\nsomebody\n{CARDS[1].title}"
    )
    assert [paper.title for paper in pages.papers(page)] == [card.title for card in CARDS]


def test_a_text_without_a_title_between_votes_and_authors_is_no_title() -> None:
    page = layouts.copied(CARDS, random.Random(1)).replace(f"{CARDS[1].title}\n\n", "")
    found = pages.records(page)
    assert [record.title for record in found if isinstance(record, Paper)] == [CARDS[0].title, CARDS[2].title]
    assert any(isinstance(record, Rejected) and CARDS[1].abstract in record.text for record in found)


@pytest.mark.parametrize(
    "broken", ["the\n[long\nread](https://example.org/a)", "the [long\nread](https://example.org/a)"]
)
def test_a_link_broken_within_prose_leaves_no_bracket(broken: str) -> None:
    page = layouts.trending_links(CARDS, random.Random(3)).replace(CARDS[0].abstract, f"{PROSE} See {broken} of it.")
    paper = pages.papers(page)[0]
    assert paper.abstract == f"{PROSE} See the long read of it."


def test_an_address_broken_by_a_converter_is_one_address() -> None:
    page = layouts.firecrawl(CARDS, random.Random(1)).replace(
        "(https://cdn.example.org/", "(https://cdn-\nexample.org/"
    )
    assert pages.papers(page) == expected(CARDS, (), linked=True)


def test_an_arxiv_id_behind_the_link_to_arxiv_is_the_papers() -> None:
    page = layouts.trending_text(CARDS, random.Random(1))
    for card in CARDS:
        head, tail = page.split(card.title, 1)
        page = f"{head}{card.title}" + tail.replace("arXiv Page", f"[arXiv](https://arxiv.org/abs/{card.arxiv_id})", 2)
        page = page.replace(
            f"[arXiv](https://arxiv.org/abs/{card.arxiv_id})", f"[arXiv Page](https://arxiv.org/abs/{card.arxiv_id})"
        )
    assert [paper.arxiv_id for paper in pages.papers(page)] == [card.arxiv_id for card in CARDS]


def test_the_references_of_a_packed_file_of_any_length_are_resolved() -> None:
    cards = [replace(CARDS[0], title=f"Teapots That Listen, Part {n}", arxiv_id=f"2401.{n:05}") for n in range(1, 400)]
    text = layouts.references(cards, random.Random(1))
    assert text.count("\n") > 2_000
    assert pages.records(gzip.compress(text.encode())) == [card.paper() for card in cards]


def test_only_the_end_of_a_long_packed_file_is_kept_for_its_references(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [replace(CARDS[0], title=f"Teapots That Listen, Part {n}", arxiv_id=f"2401.{n:05}") for n in range(1, 400)]
    text = layouts.references(cards, random.Random(1))
    monkeypatch.setattr("reader.formats.detection._TAIL_BYTES", len(text) * 3 // 4)
    assert pages.records(gzip.compress(text.encode())) == [card.paper() for card in cards]


@pytest.mark.parametrize("name", ["dumped", "firecrawl", "trending_markdown"])
def test_the_marks_of_a_division_between_two_cards_are_no_part_of_either(name: str) -> None:
    text = getattr(layouts, name)(CARDS, random.Random(1))
    at = text.rindex("\n", 0, text.index(CARDS[1].title))
    assert pages.records(f"{text[:at]}\n:::\n\n::: {{.card}}{text[at:]}") == pages.records(text)


@pytest.mark.parametrize(
    ("line", "text", "target"),
    [
        ("/papers/2401.00001", "", "https://huggingface.co/papers/2401.00001"),
        ("**Teapots That Listen**", "Teapots That Listen", None),
        ("**Teapots** That **Listen**", "**Teapots** That **Listen**", None),
    ],
)
def test_a_line_loses_its_decoration(line: str, text: str, target: str | None) -> None:
    assert undecorated(line, {})[:2] == (text, target)


def test_a_page_of_rules_alone_has_no_pieces() -> None:
    assert list(pieces([Line(1, "---"), Line(2, "===")], {}, lambda *_: False)) == []


def test_of_a_paragraph_longer_than_any_text_the_beginning_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.formats.decoration.LONGEST", len(PROSE) - 1)
    (piece,) = pieces([Line(1, PROSE), Line(2, "And so on.")], {}, lambda *_: False)
    assert (piece.text, piece.whole) == (PROSE, False)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_card_whose_facts_stand_on_lines_of_their_own_is_one_card(gap: str) -> None:
    lines = ["A Title", "Paper", "•", "2309.16588", "•", "Published Sep 28, 2023", "•", "82"]
    lines += ["Another Title", "Paper", "•", "2401.00001", "•", "7"]
    assert pages.records(gap.join(lines)) == [
        Paper(title="A Title", arxiv_id="2309.16588", published=PartialDate(2023, 9, 28), upvotes=82),
        Paper(title="Another Title", arxiv_id="2401.00001", upvotes=7),
    ]
