r"""Mathematics and LaTeX's marks in a title or an abstract, as they are read: `L^2` is L², `Poincar\'e` is Poincaré.

Only for viewing: what was imported is stored, exported and copied as it came. The rules are a closed list, and nothing
is guessed: what lost a part on its way here (`O(log n{mu})` was a fraction), what may be English (`depth times width`)
or a name (`omegaGCN`), and what is money, an address, a path or code, stays as it came. Reading twice changes nothing
more, and nothing raises.

The rules are those of `residue`, loaded for the first text that may need them: most need none, and the app
starts sooner.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reader.mathematics.edits import Readable

LONGEST_TEXT = 50_000
"""Characters of a text that is read; a longer one stays as it came."""

_TRIGGER = re.compile(
    r"[\\^{}]|\$.*\$|``|(?<=[\dA-Za-zα-ωΑ-Ω])_|\dtimes|times\d|var(?:phi|epsilon|theta)|rightarrow|Omega\(|Theta\(",
    re.DOTALL,
)
"""What a text holds that may need reading."""


@lru_cache(maxsize=512)
def readable(text: str) -> Readable:
    """A text as it is read; the text itself where there is nothing to be done."""
    if _TRIGGER.search(text) is None or len(text) > LONGEST_TEXT:
        return Readable(text)
    from reader.mathematics.residue import read

    once = read(text)
    # What would be read otherwise a second time was not understood.
    return once if read(once.text).text == once.text else Readable(text)


def as_read(text: str) -> str:
    """The same as mere text."""
    return text if _TRIGGER.search(text) is None else readable(text).text
