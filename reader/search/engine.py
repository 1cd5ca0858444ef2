"""Finding papers: words to terms, terms to candidates, candidates to a ranked answer.

Titles come first, papers that match only elsewhere are appended below: `begin` gives the titles, `complete` the whole.
A word that the library knows is taken at its word; repairs are added below, and lead only where it gives nothing.
Nothing here reads the whole library: what ranking would cost is known from the vocabulary before it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reader.search.ranking import rarity, score
from reader.search.repair import MOST_REPAIRS, Repair, prefix_repairs, repairs
from reader.search.results import Interpretation, Results
from reader.search.words import fold_word, growing_word, spellings
from reader.store import Store
from reader.store.text_index import Groups, Term, TextIndex

MOST_RANKED = 5_000
"""Papers that may match for ranking by bm25, at a microsecond each; among more, the newest are taken."""
CANDIDATES = 200
"""Titles compared one by one."""
SHORTEST_TEXT_PREFIX = 3
"""Letters from which the beginning of a word is looked for outside of titles: nearly every abstract has the shorter."""
ENOUGH = 10
"""Results below which words that the library knows are repaired too."""

_PREFIX_WORDS = 40
"""Words looked at to learn whether, and how often, a beginning occurs."""
_IS_THE_QUERY = 0.999
"""The score above which a title is the query, word for word, so that nothing else can have been meant."""
_ALL = -1

Finder = Callable[..., "array[int]"]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the query with all it may stand for: terms as typed and as repaired, how many papers hold them.

    A beginning of more words than were looked at is `broad`: how many papers hold it is not known.
    """

    text: str
    forms: tuple[str, ...]
    known: bool
    prefix: bool
    repairs: tuple[str, ...]
    titles: int
    papers: int
    repaired_titles: int
    repaired_papers: int
    broad: bool = False

    @property
    def understood(self) -> bool:
        return self.known or bool(self.repairs)

    def terms(self, *, repaired: bool, shortest_prefix: int = 1) -> list[Term]:
        prefix = self.prefix and len(self.text) >= shortest_prefix
        typed = [Term(form, prefix=prefix) for form in self.forms] if self.known else []
        return typed + [Term(text) for text in self.repairs] if repaired or not self.known else typed

    def interpretation(self, *, repaired: bool) -> Interpretation:
        by_repair = bool(self.repairs) and (repaired or not self.known)
        folded = tuple(dict.fromkeys(map(fold_word, self.repairs))) if by_repair else ()
        return Interpretation(self.text, self.known, self.prefix, folded, by_repair and not self.known)


class Engine:
    """Search over one store; belongs to the store's thread."""

    def __init__(self, store: Store) -> None:
        """Search in that store."""
        self._store = store

    def search(self, query: str) -> Results:
        """The whole answer to a query; without words in it, every paper in the default order.

        Raises:
            Interrupted: a newer question came.
            LibraryError: the library cannot be read.
        """
        return self.complete(self.begin(query))

    def begin(self, query: str) -> Results:
        """Papers that match in the title, best first. Raises as `search` does."""
        words = spellings(query)
        if not words:
            return Results(query, self._store.papers.ids())
        with self._store.database.snapshot():
            understood = self._understood(query, words)
            return self._titles(query, understood)

    def complete(self, results: Results) -> Results:
        """The same with everything else that matches, below. Raises as `search` does."""
        if results.complete:
            return results
        with self._store.database.snapshot():
            understood = self._understood(results.query, spellings(results.query))
            return self._texts(results, understood)

    # words

    def _understood(self, query: str, words: Mapping[str, tuple[str, ...]]) -> list[_Token]:
        growing = growing_word(query)
        return [self._token(word, forms, growing=word == growing) for word, forms in words.items()]

    def _token(self, text: str, forms: tuple[str, ...], *, growing: bool) -> _Token:
        index = self._store.index
        prefix = growing or len(text) >= 3
        by_form = [index.words_with_prefix(form, limit=_PREFIX_WORDS) for form in forms] if prefix else []
        same = [word for words in by_form for word in words] if prefix else index.words(forms)
        fixes = _repairs(index, forms, prefix=growing and not same)
        return _Token(
            text=text,
            forms=forms,
            known=bool(same),
            prefix=prefix,
            repairs=tuple(repair.word.text for repair in fixes),
            titles=sum(word.titles for word in same),
            papers=sum(word.papers for word in same),
            repaired_titles=sum(repair.word.titles for repair in fixes),
            repaired_papers=sum(repair.word.papers for repair in fixes),
            broad=any(len(words) == _PREFIX_WORDS for words in by_form),
        )

    # titles

    def _titles(self, query: str, understood: Sequence[_Token]) -> Results:
        used = [token for token in understood if token.understood]
        if not used:
            nothing = tuple(token.interpretation(repaired=False) for token in understood)
            return Results(query, array("q"), (), nothing)
        ids, scores = self._ranked_titles(used, repaired=False)
        repaired = False
        is_title = bool(scores) and scores[0] > _IS_THE_QUERY
        if len(ids) < ENOUGH and not is_title and any(token.known and token.repairs for token in used):
            repaired = True
            more, more_scores = self._ranked_titles(used, repaired=True)
            present = set(ids)
            added = [(id_, value) for id_, value in zip(more, more_scores, strict=True) if id_ not in present]
            ids += array("q", [id_ for id_, _ in added])
            scores += [min(value, scores[-1] if scores else 1.0) for _, value in added]
        interpretations = tuple(token.interpretation(repaired=repaired) for token in understood)
        return Results(query, ids, tuple(scores), interpretations, complete=False, seen=frozenset(ids))

    def _ranked_titles(self, used: Sequence[_Token], *, repaired: bool) -> tuple[array[int], list[float]]:
        groups = [token.terms(repaired=repaired) for token in used]
        ranked = any(not t.broad and _titles_holding(t, repaired=repaired) <= MOST_RANKED for t in used)
        found = self._store.index.ids_by_title(
            groups, horizon=self._store.papers.horizon(), limit=CANDIDATES, ranked=ranked
        )
        in_order = self._store.papers.sorted_ids(found)
        titles = self._store.papers.titles(in_order)
        total = max(self._store.papers.total(), 1)
        rarities = {t.text: rarity(min(_titles_holding(t, repaired=repaired), total), total) for t in used}
        readings = [token.interpretation(repaired=repaired) for token in used]
        values = {id_: score(titles[id_], readings, rarities) for id_ in in_order}
        ids = sorted(in_order, key=lambda id_: -values[id_])  # stable: equals stay in the default order
        return array("q", ids), [values[id_] for id_ in ids]

    # everything else

    def _texts(self, results: Results, understood: Sequence[_Token]) -> Results:
        used = [token for token in understood if token.understood]
        if not used:  # the words went with an import that was taken back meanwhile
            return replace(results, complete=True, seen=frozenset())
        index = self._store.index
        repaired = any(i.repairs and i.known for i in results.interpretations)
        ids, seen = array("q", results.ids), set(results.seen)
        ranked = any(not token.broad and token.papers + token.repaired_papers <= MOST_RANKED for token in used)
        for with_repairs in (False, True):
            if with_repairs and (not repaired or len(ids) >= ENOUGH):
                break
            titles = [token.terms(repaired=with_repairs) for token in used]
            texts = [token.terms(repaired=with_repairs, shortest_prefix=SHORTEST_TEXT_PREFIX) for token in used]
            self._append(ids, seen, index.ids_by_title, titles, ranked=False)
            self._append(ids, seen, index.ids_by_text, texts, ranked=ranked)
        return replace(results, ids=ids, complete=True, seen=frozenset())

    def _append(self, ids: array[int], seen: set[int], find: Finder, groups: Groups, *, ranked: bool) -> None:
        found = find(groups, horizon=self._store.papers.horizon(), limit=_ALL, ranked=ranked)
        new = [id_ for id_ in found if id_ not in seen]
        ids.extend(new)
        seen.update(new)


def _repairs(index: TextIndex, forms: Sequence[str], *, prefix: bool) -> list[Repair]:
    """The likeliest words for a word in any of its forms, and, with `prefix`, for the beginning of one below them."""
    found = {repair.word.text: repair for form in forms for repair in repairs(index, form)}
    kept = [repair for text, repair in found.items() if text not in forms][:MOST_REPAIRS]
    if prefix:
        unfinished = (repair for form in forms for repair in prefix_repairs(index, form))
        kept += [repair for repair in unfinished if repair.word.text not in found][:MOST_REPAIRS]
    return kept


def _titles_holding(token: _Token, *, repaired: bool) -> int:
    """How many titles hold a word, at most, as far as the vocabulary tells."""
    return (token.titles if token.known else 0) + (token.repaired_titles if repaired or not token.known else 0)
