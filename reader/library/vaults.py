"""Papers as notes of an Obsidian vault: one a paper, and one that lists them.

What always holds: a note is known by the key in its properties, wherever in the folder it lies and whatever it is
called, so that a person may rename and move it. No file is touched that has no such key, and none outside the folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reader.errors import LibraryError, UsageError
from reader.export.files import remove_leftovers, write
from reader.export.obsidian import list_note, note_name, owner, paper_note, written
from reader.library.list_files import Selection
from reader.paper import StoredPaper
from reader.text import visible

_START = 1 << 14
"""Characters of a note that its properties lie in."""
_SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class VaultWritten:
    """What became of a folder of notes.

    Attributes:
        notes: how many papers have a note there.
        changed: how many notes are new or other ones than before.
        told: what a person should know, in words.
    """

    notes: int
    changed: int
    told: tuple[str, ...]


def export_to_vault(selection: Selection, folder: Path) -> VaultWritten:
    """Write a note a paper, and one for the list, into a folder, made where it is missing.

    Raises:
        UsageError: it is no folder.
        LibraryError: the library cannot be read, or a note not be written; those before it are.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{visible(str(folder))} is no folder", "name the folder of a vault, or one in it")
    vault = _Vault(folder)
    vault.look()
    entries: list[tuple[str, bool]] = []
    title = selection.header.title
    place = vault.place_of((True, title), note_name(title, "list"))
    with selection.store.database.snapshot():
        for stored in selection.store.papers.stream(selection.ids):
            path = vault.place_of((False, stored.key), note_name(stored.paper.title, stored.key), key=stored.key)
            entries.append((path.stem, stored.read))
            vault.write(path, paper_note(stored, selection.header.options, vault.lists_of(stored)))
    vault.write(place, list_note(title, entries))
    remove_leftovers(folder)
    return VaultWritten(len(entries), vault.changed, tuple(vault.told))


def first_note(selection: Selection) -> str:
    """The note of the first paper as it would be new; nothing where there is no paper. Raises as the export does."""
    with selection.store.database.snapshot():
        for stored in selection.store.papers.stream(selection.ids[:1]):
            lists = [note_name(name, "list") for name in stored.lists]
            return written(paper_note(stored, selection.header.options, lists), None)
    return ""


@dataclass(slots=True)
class _Vault:
    """The notes of a folder."""

    folder: Path
    known: dict[tuple[bool, str], Path] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    changed: int = 0
    told: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Find the notes that were written before, and all names that are taken."""
        for path in self._files():
            self.taken.add(path.stem.casefold())
            try:
                with path.open("rb") as file:
                    found = owner(
                        file.read(_START).decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")
                    )
            except OSError:
                continue
            if found is not None:
                self.known.setdefault(found, path)

    def _files(self) -> Iterator[Path]:
        for parent, folders, names in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = Path(parent, name)
                if name.endswith(_SUFFIX) and path.is_file() and not path.is_symlink():
                    yield path
                else:
                    self.taken.add(path.stem.casefold())
            self.taken.update(name.casefold().removesuffix(_SUFFIX) for name in folders)

    def place_of(self, whose: tuple[bool, str], name: str, *, key: str = "list") -> Path:
        """Where a note is, or where a new one goes: no two names differ by the case of their letters alone."""
        if whose not in self.known:
            names = (name, f"{name} ({key[:6]})", f"{name} ({key})", *(f"{name} ({key} {n})" for n in range(2, 100)))
            free = next((each for each in names if each.casefold() not in self.taken), None)
            if free is None:
                raise LibraryError(f"there is no name left for {visible(name)}", "name another folder")
            self.taken.add(free.casefold())
            self.known[whose] = self.folder / f"{free}{_SUFFIX}"
        return self.known[whose]

    def lists_of(self, stored: StoredPaper) -> list[str]:
        """The names of the notes of a paper's lists, those that are not there yet as they would be called."""
        return [
            self.known[True, name].stem if (True, name) in self.known else note_name(name, "list")
            for name in stored.lists
        ]

    def write(self, path: Path, above: list[str]) -> None:
        """Write a note unless it is the same already."""
        try:
            data = path.read_bytes() if path.is_file() else None
            old = None if data is None else data.decode()
        except UnicodeDecodeError:
            self.told.append(f"{visible(str(path))} is no text in UTF-8, and was left alone")
            return
        except OSError as error:
            raise LibraryError(f"{visible(str(path))} cannot be read: {error.strerror}", "check the folder") from error
        text = written(above, old)
        if text.encode() != data:
            write(
                path, [text], may_replace=lambda target: target.read_bytes() == data, make_folder=True, tidy=False
            )  # the folder is tidied once
            self.changed += 1
