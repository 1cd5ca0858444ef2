"""How the words of a query are read: what the vocabulary knows of each, and what a misspelt one may have meant.

A word that the library knows is taken at its word; its repairs are kept apart, to be added below. What is read here is
small whatever the library's size: the vocabulary is asked for single words and beginnings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.frozen import frozen
from reader.search.query import Node, Phrase, Word, leaves
from reader.search.repair import MOST_REPAIRS, Repair, prefix_repairs, repairs
from reader.search.results import Interpretation
from reader.search.spelling import SHORTEST_OPEN, Pieces, splits
from reader.search.words import fold_word
from reader.store.matching import Term
from reader.store.text_index import TextIndex
from reader.store.text_index import Word as KnownWord
from reader.text import is_unspaced

PREFIX_WORDS = 64
"""Words that a beginning stands for one by one: the commonest; of what begins still more, the index is asked."""
_FEW, _RARE_AMONG = 10, 300
"""A piece of a word is rare that so many papers hold, or one in so many: "schr" is, "over" and "all" are not."""
SHORTEST_PREFIX = 3
"""Letters from which a finished word stands for the words that begin with it, too."""


@frozen
class Token:
    """A word of the query with all it may stand for: terms as typed and as repaired, how many papers hold them.

    `longer` are the words that begin so. A beginning of more words than these is `broad`: how many papers hold it is
    not known. In scripts without spaces, `within` are the words of the library that hold it somewhere. A word is
    `whole` that is finished and that the library holds just so. Where texts may hold it as LaTeX, `apart` are the
    pieces that it stands in.
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
    within: tuple[str, ...] = ()
    whole: bool = False
    apart: tuple[Pieces, ...] = ()
    longer: tuple[KnownWord, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether anything in the library answers to it."""
        return self.known or bool(self.repairs)

    def terms(
        self, *, repaired: bool, shortest_prefix: int = 1, in_titles: bool = False, bounded: bool = False
    ) -> list[Term]:
        """What to look for: the word as typed, and where it is unknown, or `repaired`, what it may have meant.

        The index is slow to tell who holds the beginning of a word, and quick to tell who holds a word. So a beginning
        becomes the words that begin so; where they are too many, only if `bounded`, and then not all of them.
        """
        prefix = self.prefix and len(self.text) >= shortest_prefix
        if prefix and self.longer and (bounded or not self.broad):
            words = [each.text for each in self.longer if each.titles or not in_titles]
            typed = [Term(text) for text in dict.fromkeys([*self.forms, *words])]
        else:
            typed = [Term(form, prefix=prefix) for form in self.forms] if self.known else []
        typed += [Term(word) for word in self.within]
        return typed + [Term(text) for text in self.repairs] if repaired or not self.known else typed

    def in_titles(self, *, repaired: bool) -> int:
        """How many titles hold it, at most, as far as the vocabulary tells."""
        return (self.titles if self.known else 0) + (self.repaired_titles if repaired or not self.known else 0)

    def interpretation(self, *, repaired: bool) -> Interpretation:
        """The same for people and for highlighting."""
        by_repair = bool(self.repairs) and (repaired or not self.known)
        folded = tuple(dict.fromkeys(map(fold_word, self.repairs))) if by_repair else ()
        inside = bool(self.within)
        repaired_only = by_repair and not self.known
        return Interpretation(
            self.text, self.known, self.prefix, folded, repaired_only, inside, apart=tuple(map(_folded, self.apart))
        )


class Understanding:
    """The words of one query, each looked up once."""

    def __init__(self, index: TextIndex, tree: Node | None, *, total: int) -> None:
        """Look up every word of a tree but those of notes, which are in no index; there are `total` papers or so.

        Raises:
            Interrupted: a newer question came.
        """
        self._index = index
        self._rare = max(_FEW, total // _RARE_AMONG)
        wanted = dict.fromkeys(_words(tree))
        self._tokens: Mapping[Word, Token] = {word: self._token(word) for word in wanted}
        self.wanted: Sequence[Token] = tuple({token.text: token for token in self._tokens.values()}.values())

    def token(self, word: Word) -> Token:
        """How a word is read that stands under no `Not`."""
        return self._tokens[word]

    def interpretations(self, tree: Node | None, *, repaired: bool) -> tuple[Interpretation, ...]:
        """How the words and phrases of the tree are read, for people and for highlighting."""
        found: list[Interpretation] = []
        for leaf in leaves(tree):
            if isinstance(leaf, Phrase) and leaf.field != "note":
                found.append(self._phrase(leaf))
            elif isinstance(leaf, Word) and leaf.field != "note":
                found.append(replace(self.token(leaf).interpretation(repaired=repaired), field=leaf.field))
        return tuple(dict.fromkeys(found))

    def _phrase(self, phrase: Phrase) -> Interpretation:
        """A phrase, no word of which is repaired."""
        words = tuple(word.text for word in phrase.words)
        known = all(self.token(word).known for word in phrase.words)
        growing = phrase.words[-1].growing
        apart = tuple(map(_folded, self.spelt_apart(phrase)))
        return Interpretation(" ".join(words), known, prefix=growing, field=phrase.field, phrase=words, apart=apart)

    def spelt_apart(self, phrase: Phrase) -> list[Pieces]:
        """The pieces that a phrase may stand in, where words of it were typed as LaTeX."""
        apart = [self._tokens[word].apart if word in self._tokens else word.spellings for word in phrase.words]
        found: list[Pieces] = []
        for kind in range(max(map(len, apart))):
            pieces: list[str] = []
            for word, ways in zip(phrase.words, apart, strict=True):
                pieces += ways[min(kind, len(ways) - 1)] if ways else word.forms[:1]
            found.append(tuple(pieces))
        return found

    def exact(self, word: Word) -> tuple[str, ...]:
        """The words of the index that are a word as it was typed; in scripts without spaces, those that hold it."""
        if not is_unspaced(word.text):
            return word.forms
        held = self._index.words_holding(word.forms, limit=PREFIX_WORDS)
        return (*word.forms, *(each.text for each in self._beginning(word) + held))

    def _beginning(self, word: Word) -> list[KnownWord]:
        return [each for form in word.forms for each in self._index.words_with_prefix(form, limit=PREFIX_WORDS)]

    def _longer(self, form: str) -> list[KnownWord]:
        """The words that begin so, or, of very many, as with one or two letters, some."""
        if len(form) < SHORTEST_PREFIX:
            return self._index.words_with_prefix(form, limit=PREFIX_WORDS)
        return self._index.commonest_words_with_prefix(form, limit=PREFIX_WORDS)

    def _token(self, word: Word) -> Token:
        prefix = word.growing or len(word.text) >= SHORTEST_PREFIX
        index, forms = self._index, word.forms
        by_form = [self._longer(form) for form in forms] if prefix else []
        same = [each for words in by_form for each in words] if prefix else index.words(forms)
        if word.field == "title":
            same = [each for each in same if each.titles]
        within: list[KnownWord] = []
        if is_unspaced(word.text):
            met = {each.text for each in same}
            within = [each for each in index.words_holding(forms, limit=PREFIX_WORDS) if each.text not in met]
        apart, in_titles, in_papers = self._apart(word)
        fixes = _repairs(index, forms, prefix=word.growing and not same and not within and not apart)
        held = same + within
        return Token(
            text=word.text,
            forms=forms,
            known=bool(held or apart),
            prefix=prefix,
            repairs=tuple(repair.word.text for repair in fixes),
            titles=sum(each.titles for each in held) + in_titles,
            papers=sum(each.papers for each in held) + in_papers,
            repaired_titles=sum(repair.word.titles for repair in fixes),
            repaired_papers=sum(repair.word.papers for repair in fixes),
            broad=any(len(words) == PREFIX_WORDS for words in by_form),
            within=tuple(each.text for each in within),
            whole=not word.growing and any(each.text in forms for each in same),
            apart=apart,
            longer=tuple(same) if prefix and all(len(form) >= SHORTEST_PREFIX for form in forms) else (),
        )

    def _apart(self, word: Word) -> tuple[tuple[Pieces, ...], int, int]:
        """The pieces that the library may hold a word in, and how many titles and papers do at most.

        Of a word typed without an accent, one piece must be rare: words that occur by themselves say nothing.
        """
        guessed = splits(word.text) if word.text in word.forms and not word.spellings else []
        wanted = {piece for pieces in (*word.spellings, *guessed) for piece in pieces}
        known = {each.text: each for each in self._index.words(wanted)} if wanted else {}
        found: list[Pieces] = []
        for pieces in (*word.spellings, *guessed):
            last_is_open = word.growing and len(pieces[-1]) >= SHORTEST_OPEN
            needed = pieces[:-1] if last_is_open and pieces in word.spellings else pieces
            if not all(piece in known for piece in needed):
                continue
            if pieces in word.spellings or any(len(p) > 2 and known[p].papers <= self._rare for p in pieces):
                found.append(pieces)
        counts = [[known[piece] for piece in pieces if piece in known] for pieces in found]
        titles = sum(min((each.titles for each in held), default=0) for held in counts)
        return tuple(found), titles, sum(min((each.papers for each in held), default=0) for held in counts)


def _folded(pieces: Pieces) -> Pieces:
    return tuple(map(fold_word, pieces))


def _words(tree: Node | None) -> list[Word]:
    """The words of a tree that stand under no `Not`, those of phrases among them."""
    found: list[Word] = []
    for leaf in leaves(tree):
        if isinstance(leaf, Word) and leaf.field != "note":
            found.append(leaf)
        elif isinstance(leaf, Phrase) and leaf.field != "note":
            found += leaf.words
    return found


def _repairs(index: TextIndex, forms: Sequence[str], *, prefix: bool) -> list[Repair]:
    """The likeliest words for a word in any of its forms, and, with `prefix`, for the beginning of one below them."""
    found = {repair.word.text: repair for form in forms for repair in repairs(index, form)}
    kept = [repair for text, repair in found.items() if text not in forms][:MOST_REPAIRS]
    if prefix:
        unfinished = (repair for form in forms for repair in prefix_repairs(index, form))
        kept += [repair for repair in unfinished if repair.word.text not in found][:MOST_REPAIRS]
    return kept
