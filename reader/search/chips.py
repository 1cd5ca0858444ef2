"""The filters that a key turns on and off: which there are.

What they make of a query is in `toggling`, which reads queries; the app shows them before there is one to be read.
"""

from __future__ import annotations

from reader.frozen import frozen


@frozen
class Chip:
    """A filter: a field with its one value, or with any.

    Attributes:
        title: what it is called.
        value: the only value it stands for; None where one is to be chosen.
    """

    title: str
    field: str
    value: str | None = None


CHIPS: tuple[Chip, ...] = (
    Chip("unread", "is", "unread"),
    Chip("bookmarked", "is", "bookmarked"),
    Chip("has code", "has", "code"),
    Chip("year", "year"),
    Chip("source", "source"),
)
