"""What is new: the papers that reached the library since a day, each once, under the newest source that shows it.

A paper is new when the library met it for the first time, whatever its own date; so who asks every week sees every
paper once. Dismissed papers are left out, as searches do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from reader.errors import NothingFound, UsageError
from reader.export.digest import FORMATS, Digest, Group
from reader.library.finding import search
from reader.paper import PartialDate, StoredPaper
from reader.store import Store
from reader.text import collapse

DIGEST_FORMATS = tuple(FORMATS)
"""What a digest can be printed as; the first is the default."""

_SPAN = re.compile(r"(\d{1,4})([hdw])", re.ASCII)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}

_Place = tuple[date, str]
"""The day and name of a source."""


def since_when(text: str, *, now: datetime) -> datetime:
    """The moment that "7d", "24h", "2w" or a day such as 2026-01-31 stands for; a day begins where `now` is.

    Raises:
        UsageError: it is neither, or lies in the future.
    """
    if span := _SPAN.fullmatch(text.strip()):
        return now - int(span[1]) * _UNITS[span[2]]
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is no span or day", "write 7d, 24h, 2w, or a day such as 2026-01-31") from None
    if day > now.date():
        raise UsageError(f"{day} lies in the future", "write a day that is past")
    return datetime.combine(day, time(), now.tzinfo)


def digest_since(store: Store, since: datetime, *, query: str | None = None, limit: int = 0) -> Digest:
    """What reached the library since then, by source, the most discussed first.

    Args:
        store: the library.
        since: a moment, with its time zone.
        query: only papers that this finds.
        limit: how many papers of each source are shown at most; 0 for all.

    Raises:
        NothingFound: nothing of the query is understood.
        LibraryError: the library cannot be read.
    """
    found: set[int] | None = None
    left_out: tuple[str, ...] = ()
    if query is not None:
        results = search(store, query)
        if results.everything and results.problems:  # all papers are hardly what was meant
            raise NothingFound(f"nothing of the query is understood: {results.left_out_in_words[0]}", "mend the query")
        found, left_out = set(results.ids), results.left_out_in_words
    with store.database.snapshot():
        new = store.papers.added_since(since.astimezone(UTC).isoformat(timespec="seconds"))
        wanted = [paper for paper in new if found is None or paper in found]
        places = _by_place(zip(wanted, store.papers.stream(wanted), strict=True))
        groups = tuple(_group(store, place, ids, limit) for place, ids in places)
    return Digest(PartialDate.of(since.date()), collapse(query) if query else None, groups, left_out)


def render_digest(found: Digest, form: str) -> Iterator[str]:
    """The digest in chunks of text. Raises `UsageError` where there is no such form."""
    if form not in FORMATS:
        raise UsageError(f"a digest cannot be printed as {form!r}", "choose one of " + ", ".join(FORMATS))
    return FORMATS[form](found)


def _by_place(papers: Iterable[tuple[int, StoredPaper]]) -> list[tuple[_Place, list[int]]]:
    """The sources with the ids of their papers: the newest day first, then by name; the most discussed paper first."""
    places: dict[_Place, list[tuple[tuple[int, int, int, str], int]]] = {}
    for id_, stored in papers:
        if not stored.dismissed:
            paper, rank = stored.paper, stored.sources[0].rank if stored.sources else 0
            worth = (-(paper.comments or 0), -(paper.upvotes or 0), rank, stored.key)
            places.setdefault(_place(stored), []).append((worth, id_))
    in_order = sorted(sorted(places), key=lambda place: place[0], reverse=True)
    return [(place, [id_ for _, id_ in sorted(places[place])]) for place in in_order]


def _place(stored: StoredPaper) -> _Place:
    if not stored.sources:
        return date.fromisoformat(stored.added[:10]), "by hand"
    source = stored.sources[0]
    page_day = None if source.page_date is None else source.page_date.to_date()
    return page_day or date.fromisoformat(source.seen[:10]), source.name


def _group(store: Store, place: _Place, ids: list[int], limit: int) -> Group:
    shown = tuple(store.papers.stream(ids[:limit] if limit else ids))
    return Group(PartialDate.of(place[0]), place[1], len(ids), shown)
