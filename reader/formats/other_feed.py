"""Feeds that are not arXiv's: recognised only to be refused by name, since their items are news and not papers."""

from __future__ import annotations

from collections.abc import Iterator

from reader.errors import UnknownFormat
from reader.formats.format import Format
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits
from reader.formats.xml_elements import beginning, root_name


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """0.9 for any feed, less than arXiv's own claim."""
    return 0.9 if root_name(beginning(head)) in {"rss", "feed", "RDF"} else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - nothing is read
    """Nothing.

    Raises:
        UnknownFormat: always.
    """
    raise UnknownFormat("is a feed, but none of arXiv's", "of feeds only those of rss.arxiv.org and its API are read")


FORMAT = Format("feed", claims, records)
