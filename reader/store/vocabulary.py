"""The vocabulary, brought up to date with what imports bring and take: in transactions so short that others may write.

Counting is the index's (`text_index`); here is when it counts only what is new and when everything afresh.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from reader.store.database import Database
from reader.store.text_index import LAST_WORD, TextIndex, Texts

WORD_BATCH = 2_000
"""Words added to the vocabulary in one transaction."""


class Vocabulary:
    """The words of a library, each with the number of titles and papers that hold it."""

    def __init__(self, database: Database) -> None:
        """Keep that library's."""
        self._database = database
        self._index = TextIndex(database)

    def follow(self, step: int, *, first: int, last: int) -> Iterator[None]:
        """Take up the words of an import's papers, which are those ids; pauses after each transaction."""
        new = last - first + 1
        if new and self._index.counts_afresh(new, last):
            yield from self.count_afresh()
            return
        if new:
            words = self._index.new_words(first, last)
            yield
            yield from self._learn(words, afresh=False)
        if earlier := self._earlier_texts(step, first):
            words = self._index.word_changes(earlier)
            yield
            yield from self._learn(words, afresh=False)

    def _earlier_texts(self, step: int, first: int) -> dict[int, Texts | None]:
        """The texts of papers older than an import, as they were before it changed them."""
        found = self._database.rows(
            "select tbl, before from changes where step = ? and tbl in ('papers', 'texts') and before is not null "
            "order by n desc",
            (step,),
        )
        columns: dict[int, dict[str, str | None]] = {}
        for table, encoded in found:
            before = json.loads(encoded)
            id_ = before["id" if table == "papers" else "paper"]
            texts = {name: before[name] for name in ("title", "abstract", "authors") if name in before}
            if id_ < first and texts:
                columns.setdefault(id_, {}).update(texts)
        earlier: dict[int, Texts | None] = {}
        now = self._index.texts(list(columns))
        for id_, changed in columns.items():  # of a paper that went into another, everything was changed
            was = dict(zip(("title", "abstract", "authors"), now.get(id_, ("", None, None)), strict=True)) | changed
            earlier[id_] = (was["title"] or "", was["abstract"], was["authors"])
        return earlier

    def _learn(self, words: Sequence[tuple[str, int, int]], *, afresh: bool) -> Iterator[None]:
        for start in range(0, len(words), WORD_BATCH):
            with self._database.transaction():
                self._index.learn(words[start : start + WORD_BATCH], afresh=afresh)
            self._database.pause()
            yield

    def count_afresh(self) -> Iterator[None]:
        """Count all words afresh, and let go of those that no paper holds any more."""
        had_words, after = self._index.has_words(), ""
        for words in self._index.counted_words(WORD_BATCH):
            yield
            yield from self._learn(words, afresh=True)
            if had_words:
                yield from self._forget({word for word, _, _ in words}, after=after, upto=words[-1][0])
            after = words[-1][0]
        if had_words:
            yield from self._forget((), after=after)

    def _forget(self, real: Collection[str], *, after: str, upto: str = LAST_WORD) -> Iterator[None]:
        """Let go of the words of a part of the vocabulary that are none of those."""
        ghosts = self._index.ghosts(real, after=after, upto=upto)
        for start in range(0, len(ghosts), WORD_BATCH):
            with self._database.transaction():
                self._index.forget(ghosts[start : start + WORD_BATCH])
            yield
