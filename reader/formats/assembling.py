"""One paper of a listing page while its pieces come together: what under a title and its abstract is the card's own.

A line that says again what is known ends the card: a second date or author count is the next one's.
"""

from __future__ import annotations

from reader.formats.items import SHORTEST_ABSTRACT, Address, Break, Content, Item, Mark, Meta, Votes, once
from reader.formats.lines import Ahead
from reader.paper import Paper
from reader.text import find_urls

LONGEST_ORGANIZATION = 60
"""Characters of the name of who wrote a paper."""
NOTHING = Meta()
"""What is known of a card that only has its title."""


class Card:
    """A paper while its pieces come together."""

    __slots__ = ("abstract", "address", "arxiv_id", "meta", "title", "trending", "version", "votes")

    def __init__(self, title: Content, votes: int | None) -> None:
        """Begin a card with its title, and the votes that stood before it."""
        self.title = title
        self.abstract: str | None = None
        self.votes = votes
        self.meta = Meta()
        self.trending = False
        self.address: str | None = None
        self.arxiv_id: str | None = None
        self.version: int | None = None
        if title.address is not None:
            self.locate(title.address)

    def locate(self, address: Address) -> None:
        """Take an address of the paper; the first stays its own."""
        self.address = self.address or address.url
        self.arxiv_id = self.arxiv_id or address.arxiv_id
        self.version = self.version or address.arxiv_version

    def paper(self) -> Paper:
        """The paper; where a machine's summary stands for the abstract, that stays unknown."""
        meta, abstract, summary = self.meta, self.abstract, None
        if self.trending and abstract is not None and len(abstract) < SHORTEST_ABSTRACT:
            abstract, summary = None, abstract
        return Paper(
            title=self.title.text,
            abstract=abstract,
            author_count=meta.author_count,
            published=meta.published,
            comments=meta.comments,
            upvotes=self.votes,
            arxiv_id=self.arxiv_id,
            arxiv_version=self.version,
            url=self.address,
            links=None if abstract is None else find_urls(abstract) if "http" in abstract else (),
            summary=summary,
            organization=meta.organization,
        )


def take_facts(card: Card, items: Ahead[Item], *, votes_lead: bool) -> None:
    """Give the card what stands under its abstract, which is taken from `items`."""
    while (item := items.peek()) is not None and not isinstance(item, Break):
        if isinstance(item, Content):
            if not _takes_text(card, item, items):
                return
        elif isinstance(item, Meta):
            if not _adds_to(card.meta, item):
                return
            card.meta = _joined(card.meta, item)
        elif isinstance(item, Address):
            if item.arxiv_id is None or card.arxiv_id not in {None, item.arxiv_id}:
                return
            card.locate(item)
        elif isinstance(item, Mark):
            card.trending = True
        elif (item.labelled and votes_lead) or not _takes_number(card, item, items.peek(1)):
            return
        next(items)


def _takes_text(card: Card, text: Content, items: Ahead[Item]) -> bool:
    """Whether a text after the abstract belongs to the card: who wrote it, or more of the abstract."""
    if text.heading or card.abstract is None:
        return False
    if text.address is not None:
        more = text.address.arxiv_id is not None and text.address.arxiv_id == card.arxiv_id
        if more and text.text != card.title.text and card.meta == Meta():
            card.abstract = f"{card.abstract} {text.text}"
            return True
        return False
    after = items.peek(1)
    if isinstance(after, Meta) and is_organization(text.text, card.meta, after):
        card.meta = card.meta._replace(organization=once(text.text))
        return True
    return False


def _takes_number(card: Card, votes: Votes, after: Item | None) -> bool:
    """Whether a number after the abstract is the card's: its upvotes where it says so, else perhaps its comments."""
    if votes.labelled:
        card.trending = True
        if card.votes is None:
            card.votes = votes.count
        return True
    meta = card.meta
    bare = card.abstract is None and (meta.author_count is not None or meta.organization is not None)
    if meta.published is None and not bare:  # bullets without their pictures
        return votes.count is None and card.abstract is not None and isinstance(after, Meta | Votes | Mark)
    if meta.comments is None and votes.count is not None and not isinstance(after, Content):
        card.meta = meta._replace(comments=votes.count)
        return True
    return meta.comments is None and not isinstance(after, Content)


def _adds_to(known: Meta, meta: Meta) -> bool:
    """Whether a line can be this paper's: it says nothing that was said before."""
    return not (
        (meta.author_count is not None and known.author_count is not None)
        or (meta.published is not None and known.published is not None)
    )


def _joined(known: Meta, meta: Meta) -> Meta:
    if known == NOTHING:
        return meta
    return Meta(
        known.author_count if meta.author_count is None else meta.author_count,
        meta.published or known.published,
        known.comments if meta.comments is None else meta.comments,
        meta.organization or known.organization,
    )


def is_organization(text: str, known: Meta, meta: Meta) -> bool:
    """Whether a text between an abstract and a date names who wrote it, which some pages print for "3 authors"."""
    return (
        known.author_count is None
        and known.published is None
        and known.organization is None
        and meta.published is not None
        and meta.author_count is None
        and meta.organization is None
        and len(text) <= LONGEST_ORGANIZATION
    )
