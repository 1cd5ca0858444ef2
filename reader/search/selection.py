"""Sets of papers that may be nearly all of them: as the ids in it, or as the ids that are not.

So "unread" costs what was read, and turning a set round costs nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers of `ids`, or, as a `complement`, all others."""

    ids: frozenset[int]
    complement: bool = False

    def __contains__(self, paper: int) -> bool:
        return (paper in self.ids) is not self.complement

    def __invert__(self) -> Selection:
        return Selection(self.ids, not self.complement)

    def __and__(self, other: Selection) -> Selection:
        if self.complement and other.complement:
            return Selection(self.ids | other.ids, complement=True)
        if self.complement:
            return Selection(other.ids - self.ids)
        return Selection(self.ids - other.ids if other.complement else self.ids & other.ids)

    def __or__(self, other: Selection) -> Selection:
        return ~(~self & ~other)

    def among(self, papers: Iterable[int]) -> array[int]:
        """Those of the papers that are in it, in their order."""
        if self.complement and not self.ids:
            return papers if isinstance(papers, array) else array("q", papers)
        if self.complement:
            return array("q", [paper for paper in papers if paper not in self.ids])
        return array("q", [paper for paper in papers if paper in self.ids])

    @property
    def excluded(self) -> int:
        """How many papers it is known to leave out, where it is nearly all of them; else -1."""
        return len(self.ids) if self.complement else -1


EVERYTHING = Selection(frozenset(), complement=True)
NOTHING = Selection(frozenset())
