"""The pane that shows one paper: title, authors, what is known of it, and the abstract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from reader.app.line_pane import LinePane
from reader.paper import Source, StoredPaper
from reader.search.results import Interpretation
from reader.text import visible
from reader.wording import authors_in_words, facts, machine_notes, made_of

LONGEST_LINE = 88
"""Cells of the longest line of text: longer ones tire the eye."""

_MARGIN = 2
_QUIET = "$foreground 75%"
_MOST_PLACES = 8
"""Places where a paper was seen that are named, the newest."""


class Detail(LinePane):
    """One paper, to be read."""

    BORDER_TITLE = "Paper"

    _key: str | None = None
    """The key of the paper that is shown."""
    _content: Content = Content()
    _wrapped: tuple[int, list[Strip]] | None = None
    """The content in lines, with the width it was wrapped for."""

    def show(
        self, paper: StoredPaper | None, interpretations: Sequence[Interpretation] = (), reasons: Sequence[str] = ()
    ) -> None:
        """Show a paper, another one from its top, with what matches highlighted; None shows nothing.

        Args:
            paper: the paper.
            interpretations: what it matches.
            reasons: the words that it shares with the paper it was looked for with.
        """
        self._content = Content() if paper is None else Content("\n\n").join(_parts(paper, interpretations, reasons))
        self._wrapped = None
        key = None if paper is None else paper.key
        if key != self._key:
            self._top = 0
        self._key = key
        self.set_place("" if key is None else key[:6])
        self.refresh()

    @property
    def text(self) -> str:
        """What is shown, without its colours."""
        return str(self._content)

    def notify_style_update(self) -> None:
        """Colours are part of the lines."""
        self._wrapped = None
        super().notify_style_update()

    def line_count(self) -> int:
        """The lines of the text, with an empty one above and below."""
        return len(self._lines()) + 2

    def draw_line(self, index: int, width: int) -> Iterator[Segment]:
        """Draw one line of the text between its margins."""
        lines = self._lines()
        text = lines[index - 1] if 0 < index <= len(lines) else Strip([])
        margin = " " * min(_MARGIN, width)
        yield Segment(margin, self.rich_style)
        for segment in text.adjust_cell_length(max(width - _MARGIN, 0), self.rich_style):
            yield segment if segment.style else Segment(segment.text, self.rich_style)  # filters need a style

    def _lines(self) -> list[Strip]:
        # one cell is kept for a scroll bar that may come, so that it changes no line
        width = max(min(self.size.width - 2 * _MARGIN - 1, LONGEST_LINE), 1)
        if self._wrapped is None or self._wrapped[0] != width:
            lines = Visual.to_strips(self, self._content, width, None, self.visual_style) if self._content else []
            self._wrapped = width, lines
        return self._wrapped[1]


def _parts(stored: StoredPaper, interpretations: Sequence[Interpretation], reasons: Sequence[str]) -> Iterator[Content]:
    paper = stored.paper
    yield _highlighted(paper.title, interpretations, "title", "bold")
    about = [
        _highlighted(authors_in_words(paper), interpretations, "author"),
        Content(visible(" · ".join([*facts(paper), *made_of(stored)]))).stylize(_QUIET),
        Content(visible(f"Alike in: {', '.join(reasons)}") if reasons else ""),
    ]
    if any(about):
        yield Content("\n").join(part for part in about if part)
    if stored.note:
        yield Content(visible(f"Note: {stored.note}"))
    if paper.abstract is not None:
        yield _highlighted(paper.abstract, interpretations, "abstract")
    elif paper.summary is not None:
        yield _highlighted(paper.summary, interpretations, "abstract") + Content(
            "\n(a summary; the abstract is not known)"
        )
    else:
        yield Content("The abstract is not known.").stylize(_QUIET)
    if notes := list(machine_notes(paper)):
        yield Content("\n").join(Content(visible(note)) for note in notes).stylize(_QUIET)
    links = list(dict.fromkeys(([paper.url] if paper.url else []) + list(paper.links or ())))
    if links:
        yield Content("\n".join(visible(link) for link in links))
    yield Content("\n".join(_places(stored))).stylize(_QUIET)


def _places(stored: StoredPaper) -> Iterator[str]:
    sources = stored.sources
    if not sources:
        yield "Where it was seen was removed"
        return
    if len(sources) == 1:
        yield visible(f"Seen in {_place(sources[0])}")
        return
    yield f"Seen in {len(sources):,} places"
    for source in sources[:_MOST_PLACES]:
        yield visible(f"· {_place(source)}")
    if len(sources) > _MOST_PLACES:
        yield f"and {len(sources) - _MOST_PLACES:,} more"


def _place(source: Source) -> str:
    day = f", {source.page_date.in_words(inferred=source.page_date_inferred)}" if source.page_date else ""
    return f"{source.name}, number {source.rank:,}{day}"


def _highlighted(text: str, interpretations: Sequence[Interpretation], place: str, style: str = "") -> Content:
    content = Content(visible(text)).stylize(style) if style else Content(visible(text))
    if interpretations:
        from reader.search.spans import spans  # loaded by the first search, on its own thread

        for start, end in spans(text, interpretations, place):
            content = content.stylize("bold underline $text-accent", start, end)
    return content
