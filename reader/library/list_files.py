"""Markdown reading lists as files: written as they are read, or over one that a person changed.

What always holds: a file that nobody changed is replaced, one that a person changed is merged with (`markdown_merge`),
and before that is kept as it was beside itself, once. A file that is no reading list, or another one, is never touched.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader.errors import LibraryError
from reader.export.files import write
from reader.export.markdown import Piece, group_of, is_unchanged_export, pieces, render
from reader.export.markdown_mending import mended
from reader.export.markdown_merge import Arrangement, Merged, arrange, merge
from reader.formats.reading_list import parse
from reader.list_file import DEFAULT_OPTIONS, Header, ListFile, MarkdownOptions, named
from reader.paper import StoredPaper
from reader.store import Store
from reader.text import visible
from reader.wording import counted

LARGEST = 64 * 2**20
"""Bytes of the largest file that is merged with."""
_HEAD = 1 << 16
"""Characters of a file that its header lies in, whatever a person wrote above it."""
_PAGE = 500

Confirm = Callable[[str], bool]
"""Asks a person a question that can be answered with yes or no."""

Table = tuple[tuple[str, str, str], ...]
"""Group, title and key of each paper, for a table of contents."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Papers that become a Markdown reading list.

    Attributes:
        ids: in the order of the list; grouping may move them.
    """

    store: Store
    ids: array[int]
    header: Header


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of a file.

    Attributes:
        changed: whether its bytes are other ones now.
        told: what a person should know, in words.
        backup: the file as it was, where it was kept just now.
    """

    changed: bool
    told: tuple[str, ...] = ()
    backup: Path | None = None


def chunks(selection: Selection) -> Iterator[str]:
    """The document, as it is read; memory stays flat but for what a table of contents holds."""
    with selection.store.database.snapshot():
        ids, table = _arranged(selection)
        header = selection.header
        papers = selection.store.papers.stream(ids)
        yield from render(papers, title=header.title, options=header.options, list_name=header.list_name, table=table)


def is_of(path: Path, selection: Selection) -> bool:
    """Whether a file is a reading list, with or without changes by hand, of those papers."""
    found = _header_of(path)
    return found is not None and _same(found, selection)


def options_of(path: Path | None) -> MarkdownOptions:
    """What a reading list shows that was written before; what is shown by default where there is none."""
    found = None if path is None else _header_of(path)
    return DEFAULT_OPTIONS if found is None else found.options


def _header_of(path: Path) -> Header | None:
    try:
        if not path.is_file():
            return None
        with path.open(encoding="utf-8", errors="replace") as file:
            return parse(file.read(_HEAD)).header
    except (OSError, ValueError):
        return None


def read_list_file(path: Path) -> tuple[bytes, ListFile]:
    """The bytes of a file, and what they say.

    Raises:
        LibraryError: it cannot be read, is too large, or no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise LibraryError(f"{_shown(path)} cannot be read: {why}", "name another file") from error
    if len(data) > LARGEST:
        raise LibraryError(f"{_shown(path)} is larger than {LARGEST >> 20} MiB", "--force replaces it")
    try:
        return data, parse(data.decode())
    except UnicodeDecodeError as error:
        raise LibraryError(f"{_shown(path)} is no text in UTF-8", "save it as UTF-8, or --force replaces it") from error


def write_over(selection: Selection, path: Path, *, confirm: Confirm | None = None) -> Rewritten:
    """Write a reading list over a file of the same list that a person may have changed.

    Args:
        selection: what to write.
        path: a file that is there.
        confirm: asked whether entries go whose papers have left the list; None keeps them and tells of it.

    Raises:
        LibraryError: the file is no such reading list, or cannot be read or written; then it is as it was.
    """
    data, found, told = merged_over(selection, path, confirm=confirm)
    return replace_text(path, data, found.text, told=(*told, *found.disputed, *_told_of_kept(found.kept)))


def merged_over(
    selection: Selection, path: Path, *, confirm: Confirm | None = None
) -> tuple[bytes, Merged, tuple[str, ...]]:
    """What `write_over` finds in a file, what it writes, and what it tells of the plan. Raises as it does."""
    data, old = read_list_file(path)
    _require_same(old, selection, path)
    with selection.store.database.snapshot():
        ids, table = _arranged(selection)
        old = _mended(selection, resolved(selection.store, old))
        keys = _keys(selection.store, ids)
        plan = arrange(old, keys)
        told = list(_told_of(plan, selection.header.title))
        if plan.departed and confirm is not None and confirm(told.pop(0).partition(";")[0] + ". Take them out?"):
            plan = arrange(old, keys, drop=True)
        return data, rewritten(selection, old, plan, keys, table), tuple(told)


def rewritten_file(selection: Selection, old: ListFile, *, drop: bool) -> tuple[str, tuple[str, ...]]:
    """A file written again after its changes were taken into the library, and what a person should know."""
    with selection.store.database.snapshot():
        ids, table = _arranged(selection)
        keys = _keys(selection.store, ids)
        old = _mended(selection, old)
        found = rewritten(selection, old, arrange(old, keys, drop=drop), keys, table)
    return found.text, (*found.disputed, *_told_of_kept(found.kept))


def replace_text(path: Path, data: bytes, text: str, *, told: Sequence[str] = ()) -> Rewritten:
    """Replace a file that still holds those bytes, after keeping it as it was beside itself, once.

    Raises:
        LibraryError: it was changed meanwhile, or cannot be written.
    """
    encoded = text.encode(errors="replace")
    if encoded == data:
        return Rewritten(changed=False, told=tuple(told))
    backup = None
    if not is_unchanged_export(path):
        beside = path.with_name(f"{path.name}.bak")
        if not beside.exists() and not beside.is_symlink():
            backup = beside
            write(backup, [data.decode()], may_replace=lambda _: False)
    write(path, [text], may_replace=lambda target: target.read_bytes() == data)
    return Rewritten(True, tuple(told), backup)


def resolved(store: Store, old: ListFile) -> ListFile:
    """A file with the keys that its papers have in this library: those of papers that were merged lead on."""
    wanted = [entry.key for entry in old.entries if entry.key is not None]
    ids = store.imports.known(wanted)
    keys = _keys_by_id(store, list(ids.values()))
    present = set(wanted)
    others = {key: keys[id_] for key, id_ in ids.items() if (lead := keys.get(id_, key)) != key and lead not in present}
    if not others:
        return old
    names = {named(key): named(other) for key, other in others.items()}
    entries = tuple(replace(entry, key=others.get(entry.key or "", entry.key)) for entry in old.entries)
    return replace(old, entries=entries, papers=tuple(dict.fromkeys(names.get(name, name) for name in old.papers)))


def _require_same(old: ListFile, selection: Selection, path: Path) -> None:
    """Raise `LibraryError` unless a file is a reading list of those papers."""
    if old.header is None:
        raise LibraryError(
            f"{_shown(path)} exists and was not written by reader", "--force replaces it, or name another file"
        )
    if not _same(old.header, selection):
        raise LibraryError(
            f"{_shown(path)} was changed by hand, and lists {visible(old.header.title)}",
            "--force replaces it, or name another file",
        )


def rewritten(selection: Selection, old: ListFile, plan: Arrangement, keys: Sequence[str], table: Table) -> Merged:
    """A file written again, its papers read as they are needed."""
    return merge(old, selection.header, plan, keys, _pieces(selection, plan.keys), table)


def _mended(selection: Selection, old: ListFile) -> ListFile:
    if old.complete:
        return old
    papers = selection.store.papers.stream(selection.ids)
    return mended(old, selection.header, (pieces(stored, selection.header.options) for stored in papers))


def _pieces(selection: Selection, keys: Sequence[str]) -> Iterator[tuple[str, Piece | None]]:
    store, options = selection.store, selection.header.options
    ids = store.imports.known(keys)
    for start in range(0, len(keys), _PAGE):
        page = keys[start : start + _PAGE]
        found = {stored.key: stored for stored in store.papers.stream([ids[key] for key in page if key in ids])}
        for key in page:
            yield key, pieces(found[key], options) if key in found else None


def _arranged(selection: Selection) -> tuple[array[int], Table]:
    """The ids in the order in which they are written, and what the table of contents shows."""
    options = selection.header.options
    if options.group == "none" and not options.contents:
        return selection.ids, ()
    seen: list[tuple[str, int, tuple[str, str]]] = []
    for id_, stored in _numbered(selection.store, selection.ids):
        seen.append((group_of(stored, options.group), id_, (stored.paper.title, stored.key)))
    groups = list(dict.fromkeys(group for group, _, _ in seen))
    if options.group == "year":
        groups.sort(reverse=True, key=lambda name: int(name) if name.isdecimal() else -1)
    elif options.group != "none":
        groups.sort(key=lambda name: (name.startswith("No "), name.casefold() if options.group == "tag" else ""))
    place = {name: number for number, name in enumerate(groups)}
    seen.sort(key=lambda each: place[each[0]])
    return array("q", [id_ for _, id_, _ in seen]), tuple((group, *shown) for group, _, shown in seen)


def _numbered(store: Store, ids: Sequence[int]) -> Iterator[tuple[int, StoredPaper]]:
    for start in range(0, len(ids), _PAGE):
        page = ids[start : start + _PAGE]
        numbers = {key: id_ for id_, key in _keys_by_id(store, page).items()}
        for stored in store.papers.stream(page):
            yield numbers[stored.key], stored


def _keys(store: Store, ids: Sequence[int]) -> list[str]:
    known = _keys_by_id(store, ids)
    return [known[id_] for id_ in ids if id_ in known]


def _keys_by_id(store: Store, ids: Iterable[int]) -> dict[int, str]:
    return store.papers.keys(list(ids))


def _same(found: Header, selection: Selection) -> bool:
    """Whether a header is that of those papers, or that of their list when it had another name."""
    header = selection.header
    if found.list_name is None or header.list_name is None:
        return (found.list_name, found.title) == (header.list_name, header.title)
    called = selection.store.lists.called(found.list_name)
    return (found.list_name if called is None else called.name).casefold() == header.list_name.casefold()


def _told_of(plan: Arrangement, title: str) -> Iterator[str]:
    if plan.departed:
        yield f"{counted(len(plan.departed), 'paper')} of the file left {title}; kept there, --remove takes them out"
    if plan.removed:
        yield f"{counted(len(plan.removed), 'paper')} of {title} stay out of the file, as a person took them out of it"
    if plan.both_moved:
        yield "the order was changed on both sides: the file keeps its own"


def _told_of_kept(lines: int) -> Iterator[str]:
    if lines:
        yield f"{counted(lines, 'line')} written by hand had no place any more, and stand at the end of the file"


def _shown(path: Path) -> str:
    return visible(str(path))
