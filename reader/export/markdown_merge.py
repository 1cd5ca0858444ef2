"""A Markdown reading list written again over one that a person changed: a three-way merge that loses no line of theirs.

The file remembers what was last written (`list_file`); that is the base, the file is one side, the library the other.

* Within an entry `markdown_entry` decides, line by line.
* The order is the person's once they moved an entry, and the library's otherwise. A new entry goes behind the one that
  it follows in the library, before the next heading there.
* Text outside of entries stays behind the entry that it follows. What a person wrote in an entry that goes is kept at
  the end, under a heading.

Merging twice gives what merging once gave. All is pure: texts and values in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypeVar

from reader.export.markdown import Piece, contents, entry_lines, group_heading, group_of, head
from reader.export.markdown_entry import Body, end_of, hand_written
from reader.list_file import (
    ADOPTED_END,
    KEPT_HEADING,
    SIGNATURE,
    Entry,
    Header,
    LineKind,
    ListFile,
    header_line,
    named,
    papers_comment,
)

_Each = TypeVar("_Each")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which entries a file will have.

    Attributes:
        keys: theirs, in order.
        added: of these, those that the file did not have.
        departed: the file's entries whose papers have left the list since it was last written.
        removed: the papers of the list whose entries a person took out of the file.
        moved: whether the order is the person's.
        both_moved: whether the library's order changed, too.
        is_the_librarys: whether the entries are the list's papers in the library's order, and no others.
    """

    keys: tuple[str, ...]
    added: frozenset[str]
    departed: tuple[str, ...]
    removed: tuple[str, ...]
    moved: bool
    both_moved: bool
    is_the_librarys: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """A file written again.

    Attributes:
        disputed: for each value that both sides changed, what became of it, in words.
        kept: lines that have no place any more, and stand at the end.
    """

    text: str
    disputed: tuple[str, ...]
    kept: int


def arrange(old: ListFile, papers: Sequence[str], *, drop: bool = False, restore: bool = False) -> Arrangement:
    """Decide which entries a file will have, and in which order.

    Args:
        old: the file as it was found.
        papers: the keys of all papers that belong into it, in the library's order.
        drop: take out the entries whose papers have left the list.
        restore: write the entries again that a person took out.
    """
    base, mine = set(old.papers), [entry.key for entry in old.entries if entry.key is not None]
    belongs, present = set(papers), set(mine)
    departed = tuple(key for key in mine if key not in belongs and named(key) in base)
    gone = () if not old.complete else [key for key in papers if key not in present and named(key) in base]
    removed = frozenset() if restore else frozenset(gone)
    shown = [key for key in papers if key not in removed]
    stays = [key for key in mine if not (drop and key in departed)]
    moved = _is_moved(old.papers, [named(key) for key in mine])
    order = interleaved(stays, shown) if moved or not old.papers else interleaved(shown, stays)
    added = frozenset(order) - present
    both = moved and _is_moved(old.papers, [named(key) for key in papers])
    return Arrangement(tuple(order), added, departed, tuple(gone), moved, both, order == list(papers))


def interleaved(leading: Sequence[_Each], following: Sequence[_Each]) -> list[_Each]:
    """Both sequences as one: the first in its order, and what only the second has behind what it follows there."""
    known = set(leading)
    behind: dict[_Each | None, list[_Each]] = {}
    last: _Each | None = None
    for each in following:
        if each in known:
            last = each
        else:
            behind.setdefault(last, []).append(each)
    found = behind.get(None, [])[:]
    for each in leading:
        found.append(each)
        found.extend(behind.get(each, ()))
    return found


def merge(
    old: ListFile,
    header: Header,
    plan: Arrangement,
    papers: Sequence[str],
    pieces: Iterable[tuple[str, Piece | None]],
    table: Sequence[tuple[str, str, str]] = (),
) -> Merged:
    """Write a file again.

    Args:
        old: as it was found.
        header: what it lists from now on.
        plan: from `arrange`.
        papers: what `arrange` was given.
        pieces: for each key of the plan, in order, what is to be written of its paper; None leaves an entry as it is.
        table: for a table of contents.
    """
    writing = _Writing(old, header, plan, table)
    for key, piece in pieces:
        writing.add(key, piece)
    return writing.finished(papers)


class _Writing:
    """A file while it is written again, entry by entry."""

    def __init__(self, old: ListFile, header: Header, plan: Arrangement, table: Sequence[tuple[str, str, str]]) -> None:
        self._lines: list[str] = []
        self._held: list[str] = []
        self._kept: list[str] = []
        self._disputed: list[str] = []
        old, self._kept_earlier = _without_kept(old)
        self._untouched = sha256()  # of the file as it would be, had nobody touched it
        self._old, self._options, self._plan = old, header.options, plan
        self._group, self._place = "", 0
        self._entries: dict[str, Entry] = {}
        self._behind: dict[str | None, list[str]] = {}
        self._sort_out(old.entries)
        self._begin(header, table)

    def _sort_out(self, entries: Iterable[Entry]) -> None:
        """Tell the entries of the plan from text that stands behind them."""
        planned, last = set(self._plan.keys), None
        for entry in entries:
            if entry.key in planned:
                last = entry.key
                self._entries[entry.key] = entry
                continue
            beyond = 0 if entry.key is None else end_of(entry)
            self._kept += hand_written(entry, beyond)
            left = self._without_generated(entry.lines[beyond:], entry.kinds[beyond:])
            self._behind.setdefault(last, []).extend(left)

    def _begin(self, header: Header, table: Sequence[tuple[str, str, str]]) -> None:
        fresh = [line.removesuffix("\n") for line in head(header)]
        found = self._without_generated(self._old.head, self._old.head_kinds)
        if found[: len(fresh)] != fresh:
            found = _with_header(found, self._old.header, fresh)
        at = found.index(header_line(header)) + 2
        self._expect(fresh)
        if self._options.contents:
            table_lines = "".join(contents(table)).removesuffix("\n").split("\n")
            found[at:at] = table_lines
            self._expect(table_lines)
        self._put([*found, *self._behind.get(None, ())], after=at)

    def add(self, key: str, piece: Piece | None) -> None:
        """Write the next entry of the plan."""
        self._place += 1
        if piece is not None and not self._plan.moved:
            self._head_group(group_of(piece.stored, self._options.group))
        entry = self._entries.get(key)
        fresh = [] if piece is None else list(entry_lines(piece, self._options))
        self._expect(fresh)
        if entry is None:
            self._separate()
            self._lines += fresh
            if not self._next_is_new():
                self._flush()
            return
        if piece is None:
            lines, body = self._without_generated(entry.lines, entry.kinds), end_of(entry)
        else:
            lines, body = self._merged(entry, piece)
        lines += self._behind.get(key, ())
        self._put(lines, after=body)

    def finished(self, papers: Sequence[str]) -> Merged:
        """The whole file."""
        kept = [line for line in self._kept if line.strip()]
        if kept or self._kept_earlier:
            self._separate()
            between = [""] if kept and self._kept_earlier else []
            self._lines += [KEPT_HEADING, "", *self._kept_earlier, *between, *kept]
        self._separate()
        names = [named(key) for key in papers]
        waiting = {named(key) for key in self._plan.departed} & {named(key) for key in self._plan.keys}
        remembered = waiting.union(names)
        names = interleaved(names, [name for name in self._old.papers if name in remembered])
        written = "\n".join(self._lines) + "\n"
        untouched = sha256(written.encode(errors="surrogatepass")).digest() == self._untouched.digest()
        as_written = (self._old.line_break, self._old.begins_with_mark) == ("\n", False)
        text = written + "".join(papers_comment(names))
        signed = untouched and as_written and self._plan.is_the_librarys
        last = SIGNATURE.format(sha256(text.encode()).hexdigest()) if signed else ADOPTED_END
        text = (text + last).replace("\n", self._old.line_break)
        return Merged("\ufeff" * self._old.begins_with_mark + text, tuple(self._disputed), len(kept))

    def _next_is_new(self) -> bool:
        return self._place < len(self._plan.keys) and self._plan.keys[self._place] in self._plan.added

    def _put(self, lines: Sequence[str], *, after: int) -> None:
        """Write lines that were there; what follows a heading behind that one waits until new entries are written."""
        at = len(lines)
        if self._next_is_new():
            at = next((n for n, line in enumerate(lines) if n >= after and _HEADING.match(line)), at)
        self._lines += lines[:at]
        self._held = [*lines[at:]]

    def _flush(self) -> None:
        if self._held:
            self._separate()
            self._lines += self._held
            self._held = []

    def _expect(self, lines: Iterable[str]) -> None:
        """Note what a file that nobody touched would hold next."""
        self._untouched.update("".join(f"{line}\n" for line in lines).encode(errors="surrogatepass"))

    def _head_group(self, name: str) -> None:
        if name != self._group:
            self._separate()
            self._lines += [group_heading(name), ""]
            self._expect(self._lines[-2:])
            self._group = name

    def _separate(self) -> None:
        if self._lines and self._lines[-1].strip():
            self._lines.append("")

    def _without_generated(self, lines: Sequence[str], kinds: Sequence[LineKind]) -> list[str]:
        """Lines without a table of contents and headings of groups, which are written afresh."""
        found: list[str] = []
        after = False
        for line, kind in zip(lines, kinds, strict=False):
            generated = kind == "contents" or (kind == "group" and not self._plan.moved)
            if not generated and not (after and not line.strip()):
                found.append(line)
            after = generated
        return found

    def _merged(self, entry: Entry, piece: Piece) -> tuple[list[str], int]:
        """An entry as it is written again, with all text behind it, and how many of the lines are its own."""
        body = Body(entry, piece, self._options)
        lines = body.lines()
        self._disputed += body.disputed
        beyond = body.beyond
        return [*lines, *self._without_generated(entry.lines[beyond:], entry.kinds[beyond:])], len(lines)


def _with_header(found: list[str], earlier: Header | None, fresh: Sequence[str]) -> list[str]:
    """The first lines of a file with the header it has from now on, and its heading where that is reader's."""
    at = next((n for n, line in enumerate(found) if line.startswith("<!-- reader:list ")), None)
    if at is None:
        at = min(len(found), 1)
        found = [*found[:at], "", "", *found[at:]]
        at += 1
    found[at] = fresh[2]
    if at + 1 == len(found) or found[at + 1].strip():
        found.insert(at + 1, "")
    if not found[0].strip() or (earlier is not None and f"{found[0]}\n" == next(head(earlier))):
        found[0] = fresh[0]
    return found


def _without_kept(old: ListFile) -> tuple[ListFile, list[str]]:
    """A file without the lines that were kept at its end before, and these lines."""
    entries: list[Entry] = []
    kept: list[str] = []
    for entry in old.entries:
        at = entry.lines.index(KEPT_HEADING) if KEPT_HEADING in entry.lines else len(entry.lines)
        kept += entry.lines[at + 1 :]
        entries.append(replace(entry, lines=entry.lines[:at], kinds=entry.kinds[:at]))
    at = old.head.index(KEPT_HEADING) if KEPT_HEADING in old.head else len(old.head)
    kept = [*old.head[at + 1 :], *kept]
    while kept and not kept[-1].strip():
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    found = replace(old, entries=tuple(entries), head=old.head[:at], head_kinds=old.head_kinds[:at])
    return found, kept


def _is_moved(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what two sequences have in common stands in another order."""
    ours, theirs = set(before), set(after)
    return [each for each in before if each in theirs] != [each for each in after if each in ours]
