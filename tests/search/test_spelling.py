r"""What is seen is found as it is stored, and the other way round: "Poincaré" and `Poincar\'e`, "L²" and `L^2`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from reader.library import import_text, search
from reader.mathematics import as_read
from reader.search.spans import spans
from reader.search.spelling import _of_letterlike, as_asked, spellings, splits
from reader.store import Store

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PAPERS = {
    "accent": (r"Maps of the Poincar\'e Ball", "It is round."),
    "accent in Unicode": ("Poincaré Maps Again", "They are round, too."),
    "braced accent": (r"A Cat of Schr\"{o}dinger", r"As Schr\"odinger said."),
    "letter accent": (r"Numbers of Erd\H{o}s", "Small ones."),
    "raised": ("Losses in L^2", "A norm."),
    "raised in Unicode": ("Losses in L² Once More", "A norm."),
    "degrees": ("Views of 360^circ", "All round."),
    "transposed": ("Products QK^top", "Of matrices."),
    "factor": ("A 1times1 Filter", "It is 7.93times quicker."),
    "factor in Unicode": ("Another 1×1 Filter", "It is 3× quicker."),
    "Greek": (r"On $\alpha$-Fairness", r"With $\lambda_1$ and f_theta."),
    "Greek in Unicode": ("On α-Stable Noise", "Noise."),
    "English": ("Tea Over All Seas", "An other cup over all of them."),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    papers = [*PAPERS.values(), *((f"Filler {n}", f"Number {n} is all over.") for n in range(20))]
    lines = "\n".join(json.dumps({"title": title, "abstract": abstract}) for title, abstract in papers)
    with Store.open(tmp_path_factory.mktemp("spelling") / "library.db") as opened:
        import_text(opened, lines, name="x", now=NOW, origin="test")
        yield opened


def found(store: Store, query: str) -> set[str]:
    titles = store.papers.titles(search(store, query).ids)
    return {name for name, (title, _) in PAPERS.items() if title in titles.values()}


@pytest.mark.parametrize(
    ("queries", "expected"),
    [
        (["Poincaré", r"Poincar\'e", "poincare", "poincaré ball or poincaré maps"], {"accent", "accent in Unicode"}),
        (["Schrödinger", "schrodinger", r"Schr\'odinger", '"cat of schrödinger"', "schröd"], {"braced accent"}),
        (["Erdős"], {"letter accent"}),
        (["L²", "L^2", "L^{2}", '"losses in l²"', "title:L²"], {"raised", "raised in Unicode"}),
        (["360°", "360^circ", "360"], {"degrees"}),
        (["QKᵀ", "QK^top"], {"transposed"}),
        (["1×1", "1times1"], {"factor", "factor in Unicode"}),
        (["7.93×", "7.93times"], {"factor"}),
        (["α", "alpha", r"\alpha"], {"Greek", "Greek in Unicode"}),
        (["λ₁", "lambda_1"], {"Greek"}),
        (["f_θ", "θ"], {"Greek"}),
    ],
)
def test_what_is_seen_and_what_is_stored_find_the_same(store: Store, queries: list[str], expected: set[str]) -> None:
    for query in queries:
        assert found(store, query) == expected, query


def test_what_is_not_wanted_is_not_found_in_either_spelling(store: Store) -> None:
    assert found(store, "losses -L²") == set()
    assert found(store, "maps -poincaré") == set()
    assert found(store, 'maps -"poincaré ball"') == {"accent in Unicode"}


def test_two_common_words_are_no_word_without_its_accent(store: Store) -> None:
    assert found(store, '"overall"') == set()


@pytest.mark.parametrize(
    ("query", "typed", "seen"),
    [
        ("poincaré", r"the Poincar\'e ball", "the Poincaré ball"),
        ("L²", "the L^2 norm", "the L² norm"),
        ("L^2", "the L^2 norm", "the L² norm"),
        ("1×1", "a 1times1 filter", "a 1×1 filter"),
        ("alpha", r"$\alpha$-fair", "α-fair"),
        ("α", r"$\alpha$-fair", "α-fair"),
    ],
)
def test_a_match_is_marked_in_both_views(store: Store, query: str, typed: str, seen: str) -> None:
    readings = search(store, query).interpretations
    assert as_read(typed) == seen
    for text in (typed, seen):
        assert spans(text, readings), text


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("network", ()),
        ("naïve", (("na", "ive"), ("na", "i", "ve"))),
        ("Étale", (("e", "tale"),)),
        ("straße", (("stra", "ss", "e"),)),
        ("日本語", ()),
        ("Москвой", ()),
        ("xᵢⱼ", (("x", "ij"),)),
        ("ℝᵈ", (("r", "d"), ("mathbb", "r", "d"))),
        ("2times2", (("2", "2"),)),
        ("sometimes", ()),
    ],
)
def test_the_pieces_of_a_word(word: str, pieces: tuple[tuple[str, ...], ...]) -> None:
    assert spellings(word) == pieces


def test_a_word_without_accents_is_cut_where_one_may_have_been() -> None:
    assert ("schr", "odinger") in splits("schrodinger")
    assert ("poincar", "e") in splits("poincare")
    assert splits("net") == splits("word2vec") == []


def test_a_query_is_read_as_a_text_is() -> None:
    assert as_asked(r"L^2 and Poincar\'e") == "L² and Poincaré"
    assert as_asked("3×3") == as_asked("3times3") == "3times3"


def test_a_double_struck_letter_is_found_as_it_was_typed() -> None:
    assert ("mathbb", "r") in list(_of_letterlike("ℝ"))
    assert list(_of_letterlike("α")) == [("alpha",)]
