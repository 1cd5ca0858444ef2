"""What bibliographies have in common: how they write identifiers, addresses and dates, and what a paper is made of.

BibTeX, RIS and CSL-JSON name their fields differently, but write the same into them. Nothing is guessed: an identifier
counts only where a field is about the paper itself, a year only where one is written, and what is unclear is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from reader.errors import UnreadableInput
from reader.paper import MONTHS, Paper, PartialDate, parse_arxiv_id
from reader.text import collapse, find_urls

NUMBER_IS_NO_ID = "an arXiv id is not a number"
"""Why 2301.0001 is refused: it may have been 2301.00010 before a program took it for a number."""

_EXTRA = "pip install 'reader-for-papers[bibliography]'"
_DOI = re.compile(r"\b10\.\d{4,9}/\S+", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ARXIV_ID = r"(?P<id>(?:[a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)(?!\d)"
_ARXIV_NAMED = re.compile(
    r"(?:\barxiv\.org/[a-z]+/|\b10\.48550/arxiv\.|\barxiv(?:\s+(?:e-?prints?|preprint))?[,\s(]*:?\s*(?:abs/)?"
    rf"|(?:^\s*|\bcorr[,\s]+)abs/){_ARXIV_ID}",
    re.IGNORECASE | re.ASCII,
)
_ARXIV_NOTE = re.compile(rf"^[^\w\n]*(?:preprint[:,]? )?arxiv ?: ?{_ARXIV_ID}", re.IGNORECASE | re.ASCII | re.MULTILINE)
_YEAR_FIRST = re.compile(
    r"\W*(?P<year>[12]\d{3})(?!\d)(?:[-/](?P<month>\d{1,2})(?!\d)(?:[-/](?P<day>\d{1,2})(?!\d))?)?", re.ASCII
)
_MONTH_NAME = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]{{0,6}}\b", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"\W*(\d{1,2})\W*", re.ASCII)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)", re.ASCII)
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)", re.ASCII)


class NotAPaper(Exception):
    """Why an entry of a bibliography is no paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An entry of a bibliography, its fields as plain text under the names they have here.

    Attributes:
        names: the authors in order, each as it is read aloud.
        ids: fields that hold nothing but an arXiv id.
        places: fields that may name one: "arXiv preprint arXiv:1706.03762", an issue or volume number.
        remarks: free notes, which name the paper's own id only at the beginning of a line.
        addresses: web addresses, the best first.
    """

    title: str
    abstract: str = ""
    names: tuple[str, ...] = ()
    published: PartialDate | None = None
    doi: str = ""
    ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def paper(self) -> Paper:
        """The paper that is cited.

        Raises:
            NotAPaper: it has no title.
        """
        title, abstract = collapse(self.title), collapse(self.abstract) or None
        if not title:
            raise NotAPaper("an entry without a title")
        urls = [url for text in self.addresses if (url := _address_in(text))]
        arxiv_id, version = self._arxiv(urls) or (None, None)
        return Paper(
            title=title,
            abstract=abstract,
            authors=tuple(name for each in self.names if (name := collapse(each))) or None,
            published=self.published,
            arxiv_id=arxiv_id,
            arxiv_version=version,
            doi=doi_in(self.doi) or next(filter(None, map(_doi_of_address, urls)), None),
            url=next(iter(urls), None),
            categories=self.categories or None,
            links=None if abstract is None else find_urls(abstract),
        )

    def _arxiv(self, urls: Iterable[str]) -> tuple[str, int | None] | None:
        """Its arXiv id and version, by the field that is surest to mean the paper itself."""
        return (
            next(filter(None, map(parse_arxiv_id, (*self.ids, *urls))), None)
            or next(
                filter(None, (_arxiv_by(_ARXIV_NAMED, collapse(text)) for text in (self.doi, *urls, *self.places))),
                None,
            )
            or next(filter(None, (_arxiv_by(_ARXIV_NOTE, text) for text in self.remarks)), None)
        )


def not_installed(kind: str) -> UnreadableInput:
    """The error for a file that is understood, but whose library is not there."""
    return UnreadableInput(f"is {kind}, and what reads that is not installed", _EXTRA)


def doi_in(text: str) -> str | None:
    """The DOI in a field, without "doi:" or "https://doi.org/" before it; `None` where there is none.

    Source: https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
    """
    if "doi.org/" in text.casefold():
        text = unquote(text)
    match = _DOI.search(text)
    return match[0].rstrip(".,;") if match else None


def date_in(text: str, *, month: str = "", day: str = "") -> PartialDate | None:
    """A date as bibliographies write it, or the beginning of a range of dates; `None` where no year is written.

    "2017-06-12", "2017/06/12/", "2017-06/2017-08", "12 June 2017", "2017"; also a year with its month beside it: "jun",
    "6", "12 June". A day no calendar has is left out. "in press" is no year.
    """
    match = _YEAR_FIRST.match(text)
    if match is None:
        year = _YEAR.search(text) if _MONTH_NAME.search(text) else None
        if year is None:
            return None
        return partial_date(int(year[0]), *_month_and_day(text))
    if match["month"] is not None:
        return partial_date(int(match["year"]), int(match["month"]), _number(match["day"]))
    number, printed = _month_and_day(month or text[match.end() :])
    return partial_date(int(match["year"]), number, printed or _number(day))


def partial_date(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """As much of a date as a calendar has."""
    for parts in ((year, month, day if month else None), (year, month), (year,)):
        try:
            return PartialDate(*parts)
        except ValueError:
            continue
    return None


def _month_and_day(text: str) -> tuple[int | None, int | None]:
    name = _MONTH_NAME.search(text)
    if name is None:
        number = _MONTH_NUMBER.fullmatch(text)
        return (int(number[1]) if number else None), None
    day = _DAY.search(text)
    return MONTHS.index(name[1].title()) + 1, int(day[0]) if day else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 2 else None


def _address_in(text: str) -> str | None:
    match = _ADDRESS.search(text)
    return match[0].rstrip(",;") if match else None


def _doi_of_address(url: str) -> str | None:
    return doi_in(url) if re.match(r"https?://(?:dx\.)?doi\.org/", url, re.IGNORECASE) else None


def _arxiv_by(pattern: re.Pattern[str], text: str) -> tuple[str, int | None] | None:
    match = pattern.search(text)
    return parse_arxiv_id(match["id"]) if match else None
