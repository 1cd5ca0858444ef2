"""A listing page as it is selected and copied in a browser, or dumped by one that runs in a terminal.

    101

    A title

    Its abstract, perhaps over
    several lines.

      • 3 authors
    ·
    May 29
    6
    -

    The next title

Blank lines stand around titles and texts, but votes, facts and the words of the site stand on lines of their own with
none between. What tells it from the paragraph layout are those lines.
"""

from __future__ import annotations

from reader.formats import cards
from reader.formats.format import Format
from reader.formats.lines import Head
from reader.formats.traits import Traits


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Votes on lines of their own, and author counts, dots or submitters."""
    return 0.6 if traits.votes and traits.authors + traits.dots + traits.submitters else 0.0


FORMAT = Format("page of cards", claims, cards.read_cards, cards.score)
