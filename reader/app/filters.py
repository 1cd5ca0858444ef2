"""Searching within the papers of one source."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace

from reader import library
from reader.search.results import Results
from reader.settings import DEFAULTS
from reader.store import Store
from reader.store.sources import SourceRow


def search_stages(
    store: Store, query: str, source: SourceRow | None, *, sort: str = DEFAULTS.sort
) -> Iterator[Results]:
    """What answers to a query as it is found, of all papers or of a source's alone.

    Without a query, a source's papers stand in the order of its page, unless they are very many. Raises as
    `library.search_stages` does.
    """
    source_id = None if source is None else source.id
    for results in library.search_stages(store, query, sort=sort, source=source_id):
        if results.sort is None and sort != DEFAULTS.sort:
            results = replace(results, sort=sort)  # noqa: PLW2901 - what is not asked for is in the order of the settings
        if source is not None and not query.strip() and not results.more and results.whole is None:
            results = _in_order_of_page(results, store.sources.papers(source.id))  # noqa: PLW2901
        yield results


def _in_order_of_page(results: Results, papers: array[int]) -> Results:
    found = set(results.ids)
    return results.rearranged(array("q", (id_ for id_ in papers if id_ in found)))
