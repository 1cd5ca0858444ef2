"""The fields of the query language, stated once: what is parsed, completed and explained comes from here."""

from __future__ import annotations

from enum import Enum, auto

from reader.frozen import frozen


class Kind(Enum):
    """What stands behind the colon of a field."""

    TEXT = auto()  # words, a "phrase", or several in parentheses, as without the field
    NAME = auto()  # one of the names that the library holds
    DATE = auto()  # a year, a month or a day, or a range of years
    CHOICE = auto()  # one of the words listed with the field


@frozen
class Field:
    """A field: `name:value`.

    Attributes:
        help: what it finds, as the second half of a sentence.
        example: one that can be typed as it stands.
        choices: the only values it takes, where it is a choice.
    """

    name: str
    kind: Kind
    help: str
    example: str
    choices: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """What it finds, with its choices."""
        return self.help + (f": {', '.join(self.choices)}" if self.choices else "")


SORTS = ("relevance", "date", "comments", "upvotes", "added", "title")
"""What results can be sorted by."""

FIELDS: tuple[Field, ...] = (
    Field("title", Kind.TEXT, "in the title", "title:kernel"),
    Field("abstract", Kind.TEXT, "in the abstract", 'abstract:"lower bound"'),
    Field("author", Kind.TEXT, "among the authors", "author:noether"),
    Field("tag", Kind.NAME, "with this tag of yours", "tag:todo"),
    Field("note", Kind.TEXT, "in your note", "note:(proof or lemma)"),
    Field("list", Kind.NAME, "in this reading list", 'list:"to read"'),
    Field("category", Kind.NAME, "of this arXiv category, or of any below it", "category:cs.LG"),
    Field("source", Kind.NAME, "seen on pages of this name", "source:june"),
    Field("year", Kind.DATE, "published in this year, or in these", "year:2019..2022"),
    Field("after", Kind.DATE, "published on this day or later", "after:2024-06"),
    Field("before", Kind.DATE, "published before this day", "before:2024-06"),
    Field("is", Kind.CHOICE, "in this state", "is:unread", ("bookmarked", "unread", "read", "dismissed")),
    Field("has", Kind.CHOICE, "that have this", "has:code", ("code", "note", "tag")),
    Field("related", Kind.NAME, "like this paper: its key, or an arXiv id", "related:1706.03762"),
    Field("sort", Kind.CHOICE, "in this order", "sort:date", SORTS),
)

BY_NAME = {field.name: field for field in FIELDS}

OPERATORS: tuple[tuple[str, str], ...] = (
    ("neural tangent", "both words; beginnings and misspellings count"),
    ('"neural tangent"', "these words, next to each other, spelt so"),
    ("-survey", 'not this; also -"a phrase", -tag:done, -(a or b)'),
    ("kernel or process", "either; `or` binds loosest"),
    ("(kernel or process) bound", "parentheses group"),
    ("@name", "what the search of that name finds"),
)
"""What is not a field, as examples, each with what it finds."""


def choice(field: Field, text: str) -> str | None:
    """The choice of a field that a text is, or alone is the beginning of; None where there is none."""
    folded = text.casefold()
    if folded in field.choices:
        return folded
    found = [each for each in field.choices if folded and each.startswith(folded)]
    return found[0] if len(found) == 1 else None


def language() -> str:
    """The language as two Markdown tables: what the documentation shows."""
    operators = [f"| `{example}` | {help_} |" for example, help_ in OPERATORS]
    fields = [f"| `{field.example}` | {field.in_words} |" for field in FIELDS]
    return "\n".join(
        ["| type | to find |", "| --- | --- |", *operators, "", "| field | finds papers |", "| --- | --- |", *fields]
    )
