"""A Markdown reading list: what `reader export` writes, as people change it by hand (`docs/lists-and-export.md`).

    # Bookmarks

    <!-- reader:list {"title": "Bookmarks", "list": "Bookmarks", …} -->

    - [x] [A title](https://arxiv.org/abs/2401.00001)
      <!-- reader:abcdefghijklmnop x… -->

      Ada Lovelace, Bo Li · May 29, 2024

      Tags: #vision `two words`

      Its abstract.

      > Note: what the user noted

    <!-- reader:papers … -->
    <!-- written by reader, sha256:… -->

An entry begins with an unindented check box; a comment below it names its paper. Tags are taken from lines that hold
only tags, the note from quotations, both only where they are indented and so belong to the entry. A check box without
such a comment is an entry that somebody wrote. A key counts where it is met first. Without its last line a file may
have been cut off anywhere, and its last entry is not to be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reader.formats.document import whole_text
from reader.formats.format import Format
from reader.formats.lines import Head, Line
from reader.formats.markdown_plain import addresses, only_link, plain
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.reading_list_facts import paper_of
from reader.formats.traits import Traits
from reader.list_file import (
    CONTENTS_BEGIN,
    CONTENTS_END,
    GROUP_MARK,
    KEPT_HEADING,
    Entry,
    Header,
    LineKind,
    ListFile,
    Written,
    begins_papers,
    ends_papers,
    fingerprint,
    is_end,
    names_papers,
    parse_header,
    parse_marker,
    parse_papers,
)
from reader.paper import StoredPaper
from reader.text import as_note, collapse, find_urls, is_name
from reader.transfer import CarriedEntry, CarriedList, CarriedPaper

KIND = "Markdown reading list"

_CHECK_BOX = re.compile(r"[-*+] \[(.)\](?:\s+(.*))?")
_INDENTED = re.compile(r"[ \t]")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_TAG = re.compile(r"(?:#(?P<simple>[^\s#`,;]+)|(?P<fence>`+)(?P<code>.+?)(?<!`)(?P=fence)(?!`))(?:[\s,;]+|$)")
_TAGS_LABEL = re.compile(r"tags:(?:\s+|$)", re.IGNORECASE)
_QUOTED = re.compile(r"\s*> ?")
_NOTE_LABEL = re.compile(r"Note:(?: |$)")
_READERS: frozenset[LineKind] = frozenset({"blank", "group", "contents"})
"""What is no line of a person's, even behind a check box that is no entry."""
_LONGEST_TAGS = 2_000
"""Characters of a line that is looked at for tags."""


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """1 where one of the first lines says which papers it lists, or names one under its check box."""
    return float(
        any(
            "<!-- reader:" in line.text and (parse_header(line.text) is not None or parse_marker(line.text) is not None)
            for line in head.lines
        )
    )


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The list, where it is one, and its papers in their order. Raises `UnreadableInput` where it is too long."""
    notes.list_file = found = parse(whole_text(lines))
    name = found.header.list_name if found.header is not None else None
    if name is not None:
        yield CarriedList(name)
    for position, entry in enumerate(trusted(found), start=1):
        yield carried(entry, None if name is None else CarriedEntry(name, position))


FORMAT = Format(KIND, claims, records)


def trusted(found: ListFile) -> tuple[Entry, ...]:
    """The entries of a file that are whole for certain: of one that may have been cut off, all but the last."""
    return found.entries if found.complete else found.entries[:-1]


def carried(entry: Entry, place: CarriedEntry | None) -> CarriedPaper | Rejected:
    """An entry as a paper with what a user made of it."""
    paper = paper_of(entry)
    if paper is None:
        return Rejected(entry.line, "has no title", "\n".join(entry.lines))
    stored = StoredPaper(
        key=entry.key or "",
        paper=paper,
        sources=(),
        added="",
        tags=entry.tags,
        note=entry.note,
        read=entry.read,
    )
    names = None if entry.key is None else ()
    return CarriedPaper(stored=stored, names=names, entries=() if place is None else (place,))


def parse(text: str) -> ListFile:
    """A file as its parts; every line of it is in one of them, but for comments of reader's own."""
    begins_with_mark = text.startswith("\ufeff")
    text = text.removeprefix("\ufeff")
    line_break = "\r\n" if "\r\n" in text else "\n"
    reading = _Reading()
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        reading.take(number, line, is_last=number == len(lines))
    return reading.file(line_break, begins_with_mark=begins_with_mark)


@dataclass(slots=True)
class _Part:
    """The lines from one check box up to the next, or those before the first."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    kinds: list[LineKind] = field(default_factory=list)
    key: str | None = None
    written: Written | None = None
    beyond: bool = False
    inert: bool = False

    def add(self, line: str, kind: LineKind) -> None:
        self.lines.append(line)
        self.kinds.append(kind)


class _Reading:
    """A file while its lines are read."""

    def __init__(self) -> None:
        self._header: Header | None = None
        self._parts = [_Part(beyond=True)]
        self._keys: set[str] = set()
        self._papers: list[str] = []
        self._complete = False
        self._fence = ""
        self._kept = self._in_papers = self._in_contents = False

    def take(self, number: int, line: str, *, is_last: bool) -> None:
        """Take the next line."""
        if self._in_papers and (ends_papers(line) or names_papers(line, is_last=is_last)):
            self._in_papers = not ends_papers(line)
            self._papers.append(line)
        elif begins_papers(line):
            self._in_papers = True
        elif is_end(line):
            self._complete = True
        elif self._header is None and (header := parse_header(line)) is not None:
            self._header = header
            self._parts[-1].add(line, "marker")
        elif (found := parse_marker(line)) is not None:
            self._mark(number, line, *found)
        elif not self._takes_contents(line):
            self._take_text(number, line)

    def file(self, line_break: str, *, begins_with_mark: bool) -> ListFile:
        """All that was read."""
        before, *parts = self._folded()
        return ListFile(
            header=self._header,
            head=tuple(before.lines),
            head_kinds=tuple(before.kinds),
            entries=tuple(_entry(part) for part in parts),
            papers=parse_papers(self._papers),
            complete=self._complete,
            line_break=line_break,
            begins_with_mark=begins_with_mark,
        )

    def _folded(self) -> list[_Part]:
        """The parts, those that are no entries as text behind the one before them."""
        folded: list[_Part] = []
        for part in self._parts:
            if part.inert and part.key is None:
                for line, kind in zip(part.lines, part.kinds, strict=True):
                    folded[-1].add(line, kind if kind in _READERS else "beyond")
            else:
                folded.append(part)
        return folded

    def _takes_contents(self, line: str) -> bool:
        if line.rstrip() == CONTENTS_BEGIN:
            self._in_contents = True
        elif not self._in_contents:
            return False
        elif line.rstrip() == CONTENTS_END:
            self._in_contents = False
        elif "](#reader-" not in line and line.strip() and not line.startswith("- "):
            return False  # something written by hand
        elif _CHECK_BOX.fullmatch(line):  # whoever lost the end of the contents loses no entry
            self._in_contents = False
            return False
        self._parts[-1].add(line, "contents")
        return True

    def _mark(self, number: int, line: str, key: str, written: Written | None) -> None:
        """Name the paper of the check box above; a marker without one makes an entry of its own."""
        part = self._parts[-1]
        if key in self._keys:  # a copy: the first one counts, and what is no entry is text
            part.inert = part.inert or part.key is None
            part.add(line, "beyond")
            return
        if self._parted(written):
            part = self._rejoined()
        elif not part.line or part.key is not None:
            part = _Part(number)
            self._parts.append(part)
        self._keys.add(key)
        if part.beyond:  # somebody wrote between the title and its marker
            part.beyond = False
            part.kinds = ["text" if kind == "beyond" else kind for kind in part.kinds]
        part.key, part.written, part.inert, self._fence = key, written, False, ""
        part.add(line, "marker")

    def _parted(self, written: Written | None) -> bool:
        """Whether the title that a marker remembers stands above the last check box, which somebody put between."""
        if written is None or len(self._parts) < 3 or self._parts[-2].key or not self._parts[-1].line:
            return False
        return self._parts[-1].key is None and _title_of(self._parts[-2]) == written.title != _title_of(self._parts[-1])

    def _rejoined(self) -> _Part:
        """Let the last check box be text of the entry before it."""
        between = self._parts.pop()
        for line in between.lines:
            self._parts[-1].add(line, "text")
        return self._parts[-1]

    def _take_text(self, number: int, line: str) -> None:
        part = self._parts[-1]
        if _CHECK_BOX.fullmatch(line):
            part = _Part(number, inert=bool(self._fence) or self._kept)
            self._parts.append(part)
            part.add(line, "title")
            return
        if not line.strip():
            part.add(line, "blank")
            return
        part.beyond = part.beyond or not _INDENTED.match(line)
        if part.beyond:
            self._follow_fence(line)
            self._kept = self._kept or line.rstrip() == KEPT_HEADING
            part.add(line, "group" if line.startswith("## ") and line.rstrip().endswith(GROUP_MARK) else "beyond")
        elif _QUOTED.match(line):
            part.add(line, "note")
        else:
            part.add(line, "tags" if tags_in(line) is not None else "text")

    def _follow_fence(self, line: str) -> None:
        """Note where an unindented block of code begins and ends: a check box in it is none."""
        match = _FENCE.match(line)
        if match and not self._fence:
            self._fence = match[1]
        elif match and line.strip().startswith(self._fence) and not line.strip().strip(self._fence[0]):
            self._fence = ""


def tags_in(line: str) -> tuple[str, ...] | None:
    """The tags in a line that holds nothing else; None for any other line."""
    text = line.strip()
    if not text or len(text) > _LONGEST_TAGS or text[0] not in "#Tt":
        return None
    label = _TAGS_LABEL.match(text)
    at, found = (label.end() if label else 0), []
    while at < len(text):
        match = _TAG.match(text, at)
        if match is None or not (label or match["simple"]):
            return None
        found.append(collapse(match["simple"] or _uncoded(match["code"])))
        at = match.end()
    return tuple(tag for tag in found if is_name(tag)) if label or found else None


def _uncoded(code: str) -> str:
    return code[1:-1] if len(code) > 2 and code[0] == code[-1] == " " else code


def _title_of(part: _Part) -> int:
    box = _CHECK_BOX.fullmatch(part.lines[0])
    return fingerprint((box[2] or "").strip()) if box else 0


def _entry(part: _Part) -> Entry:
    first = part.lines[0] if part.kinds[0] == "title" else ""
    box = _CHECK_BOX.fullmatch(first)
    rest = (box[2] or "").strip() if box else ""
    linked = only_link(rest)
    urls = addresses(rest) or find_urls(rest)
    title = collapse(linked[0] if linked else plain(rest))
    if part.key is None and not linked and urls:  # somebody wrote an address beside the title, or in its place
        title = collapse(title.replace(urls[0], "")).strip("<>():,;-– ") or urls[0]
    tags: dict[str, None] = {}
    for line, kind in zip(part.lines, part.kinds, strict=True):
        if kind == "tags":
            tags.update(dict.fromkeys(tags_in(line) or ()))
    return Entry(
        line=part.line,
        key=part.key,
        written=part.written,
        lines=tuple(part.lines),
        kinds=tuple(part.kinds),
        title=title,
        url=linked[1] if linked else urls[0] if urls else None,
        read=box[1] in "xX" if box else part.written is not None and part.written.read,
        tags=tuple(tags),
        note=_note(part),
    )


def _note(part: _Part) -> str | None:
    """What all quotations of an entry say, a blank line between them."""
    quotations: list[list[str]] = []
    last: LineKind = "blank"
    for line, kind in zip(part.lines, part.kinds, strict=True):
        if kind == "note":
            if last != "note":
                quotations.append([])
            quotations[-1].append(_QUOTED.sub("", line, count=1))
        last = kind
    if not quotations:
        return None
    text = "\n\n".join("\n".join(map(_note_line, quotation)) for quotation in quotations)
    return as_note(_NOTE_LABEL.sub("", text, count=1) if _NOTE_LABEL.match(text) else text)


def _note_line(line: str) -> str:
    line = line.rstrip()
    backslashes = len(line) - len(line.rstrip("\\"))
    return plain(line[:-1] if backslashes % 2 else line).rstrip()
