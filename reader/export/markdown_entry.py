"""An entry of a Markdown reading list written again: what a person changed stays, all else is brought up to date.

* A line that is as it was last written is reader's, and becomes what it would be written as now. A line that was
  changed is the person's and stays; one that was deleted stays deleted. So does all that was added.
* Ticks, tags and notes have values, which is what counts: however a person writes `*so*`, it stays as they wrote it. A
  value that only one side changed is taken from that side; one that both changed becomes both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from reader.export.markdown import Piece, address_of, first_line, marker_line, note_lines, tags_line
from reader.list_file import (
    Entry,
    LineKind,
    MarkdownOptions,
    fingerprint,
    fingerprint_of_note,
    fingerprint_of_tags,
    shown_note,
)
from reader.text import fold

_CHECK_BOX = re.compile(r"([-*+] \[)(.)(\])")
_SLOTS = ("facts", "tags", "abstract", "links", "note")
"""What is written below a marker, in this order."""

TAGS_DISPUTED = "tags of {}: both sides changed them, and all are kept"
NOTE_DISPUTED = "note on {}: both sides changed it, and both are kept"
"""What is told of a paper, by its title."""

_Value = TypeVar("_Value")
_Line = tuple[str, str]
"""What a line is, one of `_SLOTS`, "title", "marker" or "", and its text."""


def settled(
    mine: _Value, library: _Value, base: int, of: Callable[[_Value], int], both: Callable[[_Value, _Value], _Value]
) -> tuple[_Value, bool]:
    """What a value becomes that file and library may both have changed, and whether both did.

    Args:
        mine: the file's.
        library: the library's.
        base: the fingerprint of what was last written; 0 where nothing was.
        of: the fingerprint of a value.
        both: one value that holds what two hold.
    """
    if base == 0 or of(mine) == of(library):
        return (both(library, mine), False) if base == 0 else (mine, False)
    if of(mine) == base:
        return library, False
    if of(library) == base:
        return mine, False
    return both(library, mine), True


def settled_read(entry: Entry, library: bool) -> bool:
    """Whether a paper is read, of which file and library may say different things."""
    if entry.written is None:
        return entry.read or library
    return entry.read if entry.read != entry.written.read else library


def both_tags(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """The tags that either has, in the first one's spelling."""
    return tuple({fold(tag): tag for tag in (*other, *one)}.values()) if other else tuple(one)


def both_notes(one: str | None, other: str | None) -> str | None:
    """Both notes, a blank line between them; a note that stands in the other already adds nothing."""
    if not one or not other or _stands_in(other, one):
        return one or other
    return other if _stands_in(one, other) else f"{one}\n\n{other}"


class Body:
    """The lines of an entry itself while they are written again.

    Attributes:
        beyond: where the text behind the entry begins.
        disputed: what both sides changed, in words.
    """

    def __init__(self, entry: Entry, piece: Piece, options: MarkdownOptions) -> None:
        self._entry, self._piece, self._options = entry, piece, options
        self.beyond = end_of(entry)
        self.disputed: list[str] = []
        self._found: list[_Line] = []
        self._written = entry.written
        base = entry.written
        known = () if base is None else (("facts", base.facts), ("abstract", base.abstract), ("links", base.links))
        self._slots = {number: name for name, number in known if number}
        self._fresh = {"facts": piece.facts, "abstract": piece.abstract, "links": piece.links}
        self._values = {"tags": self._tags(), "note": self._note()}

    def lines(self) -> list[str]:
        """Them, each as it is from now on."""
        if "title" not in self._entry.kinds:  # without it an entry is none
            self._found.append(("title", first_line(self._piece.title, read=self._piece.written.read)))
        if "marker" not in self._entry.kinds[: self.beyond]:
            self._take_title(self._entry.lines[0])
            self._found.append(("marker", marker_line(self._piece, self._options)))
        after = False
        for line, kind in list(zip(self._entry.lines, self._entry.kinds, strict=True))[: self.beyond]:
            if after and kind == "blank":
                after = False
                continue
            before = len(self._found)
            self._take(line, kind)
            after = len(self._found) == before and not any(name == kind for name, _ in self._found)
        self._fill()
        return [line for _, line in self._found]

    def _take(self, line: str, kind: LineKind) -> None:
        if kind == "title":
            if not self._found:
                self._take_title(line)
        elif kind == "marker":
            self._found.append(("marker", marker_line(self._piece, self._options)))
        elif kind in {"tags", "note"}:
            self._take_value(kind, line)
        elif kind == "text" and (slot := self._slots.pop(fingerprint(line.strip()), None)) is not None:
            if (fresh := self._fresh[slot]) is not None:
                self._found.append((slot, f"  {fresh}"))
        else:
            self._found.append(("", line))

    def _take_title(self, line: str) -> None:
        box = _CHECK_BOX.match(line)
        if box is None:
            self._found.append(("", line))
            return
        title, read = line[box.end() :].strip(), settled_read(self._entry, self._piece.written.read)
        if self._written is None:
            ours = fold(self._entry.title) == fold(self._piece.stored.paper.title)
            ours = ours and self._entry.url in {None, address_of(self._piece.stored.paper)}
        else:
            ours = fingerprint(title) == self._written.title
        if ours:
            found = first_line(self._piece.title, read=read)
        elif read != self._entry.read:
            found = f"{box[1]}{'x' if read else ' '}{box[3]}{line[box.end() :]}"
        else:
            found = line
        self._found.append(("title", found))

    def _take_value(self, slot: str, line: str) -> None:
        """A line of tags or of a note: as it stands, or once all of the value."""
        value = self._values[slot]
        if value is None:
            self._found.append((slot, line))
        elif not any(name == slot for name, _ in self._found):
            self._found += [(slot, f"  {each}") for each in value]

    def _tags(self) -> Sequence[str] | None:
        """The lines that tags become; None where they stay as they stand."""
        mine, library = self._entry.tags, self._piece.stored.tags
        base = self._written.tags if self._written else 0
        if not self._options.tags:
            return () if base and fingerprint_of_tags(mine) == base else None
        found, disputed = settled(mine, library, base, fingerprint_of_tags, both_tags)
        if disputed:
            self.disputed.append(TAGS_DISPUTED.format(self._piece.stored.paper.title))
        if fingerprint_of_tags(found) == fingerprint_of_tags(mine):
            return None
        return [line for line in [tags_line(found)] if line is not None]

    def _note(self) -> Sequence[str] | None:
        """The lines that a note becomes; None where it stays as it stands."""
        mine, library = self._entry.note, self._piece.stored.note
        base = self._written.note if self._written else 0
        if not self._options.notes:
            return () if base and fingerprint_of_note(mine) == base else None
        found, disputed = settled(mine, library, base, fingerprint_of_note, both_notes)
        if disputed:
            self.disputed.append(NOTE_DISPUTED.format(self._piece.stored.paper.title))
        return None if fingerprint_of_note(found) == fingerprint_of_note(mine) else note_lines(found)

    def _fill(self) -> None:
        """Put in what was not written before, each behind what it follows."""
        at = next((n for n, (name, _) in enumerate(self._found) if name == "marker"), 0)
        for slot in _SLOTS:
            present = [n for n, (name, _) in enumerate(self._found) if name == slot]
            if present:
                at = max(at, present[-1])
            elif wanted := self._missing(slot):
                self._found[at + 1 : at + 1] = [("", ""), *((slot, f"  {line}") for line in wanted)]
                at += 1 + len(wanted)
                if at + 1 < len(self._found) and self._found[at + 1][1].strip():
                    self._found.insert(at + 1, ("", ""))

    def _missing(self, slot: str) -> Sequence[str]:
        """The lines of a slot that the entry does not have and should have."""
        if slot in self._values:
            return self._values[slot] or ()
        fresh = self._fresh[slot]
        was_written = self._written is not None and getattr(self._written, slot)
        return () if fresh is None or was_written else (fresh,)


def end_of(entry: Entry) -> int:
    """Where the text behind an entry begins."""
    found = (n for n, kind in enumerate(entry.kinds) if kind in {"beyond", "group", "contents"})
    return next(found, len(entry.kinds))


def hand_written(entry: Entry, end: int) -> Iterator[str]:
    """The lines of an entry, up to one of them, that are not as they were last written."""
    base = entry.written
    known = set() if base is None else {base.title, base.facts, base.abstract, base.links}
    for line, kind in list(zip(entry.lines, entry.kinds, strict=True))[:end]:
        if kind == "title":
            text = _CHECK_BOX.sub("", line, count=1).strip()
            if fingerprint(text) not in known:
                yield f"- {text}"
        elif kind == "note":
            if base is None or fingerprint_of_note(entry.note) != base.note:
                yield line
        elif kind == "tags":
            if base is None or fingerprint_of_tags(entry.tags) != base.tags:
                yield line
        elif kind == "text" and fingerprint(line.strip()) not in known:
            yield line


def _stands_in(note: str, other: str) -> bool:
    return f"\n\n{shown_note(note)}\n\n" in f"\n\n{shown_note(other)}\n\n"
