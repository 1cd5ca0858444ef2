"""The journal: every change of the library is one step, recorded in the transaction that makes it.

A step made through `recording` keeps the rows it changed as they were and as they became; undo and redo put either
back. What a step may touch is listed in `_KEYS`, so that no text ever becomes SQL. The full-text index and the
vocabulary follow in the same transaction. Steps are numbered as they begin and take turns as they are done: an import
that ran for long is undone before what was done meanwhile.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reader.store.database import Database
from reader.store.placing import place
from reader.store.standing import newest_above, put_last
from reader.store.text_index import EarlierTexts, TextIndex

_KEYS: Mapping[str, tuple[str, ...]] = {
    "papers": ("id",),
    "texts": ("paper",),
    "identifiers": ("value",),
    "sources": ("id",),
    "sightings": ("source", "paper"),
    "joined": ("key",),
    "merged": ("id",),
    "rejected": ("id",),
    "lists": ("id",),
    "list_entries": ("list", "paper"),
    "tags": ("paper", "folded"),
    "notes": ("paper",),
    "marks": ("paper",),
    "saved_searches": ("id",),
}
"""The tables a step may change, with the columns that name a row."""

_USERS = frozenset({"list_entries", "tags", "notes", "marks"})
"""Of these, the tables of what a user made of papers."""

_PAGE = 500
"""Changes read at once."""
_TOLD = 200
"""Changes after which it is told how many there were: some hundredths of a second where papers come and go."""

Row = Mapping[str, Any]
_Change = tuple[str, Row | None, Row | None]
"""A table, and a row of it in one state and in the other."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the library, as undo and the toasts speak of it.

    Attributes:
        at: when, ISO 8601 in UTC.
        kind: "bookmark", "import" and the like.
        label: what was done, for people.
        origin: the window or command that did it.
    """

    id: int
    at: str
    kind: str
    label: str
    origin: str


class Recorder:
    """Changes rows and remembers how they were, for one step."""

    def __init__(self, database: Database, step: int, *, follow_words: bool = True) -> None:
        """Record under the step of that id, after what it has recorded already.

        Args:
            follow_words: whether texts are kept for `settle_words`; an import counts its words by itself.
        """
        self._database = database
        self._step = step
        self._texts = EarlierTexts(database) if follow_words else None
        self.count: int = database.value("select coalesce(max(n), 0) from changes where step = ?", (step,))

    @property
    def id(self) -> int:
        """The id of the step."""
        return self._step

    def insert(self, table: str, row: Row) -> None:
        """Add one row."""
        self._note(table, row)
        _insert(self._database, table, row)
        self._remember(table, None, row)

    def delete(self, table: str, key: Row) -> None:
        """Remove the row of that key, if there is one."""
        before = _read(self._database, table, key)
        if before is not None:
            self._note(table, before)
            _delete(self._database, table, key)
            self._remember(table, before, None)

    def update(self, table: str, key: Row, values: Row) -> None:
        """Change columns of the row of that key."""
        before = _read(self._database, table, key)
        if before is None:
            return
        changed = {name: value for name, value in values.items() if before[name] != value}
        if changed:
            self._note(table, before)
            _update(self._database, table, key, changed)
            self._remember(table, {**key, **{name: before[name] for name in changed}}, {**key, **changed})

    def pin(self, table: str, key: Row, names: Sequence[str]) -> None:
        """Remember columns of the row of that key as they are, because they will change without being recorded."""
        row = _read(self._database, table, key)
        if row is not None:
            pinned = {**key, **{name: row[name] for name in names}}
            self._remember(table, pinned, pinned)

    def settle_words(self) -> None:
        """Bring the vocabulary up to date with the texts that were changed so far."""
        if self._texts is not None:
            self._texts.settle()

    def _note(self, table: str, row: Row) -> None:
        if self._texts is not None:
            self._texts.note(table, row)

    def _remember(self, table: str, before: Row | None, after: Row | None) -> None:
        self.count += 1
        self._database.run(
            "insert into changes (step, n, tbl, before, after) values (?, ?, ?, ?, ?)",
            (self._step, self.count, table, _encode(before), _encode(after)),
        )


class Journal:
    """What was done to the library, step by step, and the way back."""

    def __init__(self, database: Database) -> None:
        """Read and write the journal of that library."""
        self._database = database

    @contextlib.contextmanager
    def recording(self, *, kind: str, label: str, at: str, origin: str) -> Iterator[Recorder]:
        """One step in one transaction; a step that changed nothing leaves no trace.

        Raises:
            LibraryError: the library cannot be written; then nothing was changed.
        """
        with self._database.transaction():
            step = self._database.insert(
                "insert into steps (at, kind, label, origin, state) values (?, ?, ?, ?, 'done')",
                (at, kind, label, origin),
            )
            self.take_turn(step)
            recorder = Recorder(self._database, step)
            yield recorder
            if recorder.count == 0:
                self._database.run("delete from steps where id = ?", (step,))
            else:  # what was undone before can never be done again
                recorder.settle_words()
                self.close()

    def close(self) -> None:
        """What is undone by now can never be done again; inside the caller's transaction."""
        self._database.run("delete from changes where step in (select id from steps where state = 'undone')")
        self._database.run("update steps set state = 'closed' where state = 'undone'")

    def take_turn(self, step: int) -> None:
        """Put a step that is done now after all others; inside the caller's transaction."""
        self._database.run(
            "update steps set turn = (select coalesce(max(turn), 0) + 1 from steps) where id = ?", (step,)
        )

    def size(self, step: int) -> int:
        """How many rows a step changed and remembers."""
        return int(self._database.value("select count(*) from changes where step = ?", (step,)))

    def papers(self, step: int, *, most: int) -> tuple[int, ...]:
        """The papers that a step had to do with, in its order; none where they are more than so many."""
        found = self._database.rows(
            "select distinct json_extract(coalesce(before, after), iif(tbl = 'papers', '$.id', '$.paper')) as paper "
            "from (select tbl, before, after from changes where step = ? order by n) where paper is not null limit ?",
            (step, most + 1),
        )
        return () if len(found) > most else tuple(paper for (paper,) in found)

    def touched(self, table: str, papers: Sequence[int], *, list_id: int | None = None) -> set[int]:
        """Of those papers, the ones of which a row in a table of what users make ever changed, in a list or in any."""
        row = "coalesce(before, after)"
        found = self._database.rows(
            f"select distinct json_extract({row}, '$.paper') from changes where tbl = ?1 "
            f"and json_extract({row}, '$.paper') in (select value from json_each(?2)) "
            f"and (?3 is null or json_extract({row}, '$.list') = ?3)",
            (table, json.dumps(list(papers)), list_id),
        )
        return {paper for (paper,) in found}

    def newest(self, *, origin: str | None = None) -> Step | None:
        """The step that was done last, of all or by that window or command; None where there is none."""
        if origin is None:
            return self._newest("state = 'done'", "desc")
        return self._newest("state = 'done' and origin = ?", "desc", origin)

    def standing_on(self, step: int) -> Step | None:
        """Of what was done since a step, the newest that is to be taken back before it; None where it is free to go."""
        above = newest_above(self._database, step)
        return None if above is None else self._newest("id = ?", "desc", above)

    def newest_undone(self) -> Step | None:
        """The step that `redo` would do again; None where there is none."""
        done = "(select coalesce(max(turn), 0) from steps where state = 'done')"
        return self._newest(f"state = 'undone' and turn > {done}", "asc")

    def undo(
        self,
        wanted: int | None = None,
        *,
        and_then: Callable[[Recorder, Step], None] | None = None,
        between: Callable[[int], None] = lambda _: None,
    ) -> Step | None:
        """Take back the newest step, or another one that nothing stands on, and give it; None where there is none.

        Args:
            wanted: the step; None for the newest.
            and_then: changes more in the same transaction and under the same step, which `redo` takes back first.
            between: told often how many rows were put back so far; when it raises, none was.
        """
        with self._database.transaction():
            step = self.newest() if wanted is None else self._newest("state = 'done' and id = ?", "desc", wanted)
            if step is not None and wanted is not None:
                if self.standing_on(step.id) is not None:
                    return None
                put_last(self._database, step.id)
            if step is not None:
                displaced = self._put_all(_reversed(self._changes(step.id, "desc")), between)
                recorder = Recorder(self._database, step.id)
                self._database.run(
                    "update steps set state = 'undone', undone_from = ? where id = ?", (recorder.count, step.id)
                )
                if and_then is not None:
                    and_then(recorder, step)
                    recorder.settle_words()
                place(self._database, displaced)
            return step

    def redo(self, *, between: Callable[[int], None] = lambda _: None) -> Step | None:
        """Do again what `undo` took back last, unless something else was done since; None where there is nothing.

        Args:
            between: told often how many rows were changed so far; when it raises, none was.
        """
        with self._database.transaction():
            step = self.newest_undone()
            if step is not None:
                last = self._database.value("select undone_from from steps where id = ?", (step.id,))
                displaced = self._put_all(_reversed(self._changes(step.id, "desc", above=int(last))))
                self._database.run("delete from changes where step = ? and n > ?", (step.id, last))
                place(self._database, displaced | self._put_all(self._changes(step.id, "asc"), between))
                self._database.run("update steps set state = 'done', undone_from = null where id = ?", (step.id,))
            return step

    def restore_some(self, step: int, limit: int, *, pins: bool = False) -> set[int] | None:
        """Put some of the rows that a step changed back as they were, the last first, and forget that it changed them.

        Inside the caller's transaction; the vocabulary does not follow. Gives the papers that are to be placed, and
        None where nothing was left.

        Args:
            pins: whether to take what was only remembered (`Recorder.pin`), whose turn comes after all other rows.
        """
        found = self._database.rows(
            "select n, tbl, before, after from changes where step = ? and (before is after) = ? "
            "order by n desc limit ?",
            (step, pins, limit),
        )
        if not found:
            return None
        rows = [(table, _decode(after), _decode(before)) for _, table, before, after in found]
        for table, old, new in rows:
            self._put(table, old, new)
        self._database.run_many("delete from changes where step = ? and n = ?", [(step, n) for n, *_ in found])
        return _sighted(rows)

    def _newest(self, condition: str, direction: str, *values: object) -> Step | None:
        found = self._database.row(
            f"select id, at, kind, label, origin from steps where {condition} order by turn {direction} limit 1", values
        )
        return None if found is None else Step(*found)

    def _changes(self, step: int, direction: Literal["asc", "desc"], *, above: int = 0) -> Iterator[_Change]:
        """What a step changed, after so many changes: letting go of 100,000 rows at once would hold up all threads."""
        low, high = above, 1 << 62
        while found := self._database.rows(
            "select n, tbl, before, after from changes where step = ? and n > ? and n < ? "
            f"order by n {direction} limit {_PAGE}",
            (step, low, high),
        ):
            yield from ((table, _decode(before), _decode(after)) for _, table, before, after in found)
            last = found[-1][0]
            low, high = (last, high) if direction == "asc" else (low, last)

    def _put_all(self, rows: Iterable[_Change], between: Callable[[int], None] = lambda _: None) -> set[int]:
        """Put rows from one state into the other, and let the vocabulary follow; gives the papers to be placed."""
        texts = EarlierTexts(self._database)
        papers, dated = set[int](), set[int]()
        for done, (table, old, new) in enumerate(rows, start=1):
            texts.note(table, old or new or {})
            self._put(table, old, new)
            if not done % _TOLD:
                between(done)
            papers |= _sighted([(table, old, new)])
            if table == "sources" and old and new and "day" in new:
                dated.add(new["id"])
        texts.settle()
        for source in dated:
            found = self._database.rows("select paper from sightings where source = ?", (source,))
            papers.update(row[0] for row in found)
        return papers

    def _put(self, table: str, old: Row | None, new: Row | None) -> None:
        key = {name: (old or new or {})[name] for name in _KEYS[table]}
        if new is None:
            _delete(self._database, table, key)
        elif old is not None:
            _update(self._database, table, key, new)
        elif table not in _USERS or self._has_room(table, key, new):
            _insert(self._database, table, new)

    def _has_room(self, table: str, key: Row, row: Row) -> bool:
        """Whether what a user made can come back: while an import unites papers, users go on beside it."""
        return not _exists(self._database, table, key) and all(
            _exists(self._database, parent, {"id": row[name]})
            for name, parent in (("paper", "papers"), ("list", "lists"))
            if name in row
        )


def _reversed(rows: Iterable[_Change]) -> Iterator[_Change]:
    """The same, from what became of each to what it was."""
    return ((table, after, before) for table, before, after in rows)


def _sighted(rows: Sequence[_Change]) -> set[int]:
    """The papers that were seen, or seen no more, by some changes."""
    return {(old or new or {})["paper"] for table, old, new in rows if table == "sightings"}


def _encode(row: Row | None) -> str | None:
    return None if row is None else json.dumps(dict(row), ensure_ascii=False)


def _decode(text: str | None) -> Row | None:
    if text is None:
        return None
    decoded: Row = json.loads(text)
    return decoded


def _where(table: str) -> str:
    return " and ".join(f"{name} = :{name}" for name in _KEYS[table])


def _read(database: Database, table: str, key: Row) -> Row | None:
    columns = [name for (name,) in database.rows("select name from pragma_table_info(?)", (table,))]
    found = database.row(f"select {', '.join(columns)} from {table} where {_where(table)}", dict(key))
    return None if found is None else dict(zip(columns, found, strict=True))


def _exists(database: Database, table: str, key: Row) -> bool:
    return bool(database.value(f"select exists (select 1 from {table} where {_where(table)})", dict(key)))


def _insert(database: Database, table: str, row: Row) -> None:
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    database.run(f"insert into {table} ({names}) values ({places})", dict(row))
    if table == "texts":  # a paper's text is inserted after the paper: both can be indexed now
        TextIndex(database).add(row["paper"], row["paper"])


def _update(database: Database, table: str, key: Row, values: Row) -> None:
    changes = ", ".join(f"{name} = :{name}" for name in values)
    database.run(f"update {table} set {changes} where {_where(table)}", {**key, **values})


def _delete(database: Database, table: str, key: Row) -> None:
    database.run(f"delete from {table} where {_where(table)}", dict(key))
