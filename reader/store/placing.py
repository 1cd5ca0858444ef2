"""Where a paper stands in the default order, and its counts: both follow from the pages it was seen on."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from reader.store.database import Database

_NEWEST = "from sightings s join sources on sources.id = s.source where s.paper = papers.id"


_NEWEST_FIRST = f"{_NEWEST} order by sources.day desc, s.rank limit 1"
_COMMENTS, _UPVOTES = (
    f"(select s.{name} {_NEWEST} and s.{name} is not null order by sources.day desc, s.{name} desc limit 1)"
    for name in ("comments", "upvotes")
)
PLACE = ("day", "rank", "comments", "upvotes")
"""The columns that are written here: what a paper keeps of them that nothing shows can only be put back if recorded."""
_IS_SEEN = "exists (select 1 from sightings where paper = papers.id)"


def place(database: Database, papers: Iterable[int]) -> None:
    """Give papers the day and rank of the newest page they were seen on, and the counts of the newest that has them.

    Inside the caller's transaction; a paper that was seen nowhere stays where it is.
    """
    database.run_many(
        f"update papers set (day, rank) = (select sources.day, s.rank {_NEWEST_FIRST}), "
        f"comments = {_COMMENTS}, upvotes = {_UPVOTES} "
        f"where id = ? and {_IS_SEEN}",
        [(paper,) for paper in papers],
    )


def seen_on(database: Database, source: int) -> array[int]:
    """The ids of a source's papers, those of a pending import too."""
    found = database.rows("select paper from sightings where source = ? order by paper", (source,))
    return array("q", [row[0] for row in found])
