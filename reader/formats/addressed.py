"""Text in which the address of every link stands on the line after it.

 [-] 1

https://…/login?next=%2Fpapers%2F2401.00001

A title

https://…/papers/2401.00001

Its abstract.

https://…/papers/2401.00001

[

2 authors](https://…/papers/2401.00001)
"""

from __future__ import annotations

from reader.formats import cards
from reader.formats.format import Format
from reader.formats.lines import Head
from reader.formats.traits import Traits


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """Papers' addresses on lines of their own."""
    return 0.75 if traits.addresses > 1 else 0.0


FORMAT = Format("page with addresses", claims, cards.read_cards, cards.score)
