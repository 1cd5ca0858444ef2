"""Taking an import back: the library as it was before, part by part, so that others need not wait.

Each part is a transaction of its own, and leaves less to be done: interrupted anywhere, it goes on from there when it
is run again. The step stays `pending`, which hides the papers of the import, until the last part is done.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.store.annotations import UNTOUCHED
from reader.store.database import Database
from reader.store.journal import Journal
from reader.store.placing import place, seen_on
from reader.store.vocabulary import Vocabulary

TAKE_BACK_BATCH = 200
"""Rows put back in one transaction, so that others need not wait."""
REMOVE_BATCH = 50
"""Papers removed in one transaction: taking a text out of the index costs more than putting it in."""


class TakingBack:
    """One pending import that goes, whether it died, was stopped, or is undone."""

    def __init__(self, database: Database, step: int) -> None:
        """Take back that step of that library."""
        self._database = database
        self._step = step
        self._first_paper = int(database.value("select first_paper from imports where step = ?", (step,)))

    def run(self, between: Callable[[int], None] = lambda _: None) -> None:
        """Take it back, and tell after each part how many rows that were so far."""
        self._settle_again()
        done = 0
        for part in (self._restored, self._unsighted, lambda: self._restored(pins=True), self._removed):
            while rows := part():
                done += rows
                between(done)
                self._database.pause()
        with self._database.transaction():
            self._database.run("delete from sources where step = ?", (self._step,))
        if self._database.value("select learned from imports where step = ?", (self._step,)):
            for _ in Vocabulary(self._database).count_afresh():
                pass
        with self._database.transaction():
            if self._was_complete():  # papers that stay came with it
                self._database.run("update steps set state = 'closed' where id = ?", (self._step,))
            else:
                self._database.run("delete from steps where id = ?", (self._step,))

    def _settle_again(self) -> None:
        """Give pages that were there before their own days again, and their papers the places that follow from them."""
        for source, day in self._database.rows(
            "select json_extract(before, '$.id'), json_extract(before, '$.day') as day from changes where step = ?1 "
            "and tbl = 'sources' and day is not null and json_extract(before, '$.id') not in "
            "(select id from sources where step = ?1)",
            (self._step,),
        ):
            self._database.run("update sources set day = ? where id = ?", (day, source))
            papers = seen_on(self._database, source)
            for start in range(0, len(papers), TAKE_BACK_BATCH):
                with self._database.transaction():
                    place(self._database, papers[start : start + TAKE_BACK_BATCH])

    def _restored(self, *, pins: bool = False) -> int:
        """Put some rows back as they were, at most so many; 0 where none were left."""
        with self._database.transaction():
            displaced = Journal(self._database).restore_some(self._step, TAKE_BACK_BATCH, pins=pins)
            place(self._database, displaced or ())
            return 0 if displaced is None else TAKE_BACK_BATCH

    def _unsighted(self) -> int:
        """Forget of some papers older than the import that its page shows them, and say of how many."""
        with self._database.transaction():
            found = self._database.rows(
                "select source, paper from sightings where source in (select id from sources where step = ?) "
                "and paper < ? limit ?",
                (self._step, self._first_paper, TAKE_BACK_BATCH),
            )
            self._database.run_many("delete from sightings where source = ? and paper = ?", found)
            place(self._database, [paper for _, paper in found])
            return len(found)

    def _removed(self) -> int:
        """Remove some of the papers that the import added, and say how many."""
        stays = (
            f"not ({UNTOUCHED.format('papers.id')}) or exists (select 1 from sightings where paper = papers.id "
            "and source not in (select id from sources where step = ?1))"
        )
        with self._database.transaction():
            found = self._database.rows(
                f"select id from papers where id >= ?2 and step = ?1 and not (?3 and ({stays})) "
                "order by id desc limit ?4",
                (self._step, self._first_paper, self._was_complete(), REMOVE_BATCH),
            )
            self._database.run_many("delete from papers where id = ?", found)
            return len(found)

    def _was_complete(self) -> bool:
        return self._database.value("select last_paper from imports where step = ?", (self._step,)) is not None
