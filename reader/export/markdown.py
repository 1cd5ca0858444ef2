"""A reading list as Markdown: to be read in a pager, on a forge and in a note-taking program, and edited by hand.

It is exported again by `markdown_merge` and read back by `formats.reading_list`. What always holds:

* A paper's text is never markup (`markdown_text`). Whatever a title, abstract, name or note holds, a Markdown parser
  gives it back letter for letter, with control characters made visible.
* The same papers give the same bytes on every machine: no clock, no locale.
* An entry is an item of a task list, its first line the check box and the title. All else of it is indented by two
  columns, one line a paragraph, so that an edit touches few lines.
* The last line signs the document: `<!-- written by reader, sha256:… -->` with the SHA-256 of all bytes before that
  line. So a later export can tell a file which reader wrote and nobody changed since, and may replace, from any other
  (`is_unchanged_export`). One edited letter, a changed line ending or a line after the signature makes the file partly
  the user's. The signature is no secret and proves nothing against someone who wants to lose a file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.export.markdown_text import alone, destination, escape, escape_line, link
from reader.list_file import (
    CONTENTS_BEGIN,
    CONTENTS_END,
    DEFAULT_OPTIONS,
    GROUP_MARK,
    SIGNATURE,
    Grouping,
    Header,
    MarkdownOptions,
    Written,
    fingerprint,
    fingerprint_of_note,
    fingerprint_of_tags,
    header_line,
    marker,
    named,
    papers_comment,
)
from reader.paper import Paper, StoredPaper
from reader.text import visible
from reader.wording import authors_in_words, facts, file_name

__all__ = [
    "Piece",
    "contents",
    "destination",
    "escape",
    "group_of",
    "is_unchanged_export",
    "linked_title",
    "note_lines",
    "pieces",
    "render",
    "tags_line",
]

_NO_GROUP: dict[Grouping, str] = {"none": "", "year": "No year", "tag": "No tag", "source": "No source"}
_SIMPLE_TAG = re.compile(r"(?=.*[^\W\d_])[^\W_]+(?:[-_/][^\W_]+)*")
_BACKTICKS = re.compile("`+")
_SIGNATURE_LENGTH = len(SIGNATURE.format("0" * 64))
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Piece:
    """What is written of a paper, a line each without its indentation; None where nothing is.

    Attributes:
        stored: the paper itself.
        title: all of the first line behind the check box.
        note: its lines, none where nothing is noted or notes are left out.
        written: the fingerprints of all that.
    """

    stored: StoredPaper
    title: str
    facts: str | None
    tags: str | None
    abstract: str | None
    links: str | None
    note: tuple[str, ...]
    written: Written

    def paragraphs(self) -> Iterator[str]:
        """The lines below the marker, as they follow one another."""
        yield from (line for line in (self.facts, self.tags, self.abstract, self.links) if line is not None)
        if self.note:
            yield "\n  ".join(self.note)


def render(
    papers: Iterable[StoredPaper],
    *,
    title: str,
    options: MarkdownOptions = DEFAULT_OPTIONS,
    list_name: str | None = None,
    table: Sequence[tuple[str, str, str]] = (),
) -> Iterator[str]:
    """A signed Markdown document in chunks, one a paper, as they come.

    Args:
        papers: in their order; where they are grouped, those of a group together.
        title: the heading over all.
        options: what is shown.
        list_name: the reading list that they are, where they are one.
        table: what `contents` takes, where a table of contents is wanted.
    """
    digest = hashlib.sha256()
    for chunk in _chunks(papers, Header(title, list_name, options), table):
        digest.update(chunk.encode())
        yield chunk
    yield SIGNATURE.format(digest.hexdigest())


def is_unchanged_export(path: Path) -> bool:
    """Whether a file is what `render` once gave, to the last byte.

    False for what cannot be read and for everything that is no file. Reads in blocks, whatever the size.
    """
    try:
        # Opening a pipe would wait for a writer that may never come.
        return path.is_file() and _is_signed(path)
    except (OSError, ValueError):
        return False


def head(header: Header) -> Iterator[str]:
    """The first lines of a document, each with its line break: its heading, and which papers it lists."""
    yield f"# {escape(header.title)}".rstrip() + "\n"
    yield "\n"
    yield header_line(header) + "\n"
    yield "\n"


def contents(table: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """The lines of a table of contents, each with its line break, of the group, title and key of each paper."""
    yield f"{CONTENTS_BEGIN}\n\n"
    last = ""
    for group, title, key in table:
        if group != last:
            yield f"- {escape(group)}\n"
            last = group
        yield f"{'  ' if group else ''}- [{escape(title, in_link=True)}](#{_anchor(key)})\n"
    yield f"\n{CONTENTS_END}\n\n"


def group_heading(name: str) -> str:
    """The heading over a group of papers, without its line break."""
    return f"## {escape(name)}{GROUP_MARK}"


def group_of(stored: StoredPaper, group: Grouping) -> str:
    """What a paper's group is called: its year, its first tag, or the newest page that shows it."""
    found: str | None = None
    if group == "year" and stored.paper.published is not None and stored.paper.published.year is not None:
        found = str(stored.paper.published.year)
    elif group == "tag" and stored.tags:
        found = stored.tags[0]
    elif group == "source" and stored.sources:
        found = file_name(stored.sources[0].name)
    return _NO_GROUP[group] if found is None else found


def pieces(stored: StoredPaper, options: MarkdownOptions) -> Piece:
    """What is written of a paper."""
    paper = stored.paper
    title, fact, abstract = linked_title(paper), _facts(paper), _abstract(paper) if options.abstracts else None
    links, tags = _links(paper), tags_line(stored.tags) if options.tags else None
    written = Written(
        stored.read,
        title=fingerprint(title),
        facts=0 if fact is None else fingerprint(fact),
        tags=fingerprint_of_tags(stored.tags) if options.tags else 0,
        abstract=0 if abstract is None else fingerprint(abstract),
        links=0 if links is None else fingerprint(links),
        note=fingerprint_of_note(stored.note) if options.notes else 0,
    )
    note = note_lines(stored.note) if options.notes else ()
    return Piece(stored, title, fact, tags, abstract, links, note, written)


def first_line(title: str, *, read: bool) -> str:
    """An entry's first line: the check box and the title."""
    return f"- [{'x' if read else ' '}] {title}".rstrip()


def marker_line(piece: Piece, options: MarkdownOptions) -> str:
    """The line under an entry's title; a table of contents leads to it."""
    anchor = f'<a id="{_anchor(piece.stored.key)}"></a>' if options.contents else ""
    return f"  {marker(piece.stored.key, piece.written)}{anchor}"


def tags_line(tags: Sequence[str]) -> str | None:
    """Tags in a line: as `#tag` where every program takes that for one, otherwise as code, which shows anything."""
    if not tags:
        return None
    return "Tags: " + " ".join(f"#{tag}" if _SIMPLE_TAG.fullmatch(tag) else _code(visible(tag)) for tag in tags)


def note_lines(note: str | None) -> tuple[str, ...]:
    """A note as the lines of a quotation that keeps its line breaks; an empty line parts paragraphs."""
    text = shown = (note or "").strip()
    if not text:
        return ()
    lines = [visible(line) for line in _collapsed(f"Note: {shown}")]
    single = alone("\n".join(lines))
    quoted = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        hard_break = "\\" if line and following else ""
        quoted.append(f"> {escape_line(line, alone=single)}{hard_break}".rstrip())
    return tuple(quoted)


def _chunks(papers: Iterable[StoredPaper], header: Header, table: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    options = header.options
    yield "".join(head(header))
    if options.contents:
        yield "".join(contents(table))
    names, last = bytearray(), ""
    for stored in papers:
        names += named(stored.key).encode()
        heading = ""
        if (group := group_of(stored, options.group)) != last:
            heading, last = f"{group_heading(group)}\n\n", group
        yield heading + _entry(stored, options)
    length = len(named("x" * 100))
    yield "".join(papers_comment(names[at : at + length].decode() for at in range(0, len(names), length)))


def entry_lines(piece: Piece, options: MarkdownOptions) -> Iterator[str]:
    """The lines of an entry that nobody has touched yet, without line breaks; the last is empty."""
    yield first_line(piece.title, read=piece.written.read)
    yield marker_line(piece, options)
    yield ""
    for paragraph in piece.paragraphs():
        yield from f"  {paragraph}".split("\n")
        yield ""


def _entry(stored: StoredPaper, options: MarkdownOptions) -> str:
    """The same as `entry_lines`, in one piece, which for ten thousand papers counts."""
    piece = pieces(stored, options)
    first = f"{first_line(piece.title, read=stored.read)}\n{marker_line(piece, options)}\n\n"
    return first + "".join([f"  {paragraph}\n\n" for paragraph in piece.paragraphs()])


def linked_title(paper: Paper) -> str:
    """A paper's title in one line, which leads to the paper where anything does."""
    address = address_of(paper)
    target = None if address is None else destination(address)
    if target is None:
        return escape(paper.title)
    return f"[{escape(paper.title, in_link=True)}]({target})"


def address_of(paper: Paper) -> str | None:
    """Where a paper is found: its address, or what its arXiv id or its DOI leads to."""
    if paper.url is not None:
        return paper.url
    if paper.arxiv_id is not None:
        return f"https://arxiv.org/abs/{paper.arxiv_id}"
    return None if paper.doi is None else f"https://doi.org/{paper.doi}"


def _facts(paper: Paper) -> str | None:
    return escape(" · ".join(filter(None, (authors_in_words(paper), *facts(paper))))) or None


def _abstract(paper: Paper) -> str | None:
    if paper.abstract:
        return escape(paper.abstract)
    return escape(f"Summary: {paper.summary}") if paper.summary else None


def _links(paper: Paper) -> str | None:
    """The addresses that a paper names, and its DOI's where its own is another."""
    found = dict.fromkeys(paper.links or ())
    if paper.doi is not None and (resolver := f"https://doi.org/{paper.doi}") != address_of(paper):
        found[resolver] = None
    shown = [shown for address in found if (shown := link(address)) is not None]
    return "Links: " + " ".join(shown) if shown else None


def _code(text: str) -> str:
    """A text as a code span (CommonMark 0.31, section 6.1)."""
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _collapsed(text: str) -> Iterator[str]:
    return (" ".join(line.split()) for line in text.splitlines())


def _anchor(key: str) -> str:
    return f"reader-{key}"


def _is_signed(path: Path) -> bool:
    unread = path.stat().st_size - _SIGNATURE_LENGTH
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while unread > 0 and (block := file.read(min(_BLOCK, unread))):
            digest.update(block)
            unread -= len(block)
        return unread == 0 and file.read() == SIGNATURE.format(digest.hexdigest()).encode()
