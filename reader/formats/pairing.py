"""Titles and abstracts in turn become papers: the grammar that the layouts of a listing page share.

A layout says what each piece of the page is; here they are put together. Where a heading or a paper's own address marks
the titles, they decide; elsewhere order is all there is to go by, so a text that fits no pair is rejected with its
line, and is only held against the order where the pieces after it leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reader.formats.lines import LONGEST, Ahead
from reader.formats.reading import Record, Rejected
from reader.formats.twins import STRAY, without_twins
from reader.paper import Paper, PartialDate
from reader.text import find_urls

SHORTEST_ABSTRACT = 300
"""Characters under which the text of a trending page is a machine's summary, which stands there unmarked."""

_LONE = "a title without an abstract"
_EXCERPT = 200
_LONGEST_ORGANIZATION = 60
_ABSTRACT_BEYOND_DOUBT = 400
_TITLE_BEYOND_DOUBT = 300
_WRAPPED_FROM, _WIDTH, _WRAPPED_TO = 40, 68, 90  # characters of a line that was broken for its length
_DESCRIPTION = re.compile(r"\[[^\[\]]{0,60}\] ?(?=\S)")
_LONGEST_BARE = 150  # characters of a title that ends as a sentence does and has no text under it
_MOST_FACTS = 6  # a dot, comments, votes: what may stand between two cards
_RUN = 6  # three pairs ahead at most are looked at


class Address(NamedTuple):
    """A web address, with the arXiv id in it, if it is a paper's."""

    line: int
    url: str
    arxiv_id: str | None
    arxiv_version: int | None


class Content(NamedTuple):
    """A title or an abstract: unless it is marked, only its place tells which.

    Attributes:
        whole: whether nothing of it was left out for its length.
        heading: whether the page marks it as a heading, so that it is a title.
        address: the paper's address, where the text is a link to it.
    """

    line: int
    text: str
    whole: bool = True
    heading: bool = False
    address: Address | None = None


class Meta(NamedTuple):
    """A line under an abstract: how many authors, when, how many comments, which organisation."""

    author_count: int | None = None
    published: PartialDate | None = None
    comments: int | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Votes:
    """A number of its own, or a dash: the upvotes of the title that follows.

    Attributes:
        labelled: whether the page says that it is upvotes; then they are those of the card it stands in.
    """

    count: int | None
    labelled: bool = False


class Mark(NamedTuple):
    """What only a card of a trending page bears: "Published on", a labelled vote, the stars of a repository."""

    line: int


class Break(NamedTuple):
    """A header or a submitter, which no paper goes across.

    Attributes:
        trending: whether the page says in it that it is one of trending papers.
        header: whether it is the header of a page, which may be another page than the one before it.
        submitter: whether it says who submitted the paper that follows, on a page of cards.
    """

    trending: bool = False
    header: bool = False
    submitter: bool = False


_UNPLACED = (Address, Votes)
"""What between a title and its abstract belongs to neither; a tuple, since a union would be built anew each time."""

Item = Content | Meta | Votes | Address | Mark | Break


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


class _Card:
    """A paper while its pieces come together."""

    __slots__ = ("abstract", "address", "arxiv_id", "meta", "title", "trending", "version", "votes")

    def __init__(self, title: Content, votes: int | None) -> None:
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


def pair(items: Iterable[Item]) -> Iterator[Record]:
    """The papers of a listing page; a card printed twice in a row is one paper, and stray texts in a row one reject."""
    return without_twins(_cards(Ahead(items)))


def reads_as_pair(title: str, abstract: str) -> bool:
    """Whether two texts look like a title and its abstract: the second is longer and ends a sentence, the first not."""
    return len(abstract) > len(title) and not title.endswith(".") and ends_sentence(abstract)


def beyond_doubt(title: str, abstract: str) -> bool:
    """Whether two texts can hardly be anything but a title and its abstract."""
    return (
        len(title) < _TITLE_BEYOND_DOUBT and len(abstract) >= _ABSTRACT_BEYOND_DOUBT and reads_as_pair(title, abstract)
    )


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does; brackets, quotation marks and emphasis may close it."""
    return text[-4:].rstrip(")]}\"'”’*_").endswith((".", "!", "?", "…", "。"))


def once(name: str) -> str:
    """A name without its picture's description before it: "[soup-lab]Soup Lab", "soup labSoup Lab"."""
    name = _DESCRIPTION.sub("", name)
    half = len(name) // 2
    second = name[half:].strip()
    return second if name[:half].strip().casefold() == second.casefold() else name


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
    card = _Card(title, votes)
    card.trending = page.trending
    title = _with_the_rest(card, items)
    _take_facts(card, items, page)
    abstract = items.peek()
    if isinstance(abstract, Content) and _is_only_organization(abstract, items, page):
        _take_organization(card, items, page)
        whole = True
    elif isinstance(abstract, Content) and _is_abstract_of(title, abstract, items):
        next(items)
        card.abstract, page.full = abstract.text, True
        whole = _is_whole(abstract)
        _take_facts(card, items, page)
    else:
        whole = True
    if not (whole and _is_whole(title)):
        yield _rejected(title, "a title or an abstract too long for any paper")
    elif card.abstract is None and card.arxiv_id is None and not _is_bare_card(card, page):
        yield _rejected(title, _LONE)
    else:
        yield card.paper()


def _is_bare_card(card: _Card, page: _Page) -> bool:
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
        len(text.text) > _LONGEST_ORGANIZATION
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


def _take_organization(card: _Card, items: Ahead[Item], page: _Page) -> None:
    card.meta = card.meta._replace(organization=once(next(items).text))  # type: ignore[union-attr]
    _take_facts(card, items, page)
    page.bare = True


def _with_the_rest(card: _Card, items: Ahead[Item]) -> Content:
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
            and _is_organization(text.text, _NOTHING, after)
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
    elif _is_prose(title.text) and isinstance(after := items.peek(1), Meta) and _is_named(abstract.text, after):
        yield _rejected(title, STRAY)
    elif page.opened and _is_only_organization(abstract, items, page):
        card = _Card(title, votes)
        _take_organization(card, items, page)
        yield card.paper()
    elif _out_of_step(title, items):
        yield _rejected(title, STRAY if _is_prose(title.text) else _LONE)
    else:
        next(items)
        if not (_is_whole(title) and _is_whole(abstract)):
            yield _rejected(title, "a title or an abstract too long for any paper")
        else:
            card = _Card(title, votes)
            card.trending = page.trending
            card.abstract, page.full = abstract.text, True
            _take_facts(card, items, page)
            yield card.paper()


def _is_prose(title: str) -> bool:
    """Whether a text in the place of a title can hardly be anything but an abstract whose title is missing."""
    return len(title) >= _ABSTRACT_BEYOND_DOUBT and ends_sentence(title)


def _is_named(text: str, after: Meta) -> bool:
    """Whether a text is who wrote a paper, by the date after it."""
    return _is_organization(text, _NOTHING, after) and not ends_sentence(text)


def _bare(title: Content, votes: int | None, items: Ahead[Item], page: _Page) -> Record:
    """The record of a title that no text follows: a paper where its authors do and its votes or submitter precede."""
    card = _Card(title, votes)
    if page.opened and isinstance(items.peek(), Meta):
        _take_facts(card, items, page)
    return card.paper() if _is_bare_card(card, page) and _is_whole(title) else _rejected(title, _LONE)


def _take_facts(card: _Card, items: Ahead[Item], page: _Page) -> None:
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
        elif (item.labelled and page.votes_lead) or not _takes_number(card, item, items.peek(1)):
            return
        next(items)


def _takes_text(card: _Card, text: Content, items: Ahead[Item]) -> bool:
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
    if isinstance(after, Meta) and _is_organization(text.text, card.meta, after):
        card.meta = card.meta._replace(organization=once(text.text))
        return True
    return False


def _takes_number(card: _Card, votes: Votes, after: Item | None) -> bool:
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
    if known == _NOTHING:
        return meta
    return Meta(
        known.author_count if meta.author_count is None else meta.author_count,
        meta.published or known.published,
        known.comments if meta.comments is None else meta.comments,
        meta.organization or known.organization,
    )


_NOTHING = Meta()


def _is_organization(text: str, known: Meta, meta: Meta) -> bool:
    """Whether a text between an abstract and a date names who wrote it, which some pages print for "3 authors"."""
    return (
        known.author_count is None
        and known.published is None
        and known.organization is None
        and meta.published is not None
        and meta.author_count is None
        and meta.organization is None
        and len(text) <= _LONGEST_ORGANIZATION
    )


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
