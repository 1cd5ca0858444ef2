"""CSL-JSON: Zotero's, pandoc's and DOI resolvers' items, told apart from other JSON."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Rejected, csl_json
from reader.formats.lines import read_head
from reader.formats.traits import Traits
from reader.paper import Paper, PartialDate

from . import pages
from .bibliographies import papers, without_links

ITEM: dict[str, Any] = {
    "id": "soup_2023",
    "type": "article",
    "abstract": "Abstract\nWe boil it, as in https://github.com/soup/kettle.",
    "author": [
        {"family": "Soup", "given": "Ada"},
        {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"literal": "OpenSoup"},
    ],
    "DOI": "10.48550/arXiv.2301.00010",
    "issued": {"date-parts": [["2023", 6, 12]]},
    "number": "arXiv:2301.00010",
    "publisher": "arXiv",
    "title": 'On <i>Kettles</i> of the <span class="nocase">BERT</span> Kind: 99% Hot',
    "URL": "https://x.org/a%20b",
    "note": "arXiv:2301.00010 [cs]",
}
PAPER = Paper(
    title="On Kettles of the BERT Kind: 99% Hot",
    abstract="Abstract We boil it, as in https://github.com/soup/kettle.",
    authors=("Ada Soup", "Vincent van Gogh", "Martin King Jr.", "OpenSoup"),
    published=PartialDate(2023, 6, 12),
    arxiv_id="2301.00010",
    doi="10.48550/arXiv.2301.00010",
    url="https://x.org/a%20b",
    links=("https://github.com/soup/kettle",),
)


def item(**members: object) -> Paper:
    (paper,) = pages.papers(json.dumps([{"id": "x", "type": "article", "title": "A Title", **members}]))
    return paper


def rejections(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.reason) for each in pages.records(text) if isinstance(each, Rejected)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ITEM], indent=2),
        json.dumps([ITEM]),
        json.dumps(ITEM),
        json.dumps(ITEM, indent="\t"),
        "\n" + json.dumps(ITEM) + "\n",
    ],
)
def test_an_array_and_a_single_item_are_read(text: str) -> None:
    page = pages.reading(text)
    assert (list(page), page.kind) == ([PAPER], "CSL-JSON")


def test_items_one_a_line_are_read() -> None:
    assert pages.papers(f"{json.dumps(ITEM)}\n{json.dumps(ITEM)}\n") == [PAPER, PAPER]


def test_a_byte_order_mark_is_no_part_of_it() -> None:
    assert pages.papers(b"\xef\xbb\xbf" + json.dumps([ITEM]).encode()) == [PAPER]


@pytest.mark.parametrize("kind", ["article-journal", "paper-conference", "kettle", "posted-content"])
def test_types_do_not_matter(kind: str) -> None:
    assert item(type=kind, issued={"date-parts": [[2020]]}).published == PartialDate(2020)


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2017, 6, 12]]}, PartialDate(2017, 6, 12)),
        ({"date-parts": [[2017, 6], [2018, 1]]}, PartialDate(2017, 6)),
        ({"date-parts": [["2017"]]}, PartialDate(2017)),
        ({"date-parts": [[2017, 2, 31]]}, PartialDate(2017, 2)),
        ({"date-parts": [[None]], "raw": "2017-06-12"}, PartialDate(2017, 6, 12)),
        ({"raw": "June 2017"}, PartialDate(2017, 6)),
        ({"literal": "in press"}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": []}, None),
        ({"date-parts": [[0]]}, None),
        ("2017-06-12", PartialDate(2017, 6, 12)),
        (2017, None),
    ],
)
def test_dates(issued: object, date: PartialDate | None) -> None:
    assert item(issued=issued).published == date


@pytest.mark.parametrize(
    "members",
    [
        {"number": "arXiv:1706.03762"},
        {"archive_location": "arXiv:1706.03762"},
        {"note": "version: 7\narXiv:1706.03762 [cs]"},
        {"URL": "https://arxiv.org/abs/1706.03762"},
        {"DOI": "https://doi.org/10.48550/ARXIV.1706.03762"},
        {"container-title": "arXiv preprint arXiv:1706.03762"},
        {"eprint": "1706.03762"},
    ],
)
def test_arxiv_ids(members: dict[str, object]) -> None:
    assert item(**members).arxiv_id == "1706.03762"


@pytest.mark.parametrize(
    "members",
    [
        {"eprint": 2301.0001},
        {"number": 2301.0001, "publisher": "arXiv"},
        {"archive_location": 2301.0001, "archive": "arXiv"},
    ],
)
def test_an_id_that_is_a_number_is_refused_and_the_paper_kept(members: dict[str, object]) -> None:
    text = json.dumps(
        [{"type": "article", "title": "First"}, {"type": "article", "title": "A Title", **members}], indent=1
    )
    _, refused, paper = pages.records(text)
    assert isinstance(refused, Rejected)
    assert (refused.line, refused.reason) == (6, "an arXiv id is not a number")
    assert isinstance(paper, Paper)
    assert (paper.title, paper.arxiv_id) == ("A Title", None)


def test_a_number_that_is_no_id_is_just_a_number() -> None:
    assert item(number=12, volume=3.5, publisher="Soup & Sons").title == "A Title"


def test_what_is_no_paper_is_rejected_alone_with_its_line() -> None:
    text = '[\n{"type": "article", "title": "First"},\n5,\n{"type": "article"},\n{"type": "article", "title": 5},\n'
    text += '{"type": "book", "title": "Last"}\n]'
    assert [each.title for each in pages.records(text) if isinstance(each, Paper)] == ["First", "Last"]
    assert rejections(text) == [
        (3, "an item that is no object"),
        (4, "an entry without a title"),
        (5, "an entry without a title"),
    ]


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (',\n{"type": "article", "title": "Sec', "an item that is cut off or no JSON; nothing after it is read"),
        (",\n" + "[" * 100_000, "an item that is nested too deeply; nothing after it is read"),
        (",\n ", "the file breaks off here: its array is not closed"),
    ],
)
def test_what_breaks_off_is_read_up_to_there(rest: str, reason: str) -> None:
    text = '[{"type": "article", "title": "First"}' + rest
    assert pages.records(text)[0] == Paper(title="First")
    assert rejections(text) == [(2, reason)]


def test_a_lone_surrogate_is_replaced() -> None:
    (paper,) = pages.papers('[{"type": "article", "title": "a \\ud800 b", "author": [{"family": "\\udfff"}]}]')
    assert (paper.title, paper.authors) == ("a \ufffd b", ("\ufffd",))


def test_strange_members_are_unknown() -> None:
    paper = item(author="Ada Soup", issued=[1], DOI=5, URL=["https://x.org"], note=None)
    assert paper == Paper(title="A Title")
    assert item(author=[5, {"given": 5}, {"literal": "others"}]).authors is None


@pytest.mark.parametrize(
    "text",
    [
        '[{"paper": {"id": "2301.00010", "title": "T", "authors": [{"name": "A"}]}, "title": "T"}]',
        '[{"id": "2301.00010", "title": "T", "authors": "A. Soup", "categories": "cs.CL"}]',
        '[{"type": "article", "id": "W1", "title": "T", "authorships": []}]',
        '[{"type": "kettle", "title": "T"}]',
        '[{"title": "T", "author": [{"family": "Soup"}]}]',
        "[1, 2]",
        "[]",
        '{"type": 5}',
    ],
)
def test_other_json_is_no_bibliography(text: str) -> None:
    head = read_head(io.BytesIO(text.encode()), text.encode(), name="page.txt", watch=Traits().take)
    assert csl_json.claims(head, Traits()) == 0


def test_json_lines_of_papers_stay_what_they_are() -> None:
    text = '{"key": "x", "title": "A Title", "authors": ["Ada Soup"], "published": "2023-06-12"}\n'
    assert pages.reading(text).kind == "JSON Lines"


def written(paper: Paper) -> dict[str, object]:
    date = paper.published
    return {
        "type": "article",
        "title": paper.title,
        "abstract": paper.abstract,
        "author": [dict(zip(("given", "family"), name.split(" "), strict=True)) for name in paper.authors or ()],
        "issued": {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]} if date else None,
        "number": paper.arxiv_id and f"arXiv:{paper.arxiv_id}",
        "DOI": paper.doi,
        "URL": paper.url,
    }


@given(st.lists(papers, min_size=1, max_size=4), st.sampled_from([None, 2]))
def test_what_is_written_is_read_back(given_papers: list[Paper], indent: int | None) -> None:
    text = json.dumps(list(map(written, given_papers)), indent=indent, ensure_ascii=indent is None)
    assert without_links(pages.papers(text)) == given_papers


def test_a_file_cut_off_anywhere_is_read_as_far_as_it_goes_or_refused() -> None:
    text = json.dumps([{"type": "article", "title": "First"}, ITEM], indent=1)
    for end in range(len(text)):
        try:
            found = pages.records(text[:end])
        except UnreadableInput:
            continue
        assert all(isinstance(each, Paper | Rejected) for each in found)
        assert isinstance(found[-1], Rejected)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "given", "literal", "date-parts", "raw"]), each, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(ITEM)), json_values))
def test_any_members_give_a_paper_or_a_reason(members: dict[str, Any]) -> None:
    first = {"type": "article", "title": "First"}
    assert 2 <= len(pages.records(json.dumps([first, members]))) <= 3
