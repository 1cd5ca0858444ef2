"""Bytes to numbered lines, so that no format has to know of encodings, line ends or the size of a file.

What always holds: a file is read in blocks and never kept; a lone surrogate never comes out; lines end at LF, CRLF or
CR and nowhere else; a line longer than `LONGEST`, or what else was asked for, is cut one character after that length,
which is how it is known.
"""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from reader.errors import UnknownFormat, UnreadableInput
from reader.formats.unpacking import Source, Unpacked

LONGEST = 16 * 2**20
"""Characters of the longest line or paragraph that is still read as a text."""

_HEAD_BYTES = 2**20
_HEAD_LINES = 2_000  # more adds nothing to a decision, and a mebibyte may hold a million lines
_BLOCK = 2**16
_CONTROLS = tuple(map(chr, (*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F)))  # not ESC: terminals print it

_NAMES = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252 (cp1252)"}
_LEAST_UNMARKED = 64  # bytes under which every other byte being NUL proves nothing

T = TypeVar("T")


class Line(NamedTuple):
    """A line of a file without its end, and its number from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file: what a format is chosen by.

    Attributes:
        encoding: the codec the file is to be read with.
        lines: its first lines, of several blank lines in a row only the first.
        whole: whether nothing of the file lies beyond the bytes looked at.
        complete: whether `lines` is all of the file.
    """

    encoding: str
    lines: tuple[Line, ...]
    whole: bool
    complete: bool


class Ahead(Generic[T]):
    """An iterator that can be asked what comes next without taking it."""

    def __init__(self, source: Iterable[T]) -> None:
        self._source = iter(source)
        self._waiting: deque[T] = deque()

    def peek(self, place: int = 0) -> T | None:
        """The value `place` after the next one, or `None` where the source ends before it."""
        waiting = self._waiting
        while len(waiting) <= place:
            try:
                waiting.append(next(self._source))
            except StopIteration:
                return None
        return waiting[place]

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        return self._waiting.popleft() if self._waiting else next(self._source)


def first_bytes(file: Source) -> bytes:
    """As many bytes as decide the format; an unbuffered file may give them in several pieces."""
    start = bytearray()
    while len(start) < _HEAD_BYTES and (block := file.read(_HEAD_BYTES - len(start))):
        start += block
    return bytes(start)


def read_head(file: Source, start: bytes, *, name: str, watch: Callable[[str], None]) -> Head:
    """What the first bytes of a file are; the file is left at its start, and `watch` sees each line of the head once.

    Raises:
        UnknownFormat: it is no text.
        UnreadableInput: it is empty, or holds only white space.
    """
    whole = len(start) < _HEAD_BYTES
    encoding = encoding_of(start, whole=whole)
    if encoding is None:
        raise UnknownFormat(f"{name} is a binary file, not text", "save the page as text and import that")
    found = _without_blank_runs(numbered_lines(io.BytesIO(start), encoding))
    lines = tuple(_watched(islice(found, _HEAD_LINES), watch))
    broken = isinstance(file, Unpacked) and bool(file.broken)
    head = Head(encoding, lines, whole, complete=whole and not broken and next(found, None) is None)
    file.seek(0)
    if not any(line.text.strip() for line in head.lines):
        what = (
            "begins with a mebibyte of white space" if not whole else "holds only white space" if start else "is empty"
        )
        raise UnreadableInput(f"{name} {what}", "save the page again")
    return head


def encoding_of(start: bytes, *, whole: bool) -> str | None:
    """The codec of a file by its first bytes, `None` where they are no text.

    A byte order mark decides; else it is UTF-8, unless more sequences are broken than are sound: then cp1252. So a
    page cut within a character is still UTF-8. Without a mark it is UTF-16 only where nearly every other byte is NUL.
    """
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None if _is_binary(codecs.getincrementaldecoder("utf-16")("replace").decode(start)) else "utf-16"
    text = codecs.getincrementaldecoder("utf-8-sig")("replace").decode(start, final=whole)
    if _is_binary(text):
        return _unmarked_utf16(start)
    broken = text.count("\ufffd") - start.count("\ufffd".encode())
    sound = sum(not character.isascii() for character in text) - broken if broken else 0
    if sound >= broken:
        return "utf-8-sig"
    return None if b"\0" in start else "cp1252"


def name_of_encoding(encoding: str) -> str:
    """What people call a codec that `encoding_of` gives: "UTF-8", "UTF-16", "Windows-1252 (cp1252)"."""
    return _NAMES.get(encoding, "UTF-16")


def numbered_lines(file: Source, encoding: str, *, longest: int | None = None) -> Iterator[Line]:
    """The lines of a file from where it stands; bytes the codec does not know become U+FFFD."""
    longest = LONGEST if longest is None else longest
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("replace"), translate=True)
    number, begun, length = 1, list[str](), 0
    while True:
        block = file.read(_BLOCK)
        first, *others = decoder.decode(block, final=not block).split("\n")
        if length <= longest:
            begun.append(first)
            length += len(first)
        if others:
            yield Line(number, "".join(begun)[: longest + 1])
            last = others.pop()
            for number, text in enumerate(others, number + 1):  # noqa: B020 - the numbering goes on
                yield Line(number, text)
            number, begun, length = number + 1, [last], len(last)
        if not block:
            break
    if length:
        yield Line(number, "".join(begun)[: longest + 1])


def _unmarked_utf16(start: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: its ASCII characters have a NUL always on the same side."""
    if len(start) < _LEAST_UNMARKED:
        return None
    start = start[: len(start) // 2 * 2]
    even, odd = start[::2].count(0), start[1::2].count(0)
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high * 10 > len(start) * 4 and low * 100 < len(start):
            text = codecs.getincrementaldecoder(encoding)("replace").decode(start)
            if not _is_binary(text) and "\ufffd" not in text:
                return encoding
    return None


def _is_binary(text: str) -> bool:
    """Whether one character in ten is a control character; a stray one is kept as it came."""
    return sum(map(text.count, _CONTROLS)) * 10 > len(text)


def _watched(lines: Iterator[Line], watch: Callable[[str], None]) -> Iterator[Line]:
    for line in lines:
        watch(line.text)
        yield line


def _without_blank_runs(lines: Iterator[Line]) -> Iterator[Line]:
    blank = False
    for line in lines:
        was_blank, blank = blank, not line.text.strip()
        if not (was_blank and blank):
            yield line
