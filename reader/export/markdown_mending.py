"""A Markdown reading list that was cut off, without what is left of lines that reader writes anew.

A file that has lost its end may end within any line. What remains of a line of reader's would look like something that
a person wrote, and what is missing like something that a person took out; neither is true.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reader.export.markdown import Piece, entry_lines, head
from reader.list_file import Entry, Header, LineKind, ListFile, closing_begins_with


def mended(old: ListFile, header: Header, pieces: Iterable[Piece]) -> ListFile:
    """A file as its writer would have left it, as far as it goes.

    Args:
        old: a file; one that has its end is given back as it is.
        header: what will be written at its head.
        pieces: of all papers that may stand in it.
    """
    if old.complete:
        return old
    last = (old.entries[-1].lines if old.entries else old.head)[-1:]
    cut = last[0] if last and last[0].strip() else None
    mine = old.entries[-1].key if old.entries else None
    left_over = cut is not None and (
        closing_begins_with(cut) or any(line.startswith(cut) for line in head(old.header or header))
    )
    own: Piece | None = None
    for piece in pieces:
        if piece.stored.key == mine:
            own = piece
        left_over = left_over or (
            cut is not None and any(_begins(line, cut) for line in entry_lines(piece, header.options))
        )
    if left_over:
        old = _without_last_line(old)
    if own is not None and old.entries:
        fresh = [line for line in entry_lines(own, header.options) if line.strip()]
        old = replace(old, entries=(*old.entries[:-1], _own_words(old.entries[-1], fresh)))
    return old


def _begins(line: str, cut: str) -> bool:
    return line.startswith(cut) or line.replace("[ ]", "[x]", 1).startswith(cut)


def _without_last_line(old: ListFile) -> ListFile:
    if not old.entries:
        return replace(old, head=old.head[:-1], head_kinds=old.head_kinds[:-1])
    *entries, last = old.entries
    if len(last.lines) > 1:
        entries.append(replace(last, lines=last.lines[:-1], kinds=last.kinds[:-1]))
    return replace(old, entries=tuple(entries))


def _own_words(entry: Entry, fresh: list[str]) -> Entry:
    """The last entry with no more of reader's lines than its title and marker, so that it is written whole again."""

    def is_readers(line: str, kind: LineKind) -> bool:
        return kind not in {"title", "marker", "blank"} and any(each.startswith(line.rstrip()) for each in fresh)

    kept = [pair for pair in zip(entry.lines, entry.kinds, strict=True) if not is_readers(*pair)]
    kept = [pair for n, pair in enumerate(kept) if pair[1] != "blank" or (n and kept[n - 1][1] != "blank")]
    lines, kinds = tuple(line for line, _ in kept), tuple(kind for _, kind in kept)
    note = entry.note if "note" in kinds else None
    tags = entry.tags if "tags" in kinds else ()
    return replace(entry, lines=lines, kinds=kinds, written=None, note=note, tags=tags)
