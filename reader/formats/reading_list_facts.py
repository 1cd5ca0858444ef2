"""The paper that an entry of a Markdown reading list tells of, for a library that does not have it.

Of an entry that reader wrote all lines are known by their fingerprints: authors and facts, abstract, links. What was
changed by hand is known by its look. Of an entry that a person wrote the title, its address and the identifiers in both
count; what stands below is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reader.formats.markdown_plain import addresses, plain
from reader.list_file import Entry, fingerprint
from reader.paper import MONTHS, Paper, PartialDate, parse_arxiv_id
from reader.text import collapse, find_urls

_DATE = re.compile(rf"(?:({'|'.join(MONTHS)})(?: (\d{{1,2}}))?)?(?:,? ?(\d{{4}})(\?)?)?")
_COUNT = re.compile(r"([\d,]{1,15}) (author|comment|upvote)s?")
_MORE = re.compile(r" and ([\d,]{1,15}) more$")
_CATEGORIES = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?(?:, [a-z-]+(?:\.[A-Za-z-]+)?)*")
_ARXIV = re.compile(
    r"(?<![\w/.])(?:arxiv:)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)(?![\w/])", re.IGNORECASE
)
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)", re.IGNORECASE)
_SUMMARY = "Summary: "
_LINKS = "Links: "
_SHORTEST_ABSTRACT = 120
"""Characters of a changed paragraph that is taken for the abstract where no other is known."""


def paper_of(entry: Entry) -> Paper | None:
    """The paper that an entry tells of; None where it has no title."""
    if not entry.title or entry.title == entry.url:
        return None
    paper = _with_address(Paper(title=entry.title), entry.url)
    if entry.key is None:
        return _identified(paper, entry.title)
    lines = dict(_lines(entry))
    if "facts" in lines:
        paper = _with_facts(paper, plain(lines["facts"]))
    if "links" in lines:
        paper = _with_links(paper, addresses(lines["links"]))
    if "abstract" in lines:
        abstract = collapse(plain(lines["abstract"]))
        if abstract.startswith(_SUMMARY):
            return replace(paper, summary=abstract.removeprefix(_SUMMARY))
        return replace(paper, abstract=abstract, links=paper.links or find_urls(abstract))
    return paper


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    """What reader wrote of a paper, under the names of `Written`; where it was changed, what looks like it."""
    texts = [line.strip() for line, kind in zip(entry.lines, entry.kinds, strict=True) if kind == "text"]
    found: dict[str, str] = {}
    if entry.written is not None:
        known = {entry.written.facts: "facts", entry.written.abstract: "abstract", entry.written.links: "links"}
        for line in texts:
            if (name := known.get(fingerprint(line))) is not None:
                found[name] = line
    others = [line for line in texts if line not in found.values()]
    for line in others:
        if line.startswith(_LINKS):
            found.setdefault("links", line)
        elif " · " in line and len(line) < 10 * _SHORTEST_ABSTRACT:
            found.setdefault("facts", line)
        elif len(line) >= _SHORTEST_ABSTRACT:
            found.setdefault("abstract", line)
    yield from found.items()


def _with_address(paper: Paper, url: str | None) -> Paper:
    if url is None:
        return paper
    arxiv_id, version = parse_arxiv_id(url) or (None, None)
    doi = _DOI.fullmatch(url)
    return replace(paper, url=url, arxiv_id=arxiv_id, arxiv_version=version, doi=doi[1] if doi else None)


def _identified(paper: Paper, text: str) -> Paper:
    """The paper with the arXiv id that its title names, where its address names none."""
    if paper.arxiv_id is None and (match := _ARXIV.search(text)) is not None:
        arxiv_id, version = parse_arxiv_id(match[1]) or (None, None)
        return replace(paper, arxiv_id=arxiv_id, arxiv_version=version)
    return paper


def _with_facts(paper: Paper, text: str) -> Paper:
    """The paper with what the line of facts says: authors, organization, date, counts, arXiv id, categories."""
    for position, part in enumerate(text.split(" · ")):
        count = _COUNT.fullmatch(part)
        if count is not None:
            name = {"author": "author_count", "comment": "comments", "upvote": "upvotes"}[count[2]]
            paper = replace(paper, **{name: int(count[1].replace(",", "") or 0)})  # type: ignore[arg-type]
        elif (day := _date(part)) is not None:
            paper = replace(paper, published=day, published_inferred=part.endswith("?"))
        elif part.startswith("arXiv:"):
            arxiv_id, version = parse_arxiv_id(part) or (None, None)
            paper = replace(paper, arxiv_id=arxiv_id or paper.arxiv_id, arxiv_version=version)
        elif position and _CATEGORIES.fullmatch(part):
            paper = replace(paper, categories=tuple(part.split(", ")))
        elif position == 0:
            paper = _with_authors(paper, part)
        else:
            paper = replace(paper, organization=part)
    return paper


def _with_authors(paper: Paper, text: str) -> Paper:
    more = _MORE.search(text)
    names = tuple((text[: more.start()] if more else text).split(", "))
    beyond = int(more[1].replace(",", "") or 0) if more else 0
    return replace(paper, authors=names, author_count=len(names) + beyond)


def _with_links(paper: Paper, found: tuple[str, ...]) -> Paper:
    dois = [match[1] for match in map(_DOI.fullmatch, found) if match is not None]
    links = tuple(address for address in found if not _DOI.fullmatch(address))
    return replace(paper, links=links or None, doi=paper.doi or (dois[0] if dois else None))


def _date(text: str) -> PartialDate | None:
    match = _DATE.fullmatch(text)
    if match is None or not text:
        return None
    month = MONTHS.index(match[1]) + 1 if match[1] else None
    try:
        return PartialDate(int(match[3]) if match[3] else None, month, int(match[2]) if match[2] else None)
    except ValueError:
        return None
