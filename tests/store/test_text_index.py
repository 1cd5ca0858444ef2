from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from reader.library import Summary
from reader.store import Store
from reader.store.matching import AllOf, AnyOf, Match, Term
from reader.store.text_index import LONGEST_REPAIRABLE, TextIndex, shortenings

HORIZON = 2**62


@pytest.fixture
def index(store: Store, import_papers: Callable[..., Summary]) -> TextIndex:
    import_papers(
        {"title": "Tangent kernels", "abstract": "On tangent spaces.", "authors": ["Ada Poincaré"]},
        {"title": "Kernels", "abstract": "Nothing tangible."},
        {"title": "Kernels, again: c++ and it's AND", "abstract": "A kernel."},
    )
    return store.index


def every(groups: Sequence[list[Term]]) -> Match:
    return AllOf(tuple(AnyOf(tuple(group)) for group in groups))


def titles(index: TextIndex, *groups: list[Term], ranked: bool = True) -> list[int]:
    return list(index.ids(every(groups), titles=True, horizon=HORIZON, limit=-1, ranked=ranked))


def texts(index: TextIndex, *groups: list[Term], ranked: bool = True) -> list[int]:
    return list(index.ids(every(groups), horizon=HORIZON, limit=-1, ranked=ranked))


def test_words_come_with_the_number_of_titles_and_papers_that_hold_them(index: TextIndex) -> None:
    found = {word.text: (word.titles, word.papers) for word in index.words(["kernels", "tangent", "poincare", "none"])}
    assert found == {"kernels": (3, 3), "tangent": (1, 1), "poincare": (0, 1)}
    assert index.words([]) == []


def test_words_with_a_beginning_come_in_the_order_of_the_alphabet(index: TextIndex) -> None:
    assert [word.text for word in index.words_with_prefix("ta", limit=10)] == ["tangent", "tangible"]
    assert [word.text for word in index.words_with_prefix("ta", limit=1)] == ["tangent"]


def test_words_are_found_by_what_is_left_when_a_letter_goes(index: TextIndex) -> None:
    assert {word.text for word in index.words_shortened_to(["kernls", "tangnt"])} == {"kernels", "tangent"}
    assert {word.text for word in index.words_shortened_to_prefix("tagn", limit=10)} == set()
    assert {word.text for word in index.words_shortened_to_prefix("tage", limit=10)} == {"tangent"}


def test_a_paper_must_hold_a_term_of_every_group(index: TextIndex) -> None:
    assert titles(index, [Term("tangent")], [Term("kernels")]) == [1]
    assert titles(index, [Term("tangent"), Term("again")]) == [3, 1] or titles(index, [Term("tangent"), Term("again")])
    assert titles(index, [Term("tang", prefix=True)]) == [1]
    assert titles(index, [Term("tang")]) == []
    assert sorted(texts(index, [Term("tang", prefix=True)])) == [1, 2]
    assert texts(index, [Term("poincare")]) == [1]


def test_unranked_the_newest_come_first_and_the_horizon_is_kept(index: TextIndex) -> None:
    assert titles(index, [Term("kernels")], ranked=False) == [3, 2, 1]
    assert list(index.ids(Term("kernels"), titles=True, horizon=3, limit=1, ranked=False)) == [2]
    assert list(index.ids(Term("kernels"), titles=True, horizon=1, limit=-1, ranked=True)) == []


@pytest.mark.parametrize(
    "text", ['"', 'foo"', "a AND", "*", "(", "c++", "it's", "title:kernels", "kernels*", "NEAR(a b)", "-a", "^a", "{a}"]
)
@pytest.mark.parametrize("prefix", [False, True])
def test_no_text_is_ever_part_of_the_query_language(index: TextIndex, text: str, prefix: bool) -> None:
    for ranked in (False, True):
        assert 2 not in titles(index, [Term(text, prefix=prefix)], ranked=ranked) or text == "kernels*"
        texts(index, [Term(text, prefix=prefix)], ranked=ranked)


def test_equal_worth_comes_in_the_default_order(store: Store, import_papers: Callable[..., Summary]) -> None:
    for name in ("2024-01-01.x", "2026-01-01.x", "2025-01-01.x"):
        import_papers(*({"title": f"Kernel {name[3]}{n}", "abstract": "Same."} for n in range(3)), name=name)
    ids = store.papers.ids()
    assert titles(store.index, [Term("kernel")]) == list(ids)
    assert texts(store.index, [Term("same")]) == list(ids)


def test_the_vocabulary_is_the_same_whether_counted_at_once_or_in_parts(
    store: Store, import_papers: Callable[..., Summary]
) -> None:
    import_papers(*({"title": f"word{n} shared 深度", "abstract": f"text{n} Zoë"} for n in range(9)))
    whole = store.index.all_words()
    assert [word for word, _, _ in whole] == sorted({word for word, _, _ in whole})
    assert ("shared", 9, 9) in whole
    assert ("text3", 0, 1) in whole
    for limit in (1, 4, len(whole), 99):
        parts = list(store.index.counted_words(limit))
        assert [word for part in parts for word in part] == whole
        assert max(map(len, parts)) <= limit


letters = st.text(alphabet="abcdé", min_size=3, max_size=9)


@given(letters, letters)
def test_words_one_slip_apart_share_a_text(one: str, other: str) -> None:
    near = {one, *shortenings(one)} & {other, *shortenings(other)}
    assert near or OSA.distance(one, other) > 1


def test_what_is_never_repaired_has_no_shortenings() -> None:
    assert shortenings("ab") == []
    assert shortenings("2024") == []
    assert shortenings("x" * (LONGEST_REPAIRABLE + 1)) == []


def test_each_shortening_is_given_once_the_last_letter_left_out_first() -> None:
    assert shortenings("aab") == ["aa", "ab"]
    assert shortenings("kernel") == ["kerne", "kernl", "kerel", "kenel", "krnel", "ernel"]


def test_what_is_nested_deeply_is_no_more_than_the_parser_of_the_index_holds(index: TextIndex) -> None:
    match: Match = Term("kernels")
    for _ in range(20):
        match = AnyOf((Term("again"), AllOf((Term("tangent"), match))))
    assert list(index.ids(match, horizon=HORIZON, limit=-1, ranked=False)) == [3, 1]
