"""What the pane of one paper says, and in which order: a sheet of blocks, each wrapped by itself.

The order is that of reading: what it is, what it says, where it is, what the user made of it, where it was seen, and
what is like it. A paper's text is never markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.style import Style

from reader.addresses import PDF, addresses
from reader.app.shown import Shown, shown
from reader.frozen import frozen
from reader.paper import Source, StoredPaper
from reader.search.results import Interpretation
from reader.text import visible
from reader.wording import authors_in_words, facts, machine_notes

_QUIET = "$foreground 75%"
_MATCH = "bold underline $text-accent"
_MOST_PLACES = 8
"""Places where a paper was seen that are named, the newest."""


@frozen
class RelatedTitle:
    """A paper like the one that is shown."""

    paper: int
    title: str


Target = str | RelatedTitle
"""What a click on a line leads to: an address, or a paper."""


@frozen
class Block:
    """Some lines of a sheet that belong together.

    Attributes:
        content: the lines.
        target: what a click on them leads to.
        lead: what stands before the first line, the others being indented by as much.
    """

    content: Content
    target: Target | None = None
    lead: Content = Content()

    @property
    def text(self) -> str:
        """What it says, without its colours."""
        return f"{self.lead}{self.content}"


@frozen
class Sheet:
    """A paper with what decides how it is shown.

    Attributes:
        interpretations: what it matches.
        reasons: the words that it shares with the paper it was looked for with.
        mathematics: whether mathematics is shown as it is read.
        hyperlinks: whether addresses are links of the terminal.
        related: papers like it, once they are known.
    """

    stored: StoredPaper
    interpretations: Sequence[Interpretation] = ()
    reasons: Sequence[str] = ()
    mathematics: bool = True
    hyperlinks: bool = True
    related: Sequence[RelatedTitle] = ()

    def blocks(self, *, tight: bool = False) -> list[Block]:
        """The whole sheet; an empty line is a block of its own. Where it is `tight`, the head takes fewer lines."""
        found: list[Block] = []
        for group in (
            self._tight_head() if tight else self._head(),
            self._text(),
            self._machine(),
            self._links(),
            self._own(),
            self._seen(),
            self._like(),
        ):
            lines = list(group)
            if lines and found:
                found.append(Block(Content()))
            found += lines
        return found

    def _head(self) -> Iterator[Block]:
        """Title, authors or their number, date and what else is known, and the marks."""
        paper = self.stored.paper
        yield Block(self._marked(paper.title, "title").stylize_before("bold"))
        yield Block(Content())
        if authors := authors_in_words(paper):
            yield Block(self._marked(authors, "author"))
        if known := " · ".join(facts(paper)):
            yield Block(_quiet(known))
        yield Block(self._marks())
        if self.reasons:
            yield Block(Content(visible(f"Alike in: {', '.join(self.reasons)}")))

    def _tight_head(self) -> Iterator[Block]:
        """The same without empty lines, the marks behind what is known."""
        title, _, *others = self._head()
        if len(others) > 1 and (known := " · ".join(facts(self.stored.paper))):
            place = next(n for n, block in enumerate(others) if str(block.content) == visible(known))
            others[place : place + 2] = [Block(_quiet(" · ").join([others[place].content, others[place + 1].content]))]
        return iter([title, *others])

    def _marks(self) -> Content:
        stored = self.stored
        kept = Content(visible(f"★ {', '.join(stored.lists)}")).stylize("$text-warning") if stored.lists else None
        states = [
            _quiet("read") if stored.read else Content("unread"),
            _quiet("dismissed") if stored.dismissed else None,
        ]
        return _quiet(" · ").join(part for part in (kept, *states) if part is not None)

    def _text(self) -> Iterator[Block]:
        paper = self.stored.paper
        if paper.abstract is not None:
            yield Block(self._marked(paper.abstract, "abstract"))
        elif paper.summary is not None:
            yield Block(self._marked(paper.summary, "abstract"))
            yield Block(_quiet("(a summary; the abstract is not known)"))
        else:
            yield Block(_quiet("The abstract is not known."))

    def _machine(self) -> Iterator[Block]:
        for note in machine_notes(self.stored.paper):
            yield Block(_quiet(shown(note, (), "abstract", mathematics=self.mathematics).text))

    def _links(self) -> Iterator[Block]:
        found = [address for address in addresses(self.stored.paper) if address.kind != PDF]
        width = max((len(address.kind) for address in found), default=0) + 2
        for address in found:
            link = Content(address.url).stylize("$text-primary")
            if self.hyperlinks:
                link = link.stylize(Style(link=address.url))
            yield Block(link, address.url, _quiet(f"{address.kind:<{width}}"))

    def _own(self) -> Iterator[Block]:
        """What the user wrote on it."""
        if self.stored.tags:
            yield Block(Content(visible(" ".join(f"#{tag}" for tag in self.stored.tags))).stylize("$text-accent"))
        for number, line in enumerate((self.stored.note or "").splitlines()):
            yield Block(Content(visible(line if number else f"Note: {line}")))

    def _seen(self) -> Iterator[Block]:
        sources = self.stored.sources
        if not sources:
            yield Block(_quiet("Where it was seen was removed"))
        elif len(sources) == 1:
            yield Block(_quiet(f"Seen in {_place(sources[0])}"))
        else:
            yield Block(_quiet(f"Seen in {len(sources):,} places"))
            yield from (Block(_quiet(_place(source)), lead=_quiet("· ")) for source in sources[:_MOST_PLACES])
            if len(sources) > _MOST_PLACES:
                yield Block(_quiet(f"and {len(sources) - _MOST_PLACES:,} more"))

    def _like(self) -> Iterator[Block]:
        if self.related:
            yield Block(_quiet("Related · R lists them"))
        for each in self.related:
            title = shown(each.title, (), "title", mathematics=self.mathematics).text
            yield Block(Content(visible(title)), each, _quiet("· "))

    def _marked(self, text: str, place: str) -> Content:
        return styled(shown(text, self.interpretations, place, mathematics=self.mathematics))


def styled(text: Shown) -> Content:
    """A text with its emphasis and its matches."""
    content = Content(visible(text.text))
    for mark in text.emphasis:
        content = content.stylize(mark.style, mark.start, mark.end)
    for start, end in text.matches:
        content = content.stylize(_MATCH, start, end)
    return content


def _quiet(text: str) -> Content:
    return Content(visible(text)).stylize(_QUIET)


def _place(source: Source) -> str:
    day = f", {source.page_date.in_words(inferred=source.page_date_inferred)}" if source.page_date else ""
    return f"{source.name}, number {source.rank:,}{day}"
