from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.results import Interpretation
from reader.search.spans import spans

DECOMPOSED = unicodedata.normalize("NFD", "한국")


def typed(token: str, *, prefix: bool = True) -> Interpretation:
    return Interpretation(token, known=True, prefix=prefix)


def repaired(token: str, *words: str) -> Interpretation:
    return Interpretation(token, known=False, prefix=False, repairs=words, repaired=True)


def marked(text: str, *interpretations: Interpretation) -> list[str]:
    return [text[start:end] for start, end in spans(text, interpretations)]


@pytest.mark.parametrize(
    ("text", "interpretation", "expected"),
    [
        ("Neural tangents", typed("tangent"), ["tangent"]),
        ("Neural tangents", typed("tangent", prefix=False), []),
        ("TANGENT, tangent", typed("tangent"), ["TANGENT", "tangent"]),
        ("On Poincaré maps", typed("poincare"), ["Poincaré"]),
        ("On Poincare\u0301 maps", typed("poincare"), ["Poincare\u0301"]),
        ("On Poincare\u0301 maps", typed("poin"), ["Poin"]),
        ("e\u0301tale", typed("e"), ["e\u0301"]),
        ("e\u0301tale", typed("et"), ["e\u0301t"]),
        ("The ﬁeld", typed("field"), ["ﬁeld"]),
        ("The ﬁeld", typed("fiel"), ["ﬁel"]),
        ("The ﬁeld", typed("f"), ["ﬁ"]),
        ("e\u0301ﬁx", typed("efi"), ["e\u0301ﬁ"]),
        ("Straße", typed("strass"), ["Straß"]),
        ("Straße", typed("strasse"), ["Straße"]),
        ("ℓ1 norm", typed("l1"), ["ℓ1"]),
        ("深層学習", typed("深層"), ["深層"]),
        (DECOMPOSED, typed("한"), [DECOMPOSED]),  # its signs only fold together
        ("Neural tangents", repaired("tangnt", "tangents"), ["tang", "nt"]),
        ("ﬁeld", repaired("feld", "field"), ["ﬁeld"]),
        ("Poincare\u0301", repaired("poncare", "poincare"), ["Po", "ncare\u0301"]),
        ("nothing here", typed("tangent"), []),
        ("", typed("tangent"), []),
        ("tangent \udc80 tangent", typed("tangent"), ["tangent", "tangent"]),
    ],
)
def test_exactly_the_letters_are_marked(text: str, interpretation: Interpretation, expected: list[str]) -> None:
    assert marked(text, interpretation) == expected


def test_an_exact_word_is_marked_whole_before_a_beginning_is() -> None:
    assert marked("tangent", typed("tan"), typed("tangent")) == ["tangent"]


def test_without_a_query_nothing_is_marked() -> None:
    assert spans("tangent", []) == []


words = st.text(st.sampled_from("aeinßﬁéñﬃℓ²"), min_size=1, max_size=6)


@given(st.lists(words, max_size=5), words, st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_spans_are_in_order_and_apart_and_within_the_text(
    texts: list[str], token: str, form: str, prefix: bool
) -> None:
    from reader.search.words import fold_word

    text = unicodedata.normalize("NFD", " ".join(texts)) if form == "NFD" else " ".join(texts)
    folded = fold_word(token)
    for interpretation in (typed(folded, prefix=prefix), repaired("ain", folded)):
        end = 0
        for start, after in spans(text, [interpretation]):
            assert end <= start < after <= len(text)
            end = after
    if prefix:
        for part in marked(text, typed(folded)):
            assert fold_word(part).startswith(folded)


def phrase(*words: str, field: str | None = None, growing: bool = False) -> Interpretation:
    return Interpretation(" ".join(words), known=True, prefix=growing, field=field, phrase=words)


@pytest.mark.parametrize(
    ("text", "interpretation", "expected"),
    [
        ("A lower bound on bounds", phrase("lower", "bound"), ["lower", "bound"]),
        ("A bound that is lower", phrase("lower", "bound"), []),
        ("Lower-Bounds", phrase("lower", "bound"), []),
        ("Lower-Bounds", phrase("lower", "bound", growing=True), ["Lower", "Bound"]),
        ("lower", phrase("lower", "bound", growing=True), []),
        ("bound bound bound", phrase("bound", "bound"), ["bound", "bound", "bound"]),
        ("", phrase("lower"), []),
    ],
)
def test_a_phrase_is_marked_where_its_words_stand_together(
    text: str, interpretation: Interpretation, expected: list[str]
) -> None:
    assert marked(text, interpretation) == expected


def test_a_word_of_a_field_is_marked_only_there() -> None:
    word = Interpretation("kernel", known=True, prefix=True, field="title")
    assert [bool(spans("Kernel", [word], place)) for place in ("title", "abstract", "author", None)] == [
        True,
        False,
        False,
        True,
    ]
    assert spans("Lower bound", [phrase("lower", "bound", field="abstract")], "title") == []


def test_a_word_of_a_script_without_spaces_is_marked_within_another() -> None:
    inside = Interpretation("tangent", known=False, prefix=False, inside=True)
    assert marked("retangents", inside) == ["tangent"]
