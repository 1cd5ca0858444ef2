"""What the Daily Papers service answers to a program, as JSON: a list of items, one paper, or items a line.

The fields are those of `site_items`. An answer that is a list may be cut off anywhere: the items before that are read.
Items a line are read as a stream; anything else is read as one text, up to `document.LARGEST_DOCUMENT`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from reader.errors import UnreadableInput
from reader.formats import site_items
from reader.formats.document import LARGEST_DOCUMENT, whole_text
from reader.formats.format import Format
from reader.formats.json_values import Found, JsonValues
from reader.formats.lines import Ahead, Head, Line
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits
from reader.text import collapse

_DECIDING_VALUES = 3
_DECIDING_CHARACTERS = 100_000
_MEMBER = re.compile(r'"(?:submittedOnDailyAt|discussionId|ai_summary)"\s*:|"paper"\s*:\s*\{\s*"id"\s*:')
_DECIDING_LINES = 50
_MOST_MEMBERS_OF_ERROR = 6
_LONGEST_QUOTED = 200


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Items of the service among the first values, or an answer that says there are none."""
    first = next((line.text for line in head.lines if line.text.strip()), "").lstrip()
    if not first.startswith(("[", "{")):
        return 0.0
    text = "\n".join(line.text for line in head.lines)
    found = list(islice(_values(text), _DECIDING_VALUES))
    values = [each.value for each in found]
    if found and found[0].damage:  # of items a line the first may be damaged
        values += [_decoded(line.text) for line in head.lines[:_DECIDING_LINES] if line.text.startswith("{")]
    if any(site_items.is_item(entry) for value in values for entry in site_items.entries(value)[:_DECIDING_VALUES]):
        return 0.93
    if head.complete and (not found or (len(found) == 1 and (_is_empty(found[0].value) or _error(found[0].value)))):
        return 0.93
    return 0.7 if any(each.damage for each in found) and _MEMBER.search(text, 0, _DECIDING_CHARACTERS) else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of an answer.

    Raises:
        UnreadableInput: it is an error or holds no items, or it is too large.
    """
    ahead = Ahead(lines)
    values = _by_line(ahead) if _is_by_line(ahead) else _values(whole_text(ahead))
    first = next(values, None)
    if first is None or (not first.damage and _is_empty(first.value)):
        raise UnreadableInput("is an answer with no papers, as a page past the end has it", "ask for an earlier page")
    if (error := _error(first.value)) and next(values, None) is None:
        raise UnreadableInput(f"holds no papers: the service answered “{error}”", "ask again, and save that answer")
    yield from site_items.records(chain([first], values), notes)


FORMAT = Format("Daily Papers JSON", claims, records, longest_line=LARGEST_DOCUMENT)


def _values(text: str) -> Iterator[Found]:
    return iter(JsonValues(text, lists=site_items.LISTS, kept={site_items.PAPER}))


def _is_by_line(ahead: Ahead[Line]) -> bool:
    """Whether one of the first lines is an object of its own, as no line of an indented answer is."""
    for place in range(_DECIDING_LINES):
        line = ahead.peek(place)
        if line is None or line.text.startswith("["):
            return False
        if line.text.startswith("{") and isinstance(_decoded(line.text), dict):
            return True
    return False


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _by_line(lines: Iterable[Line]) -> Iterator[Found]:
    for number, text in lines:
        yield from JsonValues(text, line=number)


def _is_empty(value: object) -> bool:
    return site_items.entries(value) == []


def _error(value: object) -> str:
    """What an answer that is an error says; "" where it is none."""
    if not isinstance(value, dict) or len(value) > _MOST_MEMBERS_OF_ERROR or site_items.is_item(value):
        return ""
    error = value.get("error")
    return collapse(error)[:_LONGEST_QUOTED] if isinstance(error, str) else ""
