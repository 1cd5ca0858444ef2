"""When two abstracts are one text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.likeness import ALIKE, SHORTEST_BEGINNING, are_alike, are_one
from reader.paper import Paper

WORDS = ["lanterns", "dim", "agree", "Räume", "12", "3.5", "ﬁrst", "x²", "ＡＢ", "深層", "—", "(so)", "fast,", "$k$"]
texts = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
long_texts = st.lists(st.sampled_from(["lanterns", "dim", "agree", "rooms", "12", "winter"]), min_size=30, max_size=60)
LONG = "We show that 12 lanterns in 3 rooms agree, left alone for a winter, on when to dim, and they do so ever sooner."


@given(texts, texts)
def test_it_is_symmetric(one: str, other: str) -> None:
    assert are_alike(one, other) == are_alike(other, one)


@given(texts)
def test_case_width_and_all_but_letters_and_digits_do_not_matter(text: str) -> None:
    assert are_alike(text, text)
    assert are_alike(text, text.upper())
    assert are_alike(text, re.sub(r"[\s,().—$]+", " ", text))


@given(long_texts, st.integers(0, 400))
def test_a_long_beginning_is_alike(words: list[str], cut: int) -> None:
    text = " ".join(words)
    beginning = text[: max(cut, SHORTEST_BEGINNING * 2)]
    assert are_alike(text, beginning)


def test_a_short_beginning_is_not() -> None:
    assert not are_alike("Lanterns dim.", "Lanterns dim. And this is all that there is to say of them.")
    letters = "x" * SHORTEST_BEGINNING
    assert are_alike(letters, letters + "y" * 500)
    assert not are_alike(letters[1:], letters[1:] + "y" * 500)


@given(long_texts, st.integers(0, 29))
def test_another_number_is_never_alike(words: list[str], place: int) -> None:
    text = " ".join([*words[:place], "97", *words[place:]])
    other = " ".join([*words[:place], "98", *words[place:]])
    assert not are_alike(text, other)


@given(long_texts, st.integers(0, 29))
def test_a_letter_more_is_alike(words: list[str], place: int) -> None:
    text = " ".join([*words[:place], "candles", *words[place:], "end"])
    assert are_alike(text, " ".join([*words[:place], "candle", *words[place:], "end"]))


@pytest.mark.parametrize(("changed", "alike"), [(3, True), (4, False)])
def test_the_share_of_letters_in_common_decides(changed: int, *, alike: bool) -> None:
    assert ALIKE == 0.97
    assert are_alike("a" * 100 + "b" * changed, "a" * 100 + "c" * changed) == alike


@pytest.mark.parametrize(("one", "other"), [("", ""), ("!", "?"), ("", "a"), ("5", "6")])
def test_texts_without_letters_are_compared_all_the_same(one: str, other: str) -> None:
    assert are_alike(one, other) == (one.strip("!?") == other.strip("!?"))


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        (Paper(title="T", abstract=LONG), Paper(title="t", abstract=LONG + "!", arxiv_id="2512.00001"), True),
        (Paper(title="T", abstract=LONG), Paper(title="T", abstract=LONG), False),
        (Paper(title="T", abstract=LONG), Paper(title="U", abstract=LONG, arxiv_id="2512.00001"), False),
        (Paper(title="T"), Paper(title="T", abstract=LONG, arxiv_id="2512.00001"), False),
        (Paper(title="T", abstract=LONG), Paper(title="T", arxiv_id="2512.00001"), False),
        (
            Paper(title="T", abstract=LONG, arxiv_id="2512.00002"),
            Paper(title="T", abstract=LONG, arxiv_id="2512.00001"),
            False,
        ),
    ],
)
def test_papers_are_one_when_one_has_an_id_and_their_texts_agree(one: Paper, other: Paper, *, are: bool) -> None:
    assert are_one(one, other) == are_one(other, one) == are
