from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.words import (
    LONGEST_QUERY,
    MOST_TOKENS,
    WORD,
    ends_open,
    fold_word,
    growing_word,
    indexed_word,
    spellings,
    tokens,
)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ()),
        ("  …  ", ()),
        ("Neural Tangent", ("neural", "tangent")),
        ("non-linear c++ it's", ("non", "linear", "c", "it", "s")),
        ("deep deep DEEP learning", ("deep", "learning")),
        ("Poincaré Poincare\u0301", ("poincare",)),
        ("snake_case", ("snake", "case")),
        ("GPT-4 3.5", ("gpt", "4", "3", "5")),
        ("Straße ﬁeld Ｄｅｅｐ ℓ1", ("strasse", "field", "deep", "l1")),
        ("深層学習 ядро", ("深層学習", "ядро")),
        ("a\0b", ("a", "b")),
        ('"title:x" AND (NOT y)*', ("title", "x", "and", "not", "y")),
        ("💥", ()),
    ],
)
def test_a_query_is_its_words_folded(query: str, words: tuple[str, ...]) -> None:
    assert tokens(query) == words


def test_long_queries_are_cut() -> None:
    assert len(tokens(" ".join(map(str, range(1000))))) == MOST_TOKENS
    assert tokens("x" * 10_000) == ("x" * LONGEST_QUERY,)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("", ""), ("deep", "deep"), ("deep ", ""), ("deep-", ""), ("deep l", "l"), ("deep learning deep", "deep"),
        ("poincare\u0301", "poincare"), ("x" * 2000, ""),
    ],
)  # fmt: skip
def test_only_the_last_word_may_still_grow(query: str, word: str) -> None:
    assert growing_word(query) == word
    assert ends_open(query) == bool(word)


def test_a_word_has_every_form_in_which_the_index_may_hold_it() -> None:
    assert spellings("ﬁeld Straße й deep") == {
        "field": ("field", "ﬁeld"),
        "strasse": ("strasse", "straße"),
        "и": ("и", "й"),
        "deep": ("deep",),
    }
    assert spellings("field ﬁeld") == {"field": ("field", "ﬁeld")}


@pytest.fixture(scope="module")
def tokenizer() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create virtual table t using fts5 (x, tokenize = 'unicode61 remove_diacritics 2')")
        connection.execute("create virtual table words using fts5vocab (t, instance)")
        yield connection


SCRIPTS = st.characters(
    categories=("Lu", "Ll", "Lt", "Nd", "Zs", "Pd", "Po", "Sm", "Cc"),
    max_codepoint=0x52F,
    exclude_characters="\0\u01e0\u01e1\u037f\u0528\u052a\u052c\u052e",  # younger than SQLite's tables, or odd there
)
TEXTS = st.text(st.one_of(SCRIPTS, st.sampled_from("ﬁﬂßſẞ²½\u0301\u0308\u0338ℓ深学がﬀ_")), max_size=30)


@given(TEXTS)
def test_words_are_those_of_the_index(tokenizer: sqlite3.Connection, text: str) -> None:
    tokenizer.execute("delete from t")
    tokenizer.execute("insert into t values (?)", (text,))
    indexed = [term for (term,) in tokenizer.execute("select term from words order by offset")]
    assert [indexed_word(match.group()) for match in WORD.finditer(text)] == indexed


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_word(text)
    assert fold_word(once) == once
    assert fold_word(unicodedata.normalize("NFD", text)) == once
