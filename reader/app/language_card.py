"""The query language on one card."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import ClassVar

from textual.content import Content

from reader.app.modals import Help
from reader.search.fields import FIELDS, OPERATORS

_EXAMPLE_WIDTH = 25
_HELP_WIDTH = 50
"""Cells of a line of help beside an example: what 80 columns have room for."""


class LanguageCard(Help):
    """What can be typed into the search box, each part as an example."""

    HEADING: ClassVar[str] = "What can be typed"

    def text(self) -> Content:
        """The operators, then the fields."""
        return Content("\n").join(_lines())


def _lines() -> Iterator[Content]:
    about = [*OPERATORS, *((field.example, field.in_words) for field in FIELDS)]
    for example, words in about:
        for line in textwrap.wrap(words.replace("`", ""), _HELP_WIDTH):
            yield Content.assemble((f"{example:<{_EXAMPLE_WIDTH}}", "bold $text-accent"), " ", line)
            example = ""  # noqa: PLW2901 - it stands beside the first line alone
