"""The values of a JSON text (RFC 8259) one by one, as far as it is sound: a list that is cut off has its beginning.

A list at the top gives its elements, several texts in a row each their values. What is damaged is told with its line,
and reading goes on at the next element that begins like it. NaN and numbers of thousands of digits are no reason to
give up: what reads the values decides what they are worth. Of two members of one name the last counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from typing import NamedTuple

MOST_DAMAGED = 200
"""Damaged values after which the rest of a text is given up: each costs a look at all that stands before it."""

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_KEY = re.compile(r'[ \t\r\n]*"([^"\\]{0,200})"[ \t\r\n]*:[ \t\r\n]*')
_FIRST_KEY = re.compile(r'\{[ \t\r\n]*("(?:[^"\\]|\\.){0,200}")[ \t\r\n]*:')
_CUT = re.compile(r'[^\[\]{}",:]{0,20}')  # the beginning of a number, a name or an escape
_MOST_DIGITS = 18
_EXCERPT = 200
_BEFORE = 64  # a brace that is missing is noticed after the comma and the white space that follow it
_TOO_DEEP = "is nested too deeply"


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float("inf")


_DECODER = json.JSONDecoder(parse_int=_whole_number)


class Found(NamedTuple):
    """A value of a text, or why there is none.

    Attributes:
        line: the number of the line it begins in, from 1.
        number: its place in its list, from 1; 0 outside a list.
        value: what `json` makes of it.
        damage: what is wrong, as a phrase such as "breaks off"; "" where nothing is.
        text: the beginning of what is damaged.
    """

    line: int
    number: int
    value: object
    damage: str = ""
    text: str = ""


class JsonValues:
    """The values of one text, once."""

    def __init__(self, text: str, *, lists: Container[str] = (), kept: Container[str] = (), line: int = 1) -> None:
        """Read a text that begins in that line.

        Args:
            text: all of it, or as much as there is.
            lists: the members of a damaged object at the top whose elements are values.
            kept: the members of a damaged object at the top that are worth something alone: {name: value}.
            line: the number of the text's first line.
        """
        self._text = text
        self._lists = lists
        self._kept = kept
        self._at = self._counted = 0
        self._first = self._line = line
        self._damaged = 0

    def __iter__(self) -> Iterator[Found]:
        while self._skip_space() < len(self._text):
            if self._text[self._at] == "[":
                yield from self._list()
            else:
                yield from self._alone()

    def _skip_space(self) -> int:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _list(self) -> Iterator[Found]:
        """The elements of the list that begins here; stray commas are passed over."""
        self._at += 1
        number = 0
        while self._skip_space() < len(self._text):
            sign = self._text[self._at]
            if sign in ",]":
                self._at += 1
                if sign == "]":
                    return
                continue
            number += 1
            found = self._value(number)
            yield found
            if found.damage:
                if self._at >= len(self._text):
                    return
                if self._damaged >= MOST_DAMAGED:
                    yield self._give_up(number + 1)
                    return
        yield Found(self._line_of(self._at), number + 1, None, "is missing: the list breaks off here")

    def _alone(self) -> Iterator[Found]:
        """A value that stands in no list; of an object that is damaged, the members that are wanted."""
        start, told = self._at, False
        found = self._value(0)
        if found.damage:
            if self._text[start] == "{":
                self._at = start + 1
                for member in self._members():
                    told = told or bool(member.damage)
                    yield member
            self._at = len(self._text)
        if not told:
            yield found

    def _members(self) -> Iterator[Found]:
        while key := _KEY.match(self._text, self._at):
            self._at = key.end()
            if key[1] in self._lists and self._text.startswith("[", self._at):
                yield from self._list()
            else:
                found = self._value(0)
                if found.damage:
                    return
                if key[1] in self._kept:
                    yield found._replace(value={key[1]: found.value})
            if self._skip_space() < len(self._text) and self._text[self._at] == ",":
                self._at += 1

    def _value(self, number: int) -> Found:
        """The value that begins here; after a damaged one reading stands where the next may begin."""
        start = self._at
        line = self._line_of(start)
        try:
            value, self._at = _DECODER.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            broke, what = error.pos, error.msg.removesuffix(" at")
            damage = f"is damaged at line {self._first + error.lineno - 1}: {what}"
            cut = error.msg.startswith("Unterminated string") or _CUT.fullmatch(self._text, broke) is not None
        except RecursionError:
            broke, damage, cut = start + 1, _TOO_DEEP, False
        else:
            return Found(line, number, value)
        self._damaged += 1
        self._at = len(self._text) if cut else self._next_like(start, broke)
        if cut:
            damage = "breaks off"
        return Found(line, number, None, damage, self._text[start : start + _EXCERPT])

    def _give_up(self, number: int) -> Found:
        line, text = self._line_of(self._at), self._text[self._at : self._at + _EXCERPT]
        self._at = len(self._text)
        return Found(line, number, None, "was not read, nor what follows: too much before it is damaged", text)

    def _next_like(self, start: int, broke: int) -> int:
        """Where, after a damaged element, the next one begins: an object with the same first member."""
        key = _FIRST_KEY.match(self._text, start)
        after = re.compile(rf",[ \t\r\n]*(?=\{{[ \t\r\n]*{re.escape(key[1])}[ \t\r\n]*:)" if key else r",\s*(?=\{)")
        match = after.search(self._text, max(broke - _BEFORE, start + 1))
        return match.end() if match else len(self._text)

    def _line_of(self, position: int) -> int:
        if position > self._counted:
            self._line += self._text.count("\n", self._counted, position)
            self._counted = position
        return self._line
