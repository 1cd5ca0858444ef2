"""The Markdown of a listing page: a link on every title and abstract, as scrapers and clippers write it.

    [101](https://…/login?next=%2Fpapers%2F2401.00001)

    ### [A title](https://…/papers/2401.00001)

    [Its abstract.](https://…/papers/2401.00001)

    [- 3 authors](https://…/papers/2401.00001)

    ·

    May 29[6](https://…/papers/2401.00001#community)

Titles may be headings without links, links may span lines, and pictures, escapes and breaks are taken off.
"""

from __future__ import annotations

from reader.formats import cards
from reader.formats.format import Format
from reader.formats.lines import Head
from reader.formats.traits import Traits


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Links to papers, or headings under the header of a listing page."""
    if traits.references > traits.links:
        return 0.0
    if traits.paper_links > 1 or (traits.paper_links and traits.header):
        return 0.8
    return 0.7 if traits.headings > 1 and (traits.header or traits.labels > 1) else 0.3 * (traits.links > 2)


FORMAT = Format("Markdown page", claims, cards.read_cards, cards.score)
