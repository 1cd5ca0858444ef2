"""A list of any length that draws only the rows on the screen, of one line each or of two.

It knows nothing of papers: it asks a `RowSource` for the rows it draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Protocol

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message

from reader.app.line_pane import LinePane
from reader.frozen import frozen
from reader.text import steady, steady_with_spans, visible

ELLIPSIS = "…"
_CURSOR = "▌"
SELECTED = "+"
"""What a selected row begins with."""
_MARKS = 2
"""Cells of marks before every text, so that all texts begin in one column."""
_MORE_MARKS_FROM = 32
"""Cells from which there is room for marks behind the text."""
_TAIL_FROM = 48
"""Cells from which there is room for the tail."""
_DIM = Style(dim=True)
_LOOKED_AT = 8
"""Characters looked at for each cell of a row: a cell may hold a letter with many marks."""


@frozen
class Row:
    """What one line shows.

    Attributes:
        text: plain text, never markup; control characters are shown as visible ones.
        spans: the parts of the text to highlight, in order.
        mark: before the text, at most two marks of a cell each.
        more: marks behind the text, of which most rows have none: left out where there is no room.
        tail: a short text at the right end, left out where there is no room.
        below: what stands on a second line, where the list has two.
        below_tail: a text at the right end of that, which has up to half of the room.
    """

    text: str
    spans: Sequence[tuple[int, int]] = ()
    mark: str = " "
    more: str = ""
    tail: str = ""
    below: str = ""
    below_tail: str = ""


class RowSource(Protocol):
    """Where the rows come from."""

    def __len__(self) -> int:
        """How many rows there are."""

    def row(self, index: int) -> Row:
        """The row of that index, quickly: it is about to be drawn."""


class RowList(LinePane):
    """A list with a cursor, for keyboard and mouse.

    The cursor is shown where the list has the focus, or the class `-active`: it is the one that is acted on.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--cursor",
        "row-list--selected",
        "row-list--match",
        "row-list--mark",
        "row-list--tail",
    }

    class Highlighted(Message):
        """The cursor is on another row, or its row shows something else.

        Attributes:
            index: of its row; None in an empty list.
            moved: whether the cursor was moved, and not the rows under it.
        """

        def __init__(self, row_list: RowList, index: int | None, *, moved: bool = False) -> None:
            super().__init__()
            self.row_list = row_list
            self.index = index
            self.moved = moved

        @property
        def control(self) -> RowList:
            """The list, for `@on` with a selector."""
            return self.row_list

    class Chosen(Message):
        """A row was chosen by a second click on it."""

        def __init__(self, row_list: RowList) -> None:
            super().__init__()
            self.row_list = row_list

        @property
        def control(self) -> RowList:
            """The list, for `@on` with a selector."""
            return self.row_list

    def __init__(self, source: RowSource, *, id: str, empty: str) -> None:  # noqa: A002 - Textual's name for it
        """Show rows of that source; `empty` is said where there is none."""
        super().__init__(id=id)
        self._source = source
        self._empty = empty
        self._cursor = 0
        self._lines = 1

    @property
    def cursor(self) -> int | None:
        """The index of the cursor's row; None in an empty list."""
        return self._cursor if len(self._source) else None

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._source)

    @property
    def cursor_line(self) -> int:
        """On which line of the list the cursor's row begins."""
        return self._cursor * self._lines - self._top

    @property
    def place_in_words(self) -> str:
        """Which of the rows the cursor is on; "" in an empty list."""
        return "" if self.cursor is None else f"{self.cursor + 1:,} of {self.row_count:,}"

    def set_lines(self, lines: int) -> None:
        """Give every row that many lines, 1 or 2; the row at the top stays there, and the cursor in view."""
        if lines != self._lines:
            self._top = self._top // self._lines * lines
            self._lines = lines
            self._bring_into_view()
            self.refresh()

    def show(self, *, cursor: int, offset: int | None = None, empty: str | None = None) -> None:
        """Draw what the source has now.

        Args:
            cursor: the row to put the cursor on.
            offset: how far below the top of the list the cursor's row stands; None for wherever it fits best.
            empty: what to say where there are no rows from now on.
        """
        self._empty = self._empty if empty is None else empty
        self._cursor = max(0, min(cursor, len(self._source) - 1))
        if offset is not None:
            self._top = self._cursor * self._lines - offset
        self._bring_into_view()
        self.refresh()
        self.post_message(self.Highlighted(self, self.cursor))

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows, up where negative."""
        self.move_to(self._cursor + rows)

    def move_page(self, pages: int) -> None:
        """Move the cursor by so many screenfuls."""
        self.move(pages * max(self.size.height // self._lines - 1, 1))

    def move_to(self, index: int) -> None:
        """Put the cursor on that row, or the nearest there is."""
        target = max(0, min(index, len(self._source) - 1))
        if target == self._cursor:
            return
        before, top = self._cursor, self._top
        self._cursor = target
        self._bring_into_view()
        if self._top == top:
            width, lines = self.size.width, self._lines
            self.refresh(*(Region(0, row * lines - top, width, lines) for row in (before, target)))
        else:
            self.refresh()
        self.post_message(self.Highlighted(self, self.cursor, moved=True))

    def _bring_into_view(self) -> None:
        height, first = max(self.size.height, 1), self._cursor * self._lines
        self._top = max(min(self._top, first), first + min(self._lines, height) - height)
        self._top = max(0, min(self._top, self.line_count() - height))

    # mouse and size

    def on_resize(self) -> None:
        """Keep the cursor in view when the list changes its height."""
        self._bring_into_view()

    def press_line(self, index: int) -> None:
        """Put the cursor on the row that was pressed."""
        if index < self.line_count():
            self.move_to(index // self._lines)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that is clicked twice."""
        place = event.get_content_offset(self)
        if event.chain == 2 and place is not None and (self._top + place.y) // self._lines == self.cursor:
            self.post_message(self.Chosen(self))

    # drawing

    def line_count(self) -> int:
        """One line a row, or two."""
        return len(self._source) * self._lines

    def draw_line(self, index: int, width: int) -> Iterator[Segment]:
        """Draw what stands on that line of a row."""
        if index >= self.line_count():
            yield self._blank_line(index, width)
            return
        place, line = divmod(index, self._lines)
        on_cursor = place == self._cursor and (self.has_focus or self.has_class("-active"))
        selected = self.is_selected(place)
        base = self.ink
        if on_cursor or selected:
            base = self.get_component_rich_style("row-list--cursor" if on_cursor else "row-list--selected")
        draw = self._second_line if line else self._row
        yield from draw(self._source.row(place), width, base, _CURSOR if on_cursor else SELECTED * selected)

    def is_selected(self, index: int) -> bool:
        """Whether the row is one of several that are acted on; none is in a list where one alone is."""
        del index
        return False

    def _blank_line(self, index: int, width: int) -> Segment:
        text = "" if index or len(self._source) else "  " + self._empty
        return Segment(fit(text, width), self.ink + _DIM)

    def _row(self, row: Row, width: int, base: Style, bar: str) -> Iterator[Segment]:
        tail = steady(visible(row.tail)) if width >= _TAIL_FROM else ""
        tail = fit(tail, min(cell_len(tail), width // 2)).rstrip()
        more = steady(visible(row.more)) if width >= _MORE_MARKS_FROM else ""
        lead = _lead(row.mark, bar)
        room = max(width - len(lead) - (cell_len(tail) + 3 if tail else 0), 0)
        yield self._marked(fit(lead, min(len(lead), width)), base)
        whole, spans = steady_with_spans(visible(row.text), row.spans)
        match = base + self.get_component_rich_style("row-list--match", partial=True)
        text = fit(whole, room - cell_len(more) - 1).rstrip() if more else fit(whole, room)
        yield from _highlighted(text, whole, spans, base, match)
        if more:
            yield self._marked(fit(f" {more}", room - cell_len(text)), base)
        if tail:
            yield self._quiet(f"  {tail} ", base)

    def _second_line(self, row: Row, width: int, base: Style, bar: str) -> Iterator[Segment]:
        """What stands under the text of the row, from the column where that begins."""
        lead = _lead("", bar)
        room = max(width - len(lead), 0)
        tail = steady(visible(row.below_tail)) if width >= _TAIL_FROM else ""
        tail = fit(tail, min(cell_len(tail), room // 2)).rstrip()
        yield self._marked(fit(lead, min(len(lead), width)), base)
        yield self._quiet(fit(steady(visible(row.below)), room - (cell_len(tail) + 3 if tail else 1)), base)
        yield self._quiet(f"  {tail} " if tail else " " * min(room, 1), base)

    def _marked(self, marks: str, base: Style) -> Segment:
        return Segment(marks, base + self.get_component_rich_style("row-list--mark", partial=True))

    def _quiet(self, text: str, base: Style) -> Segment:
        return Segment(text, base + Style(color=self.get_component_rich_style("row-list--tail").color, bold=False))


def _lead(marks: str, bar: str) -> str:
    """What stands before the text of a row: the bar of the cursor, the marks, and a space."""
    return f"{bar or ' '}{marks[:_MARKS]:>{_MARKS}} "


def fit(text: str, width: int) -> str:
    """The text in exactly that many cells: letter for letter what fits, the rest as an ellipsis."""
    looked_at = text[: width * _LOOKED_AT]
    if len(looked_at) == len(text) and cell_len(text) <= width:
        return set_cell_size(text, width)
    if width < 1:
        return ""
    return set_cell_size(set_cell_size(looked_at, width - 1).rstrip() + ELLIPSIS, width)


def _highlighted(
    text: str, whole: str, spans: Sequence[tuple[int, int]], base: Style, match: Style
) -> Iterator[Segment]:
    """The fitted text with the spans of the whole text highlighted, as far as both are the same."""
    same = len(text)
    if not whole.startswith(text.rstrip()):
        same = max(text.rfind(ELLIPSIS), 0)
    done = 0
    for start, end in spans:
        start, end = max(start, done), min(end, same)  # noqa: PLW2901 - clipped to what is shown
        if start < end:
            yield Segment(text[done:start], base)
            yield Segment(text[start:end], match)
            done = end
    yield Segment(text[done:], base)
