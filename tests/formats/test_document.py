"""A file as one text, and the limit of it."""

import pytest

from reader.errors import UnreadableInput
from reader.formats import document
from reader.formats.lines import Line


def test_lines_are_joined_as_they_stand() -> None:
    lines = [Line(1, "{"), Line(2, ""), Line(3, "}")]

    assert document.whole_text(lines) == "{\n\n}"


def test_a_text_beyond_the_limit_is_refused_before_it_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGEST_DOCUMENT", 10)
    lines = iter([Line(1, "12345"), Line(2, "1234567"), Line(3, "never asked for")])

    with pytest.raises(UnreadableInput, match="one text"):
        document.whole_text(lines)

    assert next(lines).number == 3
