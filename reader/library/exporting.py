"""Exporting papers: which ones, in which format, to where."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.errors import NothingFound, UsageError
from reader.export.files import vacant, write
from reader.export.markdown import is_unchanged_export
from reader.export.registry import FORMATS, Format
from reader.library.finding import search
from reader.library.keeping import find_list
from reader.library.list_files import Confirm, Rewritten, Selection, is_of, write_over
from reader.library.list_files import chunks as list_chunks
from reader.library.templates import templated
from reader.library.written_files import WrittenFiles
from reader.list_file import DEFAULT_OPTIONS, Header, MarkdownOptions
from reader.paper import StoredPaper
from reader.store import Store
from reader.text import collapse
from reader.transfer import Carried

if TYPE_CHECKING:  # an extra that not everyone has, and that only templates need
    from reader.export.template import Template

_LONGEST_NAME = 200
"""Bytes of a file's name before its suffix; file systems end at 255."""

Fate = Literal["new", "replaced", "merged", "unknown", "refused"]
"""What becomes of a file: it is made, replaced, written again with what a person changed; it may be anybody's, since
its format does not say who wrote it; or it is not reader's and stays."""


@dataclass(frozen=True, slots=True)
class Export:
    """Papers chosen for an export.

    Attributes:
        title: what they are called.
        chunks: their text, made as it is read.
        selection: the papers, where they become a Markdown reading list.
        left_out: what of the query was not understood, for people.
        written: what remembers the files of formats that do not say who wrote them.
    """

    title: str
    count: int
    format: Format
    chunks: Iterator[str]
    left_out: tuple[str, ...] = ()
    selection: Selection | None = None
    written: WrittenFiles | None = None

    def may_replace(self, path: Path) -> bool:
        """Whether a file is as reader wrote it, as far as that is known."""
        return self.format.may_replace(path) or (self.written is not None and self.written.know(path))


def export(
    store: Store,
    *,
    format_name: str = "markdown",
    list_name: str | None = None,
    query: str | None = None,
    papers: Sequence[int] | None = None,
    everything: bool = False,
    options: MarkdownOptions = DEFAULT_OPTIONS,
    template: Template | None = None,
) -> Export:
    """Choose papers: a reading list, "Bookmarks" by default, in its order; or a query's; or some; or everything.

    A template stands in place of a format.

    Args:
        store: the library.
        format_name: one of `export.registry`.
        list_name: a reading list.
        query: what `reader search` takes.
        papers: the ids of a selection.
        everything: all papers.
        options: what Markdown shows.
        template: renders the papers instead.

    Raises:
        NothingFound: there is no such list, or nothing of the query is understood.
        UsageError: there is no such format.
        LibraryError: the library cannot be read, also while the text is made.
    """
    if format_name not in FORMATS:
        raise UsageError(f"there is no export format {format_name!r}", "choose one of " + ", ".join(FORMATS))
    title, ids, left_out = _chosen(store, list_name, query, papers, everything=everything)
    if template is not None:
        form = Format("template", Path(template.name).suffix or ".txt", template.render)
        return Export(title, len(ids), form, templated(store, ids, template, title), left_out)
    form = FORMATS[format_name]
    if form.name == "markdown":
        is_list = papers is None and query is None and not everything
        selection = Selection(store, ids, Header(title, title if is_list else None, options))
        return Export(title, len(ids), form, list_chunks(selection), left_out, selection)
    if form.render_library is not None:
        chunks = form.render_library(_carried(store, ids, whole=everything))
    else:
        chunks = form.render(_papers(store, ids), title=title)
    return Export(title, len(ids), form, chunks, left_out)


def with_options(chosen: Export, options: MarkdownOptions) -> Export:
    """The same export, showing that where it is a Markdown reading list."""
    if chosen.selection is None:
        return chosen
    selection = replace(chosen.selection, header=replace(chosen.selection.header, options=options))
    return replace(chosen, chunks=list_chunks(selection), selection=selection)


def remembered_by(chosen: Export, record: Path) -> Export:
    """The same export; what it writes, and what was written before, is known by a record in that file."""
    return chosen if chosen.format.knows_its_files else replace(chosen, written=WrittenFiles(record))


def export_to_file(
    chosen: Export, path: Path, *, force: bool = False, confirm: Confirm | None = None, make_folder: bool = False
) -> Rewritten:
    """Write an export whole or not at all, over no file but one that reader wrote.

    A Markdown reading list that was changed by hand is written again with the changes (`list_files`); any other file
    must be as reader wrote it, which formats that do not say so know by a record alone (`remembered_by`).

    Args:
        chosen: what to write; it is used up.
        path: where to.
        force: replace whatever file is there.
        confirm: asked before entries go whose papers have left the list, and before anything is written.
        make_folder: make the folder where it is missing.

    Raises:
        LibraryError: the file is not reader's, or cannot be written; then it is as it was.
    """
    if chosen.selection is not None and not force and path.is_file() and not is_unchanged_export(path):
        return write_over(chosen.selection, path, confirm=confirm)
    may_replace = (lambda _: True) if force else chosen.may_replace
    write(path, chosen.chunks, may_replace=may_replace, make_folder=make_folder)
    if chosen.written is not None:
        chosen.written.remember(path)
    return Rewritten(changed=True)


def file_in(chosen: Export, folder: Path) -> Path:
    """The file of a folder, which may be missing, that an export is written to.

    It is named by the title, with a number behind it where a file that is not reader's has that name. Raises
    `LibraryError` when the folder cannot be looked into.
    """

    def ours(path: Path) -> bool:
        return fate_of(chosen, path) in ("replaced", "merged")

    return vacant(folder / (_file_name(chosen.title) + chosen.format.suffix), may_replace=ours)


def fate_of(chosen: Export, path: Path) -> Fate:
    """What writing an export would do to what is at a path now."""
    try:
        if not path.exists() and not path.is_symlink():
            return "new"
        if not path.is_file():
            return "refused"
    except OSError:
        return "refused"
    if chosen.may_replace(path):
        return "replaced"
    if chosen.selection is not None and is_of(path, chosen.selection):
        return "merged"
    return "refused" if chosen.format.knows_its_files else "unknown"


def _chosen(
    store: Store, list_name: str | None, query: str | None, papers: Sequence[int] | None, *, everything: bool
) -> tuple[str, array[int], tuple[str, ...]]:
    if papers is not None:
        return "Selection", array("q", papers), ()
    if everything:
        return "All papers", store.papers.ids(), ()
    if query is not None:
        results = search(store, query)
        if results.everything and results.problems:  # all papers are hardly what was meant
            raise NothingFound(f"nothing of the query is understood: {results.left_out_in_words[0]}", "mend the query")
        return f"Search: {collapse(query)}", results.ids, results.left_out_in_words
    found = find_list(store, list_name)
    return found.name, store.lists.entries(found.id), ()


def _papers(store: Store, ids: array[int]) -> Iterator[StoredPaper]:
    with store.database.snapshot():
        yield from store.papers.stream(ids)


def _carried(store: Store, ids: array[int], *, whole: bool) -> Iterator[Carried]:
    with store.database.snapshot():
        yield from store.outgoing.carried(ids, whole=whole)


def _file_name(title: str) -> str:
    """A title as the name of a file on every platform: letters, digits, spaces, dots and dashes."""
    plain = re.sub(r"[^\w .-]+", "-", title).strip(" .-")[:80]
    return plain.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip(" .-") or "papers"
