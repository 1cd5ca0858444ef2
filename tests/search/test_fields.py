"""The language is stated once: the documentation says what the parser does."""

from __future__ import annotations

from pathlib import Path

from reader.search.fields import BY_NAME, choice, language

DOCUMENT = Path(__file__).parents[2] / "docs" / "searching.md"


def test_the_documentation_shows_the_language() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.split("<!-- language -->")[1].split("<!-- /language -->")[0].strip() == language()


def test_a_choice_is_known_by_a_beginning_that_only_it_has() -> None:
    assert choice(BY_NAME["is"], "UNREAD") == "unread"
    assert choice(BY_NAME["is"], "un") == "unread"
    assert choice(BY_NAME["sort"], "t") == "title"
    assert choice(BY_NAME["sort"], "") is None
    assert choice(BY_NAME["is"], "gone") is None
