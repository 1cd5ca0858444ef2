"""What users made, read out of a library's file that SQLite cannot read any more.

Rows are known by what they look like, because what would tell where a table is may be what is damaged. A paper that
something was made of and that cannot be read itself comes with what can: nobody should lose a note because a title is
gone. Changes nothing.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from reader.errors import LibraryError
from reader.paper import Paper, StoredPaper, text_key
from reader.store.pages import Pages
from reader.store.records import decode_record
from reader.store.schema import BOOKMARKS
from reader.text import fold
from reader.transfer import Carried, CarriedEntry, CarriedList, CarriedPaper, CarriedSearch, Place

_PAPER = re.compile("ntiiti[nt]i[ni]{3}[nt][ni][nt]{6}i.*")
_TEXTS = re.compile("n[nt][nt]")
_KEY = re.compile("[a-z2-7]{16}")
_NAME = re.compile("[a-z2-7]{16}|arxiv:.+|doi:.+", re.DOTALL)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:\+00:00|Z)?")
_COLUMNS = (
    "id", "key", "day", "rank", "title", "title_key", "published", "published_inferred", "comments", "upvotes",
    "author_count", "arxiv_id", "arxiv_version", "doi", "url", "organization", "authors", "categories", "links",
    "step", "added", "keywords",
)  # fmt: skip
"""Of the table `papers`, in the order of a row; later versions add at the end, an older row has less."""
_BESIDE = ("id", "key", "day", "rank", "title_key", "step", "added")
_FIRST_PASS = {"nti", "ntti", "ntt", "nii"}
_FIRST_PASS_WITHOUT_IDS = {"iiit", "itt", "ti"}


@dataclass(slots=True)
class Salvaged:
    """What was found that users made, by the ids that papers and lists had.

    Attributes:
        unread: how many papers come without a title, because it cannot be read.
    """

    lists: dict[int, tuple[int, str]] = field(default_factory=dict)
    entries: dict[tuple[int, int], tuple[int, str]] = field(default_factory=dict)
    tags: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    notes: dict[int, tuple[str, str]] = field(default_factory=dict)
    marks: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    searches: dict[str, tuple[int, str]] = field(default_factory=dict)
    unread: int = 0
    records: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    texts: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def papers(self) -> list[int]:
        """The ids of the papers that something was made of."""
        return sorted({paper for _, paper in self.entries} | set(self.tags) | set(self.notes) | set(self.marks))

    def carried(self) -> Iterator[Carried]:
        """All of it as a library file has it."""
        names = {id_: name for id_, (_, name) in self.lists.items()}
        for list_, _ in sorted(self.entries):
            names.setdefault(list_, "Bookmarks" if list_ == BOOKMARKS else f"List {list_}")
        order = sorted(names, key=lambda id_: (self.lists.get(id_, (id_, ""))[0], id_))
        yield from (CarriedList(names[id_]) for id_ in order)
        for name, (_, query) in sorted(self.searches.items(), key=lambda each: each[1][0]):
            yield CarriedSearch(name, query)
        shelves: dict[int, list[CarriedEntry]] = defaultdict(list)
        for (list_, paper), (position, added) in self.entries.items():
            shelves[paper].append(CarriedEntry(names[list_], position, added))
        for id_ in self.papers:
            yield self._carried(id_, tuple(shelves[id_]))

    def _carried(self, id_: int, entries: tuple[CarriedEntry, ...]) -> CarriedPaper:
        columns = self.records.get(id_, {})
        paper = self._paper(id_, columns)
        key = columns.get("key") or text_key(paper)
        note, noted = self.notes.get(id_, (None, None))
        read, dismissed = self.marks.get(id_, (False, False))
        return CarriedPaper(
            stored=StoredPaper(
                key=key,
                paper=paper,
                sources=(),
                added=columns.get("added") or min((entry.added for entry in entries if entry.added), default=""),
                lists=tuple(entry.list_name for entry in entries),
                tags=tuple(self.tags[id_].values()) if id_ in self.tags else (),
                note=note,
                read=read,
                dismissed=dismissed,
            ),
            names=tuple(name for name in self.names.get(id_, ()) if name != key) if columns else None,
            entries=entries,
            noted=noted,
            place=_place(columns),
        )

    def _paper(self, id_: int, columns: Mapping[str, Any]) -> Paper:
        abstract, summary = self.texts.get(id_, (None, None))
        if columns:
            known = {name: value for name, value in columns.items() if name not in _BESIDE}
            with suppress(LibraryError, ValueError, TypeError):
                return decode_record(json.dumps({**known, "abstract": abstract, "summary": summary, "key": ""}))
        self.unread += not columns
        title = columns.get("title") or f"Paper {id_}, whose title cannot be read"
        return Paper(title=title, abstract=abstract, summary=summary)


def salvage(path: Path) -> Salvaged:
    """Read out of a library's file what users made, whatever state it is in.

    Raises:
        LibraryError: the file cannot be read at all.
    """
    found = Salvaged()
    try:
        with closing(Pages(path)) as pages:
            for row_id, row in pages.rows(_made):
                _keep(found, row_id, row)
            wanted = set(found.papers)
            found.names = defaultdict(list, {id_: names for id_, names in found.names.items() if id_ in wanted})
            for row_id, row in pages.rows(_of_papers):
                if row_id in wanted:
                    _keep_paper(found, row_id, row)
    except OSError as error:
        raise LibraryError(f"the library {path} cannot be read: {error.strerror}", "check the disk") from error
    return found


def _made(table: bool, shape: str) -> bool:
    return shape in (_FIRST_PASS if table else _FIRST_PASS_WITHOUT_IDS)


def _of_papers(table: bool, shape: str) -> bool:
    return table and bool(_TEXTS.fullmatch(shape) or _PAPER.fullmatch(shape))


def _keep(found: Salvaged, row_id: int, row: tuple[Any, ...]) -> None:
    """Keep a row if it is what it looks like."""
    match row:
        case (None, str(name), int(position)):
            found.lists[row_id] = position, name
        case (None, str(name), str(query), int(position)):
            found.searches[name] = position, query
        case (None, str(text), str(changed)) if _TIME.fullmatch(changed):
            found.notes[row_id] = text, changed
        case (None, int(read), int(dismissed)) if {read, dismissed} <= {0, 1} and (read or dismissed):
            found.marks[row_id] = bool(read), bool(dismissed)
        case (int(list_), int(paper), int(position), str(added)) if _TIME.fullmatch(added):
            found.entries[list_, paper] = position, added
        case (int(paper), str(folded), str(tag)) if fold(tag) == folded:
            found.tags[paper][folded] = tag
        case (str(value), int(paper)) if _NAME.fullmatch(value):
            found.names[paper].append(value)


def _keep_paper(found: Salvaged, row_id: int, row: tuple[Any, ...]) -> None:
    if len(row) == 3:
        abstract, summary = row[1:]
        if not (isinstance(summary, str) and _TIME.fullmatch(summary)):  # that is a note
            found.texts[row_id] = abstract, summary
    elif _KEY.fullmatch(row[1]):
        found.records[row_id] = dict(zip(_COLUMNS, row, strict=False))


def _place(columns: Mapping[str, Any]) -> Place | None:
    with suppress(KeyError, ValueError, TypeError):
        number = columns["day"]
        return Place(date(number // 10_000, number // 100 % 100, number % 100), columns["rank"])
    return None
