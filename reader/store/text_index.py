"""The full-text index and the vocabulary: what search asks before it ranks.

Words reach the index only as a `matching.Match`; a user's text is never part of a MATCH expression. The tokens are
SQLite's: `unicode61` without diacritics, https://www.sqlite.org/fts5.html#unicode61_tokenizer.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reader.frozen import frozen
from reader.store.conditions import ANY, Condition
from reader.store.database import Database
from reader.store.matching import Match, expression
from reader.store.orders import DEFAULT_ORDER, ORDERS
from reader.text import is_unspaced

SHORTEST_REPAIRABLE = 3
"""Letters of the shortest word that is found by a misspelling."""
LONGEST_REPAIRABLE = 32
"""Letters of the longest; longer "words" are formulas, addresses and accidents."""

LAST_WORD = "\U0010ffff"
"""Stands behind every word in the alphabet."""

_SCAN_FACTOR = 20
"""Counting a new paper's words costs about as much as reading the words of this many from the whole vocabulary."""

Texts = tuple[str, str | None, str | None]
"""What a paper is found by, as stored: title, abstract, and authors as a JSON list."""


@frozen
class Word:
    """A word of the vocabulary with the number of titles, and of papers, that hold it."""

    text: str
    titles: int
    papers: int


class TextIndex:
    """The full-text index of a library and its vocabulary."""

    def __init__(self, database: Database) -> None:
        """Read and write the index of that library."""
        self._database = database

    # reading

    def words(self, texts: Iterable[str]) -> list[Word]:
        """Those of the words that the library knows."""
        wanted = list(texts)
        sql = f"select word, titles, papers from words where papers > 0 and word in ({','.join('?' * len(wanted))})"
        return [Word(*row) for row in self._database.rows(sql, wanted)]

    def words_with_prefix(self, prefix: str, *, limit: int) -> list[Word]:
        """Words that begin so, the first ones in the alphabet."""
        found = self._database.rows(
            "select word, titles, papers from words where word >= ? and word < ? and papers > 0 order by word limit ?",
            (prefix, prefix + "\U0010ffff", limit),
        )
        return [Word(*row) for row in found]

    def commonest_words_with_prefix(self, prefix: str, *, limit: int) -> list[Word]:
        """Words that begin so, those first that most papers hold; every word that begins so is looked at."""
        found = self._database.rows(
            "select word, titles, papers from words where word >= ? and word < ? and papers > 0 "
            "order by papers desc, word limit ?",
            (prefix, prefix + "\U0010ffff", limit),
        )
        return [Word(*row) for row in found]

    def words_holding(self, texts: Iterable[str], *, limit: int) -> list[Word]:
        """Words of scripts without spaces that hold one of these texts after their first letter."""
        found: dict[Word, None] = {}
        for text in texts:
            rows = self._database.rows(
                "select distinct w.word, w.titles, w.papers from suffixes s join words w on w.id = s.word "
                "where s.suffix >= ? and s.suffix < ? and w.papers > 0 limit ?",
                (text, text + "\U0010ffff", limit),
            )
            found.update(dict.fromkeys(Word(*row) for row in rows))
        return list(found)

    def words_shortened_to(self, texts: Iterable[str]) -> list[Word]:
        """Words that become one of these texts when one letter is left out."""
        wanted = list(texts)
        found = self._database.rows(
            "select distinct w.word, w.titles, w.papers from shortenings s join words w on w.id = s.word "
            f"where s.shortened in ({','.join('?' * len(wanted))}) and w.papers > 0",
            wanted,
        )
        return [Word(*row) for row in found]

    def words_shortened_to_prefix(self, prefix: str, *, limit: int) -> list[Word]:
        """Words of which some beginning becomes this text when one letter is left out."""
        found = self._database.rows(
            "select distinct w.word, w.titles, w.papers from (select word from shortenings where shortened >= ? "
            "and shortened < ? limit ?) s join words w on w.id = s.word where w.papers > 0",
            (prefix, prefix + "\U0010ffff", limit),
        )
        return [Word(*row) for row in found]

    def ids(
        self,
        match: Match,
        *,
        titles: bool = False,
        horizon: int,
        limit: int,
        ranked: bool,
        condition: Condition = ANY,
        among: Collection[int] | None = None,
    ) -> array[int]:
        """Papers that match: the best by bm25, or, unranked, those imported last; a negative limit gives all.

        Ranking costs about a microsecond for every paper that matches, whatever the limit.

        Args:
            titles: whether to look in titles alone; otherwise a match in the title counts most.
            condition: what they must answer to, asked of one after the other.
            among: the few papers that are looked at.
        """
        table = "title_index" if titles else "text_index"
        where = f"{table} match ? and rowid < ? and {condition.of(f'+{table}.rowid')}"
        parameters = [expression(match), horizon, *condition.parameters]
        if among is not None:
            where += " and rowid in (select value from json_each(?))"
            parameters.append(json.dumps(list(among)))
        if not ranked:
            sql = f"select rowid from {table} where {where} order by rowid desc limit ?"
            return self._database.ids(sql, (*parameters, limit))
        worth = "bm25(text_index, 4.0, 1.0, 2.0)" if table == "text_index" else "rank"
        sql = f"select rowid, {worth} as w from {table} where {where} order by w, rowid limit ?"
        return self._ties_in_order(self._database.rows(sql, (*parameters, limit)))

    def holds(self, match: Match, *, titles: bool = False) -> Condition:
        """To match anywhere, or in the title."""
        table = "title_index" if titles else "text_index"
        return Condition(
            f"exists (select 1 from {table} held where held.{table} match ? and held.rowid = {{paper}})",
            (expression(match),),
            f"{{paper}} in (select rowid from {table} where {table} match ?)",
        )

    def _ties_in_order(self, found: Sequence[tuple[int, float]]) -> array[int]:
        """Ids by their worth, those of equal worth in the default order, whenever they were imported."""
        holders = Counter(worth for _, worth in found)
        tied = [id_ for id_, worth in found if holders[worth] > 1]
        if tied:
            sql = f"select p.id from json_each(?) j join papers p on p.id = j.value order by {ORDERS[DEFAULT_ORDER]}"
            place = {id_: n for n, (id_,) in enumerate(self._database.rows(sql, (json.dumps(tied),)))}
            found = sorted(found, key=lambda pair: (pair[1], place.get(pair[0], 0)))
        return array("q", [id_ for id_, _ in found])

    # writing, inside the caller's transaction

    def add(self, first: int, last: int) -> None:
        """Index the papers of a run of ids."""
        self._database.run(
            "insert into title_index (rowid, title) select id, title from papers where id between ? and ?",
            (first, last),
        )
        self._database.run(
            "insert into text_index (rowid, title, abstract, authors) select id, title, abstract, authors "
            "from searchable where id between ? and ?",
            (first, last),
        )

    def new_words(self, first: int, last: int) -> list[tuple[str, int, int]]:
        """The vocabulary of a run of ids: word, titles and papers that hold it. Writes nothing that stays."""

        def fill() -> None:
            self._database.run(
                "insert into new_titles (rowid, title) select id, title from papers where id between ? and ?",
                (first, last),
            )
            self._database.run(
                "insert into new_texts (rowid, title, abstract, authors) select id, title, abstract, authors "
                "from searchable where id between ? and ?",
                (first, last),
            )

        return self._counted(fill)

    def texts(self, papers: Sequence[int]) -> dict[int, Texts]:
        """What those papers are found by, by id."""
        sql = "select id, title, abstract, authors from searchable where id in (select value from json_each(?))"
        found = self._database.rows(sql, (json.dumps(list(papers)),))
        return {id_: (title, abstract, authors) for id_, title, abstract, authors in found}

    def word_changes(self, earlier: Mapping[int, Texts | None]) -> list[tuple[str, int, int]]:
        """By how much words occur more, or less, since papers had those earlier texts, or were not there."""
        was = self._words_of({id_: texts for id_, texts in earlier.items() if texts is not None})
        now = self._words_of(self.texts(list(earlier)))
        found = []
        for word in sorted({*was, *now}):
            (old_titles, old_papers), (titles, papers) = was.get(word, (0, 0)), now.get(word, (0, 0))
            if (titles, papers) != (old_titles, old_papers):
                found.append((word, titles - old_titles, papers - old_papers))
        return found

    def _words_of(self, texts: Mapping[int, Texts]) -> dict[str, tuple[int, int]]:
        rows = [(id_, *columns) for id_, columns in texts.items()]

        def fill() -> None:
            self._database.run_many("insert into new_titles (rowid, title) values (?, ?)", [row[:2] for row in rows])
            self._database.run_many("insert into new_texts (rowid, title, abstract, authors) values (?, ?, ?, ?)", rows)

        return {word: (titles, papers) for word, titles, papers in self._counted(fill)} if rows else {}

    def _counted(self, fill: Callable[[], None]) -> list[tuple[str, int, int]]:
        """The words of what `fill` puts into two temporary indexes."""
        database = self._database
        for name, columns in (("new_titles", "title"), ("new_texts", "title, abstract, authors")):
            database.run(f"drop table if exists temp.{name}")
            database.run(
                f"create virtual table temp.{name} using fts5 "
                f"({columns}, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 2')"
            )
            database.run(f"create virtual table if not exists temp.{name}_words using fts5vocab (temp, {name}, row)")
        fill()
        titles: dict[str, int] = dict(database.rows("select term, doc from new_titles_words"))
        found = [(w, titles.get(w, 0), n) for w, n in database.rows("select term, doc from new_texts_words")]
        for name in ("new_titles", "new_texts"):
            database.run(f"drop table temp.{name}_words")
            database.run(f"drop table temp.{name}")
        return found

    def all_words(self) -> list[tuple[str, int, int]]:
        """The vocabulary of the whole index, counted afresh: word, titles and papers that hold it."""
        return [word for words in self.counted_words(-1) for word in words]

    def counted_words(self, limit: int) -> Iterator[list[tuple[str, int, int]]]:
        """The same in the order of the alphabet, so many words at a time: a million papers hold a lot of them."""
        after = ""
        while papers := self._database.rows("select term, doc from text_words where term > ? limit ?", (after, limit)):
            first, after = papers[0][0], papers[-1][0]
            titles: dict[str, int] = dict(
                self._database.rows("select term, doc from title_words where term >= ? and term <= ?", (first, after))
            )
            yield [(word, titles.get(word, 0), count) for word, count in papers]

    def counts_afresh(self, new: int, total: int) -> bool:
        """Whether, for so many new papers among so many, counting all words afresh is the quicker way."""
        return new * _SCAN_FACTOR > total

    def learn(self, words: Sequence[tuple[str, int, int]], *, afresh: bool) -> None:
        """Add counts to the vocabulary, or, `afresh`, set them; words that are new become findable by misspellings."""
        database = self._database
        last = database.value("select coalesce(max(id), 0) from words")
        change = "excluded.{0}" if afresh else "{0} + excluded.{0}"
        database.run_many(
            "insert into words (word, titles, papers) values (?, ?, ?) on conflict (word) do update set "
            f"titles = {change.format('titles')}, papers = {change.format('papers')}",
            words,
        )
        new = database.rows("select id, word from words where id > ?", (last,))
        pairs = [(text, id_) for id_, word in new for text in shortenings(word)]
        database.run_many("insert or ignore into shortenings (shortened, word) values (?, ?)", pairs)
        parts = sorted((text, id_) for id_, word in new for text in suffixes(word))
        database.run_many("insert or ignore into suffixes (suffix, word) values (?, ?)", parts)

    def forget(self, words: Sequence[int]) -> None:
        """Take words, by their ids, for unknown until they are learnt again."""
        self._database.run_many("update words set titles = 0, papers = 0 where id = ?", [(word,) for word in words])

    def has_words(self) -> bool:
        """Whether the vocabulary was ever written."""
        return self._database.value("select id from words limit 1") is not None

    def ghosts(self, real: Collection[str], *, after: str = "", upto: str = LAST_WORD) -> list[int]:
        """The ids of the words of the vocabulary, or of a part of it in the alphabet, that are none of those."""
        sql = "select id, word from words where papers > 0 and word > ? and word <= ?"
        return [id_ for id_, word in self._database.rows(sql, (after, upto)) if word not in real]


class EarlierTexts:
    """The texts of papers as they were before a step's changes, so that the vocabulary can follow in one go."""

    def __init__(self, database: Database) -> None:
        """Of papers of that library."""
        self._index = TextIndex(database)
        self._earlier: dict[int, Texts | None] = {}

    def note(self, table: str, row: Mapping[str, Any]) -> None:
        """Keep the texts of the paper of a row that is to be changed, unless they were kept already."""
        name = {"papers": "id", "texts": "paper"}.get(table)
        if name is not None and row[name] not in self._earlier:
            self._earlier[row[name]] = self._index.texts([row[name]]).get(row[name])

    def settle(self) -> None:
        """Count the words that came and went."""
        if self._earlier:
            self._index.learn(self._index.word_changes(self._earlier), afresh=False)
            self._earlier = {}


def shortenings(word: str) -> list[str]:
    """The texts that a word becomes when one letter is left out; none for words that are never repaired.

    Two words at an optimal string alignment distance of one always share a text of {word} ∪ shortenings(word): the
    idea of W. Garbe's symmetric delete algorithm.
    """
    if not SHORTEST_REPAIRABLE <= len(word) <= LONGEST_REPAIRABLE or word.isdigit():
        return []
    return without_one_letter(word)


def suffixes(word: str) -> set[str]:
    """The ends of a word of a script without spaces, where words stand within words; none of other words."""
    if not is_unspaced(word):
        return set()
    return {word[start:] for start in range(1, min(len(word), LONGEST_REPAIRABLE))}


def without_one_letter(word: str) -> list[str]:
    """The texts that a word becomes when one letter is left out, each once, the last letter first.

    So those of words in the order of the alphabet are nearly in that order themselves, which spares sorting them.
    """
    return [word[:i] + word[i + 1 :] for i in range(len(word) - 1, -1, -1) if not i or word[i] != word[i - 1]]
