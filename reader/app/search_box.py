"""The box that queries are typed into: what would complete them stands behind the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.keys import REPLACED_KEYS, key_to_character
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from reader.text import visible

if TYPE_CHECKING:
    from reader.search.completing import Completion


class _Underlined(Highlighter):
    """Underlines what was not understood of a query."""

    def __init__(self, box: SearchBox) -> None:
        self._box = box

    def highlight(self, text: Text) -> None:
        for start, end in self._box.problems:
            text.stylize(self._box.get_component_rich_style("search-box--problem", partial=True), start, end)


class SearchBox(Input):
    """One line of query; what it finds is shown as it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority: at once, so that keys typed ahead find the list and are not taken for more of the query.
        Binding("enter,tab", "screen.leave_search", "To the list", key_display="Enter", priority=True),
        Binding("down", "screen.recall(1)", "Later query, or to the list", show=False, priority=True),
        Binding("up", "screen.recall(-1)", "Earlier query", key_display="↑", priority=True),
        Binding("escape", "clear_or_leave", "Clear", key_display="Esc"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"search-box--problem"}

    class Left(Message):
        """The user wants no query, but the list."""

    class Asked(Message):
        """The user wants to know what can be typed."""

    class Pasted(Message):
        """More was pasted than a query holds."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, complete: Callable[[str], Completion | None]) -> None:
        """Show what can be typed, and what `complete` knows of how it may go on; the cursor stands still."""
        self._complete = complete
        self._completion: Completion | None = None
        self._problems: Sequence[tuple[int, int]] = ()
        super().__init__(placeholder="Search titles, abstracts and authors · ? shows how", id="search", compact=True)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, with what would act on the terminal made visible."""
        return visible(value)

    def put(self, query: str) -> None:
        """Show that query, the cursor behind it."""
        self.value = query
        self.cursor_position = len(self.value)

    def go_on(self, query: str) -> None:
        """Show that query to be typed on: what is typed next does not take its place, as it does of an earlier one."""
        self.select_on_focus = False
        self.put(query)

    def on_blur(self) -> None:
        """Whoever comes back begins anew."""
        self.select_on_focus = True

    # completing

    def watch_value(self) -> None:
        """Another text: nothing is known of it yet."""
        self._problems, self.highlighter = (), None
        self.offer_completion()

    def watch_selection(self, before: Selection, after: Selection) -> None:
        """Only at the end there is anything to complete."""
        if before != after:
            self.offer_completion()

    def offer_completion(self) -> None:
        """Show how the text may go on."""
        possible = self.cursor_at_end and self.selection.is_empty
        self._completion = self._complete(self.value) if possible else None
        ghost = "" if self._completion is None else self._completion.ghost
        self._suggestion = self.value + ghost if ghost else ""  # what `Input` draws in a quiet colour

    def action_cursor_right(self, select: bool = False) -> None:
        """Take the completion, or move."""
        if self._completion is not None and not select:
            self.put(self._completion.query)
        else:
            super().action_cursor_right(select)

    # problems

    def mark_problems(self, places: Sequence[tuple[int, int]]) -> None:
        """Underline those parts of the text, but for the one that is being typed."""
        if places or self._problems:
            self._problems = places
            self.highlighter = _Underlined(self) if places else None
            self.refresh()

    @property
    def problems(self) -> Sequence[tuple[int, int]]:
        """The parts of the text that are underlined: where each begins, and the character after its last."""
        typing = self.has_focus and self.cursor_at_end
        return [(start, end) for start, end in self._problems if end < len(self.value) or not typing]

    # keys

    def action_clear_or_leave(self) -> None:
        """Clear the query; when it is empty, go to the list."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left())

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key types something here; Textual knows no character of keys that it renamed, such as `slash`."""
        return super().check_consume_key(key, character or key_to_character(REPLACED_KEYS.get(key, key)))

    async def _on_key(self, event: events.Key) -> None:
        """Do what a key does before the next is looked at: bindings alone would run after letters typed ahead."""
        bindings = self._bindings.key_to_bindings.get(event.key, [])
        asked = event.key == "question_mark" and not self.value
        if bindings or asked:
            event.stop()
            event.prevent_default()  # otherwise Textual calls the handler of `Input`, too
        if asked:
            self.post_message(self.Asked())
        for binding in bindings[:1]:
            await self.run_action(binding.action)

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            event.stop()
            event.prevent_default()  # see `_on_key`; one line is pasted by `Input`
            self.post_message(self.Pasted(event.text))
