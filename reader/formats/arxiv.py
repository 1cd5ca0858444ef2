"""What arXiv's own files have in common: how they name papers and authors, and where links stand in them.

Titles and abstracts keep their LaTeX, as everything imported is stored as it came; names are what people are searched
and sorted by, so their accents become letters.
"""

from __future__ import annotations

import re

from reader.mathematics.accents import accents_to_unicode
from reader.paper import MONTHS, PartialDate, parse_arxiv_id
from reader.text import collapse, find_urls

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_DEEPEST_BRACKETS = 3
_BETWEEN_NAMES = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV")
_ESCAPED = re.compile(r"\\([_%#&~])")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3}, *)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})(?: .*)?", re.ASCII | re.DOTALL)
_ISO_8601 = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.ASCII | re.DOTALL)


def paper_id(text: str) -> tuple[str, int | None] | None:
    """The id and version in what a service calls a paper: an address, or `oai:arXiv.org:2301.00010v1`."""
    return parse_arxiv_id(text.strip().removeprefix("oai:arXiv.org:"))


def address(arxiv_id: str | None) -> str | None:
    """Where arXiv shows a paper, in its newest version."""
    return None if arxiv_id is None else f"https://arxiv.org/abs/{arxiv_id}"


def name(text: str) -> str:
    """One author's name, its accents as letters."""
    return collapse(accents_to_unicode(text))


def names(text: str) -> tuple[str, ...] | None:
    """The names in a list such as "A. Soup (1), B. Bread, Jr. and C. Cheese ((1) Kitchen)"; `None` where none is."""
    listed = accents_to_unicode(text)
    for _ in range(_DEEPEST_BRACKETS if "(" in listed else 0):
        listed = _IN_BRACKETS.sub(" ", listed)
    found: list[str] = []
    for each in _BETWEEN_NAMES.split(listed):
        known = collapse(each)
        if found and _SUFFIX.fullmatch(known):
            found[-1] += f" {known}"
        elif known:
            found.append(known)
    return tuple(found) or None


def links(abstract: str | None, remark: str) -> tuple[str, ...] | None:
    """The addresses in an abstract and in the authors' remark ("code at https://…"); `None` where neither is known."""
    text = f"{abstract} {remark}" if remark and abstract is not None else abstract or remark
    if "://" not in text:
        return () if text else None
    return find_urls(_ESCAPED.sub(r"\1", text) if "\\" in text else text)


def day_of_rfc_822(text: str) -> PartialDate | None:
    """The day in "Mon, 2 Apr 2007 19:18:42 GMT", in the zone it is written in (RFC 822, section 5)."""
    match = _RFC_822.fullmatch(text)
    if match is None or match[2] not in MONTHS:
        return None
    try:
        return PartialDate(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None


def day_of_iso_8601(text: str) -> PartialDate | None:
    """The day in "2026-06-11T17:59:49Z", in the zone it is written in (RFC 4287, section 3.3)."""
    match = _ISO_8601.fullmatch(text)
    try:
        return PartialDate.parse(match[1]) if match else None
    except ValueError:
        return None
