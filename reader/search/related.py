"""Papers like a paper, from the words they share: the cosine of tf-idf vectors over title and abstract.

A word weighs its count in a text times ln((1 + papers) / (1 + papers with it)) + 1, and a vector has length one: G.
Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988, smoothed as is usual. Only papers
that share one of the rarest words are compared, so the cost hardly depends on the library's size.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from reader.frozen import frozen
from reader.search.words import WORD, indexed_word
from reader.store import Store
from reader.store.matching import Term

MOST_RELATED = 100
"""Papers given at most."""
REASONS = 5
"""Shared words given as the reason."""

_ASCII_WORD = re.compile("[a-z0-9]{2,}")
_MOST_HOLDERS = 20_000
"""Papers looked up by single words, all words together."""
_COMPARED = 200
"""Papers compared text by text."""
_LEAST_SHARED = 0.1
"""The share of papers above which a word tells nothing: it is no reason."""
_LEAST_LIKE = 0.02
_FUNCTION_WORDS = frozenset(
    """
    about above across after again against all almost along already also although always am among an and another any
    are as at  be because been before being below between both but by can cannot could did do does doing done down
    during each either  else enough even ever every few for from further given had has have having he hence her here
    him his how however if in  instead into is it its itself just last least less like made make makes many may me
    might more most much must my near  need neither never no nor not now of off often on once one only onto or other
    others our out over own per perhaps quite  rather same say says see seen several shall she should show shows
    since so some such than that the their them then there  therefore these they thing things this those though
    three through thus to together too toward towards two under until  up upon us use used using very via was way we
    well were what when where whether which while who whole whose why will  with within without would yet you your
    """.split()  # noqa: SIM905 - a list of words reads better without quotation marks
)
"""Words that say nothing of what a paper is about; in a small library they would look rare."""


@frozen
class Related:
    """A paper like another.

    Attributes:
        likeness: the cosine, from 0 to 1.
        shared: the shared words that weigh most, as the index holds them.
    """

    paper: int
    likeness: float
    shared: tuple[str, ...]


def related(store: Store, paper: int) -> list[Related]:
    """The papers most like a paper, best first; equals in the default order.

    Raises:
        Interrupted: a newer question came.
        LibraryError: the library cannot be read.
    """
    own = _counts(store, [paper]).get(paper)
    if not own:
        return []
    weights = _Weights(store)
    weights.learn(own)
    weights.admit_the_rarest_of(own)
    wanted = weights.vector(own)
    found = _counts(store, _candidates(store, paper, wanted, weights))
    weights.learn(word for counts in found.values() for word in counts)
    shares = {id_: weights.shares(wanted, counts) for id_, counts in found.items()}
    likeness = {id_: value for id_, shared in shares.items() if (value := sum(shared.values())) >= _LEAST_LIKE}
    in_order = sorted(store.papers.sorted_ids(likeness), key=lambda id_: -likeness[id_])  # stable
    alike = (Related(id_, likeness[id_], _reasons(shares[id_], weights)) for id_ in in_order)
    return list(islice((each for each in alike if each.shared), MOST_RELATED))


class _Weights:
    """How much words tell, each looked up once."""

    def __init__(self, store: Store) -> None:
        self._index = store.index
        self._total = max(store.papers.total(), 1)
        self._holders: dict[str, int] = {}
        self._worths: dict[str, float] = {}
        self._most = max(_LEAST_SHARED * self._total, 5.0)

    def learn(self, words: Iterable[str]) -> None:
        new = sorted({word for word in words if word not in self._holders})
        self._holders.update(dict.fromkeys(new, 0))
        for start in range(0, len(new), 1_000):
            self._holders.update((word.text, word.papers) for word in self._index.words(new[start : start + 1_000]))
        self._worths.update((word, math.log((1 + self._total) / (1 + self._holders[word])) + 1) for word in new)

    def holders(self, word: str) -> int:
        return self._holders[word]

    def admit_the_rarest_of(self, words: Iterable[str]) -> None:
        """Let the rarest words of a paper tell something, however many papers hold them: it has no others."""
        rarest = min((self._holders[word] for word in words if self._may_tell(word)), default=0)
        self._most = max(self._most, 1.5 * rarest)

    def tells(self, word: str) -> bool:
        """Whether sharing a word is a reason to look at a paper."""
        return self._may_tell(word) and self._holders[word] <= self._most

    def _may_tell(self, word: str) -> bool:
        return self._holders[word] > 1 and not word.isdigit() and word not in _FUNCTION_WORDS

    def vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        found, length = self._weighed(counts)
        return {word: value / length for word, value in found.items()}

    def shares(self, wanted: Mapping[str, float], counts: Mapping[str, int]) -> dict[str, float]:
        """What each word that both hold adds to the cosine."""
        found, length = self._weighed(counts)
        return {word: wanted[word] * (found[word] / length) for word in found if word in wanted}

    def _weighed(self, counts: Mapping[str, int]) -> tuple[dict[str, float], float]:
        found = {word: n * self._worths[word] for word, n in counts.items()}
        return found, math.sqrt(sum(value * value for value in found.values())) or 1.0


def _counts(store: Store, papers: Iterable[int]) -> dict[int, Counter[str]]:
    """How often each word of two letters or more stands in the title and abstract of papers."""
    texts = store.index.texts(list(papers))
    return {id_: Counter(_words(f"{title}\n{abstract or ''}")) for id_, (title, abstract, _) in texts.items()}


def _words(text: str) -> Iterable[str]:
    if text.isascii():  # three times as quick, and nearly all are
        return _ASCII_WORD.findall(text.lower())
    return (word for match in WORD.finditer(text) if len(word := indexed_word(match.group())) > 1)


def _candidates(store: Store, paper: int, wanted: Mapping[str, float], weights: _Weights) -> list[int]:
    """The papers that share the words that weigh most, those first that share most.

    Words that too many papers hold are passed over; where all are such, the newest papers with the rarest are taken.
    """
    horizon = store.papers.horizon()
    scores: dict[int, float] = {}
    left = _MOST_HOLDERS
    telling = sorted(filter(weights.tells, wanted), key=lambda word: (-wanted[word], word))
    fitting = any(weights.holders(word) <= left for word in telling)
    for word in telling if fitting else sorted(telling, key=weights.holders)[:1]:
        if fitting and weights.holders(word) > left:
            continue
        left -= weights.holders(word)
        worth = wanted[word] ** 2
        for id_ in store.index.ids(Term(word), horizon=horizon, limit=_MOST_HOLDERS, ranked=False):
            scores[id_] = scores.get(id_, 0.0) + worth
    scores.pop(paper, None)
    return sorted(scores, key=lambda id_: (-scores[id_], -id_))[:_COMPARED]


def _reasons(shares: Mapping[str, float], weights: _Weights) -> tuple[str, ...]:
    """The shared words that weigh most."""
    return tuple(sorted(filter(weights.tells, shares), key=lambda word: (-shares[word], word))[:REASONS])
