"""The project's own JSON Lines: what `reader search --json` prints can be read again.

One object a line, with the keys of a paper; unknown keys are ignored, and every key but the title may be missing or
null. A line that is no paper is rejected alone, with the key that is wrong; the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from reader.formats.format import Format
from reader.formats.json_objects import Members, NotAnObject, excerpt, json_object
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.paper import Paper, PartialDate, parse_arxiv_id
from reader.text import collapse, find_urls

_LARGEST = 10**9
_DECIDING_LINES = 100
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXCERPT = 200

T = TypeVar("T")


class _NotAPaper(Exception):
    """Why a line is no paper."""


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """0.9 where one of the first lines is an object with a title, or the only line is too long to tell."""
    filled = list(islice((line.text for line in head.lines if line.text.strip()), _DECIDING_LINES))
    if not filled or not filled[0].lstrip().startswith("{"):
        return 0.0
    for text in filled:
        try:
            if not {"title", "about"}.isdisjoint(_members(text)):
                return 0.9
        except _NotAPaper:
            continue
    return 0.6 if len(filled) == 1 and not head.whole and re.match(r'\s*\{\s*"', filled[0]) else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - an export is no page
    """The papers of a JSON Lines file; a line `{"about": …}` describes the file and is no record."""
    for number, text in lines:
        if not text or text.isspace():
            continue
        try:
            members = _members(text)
            if "about" in members and "title" not in members:
                continue
            yield _paper(members)
        except _NotAPaper as why:
            yield Rejected(number, str(why), excerpt(text))


FORMAT = Format("JSON Lines", claims, records)


def _members(text: str) -> Members:
    try:
        return json_object(text)
    except NotAnObject as why:
        raise _NotAPaper(str(why)) from None


def _paper(members: Members) -> Paper:
    title = _text(members, "title")
    if title is None:
        raise _NotAPaper("title is empty" if isinstance(members.get("title"), str) else "title is missing")
    abstract = _text(members, "abstract")
    links = _list(members, "links", _web_address)
    arxiv_id, version = _arxiv_id(members)
    return Paper(
        title=title,
        abstract=abstract,
        authors=_list(members, "authors", _word),
        author_count=_count(members, "author_count"),
        published=_optional(members, "published", _date),
        published_inferred=_optional(members, "published_inferred", _flag) or False,
        comments=_count(members, "comments"),
        upvotes=_count(members, "upvotes"),
        arxiv_id=arxiv_id,
        arxiv_version=_count(members, "arxiv_version", least=1) or version,
        doi=_text(members, "doi"),
        url=_optional(members, "url", _web_address),
        categories=_list(members, "categories", _word),
        links=find_urls(abstract) if links is None and abstract is not None else links,
        summary=_text(members, "summary"),
        keywords=_list(members, "keywords", _word),
        organization=_text(members, "organization"),
    )


def _optional(members: Members, key: str, read: Callable[[str, object], T]) -> T | None:
    value = members.get(key)
    return None if value is None else read(key, value)


def _text(members: Members, key: str) -> str | None:
    return _optional(members, key, _string) or None


def _string(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _NotAPaper(f"{key} is not a text")
    return collapse(_SURROGATE.sub("\ufffd", value))


def _word(key: str, value: object) -> str:
    text = _string(key, value)
    if not text:
        raise _NotAPaper(f"{key} holds an empty text")
    return text


def _web_address(key: str, value: object) -> str:
    text = _string(key, value)
    if not text.lower().startswith(("http://", "https://")):
        raise _NotAPaper(f"{key}: {text[:_EXCERPT]!r} is no web address")
    return text


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _NotAPaper(f"{key} is neither true nor false")
    return value


def _date(key: str, value: object) -> PartialDate:
    try:
        return PartialDate.parse(_string(key, value)[:_EXCERPT])
    except ValueError as error:
        raise _NotAPaper(f"{key}: {error}") from None


def _count(members: Members, key: str, *, least: int = 0) -> int | None:
    value = members.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST:
        raise _NotAPaper(f"{key} is not a whole number from {least} to {_LARGEST:,}")
    return value


def _list(members: Members, key: str, read: Callable[[str, object], T]) -> tuple[T, ...] | None:
    value = members.get(key)
    if value is None:
        return None
    if not isinstance(value, list):
        raise _NotAPaper(f"{key} is not a list")
    return tuple(read(key, each) for each in value)


def _arxiv_id(members: Members) -> tuple[str | None, int | None]:
    """The id and the version it bears; as a number, 2301.00010 would have lost its last digit."""
    value = members.get("arxiv_id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise _NotAPaper("an arXiv id is not a number")
    text = _text(members, "arxiv_id")
    if text is None:
        return None, None
    found = parse_arxiv_id(text)
    if found is None:
        raise _NotAPaper(f"arxiv_id: {text[:_EXCERPT]!r} is no arXiv id")
    return found
