"""What a person changed in a Markdown reading list, taken into the library and back: one step of the journal.

The file remembers what was last written; a value that only one side changed is taken from that side, one that both
changed becomes both (`export.markdown_entry.settled`). What a file merely lacks is never taken for a wish: papers leave
a list only where somebody says so, and a file without its end, which may have been cut off, removes nothing at all.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from reader.errors import UsageError
from reader.export.markdown_entry import NOTE_DISPUTED, TAGS_DISPUTED, both_notes, both_tags, settled, settled_read
from reader.export.markdown_merge import Arrangement, arrange, interleaved
from reader.formats.reading_list import parse, trusted
from reader.formats.reading_list_facts import paper_of
from reader.library.alone import alone
from reader.library.keeping import checked_name
from reader.library.list_files import (
    Confirm,
    Rewritten,
    Selection,
    read_list_file,
    replace_text,
    resolved,
    rewritten_file,
)
from reader.list_file import Entry, Header, ListFile, fingerprint_of_note, fingerprint_of_tags
from reader.paper import Paper, StoredPaper, identifiers, parse_arxiv_id, text_key, title_key
from reader.store import Store
from reader.store.imports import day_number
from reader.store.journal import Recorder
from reader.text import fold
from reader.wording import counted, file_name

_PAGE = 500
_MOST_ROUNDS = 5
"""How often what was written is taken in again, at most: the second time finds nothing but after the wildest edits."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file's entries in the library.

    Attributes:
        title: the reading list, or what else the file lists.
        entries: how many were read.
        added: how many papers are new.
        changed: how many papers that were there changed, or their place did.
        told: what a person should know, in words.
        unread: entries that are no papers: the line of each, why, and its text.
        file: the file, its entries with the keys that their papers have.
        drop: whether entries go whose papers have left the list.
    """

    title: str
    entries: int
    added: int
    changed: int
    told: tuple[str, ...]
    unread: tuple[tuple[int, str, str], ...]
    file: ListFile
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of a library and a file.

    Attributes:
        label: the change of the library for people.
        changed: whether the library changed.
    """

    label: str
    changed: bool
    file: Rewritten


def sync(
    store: Store,
    path: Path,
    *,
    now: datetime,
    origin: str,
    list_name: str | None = None,
    confirm: Confirm | None = None,
) -> Synced:
    """Take what a person changed in a Markdown reading list into the library, and write the file again.

    Args:
        store: the library.
        path: a file that `export` wrote.
        now: the time of the change.
        origin: who is doing it, for the journal.
        list_name: the reading list that it is, where it does not say so itself.
        confirm: asked before papers leave the list, or entries the file; None keeps them and tells of it.

    Raises:
        UsageError: the file is no reading list.
        LibraryError: the library or the file cannot be read or written. The library is changed first, and whole; a
            file that could not be written after that is written by the next `sync`.
    """
    data, old = read_list_file(path)
    if old.header is None:
        raise UsageError(
            f"{path} is no reading list that reader wrote",
            "`reader export -o FILE` writes one; `reader import` reads other files",
        )
    name, renamed = _followed(store, old.header.list_name) if list_name is None else (list_name, ())
    name = name and checked_name(name, "a reading list")
    with alone(store):
        what = old.header.title if name is None else name
        label = f"synchronised {what} with {file_name(str(path))}"
        at = now.isoformat(timespec="seconds")
        with store.journal.recording(kind="sync", label=label, at=at, origin=origin) as step:
            text, told = _agreed(store, step, data.decode(), old, name, now, confirm and cache(confirm))
            changed = step.count > 0
    found = replace_text(path, data, text, told=(*renamed, *told))
    if not changed:
        name = file_name(str(path))
        label = f"{name} brought up to date with {what}" if found.changed else f"{what} and {name} agree"
    return Synced(label, changed, found)


def _agreed(
    store: Store, step: Recorder, text: str, old: ListFile, name: str | None, now: datetime, confirm: Confirm | None
) -> tuple[str, tuple[str, ...]]:
    """A file's changes in the library, and the file as it is then written, with what a person should know.

    What is written may read as more than was written by hand: a line by itself, once a comment above it is moved, is
    an entry. So what was written is taken in again, until nothing changes.
    """
    unread: list[str] | None = None
    told: list[str] = []
    for _ in range(_MOST_ROUNDS):
        taken = take_in(store, step, old, name, now=now, confirm=confirm)
        if unread is None:
            unread = [f"line {line}: {reason}" for line, reason, _ in taken.unread]
        before = text
        text, disputed = rewritten_file(_selection(store, taken, name), taken.file, drop=taken.drop)
        told += (*taken.told, *disputed)
        if text == before:
            break
        old = parse(text)
    return text, tuple(dict.fromkeys((*(unread or ()), *told)))


def import_list(store: Store, old: ListFile, *, name: str, now: datetime, origin: str) -> Taken:
    """Take a Markdown reading list into the library and leave the file as it is; nothing is taken out of any list.

    Only for the holder of the import lock. Raises `LibraryError` when the library cannot be written.
    """
    label, at = f"imported the reading list {name}", now.isoformat(timespec="seconds")
    with store.journal.recording(kind="sync", label=label, at=at, origin=origin) as step:
        list_name, renamed = _followed(store, None if old.header is None else old.header.list_name)
        taken = take_in(store, step, old, list_name, now=now)
        return replace(taken, told=(*renamed, *taken.told))


def _followed(store: Store, name: str | None) -> tuple[str | None, tuple[str, ...]]:
    """What the list that a file names is called in this library by now, and what a person should know of it."""
    found = None if name is None else store.lists.called(name)
    if found is None or name is None or found.name.casefold() == name.casefold():
        return name, ()
    return found.name, (f"the list {name} is called {found.name} now",)


def take_in(
    store: Store, step: Recorder, old: ListFile, name: str | None, *, now: datetime, confirm: Confirm | None = None
) -> Taken:
    """Take a file's ticks, tags, notes, new entries, membership and order into the library, within a step.

    Only for the holder of the import lock. Raises `LibraryError` when the library cannot be written.
    """
    return _Taking(store, step, resolved(store, old), name, now).run(confirm)


def _selection(store: Store, taken: Taken, name: str | None) -> Selection:
    header = taken.file.header or Header(taken.title, name)
    found = None if name is None else store.lists.find(name)
    if found is not None:
        title = found.name if header.title == header.list_name else header.title
        return Selection(store, store.lists.entries(found.id), replace(header, title=title, list_name=found.name))
    known = store.imports.known([entry.key for entry in taken.file.entries if entry.key])
    ids = [known[entry.key] for entry in taken.file.entries if entry.key in known]
    return Selection(store, array("q", dict.fromkeys(ids)), header)


@dataclass(slots=True)
class _Taking:
    """A file while it is taken in."""

    store: Store
    step: Recorder
    old: ListFile
    name: str | None
    now: datetime
    told: list[str] = field(default_factory=list)
    unread: list[tuple[int, str, str]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    added: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)

    def run(self, confirm: Confirm | None) -> Taken:
        """Take all of it in."""
        if not self.old.complete:
            self.told.append("the file does not have its last line: it may be cut off, so nothing is taken out")
        entries = trusted(self.old)
        self.ids = self.store.imports.known([entry.key for entry in entries if entry.key is not None])
        entries = tuple(self._with_paper(entry, place) for place, entry in enumerate(entries, start=1))
        self.old = replace(self.old, entries=(*entries, *self.old.entries[len(entries) :]))
        drop = False
        if self.name is not None:
            drop = self._enlist(self.name, entries, confirm)
        self._annotate([entry for entry in entries if entry.key in self.ids])
        title = self.name or (self.old.header.title if self.old.header else "")
        changed = len(self.changed - self.added)
        return Taken(
            title, len(entries), len(self.added), changed, tuple(self.told), tuple(self.unread), self.old, drop
        )

    def _with_paper(self, entry: Entry, place: int) -> Entry:
        """An entry with the key of its paper, which is made where the library does not have it."""
        if entry.key is not None and entry.key in self.ids:
            return entry
        paper = paper_of(entry)
        id_ = self._found(entry, paper)
        if id_ is None and paper is None:
            self.unread.append((entry.line, "has no title", "\n".join(entry.lines).strip()))
            return entry
        if id_ is None and paper is not None:
            key = entry.key or text_key(paper)
            names = (*identifiers(paper), text_key(paper))
            day = day_number(self.now.date())
            id_ = self.store.edits.add(self.step, key, paper, names, day=day, rank=place)
            self.added.add(id_)
        if id_ is None or id_ in self.ids.values():  # it stands in the file twice: the first one counts
            return entry
        key = self.store.papers.keys([id_])[id_]
        self.ids[key] = id_
        return replace(entry, key=key, written=entry.written if entry.key == key else None)

    def _found(self, entry: Entry, paper: Paper | None) -> int | None:
        """The paper of the library that an entry without a known key tells of."""
        if paper is None:
            arxiv = parse_arxiv_id(entry.url or entry.title)
            names: Sequence[str] = () if arxiv is None else (f"arxiv:{arxiv[0].lower()}",)
        else:
            names = (*identifiers(paper), text_key(paper))
        known = self.store.imports.known(names)
        if known or paper is None or paper.arxiv_id or paper.doi or paper.abstract:
            return next((known[name] for name in names if name in known), None)
        like = self.store.imports.with_titles([title_key(paper.title)])
        found = [id_ for ids in like.values() for id_ in ids]
        return found[0] if len(found) == 1 else None

    def _enlist(self, name: str, entries: Sequence[Entry], confirm: Confirm | None) -> bool:
        """Bring membership and order into the list; whether entries go whose papers have left it."""
        found = self.store.lists.find(name)
        list_id = found.id if found else self.store.lists.make(self.step, name)
        before = list(self.store.lists.entries(list_id))
        keys = self.store.papers.keys(before)
        plan = self._told_apart(list_id, arrange(self.old, [keys[id_] for id_ in before]))
        listed = [(entry, self.ids[entry.key]) for entry in entries if entry.key in self.ids]
        left = set(plan.departed)
        new = [id_ for entry, id_ in listed if id_ not in keys and (found is None or entry.key not in left)]
        self.store.lists.add(self.step, list_id, new, at=self.now.isoformat(timespec="seconds"))
        self.changed.update(new)
        self._take_out(name, list_id, plan, confirm)
        grouped = self.old.header is not None and self.old.header.options.group != "none"
        if found is None or (self.old.complete and not grouped):
            self._rearrange(list_id, plan, [id_ for _, id_ in listed], set(new))
        return self._drops(name, plan, confirm)

    def _told_apart(self, list_id: int, plan: Arrangement) -> Arrangement:
        """A plan whose entries have left this library's list, and were not merely listed by another library."""
        ids = {key: self.ids[key] for key in plan.departed if key in self.ids}
        left = self.store.journal.touched("list_entries", list(ids.values()), list_id=list_id) if ids else set()
        return replace(plan, departed=tuple(key for key, id_ in ids.items() if id_ in left - self.added))

    def _take_out(self, name: str, list_id: int, plan: Arrangement, confirm: Confirm | None) -> None:
        if not plan.removed:
            return
        what = f"{counted(len(plan.removed), 'paper')} of {name} taken out of the file by hand"
        if confirm is None:
            self.told.append(f"{what}; kept in the list, --remove takes them out")
        elif confirm(f"{what}. Take out of the list, too?"):
            gone = list(self.store.imports.known(plan.removed).values())
            self.store.lists.remove(self.step, list_id, gone)
            self.changed.update(gone)

    def _drops(self, name: str, plan: Arrangement, confirm: Confirm | None) -> bool:
        if not plan.departed:
            return False
        what = f"{counted(len(plan.departed), 'paper')} of the file left {name}"
        if confirm is None:
            self.told.append(f"{what}; kept in the file, --remove takes them out")
            return False
        return confirm(f"{what}. Take out of the file, too?")

    def _rearrange(self, list_id: int, plan: Arrangement, mine: Sequence[int], new: set[int]) -> None:
        """Put the list into the file's order where a person changed that, and what is new behind what it follows."""
        before = list(self.store.lists.entries(list_id))
        held = set(before)
        follows = [id_ for id_ in mine if id_ in held]
        if plan.moved or not self.old.papers:
            order = interleaved(follows, before)
        else:
            order = interleaved([id_ for id_ in before if id_ not in new], follows)
        if self.store.lists.arrange(self.step, list_id, order) and plan.moved:
            self.changed.update(order)
        if plan.both_moved:
            self.told.append("the order was changed on both sides: the file's is taken")

    def _annotate(self, entries: Sequence[Entry]) -> None:
        for start in range(0, len(entries), _PAGE):
            page = [(self.ids[entry.key or ""], entry) for entry in entries[start : start + _PAGE]]
            ids = [id_ for id_, _ in page]
            stored = {each.key: each for each in self.store.papers.get(ids)}
            touched = {table: self.store.journal.touched(table, ids) for table in ("marks", "tags", "notes")}
            for id_, entry in page:
                if (found := stored.get(entry.key or "")) is not None:
                    self._annotate_one(id_, entry, found, {name for name, ids in touched.items() if id_ in ids})

    def _annotate_one(self, id_: int, entry: Entry, stored: StoredPaper, touched: set[str]) -> None:
        """Bring tick, tags and note of a paper up to date.

        What the library does not hold and never touched was written by another library: it is new to this one.
        """
        notes, title = self.store.annotations, stored.paper.title
        at = self.now.isoformat(timespec="seconds")
        read = settled_read(entry, stored.read) if "marks" in touched else entry.read or stored.read
        if read != stored.read and notes.mark(self.step, [id_], read=read):
            self.changed.add(id_)
        base = entry.written.tags if entry.written and (stored.tags or "tags" in touched) else 0
        tags, disputed = settled(entry.tags, stored.tags, base, fingerprint_of_tags, both_tags)
        if disputed:
            self.told.append(TAGS_DISPUTED.format(title))
        if self._retag(id_, stored.tags, tags):
            self.changed.add(id_)
        base = entry.written.note if entry.written and (stored.note or "notes" in touched) else 0
        note, disputed = settled(entry.note, stored.note, base, fingerprint_of_note, both_notes)
        if disputed:
            self.told.append(NOTE_DISPUTED.format(title))
        differs = fingerprint_of_note(note) != fingerprint_of_note(stored.note)
        if differs and notes.set_note(self.step, id_, note or None, at=at):
            self.changed.add(id_)

    def _retag(self, id_: int, before: Iterable[str], after: Iterable[str]) -> bool:
        had, has = ({fold(tag): tag for tag in tags} for tags in (before, after))
        notes = self.store.annotations
        changed = [notes.untag(self.step, [id_], tag) for folded, tag in had.items() if folded not in has]
        changed += [notes.tag(self.step, [id_], tag) for folded, tag in has.items() if folded not in had]
        return any(changed)
