"""The panes of the main screen: which list is acted on, and moving in a pane and from one to another."""

from __future__ import annotations

from textual import events
from textual.reactive import var
from textual.screen import Screen

from reader.app.detail import Detail
from reader.app.line_pane import LinePane
from reader.app.paper_list import PaperList
from reader.app.row_list import RowList

PANES = ("papers", "detail", "bookmarks")


class PaneScreen(Screen[None]):
    """A screen with two lists of papers, a text beside them, and a search box."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - so Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-low"), (16, "-high")]  # noqa: RUF012

    shown_list: var[str] = var("papers")
    """The list whose paper the detail shows, and that `b` acts on."""

    zoom_key: str = "z"
    """The key that gives the text the whole screen."""

    mathematics: var[bool] = var(True)
    """Whether mathematics is shown as it is read, and not as it was typed."""

    zoomed: var[bool] = var(False)
    """Whether the text has the whole screen."""

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
        """Go to that pane, at once, so that keys typed ahead find it."""
        if name != "detail":
            self.zoomed = False
            self.show_list(name)
        self.set_focus(self.query_one(f"#{name}"))

    def action_next_pane(self, step: int) -> None:
        """Go to the next pane, or the one before."""
        focused = self.focused.id if self.focused is not None else None
        place = PANES.index(focused) + step if focused in PANES else 0
        self.enter(PANES[place % len(PANES)])
