"""Borders and marks in ASCII, for terminals and fonts that have no others.

Everything is drawn as always and translated where it goes to the screen, letter for letter, so that no column moves.
What papers say is theirs: letters of other scripts stay as they are.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_ASCII = str.maketrans(
    {
        **dict.fromkeys("─━═╌┄▁▂▃▄▅▆▇▔▀", "-"),
        **dict.fromkeys("│║▏▋▍▉▕▌▐┊┆", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼▖▗▘▝▊▎", "+"),
        **dict.fromkeys("┃█▓▒░", "#"),
        **dict.fromkeys("★☆", "*"),
        **dict.fromkeys("•·○◆◇", "o"),
        **dict.fromkeys("–—", "-"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("→▶▸›", ">"),
        **dict.fromkeys("←◀◂‹", "<"),
        **dict.fromkeys("↑▲▴", "^"),
        **dict.fromkeys("↓▼▾", "v"),
        "·": "-", "…": "~", "✎": "n",
        **dict.fromkeys("●✓✗×", "x"),
    }
)  # fmt: skip
TRANSLATED = frozenset(_ASCII)
"""The code points of what becomes ASCII."""


class AsciiMarks(LineFilter):
    """Translates each line that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without marks beyond ASCII."""
        del background
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(_ASCII), segment.style, segment.control)
            for segment in segments
        ]
