"""How well a title answers a query: word by word, never the query as one string.

Scoring the whole string lets one shared word outweigh all others, so that a correct query ranks below a misspelt one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from reader.search.results import Interpretation
from reader.search.words import WORD, fold_word

EXACT, PREFIX, REPAIRED = 1.0, 0.9, 0.75
"""What a word of a title is worth that is the word asked for, begins with it, or is what it was repaired to."""

_WORDS, _ORDER, _COVERAGE = 0.75, 0.1, 0.15
"""The shares of a score: the words that match, their order, and how much of the title they are."""


def rarity(matching: int, total: int) -> float:
    """How much a word tells that so many of all titles hold: the inverse document frequency of BM25."""
    return math.log(1.0 + (total - matching + 0.5) / (matching + 0.5))


def score(title: str, interpretations: Sequence[Interpretation], rarities: Mapping[str, float]) -> float:
    """How well a title answers, from 0 to 1; 1 is a title that is the query."""
    words = [fold_word(match.group()) for match in WORD.finditer(title)]
    worth = total = 0.0
    places: list[int] = []
    for interpretation in interpretations:
        weight = rarities[interpretation.token]
        total += weight
        value, place = _best_word(words, interpretation)
        worth += weight * value
        if value:
            places.append(place)
    if not total or not words:
        return 0.0
    coverage = len(set(places)) / len(words)
    return _WORDS * worth / total + _ORDER * _in_order(places) + _COVERAGE * coverage


def holds_beginning(title: str, beginning: str) -> bool:
    """Whether a word of the title begins so."""
    return any(fold_word(match.group()).startswith(beginning) for match in WORD.finditer(title))


def _best_word(words: Sequence[str], interpretation: Interpretation) -> tuple[float, int]:
    """The worth and the place of the word of a title that answers best to one word of the query."""
    token = interpretation.token
    if token in words:
        return EXACT, words.index(token)
    if interpretation.prefix:
        for place, word in enumerate(words):
            if word.startswith(token):
                return PREFIX, place
    if interpretation.inside:
        for place, word in enumerate(words):
            if token in word:
                return PREFIX, place
    if interpretation.apart and (pieces := _place_of_pieces(words, interpretation.apart)) is not None:
        return EXACT, pieces
    return _repaired_word(words, interpretation)


def _repaired_word(words: Sequence[str], interpretation: Interpretation) -> tuple[float, int]:
    for repair in interpretation.repairs:
        if repair in words:
            return REPAIRED, words.index(repair)
    return 0.0, 0


def _place_of_pieces(words: Sequence[str], apart: Sequence[Sequence[str]]) -> int | None:
    """Where a word stands in pieces next to each other."""
    for pieces in apart:
        for place in range(len(words) - len(pieces) + 1):
            if list(words[place : place + len(pieces)]) == list(pieces):
                return place
    return None


def _in_order(places: Sequence[int]) -> float:
    """The share of neighbouring words of the query that are neighbours in the title too."""
    if len(places) < 2:
        return 1.0
    return sum(second == first + 1 for first, second in pairwise(places)) / (len(places) - 1)
