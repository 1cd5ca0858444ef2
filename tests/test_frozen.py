"""Frozen values: whatever is asked of one, it answers as the dataclass of the same fields does."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.frozen import frozen


@frozen
class Point:
    """Stands at the top, where `pickle` finds it."""

    x: int
    y: int = 0
    seen: int = field(default=0, compare=False)
    hidden: str = field(default="", repr=False)
    tags: list[str] = field(default_factory=list, hash=False)


@dataclass(frozen=True, slots=True)
class _Twin:
    x: int
    y: int = 0
    seen: int = field(default=0, compare=False)
    hidden: str = field(default="", repr=False)
    tags: list[str] = field(default_factory=list, hash=False)


@frozen(kw_only=True)
class Named:
    """Made by naming its fields, and checked."""

    low: int
    high: int = 9

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("the wrong way round")


@frozen
class Nothing:
    """Has no fields."""


NUMBERS = st.integers(0, 2)
ARGUMENTS = st.tuples(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["", "a"]), st.lists(st.just("t"), max_size=1))


@given(ARGUMENTS, ARGUMENTS)
def test_two_values_are_equal_hashed_and_shown_as_dataclasses_are(
    one: tuple[int, int, int, str, list[str]], other: tuple[int, int, int, str, list[str]]
) -> None:
    assert (Point(*one) == Point(*other)) is (_Twin(*one) == _Twin(*other))
    assert (hash(Point(*one)) == hash(Point(*other))) is (hash(_Twin(*one)) == hash(_Twin(*other)))
    assert repr(Point(*one)) == repr(_Twin(*one)).replace("_Twin", "Point")
    assert replace(Point(*one), y=7) == Point(one[0], 7, *one[2:])


def test_it_has_the_fields_and_slots_of_a_dataclass() -> None:
    assert [each.name for each in fields(Point)] == [each.name for each in fields(_Twin)]
    assert Point.__match_args__ == _Twin.__match_args__
    assert not hasattr(Point(1), "__dict__")
    other: object = _Twin(1)
    assert Point(1) != other
    match Point(3, 4):
        case Point(x, y):
            assert (x, y) == (3, 4)


def test_nothing_can_be_set_or_deleted() -> None:
    point: Any = Point(1)
    for name in ("x", "unknown"):
        with pytest.raises(FrozenInstanceError):
            setattr(point, name, 2)
        with pytest.raises(FrozenInstanceError):
            delattr(point, name)
    assert point == Point(1)


def test_a_default_that_is_made_is_made_for_each() -> None:
    assert Point(1).tags is not Point(1).tags


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_it_can_be_copied(again: Callable[[object], object]) -> None:
    assert again(Point(1, 2, tags=["a"])) == Point(1, 2, tags=["a"])


@pytest.mark.parametrize(
    ("made", "values", "named", "words"),
    [
        (Point, (), {}, "missing 1 required positional argument: 'x'"),
        (Point, (1,), {"z": 2}, "unexpected keyword argument 'z'"),
        (Named, (1, 2), {}, "takes 1 positional argument"),
        (Nothing, (1,), {}, "takes 1 positional argument"),
    ],
)
def test_wrong_arguments_are_refused_the_first_time_and_ever_after(
    made: Callable[..., object], values: tuple[int, ...], named: dict[str, int], words: str
) -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match=words):
            made(*values, **named)


def test_a_value_is_checked_by_its_own_class() -> None:
    assert Named(low=1) == Named(high=9, low=1)
    with pytest.raises(ValueError, match="wrong way round"):
        Named(low=10)


def test_a_value_without_fields_equals_every_other() -> None:
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert repr(Nothing()) == "Nothing()"
