"""Reading the file of settings: what can be used of it is used, and the rest is named with its line.

TOML 1.0 (https://toml.io/en/v1.0.0), as far as the standard library reads it. Its parser tells no lines, so the line of
a key is looked for in the text.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reader.settings.values import (
    DEFAULTS,
    KEYS,
    Problem,
    Setting,
    Settings,
    declared,
    did_you_mean,
    problem_with,
    shown,
)
from reader.text import visible

LARGEST = 1_000_000
"""Bytes of a file of settings that are read."""
_MOST_BROKEN = 5
"""Statements of a file that may be no TOML; with more of them, it is no file of settings."""
_LARGEST_MENDED = 20_000
"""Characters of a file of which some may be no TOML."""
_LOOKED_BACK = 300
"""Lines among which it is looked for where something begins that does not end."""
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TABLE = re.compile(r"""\s*\[\s*["']?([^"'\]]*?)["']?\s*\]""")
_BEGINS_TABLE = re.compile(r"\s*\[")
_BEGINS = re.compile(r"\s*(?:\[|#|$|[\w.\"'-]+\s*=)")
"""What a line begins with that does not go on with the one above."""
_ENTRY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(?:\.\s*["']?([A-Za-z0-9_-]+)["']?\s*)?=""")


@dataclass(frozen=True, slots=True)
class Read:
    """What a file of settings says.

    Attributes:
        settings: everything that could be used, and defaults for the rest.
        problems: what could not, in the order of the file.
        lines: the line of each setting that the file names, and of each entry of its keys as `keys.ID`.
    """

    settings: Settings = DEFAULTS
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


def read(path: Path) -> Read:
    """What that file says; a file that is not there says nothing. Never raises, whatever the file holds."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        return Read()
    except (OSError, ValueError) as error:  # ValueError: the path holds a NUL
        why = getattr(error, "strerror", None) or str(error)
        return Read(problems=(Problem(f"it cannot be read: {why}; every setting has its default"),))
    if len(raw) > LARGEST:
        return Read(problems=(Problem("it is too large for a file of settings; every setting has its default"),))
    try:
        return _understood(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Read(problems=(Problem("this is not UTF-8; every setting has its default", line),))


def _understood(text: str) -> Read:
    said, broken, text = _parsed(text)
    lines = _lines(text)
    values, problems = _values(said, lines)
    keys, clumsy = _keys(said.get(KEYS, {}), lines)
    settings = replace(DEFAULTS, **values, keys=keys)
    return Read(settings, tuple(sorted([*broken, *problems, *clumsy], key=lambda each: each.line)), lines)


def _parsed(text: str) -> tuple[Mapping[str, Any], list[Problem], str]:
    """What a text says as TOML, what of it is none, and the text without that, every line in its place."""
    import tomllib

    broken: list[Problem] = []
    while True:
        try:
            return tomllib.loads(text), broken, text
        except (ValueError, RecursionError) as error:  # ValueError: not TOML, or a number of thousands of digits
            at = _AT.search(str(error))
            line = _begun_and_not_ended(text, int(at[1]) if at and at[1] else None)
            why = "this is not TOML: a number in it is too long, or too much of it nested"
            if isinstance(error, tomllib.TOMLDecodeError):
                why = f"this is not TOML: {visible(_AT.sub('', str(error)).rstrip('.'))}"
            shorter = _without(text, line)
            if shorter == text or len(text) > _LARGEST_MENDED or len(broken) == _MOST_BROKEN:
                return {}, [Problem(f"{why}; every setting has its default", line)], ""
            broken.append(Problem(f"{why}; the rest holds", line))
            text = shorter


def _without(text: str, number: int) -> str:
    """The text without what stands on that line and goes on below it; the head of a table takes its entries along."""
    lines = text.splitlines(keepends=True)
    first = min(number, len(lines)) - 1
    last = first + 1
    is_head = lines[first].lstrip().startswith("[")
    while last < len(lines) and not (_BEGINS_TABLE if is_head else _BEGINS).match(lines[last]):
        last += 1
    return "".join([*lines[:first], *("\n" * (last - first)), *lines[last:]])


def _begun_and_not_ended(text: str, found: int | None) -> int:
    """The line where what is no TOML begins, which may end well below: up to there, the text is TOML.

    Args:
        text: what is no TOML.
        found: the line where that was found out; None for the end.
    """
    import tomllib

    lines = text.splitlines(keepends=True)
    end = len(lines) - 1 if found is None else found - 1
    for count in range(end, max(end - _LOOKED_BACK, 0), -1):
        with contextlib.suppress(ValueError, RecursionError):
            tomllib.loads("".join(lines[:count]))
            return count + 1
    return 1 if end <= _LOOKED_BACK else end + 1


def _values(said: Mapping[str, Any], lines: Mapping[str, int]) -> tuple[dict[str, Any], list[Problem]]:
    known = {setting.name: setting for setting in declared()}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in said.items():
        setting = known.get(name)
        if name == KEYS:
            continue
        if setting is None:
            words = f"there is no setting “{visible(name)}”{did_you_mean(name, known)}"
            problems.append(problem_with(name, words, lines))
        elif setting.accepts(value):
            values[name] = float(value) if isinstance(setting.default, float) else value
        else:
            problems.append(problem_with(name, _refused(setting), lines))
    return values, problems


def _refused(setting: Setting) -> str:
    return f"{setting.name} must be {setting.kind}; it is {shown(setting.default)} for now"


def _keys(said: object, lines: Mapping[str, int]) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The keys of each command as they are typed; which commands and keys there are is for the app to know."""
    if not isinstance(said, dict):
        return {}, [problem_with(KEYS, "keys must be a table, [keys]; every key is as it was", lines)]
    keys: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for name, value in said.items():
        typed = [value] if isinstance(value, str) else value
        if isinstance(typed, list) and all(isinstance(each, str) for each in typed):
            keys[name] = tuple(typed)
        else:
            words = f"the keys of {visible(name)} must be a text or a list of texts; they are as they were"
            problems.append(problem_with(f"{KEYS}.{name}", words, lines))
    return keys, problems


def _lines(text: str) -> dict[str, int]:
    """On which line each setting stands, and each entry of a table, as `TABLE.ENTRY`."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _TABLE.match(line):
            table = heading[1]
            lines.setdefault(table, number)
        elif entry := _ENTRY.match(line):
            name = next(each for each in entry.groups()[:3] if each is not None)
            whole = ".".join(each for each in (table, name, entry[4]) if each)
            lines.setdefault(whole, number)
            lines.setdefault(name if not table else whole, number)
    return lines
