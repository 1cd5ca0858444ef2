"""Titles and abstracts in turn become papers: the grammar that the layouts of a listing page share.

A layout says what each piece of the page is; here they are put together. Where a heading or a paper's own address marks
the titles, they decide; elsewhere order is all there is to go by, so a text that fits no pair is rejected with its
line, and is only held against the order where the pieces after it leave no doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.formats.assembling import LONGEST_ORGANIZATION, NOTHING, Card, is_organization, take_facts
from reader.formats.items import (
    Address,
    Break,
    Content,
    Item,
    Meta,
    Votes,
    beyond_doubt,
    ends_sentence,
    is_prose,
    once,
    reads_as_pair,
)
from reader.formats.lines import LONGEST, Ahead
from reader.formats.reading import Record, Rejected
from reader.formats.twins import STRAY, without_twins

_LONE = "a title without an abstract"
_EXCERPT = 200
_WRAPPED_FROM, _WIDTH, _WRAPPED_TO = 40, 68, 90  # characters of a line that was broken for its length
_LONGEST_BARE = 150  # characters of a title that ends as a sentence does and has no text under it
_MOST_FACTS = 6  # a dot, comments, votes: what may stand between two cards
_RUN = 6  # three pairs ahead at most are looked at
_UNPLACED = (Address, Votes)
"""What between a title and its abstract belongs to neither; a tuple, since a union would be built anew each time."""


class _Page:
    """What the cards so far tell of the page.

    Attributes:
        headed: whether its titles are headings.
        linked: whether its titles are links to their papers.
        votes_lead: whether even labelled votes stand before the title they belong to.
        full, bare: whether a card had an abstract, and whether one had none, as on the pages of a day.
        submitted: whether it says who submitted its papers.
        opened: whether votes or a submitter stood before the card that is read, and nothing between.
    """

    __slots__ = ("bare", "begun", "full", "headed", "linked", "opened", "submitted", "trending", "votes_lead")

    def __init__(self) -> None:
        self.trending = self.headed = self.linked = self.votes_lead = self.begun = False
        self.full = self.bare = self.opened = self.submitted = False

    def note(self, text: Content) -> None:
        """Take what a title or an abstract shows."""
        self.begun = True
        self.headed = self.headed or text.heading
        self.linked = self.linked or text.address is not None


def pair(items: Iterable[Item]) -> Iterator[Record]:
    """The papers of a listing page; a card printed twice in a row is one paper, and stray texts in a row one reject."""
    return without_twins(_cards(Ahead(items)))


def _cards(items: Ahead[Item]) -> Iterator[Record]:
    page, votes = _Page(), None
    for item in items:
        if isinstance(item, Content):
            page.note(item)
            if item.heading or (item.address is not None and not page.headed):
                yield from _marked(item, votes, items, page)
            elif page.headed or page.linked:
                yield _rejected(item, STRAY)
            else:
                yield from _card(item, votes, items, page)
            votes, page.opened = None, False
            continue
        page.opened = isinstance(item, Votes | Break)
        if isinstance(item, Votes):
            page.votes_lead = page.votes_lead or (item.labelled and not page.begun)
            votes = item.count if page.votes_lead or not item.labelled else votes
        elif isinstance(item, Address) and not page.headed and not page.linked:
            yield Rejected(item.line, "an address that follows no paper", item.url)
        elif isinstance(item, Break):
            page = _Page() if item.header else page
            page.trending, page.opened = page.trending or item.trending, True
            page.submitted = page.submitted or item.submitter
        # a Meta or a Mark is what is left of a card that was rejected


def _marked(title: Content, votes: int | None, items: Ahead[Item], page: _Page) -> Iterator[Record]:
    """The record of a title that the page marks as one: its abstract may be missing."""
    card = Card(title, votes)
    card.trending = page.trending
    title = _with_the_rest(card, items)
    take_facts(card, items, votes_lead=page.votes_lead)
    abstract = items.peek()
    if isinstance(abstract, Content) and _is_only_organization(abstract, items, page):
        _take_organization(card, items, page)
        whole = True
    elif isinstance(abstract, Content) and _is_abstract_of(title, abstract, items):
        next(items)
        card.abstract, page.full = abstract.text, True
        whole = _is_whole(abstract)
        take_facts(card, items, votes_lead=page.votes_lead)
    else:
        whole = True
    if not (whole and _is_whole(title)):
        yield _rejected(title, "a title or an abstract too long for any paper")
    elif card.abstract is None and card.arxiv_id is None and not _is_bare_card(card, page):
        yield _rejected(title, _LONE)
    else:
        yield card.paper()


def _is_bare_card(card: Card, page: _Page) -> bool:
    """Whether a title has votes or a submitter before it and its authors after it: a card that prints no abstract."""
    found = (
        page.opened
        and (card.meta.author_count is not None or card.meta.organization is not None)
        and not (len(card.title.text) > _LONGEST_BARE and ends_sentence(card.title.text))
    )
    page.bare = page.bare or found
    return found


def _is_only_organization(text: Content, items: Ahead[Item], page: _Page) -> bool:
    """Whether the short text after a title names who wrote it, and the card has no other: the end of it follows."""
    if (
        len(text.text) > LONGEST_ORGANIZATION
        or text.heading
        or (text.address is not None and text.address.arxiv_id is not None)
        or ends_sentence(text.text)
        or (page.full and not page.bare)
    ):
        return False
    proven = page.bare
    for place in range(1, _MOST_FACTS):
        item = items.peek(place)
        if item is None or isinstance(item, Break):
            return proven or (page.submitted and page.opened)
        if isinstance(item, Content):
            return proven
        if isinstance(item, Meta):
            if item.author_count is not None or item.published is not None:
                return False
            proven = True  # a dot with comments after it, and no date
    return False


def _take_organization(card: Card, items: Ahead[Item], page: _Page) -> None:
    card.meta = card.meta._replace(organization=once(next(items).text))  # type: ignore[union-attr]
    take_facts(card, items, votes_lead=page.votes_lead)
    page.bare = True


def _with_the_rest(card: Card, items: Ahead[Item]) -> Content:
    """The title of a card; where it was broken for its length, what stands on its next line is part of it."""
    title, rest = card.title, items.peek()
    if (
        title.heading
        and isinstance(rest, Content)
        and rest.line == title.line + 1
        and title.address == rest.address
        and not rest.heading
        and _WRAPPED_FROM <= len(title.text) <= len(rest.text) + _WRAPPED_TO
        and len(rest.text) <= _WRAPPED_TO
        and not ends_sentence(rest.text[:-1] + rest.text[-1:].replace("?", ""))
        and (isinstance(items.peek(1), Content) or len(title.text) + rest.text.find(" ") > _WIDTH)
    ):
        next(items)
        card.title = title._replace(text=f"{title.text} {rest.text}")
    return card.title


def _is_abstract_of(title: Content, text: Content, items: Ahead[Item]) -> bool:
    """Whether the text after a marked title is its abstract, and not the next title or who wrote it."""
    if text.heading:
        return False
    if text.address is not None and title.address is not None and text.address.arxiv_id != title.address.arxiv_id:
        return False
    if title.heading:
        after = items.peek(1)
        return not (
            text.address is None
            and title.address is not None
            and isinstance(after, Meta)
            and is_organization(text.text, NOTHING, after)
            and not ends_sentence(text.text)
        )
    return True


def _card(title: Content, votes: int | None, items: Ahead[Item], page: _Page) -> Iterator[Record]:
    """The record that begins with a title; takes from `items` what belongs to it."""
    abstract = items.peek()
    while isinstance(abstract, _UNPLACED):
        next(items)
        if isinstance(abstract, Address):
            yield Rejected(abstract.line, "an address that follows no paper", abstract.url)
        else:
            votes = abstract.count if votes is None else votes
        abstract = items.peek()
    if not isinstance(abstract, Content) or abstract.heading or abstract.address is not None:
        yield _bare(title, votes, items, page)
    elif is_prose(title.text) and isinstance(after := items.peek(1), Meta) and _is_named(abstract.text, after):
        yield _rejected(title, STRAY)
    elif page.opened and _is_only_organization(abstract, items, page):
        card = Card(title, votes)
        _take_organization(card, items, page)
        yield card.paper()
    elif _out_of_step(title, items):
        yield _rejected(title, STRAY if is_prose(title.text) else _LONE)
    else:
        next(items)
        if not (_is_whole(title) and _is_whole(abstract)):
            yield _rejected(title, "a title or an abstract too long for any paper")
        else:
            card = Card(title, votes)
            card.trending = page.trending
            card.abstract, page.full = abstract.text, True
            take_facts(card, items, votes_lead=page.votes_lead)
            yield card.paper()


def _is_named(text: str, after: Meta) -> bool:
    """Whether a text is who wrote a paper, by the date after it."""
    return is_organization(text, NOTHING, after) and not ends_sentence(text)


def _bare(title: Content, votes: int | None, items: Ahead[Item], page: _Page) -> Record:
    """The record of a title that no text follows: a paper where its authors do and its votes or submitter precede."""
    card = Card(title, votes)
    if page.opened and isinstance(items.peek(), Meta):
        take_facts(card, items, votes_lead=page.votes_lead)
    return card.paper() if _is_bare_card(card, page) and _is_whole(title) else _rejected(title, _LONE)


def _out_of_step(title: Content, items: Ahead[Item]) -> bool:
    """Whether what comes next proves that this text is no title, or that its abstract is missing.

    Where the run of texts ends in sight and their number is odd, one must go: this one, if all others pair well. Where
    it does not end, two pairs beyond doubt must stand against the order.
    """
    run: list[str] = []
    while len(run) < _RUN and isinstance(item := items.peek(len(run)), Content):
        run.append(item.text)
        if len(run) == 1 and reads_as_pair(title.text, item.text):
            return False
    pairs = list(zip(run[::2], run[1::2], strict=False))
    if len(run) < _RUN:
        return len(run) % 2 == 0 and all(reads_as_pair(*each) for each in pairs)
    return all(beyond_doubt(*each) for each in pairs[:2])


def _rejected(content: Content, reason: str) -> Rejected:
    text = content.text
    return Rejected(content.line, reason, text if _is_whole(content) else text[:_EXCERPT] + "…")


def _is_whole(content: Content) -> bool:
    return content.whole and len(content.text) <= LONGEST
