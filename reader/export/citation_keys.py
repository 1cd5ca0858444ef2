"""The keys by which a bibliography's entries are cited: `attention-all-need-mx4k2q`.

They are made of what stays: the words of the title, and the beginning of the paper's key, which is what reader shows
and takes. So a key is the same in every export, whatever else stands in the list, and when authors or a year become
known later: a document that cites it goes on working.
"""

from __future__ import annotations

import re
import unicodedata

from reader.paper import StoredPaper

_WORDS = 3
_LONGEST_WORD = 20
_SHORTENED = 6
_SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "by", "do", "does", "for", "from", "how", "in", "into", "is", "it", "its",
    "of", "on", "or", "our", "than", "that", "the", "this", "to", "via", "we", "what", "when", "why", "with", "you",
    "your",
})  # fmt: skip


class CitationKeys:
    """The keys given in one file so far; no two papers get the same."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, stored: StoredPaper) -> str:
        """The key of a paper: ASCII letters, digits and hyphens."""
        words = _slug(stored.paper.title)
        key = f"{words}-{stored.key[:_SHORTENED]}"
        if key in self._given:
            key = f"{words}-{stored.key}"
        self._given.add(key)
        return key


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold().replace("'", "")
    words = [word[:_LONGEST_WORD] for word in re.findall(r"[a-z0-9]+", plain) if word not in _SMALL]
    return "-".join(words[:_WORDS]) or "paper"
