"""How a library is: what it holds, whether it is sound, and what can be mended or saved where it is not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reader.errors import DamagedLibrary, NothingFound
from reader.export.files import vacant, write
from reader.export.jsonl import render_library
from reader.library.alone import alone
from reader.library.backing_up import backups, is_library_file
from reader.store import Store
from reader.store.database import backup_folder
from reader.store.papers import Counts
from reader.store.salvage import salvage
from reader.wording import counted

LOW_SPACE = 200 * 1024 * 1024
"""Bytes of free disk below which the doctor advises to make room."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much a library holds, and where.

    Attributes:
        size: of the library's file, in bytes; 0 where there is none yet.
    """

    path: str
    size: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at.

    Attributes:
        sound: False means that something stored is damaged.
        advice: what to do, or "" where nothing needs doing.
    """

    name: str
    sound: bool
    detail: str
    advice: str = ""


def statistics(store: Store, path: Path) -> Statistics:
    """Count what a library holds. Raises `LibraryError` when it cannot be read."""
    return Statistics(str(path), path.stat().st_size if path.exists() else 0, store.papers.counts())


def examine(store: Store, path: Path) -> list[Finding]:
    """Look a library over. Damage that can be named is a finding; raises `LibraryError` when nothing can be read."""
    findings = [
        Finding(check.name, not check.damage, check.damage or "sound", _advice(check.name) if check.damage else "")
        for check in store.checks.run()
    ]
    dead = len(store.imports.unfinished())
    findings.append(
        Finding(
            "imports",
            True,
            "none unfinished" if not dead else f"{dead} not complete",
            "" if not dead else "under way, or taken back at the next start or import",
        )
    )
    findings += [_copies(path), _space(path)]
    return findings


_MENDED = {
    "file": ("indexes",),
    "full-text index": ("full_text", "vocabulary"),
    "vocabulary": ("vocabulary",),
    "orphans": ("categories", "full_text", "vocabulary"),
    "reading lists": ("bookmarks",),
}
"""What `mend` makes anew where a check finds damage: what follows from the rest of the library."""
_MEND = "`reader doctor --mend` makes it anew from the papers"
_SAVE = "`reader doctor --salvage` gets out what you made, `reader restore` brings back the newest copy of it"


def _advice(check: str) -> str:
    return _MEND if check in _MENDED and check != "file" else _SAVE


def mend(store: Store, path: Path) -> list[Finding]:
    """Make anew what is damaged and follows from the rest, and give what is found afterwards.

    Raises:
        LibraryError: an import is under way, or the library cannot be read or written; what was mended stays.
    """
    with alone(store):
        damaged = [check.name for check in store.checks.run() if check.damage]
        parts = dict.fromkeys(part for name in damaged for part in _MENDED.get(name, ()))
        for part in parts:
            with suppress(DamagedLibrary):  # where the papers themselves cannot be read, nothing follows from them
                getattr(store.mending, part)()
    return examine(store, path)


@dataclass(frozen=True, slots=True)
class Saved:
    """How much was read out of a damaged library, and into which file, if into any.

    Attributes:
        papers: those that something was made of.
        unread: as many of them come without their title.
    """

    papers: int
    lists: int
    tags: int
    notes: int
    searches: int
    unread: int
    path: Path | None = None

    def in_words(self) -> str:
        """The same for people."""
        parts = (
            counted(self.papers, "paper"), counted(self.lists, "list"), counted(self.tags, "tag"),
            counted(self.notes, "note"), counted(self.searches, "saved search", "saved searches"),
        )  # fmt: skip
        return ", ".join(parts) + (f" ({self.unread} of the papers without their title)" if self.unread else "")


def salvage_library(library: Path, output: Path | None = None, *, write_it: bool, force: bool = False) -> Saved:
    """Get out of a library's file, whatever state it is in, what users made; the file stays as it is.

    Args:
        library: the file.
        output: the library file to write; beside the copies where none is named.
        write_it: whether to write it, or only to look what there is.
        force: replace whatever file is there.

    Raises:
        LibraryError: the library cannot be read at all, or the file not be written.
        NothingFound: nothing that users made can be found in it.
    """
    found = salvage(library)
    lines = list(render_library(found.carried()))
    tags = {folded for tags in found.tags.values() for folded in tags}
    saved = Saved(
        len(found.papers), len(found.lists), len(tags), len(found.notes), len(found.searches), found.unread, None
    )
    if not write_it:
        return saved
    if len(lines) == 1:
        raise NothingFound(
            f"nothing that you made can be read out of {library}", "`reader restore` brings back the newest copy of it"
        )
    path = output or _numbered(backup_folder(library) / "salvaged.jsonl")
    write(path, lines, may_replace=lambda there: force or is_library_file(there), make_folder=True, private=True)
    return replace(saved, path=path)


def _numbered(path: Path) -> Path:
    """That file, or one with a number behind its name where it is there."""
    return vacant(path, may_replace=lambda _: False)


def _copies(path: Path) -> Finding:
    found = backups(path)
    detail = (
        f"{counted(len(found), 'copy of a day', 'copies of days')}, the newest {found[0].stem}" if found else "none yet"
    )
    return Finding("copies", True, detail)


def _space(path: Path) -> Finding:
    import shutil

    folder = next((parent for parent in path.resolve().parents if parent.exists()), Path("/"))
    free = shutil.disk_usage(folder).free
    advice = f"less than {LOW_SPACE // 1024**2} MiB: make room on the disk" if free < LOW_SPACE else ""
    return Finding("disk", True, f"{free / 1024**3:.1f} GiB free", advice)
