"""What JSON objects say of a library: what its user made of papers, and, in library files, all else that it knows.

The keys are those of `reader.export.jsonl`, which writes them; `docs/jsonl.md` describes them for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from reader.formats.json_objects import Members
from reader.formats.members import (
    EXCERPT,
    LARGEST,
    NotAPaper,
    count_of,
    flag,
    list_of,
    optional,
    paper_of,
    partial_date,
    string,
    word,
)
from reader.paper import KEY_LENGTH, Paper, StoredPaper
from reader.text import as_note, is_name
from reader.transfer import (
    CarriedEntry,
    CarriedJoin,
    CarriedList,
    CarriedPaper,
    CarriedSearch,
    CarriedSighting,
    CarriedSource,
    Place,
)

_KEY = re.compile(f"[a-z2-7]{{{KEY_LENGTH}}}")

T = TypeVar("T")


def paper_with_annotations(members: Members) -> Paper | CarriedPaper:
    """A paper, with what its user made of it where the object says anything of that. Raises `NotAPaper`."""
    paper = paper_of(members)
    stored = _stored(members, paper)
    if stored == StoredPaper(key="", paper=paper, sources=(), added=""):
        return paper
    entries = tuple(CarriedEntry(name) for name in stored.lists)
    return CarriedPaper(stored=replace(stored, added=""), entries=entries)


def carried_paper(members: Members) -> CarriedPaper:
    """A paper as a library file has it. Raises `NotAPaper`."""
    stored = _stored(members, _exact_paper(members))
    if not stored.key:
        raise NotAPaper("key is missing, or no key of a paper")
    return CarriedPaper(
        stored=stored,
        names=list_of(members, "identifiers", word) or (),
        sightings=list_of(members, "sightings", _object(_sighting)) or (),
        entries=list_of(members, "entries", _object(_entry)) or (),
        joined=list_of(members, "joined", _object(_join)) or (),
        noted=optional(members, "noted", _moment),
        place=optional(members, "place", _object(_place)),
    )


def carried_list(members: Members) -> CarriedList:
    """A reading list. Raises `NotAPaper`."""
    return CarriedList(_required(members, "name", _name))


def carried_search(members: Members) -> CarriedSearch:
    """A saved search. Raises `NotAPaper`."""
    return CarriedSearch(_required(members, "name", _name), _required(members, "query", word))


def carried_source(members: Members) -> CarriedSource:
    """A source. Raises `NotAPaper`."""
    return CarriedSource(
        number=_number(members, "number"),
        digest=_required(members, "digest", word),
        name=_required(members, "name", _text),
        kind=_required(members, "kind", string),
        page_date=optional(members, "page_date", partial_date),
        page_date_inferred=optional(members, "page_date_inferred", flag) or False,
        page_year=count_of(members, "page_year"),
        day=_required(members, "day", _day),
        seen=_required(members, "seen", _moment),
    )


def _stored(members: Members, paper: Paper) -> StoredPaper:
    key = members.get("key")
    return StoredPaper(
        key=key if isinstance(key, str) and _KEY.fullmatch(key) else "",
        paper=paper,
        sources=(),
        added=optional(members, "added", _moment) or "",
        lists=tuple(dict.fromkeys(list_of(members, "lists", _name) or ())),
        tags=tuple(dict.fromkeys(list_of(members, "tags", _name) or ())),
        note=as_note(optional(members, "note", _text) or ""),
        read=optional(members, "read", flag) or False,
        dismissed=optional(members, "dismissed", flag) or False,
    )


def _exact_paper(members: Members) -> Paper:
    """A paper as it was stored: its links are not looked for again."""
    paper = paper_of(members)
    return replace(paper, links=None) if members.get("links") is None else paper


def _sighting(members: Members) -> CarriedSighting:
    return CarriedSighting(
        source=_number(members, "source"),
        rank=_number(members, "rank"),
        printed=optional(members, "printed", partial_date),
        comments=count_of(members, "comments"),
        upvotes=count_of(members, "upvotes"),
    )


def _entry(members: Members) -> CarriedEntry:
    return CarriedEntry(
        list_name=_required(members, "list", _name),
        position=optional(members, "position", _integer),
        added=optional(members, "added", _moment),
    )


def _join(members: Members) -> CarriedJoin:
    return CarriedJoin(
        key=_required(members, "key", word),
        source=_number(members, "source"),
        rank=_number(members, "rank"),
        record=_required(members, "record", _object(_exact_paper)),
        before=_required(members, "before", _object(_exact_paper)),
    )


def _place(members: Members) -> Place:
    return Place(day=_required(members, "day", _day), rank=_number(members, "rank"))


def _object(read: Callable[[Members], T]) -> Callable[[str, object], T]:
    """Reads an object within another, whose key stands before what is wrong in it."""

    def read_object(key: str, value: object) -> T:
        if not isinstance(value, dict):
            raise NotAPaper(f"{key} is not an object")
        try:
            return read(value)
        except NotAPaper as why:
            raise NotAPaper(f"{key}: {why}") from None

    return read_object


def _required(members: Members, key: str, read: Callable[[str, object], T]) -> T:
    value = optional(members, key, read)
    if value is None:
        raise NotAPaper(f"{key} is missing")
    return value


def _number(members: Members, key: str) -> int:
    found = count_of(members, key)
    if found is None:
        raise NotAPaper(f"{key} is missing")
    return found


def _integer(key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise NotAPaper(f"{key} is not a whole number up to {LARGEST:,}")
    return value


def _text(key: str, value: object) -> str:
    """A text as it stands."""
    if not isinstance(value, str):
        raise NotAPaper(f"{key} is not a text")
    return value.encode(errors="replace").decode()


def _name(key: str, value: object) -> str:
    name = string(key, value)
    if not is_name(name):
        raise NotAPaper(f"{key}: {name[:EXCERPT]!r} cannot be a name")
    return name


def _day(key: str, value: object) -> date:
    try:
        return date.fromisoformat(string(key, value)[:EXCERPT])
    except ValueError:
        raise NotAPaper(f"{key} is no day such as 2026-01-31") from None


def _moment(key: str, value: object) -> str:
    """A time in ISO 8601 as the library writes it, in UTC."""
    text = string(key, value)[:EXCERPT]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotAPaper(f"{key} is no time such as 2026-01-31T08:00:00+00:00") from None
    if moment.tzinfo is UTC:
        return text
    try:
        return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat(timespec="seconds")
    except OverflowError:
        raise NotAPaper(f"{key} lies outside the calendar") from None
