from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.paper import (
    KEY_LENGTH,
    Paper,
    PartialDate,
    StoredPaper,
    identifiers,
    keys,
    parse_arxiv_id,
    text_key,
    title_key,
)

days = st.dates().map(PartialDate.of)
partial = st.one_of(
    days,
    days.map(lambda day: PartialDate(day.year)),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(None, day.month, day.day)),
    days.map(lambda day: PartialDate(None, day.month)),
)


@given(partial)
def test_a_date_is_read_as_it_is_written(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day


@pytest.mark.parametrize("text", ["2021-08-30", "2021-08", "2021", "--07-31", "--07", "--02-29", "0001-01-01"])
def test_dates_are_written_as_iso_8601(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2021-13",
        "2021-02-29",
        "--02-30",
        "0000",
        "21",
        "2021-8-3",
        "2021-08-30T00",
        " 2021",
        "-07-31",
        "２０２１",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "parts", [(None, None, None), (2021, None, 3), (0, 1, 1), (10_000, 1, 1), (2021, 2, 29), (None, 2, 30)]
)
def test_impossible_dates_cannot_be_made(parts: tuple[int | None, int | None, int | None]) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate(*parts)


def test_a_day_without_a_year_gets_one_where_the_year_has_it() -> None:
    leap = PartialDate(None, 2, 29)
    assert leap.in_year(2024) == PartialDate(2024, 2, 29)
    assert leap.in_year(2023) is None
    assert PartialDate(2024, 2, 29).to_date() == date(2024, 2, 29)
    assert leap.to_date() is None
    assert PartialDate(2024, 2).to_date() is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1706.03762", ("1706.03762", None)),
        ("arXiv:1706.03762v5", ("1706.03762", 5)),
        (" https://arxiv.org/abs/1706.03762v2 ", ("1706.03762", 2)),
        ("https://arxiv.org/pdf/1706.03762.pdf", ("1706.03762", None)),
        ("http://export.arxiv.org/abs/0704.0001", ("0704.0001", None)),
        ("https://huggingface.co/papers/2401.00001", ("2401.00001", None)),
        ("https://doi.org/10.48550/arXiv.2401.00001", ("2401.00001", None)),
        ("hep-th/9901001", ("hep-th/9901001", None)),
        ("math.GT/0309136v3", ("math/0309136", 3)),
        ("math.CA/0611800v2", ("math/0611800", 2)),
        ("http://arxiv.org/abs/solv-int/9901001v1", ("solv-int/9901001", 1)),
        ("arXiv:cond-mat/0703470", ("cond-mat/0703470", None)),
        ("hep-th/9108001", ("hep-th/9108001", None)),
        ("http://arxiv.org/abs/0704.0001v1", ("0704.0001", 1)),
        ("1412.9999", ("1412.9999", None)),
        ("1501.00001", ("1501.00001", None)),
        ("2301.00010", ("2301.00010", None)),
        ("10.48550/arXiv.2301.00010", ("2301.00010", None)),
        ("doi:10.48550/ARXIV.hep-th/9901001", ("hep-th/9901001", None)),
    ],
)
def test_arxiv_ids_are_read_in_all_their_forms(text: str, found: tuple[str, int | None]) -> None:
    assert parse_arxiv_id(text) == found


@pytest.mark.parametrize(
    "text", ["", "1706", "1713.03762", "1700.00001", "1706.0376", "0704.00001", "hep-th/9913001", "x1706.03762",
             "1706.03762v0", "１７０６.０３７６２", "1706.03762 more", "10.1000/182",
             "0808.05394", "1501.0001", "0703.0001", "hep-th/0704001", "hep-th/9001001", "2301.0001", "704.0001",
             "1706.03762v1234567", "/9901001"],
)  # fmt: skip
def test_what_is_no_arxiv_id_is_none(text: str) -> None:
    assert parse_arxiv_id(text) is None


papers = st.builds(
    Paper,
    title=st.text(min_size=1),
    abstract=st.one_of(st.none(), st.text()),
    arxiv_id=st.one_of(st.none(), st.just("1706.03762")),
)


@given(papers)
def test_a_key_is_sixteen_characters_that_can_be_typed(paper: Paper) -> None:
    key = text_key(paper)
    assert len(key) == KEY_LENGTH
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz234567")


@given(papers)
def test_case_and_space_do_not_change_a_key(paper: Paper) -> None:
    other = replace(paper, title=f" {paper.title} ", abstract=None if paper.abstract is None else paper.abstract + "\n")
    assert text_key(other) == text_key(paper)


def test_the_key_of_a_page_is_the_same_on_every_machine() -> None:
    assert text_key(Paper(title="Tangent  Kernels", abstract="On kernels.")) == "trxzg62vgsmocgfj"


def test_an_abstract_decides_over_identifiers_and_either_over_the_title_alone() -> None:
    bare = Paper(title="T")
    keys = {
        text_key(bare),
        text_key(replace(bare, abstract="A")),
        text_key(replace(bare, abstract="B")),
        text_key(replace(bare, arxiv_id="1706.03762")),
        text_key(replace(bare, doi="10.1/x")),
        text_key(Paper(title="T A")),
    }
    assert len(keys) == 6
    assert text_key(replace(bare, abstract="A", arxiv_id="1706.03762")) == text_key(replace(bare, abstract="A"))
    assert text_key(replace(bare, arxiv_id="1706.03762", doi="10.1/x")) == text_key(
        replace(bare, arxiv_id="1706.03762")
    )


def test_identifiers_come_strongest_first_and_without_case() -> None:
    paper = Paper(title="T", arxiv_id="hep-th/9901001", doi="10.1/ABC")
    assert identifiers(paper) == ("arxiv:hep-th/9901001", "doi:10.1/abc")
    assert identifiers(Paper(title="T")) == ()


def test_a_paper_is_bookmarked_in_any_list() -> None:
    stored = StoredPaper(key="k", paper=Paper(title="T"), sources=(), added="")
    assert not stored.bookmarked
    assert replace(stored, lists=("Later",)).bookmarked


@given(st.text(min_size=1), st.none() | st.text(), st.none() | st.just("10.1/x"))
def test_both_keys_at_once_are_what_each_is_alone(title: str, abstract: str | None, doi: str | None) -> None:
    paper = Paper(title=title, abstract=abstract, doi=doi)
    assert keys(paper) == (text_key(paper), title_key(title))


def test_both_keys_fold_each_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []

    def noting(text: str) -> str:
        folded.append(text)
        return text

    monkeypatch.setattr("reader.paper.fold", noting)
    keys(Paper(title="T", abstract="A"))
    assert sorted(folded) == ["A", "T"]
