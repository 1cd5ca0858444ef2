"""A single paper's page: one paper, whatever the page says of it, and no other.

    Papers / arxiv:2401.00001 / A title / Published on Jan 1, 2024 / Upvote 12 / Authors: / a name / , / another
    Abstract / a machine's summary / AI-generated summary / the abstract / View arXiv page … Community … Models citing

Pages that lost the names keep the commas between them, which still tell how many there are. What follows the abstract
is other people's: comments, collections, menus; none of it is read, and none of it is rejected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from reader.formats import facts, listing
from reader.formats.decoration import Piece, pieces
from reader.formats.format import Format
from reader.formats.items import SHORTEST_ABSTRACT, ends_sentence
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.paper import Paper, PartialDate, parse_arxiv_id
from reader.text import collapse, find_urls

_MOST_PIECES = 20_000
_ARXIV_LINE = re.compile(r"arxiv: ?(\S+)", re.IGNORECASE)
_ADDRESS_LINE = re.compile(
    r"[*-]{0,2} ?(?:source_?)?(?:url|link|url source)\W{1,5}(https?://[^\s\"'<>]+)\W?", re.IGNORECASE
)
_PAGE_OF = re.compile(r"\W*(?:(?:page )?title\W{1,5})?paper page [-–—] ", re.IGNORECASE)
_PUBLISHED = re.compile(r"published on ([a-z]{3,9}\.? \d{1,2}(?:, ?\d{4})?)", re.IGNORECASE)
_AUTHORS = re.compile(r"authors?: ?(.*)", re.IGNORECASE)
_ABSTRACT = re.compile(r"abstract:?", re.IGNORECASE)
_SUMMARY_LABEL = re.compile(r"(?:.{0,2}\s)?(?:ai|machine)-generated summary(?: of .{0,80})?", re.IGNORECASE)
_AFTER_TITLE = re.compile(
    r"published on |· ?published|submitted by|authors?:|upvote|#\d+ paper of the|abstract$", re.IGNORECASE
)
_TAIL = re.compile(
    r"(?:View (?:arXiv|PDF|page|on)|Add to collection|Community|Project page|Get this paper|LINK: |Upvote|arXiv [Pp]age"
    r"|(?:Models|Datasets|Spaces|Collections) (?:citing|including) this paper|GitHub \d|Sign up or log in|Edit ?Preview"
    r"|Read paper|Download PDF)(?:\b|(?<= ))"
)
_LONGEST_NAME = 80
_LONGEST_LABEL = 200
_WRAPPED_TO = 100


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Its marks: "Paper page - …", "arxiv:…", an abstract under its heading, and what cites it."""
    marks = bool(traits.paper_pages) + bool(traits.arxiv_lines) + bool(traits.citing)
    if not traits.abstracts or traits.header or traits.abstracts > 3:
        return 0.0
    return 0.95 if marks > 1 or traits.arxiv_lines else 0.9 * (marks == 1)


class _Parts:
    """What the page says of its paper, piece by piece, in the order it says it."""

    def __init__(self) -> None:
        self.arxiv: str | None = None
        self.url: str | None = None
        self.named = ""
        self.title: list[Piece] = []
        self.headings: list[Piece] = []
        self.names: list[str] = []
        self.published: PartialDate | None = None
        self.votes: int | None = None
        self.summary: str | None = None
        self.text: list[Piece] = []
        self._take: Callable[[Piece], None] = self._before
        self.complete = False

    def take(self, piece: Piece) -> None:
        """Take the next piece of the page."""
        text = piece.text
        if self._take == self._abstract:
            self._abstract(piece)
        elif _ABSTRACT.fullmatch(text) and (piece.heading or self.headings or self.arxiv or self.title):
            self._take = self._abstract
        elif not self._label(piece):
            self._take(piece)
            if piece.heading and text and not listing.is_furniture(text):
                self.headings.append(piece)

    def _label(self, piece: Piece) -> bool:
        """Whether a piece says which paper this is: "arxiv:…", "URL: …", "Paper page - A title", "Authors: …"."""
        text = piece.text[:_LONGEST_LABEL]
        if match := _ARXIV_LINE.fullmatch(text):
            self.arxiv = match[1]
            self._take = self._title if not self.title else self._take
        elif match := _ADDRESS_LINE.fullmatch(piece.text[:2_000]):
            self.url = self.url or (match[1] if parse_arxiv_id(match[1]) else None)
        elif match := _PAGE_OF.match(text):
            self.named = self.named or piece.text[match.end() :].strip("\"' ")
        elif match := _AUTHORS.fullmatch(text):
            self.names = _split_names(match[1])
            self._take = self._author
        else:
            return False
        return True

    def _before(self, piece: Piece) -> None:
        text = piece.text
        if match := _PUBLISHED.search(text[:_LONGEST_LABEL]):
            meta = facts.parse_date(match[1])
            self.published = self.published or (meta.published if meta else None)
        elif (votes := facts.parse_upvotes(text)) is not None:
            self.votes = votes.count if self.votes is None else self.votes
            self._take = self._number if votes.count is None else self._before

    def _number(self, piece: Piece) -> None:
        votes = facts.parse_votes(piece.text)
        self.votes = votes.count if votes is not None and self.votes is None else self.votes
        self._take = self._before
        if votes is None:
            self._before(piece)

    def _title(self, piece: Piece) -> None:
        if _AFTER_TITLE.match(piece.text):
            self._take = self._before
            self._before(piece)
        elif piece.text and not listing.is_furniture(piece.text) and not listing.is_noise(piece.text):
            self.title.append(piece)

    def _author(self, piece: Piece) -> None:
        self.names.extend(_split_names(piece.text))

    def _abstract(self, piece: Piece) -> None:
        text = piece.text
        if _SUMMARY_LABEL.fullmatch(text):
            if self.summary is None and self.text:
                self.summary = collapse(" ".join(each.text for each in self.text))
                self.text.clear()
        elif self.text and (piece.heading or (len(text) <= _LONGEST_LABEL and _TAIL.match(text))):
            self.complete = True
        elif (
            text
            and not (listing.is_furniture(text) and not self.text)
            and not (text.startswith("[") and text.endswith("]"))
        ):
            self.text.append(piece)


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The paper of the page; without its title, what there is of it is rejected."""
    parts = _parts(pieces(lines, notes.addresses, _stands_alone))
    for _ in lines:
        pass  # what follows the abstract
    notes.published(parts.published)
    title = _title(parts)
    if not title:
        if parts.text:
            yield Rejected(parts.text[0].line, "an abstract without a title", parts.text[0].text)
        return
    summary, abstract = _summary_and_abstract(parts)
    authors, count = _authors(parts.names)
    found = parse_arxiv_id(parts.arxiv or "") or (parse_arxiv_id(parts.url) if parts.url else None)
    yield Paper(
        title=title,
        abstract=abstract,
        summary=summary,
        authors=authors,
        author_count=count,
        published=parts.published,
        upvotes=parts.votes,
        arxiv_id=found[0] if found else None,
        arxiv_version=found[1] if found else None,
        url=parts.url,
        links=None if abstract is None else find_urls(abstract),
    )


FORMAT = Format("paper page", claims, records)


def _stands_alone(text: str, wrapped: bool) -> bool:  # noqa: ARG001 - labels are never wrapped text
    return len(text) <= _LONGEST_LABEL and bool(
        _ABSTRACT.fullmatch(text)
        or _SUMMARY_LABEL.fullmatch(text)
        or _ARXIV_LINE.fullmatch(text)
        or _ADDRESS_LINE.fullmatch(text)
        or _AFTER_TITLE.match(text)
        or _PAGE_OF.match(text)
        or _TAIL.match(text)
        or listing.is_furniture(text)
        or facts.parse_votes(text)
        or text == ","
    )


def _parts(found: Iterator[Piece]) -> _Parts:
    parts = _Parts()
    for _, piece in zip(range(_MOST_PIECES), found, strict=False):
        parts.take(piece)
        if parts.complete:
            break
    return parts


def _title(parts: _Parts) -> str:
    """What follows the arXiv id; else the heading that the page is named after, or the last before the abstract."""
    named = collapse(parts.named)
    headings = [each.text for each in parts.headings if not _PAGE_OF.match(each.text)]
    same = [text for text in headings if named and text.casefold().startswith(named.casefold())]
    part = [text for text in headings if named.casefold().startswith(text.casefold())]
    return collapse(" ".join(each.text for each in parts.title)) or ([*headings, *part, *same] or [named])[-1]


def _summary_and_abstract(parts: _Parts) -> tuple[str | None, str | None]:
    """The machine's summary and the abstract; without a label, a short first paragraph before a longer one is it."""
    text = parts.text
    summary = parts.summary
    if not text:
        return summary, None
    first = text[0]
    if summary is None and len(text) > 1 and _is_summary(first.text) and len(text[1].text) > len(first.text):
        summary, text = first.text, text[1:]
    elif summary is None and len(first.first) > _WRAPPED_TO and len(first.text) > 2 * len(first.first):
        rest = first.text[len(collapse(first.first)) :].strip()
        if _is_summary(collapse(first.first)):
            summary, text = collapse(first.first), [first._replace(text=rest), *text[1:]]
    return summary, collapse(" ".join(each.text for each in text)) or None


def _is_summary(text: str) -> bool:
    return len(text) < SHORTEST_ABSTRACT and ends_sentence(text)


def _split_names(text: str) -> list[str]:
    """Names and the commas between them, in order."""
    return [part for each in re.split("(,)", text) if (part := each.strip(" *_·")) or each == ","]


def _authors(parts: Sequence[str]) -> tuple[tuple[str, ...] | None, int | None]:
    """The names, if every one is there; the commas alone tell how many there are."""
    slots: list[str] = [""]
    for part in parts:
        if part == ",":
            slots.append("")
        elif _is_name(part):
            slots[-1] = f"{slots[-1]} {part}".strip()
    if len(slots) == 1 and not slots[0]:
        return None, None
    if len(slots) > 1 and not slots[-1] and any(slots):
        slots.pop()  # a comma after the last name
    return (tuple(slots) if all(slots) else None), len(slots)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and not listing.is_noise(text) and not text.isdecimal()
