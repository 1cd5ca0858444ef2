"""A paper's own Markdown, as a reader service prints it: three header lines, then the whole paper.

    Title: A title

    URL Source: https://arxiv.org/html/2401.00001

    Markdown Content:
    … ###### Abstract … Its abstract. … ## 1 Introduction …

Title, address and arXiv id come from the header, the abstract from under its heading; the rest is the paper's text and
no paper of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reader.formats.decoration import undecorated
from reader.formats.format import Format
from reader.formats.lines import LONGEST, Head, Line
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits
from reader.paper import Paper, parse_arxiv_id
from reader.text import collapse, find_urls

_HEADER_LINES = 40
_HEADING = re.compile(r"#{1,6} ?\**abstract\**\W{0,3}|\**abstract\**\W{0,3}", re.IGNORECASE)
_NEXT = re.compile(
    r"#{1,6} |\**(?:1\W{0,3}|I\. ?)?introduction\b|\**(?:keywords|index terms|ccs concepts|key words)\b", re.IGNORECASE
)
_SHORTEST_BARE = 80  # characters of a line under "Abstract" that is no entry of a table of contents


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Its three header lines at the start, with the address of a paper and not of a listing page."""
    first = next((line.text for line in head.lines if line.text.strip()), "")
    fields = _fields(islice(head.lines, _HEADER_LINES)) if first.startswith(("Title:", "---")) else {}
    if fields.get("title") and _is_papers(fields.get("url source", "")):
        return 0.93 if "markdown content" in fields else 0.0
    return 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - a paper is no page
    """The one paper."""
    fields = _fields(lines)
    url = fields.get("url source", "")
    found = parse_arxiv_id(url) or (None, None)
    abstract = _abstract(lines)
    for _ in lines:
        pass  # the paper itself
    title = fields.get("title", "")
    if title:
        yield Paper(
            title=title,
            abstract=abstract,
            arxiv_id=found[0],
            arxiv_version=found[1],
            url=url or None,
            links=None if abstract is None else find_urls(abstract),
        )


FORMAT = Format("paper in Markdown", claims, records)


def _fields(lines: Iterator[Line]) -> dict[str, str]:
    """The lines "Name: value" up to "Markdown Content:"; a value may go on in the next line."""
    fields: dict[str, str] = {}
    key = ""
    for _, raw in islice(lines, _HEADER_LINES):
        name, colon, value = raw.partition(":")
        if colon and name.strip("* ").casefold() in {"title", "url source", "published time", "markdown content"}:
            key = name.strip("* ").casefold()
            fields[key] = collapse(value)
            if key == "markdown content":
                break
        elif raw.strip() and key:
            fields[key] = collapse(f"{fields[key]} {raw}") if len(fields[key]) < _HEADER_LINES * 100 else fields[key]
        else:
            key = ""
    return fields


def _is_papers(url: str) -> bool:
    return parse_arxiv_id(url) is not None


def _abstract(lines: Iterator[Line]) -> str | None:
    """The paragraphs under the abstract's heading, up to the next heading."""
    under = False
    parts: list[str] = []
    length = 0
    for _, raw in lines:
        text = raw.strip()
        if not text:
            continue
        if not under:
            under = len(text) < _SHORTEST_BARE and _HEADING.fullmatch(text) is not None
            marked = text.startswith("#")
        elif _HEADING.fullmatch(text[:_SHORTEST_BARE]) or (not parts and not marked and len(text) < _SHORTEST_BARE):
            under = _HEADING.fullmatch(text[:_SHORTEST_BARE]) is not None
            marked = text.startswith("#")
        elif parts and _NEXT.match(text):
            break
        elif length <= LONGEST:
            parts.append(undecorated(text, {}).text)
            length += len(text)
    return collapse(" ".join(parts)) or None
