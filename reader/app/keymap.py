"""Which keys the commands have: their own, or those that the settings give them.

A key does one thing. What the settings give wins over what a command has by itself, and of two lines that give the same
key the first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from reader.app.commands import COMMANDS, Command
from reader.frozen import frozen
from reader.settings.values import KEYS, Problem, did_you_mean, problem_with
from reader.text import visible

_ALIASES = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgdn": "pagedown", "pgup": "pageup",
    "page_down": "pagedown", "page_up": "pageup",
}  # fmt: skip
_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_RESERVED = ("ctrl+q",)
"""Leaves, whatever the settings say."""


@frozen
class Keymap:
    """Every command with the keys that it has.

    Attributes:
        commands: the registry, with those keys.
        problems: what the settings say of keys and cannot be done.
    """

    commands: tuple[Command, ...] = COMMANDS
    problems: tuple[Problem, ...] = ()

    def key(self, name: str) -> str:
        """The first key of the command of that id as people read it, or how else it is run."""
        command = next(each for each in self.commands if each.id == name)
        return command.keys_shown[0] if command.keys else f"{command.title} in the palette"

    def in_words(self, words: str) -> str:
        """Words in which ids in braces stand for keys: "{undo} takes it back"."""
        return words.format_map(_Shown(self)) if "{" in words else words


class _Shown(dict[str, str]):
    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def __missing__(self, name: str) -> str:
        return self._keymap.key(name)


DEFAULT_KEYMAP = Keymap()


def keymap(given: Mapping[str, Sequence[str]], lines: Mapping[str, int]) -> Keymap:
    """The commands with the keys that settings give them.

    Args:
        given: keys as they are typed, by the ids of commands.
        lines: the line of each command's keys in the file, as `keys.ID`.
    """
    if not given:
        return DEFAULT_KEYMAP
    problems: list[Problem] = []
    chosen = _chosen(given, lines, problems)
    owner = {key: name for name, keys in chosen.items() for key in keys}
    commands = []
    for command in COMMANDS:
        keys = chosen.get(command.id)
        if keys is None:
            keys = tuple(key for key in command.keys if key not in owner)
            problems += _losses(command, keys, owner, lines)
        commands.append(command if keys == command.keys else replace(command, keys=keys))
    return Keymap(tuple(commands), tuple(sorted(problems, key=lambda each: each.line)))


def _chosen(
    given: Mapping[str, Sequence[str]], lines: Mapping[str, int], problems: list[Problem]
) -> dict[str, tuple[str, ...]]:
    """What is given to commands that there are, each key once."""
    known = {command.id: command for command in COMMANDS}
    owner: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    for name, typed in given.items():
        entry = f"{KEYS}.{name}"
        if name not in known:
            words = f"there is no command “{visible(name)}”{did_you_mean(name, known)}"
            problems.append(problem_with(entry, words, lines))
            continue
        keys: list[str] = []
        for each in typed:
            key = key_named(each)
            words = _refused(each, key, owner.get(key or "", name), name)
            if words or key is None:
                problems.append(problem_with(entry, words, lines))
            elif key not in owner:
                owner[key] = name
                keys.append(key)
        if keys or not typed:
            chosen[name] = tuple(keys)
    return chosen


def _refused(typed: str, key: str | None, owner: str, name: str) -> str:
    """Why a command cannot have a key; "" where it can."""
    if key is None:
        return f"there is no key “{visible(typed)}”; {name} does without it"
    if key in _RESERVED:
        return f"{key} always leaves reader; {name} does without it"
    return f"“{visible(typed)}” is given to {owner} already; {name} does without it" if owner != name else ""


def _losses(
    command: Command, left: Sequence[str], owner: Mapping[str, str], lines: Mapping[str, int]
) -> Iterator[Problem]:
    """Which of a command's own keys went to others: perhaps nobody thought of it."""
    for key, shown in zip(command.keys, command.keys_shown, strict=True):
        if key in owner:
            rest = " ".join(replace(command, keys=tuple(left)).keys_shown) or "none"
            words = f"“{shown}” goes to {owner[key]} and was a key of {command.id}, which has {rest} left"
            yield problem_with(f"{KEYS}.{owner[key]}", words, lines)


def key_named(typed: str) -> str | None:
    """The key that is meant, as Textual calls it: `f2`, `ctrl+x`, `/`, `Esc`; None where there is none."""
    if len(typed) == 1:
        return _of_character(typed)
    *modifiers, base = typed.strip().replace("++", "+plus").split("+")
    modifiers = [each.strip().casefold() for each in modifiers]
    base = base.strip()
    base = _of_character(base) or "" if len(base) == 1 else _ALIASES.get(base.casefold(), base.casefold())
    if base not in _named_keys() or not set(modifiers) <= set(_MODIFIERS):
        return None
    if modifiers == ["shift"] and len(base) == 1:  # terminals send the capital
        return base.upper()
    if modifiers and len(base) == 1:
        base = base.lower()
    return "+".join([*sorted(set(modifiers)), base])


def _of_character(character: str) -> str | None:
    """What Textual calls the key that types a character, by its Unicode name."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name) or None


def _named_keys() -> set[str]:
    """Every key without modifiers that a keyboard in the West has."""
    typing = (_of_character(chr(code)) for code in range(ord(" "), 0x7F))
    return {key.value for key in Keys if not set("+-") & set(key.value) and not key.value.startswith("<")} | {
        each for each in typing if each
    }
