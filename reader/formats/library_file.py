"""A library file: a whole library, or some papers of one, as `reader export --format jsonl` writes it.

JSON Lines again (`docs/jsonl.md`). The first line names the version; lines with "about" say what lists, sources and
saved searches there are; every other line is a paper. What a later version adds of either is passed over, unless its
number says that it must not be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reader.errors import UnreadableInput
from reader.formats.carried import carried_list, carried_paper, carried_search, carried_source
from reader.formats.format import Format
from reader.formats.json_objects import Members
from reader.formats.jsonl import rejected
from reader.formats.lines import Head, Line
from reader.formats.members import NotAPaper, members_of
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits
from reader.transfer import FILE_VERSION, Carried

KIND = "library file"
ABOUT = "library of reader"
"""What the first line says it is about."""

_READERS: Mapping[object, Callable[[Members], Carried]] = {
    "list": carried_list,
    "source": carried_source,
    "search": carried_search,
}


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """1 where the first line says so."""
    first = next((line.text for line in head.lines if line.text.strip()), "")
    try:
        return 1.0 if members_of(first).get("about") == ABOUT else 0.0
    except NotAPaper:
        return 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - a library is no page
    """What a library file carries. Raises `UnreadableInput` where it is of a version that cannot be read."""
    for line in lines:
        if not line.text or line.text.isspace():
            continue
        try:
            members = members_of(line.text)
            about = members.get("about") if "title" not in members else None
            if about == ABOUT:
                _require_version(members.get("version"))
            elif about is None:
                yield carried_paper(members)
            elif isinstance(about, str) and about in _READERS:
                yield _READERS[about](members)
        except NotAPaper as why:
            yield rejected(line, why)


def _require_version(version: object) -> None:
    if not isinstance(version, int) or isinstance(version, bool):
        raise UnreadableInput("it does not say of which version it is", "export the library again")
    if version > FILE_VERSION:
        raise UnreadableInput(
            f"it was written by a newer reader (library file version {version}, this one reads up to {FILE_VERSION})",
            "upgrade reader",
        )


FORMAT = Format(KIND, claims, records)
