"""A look at what an export would write, and where, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import GeneratorType

from reader.errors import UsageError
from reader.library.exporting import Export, Fate, fate_of
from reader.library.list_files import merged_over
from reader.library.vaults import first_note
from reader.list_file import DEFAULT_OPTIONS, MarkdownOptions

LINES = 100
"""Lines that are shown."""
_LONGEST = 2_000
"""Characters of a line that are shown."""


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What would be written.

    Attributes:
        title: what the papers are called.
        count: how many they are.
        left_out: what of a query was not understood, for people.
        options: what is shown, where it is a Markdown reading list.
        path: the file, or the folder of notes.
        fate: what becomes of what is there.
        has_folder: whether the folder that it lies in is there.
        lines: the first ones, of which a long one is cut.
        whole: whether these are all.
    """

    title: str
    count: int
    left_out: tuple[str, ...]
    options: MarkdownOptions
    path: Path
    fate: Fate
    has_folder: bool
    lines: tuple[str, ...]
    whole: bool


def preview_export(chosen: Export, path: Path) -> ExportPreview:
    """Look at the beginning of what would stand in a file, with a person's changes to it; the export is used up.

    Raises as `export` does, and where a file with changes cannot be read.
    """
    fate = fate_of(chosen, path)
    text = chosen.chunks
    if fate == "merged" and chosen.selection is not None:
        text = iter(merged_over(chosen.selection, path)[1].text.splitlines(keepends=True))
    lines, whole = _beginning(text)
    options = DEFAULT_OPTIONS if chosen.selection is None else chosen.selection.header.options
    return ExportPreview(
        chosen.title, chosen.count, chosen.left_out, options, path, fate, path.parent.is_dir(), lines, whole,
    )  # fmt: skip


def preview_vault(chosen: Export, folder: Path) -> ExportPreview:
    """Look at the first note of a vault, and at its folder. Raises as `export` does."""
    if chosen.selection is None:
        raise UsageError(f"{chosen.format.name} has no notes", "choose Markdown")
    lines = first_note(chosen.selection).splitlines()
    fate: Fate = "merged" if folder.is_dir() else "refused" if folder.exists() else "new"
    return ExportPreview(
        chosen.title, chosen.count, chosen.left_out, chosen.selection.header.options, folder, fate,
        folder.parent.is_dir(), tuple(line[:_LONGEST] for line in lines[:LINES]), chosen.count <= 1,
    )  # fmt: skip


def _beginning(chunks: Iterator[str]) -> tuple[tuple[str, ...], bool]:
    """The first lines, and whether they are all; what is left is never made."""
    found, whole = "", True
    with closing(chunks) if isinstance(chunks, GeneratorType) else nullcontext():
        for chunk in chunks:
            found += chunk
            if found.count("\n") > LINES or len(found) > LINES * _LONGEST:
                whole = False
                break
    lines = found.splitlines()
    return tuple(line[:_LONGEST] for line in lines[:LINES]), whole and len(lines) <= LINES
