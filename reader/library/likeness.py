"""Whether two records are of one paper although their texts differ: the rule that joins by likeness.

`docs/merging.md` tells the whole rule as a table of cases.
"""

from __future__ import annotations

import re

from reader.paper import Paper, title_key
from reader.text import fold

ALIKE = 0.97
"""The share of letters that two abstracts must have in common, in order: 1 - indel distance / length of both."""
SHORTEST_BEGINNING = 64
"""Letters and digits of the shortest abstract that is taken for the beginning of another."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")


def are_one(one: Paper, other: Paper) -> bool:
    """Whether two papers are one: exactly one has an arXiv id, the folded titles are equal and the abstracts alike."""
    if (one.arxiv_id is None) == (other.arxiv_id is None) or one.abstract is None or other.abstract is None:
        return False
    return title_key(one.title) == title_key(other.title) and are_alike(one.abstract, other.abstract)


def are_alike(one: str, other: str) -> bool:
    """Whether two abstracts are one text.

    They are when they are equal after dropping all but letters and digits, when one is the beginning of the other, or
    when they have `ALIKE` of their letters in common and the same numbers in the same order.
    """
    first, second = sorted((_letters(one), _letters(other)), key=len)
    if first == second or (len(first) >= SHORTEST_BEGINNING and second.startswith(first)):
        return True
    if _NUMBER.findall(fold(one)) != _NUMBER.findall(fold(other)):
        return False
    from rapidfuzz.distance import Indel  # an import of pages without ids never needs it

    return Indel.normalized_similarity(first, second, score_cutoff=ALIKE) >= ALIKE


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))
