"""The service's answers to programs: every form of them, and every way to be damaged."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Page, Rejected, document
from reader.paper import Paper, PartialDate
from reader.text import collapse

from . import pages, site_pages
from .site_pages import ITEMS, Item, item

NAMES = st.text(min_size=1, max_size=20).map(collapse).filter(bool)


def expected(number: int = 0, **changes: Any) -> Paper:
    found = {
        "title": site_pages.TITLES[number],
        "abstract": site_pages.ABSTRACTS[number].strip(),
        "authors": ("Ada Soup", "Bo van Bread"),
        "author_count": 2,
        "published": PartialDate(2026, 5, 3),
        "comments": number,
        "upvotes": 10 + number,
        "arxiv_id": f"2401.{number + 1:05}",
        "url": f"https://huggingface.co/papers/2401.{number + 1:05}",
        "links": (),
    }
    return Paper(**{**found, **changes})


PAPERS = [expected(number) for number in range(3)]
BARE = [expected(number, comments=None) for number in range(3)]
FLAT = [each["paper"] for each in ITEMS]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("answer", "papers"),
    [
        (list(ITEMS), PAPERS),
        ({"dailyPapers": list(ITEMS)}, PAPERS),
        ({"papers": list(ITEMS), "total": 3}, PAPERS),
        (FLAT, BARE),
        ({"papers": FLAT}, BARE),
        (ITEMS[0], PAPERS[:1]),
        ({**FLAT[0], "linkedModels": [{"id": "a/b"}], "numTotalModels": 1}, BARE[:1]),
    ],
)
def test_every_form_of_an_answer_is_read(answer: object, papers: list[Paper], indent: int | None) -> None:
    reading = pages.reading(json.dumps(answer, indent=indent))
    assert list(reading) == papers
    assert reading.kind == "Daily Papers JSON"
    assert reading.page == Page(PartialDate(2026, 5, 8), 2026)


def test_items_a_line_are_read_as_a_stream() -> None:
    text = "\n".join(map(json.dumps, ITEMS))
    assert pages.papers(text) == PAPERS
    assert pages.papers("\n".join(map(json.dumps, FLAT))) == BARE
    damaged = text.replace('"title"', '"title', 1)
    first, *others = pages.records(damaged)
    assert isinstance(first, Rejected)
    assert (first.line, others) == (1, PAPERS[1:])


def test_items_a_line_may_be_more_than_fit_into_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGEST_DOCUMENT", 1_500)
    assert pages.papers("\n".join(map(json.dumps, ITEMS))) == PAPERS
    with pytest.raises(UnreadableInput, match=r"^page\.txt is larger than"):
        pages.records(json.dumps(list(ITEMS)))


def test_all_that_the_service_knows_is_read() -> None:
    (paper,) = pages.papers(
        json.dumps(
            [
                item(
                    0,
                    summary="Teapots\n  boil {approx}5{times}. See https://x.org/a and https://github.com/a/b.",
                    ai_summary="They  boil.",
                    ai_keywords=["teapots", " boiling ", "", "teapots", 5],
                    githubRepo="https://github.com/tea/pots",
                    projectPage="https://pots.org",
                    organization={"name": "soup", "fullname": "University of Soup"},
                    upvotes=0,
                )
            ]
        )
    )
    assert paper == expected(
        abstract="Teapots boil {approx}5{times}. See https://x.org/a and https://github.com/a/b.",
        summary="They boil.",
        keywords=("teapots", "boiling"),
        links=("https://github.com/tea/pots", "https://pots.org", "https://github.com/a/b", "https://x.org/a"),
        organization="University of Soup",
        upvotes=0,
    )


def test_an_organization_may_stand_on_the_wrapper() -> None:
    (paper,) = pages.papers(json.dumps([{**ITEMS[0], "organization": {"name": "soup"}}]))
    assert paper.organization == "soup"


def test_what_its_command_line_prints_is_read_without_its_wrong_days() -> None:
    printed = {
        "id": "2401.00001",
        "authors": [{"name": "Ada Soup", "user": None, "hidden": False}],
        "published_at": "2026-05-03T00:00:00+00:00",
        "title": "Teapots That Listen",
        "summary": "They do.",
        "upvotes": None,
        "comments": 4,
        "submitted_at": "2026-05-02T20:00:00+00:00",
        "github_repo": "https://github.com/tea/pots",
        "project_page": None,
        "ai_keywords": None,
    }
    reading = pages.reading(json.dumps([printed, {**printed, "id": "2401.00002"}]))
    paper, _ = reading
    assert paper == Paper(
        title="Teapots That Listen",
        abstract="They do.",
        authors=("Ada Soup",),
        author_count=1,
        published=PartialDate(2026, 5, 3),
        comments=4,
        arxiv_id="2401.00001",
        url="https://huggingface.co/papers/2401.00001",
        links=("https://github.com/tea/pots",),
    )
    assert reading.page.printed_date is None


def test_the_day_of_the_wrapper_is_never_taken_for_the_papers() -> None:
    (paper,) = pages.papers(json.dumps([item(0, publishedAt=None)]))
    assert paper.published is None


def test_the_newest_day_on_which_an_item_was_listed_dates_the_answer() -> None:
    days = ["2026-05-07T23:59:59.000Z", None, "2026-05-08T00:00:00.000Z", "no day", 5]
    reading = pages.reading(json.dumps([item(0, submittedOnDailyAt=day) for day in days]))
    assert len(list(reading)) == 5
    assert reading.page.printed_date == PartialDate(2026, 5, 8)


def test_every_field_but_the_title_may_be_missing_null_or_of_a_wrong_type() -> None:
    bare = Paper(title="A Title", arxiv_id="2401.00001", url="https://huggingface.co/papers/2401.00001")
    wrong = [None, 5, -1, 1.5, True, "x", [], [5], {}, {"name": 5}]
    for name in (set(item(0)["paper"]) | {"organization", "ai_summary", "githubRepo"}) - {"id", "title", "summary"}:
        for value in wrong:
            (paper,) = pages.papers(json.dumps([{"paper": {"id": "2401.00001", "title": "A Title", name: value}}]))
            assert (paper.title, paper.arxiv_id, paper.abstract) == (bare.title, bare.arxiv_id, None)
    assert pages.papers('[{"paper": {"id": "2401.00001", "title": "A Title"}}]') == [bare]


def test_one_nameless_author_leaves_the_names_unknown_and_their_number_known() -> None:
    (paper,) = pages.papers(json.dumps([item(0, authors=[{"name": "Ada"}, {"name": " "}, 5])]))
    assert (paper.authors, paper.author_count) == (None, 3)


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        ("5", "item 2 is no JSON object"),
        ("null", "item 2 is no JSON object"),
        ('{"title": "T"}', "item 2 is no paper: it has neither an id nor a paper in it"),
        ('{"paper": {"id": "2401.00009"}}', "item 2 has no title"),
        ('{"paper": {"id": "2401.00009", "title": 5}}', "item 2 has no title"),
        ('{"paper": {"id": 2401.00010, "title": "T"}}', "item 2 has a number as its id, which loses the zeros of an"),
        ('{"paper": {"id": "2401.00009" "title": "T"}}', "item 2 is damaged at line 2: Expecting ',' delimiter"),
        ('{"paper": {"id": "2401.00009}}', "item 2 is damaged at line 2: "),
        ('{"paper": ' + "[" * 10_000 + "]" * 10_000 + "}", "item 2 is nested too deeply"),
    ],
)
def test_an_item_that_is_no_paper_is_rejected_with_its_place_and_the_others_are_read(damaged: str, reason: str) -> None:
    first, second, third = (json.dumps(each) for each in ITEMS)
    found = pages.records(f"[{first},\n{damaged},\n{second},\n{third}]")
    rejected = [record for record in found if isinstance(record, Rejected)]
    assert [record.line for record in rejected] == [2]
    assert rejected[0].reason.startswith(reason)
    assert [record for record in found if isinstance(record, Paper)] == PAPERS
    assert "2401.00009" in rejected[0].text or "2401.00009" not in damaged


@pytest.mark.parametrize("depth", range(600, 1_000, 7))
def test_an_item_of_any_depth_is_read_or_rejected(depth: int) -> None:
    found = pages.records(f'[{{"paper": {{"id": "2401.00001", "x": {"[" * depth}{"]" * depth}}}}}]')
    assert [type(record) for record in found] == [Rejected]


def test_characters_that_are_no_text_are_replaced_and_numbers_without_measure_unknown() -> None:
    (paper,) = pages.papers('[{"paper": {"id": "2401.00001", "title": "a \\ud800 b", "upvotes": NaN}, "numComments": 1'
                            + "0" * 5_000 + "}]")  # fmt: skip
    assert (paper.title, paper.upvotes, paper.comments) == ("a \ufffd b", None, None)


def test_models_and_datasets_among_the_items_of_a_collection_are_passed_over() -> None:
    found = [{"type": "model", "id": "a/b"}, {"type": "paper", **FLAT[0]}, {"type": "dataset", "id": "c/d"}]
    assert pages.papers(json.dumps(found)) == BARE[:1]
    assert pages.papers(json.dumps({"collection": {"items": found}})) == BARE[:1]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("[]", "page.txt is an answer with no papers, as a page past the end has it"),
        ("\n[ ]\n", "page.txt is an answer with no papers, as a page past the end has it"),
        ('{"dailyPapers": []}', "page.txt is an answer with no papers, as a page past the end has it"),
        ('{"error": "The  day is\\nto come"}', "page.txt holds no papers: the service answered “The day is to come”"),
    ],
)
def test_an_answer_without_papers_is_refused_for_what_it_says(answer: str, message: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        pages.records(answer)
    assert caught.value.message == message
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "x"}]',
        '["a", "b"]',
        '{"error": "x", "level": 3, "a": 1, "b": 2, "c": 3, "d": 4, "e": 5}',
        "[101](https://example.org/papers)",
    ],
)
def test_json_of_another_kind_is_not_taken_for_an_answer(text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"^page\.txt is no listing page"):
        pages.records(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('[{"id": "x", "type": "article", "title": "A Title", "author": []}]', "CSL-JSON"),
        ('[{"id": "2401.00001", "title": "A Title", "abstract": "Of another kind."}]', "arXiv metadata"),
    ],
)
def test_what_other_formats_know_better_is_left_to_them(text: str, kind: str) -> None:
    assert pages.reading(text).kind == kind


def test_the_projects_own_json_lines_stay_what_they_are() -> None:
    assert pages.reading('{"key": "a", "title": "t", "upvotes": 3, "id": "2401.00001"}').kind == "JSON Lines"


def test_an_answer_may_be_in_any_encoding_packed_and_in_parts() -> None:
    text = json.dumps(list(ITEMS), ensure_ascii=False)
    for content in (f"\ufeff{text}".encode(), text.encode("utf-16"), gzip.compress(text.encode())):
        assert pages.papers(content) == PAPERS
    assert pages.papers(f"{text}\n{text}") == PAPERS * 2
    packed = gzip.compress(json.dumps([item(number % 3) for number in range(200)]).encode(), 0)
    *_, last = pages.records(packed[: len(packed) // 2])
    assert isinstance(last, Rejected)
    assert last.reason == "the packed file breaks off here"


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("answer", [list(ITEMS), {"dailyPapers": list(ITEMS)}], ids=["list", "object"])
def test_an_answer_that_is_cut_anywhere_gives_the_papers_before_the_cut(answer: object, indent: int | None) -> None:
    text = json.dumps(answer, indent=indent)
    most = 0
    for cut in [*range(1, len(text), 7), len(text) - 1]:
        try:
            found = pages.records(text[:cut])
        except UnreadableInput:
            assert cut < 100
            continue
        papers = [record for record in found if isinstance(record, Paper)]
        assert papers == PAPERS[: len(papers)]
        assert any(isinstance(record, Rejected) for record in found) or len(papers) == 3
        assert len(papers) >= most
        most = len(papers)
    assert most == 3


@st.composite
def made_up(draw: st.DrawFn) -> tuple[Item, Paper, date | None]:
    """An item, the paper it stands for, and the day it was listed."""
    names = draw(st.lists(NAMES, max_size=3))
    title, abstract = draw(NAMES), draw(st.none() | st.text(max_size=60).map(collapse))
    votes, comments = draw(st.none() | st.integers(0, 9**9)), draw(st.none() | st.integers(0, 99))
    published, listed = draw(st.none() | st.dates()), draw(st.none() | st.dates())
    keywords = draw(st.none() | st.lists(NAMES, max_size=3, unique=True))
    arxiv_id = f"{draw(st.integers(1501, 1512))}.{draw(st.integers(0, 99999)):05}"
    members = {
        "id": arxiv_id,
        "title": title,
        "summary": abstract,
        "upvotes": votes,
        "authors": [{"name": name} for name in names],
        "publishedAt": None if published is None else f"{published}T00:00:00.000Z",
        "submittedOnDailyAt": None if listed is None else f"{listed}T12:00:00.000Z",
        "ai_keywords": keywords,
        "githubRepo": "https://github.com/a/b",
    }
    kept = {name: value for name, value in members.items() if value is not None or draw(st.booleans())}
    paper = Paper(
        title=title,
        abstract=abstract or None,
        authors=tuple(names) or None,
        author_count=len(names) or None,
        published=None if published is None else PartialDate.of(published),
        comments=comments,
        upvotes=votes,
        arxiv_id=arxiv_id,
        url=f"https://huggingface.co/papers/{arxiv_id}",
        links=("https://github.com/a/b",),
        keywords=None if keywords is None else tuple(keywords),
    )
    return {"paper": kept, "numComments": comments}, paper, listed


made_up_lists = st.lists(made_up().filter(lambda each: "http" not in (each[1].abstract or "")), min_size=1, max_size=4)


@settings(max_examples=60)
@given(made_up_lists, st.sampled_from([None, 1]), st.booleans())
def test_any_papers_come_back_out_of_an_answer(
    made: list[tuple[Item, Paper, date | None]], indent: int | None, ascii_only: bool
) -> None:
    items = [each for each, _, _ in made]
    days = [day for _, _, day in made if day is not None]
    reading = pages.reading(json.dumps(items, indent=indent, ensure_ascii=ascii_only).encode(errors="surrogatepass"))
    assert list(reading) == [paper for _, paper, _ in made]
    assert reading.page.printed_date == (PartialDate.of(max(days)) if days else None)
    if indent is None:
        assert pages.papers("\n".join(json.dumps(each) for each in items)) == [paper for _, paper, _ in made]


@settings(max_examples=60)
@given(made_up_lists)
def test_any_papers_come_back_out_of_a_saved_page(made: list[tuple[Item, Paper, date | None]]) -> None:
    text = site_pages.page(site_pages.element("DailyPapers", {"dailyPapers": [each for each, _, _ in made]}))
    papers = list(dict.fromkeys(paper for _, paper, _ in made))
    assert pages.papers(text) == papers
