"""What a format is: how it claims a file, reads it, and judges its own reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits


@dataclass(frozen=True, slots=True)
class Format:
    """One way to read text as papers.

    Attributes:
        kind: its name, as stored with a paper's source.
        claims: how far the first lines alone speak for it, from 0 (not at all) to 1: cheap, and no reading.
        records: reads numbered lines as papers, and notes what the page says of itself.
        score: how far a trial reading looks right, from 0 to 1; `None` where the claim is proof enough.
        text: the text that such a file shows, to be read in its place where the file itself gives no paper; it raises
            `UnknownFormat` where that should not be tried.
        longest_line: characters of the longest line it reads, where that is not `lines.LONGEST`.
    """

    kind: str
    claims: Callable[[Head, Traits], float]
    records: Callable[[Iterator[Line], PageNotes], Iterator[Record]]
    score: Callable[[Sequence[Record], PageNotes], float] | None = None
    text: Callable[[Iterator[Line]], str] | None = None
    longest_line: int | None = None

    @property
    def name(self) -> str:
        """What a user calls it by: its kind in lower case with hyphens, such as "json-lines"."""
        return self.kind.lower().replace(" ", "-")
