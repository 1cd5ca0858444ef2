"""How a library is: what it holds, and whether it is sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reader.store import Store
from reader.store.papers import Counts

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
        Finding(check.name, not check.damage, check.damage or "sound", _MEND if check.damage else "")
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
    findings.append(_space(path))
    return findings


_MEND = "copy the library to a safe place before anything else; `sqlite3 LIBRARY .recover` gets out what can be read"


def _space(path: Path) -> Finding:
    import shutil

    folder = next((parent for parent in path.resolve().parents if parent.exists()), Path("/"))
    free = shutil.disk_usage(folder).free
    advice = f"less than {LOW_SPACE // 1024**2} MiB: make room on the disk" if free < LOW_SPACE else ""
    return Finding("disk", True, f"{free / 1024**3:.1f} GiB free", advice)
