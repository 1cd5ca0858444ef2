"""Papers as numbered lines of words alone, for screen readers and pipes.

Each line says one thing whole: no marks, no columns, nothing wrapped or cut, and the number tells how far one is.
Mathematics is as the app shows it: as it is read, or as it was typed where the settings want that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from reader.cli.common import SHOWN_KEY, settings_path
from reader.mathematics import as_read
from reader.paper import StoredPaper
from reader.text import visible
from reader.wording import authors_in_words, counted


def numbered(lines: Iterable[str]) -> Iterator[str]:
    """Lines with their numbers before them, from 1."""
    return (visible(f"{number}. {line}") for number, line in enumerate(lines, start=1))


def reading() -> Callable[[str], str]:
    """How texts of papers are shown, as the settings say."""
    from reader.settings.reading import read

    return as_read if read(settings_path()).settings.mathematics else str


def in_one_line(stored: StoredPaper, shown: Callable[[str], str], reasons: Sequence[str] = ()) -> str:
    """What the list shows of a paper: its title, its date and its marks; its key last.

    Args:
        stored: the paper.
        shown: how its texts are shown.
        reasons: the words that it shares with the one it was looked for with.
    """
    paper = stored.paper
    said = [shown(paper.title), paper.date_in_words(), ", ".join(_marks(stored))]
    said += [counted(paper.comments, "comment")] if paper.comments else []
    said += [f"alike in {', '.join(reasons)}"] if reasons else []
    return "; ".join(part for part in [*said, f"key {stored.key[:SHOWN_KEY]}"] if part)


def in_lines(stored: StoredPaper, shown: Callable[[str], str], related: Sequence[str] = ()) -> Iterator[str]:
    """What the pane of a paper shows, each part under its name, in the order of reading.

    Args:
        stored: the paper.
        shown: how its texts are shown.
        related: the titles of papers like it.
    """
    paper = stored.paper
    named = (
        ("Title", shown(paper.title)),
        ("Authors", shown(authors_in_words(paper) or "")),
        ("Organization", paper.organization),
        ("Date", paper.date_in_words()),
        ("Marks", ", ".join(_marks(stored))),
        ("Abstract", shown(paper.abstract) if paper.abstract is not None else "not known"),
        ("Summary", shown(paper.summary or "")),
        ("Keywords", shown(", ".join(paper.keywords or ()))),
        ("Address", paper.url),
        ("arXiv", paper.arxiv_id and f"{paper.arxiv_id}{f', version {v}' if (v := paper.arxiv_version) else ''}"),
        ("DOI", paper.doi),
        ("Categories", ", ".join(paper.categories or ())),
        ("Comments", f"{paper.comments:,}" if paper.comments else ""),
        ("Upvotes", f"{paper.upvotes:,}" if paper.upvotes else ""),
        *(("Link", link) for link in paper.links or () if link != paper.url),
        *(("Note", line) for line in (stored.note or "").splitlines()),
        *(("Seen in", f"{source.name}, as number {source.rank}") for source in stored.sources),
        *(("Related", shown(title)) for title in related),
        ("Key", stored.key),
    )
    return (f"{name}: {text}" for name, text in named if text)


def _marks(stored: StoredPaper) -> Iterator[str]:
    yield "read" if stored.read else "unread"
    if stored.dismissed:
        yield "dismissed"
    yield from (f"in {name}" for name in stored.lists)
    yield from (f"tagged {tag}" for tag in stored.tags)
    if stored.note:
        yield "with a note"
