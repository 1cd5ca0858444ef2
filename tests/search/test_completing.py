"""What stands behind the cursor while a query is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import library
from reader.library import Summary
from reader.search.completing import Names, names
from reader.search.fields import FIELDS
from reader.store import Store
from reader.text import fold

VALUES: Mapping[str, tuple[str, ...]] = {
    "list": ("Bookmarks", "To read", "To read later"),
    "tag": ("todo", "Straße", "tool"),
    "category": ("cs.CL", "cs.LG"),
    "year": ("2024", "2023"),
    "source": ("june.txt",),
    "is": ("bookmarked", "unread"),
    "sort": ("relevance", "date"),
    "@": ("ml", "my reviews"),
}
KNOWN = Names({field: tuple((value, fold(value)) for value in values) for field, values in VALUES.items()})


@pytest.mark.parametrize(
    ("typed", "ghost", "query"),
    [
        ("ti", "tle:", "title:"),
        ("neural TI", "tle:", "neural TItle:"),
        ("-(so", "urce:", "-(source:"),
        ("year", ":", "year:"),
        ("list:", "Bookmarks", "list:Bookmarks"),
        ("list:boo", "kmarks", "list:Bookmarks"),
        ("graph -list:to", " read", 'graph -list:"To read"'),
        ('list:"to ', 'read"', 'list:"To read"'),
        ('list:"to read', ' later"', 'list:"To read later"'),
        ("tag:TOO", "l", "tag:tool"),
        ("category:cs.", "CL", "category:cs.CL"),
        ("year:202", "4", "year:2024"),
        ("before:20", "24", "before:2024"),
        ("source:ju", "ne.txt", "source:june.txt"),
        ("is:u", "nread", "is:unread"),
        ("sort:", "relevance", "sort:relevance"),
        ("@m", "l", "@ml"),
        ("(@my", " reviews", '(@"my reviews"'),
    ],
)
def test_what_is_missing_stands_behind_the_cursor(typed: str, ghost: str, query: str) -> None:
    found = KNOWN.completed(typed)
    assert found is not None
    assert (found.ghost, found.query) == (ghost, query)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "t", "zebra", "title ", "title:ker", '"ti', '"ti"', "list:to ", 'list:"To read later"', "tag:todo",
     "tag:zz", "year:2023", "year:2019..", "related:17", "@zz", "(", "-", "or", "tag:strass"],
)  # fmt: skip
def test_where_nothing_fits_or_all_is_said_nothing_is_offered(typed: str) -> None:
    assert KNOWN.completed(typed) is None


def test_a_text_of_any_length_is_looked_at() -> None:
    assert KNOWN.completed("word " * 10_000 + "ti") is None


@given(st.text(alphabet='tisolae:@"“”-() 2', max_size=20))
def test_what_is_taken_begins_as_it_was_typed_and_leaves_nothing_open(typed: str) -> None:
    found = KNOWN.completed(typed)
    if found is None:
        return
    assert found.ghost
    assert found.query.count('"') + found.query.count("“") + found.query.count("”") >= typed.count('"')
    assert unquoted(found.query).startswith(unquoted(typed))
    if not found.query.endswith(":"):
        value = next(each for each in sum(VALUES.values(), ()) if unquoted(found.query).endswith(fold(each)))
        assert value.endswith(found.ghost.rstrip('"'))


def unquoted(text: str) -> str:
    """A query in the form in which two spellings are equal, without its quotation marks."""
    return fold(text.translate({ord(mark): None for mark in '"“”'}))


def test_every_field_is_completed_from_its_beginning() -> None:
    for field in FIELDS:
        found = KNOWN.completed(field.name)
        assert found is not None
        assert found.query == f"{field.name}:"


def test_what_a_library_holds_is_offered(store: Store, import_papers: Callable[..., Summary], now: datetime) -> None:
    import_papers({"title": "Kernels", "published": "2024-05", "categories": ["stat.ML"]}, name="pages/june.jsonl")
    paper = store.papers.ids()[0]
    library.tag(store, [paper], "Deep dive", now=now, origin="test")
    library.keep(store, [paper], now=now, origin="test", list_name="Later")
    library.save_search(store, "ml", "kernel", now=now, origin="test")
    found = names(store)
    queries = {}
    for typed in ("tag:d", "list:l", "category:s", "source:j", "year:2", "@m", "has:c"):
        completion = found.completed(typed)
        queries[typed] = completion.query if completion else None
    assert queries == {
        "tag:d": 'tag:"Deep dive"',
        "list:l": "list:Later",
        "category:s": "category:stat.ML",
        "source:j": "source:june.jsonl",
        "year:2": "year:2024",
        "@m": "@ml",
        "has:c": "has:code",
    }
    for query in queries.values():
        assert query is not None
        assert query.startswith("has:") or list(library.search(store, query).ids) == [paper]


def test_names_that_cannot_be_typed_are_not_offered(
    store: Store, import_papers: Callable[..., Summary], now: datetime
) -> None:
    import_papers({"title": "Kernels"})
    library.tag(store, store.papers.ids(), 'a "quoted" one', now=now, origin="test")
    assert names(store).completed("tag:a") is None
