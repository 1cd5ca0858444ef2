"""The snapshot of arXiv's metadata (`arxiv-metadata-oai-snapshot.json`): an object a line, three million of them.

The keys are `id`, `authors`, `title`, `abstract`, `comments`, `doi`, `categories`, `versions` and `authors_parsed`, in
any order; others are passed over, and all but the title may be missing or null. Arrays of the same objects are read,
too. What arXiv calls comments is the authors' remark ("12 pages; code at …"): only its links are kept.

Source: https://www.kaggle.com/datasets/Cornell-University/arxiv, "Metadata".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from reader.formats import arxiv
from reader.formats.format import Format
from reader.formats.json_objects import Members, excerpt, first_object, objects
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.paper import Paper, PartialDate, parse_arxiv_id
from reader.text import collapse

_DECIDING_LINES = 100
_MARKS = ("id", "submitter", "journal-ref", "report-no", "authors_parsed", "versions", "update_date")
_ENOUGH_MARKS = 2
_MARKED = re.compile(rf'"({"|".join(_MARKS)})"\s*:')
_OWN = frozenset(("key", "arxiv_id"))
_VERSION = re.compile(r"v?([1-9]\d{0,5})", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_PARTS = 3
_SHOWN = 60


class _NotAPaper(Exception):
    """Why a row is no paper."""


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """0.95 where the first object with a title, or else the beginning, has keys that together only this file has."""
    first = next((line.text for line in head.lines if line.text.strip()), "").lstrip()
    if not first.startswith(("{", "[")):
        return 0.0
    for members in _first_objects(head):
        if "title" in members:
            return 0.95 if _is_row(members) else 0.0
    text = "\n".join(line.text for line in head.lines)
    return 0.95 if len({*_MARKED.findall(text)}) > _ENOUGH_MARKS else 0.0  # a first row too long, or damaged


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - a snapshot is no page
    """The papers of a snapshot, a row at a time."""
    for found in objects(lines):
        if isinstance(found, Rejected):
            yield found
            continue
        line, members = found
        try:
            yield _paper(members)
        except _NotAPaper as why:
            yield Rejected(line.number, str(why), excerpt(line.text))


FORMAT = Format("arXiv metadata", claims, records)


def _first_objects(head: Head) -> Iterator[Members]:
    """Objects that stand on a line of their own, then the one that goes over several lines."""
    filled = (line.text for line in head.lines if line.text.strip())
    for _, text in zip(range(_DECIDING_LINES), filled, strict=False):
        if (found := first_object(text)) is not None:
            yield found
    if (found := first_object("\n".join(line.text for line in head.lines))) is not None:
        yield found


def _is_row(members: Members) -> bool:
    """Whether an object is a row of the snapshot and no paper of another making, whatever keys are missing."""
    if not _OWN.isdisjoint(members):
        return False
    if sum(mark in members for mark in _MARKS) >= _ENOUGH_MARKS or "authors_parsed" in members:
        return True
    known = members.get("id")
    told = isinstance(known, float) or (isinstance(known, str) and parse_arxiv_id(known) is not None)
    return told and "abstract" in members and not isinstance(members.get("authors"), list)


def _paper(members: Members) -> Paper:
    title = _text(members, "title")
    if not title:
        raise _NotAPaper("title is empty" if isinstance(members.get("title"), str) else "title is missing")
    abstract = _text(members, "abstract") or None
    arxiv_id, version = _id(members)
    published, newest = _versions(_list(members, "versions"))
    authors = _names(_list(members, "authors_parsed"))
    return Paper(
        title=title,
        abstract=abstract,
        authors=authors or arxiv.names(_text(members, "authors")),
        author_count=len(authors) or None,  # a text that authors typed is not counted: it may name whom it likes
        published=published,
        arxiv_id=arxiv_id,
        arxiv_version=newest or version,
        doi=next(iter(_text(members, "doi").split()), None),
        url=arxiv.address(arxiv_id),
        categories=_categories(members),
        links=arxiv.links(abstract, _text(members, "comments")),
    )


def _text(members: Members, key: str) -> str:
    value = members.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _NotAPaper(f"{key} is not a text")
    return collapse(value if value.isascii() else _SURROGATE.sub("\ufffd", value))


def _list(members: Members, key: str) -> list[Any]:
    value = members.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _NotAPaper(f"{key} is not a list")
    return value


def _categories(members: Members) -> tuple[str, ...] | None:
    """The categories of "cs.LG stat.ML", or of a list of such texts, as some copies of the snapshot have it."""
    value = members.get("categories")
    texts = value if isinstance(value, list) else [value]
    return tuple(" ".join(_text({"categories": text}, "categories") for text in texts).split()) or None


def _id(members: Members) -> tuple[str | None, int | None]:
    """The id; as a number, 2301.00010 would have lost its last digit."""
    value = members.get("id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise _NotAPaper("an arXiv id is not a number")
    text = _text(members, "id")
    if not text:
        return None, None
    found = parse_arxiv_id(text)
    if found is None:
        raise _NotAPaper(f"id: {text[:_SHOWN]!r} is no arXiv id")
    return found


def _names(parsed: list[Any]) -> tuple[str, ...]:
    """The names of `[["Soup", "Ada", "Jr.", "Kitchen"], …]`: last name, first names, suffix, affiliations."""
    found = []
    for parts in parsed:
        if not isinstance(parts, list):
            raise _NotAPaper("authors_parsed is not a list of lists")
        last, first, suffix = parts if len(parts) == _PARTS else (*parts, "", "", "")[:_PARTS]
        try:
            name = arxiv.name(" ".join((first or "", last, suffix or "")))
        except TypeError:
            raise _NotAPaper("authors_parsed holds a name that is not a text") from None
        if name:
            found.append(name if name.isascii() else _SURROGATE.sub("\ufffd", name))
    return tuple(found)


def _versions(listed: list[Any]) -> tuple[PartialDate | None, int | None]:
    """The day of the first version, where it is listed, and the number of the last; some copies list only "v1"."""
    published, newest = None, 0
    for each in listed:
        told = each if isinstance(each, dict) else {"version": each}
        number = _number(str(told.get("version")))
        if number is None:
            raise _NotAPaper('versions is not a list of {"version": "v1", "created": …}')
        newest = max(number, newest)
        if number == 1 and (created := told.get("created")) is not None:
            published = arxiv.day_of_rfc_822(str(created))
            if published is None:
                raise _NotAPaper(f"versions: {str(created)[:_SHOWN]!r} is no date such as Mon, 2 Apr 2007 19:18:42 GMT")
    return published, newest or None


@lru_cache(maxsize=256)
def _number(version: str) -> int | None:
    match = _VERSION.fullmatch(version)
    return int(match[1]) if match else None
