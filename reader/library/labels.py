"""What papers can be labelled with, tags and reading lists alike, and which labels a few typed letters may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.store import Store
from reader.text import fold


@dataclass(frozen=True, slots=True)
class Label:
    """A tag or a reading list.

    Attributes:
        count: how many papers have it.
        on: how many of the papers that are asked about have it.
    """

    name: str
    count: int
    on: int = 0


def tag_labels(store: Store, papers: Sequence[int]) -> list[Label]:
    """Every tag in the order of the alphabet. Raises `LibraryError` when the library cannot be read."""
    on = {fold(name): count for name, count in store.annotations.tags_on(papers).items()}
    return [Label(tag.name, tag.count, on.get(fold(tag.name), 0)) for tag in store.annotations.tags()]


def list_labels(store: Store, papers: Sequence[int]) -> list[Label]:
    """Every reading list in the user's order. Raises `LibraryError` when the library cannot be read."""
    on = store.lists.counts_of(papers)
    return [Label(each.name, each.count, on.get(each.id, 0)) for each in store.lists.all()]


def fitting(names: Sequence[str], typed: str) -> list[int]:
    """The places of the names that typed letters may mean, the likeliest first, equals in their order.

    First the name itself, then names that begin so, then those with a word that begins so, then those that hold it,
    then those that hold its letters in their order. Nothing typed fits every name.
    """
    wanted = fold(typed)
    scattered = re.compile(".*".join(map(re.escape, wanted.replace(" ", ""))))
    ranked: list[tuple[int, int]] = []
    for place, name in enumerate(map(fold, names)):
        tests = (
            name == wanted,
            name.startswith(wanted),
            f" {wanted}" in re.sub(r"\W", " ", name),
            wanted in name,
            scattered.search(name) is not None,
        )
        if any(tests):
            ranked.append((tests.index(True), place))
    return [place for _, place in sorted(ranked)]
