"""Where the user left off, from one run to the next: a small file, read before the first frame, written at the end.

It holds no decision of the user's (those are settings) and nothing that is missed when it is gone: what is in it and
cannot be understood is passed over, and a file that cannot be written is done without.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from reader.app.division import Division
from reader.errors import ReaderError
from reader.frozen import frozen

FILE = "left-off.json"
_MOST = 50
"""Libraries that are remembered, those left last, and what was exported last of each."""
_LARGEST = 1_000_000

_Each = TypeVar("_Each")
_Remembered = TypeVar("_Remembered", "Place", "Exported", Division)


@frozen
class Place:
    """Where one library was left.

    Attributes:
        query: what stood in the search box, its order included.
        pane: the pane that had the focus.
        shown_list: the list whose paper was shown.
        paper: the key of the paper under the cursor of the list of papers.
        bookmark: the same of the bookmarks.
        line: on which line of the list of papers the cursor stood.
        panes: how the panes shared the screen.
    """

    query: str = ""
    pane: str = "papers"
    shown_list: str = "papers"
    paper: str = ""
    bookmark: str = ""
    line: int = 0
    panes: Division = field(default_factory=Division)


@frozen
class Exported:
    """How a reading list, or what else, was exported last.

    Attributes:
        path: where to, as it was typed; "" for the place where exports go by themselves.
        form: the name of the format.
    """

    path: str = ""
    form: str = ""


@frozen
class LeftOff:
    """Everything that is remembered.

    Attributes:
        keys_seen: whether the card of the first keys was shown.
        places: where each library was left, by its path, the newest last.
        exports: for each library, by its path, what was exported of it and how, the newest last.
    """

    keys_seen: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)
    exports: Mapping[str, Mapping[str, Exported]] = field(default_factory=dict)


def read(path: Path) -> LeftOff:
    """What a file remembers; nothing where it is not there or holds something else."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):  # ValueError: also a path that holds a NUL
        return LeftOff()
    if not isinstance(said, dict):
        return LeftOff()
    return LeftOff(
        keys_seen=said.get("keys_seen") is True,
        places={library: _place(told) for library, told in _objects(said.get("places"))},
        exports={
            library: {what: _as(Exported, how) for what, how in _objects(told)}
            for library, told in _objects(said.get("exports"))
        },
    )


def _objects(told: object) -> Iterator[tuple[str, dict[str, Any]]]:
    known = told.items() if isinstance(told, dict) else ()
    yield from ((name, each) for name, each in known if isinstance(each, dict))


def _place(told: Mapping[str, Any]) -> Place:
    panes = told.get("panes")
    division = _as(Division, panes).sound() if isinstance(panes, dict) else Division()
    return replace(_as(Place, told), panes=division)


def _as(kind: type[_Remembered], told: Mapping[str, Any]) -> _Remembered:
    defaults = {each.name: each.default for each in fields(kind)}
    return kind(**{name: told[name] for name, default in defaults.items() if type(told.get(name)) is type(default)})


def note(
    path: Path,
    *,
    library: str | None = None,
    place: Place | None = None,
    exported: tuple[str, Exported] | None = None,
    keys_seen: bool = False,
) -> None:
    """Add to what a file remembers, to which another window may have added meanwhile; a failure is passed over.

    Args:
        path: the file.
        library: of which library that is told.
        place: where it was left.
        exported: what was exported of it, and how.
        keys_seen: whether the card of the first keys was shown.
    """
    from reader.export.files import write

    known = read(path)
    places, exports = dict(known.places), dict(known.exports)
    if library is not None and place is not None:
        places = _newest(places, library, place)
    if library is not None and exported is not None:
        exports = _newest(exports, library, _newest(exports.get(library, {}), *exported))
    known = replace(known, keys_seen=known.keys_seen or keys_seen, places=places, exports=exports)
    with contextlib.suppress(ReaderError):
        text = json.dumps(asdict(known), ensure_ascii=True, indent=1)
        write(path, [text, "\n"], may_replace=lambda _: True, make_folder=True)


def _newest(known: Mapping[str, _Each], name: str, each: _Each) -> dict[str, _Each]:
    """What is known with one thing more at its end, and without the oldest of too many."""
    others = {other: one for other, one in known.items() if other != name}
    return dict(list({**others, name: each}.items())[-_MOST:])
