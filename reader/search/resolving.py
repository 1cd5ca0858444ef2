"""What a query means in one library: saved searches by their names, and single papers by what identifies them.

After this a tree holds only what the index and the filters can answer.
"""

from __future__ import annotations

from dataclasses import replace

from reader.search.fields import BY_NAME, Kind
from reader.search.filters import meant
from reader.search.parsing import parse
from reader.search.query import And, Filter, Identifier, Node, Not, Or, Query, Saved, all_of, any_of, levels
from reader.search.results import Problem
from reader.store import Store
from reader.store.saved_searches import SavedSearch

MOST_FOLLOWED = 24
"""Times that a query is followed into a saved search: those that name others several times would take for ever."""

MOST_LEVELS = 36
"""Parts within one another, saved searches read: what is typed has no more, and SQLite's parser has its limit."""


def resolved(store: Store, query: Query) -> Query:
    """The query with its names replaced by what they stand for; what stands for nothing is a problem.

    Raises:
        LibraryError: the library cannot be read.
    """
    if query.tree is None:
        return query
    resolver = _Resolver(store)
    tree = resolver.node(query.tree)
    problems = sorted(dict.fromkeys((*query.problems, *resolver.problems)), key=lambda each: each.start)
    return replace(query, tree=tree, sort=query.sort or resolver.sort, problems=tuple(problems))


class _Resolver:
    """One walk over a tree."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._followed: list[tuple[Saved, SavedSearch]] = []
        self._left = MOST_FOLLOWED
        self._level = 0
        self.problems: list[Problem] = []
        self.sort: str | None = None

    def node(self, node: Node) -> Node | None:
        self._level += 1
        try:
            return self._meant(node)
        finally:
            self._level -= 1

    def _meant(self, node: Node) -> Node | None:
        match node:
            case Identifier(text, words):
                papers = tuple(id_ for id_, _ in self._store.papers.find(text))
                return Filter("paper", text, papers=papers) if papers or "/" in text else words
            case Filter():
                return self._filter(node)
            case Saved():
                return self._saved(node)
            case Not(inner):
                found = self.node(inner)
                return None if found is None else Not(found)
            case And(nodes):
                return all_of([found for each in nodes if (found := self.node(each)) is not None])
            case Or(nodes):
                return any_of([found for each in nodes if (found := self.node(each)) is not None])
            case _:
                return node

    def _filter(self, leaf: Filter) -> Node | None:
        """A filter with what it stands for; one that stands for nothing is left out."""
        if leaf.field == "related":
            found = self._store.papers.find(leaf.value)
            if len(found) == 1:
                return replace(leaf, papers=(found[0][0],))
            why = "several papers have keys that begin so" if found else f"no paper has the key “{leaf.value}”"
            self._problem(leaf, why)
            return None
        if leaf.field == "published" or BY_NAME[leaf.field].kind is not Kind.NAME:
            return leaf
        names = meant(leaf.field, leaf.value, self._store.filters.names(leaf.field))
        if names:
            return replace(leaf, names=tuple(names))
        self._problem(leaf, f"there is no {leaf.field} like “{leaf.value}”")
        return None

    def _saved(self, saved: Saved) -> Node | None:
        """What the search of a name asks for, or any of those whose names begin so."""
        kept = self._kept(saved.name)
        if not kept:
            self._problem(saved, f"there is no saved search “{saved.name}”")
        return any_of([node for each in kept if (node := self._asked(each, saved)) is not None])

    def _kept(self, name: str) -> list[SavedSearch]:
        exact = self._store.searches.find(name)
        if exact is not None:
            return [exact]
        searches = self._store.searches.all()
        names = meant("saved search", name, [each.name for each in searches])
        return [each for each in searches if each.name in names]

    def _asked(self, kept: SavedSearch, saved: Saved) -> Node | None:
        names_itself = any(kept == each for _, each in self._followed)
        if names_itself or self._left == 0:
            why = f"“{kept.name}” names itself" if names_itself else f"only {MOST_FOLLOWED} saved searches are read"
            self._problem(saved, why)
            return None
        self._left -= 1
        self._followed.append((saved, kept))
        found = parse(f"{kept.query} ")  # nobody is still typing it
        self.sort = found.sort or self.sort
        for problem in found.problems:
            self._problem(saved, problem.message)
        too_deep = self._level + levels(found.tree) > MOST_LEVELS
        if too_deep:
            self._problem(saved, f"only {MOST_LEVELS} parts within one another are read")
        node = None if found.tree is None or too_deep else self.node(found.tree)
        self._followed.pop()
        return node

    def _problem(self, part: Filter | Saved, message: str) -> None:
        """Tell of a part; of one within a saved search, whose places are not the query's, under that search's name."""
        if self._followed:
            part, kept = self._followed[0]
            message = f"in “{kept.name}”, {message}"
        self.problems.append(Problem(part.start, part.end, message))
