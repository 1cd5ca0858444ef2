"""What a query means in one library: saved searches by their names, and single papers by what identifies them.

After this a tree holds only what the index and the filters can answer.
"""

from __future__ import annotations

from dataclasses import replace

from reader.search.fields import BY_NAME, Kind
from reader.search.filters import meant
from reader.search.parsing import parse
from reader.search.query import And, Filter, Identifier, Node, Not, Or, Problem, Query, Saved, all_of, any_of
from reader.store import Store

DEEPEST = 5
"""Saved searches that name one another are followed so far."""


def resolved(store: Store, query: Query) -> Query:
    """The query with its names replaced by what they stand for; what stands for nothing is a problem.

    Raises:
        LibraryError: the library cannot be read.
    """
    if query.tree is None:
        return query
    resolver = _Resolver(store, query)
    tree = resolver.node(query.tree, 0)
    problems = sorted((*query.problems, *resolver.problems), key=lambda each: each.start)
    return replace(query, tree=tree, sort=query.sort or resolver.sort, problems=tuple(problems))


class _Resolver:
    """One walk over a tree."""

    def __init__(self, store: Store, query: Query) -> None:
        self._store = store
        self._query = query
        self.problems: list[Problem] = []
        self.sort: str | None = None

    def node(self, node: Node, depth: int) -> Node | None:
        match node:
            case Identifier(text, words):
                papers = tuple(id_ for id_, _ in self._store.papers.find(text))
                return Filter("paper", text, papers=papers) if papers else words
            case Filter():
                return self._filter(node)
            case Saved():
                return self._saved(node, depth)
            case Not(inner):
                found = self.node(inner, depth)
                return None if found is None else Not(found)
            case And(nodes):
                return all_of([found for each in nodes if (found := self.node(each, depth)) is not None])
            case Or(nodes):
                return any_of([found for each in nodes if (found := self.node(each, depth)) is not None])
            case _:
                return node

    def _filter(self, leaf: Filter) -> Node | None:
        """A filter with what it stands for; one that stands for nothing is left out."""
        if leaf.field == "related":
            found = self._store.papers.find(leaf.value)
            if len(found) == 1:
                return replace(leaf, papers=(found[0][0],))
            why = "several papers have keys that begin so" if found else f"no paper has the key “{leaf.value}”"
            self.problems.append(Problem(leaf.start, leaf.end, why))
            return None
        if leaf.field == "published" or BY_NAME[leaf.field].kind is not Kind.NAME:
            return leaf
        names = meant(leaf.field, leaf.value, self._store.filters.names(leaf.field))
        if names:
            return replace(leaf, names=tuple(names))
        self.problems.append(Problem(leaf.start, leaf.end, f"there is no {leaf.field} like “{leaf.value}”"))
        return None

    def _saved(self, saved: Saved, depth: int) -> Node | None:
        kept = self._store.searches.find(saved.name)
        if kept is not None and depth < DEEPEST:
            found = parse(kept.query + " ")  # nobody is still typing it
            self.sort = found.sort or self.sort
            return None if found.tree is None else self.node(found.tree, depth + 1)
        if depth == 0:
            self.problems.append(Problem(saved.start, saved.end, f"there is no saved search “{saved.name}”"))
        return saved.words
