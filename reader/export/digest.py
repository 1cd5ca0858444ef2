"""A digest as Markdown, HTML or plain text: what is new, under its source and day, short enough for a mail.

Of an abstract the beginning is shown; whoever wants more has the paper's key, which `reader show` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType

from reader.export import html_page, markdown, plain_text
from reader.export.wrapping import wrapped
from reader.paper import PartialDate, StoredPaper
from reader.wording import authors_in_words, counted, facts, file_name

_EXCERPT = 320
"""Characters of an abstract, at most."""
_SHOWN_KEY = 6


@dataclass(frozen=True, slots=True)
class Group:
    """The new papers of one source.

    Attributes:
        day: the day of the source, or that of its import.
        source: its name.
        count: how many are new.
        papers: those that are shown, the most discussed first.
    """

    day: PartialDate
    source: str
    count: int
    papers: tuple[StoredPaper, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new since a day.

    Attributes:
        query: what the papers were chosen by, or None.
        groups: sources, the newest first.
        left_out: what of the query was not understood, for people.
    """

    since: PartialDate
    query: str | None
    groups: tuple[Group, ...]
    left_out: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many papers are new."""
        return sum(group.count for group in self.groups)

    @property
    def title(self) -> str:
        """What it is about."""
        return f"New since {self.since.in_words()}" + (f": {self.query}" if self.query else "")


def as_markdown(digest: Digest) -> Iterator[str]:
    """The digest as Markdown."""
    yield f"# {markdown.escape(digest.title)}\n"
    for group in digest.groups:
        yield f"\n## {markdown.escape(_heading(group))}\n"
        for stored in map(_shortened, group.papers):
            yield f"\n### {markdown.linked_title(stored.paper)}\n"
            yield "".join(f"\n{markdown.escape(text)}\n" for text in (_about(stored), stored.paper.abstract) if text)
        yield f"\n{_more(group)}\n" if _more(group) else ""


def as_html(digest: Digest) -> Iterator[str]:
    """The digest as a page of its own."""
    yield html_page.head(digest.title)
    for group in digest.groups:
        yield f'<h2 class="day" dir="auto">{html_page.plain(_heading(group))}</h2>\n'
        yield from (html_page.article(_shortened(stored)) for stored in group.papers)
        yield f'<p class="about">{_more(group)}</p>\n' if _more(group) else ""
    yield html_page.FOOT


def as_text(digest: Digest) -> Iterator[str]:
    """The digest as plain text."""
    yield plain_text.headline(digest.title, "=")
    numbers = count(1)
    for group in digest.groups:
        yield f"\n{plain_text.headline(_heading(group), '-')}"
        for stored in group.papers:
            yield "\n" + plain_text.entry(_shortened(stored), next(numbers))
            yield wrapped(f"reader show {stored.key[:_SHOWN_KEY]}", plain_text.WIDTH, indent="    ") + "\n"
        yield f"\n{_more(group)}\n" if _more(group) else ""


FORMATS: Mapping[str, Callable[[Digest], Iterator[str]]] = MappingProxyType(
    {"markdown": as_markdown, "html": as_html, "text": as_text}
)
"""The forms of a digest by name; the first is the default."""


def _heading(group: Group) -> str:
    return f"{group.day.in_words()} · {file_name(group.source)} · {counted(group.count, 'paper')}"


def _more(group: Group) -> str:
    more = group.count - len(group.papers)
    return f"… and {more:,} more." if more else ""


def _about(stored: StoredPaper) -> str:
    parts = (authors_in_words(stored.paper), *facts(stored.paper), f"key {stored.key[:_SHOWN_KEY]}")
    return " · ".join(part for part in parts if part)


def _shortened(stored: StoredPaper) -> StoredPaper:
    """The paper with the beginning of its abstract, or of what stands for it."""
    text = stored.paper.abstract or stored.paper.summary or ""
    if len(text) > _EXCERPT:
        text = text[:_EXCERPT].rpartition(" ")[0].rstrip(" ,;:.") + " …"
    return replace(stored, paper=replace(stored.paper, abstract=text or None, summary=None, keywords=None))
