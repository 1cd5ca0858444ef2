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
    entry = old.entries[-1] if old.entries else None
    cut = (entry.lines if entry else old.head)[-1:]
    tail = [
        line for line in (cut[0] if cut else "", entry.lines[0] if entry and entry.key is None else "") if line.strip()
    ]
    readers = {line for line in tail if closing_begins_with(line) or _begins(head(old.header or header), line)}
    own: Piece | None = None
    for piece in pieces:
        own = piece if entry is not None and piece.stored.key == entry.key else own
        readers.update(
            line for line in tail if line not in readers and _begins(entry_lines(piece, header.options), line)
        )
    if cut and cut[0] in readers:
        old = _without_last_line(old)
    if entry is not None and entry.key is None and entry.lines[0] in readers and len(entry.lines) <= 2:
        return replace(old, entries=old.entries[: len(old.entries) - (len(entry.lines) == 2)])
    if own is not None and old.entries and old.entries[-1].key == own.stored.key:  # more than its last line is left
        fresh = [line for line in entry_lines(own, header.options) if line.strip()]
        old = replace(old, entries=(*old.entries[:-1], _own_words(old.entries[-1], fresh)))
    return old


def _begins(fresh: Iterable[str], cut: str) -> bool:
    """Whether one of reader's lines begins so, whether or not its box is ticked."""
    return any(line.startswith(cut) or line.replace("[ ]", "[x]", 1).startswith(cut) for line in fresh)


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
