"""The pane that shows one paper, to be read: lines of a comfortable length, in the middle where there is room.

It knows how far each paper was read while the app runs, and goes on there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.segment import Segment
from textual import on
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual

from reader.app.alike import Alike
from reader.app.line_pane import LinePane
from reader.app.sheet import RelatedTitle, Sheet, Target
from reader.app.worker import Answered

LONGEST_LINE = 88
"""Cells of the longest line of text: longer ones tire the eye."""

_MARGIN = 2
_REMEMBERED = 1_000
"""Papers of which it is known how far they were read."""
_ROOMY = 14
"""Lines from which a sheet has empty lines in its head, and one above it."""
_WIDE_PLACE = 44
"""Cells from which the border has room for what Space does."""


class Detail(LinePane):
    """One paper, to be read."""

    BORDER_TITLE = "Paper"

    class Pressed(Message):
        """A line that leads somewhere was pressed with the mouse."""

        def __init__(self, target: Target) -> None:
            super().__init__()
            self.target = target

    _sheet: Sheet | None = None
    _wrapped: tuple[tuple[int, bool], list[tuple[Strip, Target | None]]] | None = None
    """The sheet in lines, with the width, and whether the height is small, that it was wrapped for."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        """Show nothing yet."""
        super().__init__(id=id)
        self._read: OrderedDict[str, float] = OrderedDict()

    def show(self, sheet: Sheet | None) -> None:
        """Show a paper, where it was left; None shows nothing."""
        before = self.key
        self._remember()
        if sheet is not None and self._sheet is not None and sheet.stored.key == before:
            sheet = replace(sheet, related=self._sheet.related)
        self._sheet, self._wrapped = sheet, None
        if self.key != before:
            self._top = 0
            if self.key in self._read:
                self._go_back_to(self._read[self.key])
        self._say_place()
        self.refresh()

    @on(Answered)
    def _related(self, event: Answered) -> None:
        event.stop()
        if isinstance(event.answer, Alike):
            self.show_related(event.answer.key, event.answer.titles)

    def show_related(self, key: str, related: Sequence[RelatedTitle]) -> None:
        """Add what is like the paper of that key, where it is still the one that is shown."""
        if self._sheet is not None and self.key == key:
            self._sheet, self._wrapped = replace(self._sheet, related=related), None
            self._say_place()
            self.refresh()

    @property
    def key(self) -> str:
        """The key of the paper that is shown; "" for none."""
        return "" if self._sheet is None else self._sheet.stored.key

    @property
    def text(self) -> str:
        """What is shown, without its colours."""
        return "" if self._sheet is None else "\n".join(block.text for block in self._sheet.blocks())

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the screen."""
        return self._top >= self.line_count() - self.size.height

    def scroll_to_line(self, top: int) -> None:
        """Scroll, and remember where to."""
        super().scroll_to_line(top)
        self._say_place()

    def notify_style_update(self) -> None:
        """Colours are part of the lines."""
        self._wrapped = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Keep what is read on the screen when the lines become longer or shorter."""
        if self._wrapped is not None and self._wrapped[0] != (self._width, self._is_tight):
            self._go_back_to(self._top / (len(self._wrapped[1]) + 2))
        super().on_resize()

    def press_line(self, index: int) -> None:
        """Follow the line where it leads somewhere."""
        lines = self._lines()
        index -= self._lead
        target = lines[index][1] if 0 <= index < len(lines) else None
        if target is not None:
            self.post_message(self.Pressed(target))

    def _remember(self) -> None:
        if self._sheet is not None:
            self._read.pop(self.key, None)
            if self._top:
                self._read[self.key] = self._top / self.line_count()
            if len(self._read) > _REMEMBERED:
                self._read.popitem(last=False)

    def _go_back_to(self, part: float) -> None:
        self._wrapped = None
        self._top = max(0, min(round(part * self.line_count()), self.line_count() - self.size.height))

    def _say_place(self) -> None:
        """The key of the paper, and what Space does."""
        hint = ""
        if self._sheet is not None and self.size.width >= _WIDE_PLACE:
            hint = " · Space goes to the next paper" if self.at_end else " · Space reads on"
        self.set_place(self.key[:6] + hint)

    # drawing

    def line_count(self) -> int:
        """The lines of the text, with an empty one above, where there is room for it, and below."""
        return len(self._lines()) + 1 + self._lead

    @property
    def _lead(self) -> int:
        """Empty lines above the text."""
        return 0 if self._is_tight else 1

    def draw_line(self, index: int, width: int) -> Iterator[Segment]:
        """Draw one line of the text between its margins."""
        lines = self._lines()
        index -= self._lead
        text = lines[index][0] if 0 <= index < len(lines) else Strip([])
        margin, ink = min(max(_MARGIN, (self.room.width - 1 - self._width) // 2), width), self.ink
        yield Segment(" " * margin, ink)
        for segment in text.adjust_cell_length(max(width - margin, 0), ink):
            yield segment if segment.style else Segment(segment.text, ink)  # filters need a style

    @property
    def _width(self) -> int:
        """Cells of a line; one is kept for a scroll bar that may come, so that it changes no line."""
        return max(min(self.room.width - 2 * _MARGIN - 1, LONGEST_LINE), 1)

    def _lines(self) -> list[tuple[Strip, Target | None]]:
        room = self._width, self._is_tight
        if self._wrapped is None or self._wrapped[0] != room:
            self._wrapped = room, list(self._wrap(self._width))
        return self._wrapped[1]

    @property
    def _is_tight(self) -> bool:
        """Whether there is no room for an empty line that can be spared."""
        return self.room.height < _ROOMY

    def _wrap(self, width: int) -> Iterator[tuple[Strip, Target | None]]:
        for block in [] if self._sheet is None else self._sheet.blocks(tight=self._is_tight):
            indent = block.lead.cell_length
            lines = self._strips(block.content, max(width - indent, 1)) or [Strip([])]
            lead = self._strips(block.lead, indent) if indent else []
            blank = Strip([Segment(" " * indent, self.ink)])
            for number, line in enumerate(lines):
                yield Strip.join([*(lead if not number else [blank] * bool(indent)), line]), block.target

    def _strips(self, content: Content, width: int) -> list[Strip]:
        return Visual.to_strips(self, content, width, None, self.visual_style) if content else []
