"""The formats that papers can be exported in, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from reader.export import biblatex, bibtex, csl_json, csv_table, html_page, jsonl, markdown, plain_text, ris
from reader.paper import StoredPaper
from reader.transfer import Carried


class Render(Protocol):
    """Gives papers as chunks of text, as they come; a format without a place for the title drops it."""

    def __call__(self, papers: Iterable[StoredPaper], *, title: str) -> Iterator[str]:
        """Chunks of text."""


def _never(path: Path) -> bool:
    del path
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A format in which papers can be exported.

    Attributes:
        name: what `--format` calls it.
        suffix: how its files' names end, with the dot.
        render: papers and a title to chunks of text.
        may_replace: whether a file is an export in this format that nobody changed; a format that cannot tell says no.
        render_library: all that is carried to another library, where the format has a place for it.
    """

    name: str
    suffix: str
    render: Render
    may_replace: Callable[[Path], bool] = _never
    render_library: Callable[[Iterable[Carried]], Iterator[str]] | None = None

    @property
    def knows_its_files(self) -> bool:
        """Whether it can tell a file that reader wrote from any other."""
        return self.may_replace is not _never


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format_.name: format_
        for format_ in (
            Format("markdown", ".md", markdown.render, markdown.is_unchanged_export),
            Format("bibtex", ".bib", bibtex.render),
            Format("biblatex", ".bib", biblatex.render),
            Format("ris", ".ris", ris.render),
            Format("csl", ".json", csl_json.render),
            Format("csv", ".csv", csv_table.render),
            Format("html", ".html", html_page.render),
            Format("text", ".txt", plain_text.render),
            Format("jsonl", ".jsonl", jsonl.render, render_library=jsonl.render_library),
        )
    }
)
"""The formats by their names; the first is the default."""

VAULT = "obsidian"
"""A folder of notes in place of a file: what `--format` calls it."""

NAMES = (next(iter(FORMATS)), VAULT, *list(FORMATS)[1:])
"""Everything that `--format` takes; the first is the default."""
