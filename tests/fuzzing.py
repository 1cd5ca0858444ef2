"""Texts bent at random, always in the same way from the same seed: what every parser must survive.

A parser may give papers, refuse records and raise the project's own errors; anything else is a mistake in it. The
same mutator serves the tests, bounded by a count, and `bench/fuzz.py`, which goes on for as long as it is let.
"""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Callable, Sequence
from typing import Any

from reader.errors import ReaderError
from reader.formats.detection import read
from reader.formats.reading import Record

BAIT = (
    "\x00", "\x1b[2J", "\x9b", "\r", "\n\n\n", "\u2028", "\u202e", "\u200b", "\ufeff", "\ud7ff", "\U0010ffff",
    '"', "'", "`", "```\n", "\\", "{", "}", "[", "]", "(", ")", "<", ">", "&", "&#0;", "&#x110000;", "&amp;", "<!--",
    "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<?xml version='1.0' encoding='utf-7'?>", "@article{",
    "@string{a = b # a}", "TY  - JOUR\n", "ER  - \n", "null", "NaN", "1e999", "-1", "9" * 40, "true", "[[[[[[", '{"a":',
    "2024-02-30", "--02-29", "0000-00-00", "Feb 29", "2401.00001v999999", "hep-th/9901001", "10.1000/x", "https://[::1",
    "https://x@y", "http://", "javascript:alert(1)", "file:///etc/passwd", "../../..", "• 3 authors", "·",
    "Upvote", "[x] ", "- [ ] ", "<!-- reader:list {} -->", "<!-- reader:aaaaaaaaaaaaaaaa -->", "<!-- reader:papers",
    "title:", "-", "or", "..", "@all", "is:", "year:2019..", "NEAR(", "*", "^", "=cmd|' /C calc'!A0", "!!python/object",
    "\\input{/etc/passwd}", "$", "$$", "\\frac{", "\\'", "Content-Type: multipart/related; boundary=x\n\n--x\n",
)  # fmt: skip
"""What some parser gives a meaning to, and what none should."""

_MOST_TIMES = 200


def mutated(text: str, chance: random.Random) -> str:
    """The text with one to six changes."""
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(_CHANGES)(text, chance)
    return text


def mutated_bytes(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one to six of them, or runs of them, changed."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        start, end = _span(found, chance)
        kind = chance.randrange(3)
        found[start:end] = (b"", chance.randbytes(chance.randint(1, 4)), found[start:end] * 2)[kind]
    return bytes(found)


def survives(content: bytes, *, form: str | None = None) -> list[Record]:
    """What reading the content gives; nothing where it is refused in words. Raises whatever else happens."""
    with contextlib.suppress(ReaderError):
        return list(read(io.BytesIO(content), name="made up", form=form))
    return []


def _span(text: Sequence[Any], chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(start + int(chance.expovariate(1 / 12)), len(text))


def _cut(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance)
    return text[:start] + text[end:]


def _break_off(text: str, chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))]


def _insert(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance)
    return text[:start] + chance.choice(BAIT) + text[chance.choice([start, end]) :]


def _repeat(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance)
    return text[:end] + text[start:end] * chance.choice([1, 2, _MOST_TIMES]) + text[end:]


def _move(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance)
    rest = text[:start] + text[end:]
    to = chance.randint(0, len(rest))
    return rest[:to] + text[start:end] + rest[to:]


def _join_lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines) if chance.random() < 0.2 else lines.pop(chance.randrange(len(lines)))
    return chance.choice(["\n", "\n\n", "\r\n", "\r", " "]).join(lines)


def _other_letter(text: str, chance: random.Random) -> str:
    start = chance.randint(0, max(len(text) - 1, 0))
    return text[:start] + chr(chance.choice([chance.randrange(128), chance.randrange(0xD800)])) + text[start + 1 :]


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _cut, _break_off, _insert, _insert, _insert, _repeat, _move, _join_lines, _other_letter,
)  # fmt: skip
