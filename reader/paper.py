"""What a paper is: frozen values that cross every seam, and how a paper is identified.

Nothing here knows of files, SQL or screens. `None` means unknown; an empty tuple means known to be none.
"""

from __future__ import annotations

import re
from datetime import date

from reader.frozen import frozen
from reader.text import fold

KEY_LENGTH = 16
"""Characters of a text key: lower-case base32, five bits each."""

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"  # RFC 4648, section 6, in lower case
_BASE32_PAIRS = tuple(first + second for first in _BASE32 for second in _BASE32)
_BASE32_SHIFTS = range(KEY_LENGTH * 5 - 10, -1, -10)
"""Two characters at a time, in half the time that the standard library takes for one by one."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ISO = re.compile(
    r"(?:(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<m>\d\d)(?:-(?P<d>\d\d))?)", re.ASCII
)
# https://info.arxiv.org/help/arxiv_identifier.html: old style to 0703, new style from 0704, five digits from 1501.
_ARXIV = re.compile(
    r"(?:arxiv:|https?://(?:[\w-]+\.)?arxiv\.org/(?:abs|pdf|html)/|(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.48550/arxiv\."
    r"|https?://huggingface\.co/papers/)?"
    r"(?:(?P<archive>[a-z-]+)(?:\.[A-Z]{2})?/(?P<old>\d{7})|(?P<new>\d{4}\.\d{4,5}))(?:v(?P<version>[1-9]\d{0,5}))?(?:\.pdf)?",
    re.IGNORECASE | re.ASCII,
)
_LAST_OLD = "0703"  # March 2007


@frozen
class PartialDate:
    """A date of which the year, or the day, or both month and day may be unknown.

    Either a year, a year and a month, a full day, or a month and a day without a year, which is how a listing
    page prints the days of its own year.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is None and self.month is None:
            raise ValueError("a date needs a year or a month")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f"year {self.year} is out of range")
        if self.month is not None:
            date(self.year if self.year is not None else 2000, self.month, self.day if self.day is not None else 1)

    def __str__(self) -> str:
        """ISO 8601: `2021-08-30`, `2021-08`, `2021`, or `--07-31` where no year is known."""
        year = "-" if self.year is None else f"{self.year:04}"
        return "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read what `str()` writes.

        Raises:
            ValueError: the text is no such date.
        """
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no date such as 2021-08-30, 2021-08, 2021 or --07-31")
        found = {name: int(value) for name, value in match.groupdict().items() if value is not None}
        return cls(found.get("year"), found.get("month", found.get("m")), found.get("day", found.get("d")))

    def in_year(self, year: int) -> PartialDate | None:
        """This day in that year, or `None` where that year has no such day (the 29th of February)."""
        try:
            return PartialDate(year, self.month, self.day)
        except ValueError:
            return None

    def to_date(self) -> date | None:
        """The day, where all of it is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def in_words(self, *, inferred: bool = False) -> str:
        """The date as people write it: "Aug 30, 2021", "Aug 2021", "2021", "Jul 31"; an inferred year as "2025?"."""
        return self._words() + ("?" if inferred and self.year is not None else "")

    def _words(self) -> str:
        if self.month is None:
            return str(self.year)
        month = MONTHS[self.month - 1]
        if self.day is None:
            return month if self.year is None else f"{month} {self.year}"
        return f"{month} {self.day}" if self.year is None else f"{month} {self.day}, {self.year}"

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A day of which everything is known."""
        return cls(day.year, day.month, day.day)


@frozen(kw_only=True)
class Paper:
    """A research paper as far as it is known; white space in its texts is collapsed, nothing else is changed.

    Attributes:
        author_count: may be known when the names are not.
        published: the day of the paper, not of the page it was seen on.
        published_inferred: whether the year of `published` was concluded rather than printed.
        comments: how many comments its listing printed.
        upvotes: how many votes its listing printed.
        arxiv_id: without its version, never a number: "1706.03762", "hep-th/9901001".
        links: addresses found in the abstract and in the authors' remark on it, the code repository first.
        summary: a short machine summary that some pages print; never in place of the abstract.
        keywords: what a machine found the paper to be about, as the service gives it; apart from the abstract.
    """

    title: str
    abstract: str | None = None
    authors: tuple[str, ...] | None = None
    author_count: int | None = None
    published: PartialDate | None = None
    published_inferred: bool = False
    comments: int | None = None
    upvotes: int | None = None
    arxiv_id: str | None = None
    arxiv_version: int | None = None
    doi: str | None = None
    url: str | None = None
    categories: tuple[str, ...] | None = None
    links: tuple[str, ...] | None = None
    summary: str | None = None
    keywords: tuple[str, ...] | None = None
    organization: str | None = None

    def date_in_words(self) -> str:
        """When it was published, "" where unknown; an inferred year bears a question mark: "Jul 31, 2025?"."""
        return "" if self.published is None else self.published.in_words(inferred=self.published_inferred)


@frozen(kw_only=True)
class Source:
    """Where a paper was seen: a file or an address, known by the hash of its content.

    Attributes:
        name: the path or address, only a label.
        kind: the format it was read as, such as "paragraph page".
        page_date: the day the page itself bears.
        page_date_inferred: whether its year was concluded rather than printed or told.
        rank: the paper's place on that page, from 1.
        seen: when it was imported, ISO 8601 in UTC.
    """

    name: str
    kind: str
    page_date: PartialDate | None
    rank: int
    seen: str
    page_date_inferred: bool = False


@frozen(kw_only=True)
class StoredPaper:
    """A paper with what the library knows of it: its key, where it was seen, and what the user did with it.

    Attributes:
        key: the text key under which it was first stored; it never changes.
        added: when it first reached the library, ISO 8601 in UTC.
        lists: the names of the reading lists it is in.
    """

    key: str
    paper: Paper
    sources: tuple[Source, ...]
    added: str
    lists: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str | None = None
    read: bool = False
    dismissed: bool = False

    @property
    def bookmarked(self) -> bool:
        """Whether it is in any reading list."""
        return bool(self.lists)


def text_key(paper: Paper) -> str:
    """The key two machines agree on when they read the same page.

    Sixteen characters of lower-case base32 of SHA-256 over the folded title and abstract; without an abstract,
    over the folded title and the strongest identifier there is.
    """
    return _text_key(paper, fold(paper.title))


def title_key(title: str) -> int:
    """A number that titles have in common which are equal when folded; 64 bits, signed."""
    return _title_key(fold(title))


def keys(paper: Paper) -> tuple[str, int]:
    """The text key and the title key of a paper, each of its texts folded once."""
    title = fold(paper.title)
    return _text_key(paper, title), _title_key(title)


def _text_key(paper: Paper, title: str) -> str:
    import hashlib  # costs a command that only reads papers two milliseconds

    second = fold(paper.abstract) if paper.abstract is not None else next(iter(identifiers(paper)), "")
    digest = hashlib.sha256(f"{title}\n{second}".encode(errors="surrogatepass")).digest()
    number = int.from_bytes(digest[: KEY_LENGTH * 5 // 8], "big")
    return "".join([_BASE32_PAIRS[number >> shift & 0x3FF] for shift in _BASE32_SHIFTS])


def _title_key(folded: str) -> int:
    import hashlib

    return int.from_bytes(hashlib.sha256(folded.encode(errors="surrogatepass")).digest()[:8], "big", signed=True)


def identifiers(paper: Paper) -> tuple[str, ...]:
    """What else proves two records to be one paper, strongest first: `arxiv:…`, `doi:…`."""
    found = []
    if paper.arxiv_id is not None:
        found.append(f"arxiv:{paper.arxiv_id.lower()}")
    if paper.doi is not None:
        found.append(f"doi:{paper.doi.lower()}")
    return tuple(found)


def parse_arxiv_id(text: str) -> tuple[str, int | None] | None:
    """The arXiv id and version that a text is, alone or as `arXiv:…` or an address; `None` where it is none.

    The id loses its version and an old id its subject class, so that equal papers have equal ids.
    Source: https://info.arxiv.org/help/arxiv_identifier_for_services.html
    """
    match = _ARXIV.fullmatch(text.strip())
    if match is None:
        return None
    version = int(match["version"]) if match["version"] else None
    number = match["old"] or match["new"]
    if not "01" <= number[2:4] <= "12":
        return None
    if match["old"]:
        return (f"{match['archive'].lower()}/{number}", version) if number[:4] <= _LAST_OLD or number >= "91" else None
    if number[:4] <= _LAST_OLD or len(number) != (9 if number[:4] < "1501" else 10):
        return None
    return number, version
