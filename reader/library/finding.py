"""Finding papers: by key or identifier, by query, in the order asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reader.errors import NothingFound, UsageError
from reader.search import engine
from reader.search.engine import MOST_LISTED, Engine
from reader.search.fields import SORTS
from reader.search.parsing import joined
from reader.search.results import Results
from reader.store import Store

if TYPE_CHECKING:
    from reader.search.completing import Names

RELEVANCE = engine.RELEVANCE
"""The order of search results by their worth; without words in the query, the default order stands in."""

SORT_FIELDS = SORTS
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


def query_of(words: Iterable[str]) -> str:
    """Words that a shell took apart as the query that was typed."""
    return joined(words)


def find_papers(store: Store, texts: Sequence[str]) -> list[int]:
    """The ids of several papers, each named as for `find_paper`, each once. Raises as that does."""
    return list(dict.fromkeys(find_paper(store, text) for text in texts))


def papers_of_query(store: Store, query: str) -> Results:
    """What a query finds, for changing it: every part of the query must be understood, and it must ask for something.

    Raises:
        UsageError: the query is empty, or a part of it is not understood; what is left would stand for more papers.
        NothingFound: no paper answers to it.
        LibraryError: the library cannot be read.
    """
    results = search(store, query)
    for part in (*results.left_out_in_words, *(f"nothing is like {word!r}" for word in results.left_out)):
        raise UsageError(f"the query is not understood, and nothing was changed: {part}", "mend the query")
    if results.everything:
        raise UsageError("an empty query stands for every paper, and nothing was changed", "say which papers are meant")
    if not results.ids:
        raise NothingFound("the query finds nothing, and nothing was changed", "`reader search` tries it out")
    return results


def search(store: Store, query: str, *, sort: str = RELEVANCE) -> Results:
    """Every paper that answers to a query, best first or in the order asked for; a `sort:` in the query wins.

    Raises:
        UsageError: there is no such order.
        Interrupted: a newer question came.
        LibraryError: the library cannot be read.
    """
    if sort not in SORT_FIELDS:
        raise UsageError(f"papers cannot be sorted by {sort!r}", "choose one of " + ", ".join(SORT_FIELDS))
    return Engine(store, sort=sort).search(query)


def search_stages(store: Store, query: str, *, sort: str = RELEVANCE, source: int | None = None) -> Iterator[Results]:
    """The same for a screen, as it is found: first what is found at once, then everything. Raises as `search` does.

    First come the papers that match in the title, or the first of a list. Of very many papers that match words only
    some are given, and the rest of a long list is read as it is looked at.

    Args:
        sort: the order asked for where the query names none.
        source: the one source whose papers are looked at.
    """
    search_for = Engine(store, sort=sort, most=MOST_LISTED, source=source)
    results = search_for.begin(query)
    yield results
    if not results.complete:
        yield search_for.complete(results)


def names(store: Store) -> Names:
    """What the library holds by name, to complete queries with. Raises as `search` does."""
    from reader.search import completing  # the command line completes in a process of its own

    return completing.names(store)
