"""What reading a file gives: the values every module of `formats` shares.

A reading is a stream: records come one at a time, in the order of the file, and nothing of the file is kept behind
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reader.list_file import ListFile
from reader.paper import Paper, PartialDate
from reader.transfer import Carried


@dataclass(frozen=True, slots=True)
class Rejected:
    """A piece of the input that could not be read as a paper, and why.

    Attributes:
        line: the number of its first line, from 1.
        reason: a phrase without a final stop.
        text: what stood there; of what is too long for any paper, only the beginning.
    """

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a listing page says of itself.

    Attributes:
        printed_date: the day in its own header, which seldom bears a year, or else the newest that its papers name.
        newest_year: the newest year printed in a paper's date.
    """

    printed_date: PartialDate | None
    newest_year: int | None


@dataclass(slots=True)
class PageNotes:
    """What a format notes about the page while it reads; the first page date of a file counts.

    Attributes:
        header: whether the page begins with the header of a listing page.
        subscribe_glued: whether "Subscribe" was glued to the first title, as only the compact layout has it.
        subscribe_apart: whether "Subscribe" ended a paragraph of its own, as only the paragraph layout has it.
        submitters: how many lines said who submitted a paper.
        addresses: where the numbered references of the file lead, as far as its end says so.
        newest_listed: the newest day on which one of its papers was listed, for a page that bears no date itself.
        list_file: a Markdown reading list, which says more than its papers, once all of it is read.
    """

    printed_date: PartialDate | None = None
    newest_year: int | None = None
    header: bool = False
    subscribe_glued: bool = False
    subscribe_apart: bool = False
    submitters: int = 0
    addresses: Mapping[str, str] = field(default_factory=dict)
    newest_listed: PartialDate | None = None
    list_file: ListFile | None = None

    def dated(self, day: PartialDate | None) -> None:
        """Note a day that the page's header prints."""
        if self.printed_date is None:
            self.printed_date = day

    def listed(self, day: PartialDate | None) -> None:
        """Note a full day on which a paper was listed."""
        if day is not None and (self.newest_listed is None or str(day) > str(self.newest_listed)):
            self.newest_listed = day

    def published(self, day: PartialDate | None) -> None:
        """Note a day that a paper's line prints."""
        if day is not None and day.year is not None:
            self.newest_year = max(day.year, self.newest_year or day.year)


Record = Paper | Carried | Rejected


class Reading:
    """The papers of one file and what could not be read, once, in order.

    Attributes:
        kind: the format it is read as, known before the first record.
        encoding: the name of the encoding its text is in: "UTF-8", "UTF-16", "Windows-1252 (cp1252)".
        notes: what its format notes while it reads.
    """

    def __init__(self, kind: str, encoding: str, records: Iterator[Record], notes: PageNotes) -> None:
        self.kind = kind
        self.encoding = encoding
        self._records = records
        self.notes = notes

    @property
    def page(self) -> Page:
        """What the page says of itself, as far as it has been read; complete once iteration has ended."""
        return Page(self.notes.printed_date or self.notes.newest_listed, self.notes.newest_year)

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        return next(self._records)
