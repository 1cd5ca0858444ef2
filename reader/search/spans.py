"""Where a text matches a query, letter for letter, so that it can be highlighted in place."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from reader.search.results import Interpretation
from reader.search.spelling import SHORTEST_OPEN
from reader.search.words import WORD, fold_word

LONGEST_TEXT = 50_000
"""Characters of a text in which matches are looked for."""

Span = tuple[int, int]
"""Start and end, in characters of the text as it stands."""


def spans(text: str, interpretations: Sequence[Interpretation], place: str | None = None) -> list[Span]:
    """The parts of a text that match a query, in order: the letters typed, of each word that answers.

    A phrase is marked where its words stand together. In a `place` ("title", "abstract" or "author") nothing is marked
    that counts elsewhere alone.
    """
    counting = [each for each in interpretations if place is None or each.field in {None, place}]
    if not counting:
        return []
    matches = list(WORD.finditer(text, 0, LONGEST_TEXT))
    folded = [fold_word(match.group()) for match in matches]
    words = [each for each in counting if not each.phrase]
    marked = {at: letters for at, word in enumerate(folded) if (letters := _matching_letters(word, words))}
    for each in counting:
        if each.phrase:
            marked |= _phrased(folded, each.phrase, prefix=each.prefix)
        for pieces in each.apart:
            marked |= _phrased(folded, pieces, prefix=each.prefix and len(pieces[-1]) >= SHORTEST_OPEN)
    found: list[Span] = []
    for at in sorted(marked):
        found += _in_place(matches[at].group(), folded[at], marked[at], matches[at].start())
    return found


def _phrased(folded: Sequence[str], phrase: Sequence[str], *, prefix: bool) -> dict[int, list[Span]]:
    """The places of the words that are the phrase, with their letters; its last may be the beginning of a word."""
    *first, last = phrase
    marked: dict[int, list[Span]] = {}
    for at in range(len(folded) - len(first)):
        end = at + len(first)
        ends = folded[end].startswith(last) if prefix else folded[end] == last
        if ends and list(folded[at:end]) == first:
            marked |= {each: [(0, len(folded[each]))] for each in range(at, end)}
            marked[end] = [(0, len(last))]
    return marked


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
