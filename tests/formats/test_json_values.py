"""JSON that is damaged or cut off, value by value."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats import json_values
from reader.formats.json_values import Found, JsonValues

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=5), each, max_size=3),
)


def found(text: str, **told: tuple[str, ...]) -> list[Found]:
    return list(JsonValues(text, **told))  # type: ignore[arg-type]


def sound(text: str) -> list[object]:
    return [each.value for each in found(text) if not each.damage]


@given(st.lists(values), st.sampled_from([None, 2]))
def test_a_list_gives_its_elements_with_their_places(elements: list[object], indent: int | None) -> None:
    given_back = found(json.dumps(elements, indent=indent))
    assert [each.value for each in given_back] == elements
    assert [each.number for each in given_back] == list(range(1, len(elements) + 1))


@given(st.lists(st.text(max_size=8) | st.integers(0, 99), min_size=1, max_size=4), st.booleans(), st.data())
def test_a_list_that_is_cut_anywhere_gives_what_stands_whole_before_the_cut(
    inner: list[object], ascii_only: bool, data: st.DataObject
) -> None:
    elements = [{"first": each, "list": [{"second": each}, {"third": True}]} for each in inner]
    text = json.dumps(elements, ensure_ascii=ascii_only)
    cut = data.draw(st.integers(1, len(text) - 1))
    given_back = found(text[:cut])
    whole = [each.value for each in given_back if not each.damage]
    assert whole == elements[: len(whole)]
    assert given_back[-1].damage
    ends = [len(json.dumps(elements[: count + 1], ensure_ascii=ascii_only)) - 1 for count in range(len(elements))]
    assert len(whole) == sum(end <= cut for end in ends)


@given(st.text(alphabet='[]{}",:ab\\ 1\n', max_size=60))
def test_any_text_comes_to_an_end(text: str) -> None:
    assert len(found(text, lists=("a",), kept=("b",))) <= len(text) + 1


def test_the_line_of_each_value_is_told() -> None:
    text = '[\n  {"a": 1},\n\n  {"a":\n 2},\n  {"a" 3},\n  {"a": 4}\n]'
    assert [(each.line, each.number, each.value, each.damage) for each in found(text)] == [
        (2, 1, {"a": 1}, ""),
        (4, 2, {"a": 2}, ""),
        (6, 3, None, "is damaged at line 6: Expecting ':' delimiter"),
        (7, 4, {"a": 4}, ""),
    ]


@pytest.mark.parametrize(
    "damaged",
    [
        '{"a": "no end}',
        '{"a": 1',
        '{"a": }',
        '{"a": 1, "b": tru}',
        '{"a": "\\q"}',
        '{"a": [1, 2}',
        '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
)
def test_after_a_damaged_element_the_next_like_it_is_read(damaged: str) -> None:
    assert sound(f'[{{"a": 0}},\n{damaged},\n{{"a": 2}}]')[0::2] == [{"a": 0}]
    assert sound(f'[{{"a": 0}},\n{damaged},\n{{"a": 2}}, {{"a": 3}}]')[-1] == {"a": 3}


def test_what_breaks_off_is_told_from_what_is_damaged() -> None:
    assert [each.damage for each in found('[{"a": 1}, {"a": "b')] == ["", "breaks off"]
    assert [each.damage for each in found('[{"a": 1}, ')] == ["", "is missing: the list breaks off here"]


def test_several_texts_in_a_row_are_read_each() -> None:
    assert sound('[1, 2]\n{"a": 3}\n[4]') == [1, 2, {"a": 3}, 4]


def test_of_a_damaged_object_the_wanted_members_are_read() -> None:
    text = '{"a": [1], "list": [{"b": 1}, {"b": 2'
    assert [(each.value, each.damage) for each in found(text, lists=("list",))] == [
        ({"b": 1}, ""),
        (None, "breaks off"),
    ]
    assert [each.value for each in found('{"kept": {"b": 1}, "rest": [{"c"', kept=("kept",))] == [
        {"kept": {"b": 1}},
        None,
    ]


def test_numbers_beyond_all_measure_are_no_damage() -> None:
    assert sound("[NaN, -Infinity]")[1] == float("-inf")
    assert sound(f"[{'9' * 10_000}]") == [float("inf")]
    assert sound('{"a": 1, "a": 2}') == [{"a": 2}]


def test_damage_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "MOST_DAMAGED", 3)
    given_back = found("[" + ", ".join(['{"a" 1}'] * 10) + "]")
    assert [bool(each.damage) for each in given_back] == [True] * 4
    assert given_back[-1].damage == "was not read, nor what follows: too much before it is damaged"
