"""The panes of the main screen: which list is acted on, and moving in a pane and from one to another."""

from __future__ import annotations

from textual import events
from textual.reactive import var
from textual.screen import Screen

from reader.app import borders
from reader.app.detail import Detail
from reader.app.division import Border, Division
from reader.app.line_pane import LinePane
from reader.app.paper_list import PaperList
from reader.app.row_list import RowList

PANES = ("papers", "detail", "bookmarks")
_WIDE_FROM = 110
"""Columns from which the text stands beside the lists."""


class PaneScreen(Screen[None]):
    """A screen with two lists of papers, a text beside them, and a search box."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE_FROM, "-wide")]  # noqa: RUF012 - so Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-low"), (16, "-high")]  # noqa: RUF012

    shown_list: var[str] = var("papers")
    """The list whose paper the detail shows, and that `b` acts on."""

    zoom_key: str = "z"
    """The key that gives the text the whole screen."""

    mathematics: var[bool] = var(True)
    """Whether mathematics is shown as it is read, and not as it was typed."""

    second_line: var[bool] = var(False)
    """Whether the lists show more of each paper on a second line."""

    zoomed: var[bool] = var(False)
    """Whether the text has the whole screen."""

    division: var[Division] = var(Division())
    """How the panes share the screen."""

    _dragged: Border | None = None

    def show_detail(self) -> None:
        """Show the paper under the cursor of the list that is acted on."""
        raise NotImplementedError

    def when_pane_entered(self) -> None:
        """One of the panes got the focus."""

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The detail follows the list that has the focus, and while a query is typed the papers it finds."""
        if event.widget.id in PANES:
            self.when_pane_entered()
        shown = {"papers": "papers", "search": "papers", "bookmarks": "bookmarks"}.get(event.widget.id or "")
        self.show_list(shown or self.shown_list)

    def show_list(self, name: str) -> None:
        """Act on that list, whose paper the detail shows."""
        if name != self.shown_list:
            self.shown_list = name
            self.show_detail()

    def watch_shown_list(self, shown: str) -> None:
        """Where it is narrow, one list is shown at a time."""
        self.set_class(shown == "bookmarks", "-bookmarks")
        for row_list in self.query(RowList):
            row_list.set_class(row_list.id == shown, "-active")

    @property
    def current(self) -> int | None:
        """The paper under the cursor of the list that is acted on."""
        return self.paper_list(self.shown_list).current

    def paper_list(self, name: str) -> PaperList:
        """The list of that name."""
        return self.query_one(f"#{name}", PaperList)

    def _moving(self) -> LinePane:
        """What the keys that move act on."""
        focused = self.focused
        return focused if isinstance(focused, LinePane) else self.paper_list(self.shown_list)

    def action_move(self, rows: int) -> None:
        """Move in the focused pane."""
        self._moving().move(rows)

    def action_page(self, pages: int) -> None:
        """Move by a screenful in the focused pane."""
        self._moving().move_page(pages)

    def action_go(self, where: str) -> None:
        """Go to the first or the last in the focused pane."""
        pane = self._moving()
        pane.move_to(0 if where == "first" else pane.line_count())

    def action_page_detail(self) -> None:
        """Page the text from anywhere, and at its end go on to the next paper."""
        detail = self.query_one(Detail)
        if detail.at_end:
            self.paper_list(self.shown_list).move(1)
        else:
            detail.scroll_pages(1)

    def action_zoom(self) -> None:
        """Give the text the whole screen, or take it back."""
        if self.current is None and not self.zoomed:
            return
        self.zoomed = not self.zoomed
        self.enter("detail" if self.zoomed else self.shown_list)

    def watch_zoomed(self, zoomed: bool) -> None:
        """The panes beside the text, and what is around them, give way."""
        self.set_class(zoomed, "-zoomed")
        self.query_one(Detail).set_heading(f"Paper · {self.zoom_key} leads back" if zoomed else "Paper")

    def watch_second_line(self, shown: bool) -> None:
        """Give every paper one line, or two."""
        for row_list in self.query(PaperList):
            row_list.show_second_line(shown=shown)

    # borders

    @property
    def is_wide(self) -> bool:
        """Whether the text stands beside the lists."""
        return self.size.width >= _WIDE_FROM

    def watch_division(self, division: Division) -> None:
        """Move the borders, and hide what is hidden."""
        borders.show(self, division, wide=self.is_wide)

    def on_resize(self, event: events.Resize) -> None:
        """Where the text goes below the list, other borders count."""
        borders.show(self, self.division, wide=event.size.width >= _WIDE_FROM)

    def action_border(self, columns: int, rows: int) -> None:
        """Move the border between the list and the text, or the one below the list, by so many steps."""
        border: Border = "columns" if columns and self.is_wide else "shelf" if self.is_wide else "rows"
        self.division = self.division.moved(border, columns or rows)

    def action_hide(self, pane: str) -> None:
        """Hide a pane, or show it again."""
        hidden = not self.division.hides(pane)
        self.zoomed = False
        if hidden and pane == "bookmarks" and self.is_wide and self.shown_list == pane:
            self.enter("papers")
        if hidden and self.focused is self.query_one(f"#{pane}"):
            self.enter(self.shown_list)
        self.division = self.division.hidden(pane, hidden=hidden)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a border."""
        self._dragged = None if self.zoomed else borders.at(self, event.screen_x, event.screen_y, wide=self.is_wide)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the border that is held."""
        if self._dragged is not None and event.button:
            share = borders.share(self, self._dragged, event.screen_x, event.screen_y)
            self.division = self.division.at(self._dragged, share)

    def on_mouse_up(self) -> None:
        """Let the border go."""
        self._dragged = None

    def action_mathematics(self) -> None:
        """Show mathematics as it was typed, or as it is read."""
        self.mathematics = not self.mathematics
        for row_list in self.query(PaperList):
            row_list.show_mathematics(as_read=self.mathematics)
        self.show_detail()

    def action_read(self) -> None:
        """From a list to the text."""
        self.enter("detail")

    def action_pane(self, name: str) -> None:
        """Go to that pane."""
        self.enter(name)

    def enter(self, name: str) -> None:
        """Go to that pane, at once, so that keys typed ahead find it; what is hidden is shown.

        The text that is hidden beside its list has the whole screen while it is read.
        """
        if name != "detail":
            self.zoomed = False
            self.division = self.division.hidden(name, hidden=False)
            self.show_list(name)
        elif self.division.no_text:
            self.zoomed = True
        self.set_focus(self.query_one(f"#{name}"))

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane, or the one before."""
        focused = self.focused.id if self.focused is not None else None
        panes = [pane for pane in PANES if pane == focused or not self.division.hides(pane)]
        place = panes.index(focused) + step if focused in panes else 0
        self.enter(panes[place % len(panes)])
