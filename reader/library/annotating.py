"""What a user makes of papers: tags, notes, marks and saved searches. Each change is one step of the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from reader.errors import NothingFound, UsageError
from reader.library.keeping import checked_name, label_of
from reader.store import Store
from reader.store.annotations import joined_note
from reader.store.journal import Recorder
from reader.store.saved_searches import SavedSearch
from reader.text import as_note, collapse

LONGEST_NOTE = 100_000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What became of it.

    Attributes:
        label: the change for people: "tagged vision: A title".
        changed: how many papers or searches changed.
        papers: the papers that changed, in the order given.
    """

    label: str
    changed: int
    papers: tuple[int, ...] = field(default=(), compare=False)


def tag(store: Store, papers: Sequence[int], name: str, *, now: datetime, origin: str) -> Annotation:
    """Give papers a tag; a tag that other papers have keeps its spelling.

    Raises:
        UsageError: it is no name for a tag.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    checked = checked_name(name, "a tag")
    done, idle = (label_of(f"{what} {checked}", store, papers) for what in ("tagged", "already tagged"))
    return _annotate(store, papers, done, idle, lambda step: store.annotations.tag(step, papers, checked), now, origin)


def untag(store: Store, papers: Sequence[int], name: str, *, now: datetime, origin: str) -> Annotation:
    """Take a tag from papers. Raises `LibraryError` when the library cannot be written."""
    known = collapse(name)
    done, idle = (label_of(f"{what} {known}", store, papers) for what in ("no longer tagged", "not tagged"))
    return _annotate(store, papers, done, idle, lambda step: store.annotations.untag(step, papers, known), now, origin)


def retag(
    store: Store,
    papers: Sequence[int],
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    now: datetime,
    origin: str,
) -> Annotation:
    """Give papers some tags and take others from them, as one step.

    Raises:
        UsageError: one that is to be given is no name for a tag.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    given = [checked_name(name, "a tag") for name in add]
    taken = [collapse(name) for name in remove]
    parts = [f"{what} {', '.join(names)}" for what, names in (("tagged", given), ("no longer tagged", taken)) if names]
    done, idle = (label_of(what, store, papers) for what in ("; ".join(parts), "the same tags as before"))

    def change(step: Recorder) -> set[int]:
        tagged = [store.annotations.tag(step, papers, name) for name in given]
        return set().union(*tagged, *(store.annotations.untag(step, papers, name) for name in taken))

    return _annotate(store, papers, done, idle, change, now, origin)


def set_note(store: Store, paper: int, text: str, *, now: datetime, origin: str) -> Annotation:
    """Write a note on a paper instead of the one there was; an empty one takes it away. Raises as `set_notes` does."""
    return set_notes(store, [paper], text, now=now, origin=origin)


def set_notes(store: Store, papers: Sequence[int], text: str, *, now: datetime, origin: str) -> Annotation:
    """Write the same note on papers instead of those there were; an empty one takes them away.

    Raises:
        UsageError: the note is longer than `LONGEST_NOTE`.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    note = as_note(text)
    _check_length(note)
    done = label_of("note removed" if note is None else "note written", store, papers)
    idle = label_of("no note" if note is None else "the note is the same", store, papers)
    at = now.isoformat(timespec="seconds")

    def write(step: Recorder) -> set[int]:
        return {paper for paper in papers if store.annotations.set_note(step, paper, note, at=at)}

    return _annotate(store, papers, done, idle, write, now, origin)


def add_note(store: Store, papers: Sequence[int], text: str, *, now: datetime, origin: str) -> Annotation:
    """Write the same note on papers, below the notes that are there.

    Raises:
        UsageError: a note would be longer than `LONGEST_NOTE`.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    added = as_note(text)
    at = now.isoformat(timespec="seconds")
    done, idle = (label_of(what, store, papers) for what in ("note added", "no note added"))

    def change(step: Recorder) -> int:
        changed = 0
        for paper in dict.fromkeys(papers) if added is not None else ():
            note = joined_note(store.annotations.note(paper), added or "")
            _check_length(note)
            changed += store.annotations.set_note(step, paper, note, at=at)
        return changed

    return in_one_step(store, done, idle, change, now, origin)


def _check_length(note: str | None) -> None:
    if note is not None and len(note) > LONGEST_NOTE:
        raise UsageError(f"a note has at most {LONGEST_NOTE:,} characters, and this one {len(note):,}", "shorten it")


def toggle_read(store: Store, papers: Sequence[int], *, now: datetime, origin: str) -> Annotation:
    """Mark papers as read, or, when all of them are, as not read. Raises as `mark_read` does."""
    marks = store.annotations.marks(papers)
    read = all(marks.get(paper, (False, False))[0] for paper in papers)
    return (mark_unread if read else mark_read)(store, papers, now=now, origin=origin)


def toggle_dismissed(store: Store, papers: Sequence[int], *, now: datetime, origin: str) -> Annotation:
    """Dismiss papers, or, when all of them are dismissed, bring them back. Raises as `dismiss` does."""
    marks = store.annotations.marks(papers)
    gone = all(marks.get(paper, (False, False))[1] for paper in papers)
    return (restore if gone else dismiss)(store, papers, now=now, origin=origin)


def mark_read(store: Store, papers: Sequence[int], *, now: datetime, origin: str) -> Annotation:
    """Mark papers as read. Raises `LibraryError` when the library cannot be written."""
    return _mark(store, papers, "read", now, origin, read=True)


def mark_unread(store: Store, papers: Sequence[int], *, now: datetime, origin: str) -> Annotation:
    """Mark papers as not read. Raises `LibraryError` when the library cannot be written."""
    return _mark(store, papers, "unread", now, origin, read=False)


def dismiss(store: Store, papers: Sequence[int], *, now: datetime, origin: str) -> Annotation:
    """Put papers out of sight, without removing them. Raises `LibraryError` when the library cannot be written."""
    return _mark(store, papers, "dismissed", now, origin, dismissed=True)


def restore(store: Store, papers: Sequence[int], *, now: datetime, origin: str) -> Annotation:
    """Bring dismissed papers back into sight. Raises `LibraryError` when the library cannot be written."""
    return _mark(store, papers, "restored", now, origin, dismissed=False)


def save_search(store: Store, name: str, query: str, *, now: datetime, origin: str) -> Annotation:
    """Keep a query under a name, instead of the one kept there.

    Raises:
        UsageError: the name is no name, or the query as in `checked_query`.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    checked, wanted = checked_name(name, "a saved search"), checked_query(query)
    done, idle = (f"{what} {checked}: {wanted}" for what in ("saved the search", "already saved as"))
    return in_one_step(store, done, idle, lambda step: store.searches.save(step, checked, wanted), now, origin)


def checked_query(query: str) -> str:
    """A query as it is saved. Raises `UsageError` where it is empty, or a part of it can never be understood."""
    wanted = collapse(query.encode(errors="replace").decode())
    if not wanted:
        raise UsageError("an empty query finds everything and need not be saved", "type what to look for")
    from reader.search.parsing import parse  # only who saves a search pays for it

    for problem in parse(wanted).problems:
        part = wanted[problem.start : problem.end]
        raise UsageError(f"{part!r} in the query is not understood: {problem.message}", "mend it, or leave it out")
    return wanted


def rename_search(store: Store, name: str, new_name: str, *, now: datetime, origin: str) -> Annotation:
    """Give a saved search another name.

    Raises:
        NothingFound: there is none of that name.
        UsageError: the new name is no name, or taken.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    found = find_search(store, name)
    checked = checked_name(new_name, "a saved search")
    taken = store.searches.find(checked)
    if taken is not None and taken.id != found.id:
        raise UsageError(f"there is a saved search {taken.name!r} already", "choose another name, or forget that one")
    label = f"renamed the search {found.name} to {checked}"

    def rename(step: Recorder) -> bool:
        store.searches.rename(step, found.id, checked)
        return checked != found.name

    return in_one_step(store, label, f"the search is called {checked} already", rename, now, origin)


def forget_search(store: Store, name: str, *, now: datetime, origin: str) -> Annotation:
    """Forget a saved search.

    Raises:
        NothingFound: there is none of that name.
        LibraryError: the library cannot be written; then nothing was changed.
    """
    found = find_search(store, name)
    label = f"forgot the search {found.name}"

    def forget(step: Recorder) -> bool:
        store.searches.forget(step, found.id)
        return True

    return in_one_step(store, label, label, forget, now, origin)


def find_search(store: Store, name: str) -> SavedSearch:
    """The saved search of that name, whatever the case of its letters. Raises `NothingFound` where there is none."""
    found = store.searches.find(collapse(name))
    if found is None:
        names = ", ".join(known.name for known in store.searches.all())
        raise NothingFound(
            f"there is no saved search {name!r}", f"there are: {names}" if names else "none is saved yet"
        )
    return found


def _mark(
    store: Store,
    papers: Sequence[int],
    what: str,
    now: datetime,
    origin: str,
    *,
    read: bool | None = None,
    dismissed: bool | None = None,
) -> Annotation:
    done, idle = (label_of(words, store, papers) for words in (what, f"already {what}"))

    def mark(step: Recorder) -> set[int]:
        return store.annotations.mark(step, papers, read=read, dismissed=dismissed)

    return _annotate(store, papers, done, idle, mark, now, origin)


def _annotate(
    store: Store,
    papers: Sequence[int],
    done: str,
    idle: str,
    change: Callable[[Recorder], set[int]],
    now: datetime,
    origin: str,
) -> Annotation:
    """As `in_one_step`, for a change of papers that tells which of them it changed."""
    changed: set[int] = set()

    def remember(step: Recorder) -> int:
        changed.update(change(step))
        return len(changed)

    annotation = in_one_step(store, done, idle, remember, now, origin)
    return replace(annotation, papers=tuple(paper for paper in papers if paper in changed))


def in_one_step(
    store: Store,
    done: str,
    idle: str,
    change: Callable[[Recorder], int],
    now: datetime,
    origin: str,
    *,
    kind: str = "annotate",
) -> Annotation:
    """Make one change as one step, with one label where it changed something and another where not."""
    at = now.isoformat(timespec="seconds")
    with store.journal.recording(kind=kind, label=done, at=at, origin=origin) as step:
        changed = int(change(step))
    return Annotation(done if changed else idle, changed)
