"""Titles and abstracts in turn become papers: the grammar that the layouts of a listing page share.

A layout says what each piece of the page is; here they are put together. Order is all there is to go by, so a text that
fits no pair is rejected with its line, and is only held against the order where the pieces after it leave no doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reader.formats.lines import LONGEST, Ahead
from reader.formats.reading import Record, Rejected
from reader.paper import Paper, PartialDate
from reader.text import find_urls

_EXCERPT = 200
_LONGEST_ORGANIZATION = 60
_ABSTRACT_BEYOND_DOUBT = 400
_TITLE_BEYOND_DOUBT = 300
_RUN = 6  # three pairs ahead at most are looked at


@dataclass(frozen=True, slots=True)
class Content:
    """A title or an abstract: only its place tells which.

    Attributes:
        whole: whether nothing of it was left out for its length.
    """

    line: int
    text: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Meta:
    """A line under an abstract: how many authors, when, how many comments, which organisation."""

    author_count: int | None = None
    published: PartialDate | None = None
    comments: int | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Votes:
    """A number of its own, or a dash: the upvotes of the title that follows."""

    count: int | None


@dataclass(frozen=True, slots=True)
class Address:
    """A web address of its own, with the arXiv id in it, if it is a paper's."""

    line: int
    url: str
    arxiv_id: str | None
    arxiv_version: int | None


@dataclass(frozen=True, slots=True)
class Break:
    """A header or a submitter, which no paper goes across."""


Item = Content | Meta | Votes | Address | Break


def pair(items: Iterable[Item]) -> Iterator[Record]:
    """The papers of a listing page; a card printed twice in a row is one paper."""
    return _without_twins(_cards(Ahead(items)))


def reads_as_pair(title: str, abstract: str) -> bool:
    """Whether two texts look like a title and its abstract: the second is longer and ends a sentence, the first not."""
    return len(abstract) > len(title) and not title.endswith(".") and _ends_sentence(abstract)


def beyond_doubt(title: str, abstract: str) -> bool:
    """Whether two texts can hardly be anything but a title and its abstract."""
    return (
        len(title) < _TITLE_BEYOND_DOUBT and len(abstract) >= _ABSTRACT_BEYOND_DOUBT and reads_as_pair(title, abstract)
    )


def _cards(items: Ahead[Item]) -> Iterator[Record]:
    votes: int | None = None
    for item in items:
        match item:
            case Content():
                yield from _card(item, votes, items)
                votes = None
            case Votes(count):
                votes = count
            case Address(line, url):
                yield Rejected(line, "an address that follows no paper", url)
            case Meta() | Break():  # what is left of a card that was rejected
                pass


def _card(title: Content, votes: int | None, items: Ahead[Item]) -> Iterator[Record]:
    """The record that begins with a title; takes from `items` what belongs to it."""
    abstract = items.peek()
    while isinstance(abstract, Address | Votes):
        next(items)
        if isinstance(abstract, Address):
            yield Rejected(abstract.line, "an address that follows no paper", abstract.url)
        else:
            votes = abstract.count if votes is None else votes
        abstract = items.peek()
    if not isinstance(abstract, Content):
        yield _rejected(title, "a title without an abstract")
    elif _out_of_step(title, items):
        is_prose = len(title.text) >= _ABSTRACT_BEYOND_DOUBT and _ends_sentence(title.text)
        yield _rejected(title, "text that follows no title" if is_prose else "a title without an abstract")
    else:
        next(items)
        if not (_is_whole(title) and _is_whole(abstract)):
            yield _rejected(title, "a title or an abstract too long for any paper")
        else:
            links = find_urls(abstract.text)
            paper = Paper(title=title.text, abstract=abstract.text, upvotes=votes, links=links)
            yield _with_what_follows(paper, items)


def _with_what_follows(paper: Paper, items: Ahead[Item]) -> Paper:
    """The paper with what stands under its abstract, which is taken from `items`."""
    while True:
        item, after = items.peek(), items.peek(1)
        match item:
            case Meta() if _adds_to(paper, item):
                paper = _with_meta(paper, item)
            case Address(_, url, str(arxiv_id), version) if paper.arxiv_id in {None, arxiv_id}:
                paper = replace(
                    paper, url=paper.url or url, arxiv_id=arxiv_id, arxiv_version=paper.arxiv_version or version
                )
            case Content(_, text) if isinstance(after, Meta) and _is_organization(text, paper, after):
                paper = replace(paper, organization=text)
            case Votes(count) if paper.published and paper.comments is None and not isinstance(after, Content):
                paper = replace(paper, comments=count)
            case _:
                return paper
        next(items)


def _adds_to(paper: Paper, meta: Meta) -> bool:
    """Whether a line can be this paper's: it says nothing that was said before."""
    return not (
        (meta.author_count is not None and paper.author_count is not None)
        or (meta.published is not None and paper.published is not None)
    )


def _with_meta(paper: Paper, meta: Meta) -> Paper:
    return replace(
        paper,
        author_count=paper.author_count if meta.author_count is None else meta.author_count,
        published=paper.published if meta.published is None else meta.published,
        comments=paper.comments if meta.comments is None else meta.comments,
        organization=paper.organization if meta.organization is None else meta.organization,
    )


def _is_organization(text: str, paper: Paper, meta: Meta) -> bool:
    """Whether a text between an abstract and a date names who wrote it, which some pages print for "3 authors"."""
    return (
        paper.author_count is None
        and paper.published is None
        and paper.organization is None
        and meta.published is not None
        and meta.author_count is None
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


def _without_twins(records: Iterator[Record]) -> Iterator[Record]:
    """The records with equal neighbours made one, which keeps what either of them knows."""
    held: Record | None = None
    for record in records:
        if isinstance(held, Paper) and isinstance(record, Paper) and _is_twin(held, record):
            held = _united(held, record)
            continue
        if held is not None:
            yield held
        held = record
    if held is not None:
        yield held


def _is_twin(one: Paper, other: Paper) -> bool:
    return one.title == other.title and one.abstract == other.abstract


def _united(one: Paper, other: Paper) -> Paper:
    return replace(
        one,
        author_count=other.author_count if one.author_count is None else one.author_count,
        published=one.published or other.published,
        comments=other.comments if one.comments is None else one.comments,
        upvotes=other.upvotes if one.upvotes is None else one.upvotes,
        organization=one.organization or other.organization,
        arxiv_id=one.arxiv_id or other.arxiv_id,
        arxiv_version=one.arxiv_version or other.arxiv_version,
        url=one.url or other.url,
    )


def _ends_sentence(text: str) -> bool:
    return text[-4:].rstrip(")]}\"'”’*_").endswith((".", "!", "?", "…", "。"))


def _rejected(content: Content, reason: str) -> Rejected:
    text = content.text
    return Rejected(content.line, reason, text if _is_whole(content) else text[:_EXCERPT] + "…")


def _is_whole(content: Content) -> bool:
    return content.whole and len(content.text) <= LONGEST
