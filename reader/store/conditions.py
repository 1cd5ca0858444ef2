"""What a paper must answer to beside its place in an order, as SQL: made here and in `filters`, put together by search.

A condition is asked of one paper at a time, and costs the same whatever the library's size.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from reader.frozen import frozen


@frozen
class Condition:
    """What a paper must answer to.

    Attributes:
        test: SQL that is true of such papers, with `{paper}` where the id of the paper stands.
        parameters: its question marks.
        in_bulk: the same for asking it of very many papers, where that is quicker; with the same question marks.
        levels: how deeply it is put together.
    """

    test: str
    parameters: tuple[Any, ...] = ()
    in_bulk: str = ""
    levels: int = 0

    def of(self, paper: str) -> str:
        """The SQL for a paper whose id that expression gives."""
        return self.test.replace("{paper}", paper)

    def of_many(self, paper: str) -> str:
        """The same where very many papers are asked."""
        return (self.in_bulk or self.test).replace("{paper}", paper)

    @property
    def is_cheap(self) -> bool:
        """Whether it may be asked of a thousand papers before the next frame."""
        return not self.in_bulk

    def __invert__(self) -> Condition:
        return Condition(f"not {self.test}", self.parameters, self.in_bulk and f"not {self.in_bulk}", self.levels + 1)

    def __and__(self, other: Condition) -> Condition:
        return all_of([self, other])


ANY = Condition("true")
"""Every paper answers to it."""
NO = Condition("false")
"""No paper does."""


def all_of(conditions: Sequence[Condition]) -> Condition:
    """All of these at once."""
    return _joined("and", _deepest_first([each for each in conditions if each != ANY]), empty=ANY)


def any_of(conditions: Sequence[Condition]) -> Condition:
    """At least one of these."""
    return _joined("or", _deepest_first(conditions), empty=NO)


def is_among(papers: Iterable[int]) -> Condition:
    """To be one of those papers, of which there are few."""
    return Condition("{paper} in (select value from json_each(?))", (json.dumps(sorted(papers)),))


def _deepest_first(conditions: Sequence[Condition]) -> Sequence[Condition]:
    """SQLite's parser holds a hundred things at once: of what opens first one a level, of what comes behind three."""
    return sorted(conditions, key=lambda each: -each.levels)


def _joined(word: str, parts: Sequence[Condition], *, empty: Condition) -> Condition:
    """The parts as one, halved again and again: SQLite refuses what is nested a thousand deep."""
    if len(parts) < 2:
        return parts[0] if parts else empty
    middle = len(parts) // 2
    first, second = (_joined(word, half, empty=empty) for half in (parts[:middle], parts[middle:]))
    in_bulk = ""
    if first.in_bulk or second.in_bulk:
        in_bulk = f"({first.in_bulk or first.test} {word} {second.in_bulk or second.test})"
    parameters, levels = first.parameters + second.parameters, max(first.levels, second.levels) + 1
    return Condition(f"({first.test} {word} {second.test})", parameters, in_bulk, levels)
