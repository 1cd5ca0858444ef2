"""A query as a tree of what is looked for: frozen values, and nothing that knows of a library.

A leaf is a word, a phrase, a filter or an identifier; what is not under a `Not` is what a user wants to see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field as member

from reader.frozen import frozen
from reader.search.results import Problem


@frozen
class Word:
    """A word to look for, or the beginning of one.

    Attributes:
        text: the word, folded.
        forms: the forms in which the index may hold it.
        field: the one place it is looked for: "title", "abstract", "author" or "note"; None for all but notes.
        growing: whether it stands at the very end of the query, where it may not be finished.
        spellings: the pieces that the index may hold it as, where it was typed as LaTeX.
    """

    text: str
    forms: tuple[str, ...]
    field: str | None = None
    growing: bool = False
    spellings: tuple[tuple[str, ...], ...] = ()


@frozen
class Phrase:
    """Words next to each other, spelt so."""

    words: tuple[Word, ...]
    field: str | None = None


@frozen
class Filter:
    """A field with a value that is no text to look for, such as `tag:todo`; of a date, a range.

    Attributes:
        start: the character of the query that it begins with; `end` is the one after its last.
        names: what it stands for in one library: tags, lists, categories or sources.
        papers: the same, where it names papers.
    """

    field: str
    value: str
    start: int = member(default=0, compare=False)
    end: int = member(default=0, compare=False)
    names: tuple[str, ...] = member(default=(), compare=False)
    papers: tuple[int, ...] = member(default=(), compare=False)


@frozen
class Identifier:
    """Something that may name one paper, such as an arXiv id, and the words it is where it names none.

    An address that names none is no words: they would be those of every address.
    """

    text: str
    words: Node | None


@frozen
class Saved:
    """A search that was kept under a name, from character `start` to before `end`."""

    name: str
    start: int
    end: int


@frozen
class Not:
    """Papers that are not these."""

    node: Node


@frozen
class And:
    """Papers that are all of these."""

    nodes: tuple[Node, ...]


@frozen
class Or:
    """Papers that are any of these."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Filter | Identifier | Saved | Not | And | Or


@frozen
class Query:
    """What was understood of a query.

    Attributes:
        tree: what is looked for; None where nothing is, so that every paper answers.
        sort: the order asked for with `sort:`.
        problems: what was left out, in the order of the text.
    """

    text: str
    tree: Node | None
    sort: str | None = None
    problems: tuple[Problem, ...] = ()


def leaves(node: Node | None) -> Iterator[Word | Phrase | Filter | Identifier | Saved]:
    """The leaves of a tree in the order of the text, but for those under a `Not`."""
    match node:
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from leaves(each)
        case Not() | None:
            return
        case _:
            yield node


def all_of(nodes: list[Node]) -> Node | None:
    """The nodes as one that needs all of them; None where there are none."""
    return And(tuple(nodes)) if len(nodes) > 1 else nodes[0] if nodes else None


def any_of(nodes: list[Node]) -> Node | None:
    """The nodes as one that needs any of them; None where there are none."""
    return Or(tuple(nodes)) if len(nodes) > 1 else nodes[0] if nodes else None


def levels(node: Node | None) -> int:
    """How many nodes stand within one another there."""
    match node:
        case None:
            return 0
        case And(nodes) | Or(nodes):
            return 1 + max(map(levels, nodes), default=0)
        case Not(inner):
            return 1 + levels(inner)
        case _:
            return 1
