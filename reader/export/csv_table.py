r"""CSV: papers for spreadsheets, which guess what a cell is; so no text can be taken for a formula, no id for a number.

A row a paper, under the names that JSON uses. UTF-8 with a byte order mark, by which Excel knows it; every cell in
quotes. What a cell holds can always be had back (`docs/lists-and-export.md`):

* A cell that would begin with `=`, `+`, `-`, `@`, a tab, a line break, or with `'` itself, has one `'` before it. So
  one `'` at the beginning of a cell is to be taken away.
* Several values in a cell are parted by `; `; in each of them, `\;` stands for a semicolon and `\\` for a backslash.
* `arXiv:` stands before an arXiv id, which would lose a last zero as a number.

Source: RFC 4180; on formulas OWASP, https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from reader.export import jsonl
from reader.paper import StoredPaper
from reader.text import visible_lines

COLUMNS = (
    "key", "title", "authors", "author_count", "published", "published_inferred", "url", "arxiv_id", "arxiv_version",
    "doi", "categories", "organization", "comments", "upvotes", "bookmarked", "lists", "tags", "note", "read",
    "dismissed", "added", "sources", "links", "keywords", "summary", "abstract",
)  # fmt: skip
"""The columns in their order; the long texts come last."""

_FORMULA = re.compile("[=+\\-@\t\r\n'\uff1d\uff0b\uff0d\uff20]")


def render(papers: Iterable[StoredPaper], *, title: str = "") -> Iterator[str]:
    """A table, a row a paper under a row of names. There is no place for a title."""
    del title
    yield "\ufeff" + _row(COLUMNS)
    for stored in papers:
        known = jsonl.fields(stored)
        known["sources"] = [source.name for source in stored.sources]
        known["arxiv_id"] = known["arxiv_id"] and f"arXiv:{known['arxiv_id']}"
        yield _row(_cell(known.get(name)) for name in COLUMNS)


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _cell(value: object) -> str:
    """A value as a cell; what is unknown, and what is none, is empty."""
    if isinstance(value, list):
        value = "; ".join(str(each).replace("\\", "\\\\").replace(";", "\\;") for each in value)
    elif isinstance(value, bool):
        value = str(value).lower()
    text = "" if value is None else visible_lines(str(value))
    return f"'{text}" if _FORMULA.match(text) else text
