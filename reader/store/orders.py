"""The orders papers are read in: as SQL for a few of them, and as the runs of indexes that give all of them.

An order is one leg after the other, each a run of one index. So a list begins at once in every library, and goes on
from any paper without reading what stands before it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from reader.frozen import frozen
from reader.store.database import Database

if TYPE_CHECKING:
    from reader.store.conditions import Condition

DEFAULT_ORDER = "newest"

ORDERS: Mapping[str, str] = {
    DEFAULT_ORDER: "p.day desc, p.rank, p.key",
    "date": "p.published is null or p.published like '--%', p.published desc, p.day desc, p.rank, p.key",
    "comments": "p.comments desc nulls last, p.day desc, p.rank, p.key",
    "upvotes": "p.upvotes desc nulls last, p.day desc, p.rank, p.key",
    "added": "coalesce(p.added, (select at from steps where steps.id = p.step)) desc, p.step desc, p.day desc, p.rank, "
    "p.key",
    "title": "p.title collate nocase, p.key",
}
"""The orders papers can be read in, each total; unknown values come last."""

HORIZON = (
    "coalesce((select min(first_paper) from imports where step in (select id from steps where state = 'pending')), "
    "1 << 62)"
)
"""The first id that is not to be shown, as SQL: asked in the statement itself, no import can begin between."""

Key = tuple[Any, ...]
"""Where a paper stands in a leg: the values of the leg's terms."""


@frozen
class Term:
    """What a leg is ordered by; never unknown in it."""

    column: str
    descending: bool = False
    nocase: bool = False

    @property
    def order(self) -> str:
        """As a part of "order by"."""
        return f"p.{self.column}{self._collation}{' desc' if self.descending else ''}"

    @property
    def same(self) -> str:
        """To have the same value."""
        return f"p.{self.column} = ?{self._collation}"

    @property
    def later(self) -> str:
        """To have a value that comes later."""
        return f"p.{self.column} {'<' if self.descending else '>'} ?{self._collation}"

    @property
    def _collation(self) -> str:
        return " collate nocase" if self.nocase else ""


@frozen
class Leg:
    """A part of an order that one index holds in that order.

    Attributes:
        index: its name.
        where: the papers of the index that belong to it, as SQL over `p`.
        parameters: the question marks of `where`.
    """

    index: str
    where: str
    terms: tuple[Term, ...]
    parameters: tuple[Any, ...] = ()

    def before(self, one: Key, other: Key) -> bool:
        """Whether that place comes before the other."""
        return self._compared(one, other) < 0

    def sorting(self) -> Any:  # noqa: ANN401 - what `cmp_to_key` gives has no name
        """What sorts places of this leg."""
        return cmp_to_key(self._compared)

    def _compared(self, one: Key, other: Key) -> int:
        for term, mine, theirs in zip(self.terms, one, other, strict=True):
            if term.nocase:
                mine, theirs = _ascii_lower(mine), _ascii_lower(theirs)  # noqa: PLW2901 - as SQLite compares them
            if mine != theirs:
                return 1 if (mine > theirs) is not term.descending else -1
        return 0


@frozen
class Run:
    """A part of a leg: all of it, or what comes after a place, and has the first `same` values in common with it.

    What comes after a place is several runs, one after the other: those of `later`. An index gives each at once.
    """

    leg: Leg
    after: Key = ()
    same: int = 0

    def later(self, after: Key) -> list[Run]:
        """What comes after a place in the leg, in order."""
        return [Run(self.leg, after, same) for same in range(len(self.leg.terms) - 1, -1, -1)]

    def sql(self, columns: str, condition: str = "true") -> str:
        """A query for its papers, in order; its question marks are those of `parameters`, the condition's, a limit."""
        leg, parts = self.leg, [self.leg.where]
        if self.after:
            parts += [term.same for term in leg.terms[: self.same]] + [leg.terms[self.same].later]
        order = ", ".join(term.order for term in leg.terms)
        return (
            f"select {columns} from papers p indexed by {leg.index} where {' and '.join(parts)} and {condition} "
            f"order by {order} limit ?"
        )

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The question marks before those of the condition."""
        return (*self.leg.parameters, *self.after[: self.same + 1])


_IN_ORDER = (Term("day", descending=True), Term("rank"), Term("key"))


def legs(database: Database, order: str) -> Iterator[Leg]:
    """The legs of that order of `ORDERS`: together they hold every paper once."""
    if order == DEFAULT_ORDER:
        yield Leg("papers_in_order", "true", _IN_ORDER)
    elif order == "title":
        yield Leg("papers_in_title_order", "true", (Term("title", nocase=True), Term("key")))
    elif order == "date":  # a date without a year begins with a dash, which comes before the digits
        known = (Term("published", descending=True), *_IN_ORDER)
        yield Leg("papers_by_published", "p.published is not null", known)
        yield Leg("papers_by_published", "p.published is null", _IN_ORDER)
    elif order == "added":
        yield from _by_step(database)
    else:
        yield Leg(f"papers_by_{order}", f"p.{order} is not null", (Term(order, descending=True), *_IN_ORDER))
        yield Leg("papers_in_order", f"p.{order} is null", _IN_ORDER)


_STEPS = (
    "with recursive seen (step) as (select max(step) from papers union all "
    "select (select max(step) from papers where step < seen.step) from seen where seen.step is not null) "
    "select at, id from seen join steps on id = seen.step order by at desc, id desc"
)


def _by_step(database: Database) -> Iterator[Leg]:
    """The papers of each step, and between them those that were carried over and so have a time of their own."""
    carried = (Term("added", descending=True), Term("step", descending=True), *_IN_ORDER)
    index, where = "papers_carried_over", "p.added is not null"
    are_carried = database.value("select 1 from papers where added is not null limit 1") is not None
    above: tuple[Any, ...] = ()
    for at, step in database.rows(_STEPS):
        if are_carried:
            bounds = " and (p.added, p.step) > (?, ?)" + (" and (p.added, p.step) < (?, ?)" if above else "")
            yield Leg(index, where + bounds, carried, (at, step, *above))
        own = "p.step = ? and (p.added is null or p.added = ?)"
        yield Leg("papers_by_step", own, _IN_ORDER, (step, at))
        above = (at, step)
    if are_carried:
        yield Leg(index, where + " and (p.added, p.step) < (?, ?)", carried, above)


def ids_in_order(
    database: Database, order: str, *, limit: int, condition: Condition | None = None, many: bool = False
) -> array[int]:
    """The ids of the papers that are to be shown, in that order of `ORDERS`; a negative limit gives all.

    Args:
        many: whether the condition will be asked of very many papers before the limit is reached.
    """
    found = array("q")
    shown, parameters = shown_where(condition, many=many)
    for leg in legs(database, order):
        run = Run(leg)
        left = limit - len(found) if limit >= 0 else -1
        if left == 0:
            break
        found += database.ids(run.sql("p.id", shown), (*run.parameters, *parameters, left))
    return found


def shown_where(condition: Condition | None, *, many: bool = False) -> tuple[str, Sequence[Any]]:
    """SQL over `p` that is true of papers that are to be shown and answer to the condition, and its question marks."""
    shown = f"p.id < {HORIZON}"
    if condition is None:
        return shown, ()
    return f"{shown} and {condition.of_many('p.id') if many else condition.of('p.id')}", condition.parameters


def _ascii_lower(text: str) -> str:
    """As SQLite's "nocase" sees a text: only the letters of ASCII are folded."""
    return text.lower() if text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)
