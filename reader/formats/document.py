"""A file that must be read as one text, such as JSON or a bibliography: its lines joined, up to a limit.

Formats that can be read a line at a time do not come here; what is held whole must not fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.errors import UnreadableInput
from reader.formats.lines import Line

LARGEST_DOCUMENT = 64 * 2**20
"""Characters of the largest file that is read as one text."""


def whole_text(lines: Iterable[Line]) -> str:
    """The text of a file, its lines joined by LF.

    Raises:
        UnreadableInput: it is longer than `LARGEST_DOCUMENT`.
    """
    pieces: list[str] = []
    left = LARGEST_DOCUMENT
    for line in lines:
        left -= len(line.text) + 1
        if left < 0:
            megabytes = LARGEST_DOCUMENT // 2**20
            raise UnreadableInput(f"is larger than the {megabytes} MiB that are read as one text", "split it up")
        pieces.append(line.text)
    return "\n".join(pieces)
