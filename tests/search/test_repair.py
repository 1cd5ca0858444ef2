from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from reader.search.repair import MOST_REPAIRS, prefix_repairs, prefix_slips, repairs
from reader.store import Store
from reader.store.text_index import LONGEST_REPAIRABLE, TextIndex


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("none") / "library.db", create=False) as store:
        yield store


def index_of(memory: Store, vocabulary: dict[str, int]) -> TextIndex:
    memory.database.run("delete from shortenings")
    memory.database.run("delete from words")
    memory.index.learn([(word, count, count) for word, count in vocabulary.items()], afresh=False)
    return memory.index


def found(memory: Store, token: str, **vocabulary: int) -> list[str]:
    return [repair.word.text for repair in repairs(index_of(memory, vocabulary), token)]


@pytest.mark.parametrize("token", ["tangnt", "tanngent", "tangant", "tagnent", "angent", "tangentt", "atngent"])
def test_one_slip_is_repaired(memory: Store, token: str) -> None:
    assert found(memory, token, tangent=1, kernel=1) == ["tangent"]


def test_two_slips_are_forgiven_in_longer_words_only(memory: Store) -> None:
    assert found(memory, "tagnant", tangent=1) == ["tangent"]
    assert found(memory, "krnl", kernel=1) == []


def test_fewest_slips_come_first_then_the_first_letter_then_the_most_frequent(memory: Store) -> None:
    vocabulary = {"bat": 9, "car": 1, "cab": 5, "can": 5, "cattle": 99, "cast": 2}
    assert found(memory, "cat", **vocabulary) == ["cab", "can", "cast", "car", "bat"]


def test_a_word_is_no_repair_of_itself(memory: Store) -> None:
    assert found(memory, "tangent", tangent=1, tangents=1) == ["tangents"]


@pytest.mark.parametrize("token", ["", "a", "2024", "x" * 100])
def test_what_is_too_short_or_too_long_or_a_number_stays(memory: Store, token: str) -> None:
    assert found(memory, token, tangent=1, ab=1) == []


def test_the_longest_word_is_repaired_whatever_the_slip(memory: Store) -> None:
    word = "abcdefghijklmnopqrstuvwxyzabcdef"
    assert len(word) == LONGEST_REPAIRABLE
    for token in (word[1:], "x" + word, word[:5] + "x" + word[6:], word[1] + word[0] + word[2:]):
        assert found(memory, token, **{word: 1}) == [word]


@pytest.mark.parametrize(("token", "slips"), [("tangn", 1), ("tang", 0), ("tagne", 1), ("xxxx", 4), ("", 0)])
def test_an_unfinished_word_is_compared_with_beginnings(token: str, slips: int) -> None:
    assert prefix_slips(token, "tangent") == slips


@pytest.mark.parametrize("token", ["tangn", "tagne", "atnge", "tngen", "tanxge"])
def test_an_unfinished_misspelt_word_is_repaired(memory: Store, token: str) -> None:
    index = index_of(memory, {"tangent": 1, "kernel": 2, "tandem": 1})
    assert "tangent" in [repair.word.text for repair in prefix_repairs(index, token)]


def test_too_little_of_a_word_is_not_repaired(memory: Store) -> None:
    assert prefix_repairs(index_of(memory, {"tangent": 1}), "tgn") == []
    assert prefix_repairs(index_of(memory, {"tangent": 1}), "2024") == []


LETTERS = "abcdeé"
words = st.text(LETTERS, min_size=3, max_size=8)


@st.composite
def slips(draw: st.DrawFn, word: str) -> str:
    kind = draw(st.sampled_from(["drop", "insert", "replace", "swap"]))
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS + "x"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "insert":
        return word[:at] + letter + word[at:]
    if kind == "replace":
        return word[:at] + letter + word[at + 1 :]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


@settings(max_examples=200, deadline=None)
@given(st.data(), st.dictionaries(words, st.integers(1, 50), min_size=1, max_size=20))
def test_a_slip_is_always_undone(memory: Store, data: st.DataObject, vocabulary: dict[str, int]) -> None:
    word = data.draw(st.sampled_from(sorted(vocabulary)))
    token = data.draw(slips(word))
    assume(token != word)
    answers = repairs(index_of(memory, vocabulary), token)
    near = [other for other in vocabulary if OSA.distance(token, other) == 1]
    assert word in near
    assert answers
    assert {repair.slips for repair in answers} == {1}
    assert {OSA.distance(token, repair.word.text) for repair in answers} == {1}
    assert len(answers) == min(len(near), MOST_REPAIRS)
    assert word in [repair.word.text for repair in answers] or len(near) > MOST_REPAIRS
