"""Repairing a misspelt word: the words of the library that are one or two slips of the finger away.

A slip is a letter left out, put in, replaced, or swapped with its neighbour: the optimal string alignment distance.
Candidates come from the vocabulary's shortenings by a few look-ups, so the cost does not depend on the library's size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rapidfuzz.distance import OSA

from reader.frozen import frozen
from reader.store.text_index import LONGEST_REPAIRABLE, TextIndex, Word, shortenings, without_one_letter

MOST_REPAIRS = 8
"""Repairs kept for one word."""
TWO_SLIPS_FROM = 6
"""Letters of the shortest word that two slips are forgiven in."""
PREFIX_REPAIRS_FROM = 4
"""Letters of the shortest unfinished word that a slip is forgiven in."""

_SCANNED = 3_000
"""Words with the same first letters that are compared, where no word is one slip away."""


@frozen
class Repair:
    """A word of the library that may have been meant, and how many slips away it is."""

    word: Word
    slips: int


def repairs(index: TextIndex, token: str) -> list[Repair]:
    """The likeliest words for a misspelt one, best first: fewest slips, same first letter, most frequent.

    Raises:
        Interrupted: a newer question came.
    """
    if len(token) < 2 or token.isdigit():
        return []
    shorter = shortenings(token) or (without_one_letter(token) if len(token) == LONGEST_REPAIRABLE + 1 else [])
    near = index.words_shortened_to({token, *shorter}) + index.words(shorter)
    found = _within(token, near, 1)
    known = any(word.text == token for word in near)
    if not found and not known and len(token) >= TWO_SLIPS_FROM:
        near += index.words_with_prefix(token[:2], limit=_SCANNED)
        twice = {text for shortened in shorter for text in shortenings(shortened)}
        near += index.words_shortened_to(twice) + index.words(twice)
        found = _within(token, near, 2)
    return _best(token, found)


def prefix_repairs(index: TextIndex, token: str) -> list[Repair]:
    """The likeliest words of which a misspelt one is the beginning, best first. Raises as `repairs` does."""
    if len(token) < PREFIX_REPAIRS_FROM or token.isdigit():
        return []
    near = index.words_shortened_to_prefix(token, limit=200)
    for shortened in shortenings(token):
        near += index.words_shortened_to_prefix(shortened, limit=50)
        near += index.words_with_prefix(shortened, limit=50)
    found = _closest(near, lambda word: prefix_slips(token, word), 1)
    return _best(token, found)


def prefix_slips(token: str, word: str) -> int:
    """How many slips away a token is from the nearest beginning of a word."""
    beginnings = (word[:length] for length in range(len(token) - 1, len(token) + 2) if length <= len(word))
    return min((OSA.distance(token, beginning) for beginning in beginnings), default=len(token))


def _within(token: str, words: Iterable[Word], most: int) -> list[Repair]:
    return _closest(words, lambda word: OSA.distance(token, word, score_cutoff=most), most)


def _closest(words: Iterable[Word], slips: Callable[[str], int], most: int) -> list[Repair]:
    distances = {word: n for word in set(words) if (n := slips(word.text)) > 0}
    least = min(distances.values(), default=most + 1)
    return [Repair(word, n) for word, n in distances.items() if n == least <= most]


def _best(token: str, found: list[Repair]) -> list[Repair]:
    found.sort(key=lambda repair: (repair.word.text[:1] != token[:1], -repair.word.papers, repair.word.text))
    return found[:MOST_REPAIRS]
