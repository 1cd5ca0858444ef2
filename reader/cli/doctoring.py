"""The command that looks whether a library is sound, mends what can be mended, and saves what can be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import __version__
from reader.cli.common import json_line, library_option, library_path, open_store, say, screen_size, settings_path
from reader.errors import DamagedLibrary, ReaderError
from reader.text import visible

if TYPE_CHECKING:
    from reader.library import Finding

COMFORTABLE = (80, 24)
"""Columns and lines of a screen on which everything has its place."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--mend", is_flag=True, help="Make indexes and vocabulary anew where they are damaged.")
@click.option("--salvage", is_flag=True, help="Get out of a damaged library what you made, into a file.")
@click.option("-o", "--output", metavar="PATH", type=click.Path(path_type=Path),
              help="Of --salvage: the file; otherwise one beside the copies.")  # fmt: skip
@click.option("--force", is_flag=True, help="Of --salvage: replace the file whatever it is.")
@library_option
def doctor(as_json: bool, mend: bool, salvage: bool, output: Path | None, force: bool) -> int:
    """Look whether the library is sound.

    Everything is read, and nothing is changed without --mend. The exit status is 0 unless something stored is damaged;
    all else that is said is advice: about room on the disk, this terminal, and versions.

    --salvage reads whatever state the library is in, leaves it as it is, and writes every list, bookmark, tag, note,
    mark and saved search that can be read into a file for `reader restore`.
    """
    from reader import library

    path = library_path()
    if salvage:
        return _salvage(path, output, force=force)
    try:
        with open_store() as store:
            looked = library.mend(store, path) if mend else library.examine(store, path)
            sqlite = store.database.value("select sqlite_version()")
    except DamagedLibrary as error:
        if not path.is_file():
            raise
        readable = library.salvage_library(path, write_it=False)
        raise DamagedLibrary(
            f"{error.message}; of what you made can be read: {readable.in_words()}", error.hint
        ) from error
    findings = [*looked, *_of_settings(), _of_terminal(os.environ), _of_versions(sqlite)]
    for finding in findings:
        click.echo(_finding_json(finding) if as_json else _finding_line(finding))
    damaged = [finding for finding in findings if not finding.sound]
    if damaged:
        raise ReaderError(f"the library {path} is damaged", damaged[0].advice)
    return 0


def _salvage(path: Path, output: Path | None, *, force: bool) -> int:
    from reader import library

    saved = library.salvage_library(path, output, write_it=True, force=force)
    say(f"{saved.in_words()} written to {saved.path}")
    say(f"`reader restore {saved.path}` brings that into a library; the damaged file was left as it is.")
    return 0


def _of_terminal(environment: Mapping[str, str]) -> Finding:
    """What the terminal can do, as far as it says so: advice."""
    from reader.library import Finding

    kind, size = environment.get("TERM", ""), screen_size()
    colours = "24-bit colour" if environment.get("COLORTERM") in ("truecolor", "24bit") else "colours as its name says"
    encoding = (getattr(sys.stdout, "encoding", None) or "no encoding").upper()
    advice = [
        words
        for words, holds in (
            ("the app needs a terminal that moves the cursor", kind.casefold() in ("", "dumb", "unknown")),
            ("`ascii = true` in the settings spares letters that it cannot show", "UTF" not in encoding),
            (f"{COMFORTABLE[0]} by {COMFORTABLE[1]} show more at once", tuple(size) < COMFORTABLE),
        )
        if holds
    ]
    detail = f"{kind or 'no TERM'}, {size.columns} by {size.lines}, {colours}, {encoding}"
    return Finding("terminal", sound=True, detail=detail, advice="; ".join(advice))


def _of_versions(sqlite: str) -> Finding:
    from reader.library import Finding

    python = ".".join(map(str, sys.version_info[:3]))
    detail = f"reader {__version__}, Python {python}, SQLite {sqlite}, Textual {version('textual')}"
    return Finding("versions", sound=True, detail=detail)


def _of_settings() -> Iterator[Finding]:
    """What is wrong with the settings, if there are any: advice, since the library is sound all the same."""
    file = settings_path()
    if not file.exists():
        return
    from reader.app.beginning import problems
    from reader.library import Finding
    from reader.settings.reading import read

    found = problems(read(file))
    if not found:
        yield Finding("settings", sound=True, detail=f"{file} is understood")
    for problem in found:
        yield Finding("settings", sound=True, detail=problem.in_file(str(file)), advice="`reader config edit` opens it")


def _finding_json(finding: Finding) -> str:
    return json_line({"name": finding.name, "sound": finding.sound, "detail": finding.detail, "advice": finding.advice})


def _finding_line(finding: Finding) -> str:
    advice = f" ({finding.advice})" if finding.advice else ""
    return visible(f"{'ok ' if finding.sound else 'BAD'} {finding.name}: {finding.detail}{advice}")
