"""Frozen values that cost little to declare: what modules do that are loaded before the first frame.

`dataclass(frozen=True)` writes six methods as text and compiles them whenever its class is made: a third of a
millisecond, and for the classes that the app begins with as much as all else that their modules do. What `frozen`
makes is a dataclass as well, for `fields`, `replace` and `match`; but its methods are compiled with this module, and
`__init__`, which is called too often to be anything but plain code, when the first value is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

_Value = TypeVar("_Value")
_set = object.__setattr__
_UNTOLD = object()
"""Stands for an argument whose default is made afresh for each value."""


@overload
def frozen(cls: type[_Value], /) -> type[_Value]: ...


@overload
def frozen(*, kw_only: bool = False) -> Callable[[type[_Value]], type[_Value]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Any] | None = None, /, *, kw_only: bool = False) -> Any:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it; every field is an argument.

    Args:
        cls: the class, whose bases have no fields.
        kw_only: whether values are made by naming their fields.
    """
    if cls is None:
        return lambda each: _made(each, kw_only=kw_only)
    return _made(cls, kw_only=kw_only)


def _made(cls: type[Any], *, kw_only: bool) -> type[Any]:
    made = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    for name, method in {**_METHODS, **_methods(made)}.items():
        if vars(made).get(name) is None:  # what the class defines itself stays; None is what Python puts for a hash
            setattr(made, name, method)
    return made


def _methods(cls: type[Any]) -> Mapping[str, Callable[..., Any]]:
    """The methods that depend on the fields."""
    compared = _getter([each.name for each in fields(cls) if each.compare])
    hashed = _getter([each.name for each in fields(cls) if (each.compare if each.hash is None else each.hash)])

    def init(self: object, *values: object, **named: object) -> None:
        cls.__init__ = _constructor(cls)  # from here on without this detour
        cls.__init__(self, *values, **named)

    def eq(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_(self: object) -> int:
        return hash(hashed(self))

    return {"__init__": init, "__eq__": eq, "__hash__": hash_}


def _getter(names: list[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()


def _constructor(cls: type[Any]) -> Callable[..., None]:
    """`__init__` as it would be written by hand."""
    known: dict[str, Any] = {"_set": _set, "_untold": _UNTOLD}
    positional, named, body = ["self"], ["*"], []
    for each in fields(cls):
        (named if each.kw_only else positional).append(_parameter(each, known))
        fresh = f"_new_{each.name}() if {each.name} is _untold else " if f"_new_{each.name}" in known else ""
        body.append(f" _set(self, {each.name!r}, {fresh}{each.name})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    parameters = ", ".join(positional + (named if named[1:] else []))
    exec(f"def __init__({parameters}):\n" + "\n".join(body or [" pass"]), known)  # noqa: S102  # nosec B102 - of the names of fields alone
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _parameter(each: Field[Any], known: dict[str, Any]) -> str:
    """A field as a parameter, its default put where the code finds it."""
    if each.default_factory is not MISSING:
        known[f"_new_{each.name}"] = each.default_factory
        return f"{each.name}=_untold"
    if each.default is not MISSING:
        known[f"_default_{each.name}"] = each.default
        return f"{each.name}=_default_{each.name}"
    return each.name


def _refuse_setting(self: object, name: str, value: object) -> None:
    del self, value
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(self: object, name: str) -> None:
    del self
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _repr(self: object) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(type(self)) if each.repr)  # type: ignore[arg-type]
    return f"{self.__class__.__qualname__}({shown})"


def _restore(self: object, state: tuple[None, Mapping[str, object]]) -> None:
    """What `copy` and `pickle` call with the slots' values."""
    for name, value in (state[1] or {}).items():
        _set(self, name, value)


_METHODS: Mapping[str, Callable[..., Any]] = {
    "__setattr__": _refuse_setting,
    "__delattr__": _refuse_deleting,
    "__repr__": _repr,
    "__setstate__": _restore,
}
"""The methods that are the same for all."""
