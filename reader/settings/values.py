"""Every setting, declared once: its name, type, default, what is allowed, and one sentence about it.

The file's keys, what is checked in it, the file that `reader config edit` begins with and the table in
`docs/settings.md` all come from the fields of `Settings`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, fields
from typing import Any, TypeVar

from reader.frozen import frozen
from reader.search.fields import SORTS
from reader.text import visible

Value = bool | int | float | str
_Value = TypeVar("_Value", bool, int, float, str)

KEYS = "keys"
"""The table of the file that gives commands other keys."""


def _setting(
    default: _Value,
    about: str,
    *,
    allowed: Sequence[_Value] = (),
    least: float | None = None,
    most: float | None = None,
) -> _Value:
    """A field of `Settings`; its arguments are the attributes of `Setting`."""
    return field(default=default, metadata={"about": about, "allowed": tuple(allowed), "least": least, "most": most})


@frozen
class Settings:
    """Every setting; what is not set has its default."""

    theme: str = _setting(
        "auto", "The colours: a theme's name, `dark` or `light`, or `auto` for the one that fits the terminal."
    )
    ascii: bool = _setting(False, "Draw borders and marks with ASCII characters alone.")
    ambiguous_width: int = _setting(
        1, "How many cells the terminal gives characters that may be narrow or wide, such as Greek letters; "
        "2 counts them so everywhere, and draws as `ascii` does.",
        allowed=(1, 2),
    )  # fmt: skip
    still: bool = _setting(False, "Move nothing on the screen by itself.")
    mouse: bool = _setting(True, "Take the mouse; without it the terminal's own selection works as it does elsewhere.")
    second_line: bool = _setting(False, "Show a second line for every paper in the list.")
    mathematics: bool = _setting(True, "Show mathematics as it is read, and not as it is typed.")
    sort: str = _setting(
        "relevance", "The order of papers where a query names none; `relevance` shows the newest page first.",
        allowed=SORTS,
    )  # fmt: skip
    advance: bool = _setting(False, "Move on to the next paper after one was marked, dismissed or bookmarked.")
    dwell_seconds: float = _setting(
        0.0, "How many seconds the cursor rests on a paper until it counts as read; 0 for never.", least=0, most=3600
    )
    resume: bool = _setting(True, "Open where you left off: the query, the paper under the cursor, the pane.")
    library: str = _setting("", "The library's file; empty for the one in the data folder.")
    export_folder: str = _setting(
        "", "The folder that reading lists are written to; empty for `reader` among your documents."
    )
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """Which keys commands have instead of their own, by the commands' ids; none where a command is to have no key."""


DEFAULTS = Settings()


@frozen
class Setting:
    """What is declared of one setting.

    Attributes:
        name: its key in the file.
        default: what holds where it is not set; its type is the setting's.
        about: one sentence.
        allowed: the values it may have; any of its type where there are none.
        least: the smallest number it may be.
        most: the largest.
    """

    name: str
    default: Value
    about: str
    allowed: tuple[Value, ...] = ()
    least: float | None = None
    most: float | None = None

    @property
    def kind(self) -> str:
        """What may be written, in words."""
        if self.allowed:
            return "one of " + ", ".join(shown(each) for each in self.allowed)
        if self.least is not None and self.most is not None:
            return f"a number from {self.least:g} to {self.most:g}"
        return {bool: "true or false", str: "text in quotes"}.get(type(self.default), "a number")

    def accepts(self, value: object) -> bool:
        """Whether that is a value of it."""
        if isinstance(self.default, bool) or isinstance(value, bool):
            return type(value) is type(self.default)
        if isinstance(self.default, float) and isinstance(value, int):
            try:
                value = float(value)
            except OverflowError:
                return False
        if type(value) is not type(self.default) or (self.allowed and value not in self.allowed):
            return False
        number: Any = value
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


@frozen
class Problem:
    """What cannot be used of a file of settings.

    Attributes:
        words: what is wrong and what holds instead.
        line: the number of the line it is on; 0 where it is the file as a whole.
        name: the setting that is concerned; "" for the whole file.
    """

    words: str
    line: int = 0
    name: str = ""

    def in_file(self, name: str) -> str:
        """The same with the file's name and the line before it."""
        return f"{name}, line {self.line}: {self.words}" if self.line else f"{name}: {self.words}"


def problem_with(name: str, words: str, lines: Mapping[str, int]) -> Problem:
    """A problem with that setting, or with that entry of `keys`, on its line."""
    return Problem(words, lines.get(name, 0), name)


def declared() -> tuple[Setting, ...]:
    """Every setting but the table of keys, in the order of the file."""
    defaults: Mapping[str, Any] = {each.name: each.default for each in fields(Settings)}
    return tuple(
        Setting(each.name, defaults[each.name], **each.metadata) for each in fields(Settings) if each.name != KEYS
    )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The known name that is most like it, as the end of a sentence."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def shown(value: Value) -> str:
    """A value as it stands in a file of settings."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)  # JSON's escapes are TOML's
        return "".join(each if visible(each) == each else _escape(each) for each in text)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _escape(character: str) -> str:
    """A character that would act on a terminal or hide, as TOML escapes it."""
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
