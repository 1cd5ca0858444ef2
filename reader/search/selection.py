"""Which papers the parts of a query that are no text leave: as a condition, and, where they are few, as ids.

A condition costs something for every paper that is looked at, ids for every paper that is meant. So what few papers
have is found by its own index, and what many have is met soon wherever a list is begun.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.frozen import frozen
from reader.store import conditions
from reader.store.conditions import ANY, Condition, is_among

MOST_FEW = 5_000
"""Papers that are few: looked up and put in order within some hundredths of a second."""


@frozen
class Selection:
    """The papers that answer to a condition.

    Attributes:
        few: where they are few, these papers, and perhaps some that do not answer to it.
    """

    condition: Condition
    few: frozenset[int] | None = None

    def __invert__(self) -> Selection:
        return Selection(~self.condition)


EVERYTHING = Selection(ANY)


def these(papers: Sequence[int]) -> Selection:
    """Those few papers."""
    return Selection(is_among(papers), frozenset(papers))


def all_of(selections: Sequence[Selection]) -> Selection:
    """The papers that are of all of these."""
    few = min((each.few for each in selections if each.few is not None), key=len, default=None)
    return Selection(conditions.all_of([each.condition for each in selections]), few)


def any_of(selections: Sequence[Selection]) -> Selection:
    """The papers that are of at least one of these."""
    known = [each.few for each in selections if each.few is not None]
    few = frozenset().union(*known) if len(known) == len(selections) and sum(map(len, known)) <= MOST_FEW else None
    return Selection(conditions.any_of([each.condition for each in selections]), few)
