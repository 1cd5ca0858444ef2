"""What counts as a word, in a query and in a text: the same words that the full-text index holds.

A word is a run of letters and digits of any script; case, accents and compatibility forms do not matter. Positions are
always those of the text as it stands, so that a match can be shown in place.
"""

from __future__ import annotations

import re
import unicodedata

from reader.text import strip_accents

LONGEST_QUERY = 1_000
"""Characters of a query that are looked at; what follows cannot be a half-remembered title."""
MOST_TOKENS = 24
"""Words of a query that are looked for."""

# A combining mark belongs to the letter before it: NFD text has them, and SQLite's tokenizer passes over them too.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


def fold_word(word: str) -> str:
    """A word as the index holds it: without case and accents."""
    if word.isascii():
        return word.lower()
    return strip_accents(unicodedata.normalize("NFKC", word).casefold())


def tokens(query: str) -> tuple[str, ...]:
    """The words of a query, folded, each once, in order."""
    found = (fold_word(match.group()) for match in WORD.finditer(query[:LONGEST_QUERY]))
    return tuple(dict.fromkeys(token for token in found if token))[:MOST_TOKENS]


def ends_open(query: str) -> bool:
    """Whether the last word of a query may still be growing: nothing was typed after it."""
    return bool(query) and WORD.fullmatch(query[-1]) is not None
