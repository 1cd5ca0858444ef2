"""Gzip files are read as what they hold, recognised by their first bytes and never by their name.

A packed file is unpacked as it is read. What is broken ends where it breaks, and says why; a file that would unpack to
far more than it can honestly hold is refused before it fills the disk or the memory.
"""

from __future__ import annotations

import os
import zlib
from typing import BinaryIO, Protocol

from reader.errors import UnreadableInput

MOST_TIMES = 100
"""How many times its own size a packed file may hold, once that is more than `ALWAYS_ALLOWED`; pages hold ten."""

ALWAYS_ALLOWED = 64 * 2**20
"""Bytes that any packed file may hold, however small it is."""

_MAGIC = b"\x1f\x8b"
_BLOCK = 2**16
_GZIP = 16 + zlib.MAX_WBITS


class Source(Protocol):
    """What bytes are read from: any seekable binary file, or an `Unpacked` one."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Stand at that place."""
        ...


class Unpacked:
    """The bytes a gzip file holds; of the methods of a file it has those that reading a page needs.

    Attributes:
        broken: why the data ended early, "" where it did not.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._most = max(MOST_TIMES * file.seek(0, os.SEEK_END), ALWAYS_ALLOWED)
        self.seek(0)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go back to the start, the only place there is to go."""
        if (offset, whence) != (0, 0):
            raise ValueError("a packed file can only be read from its start")
        self._file.seek(0)
        self._unpack = zlib.decompressobj(_GZIP)
        self._packed = b""
        self._given = 0
        self.broken = ""
        return 0

    def taken(self) -> int:
        """How many bytes of the file what was read so far stood in."""
        return self._file.tell() - len(self._packed)

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, `size` at most; none at the end or where the data breaks off."""
        while not self.broken:
            if not self._packed and not (block := self._file.read(_BLOCK)):
                if not self._unpack.eof:
                    self.broken = "the packed file breaks off here"
                return b""
            if not self._packed:
                self._packed = block
            found = self._next(size if size > 0 else _BLOCK)
            if found:
                return found
        return b""

    def _next(self, size: int) -> bytes:
        """What the waiting bytes hold, perhaps nothing; a new member may follow the end of one."""
        if self._unpack.eof:
            self._packed = self._packed.lstrip(b"\0")
            if not self._packed:
                return b""
            self._unpack = zlib.decompressobj(_GZIP)
        try:
            found = self._unpack.decompress(self._packed, size)
        except zlib.error:
            self.broken = "the packed file is damaged here"
            return b""
        self._packed = self._unpack.unused_data if self._unpack.eof else self._unpack.unconsumed_tail
        self._given += len(found)
        if self._given > self._most:
            self.broken = f"the packed file holds more than {MOST_TIMES:,} times its own size"
            return b""
        return found


def unpacked(file: BinaryIO, start: bytes, *, name: str) -> Unpacked | None:
    """The content of a gzip file, by its first bytes; `None` where it is none.

    Raises:
        UnreadableInput: it begins like nothing but a bomb: more than `MOST_TIMES` its size.
    """
    if not start.startswith(_MAGIC):
        return None
    content = Unpacked(file)
    _refuse_bomb(content, name)
    content.seek(0)
    return content


def _refuse_bomb(content: Unpacked, name: str) -> None:
    """Unpack for as long as the ratio is beyond belief; an honest page ends this at its first block."""
    given = 0
    while block := content.read(_BLOCK):
        given += len(block)
        if given < MOST_TIMES // 2 * content.taken():
            return
    if "times its own size" in content.broken:
        what = f"is a packed file that holds more than {MOST_TIMES:,} times its own size"
        raise UnreadableInput(f"{name} {what}", "unpack it yourself and look at what it holds")
