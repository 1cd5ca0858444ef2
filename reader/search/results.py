"""What a search answers: ids in order, and how each word of the query was understood."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from reader.frozen import frozen

if TYPE_CHECKING:
    from reader.store.ordered import Ordered

FIRST_LISTED = 500
"""Papers that are listed at once where all in an order are to be."""


@frozen
class Interpretation:
    """How one word of a query was understood, or a phrase.

    Attributes:
        token: the word as typed, folded; of a phrase its words with spaces.
        known: whether words of the library are that word, or begin with it.
        prefix: whether words that begin with it count.
        repairs: words it may be a misspelling of, likeliest first.
        repaired: whether the results shown rest on a repair.
        inside: whether words count that hold it anywhere, as in scripts without spaces.
        field: the one place where it counts; None for all.
        phrase: the words that must stand next to each other, where it is a phrase.
        apart: the pieces that it may stand in, next to each other, where a text was typed as LaTeX.
    """

    token: str
    known: bool
    prefix: bool
    repairs: tuple[str, ...] = ()
    repaired: bool = False
    inside: bool = False
    field: str | None = None
    phrase: tuple[str, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()

    @property
    def understood(self) -> bool:
        """Whether any word of the library answers to it."""
        return self.known or bool(self.repairs)


@frozen
class Problem:
    """A part of a query that was not understood, and so was left out: from character `start` to before `end`."""

    start: int
    end: int
    message: str


@frozen
class Results:
    """Papers in the order of their worth for a query.

    Attributes:
        query: what was asked.
        ids: papers that match in the title first, then those that match elsewhere; no id twice.
        whole: where the papers are too many to be held: all of them, of which `ids` are the first.
        scores: between 0 and 1, for as many of the first ids as were compared one by one.
        complete: whether nothing is to follow: papers that match only in the abstract or by author, or the rest of a
            list of which these are the first.
        more: whether more papers answer than these.
        problems: the parts of the query that were not understood and left out.
        sort: the order that the query asks for.
        like: the paper that the query asks others to be like.
        reasons: of papers found by their likeness to another, the words that both hold.
        everything: whether nothing was asked for, so that every paper answers.
    """

    query: str
    ids: array[int]
    scores: tuple[float, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    complete: bool = True
    problems: tuple[Problem, ...] = ()
    sort: str | None = None
    like: int | None = None
    reasons: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    everything: bool = False
    more: bool = False
    whole: Ordered | None = None
    seen: frozenset[int] = field(default=frozenset(), repr=False)

    def score(self, position: int) -> float:
        """The score of the paper at that position; 0 where it was not compared one by one."""
        return self.scores[position] if position < len(self.scores) else 0.0

    def rearranged(self, ids: array[int]) -> Results:
        """The same papers in another order, each with the score it had."""
        scores = dict(zip(self.ids, self.scores, strict=False))
        return replace(self, ids=ids, scores=tuple(scores.get(id_, 0.0) for id_ in ids) if scores else ())

    @property
    def listed(self) -> array[int] | Ordered:
        """All that is listed, for `Papers.reading`."""
        return self.ids if self.whole is None else self.whole

    @property
    def count(self) -> str:
        """How many papers answer, for people: "2,000+" where there are more than were counted."""
        return f"{len(self.listed):,}{'+' if self.more else ''}"

    def readings(self, paper: int) -> Sequence[Interpretation]:
        """What to highlight in a paper: what of the query it may match, or the words it shares with another."""
        if not self.reasons:
            return self.interpretations
        return [Interpretation(word, known=True, prefix=False) for word in self.reasons.get(paper, ())]

    @property
    def repaired(self) -> tuple[tuple[str, str], ...]:
        """The words that were read as other words: as typed, and as read."""
        return tuple((i.token, i.repairs[0]) for i in self.interpretations if i.repaired and i.repairs)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The words that nothing in the library answers to."""
        return tuple(i.token for i in self.interpretations if not i.understood)

    @property
    def left_out_in_words(self) -> tuple[str, ...]:
        """The parts of the query that were not understood, each with its place and the reason."""
        parts = ((p, self.query[p.start : p.end]) for p in self.problems)
        return tuple(f"character {p.start + 1}, {part!r}: {p.message}" for p, part in parts)
