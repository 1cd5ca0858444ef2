"""Where a paper stands in the default order, and its counts: both follow from the pages it was seen on."""

from __future__ import annotations

from collections.abc import Iterable

from reader.store.database import Database

_NEWEST = "from sightings s join sources on sources.id = s.source where s.paper = papers.id"


def place(database: Database, papers: Iterable[int]) -> None:
    """Give papers the day and rank of the newest page they were seen on, and the counts of the newest that has them.

    Inside the caller's transaction; a paper that was seen nowhere stays where it is.
    """
    database.run_many(
        "update papers set "
        f"(day, rank) = (select sources.day, s.rank {_NEWEST} order by sources.day desc, s.rank limit 1), "
        f"comments = (select s.comments {_NEWEST} and s.comments is not null "
        "order by sources.day desc, s.comments desc limit 1), "
        f"upvotes = (select s.upvotes {_NEWEST} and s.upvotes is not null "
        "order by sources.day desc, s.upvotes desc limit 1) "
        "where id = ? and exists (select 1 from sightings where paper = papers.id)",
        [(paper,) for paper in papers],
    )
