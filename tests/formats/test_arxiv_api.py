"""Answers of arXiv's API: papers, errors, refusals and empty parts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Page, Rejected
from reader.paper import Paper, PartialDate
from reader.text import collapse

from . import pages
from .arxiv_files import ENTRY, answer, entry

LIDS = Paper(
    title="Lids for Kettles",
    abstract="A lid keeps $T < 100$ in; code is at https://github.com/soup/lid.",
    authors=("Ada Soup", "René Bread"),
    author_count=2,
    published=PartialDate(2024, 1, 1),
    arxiv_id="2401.00001",
    arxiv_version=2,
    doi="10.1000/lid",
    url="https://arxiv.org/abs/2401.00001",
    categories=("cs.LG", "cs.AI"),
    links=("https://github.com/soup/lid", "https://soup.example/lids"),
)
ERROR = entry("http://arxiv.org/api/errors#incorrect_id_format_for_soup", "Error", "incorrect id format for soup")


def refusal(text: str) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        pages.records(text)
    assert caught.value.hint
    return caught.value


def test_an_entry_is_read_with_all_it_says() -> None:
    reading = pages.reading(answer(ENTRY))
    assert list(reading) == [LIDS]
    assert (reading.kind, reading.page) == ("arXiv API answer", Page(PartialDate(2024, 5, 6), None))


@given(st.permutations(re.findall(r"^    <(\S+?)[ >].*?(?:</\1>|/>)$", ENTRY, re.MULTILINE | re.DOTALL)))
def test_the_order_of_elements_means_nothing(names: list[str]) -> None:
    pieces = re.findall(r"^    <(?:\S+?)[ >].*?$(?:\n(?!    <).*$)*", ENTRY, re.MULTILINE)
    assert len(pieces) == len(names)
    shuffled = sorted(pieces, key=lambda piece: names.index(re.match(r"\s*<([^ >]+)", piece)[1]))  # type: ignore[index]
    (paper,) = pages.papers(
        answer("\n  <entry>\n" + "\n".join(p for p in shuffled if "</entry>" not in p) + "</entry>")
    )
    assert (paper.title, paper.arxiv_version, set(paper.categories or ())) == (LIDS.title, 2, {"cs.LG", "cs.AI"})


def test_namespaces_count_and_not_prefixes() -> None:
    text = answer(ENTRY).replace("arxiv:", "x:").replace("xmlns:arxiv", "xmlns:x")
    for name in (
        "feed",
        "entry",
        "id",
        "title",
        "updated",
        "published",
        "summary",
        "author",
        "name",
        "link",
        "category",
    ):
        text = re.sub(rf"<(/?){name}(?=[ >/])", rf"<\1a:{name}", text)
    assert pages.papers(text.replace("xmlns=", "xmlns:a=")) == [LIDS]
    declared_late = answer(ENTRY.replace("<arxiv:doi>", '<y:doi xmlns:y="http://arxiv.org/schemas/atom">').replace(
        "</arxiv:doi>", "</y:doi>"))  # fmt: skip
    assert pages.papers(declared_late) == [LIDS]


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ("http://arxiv.org/abs/2401.00001v3", ("2401.00001", 3)),
        ("https://arxiv.org/abs/2401.00001", ("2401.00001", None)),
        ("http://arxiv.org/abs/hep-th/9901001v1", ("hep-th/9901001", 1)),
        ("http://arxiv.org/abs/math.CA/0611800v2", ("math/0611800", 2)),
        ("http://arxiv.org/abs/solv-int/9901001v1", ("solv-int/9901001", 1)),
    ],
)
def test_the_version_is_in_the_id(known: str, found: tuple[str, int | None]) -> None:
    (paper,) = pages.papers(answer(entry(known, "T")))
    assert (paper.arxiv_id, paper.arxiv_version) == found


def test_what_an_entry_does_not_say_is_unknown() -> None:
    (paper,) = pages.papers(answer(entry("http://arxiv.org/abs/2401.00001v1", "T", "")))
    assert paper == Paper(
        title="T", arxiv_id="2401.00001", arxiv_version=1, url="https://arxiv.org/abs/2401.00001", links=None
    )


def test_an_error_is_refused_with_what_arxiv_said() -> None:
    error = refusal(answer(ERROR, total=1))
    assert error.message == "page.txt holds no papers but an error of arXiv: incorrect id format for soup"
    assert (
        "max results too" in refusal(answer(entry("https://arxiv.org/api/errors#max_results_too", "Error", ""))).message
    )


def test_a_paper_may_be_called_error() -> None:
    (paper,) = pages.papers(answer(entry("http://arxiv.org/abs/2401.00001v1", "Error")))
    assert paper.title == "Error"


def test_an_error_after_papers_does_not_cost_them() -> None:
    paper, error = pages.records(answer(ENTRY, ERROR))
    assert paper == LIDS
    assert isinstance(error, Rejected)
    assert error.reason == "an error of arXiv: incorrect id format for soup"


def test_an_answer_without_papers_says_so() -> None:
    assert refusal(answer()).message == "page.txt holds no papers: arXiv found none for the query"
    assert refusal(answer(total=28_946)).message == "page.txt holds no papers in this part of an answer of 28946"


@pytest.mark.parametrize("text", ["Rate exceeded.", "\n Rate exceeded.\n", "rate exceeded"])
def test_a_client_that_asks_too_fast_is_told(text: str) -> None:
    error = refusal(text)
    assert error.message.startswith("page.txt holds no papers but arXiv's refusal: ")
    assert "three seconds" in error.hint


def test_an_entry_that_is_no_paper_is_rejected_with_its_line() -> None:
    text = answer(ENTRY, "\n" + entry("http://example.org/1", "T"), entry("http://arxiv.org/abs/2401.00002", ""))
    paper, alien, untitled = pages.records(text)
    assert paper == LIDS
    assert isinstance(alien, Rejected)
    assert isinstance(untitled, Rejected)
    assert (alien.reason, untitled.reason) == ("an entry without an arXiv id", "an entry without a title")
    assert "example.org" in text.splitlines()[alien.line - 1]


def test_the_encoding_that_the_declaration_claims_counts_for_nothing() -> None:
    text = answer(entry("http://arxiv.org/abs/2401.00001", "Café – déjà vu"))
    for content in (
        text.replace("UTF-8", "latin-1").encode(),
        text.encode("utf-16"),
        text.encode("cp1252"),
        ("\ufeff\n  " + text).encode(),
        text.replace("\n", "\r\n").encode(),
    ):
        assert pages.papers(content)[0].title == "Café – déjà vu"


plain = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=40).map(collapse).filter(bool)
)


@given(plain, plain)
def test_what_is_rendered_as_an_entry_is_read_back(title: str, abstract: str) -> None:
    (paper,) = pages.papers(answer(entry("http://arxiv.org/abs/2401.00001", title, abstract)))
    assert (paper.title, paper.abstract) == (title, abstract)


def test_an_answer_cut_anywhere_keeps_what_stands_before() -> None:
    text = answer(ENTRY, entry("http://arxiv.org/abs/2401.00002", "Second"))
    ends = text.index("</entry>") + len("</entry>")
    for end in range(len(text)):
        try:
            found = pages.records(text[:end])
        except UnreadableInput as error:
            assert error.message.startswith("page.txt ")  # noqa: PT017 - only the shortest are refused
            assert end < ends
            continue
        assert isinstance(found[-1], Rejected) == (end < len(text.rstrip()))
        assert (LIDS in found) == (end >= ends)
