"""A pane of lines that scrolls by itself: what the lists and the text have in common.

It has no virtual size, so that showing other lines costs no layout, only the painting of its own. Its borders say what
it shows and where in it the user is; saying the same again paints nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from reader.text import steady

_WHEEL = 3
"""Lines the wheel scrolls."""


class LinePane(Widget, can_focus=True):
    """Lines with a scroll bar, for keyboard and mouse."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-pane--thumb", "line-pane--track"}
    ALLOW_SELECT = False

    _top: int = 0
    _dragging: bool = False
    _painting: tuple[Style, Size] | None = None
    """The pane's own style and size while lines are painted: Textual works both out whenever they are asked for."""

    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw_line(self, index: int, width: int) -> Iterator[Segment]:
        """The line of that index, in exactly that many cells."""
        raise NotImplementedError

    @property
    def top(self) -> int:
        """The index of the first line on the screen."""
        return self._top

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines, up where negative."""
        self.scroll_to_line(self._top + lines)

    def scroll_pages(self, pages: int) -> None:
        """Scroll by so many screenfuls, of which one line stays."""
        self.scroll_lines(pages * max(self.size.height - 1, 1))

    def move(self, rows: int) -> None:
        """What the keys for one line do: scroll, where there is no cursor."""
        self.scroll_lines(rows)

    def move_page(self, pages: int) -> None:
        """What the keys for a screenful do."""
        self.scroll_pages(pages)

    def move_to(self, index: int) -> None:
        """What the keys for the first and the last line do."""
        self.scroll_to_line(index)

    def scroll_to_line(self, top: int) -> None:
        """Put that line, or the nearest that can be, at the top."""
        top = max(0, min(top, self.line_count() - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def set_heading(self, text: str) -> None:
        """Say what the pane shows."""
        text = steady(text)
        if str(self.border_title or "") != text:
            self._border_title = Content(text)  # the property would draw the whole pane again
            self._refresh_row(-1)

    def set_place(self, text: str) -> None:
        """Say where in it the user is."""
        if str(self.border_subtitle or "") != text:
            self._border_subtitle = Content(text)
            self._refresh_row(self.size.height)

    def _refresh_row(self, row: int) -> None:
        self.refresh(Region(-self.gutter.left, row, self.outer_size.width, 1))

    # mouse and size

    def on_resize(self) -> None:
        """Leave no empty lines below the last where there are more above the first."""
        self.scroll_to_line(self._top)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll as the wheel turns."""
        event.stop()
        self.scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll as the wheel turns."""
        event.stop()
        self.scroll_lines(-_WHEEL)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scroll bar, or press a line."""
        place = event.get_content_offset(self)
        if place is None:
            return
        if self.has_bar and place.x >= self.size.width - 1:
            self._dragging = True
            self.capture_mouse()
            self._drag_to(place.y)
        else:
            self.press_line(self._top + place.y)

    def press_line(self, index: int) -> None:
        """The mouse was pressed there; nothing happens in a pane that is only read."""

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll while the scroll bar is held."""
        if self._dragging:
            self._drag_to(event.y - self.gutter.top)

    def on_mouse_up(self) -> None:
        """Let the scroll bar go."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        height = max(self.size.height - 1, 1)
        self.scroll_to_line(round(y / height * (self.line_count() - self.size.height)))

    # drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines that are asked for, all of one style and for one size."""
        self._painting = self.rich_style, self.size
        try:
            return super().render_lines(crop)
        finally:
            self._painting = None

    @property
    def ink(self) -> Style:
        """The style that lines are drawn in."""
        return self.rich_style if self._painting is None else self._painting[0]

    @property
    def room(self) -> Size:
        """The size that lines are drawn for."""
        return self.size if self._painting is None else self._painting[1]

    def render_line(self, y: int) -> Strip:
        """Draw what stands on that line of the screen."""
        width, bar = self.room.width, self.has_bar
        segments = list(self.draw_line(self._top + y, width - bar))
        if bar:
            segments.append(self._bar(y))
        return Strip(segments, width)

    @property
    def has_bar(self) -> bool:
        """Whether there are more lines than are shown."""
        return self.line_count() > self.room.height > 0

    def _bar(self, y: int) -> Segment:
        lines, height = self.line_count(), self.room.height
        length = max(1, height * height // lines)
        start = round(self._top / max(lines - height, 1) * (height - length))
        if start <= y < start + length:
            return Segment("┃", self.get_component_rich_style("line-pane--thumb"))
        return Segment("│", self.get_component_rich_style("line-pane--track"))
