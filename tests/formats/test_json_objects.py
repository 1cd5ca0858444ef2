"""JSON objects, one a line or not, and the lines they stand at."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from reader.errors import UnreadableInput
from reader.formats import Rejected, document
from reader.formats.json_objects import NotAnObject, first_object, json_object, objects
from reader.formats.lines import LONGEST, Line


def numbered(text: str) -> Iterator[Line]:
    return (Line(number, each) for number, each in enumerate(text.split("\n"), 1))


def found(text: str) -> list[tuple[int, object]]:
    return [
        (each.line, each.reason) if isinstance(each, Rejected) else (each[0].number, dict(each[1]))
        for each in objects(numbered(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}\n\n{"a": 2}', [(1, {"a": 1}), (3, {"a": 2})]),
        ('{"a": 1}', [(1, {"a": 1})]),
        ('{"a": 1}\n[1]', [(1, {"a": 1}), (2, "the line is no JSON object")]),
        ('\n[\n{"a": 1},\n\n{"a":\n2}\n]\n', [(3, {"a": 1}), (5, {"a": 2})]),
        ('[[{"a": 1}]]', [(1, {"a": 1})]),
        ('{\n"a": 1}\n{\n"a": 2}', [(1, {"a": 1}), (3, {"a": 2})]),
        ('[{"a": 1},\n2,\n{"a": 3}]', [(1, {"a": 1}), (2, "the value is no JSON object"), (3, {"a": 3})]),
        ('[{"a": 1},\n{"a"', [(1, {"a": 1}), (2, "the object is no JSON: Expecting ':' delimiter at character 5")]),
        ('[{"a": 1},\n', [(1, {"a": 1}), (1, "the file breaks off here")]),
        ("[]", []),
        ("", []),
    ],
)
def test_every_object_comes_with_its_line(text: str, expected: list[tuple[int, object]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1]", "the line is no JSON object"),
        ("what", "the line is no JSON object"),
        ('{"a":', "the line is no JSON: Expecting value at character 6"),
        ('{"a": "b', "the line is no JSON: Unterminated string starting at character 7"),
        ('{"a": ' + "[" * 100_000, "the line is nested too deeply"),
        ('{"a": ' + "9" * 5_000 + "}", "a number has too many digits"),
        ('{"a": "' + "x" * LONGEST + '"}', f"a line of more than {LONGEST:,} characters"),
    ],
)
def test_what_is_no_object_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotAnObject, match=r".") as caught:
        json_object(text)
    assert str(caught.value) == reason


def test_one_object_a_line_is_a_stream_and_an_array_is_held_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGEST_DOCUMENT", 50)
    lines = [json.dumps({"a": number}) for number in range(100)]
    assert len(found("\n".join(lines))) == 100
    with pytest.raises(UnreadableInput, match="one text"):
        found("[" + ",\n".join(lines) + "]")


def test_the_first_whole_object_of_a_text_that_breaks_off() -> None:
    assert first_object(' [\n {"a": 1}, {"b') == {"a": 1}
    for text in ('[{"a": 1', "[1]", "", "what", '"{}"'):
        assert first_object(text) is None
