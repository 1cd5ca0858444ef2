from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.merging import better_date, merge
from reader.paper import Paper, PartialDate, text_key

YEARLESS, INFERRED, PRINTED = PartialDate(None, 7, 31), PartialDate(2025, 7, 31), PartialDate(2021, 8, 30)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), values)


counts = st.integers(0, 3)
names = st.lists(st.sampled_from(["Ada", "Bea", "Cy"]), max_size=2).map(tuple)
dates = st.sampled_from(
    [
        YEARLESS,
        INFERRED,
        PRINTED,
        PartialDate(2021),
        PartialDate(2021, 8),
        PartialDate(2024, 7, 31),
        PartialDate(None, 7),
    ]
)
records = st.builds(
    Paper,
    title=st.sampled_from(["Tangent Kernels", "tangent kernels", "TANGENT KERNELS", "ｔangent kernels"]),
    abstract=maybe(st.sampled_from(["On ﬁelds.", "on fields.", "ON FIELDS."])),
    authors=maybe(names),
    author_count=maybe(counts),
    published=maybe(dates),
    published_inferred=st.booleans(),
    comments=maybe(counts),
    upvotes=maybe(counts),
    arxiv_id=maybe(st.sampled_from(["1706.03762", "hep-th/9901001"])),
    arxiv_version=maybe(counts),
    doi=maybe(st.sampled_from(["10.1/a", "10.1/b"])),
    url=maybe(st.sampled_from(["https://a.org", "https://b.org"])),
    categories=maybe(names),
    links=maybe(names),
    summary=maybe(st.sampled_from(["short", "shorter"])),
    keywords=maybe(names),
    organization=maybe(st.sampled_from(["A lab", "B lab"])),
)


def normal(paper: Paper) -> Paper:
    """Only a year can be inferred; a record that says otherwise is put right by merging."""
    year = None if paper.published is None else paper.published.year
    return paper if year is not None else replace(paper, published_inferred=False)


@given(records, records)
def test_merging_does_not_depend_on_who_came_first(one: Paper, other: Paper) -> None:
    assert merge(one, other) == merge(other, one)


@given(records, records, records)
def test_merging_does_not_depend_on_the_order_of_three(one: Paper, two: Paper, three: Paper) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(records, records)
def test_meeting_a_record_again_changes_nothing(one: Paper, other: Paper) -> None:
    assert merge(one, one) == normal(one)
    merged = merge(one, other)
    assert merge(merged, one) == merged
    assert merge(merged, other) == merged


@given(records, records)
def test_what_is_known_is_never_blanked_and_what_is_empty_is_filled(one: Paper, other: Paper) -> None:
    merged = merge(one, other)
    for field in fields(Paper):
        known = [getattr(paper, field.name) for paper in (one, other) if getattr(paper, field.name) is not None]
        if field.name == "links":
            assert set(merged.links or ()) == {link for links in known for link in links}
        elif known and field.name != "published_inferred":
            assert getattr(merged, field.name) in known


@given(records, records)
def test_merging_texts_that_fold_to_one_keeps_the_key(one: Paper, other: Paper) -> None:
    if one.abstract is not None and other.abstract is not None:
        assert text_key(merge(one, other)) == text_key(one) == text_key(other)


def test_the_fuller_text_wins_where_two_records_of_one_paper_differ() -> None:
    one, other = Paper(title="T", abstract="Short."), Paper(title="T: a subtitle", abstract="Short, and then more.")
    for merged in (merge(one, other), merge(other, one)):
        assert (merged.title, merged.abstract) == ("T: a subtitle", "Short, and then more.")


def test_a_newer_version_keeps_the_repository_that_a_record_without_a_version_named() -> None:
    listed = Paper(title="T", arxiv_id="1706.03762", links=("https://github.com/a/b", "https://a.org"))
    version = Paper(title="T", arxiv_id="1706.03762", arxiv_version=2, links=("https://about.org",))
    for merged in (merge(listed, version), merge(version, listed)):
        assert merged.links == ("https://github.com/a/b", "https://a.org", "https://about.org")
    assert merge(listed, replace(version, links=())).links == ("https://github.com/a/b", "https://a.org")


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        ((PRINTED, False), (INFERRED, True)),
        ((PRINTED, False), (YEARLESS, False)),
        ((PRINTED, False), (None, False)),
        ((INFERRED, True), (YEARLESS, False)),
        ((YEARLESS, False), (None, False)),
        ((PartialDate(2021), False), (INFERRED, True)),
        ((PRINTED, False), (PartialDate(2021, 8), False)),
        ((PRINTED, False), (PartialDate(2021), False)),
        ((PartialDate(2020, 1, 1), False), (PRINTED, False)),
        ((PartialDate(2025, 7, 31), True), (PartialDate(2024, 7, 31), True)),
        ((None, False), (None, True)),
    ],
)
def test_the_more_certain_date_wins_whatever_the_order(
    kept: tuple[PartialDate | None, bool], left: tuple[PartialDate | None, bool]
) -> None:
    assert better_date(kept, left) == kept
    assert better_date(left, kept) == kept
