"""How the panes share the screen: three borders that can be moved, and two panes that can be hidden.

A value, without widgets: shares are thousandths, so that they mean the same on every screen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from reader.frozen import frozen

LEAST, MOST = 150, 850
"""Thousandths that a pane always keeps, and may have at most."""
STEP = 50
"""Thousandths that a key moves a border by."""

Border = Literal["columns", "shelf", "rows"]


@frozen
class Division:
    """What each pane has.

    Attributes:
        columns: of the width, the lists have that much and the text the rest, where they stand side by side.
        shelf: of the lists' height there, the papers have that much and the bookmarks the rest.
        rows: of the height, the list has that much and the text the rest, where they stand one above the other.
        no_text: whether the text is hidden until it is read.
        no_bookmarks: whether the bookmarks are hidden where they stand beside other panes.
    """

    columns: int = 500
    shelf: int = 667
    rows: int = 500
    no_text: bool = False
    no_bookmarks: bool = False

    def at(self, border: Border, share: int) -> Division:
        """The same with that border there, or as far that way as it goes."""
        share = max(LEAST, min(share, MOST))
        match border:
            case "columns":
                return replace(self, columns=share)
            case "shelf":
                return replace(self, shelf=share)
            case "rows":
                return replace(self, rows=share)

    def moved(self, border: Border, steps: int) -> Division:
        """The same with that border moved, to the right or down where positive."""
        return self.at(border, getattr(self, border) + steps * STEP)

    def sound(self) -> Division:
        """The same with every border where it can be: what a file says may be anything."""
        kept = self
        for border in ("columns", "shelf", "rows"):
            kept = kept.at(border, getattr(kept, border))
        return kept

    def hidden(self, pane: str, *, hidden: bool) -> Division:
        """The same with that pane hidden or not; the papers always stay."""
        name = {"detail": "no_text", "bookmarks": "no_bookmarks"}.get(pane)
        return self if name is None or getattr(self, name) == hidden else replace(self, **{name: hidden})

    def hides(self, pane: str) -> bool:
        """Whether that pane is hidden."""
        return {"detail": self.no_text, "bookmarks": self.no_bookmarks}.get(pane, False)
