"""JSON objects of a file, each with its line: one a line, or in arrays and over several lines.

One object a line is read as a stream. Everything else is held as one text (`document.whole_text`), and still read an
object at a time, so that a file that is cut off or damaged keeps what stands before that.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from reader.formats.document import whole_text
from reader.formats.lines import LONGEST, Ahead, Line
from reader.formats.reading import Rejected

Members = Mapping[str, object]

_EXCERPT = 200
_BETWEEN = re.compile(r"[\s,\[\]]*")
_DECODER = json.JSONDecoder()


class NotAnObject(Exception):
    """Why a text is no JSON object, as a phrase."""


def json_object(text: str) -> Members:
    """The members of the object that a line is.

    Raises:
        NotAnObject: it is none, or too long or too deep to be read.
    """
    if len(text) > LONGEST:
        raise NotAnObject(f"a line of more than {LONGEST:,} characters")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if not text.lstrip().startswith("{"):
            raise NotAnObject("the line is no JSON object") from None
        raise NotAnObject(_problem(error, "line")) from None
    if not isinstance(value, dict):
        raise NotAnObject("the line is no JSON object")
    return value


def excerpt(text: str) -> str:
    """What of a rejected line is kept: all of it, unless it is too long for any record."""
    return text.strip() if len(text) <= LONGEST else text[:_EXCERPT] + "…"


def objects(lines: Iterator[Line]) -> Iterator[tuple[Line, Members] | Rejected]:
    """Every object of a file, with its line; what is none is rejected with the reason.

    Raises:
        UnreadableInput: the objects do not stand one a line, and the file is too large to be read as one text.
    """
    filled = Ahead(line for line in lines if line.text and not line.text.isspace())
    if _one_a_line(filled):
        for line in filled:
            try:
                yield line, json_object(line.text)
            except NotAnObject as why:
                yield Rejected(line.number, str(why), excerpt(line.text))
    else:
        yield from _within(filled)


def first_object(text: str) -> Members | None:
    """The first whole object of a text that may break off, in an array or not; `None` where there is none."""
    place = _skipped(text, 0)
    if not text.startswith("{", place):
        return None
    try:
        value, _ = _DECODER.raw_decode(text, place)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _one_a_line(filled: Ahead[Line]) -> bool:
    """Whether lines are objects of their own: the first is whole, or the second begins one as well."""
    first, second = filled.peek(), filled.peek(1)
    if first is None or not first.text.lstrip().startswith("{"):
        return False
    if second is None or second.text.lstrip().startswith("{"):
        return True
    try:
        json_object(first.text)
    except NotAnObject:
        return False
    return True


def _within(filled: Iterator[Line]) -> Iterator[tuple[Line, Members] | Rejected]:
    """The objects of arrays, or one after the other, over any number of lines."""
    numbers, starts, length = list[int](), list[int](), 0

    def noted() -> Iterator[Line]:
        nonlocal length
        for line in filled:
            numbers.append(line.number)
            starts.append(length)
            length += len(line.text) + 1
            yield line

    text = whole_text(noted())
    place, at = 0, 0
    while (place := _skipped(text, place)) < len(text):
        at = bisect_right(starts, place, at) - 1
        try:
            value, end = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            yield Rejected(numbers[at], _problem(error, "object"), text[place : place + _EXCERPT])
            return
        if isinstance(value, dict):
            yield Line(numbers[at], text[place:end]), value
        else:
            yield Rejected(numbers[at], "the value is no JSON object", text[place : min(end, place + _EXCERPT)])
        place = end
    if text.lstrip().startswith("[") and not text.rstrip().endswith("]"):
        yield Rejected(numbers[-1], "the file breaks off here", "")


def _skipped(text: str, place: int) -> int:
    """Where the next value begins: brackets of arrays are passed over."""
    between = _BETWEEN.match(text, place)
    return between.end() if between else place


def _problem(error: ValueError | RecursionError, what: str) -> str:
    if isinstance(error, RecursionError):
        return f"the {what} is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"the {what} is no JSON: {error.msg.removesuffix(' at')} at character {error.colno}"
    return "a number has too many digits"  # all that is left, as Python reads numbers
