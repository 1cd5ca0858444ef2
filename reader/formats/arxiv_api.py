"""An answer of arXiv's interface for programs, `export.arxiv.org/api/query`: an Atom feed, an entry a paper.

    <entry><id>http://arxiv.org/abs/2401.00001v2</id><title>…</title><summary>…</summary><published>…</published>
    <author><name>…</name></author><category term="cs.LG"/><arxiv:primary_category term="cs.CL"/></entry>

An error of the interface is an entry as well, titled "Error"; a client that asks too fast is told so in plain text.
Both are refused with what arXiv said. The order of elements means nothing.

Source: https://info.arxiv.org/help/api/user-manual.html, sections 3.3 and 3.4; RFC 4287.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import TYPE_CHECKING

from reader.errors import UnreadableInput
from reader.formats import arxiv
from reader.formats.format import Format
from reader.formats.lines import Ahead, Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.formats.xml_elements import beginning, elements, root_name, text_of
from reader.paper import Paper

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"

_MARK = re.compile(
    r"http://arxiv\.org/schemas/atom"
    r"|<(?:[\w.-]+:)?id>\s*https?://(?:export\.)?arxiv\.org/(?:api|abs)/"
    r"|<(?:[\w.-]+:)?title[^>]*>\s*arxiv (?:query|search results)\b",
    re.IGNORECASE,
)
_REFUSAL = "rate exceeded"


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """0.95 for a feed that bears arXiv's name, or for its refusal."""
    text = beginning(head)
    if root_name(text) == "feed":
        return 0.95 if _MARK.search(text) else 0.0
    return 0.95 if _is_refusal(text) and head.complete else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of an answer.

    Raises:
        UnreadableInput: arXiv refused to answer, could not, or found no paper; what it said is in the message.
    """
    ahead = Ahead(dropwhile(lambda line: not line.text.strip(), lines))
    first = ahead.peek()
    if first is not None and _is_refusal(first.text):
        raise UnreadableInput(
            f"holds no papers but arXiv's refusal: {first.text.strip()[:80]}",
            "leave three seconds between requests, and fetch it again",
        )
    found, counted = False, ""
    for item in elements(ahead):
        if isinstance(item, Rejected):
            found = True
            yield item
            continue
        line, element = item
        if element.tag == f"{ATOM}entry":
            yield _record(line, element, first=not found)
            found = True
        elif element.tag == f"{ATOM}updated":
            notes.dated(arxiv.day_of_iso_8601(text_of(element)))
        elif element.tag.endswith("}totalResults"):
            counted = text_of(element)
    if not found:
        raise UnreadableInput(*_nothing(counted))


FORMAT = Format("arXiv API answer", claims, records)


def categories_of(entry: Element) -> tuple[str, ...] | None:
    """The categories of an Atom entry, the primary one first; `None` where it names none."""
    named = (*entry.iterfind(f"{ARXIV}primary_category"), *entry.iterfind(f"{ATOM}category"))
    return tuple(dict.fromkeys(term for each in named if (term := each.get("term", "").strip()))) or None


def authors_of(entry: Element) -> tuple[str, ...] | None:
    """The names of an Atom entry, affiliations left out; `None` where it names nobody."""
    named = (arxiv.name(text_of(each)) for each in entry.iterfind(f"{ATOM}author/{ATOM}name"))
    return tuple(name for name in named if name) or None


def _is_refusal(text: str) -> bool:
    return text.lstrip()[: len(_REFUSAL)].lower() == _REFUSAL


def _record(line: int, entry: Element, *, first: bool) -> Record:
    known, title = text_of(entry.find(f"{ATOM}id")), text_of(entry.find(f"{ATOM}title"))
    abstract = text_of(entry.find(f"{ATOM}summary"))
    if title == "Error" and "/api/errors" in known:
        said = abstract or known.partition("#")[2].replace("_", " ")
        if first:
            raise UnreadableInput(f"holds no papers but an error of arXiv: {said}", "correct the query and ask again")
        return Rejected(line, f"an error of arXiv: {said}", known)
    found = arxiv.paper_id(known)
    if found is None or not title:
        return Rejected(line, "an entry without a title" if found else "an entry without an arXiv id", known or title)
    authors = authors_of(entry)
    return Paper(
        title=title,
        abstract=abstract or None,
        authors=authors,
        author_count=None if authors is None else len(authors),
        published=arxiv.day_of_iso_8601(text_of(entry.find(f"{ATOM}published"))),
        arxiv_id=found[0],
        arxiv_version=found[1],
        doi=text_of(entry.find(f"{ARXIV}doi")) or None,
        url=arxiv.address(found[0]),
        categories=categories_of(entry),
        links=arxiv.links(abstract or None, text_of(entry.find(f"{ARXIV}comment"))),
    )


def _nothing(counted: str) -> tuple[str, str]:
    """What to say of an answer without entries: arXiv found nothing, or this part of its findings is empty."""
    if counted.isdecimal() and int(counted[:9]) > 0:
        return (
            f"holds no papers in this part of an answer of {counted[:9]}",
            "arXiv sends such a part now and then, and after the last one: fetch it again",
        )
    return "holds no papers: arXiv found none for the query", "ask for something else"
