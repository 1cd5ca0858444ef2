"""The members of a JSON object, each read as what it should be: what the formats of JSON Lines share.

A value that is not what its key asks for raises `NotAPaper` with the key's name; null and a missing key are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from reader.formats.json_objects import Members, NotAnObject, json_object
from reader.paper import Paper, PartialDate, parse_arxiv_id
from reader.text import collapse, find_urls

LARGEST = 10**9
"""The largest number that is read."""

_SURROGATE = re.compile("[\ud800-\udfff]")
EXCERPT = 200
"""Characters of a wrong value that are quoted."""

T = TypeVar("T")


class NotAPaper(Exception):
    """Why a line is no paper."""


def members_of(text: str) -> Members:
    """The members of the JSON object that a line is."""
    try:
        return json_object(text)
    except NotAnObject as why:
        raise NotAPaper(str(why)) from None


def paper_of(members: Members) -> Paper:
    """The paper that an object describes; unknown keys are ignored."""
    title = text_of(members, "title")
    if title is None:
        raise NotAPaper("title is empty" if isinstance(members.get("title"), str) else "title is missing")
    abstract = text_of(members, "abstract")
    links = list_of(members, "links", web_address)
    arxiv_id, version = _arxiv_id(members)
    return Paper(
        title=title,
        abstract=abstract,
        authors=list_of(members, "authors", word),
        author_count=count_of(members, "author_count"),
        published=optional(members, "published", partial_date),
        published_inferred=optional(members, "published_inferred", flag) or False,
        comments=count_of(members, "comments"),
        upvotes=count_of(members, "upvotes"),
        arxiv_id=arxiv_id,
        arxiv_version=count_of(members, "arxiv_version", least=1) or version,
        doi=text_of(members, "doi"),
        url=optional(members, "url", web_address),
        categories=list_of(members, "categories", word),
        links=find_urls(abstract) if links is None and abstract is not None else links,
        summary=text_of(members, "summary"),
        keywords=list_of(members, "keywords", word),
        organization=text_of(members, "organization"),
    )


def optional(members: Members, key: str, read: Callable[[str, object], T]) -> T | None:
    """What a member is read as, None where it is missing or null."""
    value = members.get(key)
    return None if value is None else read(key, value)


def text_of(members: Members, key: str) -> str | None:
    """A text, its white space collapsed; None where nothing is left."""
    return optional(members, key, string) or None


def string(key: str, value: object) -> str:
    """A text, its white space collapsed and lone surrogates replaced."""
    if not isinstance(value, str):
        raise NotAPaper(f"{key} is not a text")
    return collapse(_SURROGATE.sub("\ufffd", value))


def word(key: str, value: object) -> str:
    """A text that is not empty."""
    text = string(key, value)
    if not text:
        raise NotAPaper(f"{key} holds an empty text")
    return text


def web_address(key: str, value: object) -> str:
    """A text that is a web address."""
    text = string(key, value)
    if not text.lower().startswith(("http://", "https://")):
        raise NotAPaper(f"{key}: {text[:EXCERPT]!r} is no web address")
    return text


def flag(key: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise NotAPaper(f"{key} is neither true nor false")
    return value


def partial_date(key: str, value: object) -> PartialDate:
    """A date such as 2021-08-30, 2021 or --07-31."""
    try:
        return PartialDate.parse(string(key, value)[:EXCERPT])
    except ValueError as error:
        raise NotAPaper(f"{key}: {error}") from None


def count_of(members: Members, key: str, *, least: int = 0) -> int | None:
    """A whole number."""
    value = members.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LARGEST:
        raise NotAPaper(f"{key} is not a whole number from {least} to {LARGEST:,}")
    return value


def list_of(members: Members, key: str, read: Callable[[str, object], T]) -> tuple[T, ...] | None:
    """A list, each of its values read."""
    value = members.get(key)
    if value is None:
        return None
    if not isinstance(value, list):
        raise NotAPaper(f"{key} is not a list")
    return tuple(read(key, each) for each in value)


def _arxiv_id(members: Members) -> tuple[str | None, int | None]:
    """The id and the version it bears; as a number, 2301.00010 would have lost its last digit."""
    value = members.get("arxiv_id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise NotAPaper("an arXiv id is not a number")
    text = text_of(members, "arxiv_id")
    if text is None:
        return None, None
    found = parse_arxiv_id(text)
    if found is None:
        raise NotAPaper(f"arxiv_id: {text[:EXCERPT]!r} is no arXiv id")
    return found
