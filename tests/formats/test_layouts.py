"""Whatever made-up papers a page holds, in whatever way it was saved, reading it gives those papers back."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Rejected
from reader.formats.reading import Record
from reader.paper import Paper, PartialDate

from . import layouts, pages
from .layouts import Card

WORDS = (
    "soup",
    "tureen",
    "ladle",
    "of",
    "the",
    "hot",
    "[Re]",
    "$x_1$",
    "10\\%",
    "(thin)",
    "a-b",
    "naïve",
    "3D",
    "Über",
)
LAYOUTS: dict[str, tuple[layouts.Renderer, str, tuple[str, ...], bool]] = {
    # renderer, kind, the fields it does not print, whether it prints addresses
    "firecrawl": (layouts.firecrawl, "Markdown page", (), True),
    "references": (layouts.references, "page with references", (), True),
    "unlisted": (layouts.unlisted, "page with references", (), False),
    "lynx": (layouts.lynx, "page with references", (), True),
    "addressed": (layouts.addressed, "page with addresses", (), True),
    "trending_markdown": (layouts.trending_markdown, "Markdown page", ("comments",), True),
    "trending_links": (
        layouts.trending_links,
        "Markdown page",
        ("comments", "upvotes", "published", "organization"),
        False,
    ),
    "trending_text": (layouts.trending_text, "trending page", ("comments",), False),
    "html2text": (layouts.html2text, "Markdown page", (), True),
    "jina": (layouts.jina, "Markdown page", (), True),
    "plain": (layouts.plain, "page of cards", (), False),
    "trailing": (layouts.trailing, "Markdown page", (), True),
    "by_lines": (layouts.by_lines, "page of lines", (), False),
    "copied": (layouts.copied, "page of cards", (), False),
    "stripped": (layouts.stripped, "page of lines", (), False),
    "dumped": (layouts.dumped, "page of cards", (), False),
}
CARDS = (
    Card(
        title="Teapots That Listen at Length",
        abstract="Teapots listen." + " They do." * 40,
        arxiv_id="2401.00001",
        author_count=3,
        published=PartialDate(None, 5, 29),
        comments=6,
        upvotes=101,
    ),
    Card(
        title="[Re] On the Width of Corridors",
        abstract="Corridors are narrow." + " They are." * 40,
        arxiv_id="2402.10002",
        organization="University of Soup",
        published=PartialDate(2025, 2, 27),
    ),
    Card(
        title="Do Clouds Have Edges?",
        abstract="Nobody asked." + " We did." * 40,
        arxiv_id="2403.00003",
        author_count=671,
        published=PartialDate(2024, 8, 30),
        comments=2,
        upvotes=7,
    ),
)
DECORATION = (
    *(
        "[",
        "]",
        "](",
        "][1]",
        "![",
        "](https://huggingface.co/papers/2401.00001)",
        "### ",
        "* ",
        "- ",
        "\\",
        "\n",
        "\n\n",
    ),
    *("Submitted by", "new", "12", "·", "May 4", "3 authors", "Upvote", "https://huggingface.co/papers/2401.00001"),
    *("a title", "an abstract that ends.", "[1] ", "<a>", "====", "Abstract", "arxiv:2401.00001", "Authors:", ","),
    *("Title: x", "\0", "\ufeff", "Paper • 2401.00001 • Published Jan 1, 2024 • 82", "GitHub 11k"),
)


def sentence(words: Sequence[str]) -> str:
    return " ".join(words).replace("[Re]", "(re)").capitalize() + "."


def title(words: Sequence[str]) -> str:
    first, *others = words
    return " ".join([first.capitalize() if first != "[Re]" else first, *(w for w in others if w != "[Re]"), "Soup"])


dates = st.one_of(
    st.dates(date(1995, 1, 1), date(2026, 10, 1)).map(PartialDate.of),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: PartialDate(None, day.month, day.day)),
)


@st.composite
def cards(draw: st.DrawFn) -> list[Card]:
    numbers = draw(st.lists(st.integers(1, 99_999), min_size=1, max_size=5, unique=True))
    return [
        Card(
            title=f"{title(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14)))} {number}th",
            abstract=sentence(draw(st.lists(st.sampled_from(WORDS), min_size=70, max_size=110))),
            arxiv_id=f"2401.{number:05}",
            **draw(
                st.fixed_dictionaries({"author_count": st.integers(1, 900)})
                | st.fixed_dictionaries({"organization": st.sampled_from(["Soup", "University of Soup", "OCC"])})
            ),
            published=draw(dates),
            comments=draw(st.none() | st.integers(1, 99)),
            upvotes=draw(st.none() | st.integers(0, 999)),
        )
        for number in numbers
    ]


def expected(found: Sequence[Card], missing: tuple[str, ...], *, linked: bool) -> list[Paper]:
    return [card.paper(linked=linked) for card in layouts.without(found, *missing)]


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=25)
@given(cards(), st.randoms(use_true_random=False))
def test_any_papers_in_any_layout_are_read_back_with_all_that_is_printed(
    name: str, found: list[Card], chance: random.Random
) -> None:
    render, kind, missing, linked = LAYOUTS[name]
    page = pages.reading(render(found, chance))
    assert list(page) == expected(found, missing, linked=linked)
    assert page.kind == kind


@settings(max_examples=25)
@given(cards(), st.randoms(use_true_random=False), st.sampled_from(["\n", "\n\n"]))
def test_the_page_of_a_day_gives_titles_without_abstracts(found: list[Card], chance: random.Random, gap: str) -> None:
    page = pages.reading(layouts.of_a_day(found, chance).replace("\n", gap))
    want = [replace(card.paper(linked=False), abstract=None, links=None, published=None) for card in found]
    assert list(page) == want


@pytest.mark.parametrize("name", ["trending_markdown", "trending_links", "trending_text"])
def test_a_short_text_on_a_trending_page_is_a_summary_and_no_abstract(name: str) -> None:
    render, _, missing, linked = LAYOUTS[name]
    short = [replace(card, abstract="A teapot is shown to listen, which makes better tea.") for card in CARDS]
    want = [card.paper(linked=linked, summary=True) for card in layouts.without(short, *missing)]
    assert pages.records(render(short, random.Random(1))) == want


def test_a_short_abstract_elsewhere_is_an_abstract() -> None:
    short = [replace(card, abstract="A teapot is shown to listen, which makes better tea.") for card in CARDS]
    for name in ("firecrawl", "references", "addressed", "jina"):
        assert pages.records(LAYOUTS[name][0](short, random.Random(1))) == [card.paper() for card in short]


def test_a_page_date_is_read_in_every_layout_of_a_daily_page() -> None:
    days = {}
    for name in ("firecrawl", "references", "unlisted", "lynx", "addressed", "html2text", "jina", "plain"):
        page = pages.reading(LAYOUTS[name][0](CARDS, random.Random(1)))
        list(page)
        days[name] = str(page.page.printed_date)
    assert days == dict.fromkeys(days, "--10-02") | dict.fromkeys(("references", "unlisted"), "--06-29") | {
        "addressed": "--03-25"
    }


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_page_in_any_encoding_gives_the_same_papers(name: str) -> None:
    render, _, missing, linked = LAYOUTS[name]
    text = render(CARDS, random.Random(1)).replace("图片：无替代文本", "image sans légende").replace("图片：", "image ")
    want = expected(CARDS, missing, linked=linked)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
        for end in ("\n", "\r\n", "\r"):
            assert pages.records(text.replace("\n", end).encode(encoding)) == want


def test_menus_in_any_language_before_the_header_are_passed_over() -> None:
    menu = "\n\n".join(f"[![图片：无替代文本](https://x.org/{n}.png) 菜单 {n}](https://x.org/{n})" for n in range(60))
    for name in ("firecrawl", "trending_markdown"):
        render, _, missing, linked = LAYOUTS[name]
        assert pages.records(f"{menu}\n\n{render(CARDS, random.Random(1))}") == expected(CARDS, missing, linked=linked)


def test_a_footer_that_is_not_known_is_one_reject_and_not_dozens() -> None:
    footer = "\n\n".join(f"Ein unbekannter Satz, der hier steht, Nummer {n}" for n in range(30))
    found = pages.records(f"{layouts.firecrawl(CARDS, random.Random(1))}\n\n{footer}")
    assert found[:3] == [card.paper() for card in CARDS]
    (rejected,) = found[3:]
    assert isinstance(rejected, Rejected)
    assert (rejected.reason, rejected.text.count("\n")) == ("text that follows no title", 29)


def test_a_title_that_is_a_link_is_a_paper_even_without_an_abstract() -> None:
    page = layouts.firecrawl(CARDS, random.Random(1)).replace(f"[{CARDS[1].abstract}]({CARDS[1].url})\n\n", "")
    found = pages.records(page)
    assert [record.title for record in found if isinstance(record, Paper)] == [card.title for card in CARDS]


def test_a_heading_without_link_or_text_is_rejected() -> None:
    page = layouts.trending_links(CARDS, random.Random(1)) + "\n\n### A Lone Heading"
    assert isinstance(pages.records(page)[-1], Rejected)


def test_labelled_upvotes_before_the_titles_belong_to_the_titles_they_precede() -> None:
    page = layouts.firecrawl(CARDS, random.Random(1)).replace("[101](", "[Upvote 101](").replace("[7](", "[Upvote 7](")
    found = [record for record in pages.records(page) if isinstance(record, Paper)]
    assert [paper.upvotes for paper in found] == [101, None, 7]


@pytest.mark.parametrize("name", [*LAYOUTS, "related", "saved_html"])
def test_a_page_cut_anywhere_raises_nothing_else(name: str) -> None:
    render = LAYOUTS[name][0] if name in LAYOUTS else getattr(layouts, name)
    short = [replace(card, abstract=card.abstract[:60].rsplit(" ", 1)[0] + ".") for card in CARDS[:2]]
    whole = render(short, random.Random(1)).encode()
    for end in range(len(whole)):
        with contextlib.suppress(UnreadableInput):
            assert _sane(pages.records(whole[:end]))


@pytest.mark.parametrize("name", [*LAYOUTS, "related"])
@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_shuffled_lines_raise_nothing_and_invent_no_paper_called_submitted_by(name: str, chance: random.Random) -> None:
    render: Callable[..., str] = LAYOUTS[name][0] if name in LAYOUTS else layouts.related
    lines = ("Submitted by\nsomebody\n" + render(CARDS, random.Random(1))).split("\n")
    chance.shuffle(lines)
    with contextlib.suppress(UnreadableInput):
        assert _sane(pages.records("\n".join(lines)))


def _sane(found: list[Record]) -> bool:
    titles = [record.title for record in found if isinstance(record, Paper)]
    return not {"Submitted by", "Subscribe", "new", "", "Upvote"} & set(titles)


@given(st.lists(st.sampled_from(DECORATION), max_size=60))
def test_any_mixture_of_decoration_is_read_or_refused(parts: list[str]) -> None:
    for header in ("", pages.PARAGRAPH_HEADER, "### [A](https://huggingface.co/papers/2401.00001)\n\n" * 2):
        with contextlib.suppress(UnreadableInput):
            pages.records(header + "".join(parts))
