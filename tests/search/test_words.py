from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.words import WORD, fold_word, indexed_word


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
