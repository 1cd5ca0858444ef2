"""The pane that shows one paper: title, authors, what is known of it, and the abstract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.app.listing import BOOKMARKED
from reader.paper import StoredPaper
from reader.search.results import Interpretation
from reader.text import visible
from reader.wording import authors_in_words, facts

_QUIET = "$foreground 60%"


class Detail(VerticalScroll):
    """One paper, to be read."""

    BORDER_TITLE = "Paper"

    def compose(self) -> ComposeResult:
        """One text, never markup."""
        yield Static(id="sheet", markup=False)

    def show(self, paper: StoredPaper | None, interpretations: Sequence[Interpretation] = ()) -> None:
        """Show a paper from its top, with what matches highlighted; None shows nothing."""
        content = Content() if paper is None else Content("\n\n").join(_parts(paper, interpretations))
        self.query_one("#sheet", Static).update(content)
        self.border_subtitle = Content() if paper is None else Content(paper.key[:6])
        self.scroll_home(animate=False, immediate=True)

    def page(self, pages: int) -> None:
        """Scroll by so many screenfuls."""
        rows = max(self.scrollable_content_region.height - 1, 1)
        self.scroll_relative(y=pages * rows, animate=False, immediate=True)


def _parts(stored: StoredPaper, interpretations: Sequence[Interpretation]) -> Iterator[Content]:
    paper = stored.paper
    yield _highlighted(paper.title, interpretations, "bold")
    about = [
        _highlighted(authors_in_words(paper), interpretations, ""),
        Content(visible(" · ".join(_about(stored)))).stylize(_QUIET),
    ]
    if any(about):
        yield Content("\n").join(part for part in about if part)
    if paper.abstract is not None:
        yield _highlighted(paper.abstract, interpretations, "")
    elif paper.summary is not None:
        yield _highlighted(paper.summary, interpretations, "") + Content("\n(a summary; the abstract is not known)")
    else:
        yield Content("The abstract is not known.").stylize(_QUIET)
    links = list(dict.fromkeys(([paper.url] if paper.url else []) + list(paper.links or ())))
    if links:
        yield Content("\n".join(visible(link) for link in links))
    yield Content("\n".join(_places(stored))).stylize(_QUIET)


def _about(stored: StoredPaper) -> Iterator[str]:
    yield from facts(stored.paper)
    if stored.lists:
        yield f"{BOOKMARKED} " + ", ".join(stored.lists)


def _places(stored: StoredPaper) -> Iterator[str]:
    for source in stored.sources:
        day = f", {source.page_date.in_words()}" if source.page_date else ""
        yield visible(f"Seen in {source.name}, number {source.rank}{day}")


def _highlighted(text: str, interpretations: Sequence[Interpretation], style: str) -> Content:
    content = Content(visible(text)).stylize(style) if style else Content(visible(text))
    if interpretations:
        from reader.search.spans import spans  # loaded by the first search, on its own thread

        for start, end in spans(text, interpretations):
            content = content.stylize("bold underline $text-accent", start, end)
    return content
