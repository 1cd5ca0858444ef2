"""Filters turned on and off in the text of a query, whatever else stands there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.chips import CHIPS, Chip
from reader.search.parsing import parse
from reader.search.query import And, Filter, Identifier, Node, Not, Or, Phrase, Word
from reader.search.toggling import lit, with_chip, within, without_chip

UNREAD, _, CODE, YEAR, SOURCE = CHIPS

PARTS = (
    *(
        "kernel",
        "or",
        "-",
        "(",
        ")",
        '"',
        " ",
        "is:unread",
        "is:un",
        "-is:unread",
        "is:read",
        "title:(a b",
        "year:2024",
    ),
    *('source:"a b"', "source:x", "has:code", "@saved", "sort:date", "list:", "-(", "2512.00001", "title:", "is:"),
)
QUERIES = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=9).map(" ".join) | st.text(max_size=25)
CHIP = st.sampled_from(CHIPS)


def shape(node: Node | None) -> object:
    """What is asked for, but for where it stands and what is still being typed."""
    match node:
        case And(nodes):
            return frozenset(shape(each) for each in nodes)
        case Or(nodes):
            return ("or", tuple(shape(each) for each in nodes))
        case Not(inner):
            return ("not", shape(inner))
        case Word():
            return frozenset({("word", node.text, node.field)})
        case Phrase():
            return frozenset({("phrase", tuple(word.text for word in node.words), node.field)})
        case Filter():
            return frozenset({("filter", node.field, node.value)})
        case Identifier():
            return frozenset({("id", node.text)})
        case None:
            return frozenset()
        case _:
            return frozenset({("saved", node.name)})


def flat(found: object) -> object:
    """Conditions within conditions as one set of them."""
    if isinstance(found, frozenset):
        parts: set[object] = set()
        for each in found:
            inner = flat(each)
            parts |= inner if isinstance(inner, frozenset) else {inner}
        return frozenset(parts)
    if isinstance(found, tuple):
        return tuple(flat(each) if isinstance(each, (tuple, frozenset)) else each for each in found)
    return found


def asks(query: str) -> tuple[object, str | None]:
    read = parse(query)
    return flat(shape(read.tree)), read.sort


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("is:unread", "unread"), ("kernel is:un", "un"), ("IS:UNREAD kernel", "UNREAD"), ('"a" is:unread"b"', "unread"),
        ("", None), ("-is:unread", None), ("is:read", None), ("(is:unread)", None), ("is:unread or kernel", None),
        ("is:unread (a or b)", "unread"), ('"is:unread"', None), ("is:", None), ("a) is:unread", "unread"),
        ("a or b) is:unread", "unread"), ("unread", None), ("title:(is:unread", None),
    ],
)  # fmt: skip
def test_a_query_lights_the_filter_that_narrows_all_of_it(query: str, value: str | None) -> None:
    assert lit(query, UNREAD) == value


def test_a_filter_with_a_value_shows_which() -> None:
    assert lit("kernel year:2019..2022", YEAR) == "2019..2022"
    assert lit('source:"daily papers" x', SOURCE) == "daily papers"
    assert lit("source:", SOURCE) is None


@pytest.mark.parametrize(
    ("query", "chip", "value", "becomes"),
    [
        ("", UNREAD, "", "is:unread "),
        ("kern", CODE, "", "has:code kern"),
        ("kernel or lemma", UNREAD, "", "is:unread (kernel or lemma)"),
        ('kernel or "open', UNREAD, "", 'is:unread (kernel or "open'),
        ("year:2020 kernel", YEAR, "2021", "year:2021 kernel"),
        ("x", SOURCE, "daily papers", 'source:"daily papers" x'),
        ("-is:unread", UNREAD, "", "is:unread -is:unread"),
    ],
)
def test_turning_on_puts_it_before_the_rest(query: str, chip: Chip, value: str, becomes: str) -> None:
    assert with_chip(query, chip, value) == becomes


@pytest.mark.parametrize(
    ("query", "becomes"),
    [("is:unread ", ""), ("a is:unread b", "a b"), ("a is:unread", "a"), ("is:unread a is:un ", "a"), ("a  b", "a  b")],
)
def test_turning_off_takes_out_every_one_and_nothing_else(query: str, becomes: str) -> None:
    assert without_chip(query, UNREAD) == becomes


def test_a_list_is_searched_within() -> None:
    assert within("", "list", "To read") == 'list:"To read" '
    assert within("list:other kernel", "list", "Later") == "list:Later kernel"


@given(QUERIES, CHIP)
def test_a_filter_turned_on_is_lit_and_turned_off_is_not(query: str, chip: Chip) -> None:
    on = with_chip(query, chip, "2024")
    assert lit(on, chip) == (chip.value or "2024")
    assert lit(without_chip(on, chip), chip) is None


@given(QUERIES, CHIP)
def test_turning_a_filter_on_and_off_leaves_what_else_is_asked_for(query: str, chip: Chip) -> None:
    bare = without_chip(query, chip)
    assert asks(without_chip(with_chip(bare, chip, "2024"), chip)) == asks(bare)


@given(QUERIES, CHIP)
def test_a_filter_narrows_what_is_asked_for_and_nothing_else_changes(query: str, chip: Chip) -> None:
    bare = without_chip(query, chip)
    asked, order = asks(bare)
    value = parse(f"{chip.field}:{chip.value or '2024'}").tree
    both = flat(frozenset({shape(value), asked if isinstance(asked, frozenset) else frozenset({asked})}))
    assert asks(with_chip(bare, chip, "2024")) == (both, order)
