"""Cards of papers on other pages of the site, such as a model's or a collection's: title, arXiv id, date and upvotes.

    A title

    Paper • ID • Published Jan 1, 2024 • 82

What stands between the dots may be on lines of its own. There is no abstract, and all else on such a page is no paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.formats import facts, listing
from reader.formats.decoration import Piece, pieces
from reader.formats.format import Format
from reader.formats.lines import Ahead, Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.traits import Traits
from reader.paper import Paper, parse_arxiv_id

_CARD = re.compile(
    r"paper ?[•·] ?(?P<id>[0-9]{4}\.[0-9]{4,5})"
    r"(?: ?[•·] ?(?:published )?(?:on )?(?P<date>[a-z]{3,9}\.? [0-9]{1,2}(?:, ?[0-9]{4})?))?"
    r"(?: ?[•·] ?\W{0,2}(?P<votes>[0-9]{1,9}|[0-9.]{1,6}k|-))?(?: ?[•·] ?\W{0,2}[0-9]{1,9})?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:[•·] ?)?(?:[0-9]{4}\.[0-9]{4,5}|[0-9.]{1,9}k?|-"
    r"|(?:published )?(?:on )?[a-z]{3,9}\.? [0-9]{1,2}(?:, ?[0-9]{4})?)?(?: ?[•·])?",
    re.IGNORECASE,
)
_LONGEST_TITLE = 600
_MOST_FACTS = 4  # id, date, votes, comments


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """The line that each such card has, on a page that is no listing page."""
    return 0.9 if traits.related and not traits.header and not traits.arxiv_lines else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers whose cards stand on the page."""
    before: Piece | None = None
    found = Ahead(pieces(lines, notes.addresses, _stands_alone))
    for first in found:
        piece = _with_its_facts(first, found)
        text = piece.text
        match = _CARD.fullmatch(text[:200]) if text[:5].casefold() == "paper" else None
        if match is None:
            before = piece if text and not _is_frame(text) else before
            continue
        arxiv = parse_arxiv_id(match["id"])
        if arxiv is None or before is None or len(before.text) > _LONGEST_TITLE:
            yield Rejected(piece.line, "a paper's card without a title", text)
        else:
            yield _paper(before, piece, match, arxiv[0], notes)
        before = None


FORMAT = Format("page with paper cards", claims, records)


def _with_its_facts(piece: Piece, found: Ahead[Piece]) -> Piece:
    """A card's line; where its label, id and date stand on lines of their own, all of them as one."""
    if piece.text.rstrip(" •·").casefold() != "paper":
        return piece
    told: list[str] = []
    while (after := found.peek()) is not None and len(told) < _MOST_FACTS and _PART.fullmatch(after.text):
        told += [fact for fact in [next(found).text.strip("•· ")] if fact]
    return piece._replace(text=" • ".join(["Paper", *told]))


def _stands_alone(text: str, wrapped: bool) -> bool:  # noqa: ARG001 - a card's line is never wrapped
    return _CARD.match(text) is not None or text.rstrip(" •·").casefold() == "paper" or bool(_PART.fullmatch(text))


def _is_frame(text: str) -> bool:
    return listing.is_noise(text) or listing.is_furniture(text) or listing.announces_submitter(text)


def _paper(title: Piece, card: Piece, match: re.Match[str], arxiv_id: str, notes: PageNotes) -> Paper:
    meta = facts.parse_date(match["date"]) if match["date"] else None
    published = meta.published if meta else None
    notes.published(published)
    votes = match["votes"] or ""
    target = card.target or title.target or ""
    return Paper(
        title=title.text,
        published=published,
        upvotes=int(votes) if votes.isdecimal() else None,
        arxiv_id=arxiv_id,
        url=target if arxiv_id in target and target.startswith("http") else None,
    )
