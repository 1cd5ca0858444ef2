"""Where a text matches a query, letter for letter, so that it can be highlighted in place."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from reader.search.results import Interpretation
from reader.search.words import WORD, fold_word

LONGEST_TEXT = 50_000
"""Characters of a text in which matches are looked for."""

Span = tuple[int, int]
"""Start and end, in characters of the text as it stands."""


def spans(text: str, interpretations: Sequence[Interpretation]) -> list[Span]:
    """The parts of a text that match a query, in order: the letters typed, of each word that answers."""
    if not interpretations:
        return []
    found: list[Span] = []
    for match in WORD.finditer(text, 0, LONGEST_TEXT):
        word = fold_word(match.group())
        letters = _matching_letters(word, interpretations)
        if letters and len(word) == len(match.group()):
            found += [(match.start() + start, match.start() + end) for start, end in letters]
        elif letters:  # folding changed the number of letters: positions inside the word mean nothing
            found.append(match.span())
    return found


def _matching_letters(word: str, interpretations: Sequence[Interpretation]) -> list[Span]:
    for interpretation in interpretations:
        if word == interpretation.token:
            return [(0, len(word))]
    for interpretation in interpretations:
        token = interpretation.token
        if interpretation.prefix and word.startswith(token):
            return [(0, len(token))]
        if word in interpretation.repairs:
            return [(block.dest_start, block.dest_end) for block in LCSseq.opcodes(token, word) if block.tag == "equal"]
    return []
