"""Finding papers: by key or identifier, by query, in the order asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from reader.errors import NothingFound, UsageError
from reader.search.engine import Engine
from reader.search.results import Results
from reader.store import Store
from reader.store.papers import DEFAULT_ORDER, ORDERS

RELEVANCE = "relevance"
"""The order of search results by their worth; without a query there is none, and the default order stands in."""

SORT_FIELDS = (RELEVANCE, *(name for name in ORDERS if name != DEFAULT_ORDER))
"""What results can be sorted by."""


def find_paper(store: Store, text: str) -> int:
    """The id of the one paper that a key, the beginning of one, an arXiv id, a DOI or an address names.

    Raises:
        NothingFound: no paper answers to it.
        UsageError: several do.
    """
    found = store.papers.find(text)
    if not found:
        raise NothingFound(f"no paper has the key {text!r}", "`reader search` shows keys; an arXiv id works too")
    if len(found) > 1:
        keys = ", ".join(key[: len(text.strip()) + 4] for _, key in found[:5])
        raise UsageError(f"{text!r} begins several keys: {keys}", "type more of the one you mean")
    return found[0][0]


def find_papers(store: Store, texts: Sequence[str]) -> list[int]:
    """The ids of several papers, each named as for `find_paper`, each once. Raises as that does."""
    return list(dict.fromkeys(find_paper(store, text) for text in texts))


def search(store: Store, query: str, *, sort: str = RELEVANCE) -> Results:
    """Every paper that answers to a query, best first or in the order asked for.

    Raises:
        UsageError: there is no such order.
        Interrupted: a newer question came.
        LibraryError: the library cannot be read.
    """
    if sort not in SORT_FIELDS:
        raise UsageError(f"papers cannot be sorted by {sort!r}", "choose one of " + ", ".join(SORT_FIELDS))
    results = Engine(store).search(query)
    return results if sort == RELEVANCE else results.rearranged(ordered(store, results, sort=sort))


def ordered(store: Store, results: Results, *, sort: str) -> array[int]:
    """The ids of results in another order. Raises `LibraryError` when the library cannot be read."""
    if not results.interpretations:
        return store.papers.ids(order=sort)
    return store.papers.sorted_ids(results.ids, order=sort)


def search_stages(store: Store, query: str) -> Iterator[Results]:
    """The same as it is found: first papers that match in the title, then everything. Raises as `search` does."""
    engine = Engine(store)
    results = engine.begin(query)
    yield results
    if not results.complete:
        yield engine.complete(results)
