"""What a user makes of papers: tags, notes and marks.

Tags are compared folded, without case, and stored as they were typed; a tag that other papers have keeps its spelling.
A paper without a note has no row in `notes`, and one that is neither read nor dismissed none in `marks`.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.store.database import Database
from reader.store.orders import HORIZON
from reader.text import fold

if TYPE_CHECKING:
    from reader.store.journal import Recorder

UNTOUCHED = " and ".join(
    f"not exists (select 1 from {table} touched where touched.paper = {{0}})"
    for table in ("list_entries", "tags", "notes", "marks")
)
"""That a user did nothing with a paper, as SQL; `format` puts in the expression that is its id."""

_GIVEN = "(select value from json_each(?))"

Marks = tuple[bool, bool]
"""Whether a paper is read, and whether it is dismissed."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with the number of papers that have it."""

    name: str
    count: int


class Annotations:
    """The tags, notes and marks of a library; changes are made inside the transaction of the step given."""

    def __init__(self, database: Database) -> None:
        """Read and write those of that library."""
        self._database = database

    def tags(self) -> list[Tag]:
        """Every tag in the order of the alphabet."""
        found = self._database.rows(
            f"select min(tag), count(*) from tags where paper < {HORIZON} group by folded order by folded"
        )
        return [Tag(*row) for row in found]

    def tags_on(self, papers: Sequence[int]) -> dict[str, int]:
        """The tags that any of those papers has, with how many of them have it."""
        sql = f"select min(tag), count(*) from tags where paper in {_GIVEN} group by folded"
        return dict(self._database.rows(sql, (json.dumps(list(papers)),)))

    def tagged(self, tag: str) -> array[int]:
        """The ids of the papers that have a tag, whatever the case of its letters."""
        sql = f"select paper from tags where folded = ? and paper < {HORIZON} order by paper"
        return array("q", [row[0] for row in self._database.rows(sql, (fold(tag),))])

    def tag(self, step: Recorder, papers: Iterable[int], tag: str) -> set[int]:
        """Give papers a tag; those that have it keep it. Gives those that got it."""
        folded = fold(tag)
        spelling = self._database.value("select tag from tags where folded = ? limit 1", (folded,)) or tag
        wanted = list(dict.fromkeys(papers))
        present = self._having(folded, wanted)
        new = [paper for paper in wanted if paper not in present]
        for paper in new:
            step.insert("tags", {"paper": paper, "tag": spelling, "folded": folded})
        return set(new)

    def untag(self, step: Recorder, papers: Iterable[int], tag: str) -> set[int]:
        """Take a tag from papers. Gives those that had it."""
        folded = fold(tag)
        present = self._having(folded, list(papers))
        for paper in sorted(present):
            step.delete("tags", {"paper": paper, "folded": folded})
        return present

    def note(self, paper: int) -> str | None:
        """The note on a paper."""
        found: str | None = self._database.value("select text from notes where paper = ?", (paper,))
        return found

    def set_note(self, step: Recorder, paper: int, text: str | None, *, at: str) -> bool:
        """Write a note instead of the one there was, or with None take it away; whether that changes anything."""
        before = self.note(paper)
        if before == text:
            return False
        if text is None:
            step.delete("notes", {"paper": paper})
        elif before is None:
            step.insert("notes", {"paper": paper, "text": text, "changed": at})
        else:
            step.update("notes", {"paper": paper}, {"text": text, "changed": at})
        return True

    def mark(
        self, step: Recorder, papers: Iterable[int], *, read: bool | None = None, dismissed: bool | None = None
    ) -> set[int]:
        """Mark papers as read or not, and as dismissed or not; None leaves a mark. Gives those that changed."""
        wanted = list(dict.fromkeys(papers))
        marked = self.marks(wanted)
        changed = set()
        for paper in wanted:
            before = marked.get(paper, (False, False))
            after = before[0] if read is None else read, before[1] if dismissed is None else dismissed
            if before != after:
                self._set_marks(step, paper, before, after)
                changed.add(paper)
        return changed

    def marks(self, papers: Sequence[int]) -> dict[int, Marks]:
        """Of those papers, the marks of all that are read or dismissed."""
        sql = f"select paper, read, dismissed from marks where paper in {_GIVEN}"
        found = self._database.rows(sql, (json.dumps(list(papers)),))
        return {paper: (bool(read), bool(dismissed)) for paper, read, dismissed in found}

    def unite(self, step: Recorder, keep: int, gone: int) -> None:
        """Give a paper what another has, because the other goes into it; what the other has stays there."""
        for (tag,) in self._database.rows("select tag from tags where paper = ? order by folded", (gone,)):
            self.tag(step, [keep], tag)
        if (note := self._database.row("select text, changed from notes where paper = ?", (gone,))) is not None:
            text = joined_note(self.note(keep), note[0])
            self.set_note(step, keep, text, at=note[1])
        read, dismissed = self.marks([gone]).get(gone, (False, False))
        self.mark(step, [keep], read=read or None, dismissed=dismissed or None)

    def _having(self, folded: str, papers: Sequence[int]) -> set[int]:
        sql = f"select paper from tags where folded = ? and paper in {_GIVEN}"
        return {row[0] for row in self._database.rows(sql, (folded, json.dumps(papers)))}

    def _set_marks(self, step: Recorder, paper: int, before: Marks, after: Marks) -> None:
        values = {"read": int(after[0]), "dismissed": int(after[1])}
        if not any(after):
            step.delete("marks", {"paper": paper})
        elif not any(before):
            step.insert("marks", {"paper": paper, **values})
        else:
            step.update("marks", {"paper": paper}, values)


def joined_note(one: str | None, other: str) -> str:
    """Both notes, a blank line between them; a note that stands in the other already adds nothing."""
    if one is None or _stands_in(one, other):
        return other
    return one if _stands_in(other, one) else f"{one}\n\n{other}"


def _stands_in(note: str, other: str) -> bool:
    return f"\n\n{note}\n\n" in f"\n\n{other}\n\n"
