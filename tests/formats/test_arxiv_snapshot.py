"""The snapshot of arXiv's metadata: every key, every odd value, and what tells it from other JSON."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.export.jsonl import fields
from reader.formats import Page, Rejected
from reader.paper import MONTHS, Paper, PartialDate, StoredPaper
from reader.text import collapse

from . import pages
from .arxiv_files import ROW, row, snapshot

KETTLES = Paper(
    title="On Kettles that Whistle $x^2$",
    abstract="We boil $n$ kettles, 99\\% of which whistle; see https://soup.example/kettles.",
    authors=("Ada Soup", "Bo Bread Jr."),
    author_count=2,
    published=PartialDate(2023, 1, 2),
    arxiv_id="2301.00010",
    arxiv_version=2,
    doi="10.1000/kettle.1",
    url="https://arxiv.org/abs/2301.00010",
    categories=("cs.LG", "math.CO"),
    links=("https://github.com/soup/kettle", "https://soup.example/kettles"),
)


def read(**members: Any) -> Paper:
    (paper,) = pages.papers(snapshot(row(**members)))
    return paper


def rejection(**members: Any) -> str:
    good, bad = pages.records(snapshot(ROW, row(**members)))
    assert good == KETTLES
    assert isinstance(bad, Rejected)
    assert bad.line == 2
    return bad.reason


def test_every_key_of_a_row_is_read() -> None:
    reading = pages.reading(snapshot(ROW))
    assert list(reading) == [KETTLES]
    assert (reading.kind, reading.page) == ("arXiv metadata", Page(None, None))


def test_every_key_but_the_title_may_be_missing_or_null() -> None:
    nulls: dict[str, Any] = dict.fromkeys(ROW)
    assert read(**(nulls | {"title": "Bare"})) == Paper(title="Bare")
    assert pages.papers(snapshot(ROW, {"title": "Bare"})) == [KETTLES, Paper(title="Bare")]


def test_the_order_of_keys_means_nothing() -> None:
    keys = sorted(ROW, reverse=True)
    assert pages.papers(snapshot({key: ROW[key] for key in keys})) == [KETTLES]


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ("0704.0001", ("0704.0001", 2)),
        ("hep-th/9901001", ("hep-th/9901001", 2)),
        ("math.CA/0611800", ("math/0611800", 2)),
        (" 2301.00010v1 ", ("2301.00010", 2)),
    ],
)
def test_ids_old_and_new_are_texts(known: str, found: tuple[str, int]) -> None:
    paper = read(id=known)
    assert (paper.arxiv_id, paper.arxiv_version) == found
    assert paper.url == f"https://arxiv.org/abs/{found[0]}"


@pytest.mark.parametrize("known", [2301.0001, 704.0001, 23010001])
def test_an_id_that_became_a_number_is_refused(known: float) -> None:
    assert rejection(id=known) == "an arXiv id is not a number"
    (alone,) = pages.records(snapshot({"id": 2301.0001, "title": "T", "abstract": "A."}))
    assert isinstance(alone, Rejected)
    assert alone.reason == "an arXiv id is not a number"


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"id": "2301.0001"}, "id: '2301.0001' is no arXiv id"),
        ({"id": True}, "id is not a text"),
        ({"title": None}, "title is missing"),
        ({"title": " \n"}, "title is empty"),
        ({"title": 1}, "title is not a text"),
        ({"abstract": ["x"]}, "abstract is not a text"),
        ({"doi": 10.1}, "doi is not a text"),
        ({"comments": 12}, "comments is not a text"),
        ({"categories": {"cs": 1}}, "categories is not a text"),
        ({"categories": [1]}, "categories is not a text"),
        ({"authors_parsed": "Ada"}, "authors_parsed is not a list"),
        ({"authors_parsed": ["Ada"]}, "authors_parsed is not a list of lists"),
        ({"authors_parsed": [[1, "Ada", ""]]}, "authors_parsed holds a name that is not a text"),
        ({"authors_parsed": [], "authors": ["Ada"]}, "authors is not a text"),
        ({"versions": "v1"}, "versions is not a list"),
        ({"versions": [{}]}, 'versions is not a list of {"version": "v1", "created": …}'),
        ({"versions": [{"version": "v0"}]}, 'versions is not a list of {"version": "v1", "created": …}'),
        (
            {"versions": [{"version": "v1", "created": "2.1.2023"}]},
            "versions: '2.1.2023' is no date such as Mon, 2 Apr 2007 19:18:42 GMT",
        ),
    ],
)
def test_a_wrong_value_is_rejected_by_the_name_of_its_key(members: dict[str, Any], reason: str) -> None:
    assert rejection(**members) == reason


@pytest.mark.parametrize(
    ("parsed", "names"),
    [
        ([["Soup", "Ada", ""]], ("Ada Soup",)),
        ([["Bread", "Bo", "III"]], ("Bo Bread III",)),
        ([["Kettle Collaboration", "", ""]], ("Kettle Collaboration",)),
        ([["Soup", None, None]], ("Soup",)),
        ([["Soup"], ["Bread", "Bo"], []], ("Soup", "Bo Bread")),
        ([['M\\"uller', 'J{\\"o}rg', ""], ["{\\L}ukasz", "P.~A.", ""]], ("Jörg Müller", "P. A. Łukasz")),
        ([["\\foo{x}", "A.", ""]], ("A. \\foo{x}",)),
        ([["\ud800", "A.", ""]], ("A. \ufffd",)),
    ],
)
def test_names_are_put_together_from_their_parts(parsed: list[list[str]], names: tuple[str, ...]) -> None:
    paper = read(authors_parsed=parsed)
    assert (paper.authors, paper.author_count) == (names, len(names))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Ada Soup", ("Ada Soup",)),
        ("Ada Soup, Bo Bread and C. Cheese", ("Ada Soup", "Bo Bread", "C. Cheese")),
        ("Ada Soup, Bo Bread, and C. Cheese", ("Ada Soup", "Bo Bread", "C. Cheese")),
        ("Ada Soup & Bo Bread, Jr.", ("Ada Soup", "Bo Bread Jr.")),
        ("A. Soup (1), B. Bread (1 and 2) ((1) Kitchen, (2) Cellar)", ("A. Soup", "B. Bread")),
        ("Andr\\'e Sand, Fran\\c{c}ois\n  Ch\\^ateau", ("André Sand", "François Château")),
        ("A. Soup (of Kitchen", ("A. Soup (of Kitchen",)),
        ("", None),
        (" , ", None),
    ],
)
def test_names_typed_as_one_text_are_split_and_not_counted(typed: str, names: tuple[str, ...] | None) -> None:
    nobody: list[list[str] | None] = [[], None]
    for parsed in nobody:
        paper = read(authors=typed, authors_parsed=parsed)
        assert (paper.authors, paper.author_count) == (names, None)


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        ([], (None, None)),
        ([{"version": "v3", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}], (None, 3)),
        (
            [
                {"version": "v10", "created": "Mon, 2 Apr 2012 19:18:42 GMT"},
                {"version": "v1", "created": "31 Dec 1999 23:59:59 GMT"},
            ],
            (PartialDate(1999, 12, 31), 10),
        ),
        (["v1", "v2"], (None, 2)),
        ([{"version": "v1"}], (None, 1)),
    ],
)
def test_the_day_is_that_of_the_first_version_and_the_version_the_last(
    versions: list[Any], found: tuple[PartialDate | None, int | None]
) -> None:
    paper = read(versions=versions)
    assert (paper.published, paper.arxiv_version) == found


def test_of_several_dois_the_first_is_the_papers() -> None:
    assert read(doi="10.1000/a  10.1000/b").doi == "10.1000/a"


def test_categories_may_be_a_list_as_some_copies_have_it() -> None:
    assert read(categories=["cs.LG math.CO", "stat.ML"]).categories == ("cs.LG", "math.CO", "stat.ML")


def test_links_are_found_in_the_abstract_and_in_the_authors_remark() -> None:
    assert read(abstract="None.", comments=None).links == ()
    assert read(abstract=None, comments="Code: https://github.com/a/b_c").links == ("https://github.com/a/b_c",)
    assert read(abstract="At https://x.org/a\\_b\\%20c.", comments="").links == ("https://x.org/a_b%20c",)
    assert read(comments="12 pages").comments is None


@pytest.mark.parametrize(
    "render",
    [
        lambda rows: json.dumps(rows),
        lambda rows: json.dumps(rows, indent=2),
        lambda rows: "[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n",
        lambda rows: "\n\n".join(json.dumps(each, indent=1) for each in rows),
        lambda rows: "\ufeff\n" + "\n\n".join(map(json.dumps, rows)),
    ],
    ids=["one line", "indented", "a row a line", "objects one after the other", "lines apart"],
)
def test_arrays_and_objects_of_rows_are_read(render: Any) -> None:
    reading = pages.reading(render([ROW, row(title="Second"), {"title": "Third"}]))
    titles = [record.title for record in reading if isinstance(record, Paper)]
    assert titles == [KETTLES.title, "Second", "Third"]
    assert reading.kind == "arXiv metadata"


def test_a_single_row_over_several_lines_is_read() -> None:
    assert pages.papers(json.dumps(ROW, indent=4)) == [KETTLES]


def test_a_row_too_long_for_the_head_is_recognised_by_its_keys() -> None:
    crowd = [["Soup", f"Ada {n}", ""] for n in range(3_000)]
    (paper,) = pages.papers(json.dumps([row(authors_parsed=crowd)], indent=1))
    assert paper.author_count == 3_000


def test_a_file_whose_only_row_is_damaged_is_recognised_and_the_row_rejected() -> None:
    for text in (json.dumps(ROW)[:-20], json.dumps([ROW], indent=1)[:-20]):
        (bad,) = pages.records(text)
        assert isinstance(bad, Rejected)
        assert "no JSON" in bad.reason


def test_an_array_that_breaks_off_keeps_what_stands_before() -> None:
    whole = json.dumps([row(title=f"T{n}") for n in range(3)], indent=1)
    *papers, last = pages.records(whole[: whole.index("T2") + 20])
    assert [record.title for record in papers if isinstance(record, Paper)] == ["T0", "T1"]
    assert isinstance(last, Rejected)
    assert "no JSON" in last.reason
    assert whole.splitlines()[last.line - 1].strip() == "{"
    *_, last = pages.records(whole[:-2])
    assert isinstance(last, Rejected)
    assert last.reason == "the file breaks off here"


def test_what_is_no_row_is_rejected_alone() -> None:
    text = snapshot(ROW) + 'what\n{"title":\n' + json.dumps(5) + "\n" + snapshot(row(title="Last"))
    found = pages.records(text)
    assert [record.line for record in found if isinstance(record, Rejected)] == [2, 3, 4]
    assert isinstance(found[-1], Paper)
    array = pages.records(json.dumps([ROW, 5, ROW]))
    assert [type(record) for record in array] == [Paper, Rejected, Paper]


@pytest.mark.parametrize("marks", [["authors_parsed"], ["id", "versions"], ["id", "update_date"], ["id", "abstract"]])
def test_rows_are_told_from_own_lines_by_few_keys(marks: list[str]) -> None:
    text = snapshot({key: ROW[key] for key in [*marks, "title"]})
    assert pages.reading(text).kind == "arXiv metadata"


@given(st.randoms(use_true_random=False), st.sampled_from([PartialDate(2021, 8, 30), None]))
def test_own_lines_are_never_taken_for_rows(chance: random.Random, published: PartialDate | None) -> None:
    paper = Paper(title="T", abstract="A.", arxiv_id="2301.00010", authors=("Ada Soup",), published=published)
    members = list(fields(StoredPaper(key="abcdefghijklmnop", paper=paper, sources=(), added="")).items())
    chance.shuffle(members)
    kept = [(key, value) for key, value in members if key in {"title", "arxiv_id"} or chance.random() < 0.6]
    assert pages.reading(json.dumps(dict(kept))).kind == "JSON Lines"


@pytest.mark.parametrize(
    "other",
    [
        {"title": "T", "id": 17, "abstract": "A."},
        {"title": "T", "id": "abc", "abstract": "A."},
        {"title": "T", "id": "2301.00010", "summary": "A.", "authors": [{"name": "Ada"}]},
        {"title": "T", "versions": 3},
        {"title": "T", "id": "2301.00010", "authors": ["Ada"], "abstract": "A."},
    ],
)
def test_other_json_is_not_taken_for_rows(other: dict[str, Any]) -> None:
    assert pages.reading(json.dumps(other)).kind != "arXiv metadata"


words = st.text(st.characters(exclude_characters="\\{}~", exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=9)
texts = st.lists(words, min_size=1, max_size=9).map(" ".join).filter(lambda text: bool(collapse(text)))


@given(texts, texts, st.lists(st.tuples(words, words), min_size=1, max_size=4), st.dates(), st.integers(1, 99))
def test_what_is_rendered_as_a_row_is_read_back(
    title: str, abstract: str, people: list[tuple[str, str]], day: Any, version: int
) -> None:
    created = f"Mon, {day.day} {MONTHS[day.month - 1]} {day.year:04} 19:18:42 GMT"
    versions = [{"version": f"v{n}", "created": created} for n in {1, version}]
    paper = read(
        title="  " + title.replace(" ", "\n  "),
        abstract=f"  {abstract}\n",
        authors_parsed=[[last, first, ""] for first, last in people],
        versions=versions,
    )
    assert (paper.title, paper.abstract) == (collapse(title), collapse(abstract))
    assert paper.authors == tuple(collapse(f"{first} {last}") for first, last in people)
    assert (paper.published, paper.arxiv_version) == (PartialDate.of(day), version)


@given(st.dictionaries(st.sampled_from(sorted(ROW)), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda each: st.lists(each, max_size=3)
)))  # fmt: skip
def test_any_members_give_a_paper_or_a_reason(members: dict[str, Any]) -> None:
    assert len(pages.records(snapshot(ROW) + json.dumps(members) + "\n")) == 2


def test_a_file_cut_anywhere_raises_nothing_else() -> None:
    for text in (snapshot(ROW, row(title="Second")), json.dumps([ROW, ROW], indent=1)):
        whole = text.encode()
        for end in range(len(whole)):
            try:
                pages.records(whole[:end])
            except UnreadableInput as error:
                assert error.message.startswith("page.txt ")  # noqa: PT017 - most cuts raise nothing


def test_a_row_nested_too_deeply_is_rejected() -> None:
    deep = '{"id": "2301.00010", "title": ' + "[" * 100_000
    good, bad = pages.records(snapshot(ROW) + deep)
    assert isinstance(good, Paper)
    assert isinstance(bad, Rejected)
    assert bad.reason == "the line is nested too deeply"
