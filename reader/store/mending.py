"""Making anew what follows from the papers: indexes, the vocabulary, the categories, and the list "Bookmarks".

Nothing that a user made or an import brought is touched: what is mended is what the rest of the library determines.
"""

from __future__ import annotations

from reader.store.database import Database
from reader.store.schema import BOOKMARKS
from reader.store.text_index import TextIndex

_WORDS_AT_ONCE = 4_000


class Mending:
    """Mends one library; each part in a transaction of its own."""

    def __init__(self, database: Database) -> None:
        """Mend that library."""
        self._database = database

    def indexes(self) -> None:
        """Make the indexes of all tables anew."""
        with self._database.transaction():
            self._database.run("reindex")

    def full_text(self) -> None:
        """Make the full-text indexes anew from the papers."""
        with self._database.transaction():
            for table in ("title_index", "text_index"):
                self._database.run(f"insert into {table} ({table}) values ('rebuild')")

    def vocabulary(self) -> None:
        """Make the vocabulary anew from the full-text indexes."""
        index = TextIndex(self._database)
        with self._database.transaction():
            for table in ("shortenings", "suffixes", "words"):
                self._database.run(f"delete from {table}")
            for words in index.counted_words(_WORDS_AT_ONCE):
                index.learn(words, afresh=True)

    def categories(self) -> None:
        """Make what searches for categories look at anew from the papers' own lists."""
        with self._database.transaction():
            self._database.run("delete from categories")
            self._database.run(
                "insert or ignore into categories (category, paper) select value, papers.id from papers, "
                "json_each(papers.categories) where papers.categories is not null"
            )

    def bookmarks(self) -> None:
        """Put the first list back, under another name where a list has its name already."""
        with self._database.transaction():
            taken = self._database.rows("select name from lists")
            names = ("Bookmarks", *(f"Bookmarks {n}" for n in range(2, len(taken) + 3)))
            used = {name.casefold() for (name,) in taken}
            name = next(name for name in names if name.casefold() not in used)
            self._database.run("insert or ignore into lists (id, name, position) values (?, ?, 1)", (BOOKMARKS, name))
