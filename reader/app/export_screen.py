"""Choosing what is exported, how, and where to; the beginning of the file is shown as it would be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from reader import library
from reader.app.completing import completed
from reader.app.exporting import DEFAULT_FORMAT, can_be_written, fate_in_words, look
from reader.app.left_off import Exported
from reader.app.list_screen import ListScreen
from reader.app.orders import Order, What
from reader.app.path_box import PathBox
from reader.app.row_list import Row, RowList
from reader.app.session import Session
from reader.app.status import short_path
from reader.app.worker import Answered, Worker
from reader.errors import ReaderError
from reader.export.registry import FORMATS, NAMES, VAULT
from reader.list_file import DEFAULT_OPTIONS, GROUPINGS, MarkdownOptions
from reader.store import Store
from reader.text import visible
from reader.wording import counted

_Each = TypeVar("_Each")

_SHOWN = {DEFAULT_FORMAT: ("abstracts", "notes", "tags", "contents"), VAULT: ("abstracts", "notes", "tags")}
"""What can be left out, or is put in."""
_LABEL = 11
"""Cells of what a row is about."""


@dataclass(frozen=True, slots=True)
class _Completed:
    """How a path goes on."""

    typed: str
    completion: str | None


class ExportScreen(ListScreen[Order]):
    """j and k move, ← and → change what the cursor is on; Enter or the key that opened it gives the order back."""

    HEADING: ClassVar[str] = "Export"
    KEYS: ClassVar[str] = "← → change it · Tab the path · Enter writes · Esc leaves"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "turn(1)", show=False),
        Binding("left,h", "turn(-1)", show=False),
        Binding("tab", "type", show=False),
    ]

    def __init__(self, worker: Worker, session: Session, whats: Sequence[What], folder: Path) -> None:
        """Offer to export those, the first at first; paths begin in that folder, and that worker looks."""
        super().__init__()
        self._worker, self._session, self._whats = worker, session, whats
        self._order = Order(whats[0], DEFAULT_FORMAT, None, "", folder)
        self._offered = ""
        self._serial = 0
        self._preview: library.ExportPreview | ReaderError | None = None
        self._take(whats[0])
        for key in next(command.keys for command in session.keymap.commands if command.id == "export"):
            if key not in self._bindings.key_to_bindings:
                self._bindings.bind(key, "choose", "Write", show=False)

    def compose(self) -> ComposeResult:
        """What, how and where above; below it what would be written."""
        with Vertical(id="list-box") as box:
            box.border_title = self.HEADING
            box.border_subtitle = self.KEYS
            yield RowList(self._rows, id="rows", empty="")
            with Horizontal(id="where"):
                yield Static(f"    {'To':<{_LABEL}}", id="to")
                yield PathBox("In the export folder")
            yield Static(id="fate", markup=False)
            with VerticalScroll(id="beginning", can_focus=False):
                yield Static(markup=False)

    def on_mount(self) -> None:
        """Show what would be written."""
        self._ask()
        self.do_what_was_typed_ahead()

    def on_unmount(self) -> None:
        """Nobody waits for an answer."""
        self._worker.look_no_more(self._serial)

    # what is chosen

    def _take(self, what: What) -> None:
        """Choose that, as it was exported before."""
        known = self._session.exported.get(what.name, Exported())
        form = known.form if known.form in NAMES else DEFAULT_FORMAT
        self._order = replace(self._order, what=what, form=form, options=None, typed=known.path)

    def _choices(self) -> Iterator[tuple[str, str, Callable[[int], None]]]:
        """For each row what it is about, what is chosen, and what chooses the next."""
        order = self._order
        yield "What", order.what.label, lambda by: self._take(_next(self._whats, order.what, by))
        yield "Format", f"{order.form} ({_suffix(order.form) or 'a note a paper'})", self._turn_form
        if order.form not in _SHOWN:
            return
        options = self._options
        if order.form == DEFAULT_FORMAT:
            yield (
                "Grouped by", options.group,
                lambda by: self._show(replace(options, group=_next(GROUPINGS, options.group, by))),
            )  # fmt: skip
        for name in _SHOWN[order.form]:
            yield name.capitalize(), "yes" if getattr(options, name) else "no", partial(self._flip, name)

    @property
    def _options(self) -> MarkdownOptions:
        """What Markdown shows: what was chosen, or what the file shows already."""
        if self._order.options is not None:
            return self._order.options
        return self._preview.options if isinstance(self._preview, library.ExportPreview) else DEFAULT_OPTIONS

    def _flip(self, name: str, by: int) -> None:
        del by  # yes and no follow one another in both directions
        options = self._options
        self._show(replace(options, **{name: not getattr(options, name)}))  # type: ignore[arg-type]  # flags, all of them

    def _show(self, options: MarkdownOptions) -> None:
        self._order = replace(self._order, options=options)

    def _turn_form(self, by: int) -> None:
        """Choose the next format; the ending of a file's name goes with it."""
        form, typed = _next(NAMES, self._order.form, by), self._order.typed
        suffix = _suffix(self._order.form)
        if typed.endswith(suffix) and typed and not typed.endswith("/"):
            typed = typed.removesuffix(suffix) + _suffix(form)
        self._order = replace(self._order, form=form, typed=typed)

    def action_turn(self, by: int) -> None:
        """Change what the cursor is on."""
        if self.place is not None:
            list(self._choices())[self.place][2](by)
            self._ask()

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        """Nothing more is told of a row than what it says."""
        event.stop()
        event.prevent_default()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        """A click on the row that has the cursor changes it."""
        event.stop()
        event.prevent_default()  # the list screen's own handler would write
        self.action_turn(1)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._offered:
            self._offered = event.value
            self._order = replace(self._order, typed=event.value.strip())
            self._ask(of_path=event.value)

    # what would be written

    def _ask(self, *, of_path: str = "") -> None:
        """Ask what would be written, and how a path that is being typed goes on; show the rest at once."""
        order, session, worker = self._order, self._session, self._worker

        def question(store: Store) -> Iterator[object]:
            if of_path:
                yield _Completed(of_path, completed(of_path, order.folder, check=worker.give_way))
            yield look(store, session, order)

        self._draw()
        self.query_one(PathBox).awaited = of_path or None
        self._preview = None
        self._serial = worker.look(question, self.post_message)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        if event.serial != self._serial:
            return
        if isinstance(event.answer, _Completed):
            self.query_one(PathBox).offer(event.answer.typed, event.answer.completion)
        elif isinstance(event.answer, library.ExportPreview | ReaderError):
            self._preview = event.answer
            self._draw()
            self._draw_beginning(event.answer)

    def _draw(self) -> None:
        rows = [Row(f"{label:<{_LABEL}}‹ {value} ›") for label, value, _ in self._choices()]
        row_list, box = self.query_one(RowList), self.query_one(PathBox)
        self._rows.rows = rows
        row_list.styles.height = len(rows)
        row_list.show(cursor=min(row_list.cursor or 0, len(rows) - 1))
        typed, found = self._order.typed, self._preview
        if not typed and isinstance(found, library.ExportPreview):
            box.placeholder = visible(short_path(found.path, Path.home()))
        elif not typed:
            box.placeholder = "Another file or folder" if isinstance(found, ReaderError) else ""
        if typed != self._offered.strip():
            self._offered = typed
            box.value = typed
            box.action_end()

    def _draw_beginning(self, found: library.ExportPreview | ReaderError) -> None:
        fate, beginning = self.query_one("#fate", Static), self.query_one("#beginning Static", Static)
        if isinstance(found, ReaderError):
            fate.update(visible(str(found)))
            beginning.update("")
        else:
            words = [counted(found.count, "paper"), fate_in_words(found, self._session, self._order)]
            fate.update(visible(" · ".join([*words, *found.left_out])))
            beginning.update(Content("\n").join(_shown_lines(found)))
        fate.set_class(not self._possible, "-warning")
        self.query_one("#beginning").scroll_home(animate=False)

    @property
    def _possible(self) -> bool:
        """Whether it may be written, as far as is known."""
        found = self._preview
        if isinstance(found, ReaderError):
            return False
        return found is None or can_be_written(found, self._session, self._order)

    # moving

    def action_choose(self) -> None:
        """Write it, unless it is known that it cannot be."""
        if self._possible:
            self.dismiss(self._order)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_choose()

    def action_move(self, rows: int) -> None:
        """Move the cursor, from the last row to the path."""
        row_list = self.query_one(RowList)
        if rows > 0 and row_list.cursor == len(self._rows) - 1:
            self.action_type()
        elif isinstance(self.focused, PathBox):
            self.set_focus(row_list)
        else:
            row_list.move(rows)

    def action_look_around(self) -> None:
        """Stay on the path, below which there is nothing."""

    def action_type(self) -> None:
        """Go to the path; it begins as the one that would be written to."""
        box = self.query_one(PathBox)
        if not box.value and isinstance(self._preview, library.ExportPreview):
            place = short_path(self._preview.path, Path.home())
            box.value = place if visible(place) == place else ""
        self.set_focus(box)

    def action_page(self, pages: int) -> None:
        """Page what would be written."""
        beginning = self.query_one("#beginning")
        beginning.scroll_relative(y=pages * max(beginning.size.height - 1, 1), animate=False)


def _suffix(form: str) -> str:
    """How the names of a format's files end; nothing where it is a folder."""
    return FORMATS[form].suffix if form in FORMATS else ""


def _shown_lines(found: library.ExportPreview) -> Iterator[Content]:
    """The lines of a file; what its readers do not see is quiet."""
    unseen = False
    for line in found.lines:
        unseen = unseen or line.lstrip().startswith("<!--")
        yield Content(visible(line)).stylize("$foreground 50%") if unseen else Content(visible(line))
        unseen = unseen and not line.rstrip().endswith("-->")
    if not found.whole:
        yield Content("…")


def _next(each: Sequence[_Each], one: _Each, by: int) -> _Each:
    return each[(each.index(one) + by) % len(each)]
