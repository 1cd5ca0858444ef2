"""The facts of a card as listing pages print them: date, author count, organisation, comments, votes, address.

Every function here looks at one line or one short paragraph and answers at once; none raises on any text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reader.formats.items import Address, Mark, Meta, Votes, once
from reader.paper import PartialDate, parse_arxiv_id
from reader.text import collapse

LONGEST_FACT = 80
"""Characters beyond which a line is no fact."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = {name: number for number, full in enumerate(_MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}
_DATE = re.compile(
    r"(?:Published on )?([A-Za-z]{3,9})\.? (?!(?:19|20)[0-9]{2}$)(3[01]|[0-2]?[0-9]|[0-9]{2}(?![0-9]))"
    r"(?:, ?([0-9]{4}))?(?: ?([0-9]{1,9}))?",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"(?:[-*] ?)?([0-9]{1,9}) authors?", re.IGNORECASE)
_AUTHORS_LINE = re.compile(r"\s*[•*] *[0-9]{1,9} authors?\s*", re.IGNORECASE)
_MAY_BE_FACT = re.compile(r"[0-9•·]|^\s+$")
_FACT_LINES = 6
_VOTES = re.compile(r"(?:\[-\] ?)?([0-9]{1,9})|-|[0-9]{1,6}(?:\.[0-9]+)?k", re.IGNORECASE)
_UPVOTES = re.compile(r"upvotes?(?: ?([0-9]{1,9})(?: ?\+ ?[0-9]{1,9})?| ?[0-9]{1,6}\.[0-9]+k| ?-)?", re.IGNORECASE)
_STARS = re.compile(
    r"(?:LINK: ?)?(?:View )?(?:on )?(?:GitHub|Code)(?:[: ]? ?[0-9][0-9.,]{0,9}[km]?)?(?: auto)?"
    r"(?: ?(?:Project|arXiv) Page){0,2}"
    r"|(?:View )?(?:arXiv|Project) Page(?: (?:arXiv|Project) Page)?(?: GitHub)?",
    re.IGNORECASE,
)
_VOTES_AND_STARS = re.compile(
    r"(?:upvotes? ?)?(?:([0-9]{1,6})|-|[0-9]{1,6}\.[0-9]+k) ?((?:GitHub|arXiv|Project).{0,80})", re.IGNORECASE
)
_BRACKETS = re.compile(r"\[(?:[0-9]{0,6}\])?|\]")


def parse_date(text: str) -> Meta | None:
    """A day as listings print it, and the comment count that may follow: "Aug 30, 2021", "Feb 23", "Oct 8 3".

    Some copies glue the count to the date: "Aug 30, 20213". The day is then as long as a day can be.
    `None` where the text is nothing of the kind; a day no calendar has is read and stays unknown.
    """
    match = _DATE.fullmatch(text) if len(text) <= LONGEST_FACT else None
    month = _MONTH.get(match[1].lower()) if match else None
    if match is None or month is None:
        return None
    try:
        day = PartialDate(int(match[3]) if match[3] else None, month, int(match[2]))
    except ValueError:
        day = None
    return Meta(published=day, comments=int(match[4]) if match[4] else None)


def parse_meta(lines: Sequence[str]) -> Meta | None:
    """What stands under an abstract: author count or organisation, bullets, date, comment count.

    `None` where the lines are anything else.
    """
    if sum(map(len, lines)) > 2 * LONGEST_FACT:
        return None
    if not any(map(_MAY_BE_FACT.search, lines)) and any(lines):
        return None
    return _parse_meta(tuple(lines))


@lru_cache(maxsize=4096)
def _parse_meta(lines: tuple[str, ...]) -> Meta | None:
    parts = [collapse(part) for line in lines for part in re.split("[•·]", line)]
    parts = [part for part in parts if part]
    if not parts:
        return Meta()
    meta = _join_parts(parts)
    if meta is None and len(lines) > 2 and lines[1].strip() == "·":
        meta = _join_parts(parts[1:])
        if meta is not None and meta.published is not None and meta.author_count is None:
            return Meta(None, meta.published, meta.comments, once(parts[0]))
        return None
    return meta


def parse_byline(text: str) -> Meta | None:
    """Who wrote it and when, in one line: "University of Soup · Published on Oct 4, 2026"."""
    who, dot, when = text.rpartition("·") if len(text) <= 2 * LONGEST_FACT else ("", "", "")
    meta = parse_meta([when]) if dot else None
    if meta is None or meta.published is None or not who.strip(" ·•") or len(who) > LONGEST_FACT:
        return None
    return meta._replace(organization=once(collapse(who.strip(" ·•"))))


def facts_begin(lines: Sequence[str]) -> int:
    """Where in a paragraph the facts under its text begin: at a bullet and an author count, or at its end."""
    for place in range(max(1, len(lines) - _FACT_LINES), len(lines)):
        if _AUTHORS_LINE.fullmatch(lines[place][:LONGEST_FACT]) and parse_meta(lines[place:]) is not None:
            return place
    return len(lines)


def parse_votes(text: str) -> Votes | None:
    """A number or a dash of its own; a rounded number ("11.3k") is recognised but not known."""
    match = _VOTES.fullmatch(text) if len(text) <= LONGEST_FACT else None
    return Votes(int(match[1]) if match[1] else None) if match else None


def parse_upvotes(text: str) -> Votes | None:
    """The votes of the card it stands in: "Upvote", the number perhaps on the next line, "Upvote 149"."""
    if len(text) > LONGEST_FACT:
        return None
    text = _BRACKETS.sub("", text) if "[" in text else text
    match = _UPVOTES.fullmatch(text) or _VOTES_AND_STARS.fullmatch(text)
    if match is None or (match.re is _VOTES_AND_STARS and not _STARS.fullmatch(match[2])):
        return None
    return Votes(int(match[1]) if match[1] else None, labelled=True)


def parse_mark(line: int, text: str) -> Mark | None:
    """What stands under the papers of a trending page alone: "GitHub 110k", "arXiv Page"."""
    if len(text) > LONGEST_FACT:
        return None
    return Mark(line) if _STARS.fullmatch(_BRACKETS.sub("", text) if "[" in text else text) else None


def parse_address(line: int, text: str) -> Address | None:
    """A web address of its own, with the arXiv id in it if it is a paper's."""
    if text.lower().startswith(("arxiv.org/", "huggingface.co/papers/")):
        text = f"https://{text}"
    if " " in text or not text.lower().startswith(("http://", "https://")):
        return None
    found = parse_arxiv_id(text)
    return Address(line, text, *(found or (None, None)))


def _join_parts(parts: Sequence[str]) -> Meta | None:
    """One meaning for all parts, `None` where one of them is none of a card's."""
    meta = Meta()
    for part in parts:
        authors = _AUTHORS.fullmatch(part)
        if authors and meta.author_count is None:
            meta = Meta(int(authors[1]), meta.published, meta.comments)
        elif meta.published is None and (day := parse_date(part)) is not None:
            meta = Meta(meta.author_count, day.published, day.comments)
        elif meta.published is not None and meta.comments is None and part.isdecimal() and len(part) < 10:
            meta = Meta(meta.author_count, meta.published, int(part))
        else:
            return None
    return meta
