"""What a Markdown reading list carries unseen, so that it can be written again and read back.

Between its visible lines such a file holds HTML comments: at its head which papers it lists and how they are shown,
under each title the paper's key with fingerprints of what was last written of it, at its end which papers the list had.
They are the base of every later comparison, the common ancestor of file and library, and they travel with the file: a
copy, another machine and version control need nothing else. This module is the grammar of those comments, written and
read in one place, and the frozen values that pass between who writes a file, who reads one and who compares both.

A fingerprint is a CRC-32: it notices an edit, and is no proof against someone who forges one.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal, get_args

from reader.paper import KEY_LENGTH
from reader.text import collapse, fold, visible

Grouping = Literal["none", "year", "tag", "source"]
"""What papers can be grouped by."""

GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

KEPT_HEADING = "## Kept from earlier"
"""Stands above lines written by hand that have no place any more."""

_NAMED_KEY = 8
"""Characters of a key in the list of papers at the end: forty bits tell a million papers apart."""
_KEYS_IN_LINE = 12

_HEADER = re.compile(r"<!-- reader:list (\{.*\}) -->\s*")
_MARKER = re.compile(
    rf"\s*<!-- reader:([a-z2-7]{{{KEY_LENGTH}}})(?: ([xo])([A-Za-z0-9+/]{{32}}))? -->(?:<a id=\"[^\"<>]*\"></a>)?\s*"
)
_PAPERS_BEGIN = "<!-- reader:papers"
_PAPERS_END = "-->"
_NAMED = re.compile(rf"[a-z2-7]{{{_NAMED_KEY}}}")
_END = re.compile(r"<!-- written by reader(?:, sha256:[0-9a-f]{64}| around what was written by hand) -->\s*")

GROUP_MARK = " <!-- reader:group -->"
"""Ends a heading that reader wrote over a group."""
CONTENTS_BEGIN = "<!-- reader:contents -->"
CONTENTS_END = "<!-- reader:end of contents -->"
"""Stand around a table of contents."""
ADOPTED_END = "<!-- written by reader around what was written by hand -->\n"
"""The last line of a file that holds anything written by hand."""
SIGNATURE = "<!-- written by reader, sha256:{} -->\n"
"""The last line of a file that holds only what reader wrote, with the SHA-256 of all bytes before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownOptions:
    """What a Markdown reading list shows.

    Attributes:
        group: what its papers are grouped by, under headings.
        abstracts: the abstract of each paper.
        notes: the user's notes.
        tags: the user's tags.
        contents: a table of contents at its head.
    """

    group: Grouping = "none"
    abstracts: bool = True
    notes: bool = True
    tags: bool = True
    contents: bool = False


DEFAULT_OPTIONS = MarkdownOptions()


@dataclass(frozen=True, slots=True)
class Header:
    """Which papers a file lists, and how.

    Attributes:
        title: the heading that it was given.
        list_name: the reading list that it is; None where it lists what a search found, a selection or everything.
    """

    title: str
    list_name: str | None
    options: MarkdownOptions = DEFAULT_OPTIONS


@dataclass(frozen=True, slots=True)
class Written:
    """The fingerprints of what was written of a paper; 0 stands for what was not written.

    Of title, facts, abstract and links it is that of the line, of tags and note that of what the library held.
    """

    read: bool
    title: int = 0
    facts: int = 0
    tags: int = 0
    abstract: int = 0
    links: int = 0
    note: int = 0


LineKind = Literal["title", "marker", "tags", "note", "text", "blank", "beyond", "group", "contents"]
"""What a line of an entry is; "beyond" is what stands after it, outside of its item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A paper as a file lists it, with all lines up to the next one.

    Attributes:
        line: the number of its first line, from 1.
        key: its paper's key; None where a person wrote it and it has none yet.
        written: what was last written of it; None where nothing is remembered.
        lines: as they stand in the file, without their line breaks.
        kinds: what each of the lines is.
        title: the title as it reads.
        url: where the title leads.
        note: what quotations under it say.
    """

    line: int
    key: str | None
    written: Written | None
    lines: tuple[str, ...]
    kinds: tuple[LineKind, ...]
    title: str
    url: str | None
    read: bool
    tags: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A Markdown reading list as it was found.

    Attributes:
        header: None where reader did not write it.
        head: the lines before the first entry.
        entries: in their order, each key once.
        papers: the beginnings of the keys of all papers that the list had when the file was last written, in order.
        complete: whether it has its end; otherwise it may have been cut off anywhere.
        line_break: what its lines end with.
        begins_with_mark: whether a byte order mark stands at its start.
    """

    header: Header | None
    head: tuple[str, ...]
    head_kinds: tuple[LineKind, ...]
    entries: tuple[Entry, ...]
    papers: tuple[str, ...]
    complete: bool
    line_break: str = "\n"
    begins_with_mark: bool = False


_EMPTY = 1  # what stands in for a checksum of 0


def fingerprint(text: str) -> int:
    """A number from 1 to 2³² - 1 that an edit of the text changes."""
    return zlib.crc32(text.encode(errors="surrogatepass")) or _EMPTY


def fingerprint_of_tags(tags: Sequence[str]) -> int:
    """That of tags as they are compared: without case, in any order."""
    return fingerprint("\n".join(sorted({fold(tag) for tag in tags}))) if tags else _EMPTY


def fingerprint_of_note(note: str | None) -> int:
    """That of a note as a file can show it."""
    return fingerprint(shown_note(note)) if note else _EMPTY


def shown_note(note: str | None) -> str:
    """A note as a file shows it and gives it back: its lines with single spaces, control characters visible."""
    return "\n".join(visible(collapse(line)) for line in (note or "").strip().splitlines())


def header_line(header: Header) -> str:
    """The comment that says which papers a file lists. JSON's escapes keep it from ending early."""
    known = {"title": header.title, "list": header.list_name, **asdict(header.options)}
    encoded = json.dumps(known).replace("\x7f", "\\u007f").replace("--", "-\\u002d").replace(">", "\\u003e")
    return f"<!-- reader:list {encoded} -->"


def parse_header(line: str) -> Header | None:
    """What `header_line` wrote; None where the line is anything else, or says what cannot be."""
    match = _HEADER.fullmatch(line)
    if match is None:
        return None
    try:
        known = json.loads(match[1])
    except (ValueError, RecursionError):
        return None
    title, name = known.get("title"), known.get("list")
    if not isinstance(title, str) or not isinstance(name, str | None):
        return None
    shown = {each.name: known[each.name] for each in fields(MarkdownOptions) if _fits(each.name, known.get(each.name))}
    return Header(title, name, MarkdownOptions(**shown))


def _fits(name: str, value: object) -> bool:
    return value in GROUPINGS if name == "group" else isinstance(value, bool)


def marker(key: str, written: Written) -> str:
    """The comment under a title: the paper's key, and what was written of it."""
    numbers = (written.title, written.facts, written.tags, written.abstract, written.links, written.note)
    encoded = binascii.b2a_base64(struct.pack(">6I", *numbers), newline=False).decode("ascii")
    return f"<!-- reader:{key} {'x' if written.read else 'o'}{encoded} -->"


def parse_marker(line: str) -> tuple[str, Written | None] | None:
    """The key in a marker, and what it remembers; None where the line is none."""
    if "<!-- reader:" not in line or (match := _MARKER.fullmatch(line)) is None:
        return None
    if match[3] is None:
        return match[1], None
    title, facts, tags, abstract, links, note = struct.unpack(">6I", base64.b64decode(match[3]))
    written = Written(match[2] == "x", title, facts, tags, abstract, links, note)
    return match[1], written


def named(key: str) -> str:
    """The beginning of a key that stands for a paper in `papers_comment`."""
    return key[:_NAMED_KEY]


def papers_comment(names: Iterable[str]) -> Iterator[str]:
    """The lines of the comment at the end that names all papers of a list, each with its line break."""
    yield f"{_PAPERS_BEGIN}\n"
    line: list[str] = []
    for name in names:
        line.append(name)
        if len(line) == _KEYS_IN_LINE:
            yield " ".join(line) + "\n"
            line = []
    if line:
        yield " ".join(line) + "\n"
    yield f"{_PAPERS_END}\n"


def parse_papers(lines: Iterable[str]) -> tuple[str, ...]:
    """The papers that the lines of such a comment name, once each."""
    return tuple(dict.fromkeys(word for line in lines for word in line.split() if _NAMED.fullmatch(word)))


def begins_papers(line: str) -> bool:
    """Whether a line begins the comment that names all papers."""
    return line.rstrip() == _PAPERS_BEGIN


def names_papers(line: str, *, is_last: bool) -> bool:
    """Whether a line of that comment names papers, and nothing else stands in it; a file's last may be cut off."""
    words = line.split()
    cut = words.pop() if is_last and words and re.fullmatch(rf"[a-z2-7]{{1,{_NAMED_KEY}}}", words[-1]) else ""
    return bool(words or cut) and all(map(_NAMED.fullmatch, words))


def ends_papers(line: str) -> bool:
    """Whether a line ends that comment."""
    return line.rstrip() == _PAPERS_END


def closing_begins_with(line: str) -> bool:
    """Whether a line may be what is left of one of the comments at the end of a file."""
    is_signature = line.startswith(SIGNATURE.partition("{")[0])
    return is_signature or any(each.startswith(line) for each in (_PAPERS_BEGIN, _PAPERS_END, SIGNATURE, ADOPTED_END))


def is_end(line: str) -> bool:
    """Whether a line is the last one that reader writes."""
    return line.startswith("<!-- written by reader") and _END.fullmatch(line) is not None
