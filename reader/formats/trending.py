"""A page of trending papers as plain text: every card twice, and what it says of a paper labelled.

A title

Its abstract, or a machine's summary of it in its place.

4 authors
· Published on Dec 28, 2024

Upvote
149

GitHub 110k
"""

from __future__ import annotations

from reader.formats import cards
from reader.formats.format import Format
from reader.formats.lines import Head
from reader.formats.traits import Traits


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Lines with the labels that only such a page has."""
    return 0.72 if traits.labels > 1 and not (traits.arxiv_lines or traits.glued) else 0.0


FORMAT = Format("trending page", claims, cards.read_cards, cards.score)
