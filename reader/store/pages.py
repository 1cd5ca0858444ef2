"""The rows of a SQLite file, page by page, without SQLite, which opens no file whose first pages are damaged.

Every page that looks like one of a table is taken for one, wherever it stands, and every row in it that decodes is
given; pages that the file calls free are passed over, and those in a write-ahead log stand for older ones. Reads and
changes nothing, and believes nothing: whatever the bytes are, rows come or they do not, and nothing is raised.

https://www.sqlite.org/fileformat2.html has the numbers used here, under "B-tree Pages", "Record Format" and "The WAL".
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

Value = int | float | str | bytes | None
Wanted = Callable[[bool, str], bool]
"""Whether rows of that shape are wanted: in a table with row ids or not, and a letter a column: n, i, f, b or t."""

_MAGIC = b"SQLite format 3\0"
_USUAL_SIZE = 4_096
_SIZES = frozenset(1 << power for power in range(9, 17))
_TABLE, _INDEX, _INNER_INDEX = 0x0D, 0x0A, 0x02
_WAL_HEAD, _FRAME_HEAD = 32, 24
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


class _Broken(Exception):
    """What was read is no row."""


class Pages:
    """The pages of one file and its log."""

    def __init__(self, path: Path) -> None:
        """Open that file. Raises `OSError` where it cannot be read."""
        self._file = path.open("rb")
        self._log: BinaryIO | None = None
        with suppress(OSError):
            self._log = path.with_name(path.name + "-wal").open("rb")
        head = self._file.read(100)
        told = int.from_bytes(head[16:18], "big")
        told = 1 << 16 if told == 1 else told
        self._size = told if told in _SIZES else self._size_in_log() or _USUAL_SIZE
        spare = head[20] if head[:16] == _MAGIC else 0
        self._usable = self._size - spare
        self._count = -(-self._file.seek(0, 2) // self._size)
        self._frames = self._newest_frames()
        self._count = max([self._count, *self._frames])
        self._free = self._free_pages()

    def close(self) -> None:
        """Close the files."""
        self._file.close()
        if self._log is not None:
            self._log.close()

    def rows(self, wanted: Wanted) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """The rows of that shape that can be read, with their row ids, 0 where the table has none."""
        for number in range(1, self._count + 1):
            if number not in self._free:
                yield from self._rows_of(self._page(number), 100 if number == 1 else 0, wanted)

    def _page(self, number: int) -> bytes:
        frame = self._frames.get(number)
        if frame is not None and self._log is not None:
            self._log.seek(frame)
            return self._log.read(self._size).ljust(self._size, b"\0")
        self._file.seek((number - 1) * self._size)
        return self._file.read(self._size).ljust(self._size, b"\0")

    def _size_in_log(self) -> int:
        if self._log is None:
            return 0
        size = int.from_bytes(self._log.read(_WAL_HEAD)[8:12], "big")
        return size if size in _SIZES else 0

    def _newest_frames(self) -> dict[int, int]:
        """Where in the log the newest committed content of each page is, if the log holds any."""
        if self._log is None:
            return {}
        self._log.seek(0)
        head = self._log.read(_WAL_HEAD)
        if len(head) < _WAL_HEAD or int.from_bytes(head[8:12], "big") != self._size:
            return {}
        committed: dict[int, int] = {}
        waiting: dict[int, int] = {}
        place = _WAL_HEAD
        while len(frame := self._log.read(_FRAME_HEAD)) == _FRAME_HEAD and frame[8:16] == head[16:24]:
            waiting[int.from_bytes(frame[:4], "big")] = place + _FRAME_HEAD
            if frame[4:8] != b"\0\0\0\0":
                committed.update(waiting)
                waiting = {}
            place += _FRAME_HEAD + self._size
            self._log.seek(place)
        return committed

    def _free_pages(self) -> frozenset[int]:
        """The pages that hold nothing any more, if what the file says of them is consistent; else none."""
        head = self._page(1)
        trunk, told = struct.unpack(">II", head[32:40])
        if head[:16] != _MAGIC:
            return frozenset()
        free: set[int] = set()
        while trunk and trunk not in free and trunk <= self._count:
            page = self._page(trunk)
            free.add(trunk)
            trunk, count = struct.unpack(">II", page[:8])
            leaves = page[8 : 8 + 4 * min(count, self._size // 4 - 2)]
            free.update(number for (number,) in struct.iter_unpack(">I", leaves))
        return frozenset(free) if len(free) == told else frozenset()

    def _rows_of(self, page: bytes, base: int, wanted: Wanted) -> Iterator[tuple[int, tuple[Value, ...]]]:
        kind = page[base]
        if kind not in (_TABLE, _INDEX, _INNER_INDEX):
            return
        first = base + (12 if kind == _INNER_INDEX else 8)
        count = int.from_bytes(page[base + 3 : base + 5], "big")
        for place in range(first, min(first + 2 * count, self._usable - 1), 2):
            try:
                found = self._row(page, int.from_bytes(page[place : place + 2], "big"), kind, wanted)
            except (_Broken, IndexError, UnicodeDecodeError, struct.error):
                continue
            if found is not None:
                yield found

    def _row(self, page: bytes, at: int, kind: int, wanted: Wanted) -> tuple[int, tuple[Value, ...]] | None:
        at += 4 if kind == _INNER_INDEX else 0
        size, at = _varint(page, at)
        row_id = 0
        if kind == _TABLE:
            row_id, at = _varint(page, at)
        local = self._local(size, table=kind == _TABLE)
        if at + local > self._usable:
            raise _Broken
        payload = page[at : at + local]
        types, begin = _types(payload)
        if not wanted(kind == _TABLE, "".join(map(_letter, types))):
            return None
        if local < size:
            payload += self._overflow(int.from_bytes(page[at + local : at + local + 4], "big"), size - local)
        return row_id, tuple(_values(payload, begin, types))

    def _local(self, size: int, *, table: bool) -> int:
        """The bytes of a payload that stand in its own page."""
        largest = self._usable - 35 if table else (self._usable - 12) * 64 // 255 - 23
        if size <= largest:
            return size
        least = (self._usable - 12) * 32 // 255 - 23
        some = least + (size - least) % (self._usable - 4)
        return some if some <= largest else least

    def _overflow(self, number: int, size: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while size > 0:
            if not 0 < number <= self._count or number in seen:
                raise _Broken
            seen.add(number)
            page = self._page(number)
            number = int.from_bytes(page[:4], "big")
            parts.append(page[4 : min(4 + size, self._usable)])
            size -= len(parts[-1])
        return b"".join(parts)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    return value << 8 | data[at + 8], at + 9


def _types(payload: bytes) -> tuple[list[int], int]:
    """The serial types of a record, and where its values begin."""
    begin, at = _varint(payload, 0)
    if begin > len(payload):
        raise _Broken
    types = []
    while at < begin:
        kind, at = _varint(payload, at)
        types.append(kind)
    return types, begin


def _letter(kind: int) -> str:
    if kind >= 12:
        return "t" if kind % 2 else "b"
    return "niiiiiifii??"[kind]


def _values(payload: bytes, at: int, types: list[int]) -> Iterator[Value]:
    for kind in types:
        width = (kind - 12) // 2 if kind >= 12 else _WIDTHS[kind]
        part = payload[at : at + width]
        if len(part) < width:
            raise _Broken
        at += width
        yield _value(kind, part)


def _value(kind: int, part: bytes) -> Value:
    if kind == 0:
        return None
    if kind == 7:
        return float(struct.unpack(">d", part)[0])
    if kind in (8, 9):
        return kind - 8
    if kind < 8:
        return int.from_bytes(part, "big", signed=True)
    return part.decode() if kind % 2 else part
