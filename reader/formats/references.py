"""Text whose links are numbered, with or without the list of addresses at its end, and often hard-wrapped.

### [A title][32]              or              [32]A title

[                                              [33]Its abstract, over
                                               several lines.
Its abstract, over
several lines.                                 [34]3 authors

][33]
[
* 3 authors
][34]
·
Mar 8, 2024 [ 6][39]
"""

from __future__ import annotations

from reader.formats import cards
from reader.formats.format import Format
from reader.formats.lines import Head
from reader.formats.traits import Traits


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """More numbered links than written-out ones."""
    if traits.references > max(2, traits.links):
        return 0.8
    return 0.7 if traits.numbered > max(3, traits.links) else 0.0


FORMAT = Format("page with references", claims, cards.read_cards, cards.score)
