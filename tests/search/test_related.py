"""Papers like a paper, against cosines counted plainly over all of them."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from reader.library import Summary, dismiss, search
from reader.search.related import related
from reader.store import Store


@pytest.fixture
def texts(store: Store, import_papers: Callable[..., Summary]) -> dict[int, str]:
    chance = random.Random(3)
    topics = [[f"topic{topic}word{n}" for n in range(12)] for topic in range(15)]
    common = [f"common{n}" for n in range(8)]
    papers = []
    for number in range(120):
        words = chance.choices(topics[number % 15], k=10) + chance.choices(common, k=12) + [f"own{number}"]
        chance.shuffle(words)
        papers.append({"title": " ".join(words[:6]), "abstract": " ".join(words[6:])})
    import_papers(*papers)
    found = store.index.texts(list(store.papers.ids()))
    return {id_: f"{title} {abstract}" for id_, (title, abstract, _) in found.items()}


def cosines(texts: dict[int, str], paper: int) -> dict[int, float]:
    holders = Counter(word for text in texts.values() for word in set(text.split()))
    weights = {word: math.log((1 + len(texts)) / (1 + n)) + 1 for word, n in holders.items()}
    vectors = {}
    for id_, text in texts.items():
        vector = {word: n * weights[word] for word, n in Counter(text.split()).items()}
        length = math.sqrt(sum(value**2 for value in vector.values()))
        vectors[id_] = {word: value / length for word, value in vector.items()}
    own = vectors[paper]
    return {id_: sum(v * own.get(word, 0) for word, v in vector.items()) for id_, vector in vectors.items()}


def test_they_are_those_with_the_largest_cosines(store: Store, texts: dict[int, str]) -> None:
    for paper in list(texts)[:12]:
        expected = cosines(texts, paper)
        found = related(store, paper)
        assert [each.likeness for each in found] == pytest.approx([expected[each.paper] for each in found])
        best = sorted((value for id_, value in expected.items() if id_ != paper), reverse=True)[:7]
        assert [each.likeness for each in found[:7]] == pytest.approx(best)


def test_the_reasons_are_words_that_both_hold_and_few_others(store: Store, texts: dict[int, str]) -> None:
    paper = next(iter(texts))
    for each in related(store, paper)[:10]:
        assert each.shared
        assert set(each.shared) <= set(texts[paper].split()) & set(texts[each.paper].split())
        assert all(word.startswith("topic") for word in each.shared[:1])


def test_a_query_can_ask_for_them_and_for_more(store: Store, texts: dict[int, str]) -> None:
    paper = next(iter(texts))
    key = store.papers.rows([paper])[0].key
    like = [each.paper for each in related(store, paper)]
    results = search(store, f"related:{key}")
    assert list(results.ids) == like
    assert results.score(0) == related(store, paper)[0].likeness
    assert results.reasons[like[0]] == related(store, paper)[0].shared

    word = texts[like[3]].split()[0]
    narrowed = search(store, f'related:{key} "{word}"')
    assert set(narrowed.ids) == {id_ for id_ in like if word in texts[id_].split()}

    dismiss(store, [like[0]], now=_now(), origin="test")
    assert list(search(store, f"related:{key}").ids) == like[1:]


def test_papers_like_one_can_be_left_out_and_asked_for_among_others(store: Store, texts: dict[int, str]) -> None:
    paper, *_, last = texts
    key, other = (row.key for row in store.papers.rows([paper, last]))
    like, like_other = ({each.paper for each in related(store, id_)} for id_ in (paper, last))
    assert set(search(store, f"-related:{key}").ids) == set(texts) - like
    assert set(search(store, f"related:{key} or related:{other}").ids) == like | like_other


def test_a_key_that_names_none_is_left_out_and_named(store: Store, texts: dict[int, str]) -> None:
    results = search(store, "related:none")
    assert [problem.message for problem in results.problems] == ["no paper has the key “none”"]
    assert len(results.ids) == len(texts)


def test_a_paper_of_common_words_alone_has_some(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers(
        *({"title": f"Kettles and teapots {n % 3}", "arxiv_id": f"2301.{n:05}"} for n in range(70)),
        *({"title": f"Alone{n}"} for n in range(30)),
    )
    found = related(store, store.papers.find("2301.00000")[0][0])
    assert len(found) == 69
    assert found[0].shared == ("kettles", "teapots")


def test_where_too_many_hold_every_word_the_newest_are_compared(
    store: Store, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_papers(*({"title": "Kettles and teapots", "arxiv_id": f"2301.{n:05}"} for n in range(1, 30)))
    monkeypatch.setattr("reader.search.related._MOST_HOLDERS", 4)
    first = store.papers.find("2301.00001")[0][0]
    newest = {store.papers.find(f"2301.{n:05}")[0][0] for n in range(26, 30)}
    assert {each.paper for each in related(store, first)} == newest


def test_words_that_too_many_hold_are_passed_over_where_rarer_ones_are_shared(
    store: Store, import_papers: Callable[..., Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_papers(
        *({"title": "Kettles", "arxiv_id": f"2301.{n:05}"} for n in range(1, 3)),
        *({"title": "Kettles of brass", "arxiv_id": f"2302.{n:05}"} for n in range(1, 4)),
    )
    monkeypatch.setattr("reader.search.related._MOST_HOLDERS", 4)
    first = store.papers.find("2302.00001")[0][0]
    brass = {store.papers.find(f"2302.{n:05}")[0][0] for n in (2, 3)}
    assert {each.paper for each in related(store, first)} == brass


def test_a_paper_without_words_has_none(store: Store, import_papers: Callable[..., Summary]) -> None:
    import_papers({"title": "π", "arxiv_id": "2301.00001"}, {"title": "Other"})
    assert related(store, store.papers.find("2301.00001")[0][0]) == []


def _now() -> datetime:
    return datetime(2026, 3, 1, tzinfo=UTC)
