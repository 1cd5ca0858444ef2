"""A saved page of the site as HTML: its papers stand in it as JSON, in an attribute, with everything it knows of them.

    <div class="…" data-target="…" data-props="{&quot;dailyPapers&quot;:[{&quot;paper&quot;:{…

The text around it is not read: the attribute says the same and more.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from reader.formats.format import Format
from reader.formats.lines import LONGEST, Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.paper import Paper, PartialDate, parse_arxiv_id
from reader.text import collapse, find_urls

_TARGET = re.compile(r"data-target=[\"'](?:DailyPapers|PaperContent|TrendingPapers|Papers)[\"']")
_PROPS = re.compile(r"data-props=([\"'])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXCERPT = 200

Members = Mapping[str, object]


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """The mark of the element that bears the papers."""
    first = next((line.text for line in head.lines if line.text.strip()), "").lstrip()
    if not first.startswith("<"):
        return 0.0
    return 0.97 if any("data-target=" in line.text and _TARGET.search(line.text) for line in head.lines) else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of every such element."""
    for number, text in _attributes(lines):
        try:
            props = json.loads(html.unescape(text))
        except (ValueError, RecursionError):
            yield Rejected(number, "the papers of the page are cut off or damaged", text[:_EXCERPT])
            continue
        if isinstance(props, dict):
            yield from _of_props(number, props, notes)


FORMAT = Format("saved HTML page", claims, records)


def _attributes(lines: Iterator[Line]) -> Iterator[tuple[int, str]]:
    """The value of each attribute that bears papers, with its line; one may go over several lines."""
    begun: list[str] = []
    first, quote, length, wanted = 0, "", 0, False
    for number, text in lines:
        at = 0
        if quote:
            end = text.find(quote)
            length += len(text)
            if end < 0:
                begun.append(text if length <= LONGEST else "")
                continue
            yield first, "\n".join([*begun, text[:end]])
            at, quote = end + 1, ""
        wanted = wanted or ("data-target=" in text and _TARGET.search(text, at) is not None)
        while wanted and (target := _PROPS.search(text, _place(text, at))) is not None:
            wanted = False
            end = text.find(target[1], target.end())
            if end < 0:
                first, quote, begun, length = number, target[1], [text[target.end() :]], len(text)
                break
            yield number, text[target.end() : end]
            at = end + 1
            wanted = _TARGET.search(text, at) is not None
    if quote:
        yield first, "\n".join(begun)


def _place(text: str, at: int) -> int:
    """Where in a line the wanted element begins, so that the properties of no other are taken."""
    target = _TARGET.search(text, at)
    return target.end() if target else at


def _of_props(number: int, props: Members, notes: PageNotes) -> Iterator[Record]:
    day = props.get("dateString")
    if isinstance(day, str):
        notes.dated(_date(day))
    found = props.get("dailyPapers") or props.get("papers")
    entries = found if isinstance(found, list) else [props] if isinstance(props.get("paper"), dict) else []
    notes.header = True
    for entry in entries:
        paper = _paper(entry) if isinstance(entry, dict) else None
        if paper is None:
            yield Rejected(number, "an entry of the page that is no paper", json.dumps(entry)[:_EXCERPT])
        else:
            notes.published(paper.published)
            yield paper


def _paper(entry: Members) -> Paper | None:
    """The paper of an entry, in which all but the title may be missing; fields: FORMATS, section 2.1."""
    inner = entry.get("paper")
    paper = inner if isinstance(inner, dict) else entry
    title = _text(paper.get("title")) or _text(entry.get("title"))
    if not title:
        return None
    abstract = _text(paper.get("summary")) or _text(entry.get("summary")) or None
    names = _names(paper.get("authors"))
    arxiv = parse_arxiv_id(_text(paper.get("id"))) or (None, None)
    organization = paper.get("organization") or entry.get("organization")
    return Paper(
        title=title,
        abstract=abstract,
        authors=names,
        author_count=None if names is None else len(names),
        published=_date(_text(paper.get("publishedAt"))),
        comments=_count(entry.get("numComments")),
        upvotes=_count(paper.get("upvotes")),
        arxiv_id=arxiv[0],
        arxiv_version=arxiv[1],
        url=f"https://huggingface.co/papers/{arxiv[0]}" if arxiv[0] else None,
        links=None if abstract is None else find_urls(abstract),
        summary=_text(paper.get("ai_summary")) or None,
        organization=_organization(organization),
    )


def _text(value: object) -> str:
    return collapse(_SURROGATE.sub("\ufffd", value)) if isinstance(value, str) else ""


def _names(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    found = tuple(name for each in value if isinstance(each, dict) and (name := _text(each.get("name"))))
    return found or None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.of(date.fromisoformat(text[:10]))
    except ValueError:
        return None


def _organization(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    return _text(value.get("fullname")) or _text(value.get("name")) or None
