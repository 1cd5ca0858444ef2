"""Importing: files in, papers merged into the library, and a summary of what became of each record.

An import of a file is all or nothing: its papers are stored in short batches, hidden until the file is complete, and
taken back when it does not complete. Everything a file holds is counted: records = added + merged + unchanged.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from reader import formats
from reader.errors import UnknownFormat, UnreadableInput, UsageError
from reader.formats import Reading, Rejected
from reader.formats.library_file import KIND as LIBRARY_FILE
from reader.formats.reading_list import KIND as READING_LIST
from reader.library.alone import only_importer, recover
from reader.library.carrying import Carrier, names_of
from reader.library.inputs import Given, Input, digest, inputs, name_of, opened, reason_of
from reader.library.joining import NO_LIMIT, NO_SOURCE, Batch
from reader.library.settling import Settling
from reader.library.syncing import import_list
from reader.library.telling import WAITING, Progress, RejectedRecord, ReportProgress, Summary
from reader.paper import Paper
from reader.store import Store
from reader.store.imports import day_number
from reader.transfer import CarriedPaper
from reader.wording import counted

BATCH_SECONDS = 0.04
"""How long writing one batch should take: others wait meanwhile, at most 0.1 s."""
_SMALLEST_BATCH, _FIRST_BATCH, _LARGEST_BATCH = 20, 100, 4_000
_TIME_ZONES = timedelta(days=1)  # where it is tomorrow already


@dataclass(slots=True)
class _Tally:
    """The running counts of one file."""

    records: int = 0
    added: int = 0
    merged: int = 0
    rejected: list[RejectedRecord] = field(default_factory=list)
    encodings: tuple[tuple[str, str], ...] = ()
    told: tuple[str, ...] = ()

    @property
    def unchanged(self) -> int:
        return self.records - self.added - self.merged


def import_paths(
    store: Store,
    paths: Sequence[Given],
    *,
    now: datetime,
    page_date: date | None = None,
    form: str | None = None,
    stdin: BinaryIO | None = None,
    origin: str = "command",
    progress: ReportProgress | None = None,
) -> Summary:
    """Import files, folders, pasted text, and, for "-", standard input.

    A file that cannot be read is named in the summary, and the others are imported all the same. When the user
    stops it (`KeyboardInterrupt`, also out of `progress`), finished files stay and the summary says where it stopped.

    Args:
        store: where the papers go.
        paths: in the order in which they are read.
        now: the time of the import; the day it is counted for is this one's.
        page_date: the day of all the pages, where the user knows it.
        form: the name of the format to read them all as, one of `format_names`; None has it recognised.
        stdin: what "-" stands for.
        origin: who is doing it, for the journal.
        progress: told after every batch, some times a second while another import runs, and often while words are
            learnt; it must not write to the library.

    Raises:
        UsageError: a path is empty, or the day of the pages is still to come.
        LibraryError: the library cannot be written; what was finished stays.
        UsageError: no format has that name.
    """
    _check(paths, now, page_date)
    if form is not None:
        formats.named(form)
    summary, reading = Summary(), name_of(paths[0]) if paths else ""
    importer: _Importer | None = None
    try:
        with only_importer(store, lambda: _report_waiting(progress, reading)):
            recover(store)
            for item, error in _all(paths, stdin):
                reading = item.name
                if importer is not None and importer.stopped:
                    raise KeyboardInterrupt
                importer = _Importer(store, now=now, page_date=page_date, form=form, origin=origin, progress=progress)
                summary = _import(importer, item, summary) if error is None else _refuse(summary, item, error)
    except KeyboardInterrupt:
        return replace(summary, stopped_at=reading)
    return summary


def anything_to_import(
    paths: Sequence[Given], *, now: datetime, page_date: date | None = None, stdin: BinaryIO | None = None
) -> bool:
    """Whether any of what is given can be opened: otherwise it is not worth making a library.

    Raises:
        UsageError: as `import_paths` does.
    """
    _check(paths, now, page_date)
    return any(
        error is None and (item.path is None or os.access(item.path, os.R_OK)) for item, error in _all(paths, stdin)
    )


def _check(paths: Sequence[Given], now: datetime, page_date: date | None) -> None:
    if "" in paths:
        raise UsageError("an empty path names neither a file nor a folder", "`.` is the folder that you are in")
    if page_date is not None and page_date > now.date() + _TIME_ZONES:
        raise UsageError(
            f"the pages cannot be of {page_date}: that day is still to come", "give the day they were saved"
        )


def _all(paths: Sequence[Given], stdin: BinaryIO | None) -> Iterator[tuple[Input, str | None]]:
    for given in paths:
        yield from inputs(given, stdin)


def _import(importer: _Importer, item: Input, summary: Summary) -> Summary:
    """Import one file and count it, or say why it cannot be read."""
    try:
        with opened(item) as file:
            return _add(summary, importer.run(file, item))
    except UnknownFormat as unknown:
        if item.in_folder:
            return replace(summary, skipped=summary.skipped + 1)
        reason = reason_of(unknown, item.name)
        importer.reject_file(item, reason)
    except UnreadableInput as unreadable:
        reason = reason_of(unreadable, item.name)
        importer.reject_file(item, reason)
    except OSError as error:  # it cannot be opened at all: there is nothing of it to keep
        reason = reason_of(error, item.name)
    return _refuse(summary, item, reason)


def import_text(store: Store, text: str, *, name: str, now: datetime, origin: str) -> Summary:
    """Import text as if it were a file of that name. Raises as `import_paths` does, and `UnreadableInput`."""
    with only_importer(store):
        recover(store)
        importer = _Importer(store, now=now, page_date=None, form=None, origin=origin, progress=None)
        item = Input(name, Path(name), text)
        with opened(item) as file:
            return _add(Summary(), importer.run(file, item))


def format_names() -> tuple[str, ...]:
    """What the formats are called that files can be read as."""
    return formats.names()


def _report_waiting(progress: ReportProgress | None, name: str) -> None:
    if progress is not None:
        progress(Progress(name, 0, 0, 0, WAITING))


class _Importer:
    """The import of one file.

    Attributes:
        stopped: whether the user stopped it when all of it was kept already.
    """

    def __init__(
        self,
        store: Store,
        *,
        now: datetime,
        page_date: date | None,
        form: str | None,
        origin: str,
        progress: ReportProgress | None,
    ) -> None:
        self._store = store
        self._now = now
        self._at = now.isoformat(timespec="seconds")
        self._page_date = page_date
        self._form = form
        self._origin = origin
        self._progress = progress
        self.stopped = False
        self._tally = _Tally()
        self._prints_yearless = False
        self._redated = False
        self._content, self._size = "", 0
        self._first = self._next = 0
        self._carrier = Carrier(store, at=now.isoformat(timespec="seconds"))
        self._carried: dict[int, CarriedPaper] = {}

    def run(self, file: BinaryIO, item: Input) -> _Tally:
        """Read a file to its end and keep what it holds, or keep nothing and raise."""
        name = item.name
        self._content, self._size = digest(file, lambda: self._report_stage(name, "opening"))
        reading = formats.read(file, name=name, form=self._form)
        if reading.kind == READING_LIST:
            self._take_list_in(reading, item)
            return self._tally
        if reading.encoding != "UTF-8":
            self._tally.encodings = ((name, reading.encoding),)
        self._first = self._next = self._store.imports.next_paper()
        step = self._store.imports.start(label=f"imported {name}", at=self._at, origin=self._origin)
        try:
            if reading.kind == LIBRARY_FILE:
                self._carry_over(step, reading, file, item)
            else:
                self._read(step, reading, file, item)
        except BaseException as error:
            if step in self._store.imports.unfinished():
                self._store.imports.take_back(step)
            if not (isinstance(error, KeyboardInterrupt) and self._store.imports.is_complete(step)):
                raise
            self.stopped = True
        finally:
            self._store.database.set_durable(each_commit=True)
        return self._tally

    def _take_list_in(self, reading: Reading, item: Input) -> None:
        """Take a reading list in that a person may have changed: it says more than its papers."""
        for _ in reading:
            pass
        if reading.notes.list_file is not None:
            found = reading.notes.list_file
            taken = import_list(self._store, found, name=item.name, now=self._now, origin=self._origin)
            self._tally.records = taken.entries - len(taken.unread)
            self._tally.added, self._tally.merged, self._tally.told = taken.added, taken.changed, taken.told
            self._tally.rejected = [RejectedRecord(item.name, *each) for each in taken.unread]

    def _read(self, step: int, reading: Reading, file: BinaryIO, item: Input) -> None:
        day = day_number(self._page_date or self._now.date())
        source, known = self._store.imports.source(
            step, digest=self._content, name=item.name, kind=reading.kind, day=day, seen=self._at
        )
        page_year: int | None = None
        if known:
            day, page_year = self._store.imports.page(source)
        self._write_all(step, source, day, reading, file, item)
        page = Settling(
            self._store,
            step,
            source,
            today=self._now.date(),
            yearless=self._prints_yearless,
            report=lambda: self._report_stage(item.name, "dating"),
        )
        if not known or self._page_date is not None:
            name = Path(item.name).name
            settled = page.settle(reading.page, told=self._page_date, name=name, day=day, known=known)
            self._redated = settled.redated
            if known:  # nothing else of it can change: these records were counted as unchanged
                self._tally.merged += min(settled.papers, self._tally.unchanged)
        elif self._tally.added:
            page.settle_again(year=page_year, first=self._first)
        self._finish(step, source, item, known=known)

    def _carry_over(self, step: int, reading: Reading, file: BinaryIO, item: Input) -> None:
        """Read a library file: it is no source of its papers, it names those they have."""
        self._write_all(step, NO_SOURCE, day_number(self._now.date()), reading, file, item)
        self._finish(step, None, item, known=False)

    def _write_all(self, step: int, source: int, day: int, reading: Reading, file: BinaryIO, item: Input) -> None:
        self._store.database.set_durable(each_commit=False)
        for batch in self._batches(self._carrier.unpack(step, reading), item.name):
            self._write(step, source, day, batch)
            self._report(item.name, file, self._size)

    def _finish(self, step: int, source: int | None, item: Input, *, known: bool) -> None:
        """Let what was read be seen, and keep what could not be read beside its source."""
        file = item.name_with(self._content)
        rejected = [(each.line, each.reason, each.text) for each in self._tally.rejected]
        if not self._tally.added and not self._tally.merged and not self._redated and not self._carrier.changed:
            self._store.imports.take_back(step)  # nothing to undo, nothing to keep but what could not be read
            self._store.sources.reject(file, rejected, source=source if known else None, at=self._at)
            return
        with self._store.database.ticking(lambda: self._report_stage(item.name, "learning words")):
            for _ in self._store.imports.learn_words(step):
                pass
        tally = self._tally
        what = counted(tally.added, "paper") if tally.added else f"what {counted(tally.merged, 'paper')} lacked"
        if not tally.added and not tally.merged and self._carrier.changed:
            what = "lists, sources and searches"
        self._store.imports.finish(
            step,
            f"imported {what} from {item.name}",
            and_then=lambda recorder: self._store.sources.reject(
                file, rejected, source=source, at=self._at, step=recorder
            ),
        )

    def reject_file(self, item: Input, reason: str) -> None:
        """Keep a file that could be opened and not be read."""
        self._store.sources.reject(item.name_with(self._content), [(None, reason, "")], source=None, at=self._at)

    def _report_stage(self, name: str, stage: str) -> None:
        if self._progress is not None:
            self._progress(Progress(name, self._tally.records, self._size, self._size, stage))

    def _report(self, name: str, file: BinaryIO, size: int) -> None:
        if self._progress is not None:
            self._progress(Progress(name, self._tally.records, file.tell(), size))

    def _batches(
        self, records: Iterable[Paper | CarriedPaper | Rejected], name: str
    ) -> Iterator[list[tuple[int, Paper]]]:
        """Records with their ranks, as many at a time as were written in `BATCH_SECONDS` before."""
        batch: list[tuple[int, Paper]] = []
        size = _FIRST_BATCH
        for record in records:
            if isinstance(record, Rejected):
                self._tally.rejected.append(RejectedRecord(name, record.line, record.reason, record.text))
                continue
            self._tally.records += 1
            if isinstance(record, CarriedPaper):
                self._carried[self._tally.records] = record
            batch.append((self._tally.records, record if isinstance(record, Paper) else record.paper))
            if len(batch) >= size:
                began = time.perf_counter()
                yield batch
                took = max(time.perf_counter() - began, 1e-4)
                size = min(max(int(size * BATCH_SECONDS / took), _SMALLEST_BATCH), _LARGEST_BATCH, 2 * size)
                batch = []
        if batch:
            yield batch

    def _write(self, step: int, source: int, day: int, batch: Sequence[tuple[int, Paper]]) -> None:
        for _, paper in batch:
            self._prints_yearless |= paper.published is not None and paper.published.year is None
        carried, self._carried = self._carried, {}
        met = Batch(
            self._store,
            source,
            batch,
            first=self._next,
            names=names_of(carried),
            alike_below=self._first if source == NO_SOURCE else NO_LIMIT,
        )
        self._next = met.next_paper
        self._tally.added += len(met.additions) - sum(union.gone >= self._first for union in met.unions)
        self._tally.merged += met.merged
        self._store.imports.write(
            step,
            source,
            day=day,
            additions=list(met.additions.values()),
            enrichments=list(met.enrichments.values()),
            sightings=list(met.sightings.values()),
            unions=met.unions,
            joined=self._carrier.joined(met.joined, carried),
        )
        if carried:
            self._tally.merged += len(self._carrier.settle(step, carried, met) & met.idle)


def _refuse(summary: Summary, item: Input, reason: str) -> Summary:
    """Count a file that cannot be read as a whole."""
    return replace(summary, rejected=(*summary.rejected, RejectedRecord(item.name, None, reason)))


def _add(summary: Summary, tally: _Tally) -> Summary:
    return replace(
        summary,
        files=summary.files + 1,
        records=summary.records + tally.records,
        added=summary.added + tally.added,
        merged=summary.merged + tally.merged,
        unchanged=summary.unchanged + tally.unchanged,
        rejected=(*summary.rejected, *tally.rejected),
        encodings=(*summary.encodings, *tally.encodings),
        told=(*summary.told, *tally.told),
    )
