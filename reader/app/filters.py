"""Searching within the papers of one source."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from reader import library
from reader.search.results import Results
from reader.store import Store
from reader.store.sources import SourceRow


def search_stages(store: Store, query: str, source: SourceRow | None) -> Iterator[Results]:
    """What answers to a query as it is found, of all papers or of a source's alone.

    Without a query, a source's papers stand in the order of its page, unless they are very many. Raises as
    `library.search_stages` does.
    """
    if source is None:
        yield from library.search_stages(store, query)
        return
    for results in library.search_stages(store, query, source=source.id):
        as_listed = bool(query.strip()) or results.more or results.whole is not None
        yield results if as_listed else _in_order_of_page(results, store.sources.papers(source.id))


def _in_order_of_page(results: Results, papers: array[int]) -> Results:
    found = set(results.ids)
    return results.rearranged(array("q", (id_ for id_ in papers if id_ in found)))
