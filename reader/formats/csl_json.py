"""CSL-JSON: the items of the Citation Style Language, as Zotero, pandoc and DOI resolvers write them.

    [{"id": "soup", "type": "article", "title": "A Title", "author": [{"family": "Soup", "given": "Ada"}],
      "issued": {"date-parts": [[2023, 6, 12]]}, "number": "arXiv:2301.00010"}]

An array, a single item, or items one after another. Items are read one at a time, so that one that is no paper costs
itself alone, and what breaks off is read up to there. Unknown types and members are fine.

Source: https://docs.citationstyles.org/en/stable/specification.html and its schema csl-data.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from reader.formats.bibliography import NUMBER_IS_NO_ID, Citation, NotAPaper, date_in, partial_date
from reader.formats.document import whole_text
from reader.formats.format import Format
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.paper import PartialDate
from reader.text import collapse

_TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book", "software",
    "song", "speech", "standard", "thesis", "treaty", "webpage",
})  # fmt: skip
"""The types of the schema; an item of another type is recognised by its date or its authors."""

_GAP = re.compile(r"[\s\ufeff,]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_STYLE = re.compile(r"</?(?:i|b|sc|sup|sub)>|<span (?:class=\"nocase\"|style=\"font-variant: ?small-caps;?\")>|</span>")
_IDS = ("eprint", "arxiv", "arXiv", "arxiv_id")
_PLACES = ("number", "archive_location", "container-title", "volume", "issue", "publisher", "collection-title")
_ITEMS_ASKED = 5
_EXCERPT = 2_000

Item = Mapping[str, Any]


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """One of the first items has a type of CSL, or is dated or signed as only CSL does it."""
    first = next((line.text for line in head.lines if line.text.strip()), "").lstrip("\ufeff \t")
    if not first.startswith(("[", "{")):
        return 0.0
    try:
        items = _items("\n".join(line.text for line in head.lines))
        return 0.92 if any(_is_csl(item) for _, item in islice(items, _ITEMS_ASKED)) else 0.0
    except _Broken:
        return 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - a bibliography is no page
    """The papers of a bibliography.

    Raises:
        UnreadableInput: the file is longer than `document.LARGEST_DOCUMENT`.
    """
    text = whole_text(lines)
    line, counted = 1, 0
    try:
        for place, item in _items(text):
            line += text.count("\n", counted, place)
            counted = place
            yield from _of_item(item, line)
    except _Broken as broken:
        line += text.count("\n", counted, broken.place)
        yield Rejected(line, str(broken), text[broken.place :][:_EXCERPT].strip())


FORMAT = Format("CSL-JSON", claims, records)


class _Broken(Exception):
    """Where the JSON ends that can be read, and why."""

    def __init__(self, place: int, why: str) -> None:
        super().__init__(why)
        self.place = place


def _items(text: str) -> Iterator[tuple[int, object]]:
    """Every item with its place in the text. Raises `_Broken` where what follows cannot be read."""
    decoder = json.JSONDecoder()
    place = _after_gap(text, 0)
    in_array = text.startswith("[", place)
    place = _after_gap(text, place + in_array)
    while place < len(text) and not (in_array and text[place] == "]"):
        try:
            item, end = decoder.raw_decode(text, place)
        except RecursionError:
            raise _Broken(place, "an item that is nested too deeply; nothing after it is read") from None
        except ValueError:
            raise _Broken(place, "an item that is cut off or no JSON; nothing after it is read") from None
        yield place, item
        place = _after_gap(text, end)
    if in_array and place >= len(text):
        raise _Broken(len(text), "the file breaks off here: its array is not closed")


def _after_gap(text: str, place: int) -> int:
    match = _GAP.match(text, place)
    return match.end() if match else place


def _is_csl(item: object) -> bool:
    if not isinstance(item, dict) or not isinstance(kind := item.get("type"), str):
        return False
    issued, authors = item.get("issued"), item.get("author")
    dated = isinstance(issued, dict) and not {"date-parts", "raw", "literal"}.isdisjoint(issued)
    signed = isinstance(authors, list) and any(
        isinstance(each, dict) and not {"family", "literal"}.isdisjoint(each) for each in authors
    )
    others = {"authors", "authorships"}  # of other services, which use the same words for types
    return dated or signed or (kind in _TYPES and not {"title", "id"}.isdisjoint(item) and others.isdisjoint(item))


def _of_item(item: object, line: int) -> Iterator[Record]:
    if not isinstance(item, dict):
        yield Rejected(line, "an item that is no object", json.dumps(item)[:_EXCERPT])
        return
    try:
        if _has_numeric_id(item):
            yield Rejected(line, NUMBER_IS_NO_ID, _excerpt(item))
        yield _citation(item).paper()
    except NotAPaper as why:
        yield Rejected(line, str(why), _excerpt(item))


def _citation(item: Item) -> Citation:
    return Citation(
        title=_STYLE.sub("", _text(item, "title")),
        abstract=_text(item, "abstract"),
        names=_names(item.get("author")),
        published=_published(item.get("issued")),
        doi=_text(item, "DOI"),
        ids=tuple(text for name in _IDS if (text := _text(item, name))),
        places=tuple(_text(item, name) for name in _PLACES),
        remarks=(_lines(item, "note"), _lines(item, "annote")),
        addresses=(_text(item, "URL"),),
    )


def _has_numeric_id(item: Item) -> bool:
    """Whether what must be an arXiv id came as a number, which has lost its last zeros."""
    if any(isinstance(item.get(name), int | float) for name in _IDS):
        return True
    says_so = any(
        "arxiv" in _text(item, name).casefold() for name in ("publisher", "archive", "source", "DOI", "URL", *_PLACES)
    )
    return says_so and any(isinstance(item.get(name), float) for name in ("number", "archive_location"))


def _lines(item: Item, name: str) -> str:
    value = item.get(name)
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else ""


def _text(item: Item, name: str) -> str:
    return collapse(_lines(item, name))


def _names(value: object) -> tuple[str, ...]:
    found = (_name(each) for each in value if isinstance(each, dict)) if isinstance(value, list) else ()
    return tuple(name for name in found if name and name.casefold() not in {"others", "et al."})


def _name(name: Item) -> str:
    """A name as it is read aloud, with its particles; a corporation is literal."""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return _text(name, "literal") or collapse(" ".join(_text(name, part) for part in parts))


def _published(issued: object) -> PartialDate | None:
    if isinstance(issued, str):
        return date_in(issued)
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    year, *others = [_whole(part) for part in first[:3]] if isinstance(first, list) and first else [None]
    if year is not None:
        return partial_date(year, *others)
    return date_in(_text(issued, "raw")) or date_in(_text(issued, "literal"))


def _whole(value: object) -> int | None:
    """A part of a date, which may be written as a text."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 4:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _excerpt(item: Item) -> str:
    return json.dumps(item, ensure_ascii=False)[:_EXCERPT]
