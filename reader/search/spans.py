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
        if letters := _matching_letters(word, interpretations):
            found += _in_place(match.group(), word, letters, match.start())
    return found


def _in_place(typed: str, word: str, letters: Sequence[Span], offset: int) -> list[Span]:
    """The spans of a folded word in the word as it stands: a mark goes with its letter, a ligature is one letter."""
    places: list[int] = []  # of each folded letter, the letter that it comes from
    for place, letter in enumerate(typed):
        places += [place] * len(fold_word(letter))
    if len(places) != len(word):  # letters that only fold together: no position inside the word means anything
        return [(offset, offset + len(typed))]
    places.append(len(typed))
    found: list[Span] = []
    for start, end in letters:
        first, after = places[start], max(places[end], places[end - 1] + 1)
        if found and offset + first <= found[-1][1]:
            found[-1] = (found[-1][0], offset + after)
        else:
            found.append((offset + first, offset + after))
    return found


def _matching_letters(word: str, interpretations: Sequence[Interpretation]) -> list[Span]:
    for interpretation in interpretations:
        if word == interpretation.token:
            return [(0, len(word))]
    for interpretation in interpretations:
        token = interpretation.token
        if interpretation.prefix and word.startswith(token):
            return [(0, len(token))]
        if interpretation.inside and (start := word.find(token)) >= 0:
            return [(start, start + len(token))]
        if word in interpretation.repairs:
            return [(block.dest_start, block.dest_end) for block in LCSseq.opcodes(token, word) if block.tag == "equal"]
    return []
