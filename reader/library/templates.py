"""Exporting through a template: read from its file, rendered over papers that it may go through again and again."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import UnreadableInput
from reader.paper import StoredPaper
from reader.store import Store

if TYPE_CHECKING:  # loaded when there is a template
    from reader.export.template import Template


def read_template(path: Path) -> Template:
    """A template from its file.

    Raises:
        UnreadableInput: the file cannot be read, or Jinja2 is not installed.
        UsageError: it is no template.
    """
    from reader.export.template import LONGEST, compile_template

    try:
        with path.open(encoding="utf-8-sig") as file:
            source = file.read(LONGEST + 1)
    except (OSError, ValueError) as error:  # what is no UTF-8, and a name with a NUL, are ValueErrors
        why = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise UnreadableInput(f"the template {path} cannot be read: {why}", "name another file") from error
    return compile_template(source, name=str(path))


class _Chosen:
    """Papers that can be gone through again and again, inside one snapshot, each time read anew."""

    def __init__(self, store: Store, ids: array[int]) -> None:
        self._store, self._ids = store, ids

    def __iter__(self) -> Iterator[StoredPaper]:
        return self._store.papers.stream(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def templated(store: Store, ids: array[int], template: Template, title: str) -> Iterator[str]:
    """What a template makes of papers, all of one state of the library. Raises as `Template.render` does."""
    with store.database.snapshot():
        yield from template.render(_Chosen(store, ids), title=title)
