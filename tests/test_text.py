from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import (
    collapse,
    find_urls,
    fold,
    steady,
    steady_with_spans,
    strip_accents,
    trim_url,
    visible,
    visible_lines,
)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_makes_canonically_equal_texts_equal(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deep  Learning", "deep learning"),
        ("ＤＥＥＰ", "deep"),
        ("ﬁeld", "FIELD"),
        ("Straße", "STRASSE"),
        ("a\u00a0b", "a b"),
    ],
)
def test_spellings_of_one_text_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_texts_stay_different() -> None:
    assert fold("Poincaré") != fold("Poincare")
    assert fold("a b") != fold("ab")


@given(st.text())
def test_collapsing_leaves_single_spaces(text: str) -> None:
    collapsed = collapse(text)
    assert collapsed == collapsed.strip()
    assert collapsed.split() == text.split()
    assert collapsed.split(" ") == text.split() or collapsed == ""


@given(st.lists(st.sampled_from([*"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f ", "\x85", "\xa0", "word", "w", "é"]), max_size=20))
def test_a_long_text_collapses_as_a_short_one(pieces: list[str]) -> None:
    text, long = "".join(pieces), "word " * 60
    assert collapse(long + text) == " ".join((long + text).split())
    assert collapse(text + long) == " ".join((text + long).split())


_WHITE = [character for character in map(chr, range(0x3001)) if character.isspace()]


@given(st.lists(st.sampled_from(["word", "naïve", "x" * 200, " ", *_WHITE])), st.booleans())
def test_a_long_text_is_collapsed_as_a_short_one_is(pieces: list[str], plain: bool) -> None:
    text = "".join(pieces)
    text = text.encode("ascii", "ignore").decode() if plain else text
    assert collapse(text) == " ".join(text.split())


@pytest.mark.parametrize("white", _WHITE)
def test_no_white_space_but_single_spaces_stays_in_a_long_text(white: str) -> None:
    for word in ("word", "naïve"):
        words = [word] * 100
        assert collapse(" ".join(words)) == " ".join(words)
        assert collapse(" ".join(words[:50]) + white + " ".join(words[50:])) == " ".join(words)
        assert collapse(" ".join(words[:50]) + " " + white + " ".join(words[50:])) == " ".join(words)
        assert collapse(" ".join(words) + white) == collapse(white + " ".join(words)) == " ".join(words)


@given(st.text(st.characters(categories=None)))
def test_what_is_visible_keeps_its_length_and_holds_nothing_that_acts(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in shown)
    assert not any(
        unicodedata.bidirectional(c) in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"} for c in shown
    )


def test_control_characters_have_pictures() -> None:
    assert visible("a\x1b[31m\n\x7f") == "a␛[31m␊␡"
    assert visible("plain é 深") == "plain é 深"


@pytest.mark.parametrize(
    ("text", "plain"), [("Poincaré", "Poincare"), ("Čech", "Cech"), ("plain", "plain"), ("한국", "한국")]
)
def test_accents_go(text: str, plain: str) -> None:
    assert strip_accents(text) == plain
    assert strip_accents(unicodedata.normalize("NFD", text)) == plain


@pytest.mark.parametrize(
    ("found", "url"),
    [
        ("https://a.org/x.", "https://a.org/x"),
        ("https://a.org/x).", "https://a.org/x"),
        ("https://a.org/wiki/X_(y)", "https://a.org/wiki/X_(y)"),
        ("https://a.org/wiki/X_(y)).", "https://a.org/wiki/X_(y)"),
        ("https://a.org/[x]],", "https://a.org/[x]"),
        ("https://a.org/x**", "https://a.org/x"),
        ("https://a.org/x?!", "https://a.org/x"),
        ("...", ""),
        ("", ""),
        (")(", ")("),
    ],
)
def test_an_address_loses_the_punctuation_of_its_sentence(found: str, url: str) -> None:
    assert trim_url(found) == url


def test_brackets_without_end_are_trimmed_in_one_pass() -> None:
    assert trim_url("https://a.org/x" + ")" * 500_000) == "https://a.org/x"


def test_addresses_come_once_with_repositories_first() -> None:
    text = (
        "See https://a.org/x, (http://b.org), https://github.com/o/r. and https://a.org/x; https:// or https://... "
        "and https://github.com"
    )
    assert find_urls(text) == ("https://github.com/o/r", "https://a.org/x", "http://b.org", "https://github.com")
    assert find_urls("none") == ()


@given(st.text(st.sampled_from("ab\n\t\r\x1b\u202e")))
def test_lines_are_made_visible_one_by_one(text: str) -> None:
    shown = visible_lines(text)
    assert shown.replace("\n", "").replace("\t", "") == visible(text.replace("\n", "").replace("\t", ""))
    assert [(place, mark) for place, mark in enumerate(shown) if mark in "\n\t"] == [
        (place, mark) for place, mark in enumerate(text) if mark in "\n\t"
    ]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain", "plain"),
        ("e\u0301 語 שלום", "e\u0301 語 שלום"),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\U0001f52c"),
        ("\U0001f44d\U0001f3fd!", "\U0001f44d!"),
        ("\U0001f1e9\U0001f1ea", "DE"),
        ("\u2764\ufe0f", "\u2764"),
        ("1\ufe0f\u20e3", "1"),
    ],
)
def test_signs_that_are_joined_or_changed_are_drawn_each_by_itself(text: str, drawn: str) -> None:
    assert steady(text) == steady(drawn) == drawn


@given(st.text(), st.text(), st.text())
def test_what_is_marked_of_a_text_is_marked_of_it_as_it_is_drawn(before: str, marked: str, after: str) -> None:
    text, ((start, end),) = steady_with_spans(before + marked + after, [(len(before), len(before) + len(marked))])
    assert (text[:start], text[start:end], text[end:]) == (steady(before), steady(marked), steady(after))
