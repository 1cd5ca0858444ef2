"""The parts of a query that are no text to look for: which papers each of them stands for.

A name is found whatever its case; one that does not exist stands for the names that begin with it, so that a list
grows as its name is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.search.query import Filter, Phrase, Word
from reader.search.selection import MOST_FEW, Selection, these
from reader.search.words import WORD, fold_word
from reader.store import Store, filters
from reader.store.filters import Trait
from reader.text import fold


def papers_of(store: Store, leaf: Filter) -> Selection:
    """The papers that a resolved filter stands for. Raises `LibraryError` when the library cannot be read."""
    if leaf.field == "paper":
        return these(leaf.papers)
    if leaf.field == "related":
        from reader.search.related import related  # loaded for the first such filter

        return these([each.paper for paper in leaf.papers for each in related(store, paper)])
    if (leaf.field, leaf.value) == ("is", "unread"):
        return Selection(~filters.in_state("is", "read").condition)
    trait = _trait(leaf)
    return Selection(trait.condition, store.filters.few(trait, most=MOST_FEW))


def _trait(leaf: Filter) -> Trait:
    if leaf.field in {"is", "has"}:
        return filters.in_state(leaf.field, leaf.value)
    if leaf.field == "published":
        first, _, before = leaf.value.partition("..")
        return filters.published(first, before)
    return filters.named(leaf.field, leaf.names)


def meant(field: str, value: str, names: Sequence[str]) -> list[str]:
    """The names that a value stands for: those equal to it, else those that begin with it.

    A category stands for those below it, too; a source also for names that hold it anywhere.
    """
    wanted = fold(value)
    if not wanted:
        return []
    below = wanted + "."
    tests: list[Callable[[str], bool]] = [
        lambda name: name == wanted or (field == "category" and name.startswith(below)),
        lambda name: name.startswith(wanted),
    ]
    if field == "source":
        tests = [lambda name: wanted in name]
    for test in tests:
        if found := [name for name in names if test(fold(name))]:
            return found
    return []


def noted(store: Store, leaf: Word | Phrase) -> Selection:
    """The papers whose note holds a word, or the beginning of one, or words next to each other."""
    words = leaf.words if isinstance(leaf, Phrase) else (leaf,)
    found = [paper for paper, note in store.filters.notes() if _holds(note, words, exact=isinstance(leaf, Phrase))]
    return these(found)


def _holds(text: str, words: Sequence[Word], *, exact: bool) -> bool:
    held = [fold_word(match.group()) for match in WORD.finditer(text)]
    wanted = [word.text for word in words]
    if not exact or words[-1].growing:
        *first, last = wanted
        places = range(len(held) - len(first))
        return any(held[at : at + len(first)] == first and held[at + len(first)].startswith(last) for at in places)
    return any(held[at : at + len(wanted)] == wanted for at in range(len(held)))
