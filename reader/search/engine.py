"""Finding papers: a query to what it asks for, to candidates, to a ranked answer.

Titles come first, papers that match only elsewhere are appended below: `begin` gives the titles, `complete` the whole.
A word that the library knows is taken at its word; repairs are added below, and lead only where it gives nothing.
Nothing here reads the whole library: what ranking would cost is known from the vocabulary before it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reader.search.compiling import Compiler, is_text, most_hits, pruned, split, stands_in_titles
from reader.search.filters import noted, papers_of
from reader.search.parsing import parse
from reader.search.query import And, Filter, Node, Not, Or, Phrase, Query, Word, all_of
from reader.search.ranking import rarity, score
from reader.search.related import Related, related
from reader.search.resolving import resolved
from reader.search.results import Interpretation, Results
from reader.search.selection import EVERYTHING, NOTHING, Selection
from reader.search.understanding import Understanding
from reader.store import Store
from reader.store.matching import Match

MOST_RANKED = 5_000
"""Papers that may match for ranking by bm25, at a microsecond each; among more, the newest are taken."""
CANDIDATES = 200
"""Titles compared one by one."""
ENOUGH = 10
"""Results below which words that the library knows are repaired too."""

_IS_THE_QUERY = 0.999
"""The score above which a title is the query, word for word, so that nothing else can have been meant."""
_ALL = -1


@dataclass(frozen=True, slots=True)
class _Plan:
    """A query as one library understands it.

    Attributes:
        text: the part that the full-text index answers; None where there is none.
        allowed: the papers that the rest of the query leaves; what was dismissed is never among them unasked.
        empty: whether no word of the query was understood, and nothing else was asked for.
        like: the papers like the one that was named, best first.
        model: the one that was named.
    """

    query: Query
    understanding: Understanding
    text: Node | None
    allowed: Selection
    empty: bool
    like: tuple[Related, ...] | None = None
    model: int | None = None

    @property
    def repairable(self) -> bool:
        """Whether a word that the library knows may have been meant as another."""
        return any(token.known and token.repairs for token in self.understanding.wanted)

    def interpretations(self, *, repaired: bool) -> tuple[Interpretation, ...]:
        return self.understanding.interpretations(self.query.tree, repaired=repaired)


class Engine:
    """Search over one store; belongs to the store's thread."""

    def __init__(self, store: Store) -> None:
        """Search in that store."""
        self._store = store

    def search(self, query: str) -> Results:
        """The whole answer to a query; where it asks for nothing, every paper in the default order.

        Raises:
            Interrupted: a newer question came.
            LibraryError: the library cannot be read.
        """
        return self.complete(self.begin(query))

    def begin(self, query: str) -> Results:
        """Papers that match in the title, best first. Raises as `search` does."""
        with self._store.database.snapshot():
            plan = self._plan(query)
            if plan.empty:
                return self._answer(plan, array("q"), complete=True)
            if plan.text is not None:
                return self._titles(plan)
            if plan.like is not None:
                return self._likenesses(plan, plan.like)
            ids = self._in_order(plan.allowed)
            return replace(self._answer(plan, ids, complete=True), everything=plan.query.tree is None)

    def complete(self, results: Results) -> Results:
        """The same with everything else that matches, below. Raises as `search` does."""
        if results.complete:
            return results
        with self._store.database.snapshot():
            plan = self._plan(results.query)
            if plan.text is None:  # the words went with an import that was taken back meanwhile
                return replace(results, complete=True, seen=frozenset())
            return self._texts(results, plan)

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
        like = None if model is None else tuple(related(self._store, model))
        allowed = EVERYTHING if rest is None else self._selection(rest, understanding)
        if like is not None:
            allowed &= Selection(frozenset(each.paper for each in like))
        if not _mentions_dismissed(parsed.tree):
            allowed &= ~Selection(frozenset(self._store.filters.in_state("is", "dismissed")))
        empty = parsed.tree is not None and tree is None
        return _Plan(parsed, understanding, text, allowed, empty, like, model)

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
                found = EVERYTHING
                for each in nodes:
                    found &= self._selection(each, understanding, unwanted=unwanted)
                return found
            case Or(nodes):
                found = NOTHING
                for each in nodes:
                    found |= self._selection(each, understanding, unwanted=unwanted)
                return found
            case _:
                raise AssertionError(f"no papers stand for {node}")

    def _matching(self, match: Match) -> Selection:
        horizon = self._store.papers.horizon()
        return Selection(frozenset(self._store.index.ids_by_text(match, horizon=horizon, limit=_ALL, ranked=False)))

    def _in_order(self, allowed: Selection) -> array[int]:
        """Those papers in the default order."""
        papers = self._store.papers
        return allowed.among(papers.ids()) if allowed.complement else papers.sorted_ids(allowed.ids)

    def _likenesses(self, plan: _Plan, like: Sequence[Related]) -> Results:
        """Papers by how much they are like the one that was named, with the words that say so."""
        found = [each for each in like if each.paper in plan.allowed]
        words = dict.fromkeys(word for each in found for word in each.shared)
        readings = tuple(Interpretation(word, known=True, prefix=False) for word in words)
        answer = self._answer(plan, array("q", [each.paper for each in found]), complete=True)
        reasons = {each.paper: each.shared for each in found}
        return replace(answer, scores=tuple(each.likeness for each in found), interpretations=readings, reasons=reasons)

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
        hits = most_hits(plan.text, plan.understanding, titles=True, repaired=repaired)
        compiler = Compiler(plan.understanding, repaired=repaired, in_titles=True)
        index = self._store.index
        find = index.ids_by_title if stands_in_titles(plan.text) else index.ids_by_text
        limit = CANDIDATES + plan.allowed.excluded if plan.allowed.complement else _ALL
        horizon = self._store.papers.horizon()
        found = find(compiler.match(plan.text), horizon=horizon, limit=limit, ranked=hits <= MOST_RANKED)
        return plan.allowed.among(found)[:CANDIDATES]

    # everything else

    def _texts(self, results: Results, plan: _Plan) -> Results:
        assert plan.text is not None  # noqa: S101 - see `complete`
        repaired = any(i.repairs and i.known for i in results.interpretations)
        ids, seen = array("q", results.ids), set(results.seen)
        hits = most_hits(plan.text, plan.understanding, titles=False, repaired=True)
        index = self._store.index
        find_titles = index.ids_by_title if stands_in_titles(plan.text) else index.ids_by_text
        for with_repairs in (False, True):
            if with_repairs and (not repaired or len(ids) >= ENOUGH):
                break
            in_titles = Compiler(plan.understanding, repaired=with_repairs, in_titles=True).match(plan.text)
            anywhere = Compiler(plan.understanding, repaired=with_repairs).match(plan.text)
            self._append(ids, seen, plan, find_titles, in_titles, ranked=False)
            self._append(ids, seen, plan, index.ids_by_text, anywhere, ranked=hits <= MOST_RANKED)
        return replace(results, ids=ids, complete=True, seen=frozenset())

    def _append(
        self, ids: array[int], seen: set[int], plan: _Plan, find: Finder, match: Match, *, ranked: bool
    ) -> None:
        found = find(match, horizon=self._store.papers.horizon(), limit=_ALL, ranked=ranked)
        new = [id_ for id_ in plan.allowed.among(found) if id_ not in seen]
        ids.extend(new)
        seen.update(new)


Finder = Callable[..., "array[int]"]


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
