"""arXiv's daily feeds, `rss.arxiv.org/rss/cs.LG` and `rss.arxiv.org/atom/cs.LG`: what was announced on a day.

    <item><title>…</title><description>arXiv:2607.00001v1 Announce Type: new Abstract: …</description>
    <guid>oai:arXiv.org:2607.00001v1</guid><category>cs.LG</category><dc:creator>A. Soup, B. Bread</dc:creator></item>

The feed's day is the page's. It is the day of the announcement, also of a new version or of a cross-listing, and never
the day on which the paper was submitted: that is not in the feed, and stays unknown.

Source: https://info.arxiv.org/help/rss_specifications.html; RSS 2.0; RFC 4287.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.errors import UnreadableInput
from reader.formats import arxiv
from reader.formats.arxiv_api import ARXIV, ATOM, authors_of, categories_of
from reader.formats.format import Format
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.formats.xml_elements import beginning, elements, root_name, text_of
from reader.paper import Paper, PartialDate

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_ADDRESS = r"https?://(?:rss|export)\.arxiv\.org/(?:rss|atom)/"
_MARK = re.compile(
    rf"oai:arxiv\.org:|announce_type>|<(?:[\w.-]+:)?(?:id|link)>\s*{_ADDRESS}|\bhref\s*=\s*[\"']{_ADDRESS}",
    re.IGNORECASE,
)
_ARXIV_NAMESPACE = ARXIV[1:-1]
_ANNOUNCED = re.compile(r"arXiv:(\S+) Announce Type: [\w-]+(?: Abstract:)? ?")


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """0.96 for a feed that bears the marks of an announcement: more than an answer of arXiv's API, which lacks them."""
    text = beginning(head)
    root = root_name(text)
    if root not in {"rss", "feed"}:
        return 0.0
    return 0.96 if _MARK.search(text) or (root == "rss" and _ARXIV_NAMESPACE in text) else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of a day's feed.

    Raises:
        UnreadableInput: nothing was announced.
    """
    found, announced = False, None
    for item in elements(lines):
        if isinstance(item, Rejected):
            found = True
            yield item
            continue
        line, element = item
        if element.tag in {"item", f"{ATOM}entry"}:
            found = True
            announced = announced or _day(element, "pubDate", "published")
            yield _record(line, element)
        elif element.tag in {"pubDate", f"{ATOM}updated"}:
            notes.dated(_day_in(text_of(element)))
    if not found:
        raise UnreadableInput(
            "is a feed without papers: arXiv announces nothing on weekends and holidays", "fetch it on another day"
        )
    notes.dated(announced)


FORMAT = Format("arXiv feed", claims, records)


def _record(line: int, item: Element) -> Record:
    title, description = _text(item, "title"), _text(item, "description", "summary")
    known = _text(item, "guid", "id")
    announcement = _ANNOUNCED.match(description)
    found = arxiv.paper_id(known) or arxiv.paper_id(_text(item, "link"))
    said = arxiv.paper_id(announcement[1]) if announcement else None
    if said is not None and (found is None or found == (said[0], None)):
        found = said
    if found is None or not title:
        return Rejected(line, "an item without a title" if found else "an item without an arXiv id", known or title)
    abstract = description[announcement.end() :] if announcement else description
    return Paper(
        title=title,
        abstract=abstract or None,
        authors=arxiv.names(", ".join(text_of(each) for each in item.iterfind(_CREATOR))) or authors_of(item),
        arxiv_id=found[0],
        arxiv_version=found[1],
        doi=text_of(item.find(f"{ARXIV}DOI")) or None,
        url=arxiv.address(found[0]),
        categories=_categories(item) or categories_of(item),
        links=arxiv.links(abstract or None, ""),
    )


def _text(item: Element, *names: str) -> str:
    """The text of the first child of one of these names that has any, in RSS or in Atom."""
    found = (text_of(item.find(f"{space}{name}")) for name in names for space in ("", ATOM))
    return next(filter(None, found), "")


def _categories(item: Element) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(text for each in item.iterfind("category") if (text := text_of(each)))) or None


def _day(item: Element, *names: str) -> PartialDate | None:
    return _day_in(_text(item, *names))


def _day_in(text: str) -> PartialDate | None:
    return arxiv.day_of_rfc_822(text) or arxiv.day_of_iso_8601(text)
