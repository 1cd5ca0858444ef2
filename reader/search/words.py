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

# A combining mark belongs to the letter before it: NFD text has them. These are the ones that SQLite's tokenizer
# passes over; at any other it ends a word.
_MARKS = "\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331"
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*")


def fold_word(word: str) -> str:
    """A word as it is compared: without case, accents and compatibility forms."""
    if word.isascii():
        return word.lower()
    return strip_accents(unicodedata.normalize("NFKC", word).casefold())


def indexed_word(word: str) -> str:
    """A word as the index holds it: `unicode61` folds letter by letter, and knows accents on Latin letters only.

    So "ﬁeld", "straße" and "й" stay what they are there, while `fold_word` makes them "field", "strasse" and "и".
    """
    return word.lower() if word.isascii() else "".join(map(_indexed_letter, word))


def _indexed_letter(letter: str) -> str:
    if unicodedata.combining(letter):
        return ""
    folded = letter.casefold()
    if len(folded) > 1:
        folded = letter.lower()
    base = unicodedata.normalize("NFD", folded)[0]
    return base if base.isascii() else folded
