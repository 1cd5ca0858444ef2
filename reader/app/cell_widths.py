"""How many cells characters take, on terminals that give those two which Unicode leaves open (UAX #11, "ambiguous").

Everything that wraps, cuts, pads or places a cursor, ours and Textual's, asks Rich how wide a text is, and Rich looks
into one table: it is the table that is exchanged. Borders and marks are drawn in ASCII then (`ascii_marks`), since
Textual takes each of their characters for one cell whatever the table says; what becomes ASCII stays one cell wide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, groupby

from rich import cells, segment
from rich._unicode_data import load

from reader.app.ascii_marks import TRANSLATED

_LOOKED_THROUGH = (range(0xA1, 0xFFFE), range(0x1F100, 0x1F1AE))
_PRIVATE_PLANES = ((0xF0000, 0xFFFFD, 2), (0x100000, 0x10FFFD, 2))
_SOFT_HYPHEN = 0xAD
"""Ambiguous, but terminals draw it narrow or not at all."""


@contextmanager
def ambiguous_counted_wide() -> Iterator[None]:
    """Within it, characters that may be narrow or wide are counted as two cells, in the whole process."""
    table = _widened(load())
    narrow = frozenset(each for each in cells._SINGLE_CELLS if not _is_widened(ord(each)))
    try:
        _exchange(lambda _version="auto": table, narrow.issuperset)
        yield
    finally:
        _exchange(load, cells._SINGLE_CELLS.issuperset)


def _exchange(table: object, are_single: object) -> None:
    """Rich has no public way to be given a table; all that measures looks it up under these names."""
    vars(cells).update(load_cell_table=table, _is_single_cell_widths=are_single)
    vars(segment).update(_is_single_cell_widths=are_single)
    cells.get_character_cell_size.cache_clear()
    cells.cached_cell_len.cache_clear()


def _widened(table: cells.CellTable) -> cells.CellTable:
    """The same table, what is ambiguous and has a cell in it with two."""
    known = {code for start, end, _ in table.widths for code in range(start, end + 1)}
    codes = [code for code in chain(*_LOOKED_THROUGH) if code not in known and _is_widened(code)]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    wide = [(run[0], run[-1], 2) for run in runs]
    return table._replace(widths=sorted([*table.widths, *wide, *_PRIVATE_PLANES]))


def _is_widened(code: int) -> bool:
    return code not in TRANSLATED and code != _SOFT_HYPHEN and unicodedata.east_asian_width(chr(code)) == "A"
