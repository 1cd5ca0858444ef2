"""Made-up papers, and a library of them for the tests of both front ends."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from reader import library
from reader.store import Store

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

PAPERS: tuple[Mapping[str, object], ...] = (
    {
        "title": "Teapots That Listen",
        "abstract": "We teach forty teapots to listen. Each of them hears the kettle and none of them answers. "
        + "A teapot that listens pours later, and it pours better. " * 12,
        "authors": ["Ada Spout", "Bob Handle"],
        "published": "2025-12-24",
        "arxiv_id": "2512.00001",
        "url": "https://arxiv.org/abs/2512.00001",
    },
    {
        "title": "On the Width of Corridors",
        "abstract": "Corridors are often too narrow. We measure forty of them with a wooden ruler.",
        "author_count": 3,
        "published": "--12-26",
    },
    {"title": "Do Clouds Have Edges?", "abstract": "We ask it of nine hundred clouds.", "upvotes": 12, "comments": 1},
    {"title": "Umbrellas in Harmonic Motion", "abstract": "An umbrella is a pendulum that went wrong."},
    {"title": "A Census of Forgotten Spoons", "abstract": "Spoons vanish from kitchens at a steady rate."},
    {"title": "Harmonic Bicycles", "abstract": "The bell of a bicycle and its wheel share a pitch."},
    {"title": "Sleep Schedules of Lighthouses", "published": "2024-05"},
    {"title": "The Migration of Wooden Chairs", "abstract": "Chairs drift to the window during long meetings."},
    {"title": "Listening to Staircases", "abstract": "The third step is the one that creaks."},
    {"title": "Seventeen Ways to Fold a Map", "abstract": "Sixteen of them are wrong."},
    {"title": "Cartography for Cats", "abstract": "The map shows radiators only."},
    {"title": "Doors That Prefer to Stay Open", "abstract": "A door is a wall with an opinion."},
)
TITLES = tuple(str(paper["title"]) for paper in PAPERS)

PAGE = "\n".join(
    json.dumps({"title": title, "abstract": abstract})
    for title, abstract in (
        ("Kettles in Conversation", "A kettle speaks only when it is hot."),
        ("The Politics of Paper Clips", "Two clips agree on nothing but paper."),
    )
)
"""Text that can be pasted and imported: two papers that are not in the library."""


def fill(path: Path, papers: Iterable[Mapping[str, object]] = PAPERS, *, name: str = "made up.jsonl") -> Path:
    """Make a library of those papers, in their order; into one that is there they are imported."""
    text = "\n".join(json.dumps(paper) for paper in papers)
    if path.exists():
        _import(path, text, name)
    else:
        path.touch(mode=0o600)
        path.write_bytes(_library(text, name))
    return path


@functools.lru_cache(maxsize=32)
def _library(text: str, name: str) -> bytes:
    """The file of a library of those papers: most tests want the same few, and importing them anew takes long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        _import(path, text, name)
        return path.read_bytes()


def _import(path: Path, text: str, name: str) -> None:
    with Store.open(path) as store:
        if text:
            library.import_text(store, text, name=name, now=NOW, origin="test")
