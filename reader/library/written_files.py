"""Which files reader wrote that do not say so themselves, such as tables and bibliographies.

Kept is where each lies, with the SHA-256 of what was written: a file that anybody changed since is not known any more.
The record may vanish at any time; then one is asked before such a file is replaced, as for anybody's.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from reader.errors import ReaderError
from reader.export.files import write

_MOST = 500
"""Files that are remembered, those written last."""
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """The record of these files.

    Attributes:
        record: the file that holds it; it need not be there.
    """

    record: Path

    def know(self, path: Path) -> bool:
        """Whether a file is as reader wrote it."""
        known = self._read().get(_place(path))
        return known is not None and known == _digest(path)

    def remember(self, path: Path) -> None:
        """Note what was written just now; where that cannot be noted, it is done without."""
        digest = _digest(path)
        if digest is None:
            return
        place = _place(path)
        others = {other: known for other, known in self._read().items() if other != place}
        newest = dict(list({**others, place: digest}.items())[-_MOST:])
        with contextlib.suppress(ReaderError):
            text = json.dumps(newest, ensure_ascii=True, indent=1)
            write(self.record, [text, "\n"], may_replace=lambda _: True, make_folder=True, private=True)

    def _read(self) -> dict[str, str]:
        try:
            with self.record.open("rb") as file:
                said = json.loads(file.read(_LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        known = said.items() if isinstance(said, dict) else ()
        return {place: digest for place, digest in known if isinstance(digest, str)}


def _place(path: Path) -> str:
    with contextlib.suppress(OSError, RuntimeError):  # a loop of links is a RuntimeError before Python 3.13
        path = path.resolve()
    return str(path)


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
