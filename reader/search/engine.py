"""Finding papers: a query to what it asks for, to candidates, to a ranked answer.

Titles come first, papers that match only elsewhere are appended below: `begin` gives the titles, `complete` the whole.
A word that the library knows is taken at its word; repairs are added below, and lead only where it gives nothing.
Where nothing says which paper is best, `begin` gives the first of all in their order, and `complete` the whole list.
Nothing here reads the whole library: what ranking would cost is known from the vocabulary before it is asked for, and a
search for a screen says "and more" rather than count.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.search.compiling import Compiler, is_text, most_hits, pruned, split, stands_in_titles, without_letter
from reader.search.filters import noted, papers_of
from reader.search.parsing import parse
from reader.search.query import And, Filter, Node, Not, Or, Phrase, Query, Word, all_of
from reader.search.ranking import holds_beginning, rarity, score
from reader.search.resolving import resolved
from reader.search.results import FIRST_LISTED, Interpretation, Results
from reader.search.selection import MOST_FEW, Selection, these
from reader.search.selection import all_of as all_selected
from reader.search.selection import any_of as any_selected
from reader.search.understanding import Understanding
from reader.store import Store, filters
from reader.store.conditions import any_of, is_among
from reader.store.filters import Trait
from reader.store.matching import Match
from reader.store.orders import DEFAULT_ORDER

if TYPE_CHECKING:
    from reader.search.related import Related

MOST_RANKED = 5_000
"""Papers that may match for ranking by bm25, at a microsecond each; among more, the newest are taken."""
CANDIDATES = 200
"""Titles compared one by one."""
ENOUGH = 10
"""Results below which words that the library knows are repaired too."""
MOST_LISTED = 2_000
"""Papers found by words that a screen lists."""
SMALL = 20_000
"""Papers of a library that are listed all at once."""
RELEVANCE = "relevance"
"""The order of papers by their worth."""

_IS_THE_QUERY = 0.999
"""The score above which a title is the query, word for word, so that nothing else can have been meant."""
_FEW_LOOKED_UP = 400
"""Papers that are each asked for a match, at some thirty microseconds; among more, all that match are asked."""
_ALL = -1


@frozen
class _Plan:
    """A query as one library understands it.

    Attributes:
        text: the part that the full-text index answers; None where there is none.
        allowed: the papers that the rest of the query leaves; what was dismissed is never among them unasked.
        empty: whether no word of the query was understood, and nothing else was asked for.
        order: the order asked for.
        like: the papers like the one that was named, best first.
        model: the one that was named.
    """

    query: Query
    understanding: Understanding
    text: Node | None
    allowed: Selection
    empty: bool
    order: str
    like: tuple[Related, ...] | None = None
    model: int | None = None

    @property
    def repairable(self) -> bool:
        """Whether a word that the library knows may have been meant as another."""
        return any(token.known and token.repairs for token in self.understanding.wanted)

    @property
    def by_worth(self) -> bool:
        """Whether the best paper comes first."""
        return self.order == RELEVANCE

    @property
    def listed(self) -> str:
        """The order of papers of which none is better than another."""
        return DEFAULT_ORDER if self.by_worth else self.order

    def interpretations(self, *, repaired: bool) -> tuple[Interpretation, ...]:
        return self.understanding.interpretations(self.query.tree, repaired=repaired)


class Engine:
    """Search over one store; belongs to the store's thread."""

    def __init__(
        self, store: Store, *, sort: str = RELEVANCE, most: int | None = None, source: int | None = None
    ) -> None:
        """Search in that store.

        Args:
            sort: the order of a query that names none.
            most: how many papers that match words are enough, for a screen; None for all.
            source: the one source whose papers are looked at.
        """
        self._store = store
        self._sort = sort
        self._most = most
        self._source = source

    def search(self, query: str) -> Results:
        """The whole answer to a query; where it asks for nothing, every paper in the default order.

        Raises:
            Interrupted: a newer question came.
            LibraryError: the library cannot be read.
        """
        return self.complete(self.begin(query))

    def begin(self, query: str) -> Results:
        """Papers that match in the title, best first, or the first of a list. Raises as `search` does.

        In an order other than by worth, papers that match words are found in one stage: what is found later may come
        first.
        """
        with self._store.database.snapshot():
            plan = self._plan(query)
            if plan.empty:
                return self._answer(plan, array("q"), complete=True)
            if plan.text is not None:
                titles = self._titles(plan)
                return titles if plan.by_worth else self._texts(titles, plan)
            if plan.like is not None:
                return self._likenesses(plan, plan.like)
            return replace(self._list(plan), everything=plan.query.tree is None)

    def complete(self, results: Results) -> Results:
        """The same with everything else that matches, below, or the whole list. Raises as `search` does."""
        if results.complete:
            return results
        with self._store.database.snapshot():
            plan = self._plan(results.query)
            if plan.text is not None:
                return self._texts(results, plan)
            if results.more and plan.like is None:
                return self._whole_list(results, plan)
            # the words went with an import that was taken back meanwhile
            return replace(results, complete=True, more=False, seen=frozenset())

    def _answer(self, plan: _Plan, ids: array[int], *, complete: bool, repaired: bool = False) -> Results:
        """Results without scores."""
        readings = plan.interpretations(repaired=repaired)
        query = plan.query
        return Results(
            query.text, ids, (), readings, complete=complete, problems=query.problems, sort=query.sort, like=plan.model
        )

    # what is asked for

    def _plan(self, query: str) -> _Plan:
        parsed = resolved(self._store, parse(query))
        understanding = Understanding(self._store.index, parsed.tree, total=self._store.papers.total())
        tree = None if parsed.tree is None else pruned(parsed.tree, understanding)
        text, rest = (None, None) if tree is None else split(tree)
        model, rest = _model(rest)
        like = None if model is None else self._related(model)
        allowed = [] if rest is None else [self._selection(rest, understanding)]
        if like is not None:
            allowed.append(these([each.paper for each in like]))
        if self._source is not None:
            allowed.append(self._having(filters.of_source(self._source)))
        if not _mentions_dismissed(parsed.tree):
            allowed.append(Selection(~filters.in_state("is", "dismissed").condition))
        empty = parsed.tree is not None and tree is None
        order = parsed.sort or self._sort
        return _Plan(parsed, understanding, text, all_selected(allowed), empty, order, like, model)

    def _having(self, trait: Trait) -> Selection:
        return Selection(trait.condition, self._store.filters.few(trait, most=MOST_FEW))

    def _selection(self, node: Node, understanding: Understanding, *, unwanted: bool = False) -> Selection:
        """The papers that answer to a node, whatever their order; under a `Not`, words count as they are typed."""
        match node:
            case Not(inner):
                return ~self._selection(inner, understanding, unwanted=True)
            case Word() | Phrase() if node.field == "note":
                return noted(self._store, node)
            case Filter():
                return papers_of(self._store, node)
            case _ if is_text(node):
                compiler = Compiler(understanding)
                return self._matching(compiler.unwanted(node) if unwanted else compiler.match(node))
            case And(nodes):
                return all_selected([self._selection(each, understanding, unwanted=unwanted) for each in nodes])
            case Or(nodes):
                return any_selected([self._selection(each, understanding, unwanted=unwanted) for each in nodes])
            case _:
                raise AssertionError(f"no papers stand for {node}")

    def _matching(self, match: Match) -> Selection:
        index = self._store.index
        horizon = self._store.papers.horizon()
        few = index.ids(match, horizon=horizon, limit=MOST_FEW + 1, ranked=False)
        return these(few) if len(few) <= MOST_FEW else Selection(index.holds(match))

    # lists

    def _list(self, plan: _Plan) -> Results:
        """The first of the papers that are asked for, or all where that takes no longer."""
        papers, allowed, order = self._store.papers, plan.allowed.condition, plan.listed
        if plan.allowed.few is not None:
            ids = papers.sorted_ids(plan.allowed.few, order=order, condition=allowed)
            return self._answer(plan, ids, complete=True)
        if self._most is None or papers.total() <= SMALL:
            return self._answer(plan, papers.ids(order=order, condition=allowed), complete=True)
        ids = papers.ids(order=order, condition=allowed, limit=FIRST_LISTED)
        known = papers.measured(order, allowed)
        more = known is None and len(ids) == FIRST_LISTED
        return replace(self._answer(plan, ids, complete=not more), more=more, whole=known)

    def _whole_list(self, results: Results, plan: _Plan) -> Results:
        """All of the papers of which the first were given."""
        papers, allowed = self._store.papers, plan.allowed.condition
        if allowed.is_cheap:
            return replace(results, whole=papers.measure(plan.listed, allowed), complete=True, more=False)
        ids = papers.ids(order=plan.listed, condition=allowed)
        return replace(results, ids=ids, complete=True, more=False)

    def _related(self, model: int) -> tuple[Related, ...]:
        from reader.search.related import related  # loaded for the first such query

        return tuple(related(self._store, model))

    def _likenesses(self, plan: _Plan, like: Sequence[Related]) -> Results:
        """Papers by how much they are like the one that was named, with the words that say so."""
        among = self._store.papers.sorted_ids([each.paper for each in like], condition=plan.allowed.condition)
        allowed = set(among)
        found = [each for each in like if each.paper in allowed]
        words = dict.fromkeys(word for each in found for word in each.shared)
        readings = tuple(Interpretation(word, known=True, prefix=False) for word in words)
        answer = self._answer(plan, array("q", [each.paper for each in found]), complete=True)
        reasons = {each.paper: each.shared for each in found}
        scores = tuple(each.likeness for each in found)
        answer = replace(answer, scores=scores, interpretations=readings, reasons=reasons)
        return answer if plan.by_worth else self._sorted(answer, plan)

    def _sorted(self, results: Results, plan: _Plan) -> Results:
        """The same papers in the order asked for."""
        return results.rearranged(self._store.papers.sorted_ids(results.ids, order=plan.order))

    # titles

    def _titles(self, plan: _Plan) -> Results:
        ids, scores = self._ranked_titles(plan, repaired=False)
        repaired = False
        is_title = bool(scores) and scores[0] > _IS_THE_QUERY
        if len(ids) < ENOUGH and not is_title and plan.repairable:
            repaired = True
            more, more_scores = self._ranked_titles(plan, repaired=True)
            present = set(ids)
            added = [(id_, value) for id_, value in zip(more, more_scores, strict=True) if id_ not in present]
            ids += array("q", [id_ for id_, _ in added])
            scores += [min(value, scores[-1] if scores else 1.0) for _, value in added]
        answer = self._answer(plan, ids, complete=False, repaired=repaired)
        return replace(answer, scores=tuple(scores), seen=frozenset(ids))

    def _ranked_titles(self, plan: _Plan, *, repaired: bool) -> tuple[array[int], list[float]]:
        found = self._candidates(plan, repaired=repaired)
        in_order = self._store.papers.sorted_ids(found)
        titles = self._store.papers.titles(in_order)
        total = max(self._store.papers.total(), 1)
        used = [token for token in plan.understanding.wanted if token.understood]
        rarities = {t.text: rarity(min(t.in_titles(repaired=repaired), total), total) for t in used}
        readings = [token.interpretation(repaired=repaired) for token in used]
        values = {id_: score(titles[id_], readings, rarities) for id_ in in_order}
        ids = sorted(in_order, key=lambda id_: -values[id_])  # stable: equals stay in the default order
        return array("q", ids), [values[id_] for id_ in ids]

    def _candidates(self, plan: _Plan, *, repaired: bool) -> array[int]:
        """The papers whose titles are worth comparing one by one."""
        assert plan.text is not None  # noqa: S101 - nothing else has titles to compare
        rest, letter = (None, None) if self._most is None else without_letter(plan.text, plan.understanding)
        if letter is not None:
            found = self._newest(plan) if rest is None else self._in_titles(plan, rest, repaired=repaired)
            titles = self._store.papers.titles(found)
            begun = array("q", [id_ for id_ in found if holds_beginning(titles[id_], letter)])
            if len(begun) >= ENOUGH or len(found) < CANDIDATES:  # then there are no more
                return begun
        return self._in_titles(plan, plan.text, repaired=repaired)

    def _newest(self, plan: _Plan) -> array[int]:
        """The first of all papers that the rest of the query leaves."""
        few, condition = plan.allowed.few, plan.allowed.condition
        if few is None:
            return self._store.papers.ids(condition=condition, limit=CANDIDATES)
        return self._store.papers.sorted_ids(few, condition=condition)[:CANDIDATES]

    def _in_titles(self, plan: _Plan, text: Node, *, repaired: bool) -> array[int]:
        hits = most_hits(text, plan.understanding, titles=True, repaired=repaired)
        compiler = Compiler(plan.understanding, repaired=repaired, in_titles=True)
        titles, ranked = stands_in_titles(text), hits <= MOST_RANKED
        return self._found(plan, compiler.match(text), titles=titles, limit=CANDIDATES, ranked=ranked)

    def _found(self, plan: _Plan, match: Match, *, titles: bool, limit: int, ranked: bool) -> array[int]:
        """The papers that match and that the rest of the query leaves."""
        condition, few = plan.allowed.condition, plan.allowed.few
        horizon = self._store.papers.horizon()
        find = partial(self._store.index.ids, match, titles=titles, horizon=horizon, limit=limit, ranked=ranked)
        if few is not None and len(few) <= _FEW_LOOKED_UP:
            return find(condition=condition, among=few)
        return find(condition=condition if few is None else is_among(few) & condition)

    # everything else

    def _texts(self, results: Results, plan: _Plan) -> Results:
        assert plan.text is not None  # noqa: S101 - see `complete`
        repaired = any(i.repairs and i.known for i in results.interpretations)
        ids, seen = array("q", results.ids), set(results.seen)
        hits = most_hits(plan.text, plan.understanding, titles=False, repaired=True)
        asked = []
        for with_repairs in (False, True):
            if with_repairs and (not repaired or len(ids) >= ENOUGH):
                break
            for titles, match, ranked in self._matches(plan, plan.text, repaired=with_repairs):
                asked.append(self._store.index.holds(match, titles=titles))
                if self._most is None or len(ids) <= self._most:
                    self._append(ids, seen, plan, match, titles=titles, ranked=ranked and hits <= MOST_RANKED)
        more = self._most is not None and len(ids) > self._most
        missing = self._most is not None and any(token.broad for token in plan.understanding.wanted)
        answer = replace(results, ids=ids[: self._most], complete=True, more=more or missing, seen=frozenset())
        if plan.by_worth:
            return answer
        if not more:
            return self._sorted(answer, plan)
        matching = any_of(asked) & plan.allowed.condition
        found = self._store.papers.ids(order=plan.order, condition=matching, limit=len(answer.ids), dense=False)
        return answer.rearranged(found)

    def _matches(self, plan: _Plan, text: Node, *, repaired: bool) -> Iterator[tuple[bool, Match, bool]]:
        """What is looked for, whether in the index of titles, and whether to be ranked: what `_titles` left first."""
        bounded = self._most is not None
        in_titles = Compiler(plan.understanding, repaired=repaired, in_titles=True).match(text)
        yield stands_in_titles(text), in_titles, False
        yield False, Compiler(plan.understanding, repaired=repaired, bounded=bounded).match(text), True

    def _append(
        self, ids: array[int], seen: set[int], plan: _Plan, match: Match, *, titles: bool, ranked: bool
    ) -> None:
        limit = _ALL if self._most is None else self._most + len(seen) + 1
        new = [id_ for id_ in self._found(plan, match, titles=titles, limit=limit, ranked=ranked) if id_ not in seen]
        ids.extend(new)
        seen.update(new)


def _model(rest: Node | None) -> tuple[int | None, Node | None]:
    """The paper that a query names as one to be like, which gives the order, and what else it asks for."""
    nodes: list[Node] = [] if rest is None else list(rest.nodes) if isinstance(rest, And) else [rest]
    named = next((each for each in nodes if isinstance(each, Filter) and each.field == "related"), None)
    if named is None:
        return None, rest
    nodes.remove(named)
    return named.papers[0], all_of(nodes)


def _mentions_dismissed(tree: Node | None) -> bool:
    """Whether a query says itself what is to become of dismissed papers."""
    match tree:
        case And(nodes) | Or(nodes):
            return any(map(_mentions_dismissed, nodes))
        case Not(inner):
            return _mentions_dismissed(inner)
        case Filter(field, value):
            return (field, value) == ("is", "dismissed")
        case _:
            return False
