"""The pieces of a decorated page as items: titles and abstracts, the facts under them, and the frame.

Every layout that bears links, headings or labels comes through here; what tells the pieces apart is what they say
and where they lead. The frame of the site is left out: all before the page's header, known words in any place, and
short texts that lead somewhere other than to a paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reader.formats import facts, listing
from reader.formats.decoration import Piece, is_definition, pieces
from reader.formats.items import Address, Break, Content, Item, Mark, Meta, Votes, beyond_doubt, ends_sentence
from reader.formats.lines import Ahead, Line
from reader.formats.pairing import pair
from reader.formats.reading import PageNotes, Record
from reader.paper import Paper, parse_arxiv_id
from reader.text import collapse

_PREAMBLE_PIECES = 500
_LONGEST_FRAME = 80
_PROSE = 200  # characters from which a text is no title, name or fact
_PAPER = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/papers/([0-9]{4}\.[0-9]{4,5})(?:[/?#].*)?", re.IGNORECASE
)
_LOGIN = re.compile(r"https?://[^/]+/(?:login|join)\b", re.IGNORECASE)


def read_cards(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of a decorated page."""
    found = Ahead(pieces(_without_definitions(lines), notes.addresses, _stands_alone))
    return pair(_items(_organizations_apart(_after_preamble(found, notes)), notes))


def score(records: Sequence[Record], notes: PageNotes) -> float:
    """How far a trial reading of decorated text looks like a listing page, from 0 to 0.9."""
    papers = [record for record in records if isinstance(record, Paper)]
    if not papers:
        return 0.4 if notes.header or (notes.submitters and not records) else 0.0
    if 5 * sum(_is_invented(paper) for paper in papers) >= len(papers):
        return 0.0
    told = sum(
        paper.abstract is not None
        or paper.summary is not None
        or paper.arxiv_id is not None
        or paper.author_count is not None
        for paper in papers
    )
    share = told / len(records)
    if notes.header:
        return 0.5 + 0.4 * share
    sure = sum(
        paper.arxiv_id is not None or paper.author_count is not None or beyond_doubt(paper.title, paper.abstract or "")
        for paper in papers
    )
    proven = bool(notes.submitters) or any(
        paper.arxiv_id is not None or paper.published is not None for paper in papers
    )
    return 0.4 + 0.4 * share if proven and 2 * sure >= len(records) else 0.0


def _is_invented(paper: Paper) -> bool:
    title = paper.title
    return (
        paper.arxiv_id is None
        and paper.author_count is None
        and len(paper.abstract or paper.summary or "") < _PROSE
        and (
            listing.is_furniture(title)
            or facts.parse_votes(title) is not None
            or facts.parse_meta([title]) is not None
            or listing.announces_submitter(title)
        )
    )


def _stands_alone(text: str, wrapped: bool) -> bool:
    """Whether a line is a piece of its own; within a paragraph that was broken for its length few things are."""
    return (not wrapped or "uthor" in text or text[:1] == "·") and is_label(text)


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether a line is a fact of a card, a word of the frame, or nothing."""
    return (
        facts.parse_votes(text) is not None
        or facts.parse_meta([text]) is not None
        or facts.parse_upvotes(text) is not None
        or facts.parse_mark(0, text) is not None
        or facts.parse_byline(text) is not None
        or listing.is_furniture(text)
        or listing.is_noise(text)
        or listing.announces_submitter(text)
        or listing.is_submitter_line(text)
    )


def _without_definitions(lines: Iterator[Line]) -> Iterator[Line]:
    return (line for line in lines if not (("://" in line.text or "]: /" in line.text) and is_definition(line.text)))


def _is_button(text: str) -> bool:
    """Whether a text is a number or a word that stands in cards or above them: no title even where one is due."""
    return (
        text.casefold() == "new"
        or facts.parse_votes(text) is not None
        or listing.is_subscribe(text)
        or facts.parse_upvotes(text) is not None
        or facts.parse_mark(0, text) is not None
    )


def _after_preamble(found: Ahead[Piece], notes: PageNotes) -> Ahead[Piece]:
    """The pieces from the page's header on, or all of them where it has none before its first paper."""
    for place in range(_PREAMBLE_PIECES):
        piece = found.peek(place)
        if piece is None or (piece.heading and _paper_address(piece) is not None):
            break
        if listing.is_header(piece.text):
            notes.header = True
            for _ in range(place):
                notes.submitters += _names_submitter(next(found).text)
            break
    return found


def _organizations_apart(found: Ahead[Piece]) -> Iterator[Piece]:
    """The pieces, and a short last line of a text as one of its own where the dot or the date of a card follows it."""
    for piece in found:
        after = found.peek() if piece.last and not piece.heading else None
        if after is not None and (after.text == "·" or _begins_date(after.text)):
            yield piece._replace(text=piece.text.removesuffix(collapse(piece.last)).rstrip())
            yield Piece(after.line, collapse(piece.last))
        else:
            yield piece


def _names_submitter(text: str) -> bool:
    return listing.announces_submitter(text) or listing.is_submitter_line(text)


_NOTHING = Meta()


class _Reader:
    """Where on the page the reading is, and what the next piece makes of it."""

    def __init__(self, found: Ahead[Piece], notes: PageNotes) -> None:
        self._found = found
        self._notes = notes
        self._in_header = True
        self._name_due = False
        self._name_line = 0
        self._votes_due = False
        self._title_due = False  # votes or a submitter came last
        self._page_due = False  # "Previous" came last, so a number is that of a page

    def items(self) -> Iterator[Item]:
        """What the pieces are, frame left out."""
        for found in self._found:
            piece = self._without_name(found)
            if piece is None:
                continue
            due, self._title_due = self._title_due, False
            item = self._content(piece, None) if due and self._must_be_title(piece) else self._item(piece)
            if item is None:
                continue
            self._title_due = self._title_due or (isinstance(item, Votes) and not item.labelled)
            yield item
            if isinstance(item, Meta) and "ublished on " in piece.text:
                yield Mark(piece.line)  # as only trending pages say it
            elif isinstance(item, Mark) and (address := _paper_address(piece)) is not None:
                yield address

    def _without_name(self, piece: Piece) -> Piece | None:
        """The piece without the submitter's name, which may be the line above a title; `None` where it is no more."""
        text = piece.text
        if not self._name_due or piece.heading or not text or (listing.is_noise(text) and not facts.parse_votes(text)):
            return piece
        if piece.line == self._name_line and piece.first != text:
            self._name_due, self._title_due = False, True
            text = text.removeprefix(collapse(piece.first)).lstrip()
            return piece._replace(text=text, line=piece.line + 1, first="")
        if not listing.may_be_name(text):
            return piece
        self._name_due, self._title_due = False, True
        return None

    def _item(self, piece: Piece) -> Item | None:
        text, address = piece.text, _paper_address(piece)
        if not text:
            return address if not self._in_header else None
        if piece.heading and address is not None:
            return self._content(piece, address)
        if listing.is_noise(text) and not facts.parse_votes(text):
            return None if self._in_header or address is None else address
        frame = self._frame(piece)
        if frame is not None:
            return frame
        fact = self._fact(piece)
        if fact is not None:
            if isinstance(fact, Meta) and self._in_header:
                if not _is_other_day(piece, fact):
                    self._notes.dated(fact.published)
                return None
            return fact
        if self._is_frame(piece, address):
            self._page_due = text.casefold() == "previous"
            return None
        return self._content(piece, address)

    def _must_be_title(self, piece: Piece) -> bool:
        """Whether what looks like a fact or a menu is a title: where one is due, with the rest of a card after it."""
        after = self._found.peek()
        return (
            after is not None
            and bool(piece.text)
            and not piece.target
            and is_label(piece.text)
            and (
                (len(after.text) >= _PROSE and ends_sentence(after.text))
                or (listing.is_furniture(piece.text) and _counts_authors(after.text))
            )
            and not _names_submitter(piece.text)
            and not _is_button(piece.text)
        )

    def _content(self, piece: Piece, address: Address | None) -> Content:
        self._in_header = self._name_due = self._votes_due = self._page_due = False
        return Content(piece.line, piece.text, piece.whole, piece.heading, address)

    def _frame(self, piece: Piece) -> Item | None:
        """A break where a piece belongs to the page: its header, its menus, or who submitted a paper."""
        text = piece.text
        if listing.is_header(text):
            self._in_header = self._notes.header = True
            return Break(header=True)
        if _names_submitter(text):
            self._notes.submitters += 1
            self._name_due = listing.announces_submitter(text)
            self._name_line = piece.line + 1
            return Break(submitter=True)
        if listing.is_trending(text) and (piece.heading or not piece.target):
            return Break(trending=piece.heading)
        return None

    def _fact(self, piece: Piece) -> Item | None:
        """What a piece says of a paper, or of the page while its header lasts."""
        text = piece.text
        if (upvotes := facts.parse_upvotes(text)) is not None:
            self._votes_due = upvotes.count is None
            return upvotes
        if (votes := facts.parse_votes(text)) is not None:
            return self._number(votes, piece.target or "") or _NOTHING
        if (mark := facts.parse_mark(piece.line, text)) is not None:
            return mark
        meta = facts.parse_meta([text]) or facts.parse_byline(text)
        if meta is not None and not self._in_header:
            self._notes.published(meta.published)
        return meta

    def _number(self, votes: Votes, target: str) -> Item | None:
        if self._page_due:
            return None
        due, self._votes_due = self._votes_due, False
        if target.endswith("#community"):
            return Meta(comments=votes.count)
        return Votes(votes.count, labelled=due)

    def _is_frame(self, piece: Piece, address: Address | None) -> bool:
        """Whether a text is the site's and no paper's."""
        text, after = piece.text, self._found.peek()
        if address is not None and not listing.is_furniture(text):
            return False
        if text.casefold() == "hugging face" and not self._in_header and after is not None and _begins_date(after.text):
            return False  # who wrote it
        if listing.is_furniture(text) or (self._in_header and (listing.is_subscribe(text) or listing.is_period(text))):
            return True
        if len(text) > _LONGEST_FRAME:
            return False
        if piece.target and not piece.heading:
            return after is None or not _begins_date(after.text)
        return self._in_header and after is not None and self._leads_to_titles(piece, after)

    def _leads_to_titles(self, piece: Piece, after: Piece) -> bool:
        """Whether what follows a short text in the header shows that it is no title: the query that was typed, say."""
        if piece.heading:
            return False
        return after.heading or listing.is_furniture(after.text) or _paper_address(after) is not None


def _items(found: Iterator[Piece], notes: PageNotes) -> Iterator[Item]:
    return _Reader(Ahead(found), notes).items()


def _is_other_day(piece: Piece, meta: Meta) -> bool:
    """Whether a date in the header is a link to the page of that very day, and so not to this page."""
    return meta.published is not None and (piece.target or "").endswith(str(meta.published).lstrip("-"))


def _counts_authors(text: str) -> bool:
    meta = facts.parse_meta([text])
    return meta is not None and meta.author_count is not None


def _begins_date(text: str) -> bool:
    meta = facts.parse_meta([text])
    return meta is not None and meta.author_count is None


def _paper_address(piece: Piece) -> Address | None:
    """The address of the paper that a piece leads to; its comments and its votes lead elsewhere."""
    target = piece.target
    if not target or _LOGIN.match(target) or target.endswith("#community"):
        return None
    if match := _PAPER.fullmatch(target):
        found = parse_arxiv_id(match[1])
        return Address(piece.line, target, *found) if found else None
    found = parse_arxiv_id(target)
    return Address(piece.line, target, *found) if found else None
