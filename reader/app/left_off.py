"""Where the user left off, from one run to the next: a small file, read before the first frame, written at the end.

It holds no decision of the user's (those are settings) and nothing that is missed when it is gone: what is in it and
cannot be understood is passed over, and a file that cannot be written is done without.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, field, fields, replace
from pathlib import Path
from typing import Any

from reader.errors import ReaderError
from reader.frozen import frozen

FILE = "left-off.json"
_MOST = 50
"""Libraries that are remembered, those left last."""
_LARGEST = 1_000_000


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
    """

    query: str = ""
    pane: str = "papers"
    shown_list: str = "papers"
    paper: str = ""
    bookmark: str = ""
    line: int = 0


@frozen
class LeftOff:
    """Everything that is remembered.

    Attributes:
        keys_seen: whether the card of the first keys was shown.
        places: where each library was left, by its path, the newest last.
    """

    keys_seen: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)


def read(path: Path) -> LeftOff:
    """What a file remembers; nothing where it is not there or holds something else."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):  # ValueError: also a path that holds a NUL
        return LeftOff()
    if not isinstance(said, dict):
        return LeftOff()
    places = said.get("places")
    known = places.items() if isinstance(places, dict) else ()
    return LeftOff(
        keys_seen=said.get("keys_seen") is True,
        places={library: _place(told) for library, told in known if isinstance(told, dict)},
    )


def _place(told: Mapping[str, Any]) -> Place:
    defaults = {each.name: each.default for each in fields(Place)}
    return Place(**{name: told[name] for name, default in defaults.items() if type(told.get(name)) is type(default)})


def note(path: Path, *, library: str | None = None, place: Place | None = None, keys_seen: bool = False) -> None:
    """Add to what a file remembers, to which another window may have added meanwhile; a failure is passed over."""
    from reader.export.files import write

    known = read(path)
    places = {name: each for name, each in known.places.items() if name != library}
    if library is not None and place is not None:
        places[library] = place
    newest = dict(list(places.items())[-_MOST:])
    known = replace(known, keys_seen=known.keys_seen or keys_seen, places=newest)
    with contextlib.suppress(ReaderError):
        text = json.dumps(asdict(known), ensure_ascii=True, indent=1)
        write(path, [text, "\n"], may_replace=lambda _: True, make_folder=True)
