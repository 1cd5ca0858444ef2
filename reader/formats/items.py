"""What a listing page is made of, as every layout gives it to be paired, and what a text's looks tell of its part.

A layout knows where each item stands on its page; that all pages have these and no others is what `pairing` rests on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from reader.paper import PartialDate

SHORTEST_ABSTRACT = 300
"""Characters under which the text of a trending page is a machine's summary, which stands there unmarked."""

_ABSTRACT_BEYOND_DOUBT = 400
_TITLE_BEYOND_DOUBT = 300
_DESCRIPTION = re.compile(r"\[[^\[\]]{0,60}\] ?(?=\S)")


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


Item = Content | Meta | Votes | Address | Mark | Break


def reads_as_pair(title: str, abstract: str) -> bool:
    """Whether two texts look like a title and its abstract: the second is longer and ends a sentence, the first not."""
    return len(abstract) > len(title) and not title.endswith(".") and ends_sentence(abstract)


def beyond_doubt(title: str, abstract: str) -> bool:
    """Whether two texts can hardly be anything but a title and its abstract."""
    return (
        len(title) < _TITLE_BEYOND_DOUBT and len(abstract) >= _ABSTRACT_BEYOND_DOUBT and reads_as_pair(title, abstract)
    )


def is_prose(title: str) -> bool:
    """Whether a text in the place of a title can hardly be anything but an abstract whose title is missing."""
    return len(title) >= _ABSTRACT_BEYOND_DOUBT and ends_sentence(title)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does; brackets, quotation marks and emphasis may close it."""
    return text[-4:].rstrip(")]}\"'”’*_").endswith((".", "!", "?", "…", "。"))


def once(name: str) -> str:
    """A name without its picture's description before it: "[soup-lab]Soup Lab", "soup labSoup Lab"."""
    name = _DESCRIPTION.sub("", name)
    half = len(name) // 2
    second = name[half:].strip()
    return second if name[:half].strip().casefold() == second.casefold() else name
