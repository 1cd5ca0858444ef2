"""A query's tree to what the full-text index is asked: which parts are text, and as which match.

What cannot be said to the index (filters, and a "not" that stands alone) is left to `engine`, which works with sets.
"""

from __future__ import annotations

import math
from dataclasses import replace

from reader.frozen import frozen
from reader.search.query import And, Node, Not, Or, Phrase, Word, all_of, any_of
from reader.search.spelling import SHORTEST_OPEN
from reader.search.understanding import Understanding
from reader.store.matching import Adjacent, AllOf, AnyOf, Match, Term

SHORTEST_TEXT_PREFIX = 3
"""Letters from which the beginning of a word is looked for outside of titles: nearly every abstract has the shorter."""
SHORTEST_WHOLE_PREFIX = 5
"""The same for a finished word that the library holds just so: "net" is then hardly meant for "network"."""

_COLUMNS = {"title": "title", "abstract": "abstract", "author": "authors"}


def is_text(node: Node) -> bool:
    """Whether the index alone can answer it."""
    match node:
        case Word() | Phrase():
            return node.field != "note"
        case And(nodes):
            wanted = any(not isinstance(each, Not) for each in nodes)
            return wanted and all(is_text(each.node if isinstance(each, Not) else each) for each in nodes)
        case Or(nodes):
            return all(map(is_text, nodes))
        case _:
            return False


def _is_unwanted_text(node: Node) -> bool:
    return isinstance(node, Not) and is_text(node.node)


def split(tree: Node) -> tuple[Node | None, Node | None]:
    """The part of a tree that the index can answer, and the rest; a paper must answer to both."""
    if is_text(tree):
        return tree, None
    if isinstance(tree, And) and any(map(is_text, tree.nodes)):
        text = [node for node in tree.nodes if is_text(node) or _is_unwanted_text(node)]
        rest = [node for node in tree.nodes if not (is_text(node) or _is_unwanted_text(node))]
        return all_of(text), all_of(rest)
    return None, tree


def pruned(node: Node, understanding: Understanding) -> Node | None:
    """A tree without the words that nothing in the library answers to; None where nothing is left of it."""
    match node:
        case Word() if node.field != "note":
            return node if understanding.token(node).understood else None
        case And(nodes):
            return all_of([left for each in nodes if (left := pruned(each, understanding)) is not None])
        case Or(nodes):
            return any_of([left for each in nodes if (left := pruned(each, understanding)) is not None])
        case _:
            return node


def without_letter(node: Node, understanding: Understanding) -> tuple[Node | None, str | None]:
    """A node without the one letter that the query ends in so far, and that letter; None where there is none.

    So many titles have a word of that letter that to ask the index for all of them takes longer than to look.
    """
    nodes: list[Node] = list(node.nodes) if isinstance(node, And) else [node]
    for each in nodes:
        if isinstance(each, Word) and each.growing and len(each.text) == 1 and each.field in {None, "title"}:
            token = understanding.token(each)
            nodes.remove(each)
            if token.broad and not token.within and not all(isinstance(other, Not) for other in nodes or [each]):
                return all_of(nodes), each.text
            break
    return node, None


def stands_in_titles(node: Node) -> bool:
    """Whether the index of titles can answer it, once every word that names no place must stand in the title."""
    match node:
        case Word() | Phrase():
            return node.field in {None, "title"}
        case And(nodes) | Or(nodes):
            return all(map(stands_in_titles, nodes))
        case _:
            return False


@frozen
class Compiler:
    """Makes matches of the text parts of a tree.

    Attributes:
        understanding: of the tree's words.
        repaired: whether words that the library knows may also be what they may have been meant as.
        in_titles: whether a word that names no place must stand in the title.
        bounded: whether it may miss papers, where a word's beginning is that of very many words.
    """

    understanding: Understanding
    repaired: bool = False
    in_titles: bool = False
    bounded: bool = False

    def match(self, node: Node) -> Match:
        """The match of a node that `is_text`, every word of which is understood."""
        match node:
            case Word():
                return self._word(node)
            case Phrase():
                return self._phrase(node)
            case And(nodes):
                unwanted = Compiler(self.understanding)
                return AllOf(
                    tuple(self.match(each) for each in nodes if not isinstance(each, Not)),
                    tuple(unwanted.unwanted(each.node) for each in nodes if isinstance(each, Not)),
                )
            case Or(nodes):
                return AnyOf(tuple(map(self.match, nodes)))
            case _:
                raise AssertionError(f"the index cannot be asked for {node}")

    def unwanted(self, node: Node) -> Match:
        """The match of what stands under a `Not`: words as they are typed, wherever they stand."""
        match node:
            case Word():
                column = _COLUMNS.get(node.field or "")
                forms = tuple(Term(form, column=column) for form in self.understanding.exact(node))
                return AnyOf((*forms, *(Adjacent(pieces, column=column) for pieces in node.spellings)))
            case Phrase():
                return self._phrase(node)
            case And(nodes):
                return AllOf(
                    tuple(self.unwanted(each) for each in nodes if not isinstance(each, Not)),
                    tuple(self.unwanted(each.node) for each in nodes if isinstance(each, Not)),
                )
            case Or(nodes):
                return AnyOf(tuple(map(self.unwanted, nodes)))
            case _:
                raise AssertionError(f"the index cannot be asked for {node}")

    def _word(self, word: Word) -> Match:
        column = self._column(word.field)
        token = self.understanding.token(word)
        shortest = 1 if column == "title" else SHORTEST_WHOLE_PREFIX if token.whole else SHORTEST_TEXT_PREFIX
        terms = token.terms(
            repaired=self.repaired, shortest_prefix=shortest, in_titles=column == "title", bounded=self.bounded
        )
        apart = (
            Adjacent(pieces, prefix=token.prefix and len(pieces[-1]) >= SHORTEST_OPEN, column=column)
            for pieces in token.apart
        )
        return AnyOf((*(replace(term, column=column) for term in terms), *apart))

    def _phrase(self, phrase: Phrase) -> Match:
        column = self._column(phrase.field)
        spelt = dict.fromkeys(
            (
                tuple(w.forms[0] for w in phrase.words),
                tuple(w.forms[-1] for w in phrase.words),
                *self.understanding.spelt_apart(phrase),
            )
        )
        growing = phrase.words[-1].growing
        return AnyOf(tuple(Adjacent(words, prefix=growing, column=column) for words in spelt))

    def _column(self, field: str | None) -> str | None:
        if field is None:
            return "title" if self.in_titles else None
        return _COLUMNS[field]


def most_hits(node: Node, understanding: Understanding, *, titles: bool, repaired: bool) -> float:
    """How many papers can answer to a text node at most, as far as the vocabulary tells; infinite where it cannot."""
    match node:
        case Word():
            token = understanding.token(node)
            if token.broad:
                return math.inf
            return token.in_titles(repaired=repaired) if titles else token.papers + token.repaired_papers
        case Phrase(words):
            return min(most_hits(word, understanding, titles=titles, repaired=False) for word in words)
        case And(nodes):
            wanted = [each for each in nodes if not isinstance(each, Not)]
            return min(most_hits(each, understanding, titles=titles, repaired=repaired) for each in wanted)
        case Or(nodes):
            return sum(most_hits(each, understanding, titles=titles, repaired=repaired) for each in nodes)
        case _:
            return math.inf
