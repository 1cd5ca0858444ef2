"""Choosing what to import: a path that completes, and a tree to look around in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import DirectoryTree, Input, Static, Tree
from textual.widgets.directory_tree import DirEntry
from textual.worker import get_current_worker

from reader.app.completing import Listing, completed, listed, path_of
from reader.app.path_box import PathBox
from reader.app.preview_screen import PreviewScreen
from reader.app.small_screen import SmallScreen
from reader.app.status import short_path
from reader.app.worker import Answered, Worker
from reader.store import Store
from reader.text import steady, visible

if TYPE_CHECKING:
    from rich.text import TextType
    from textual.widgets.tree import TreeNode


class FolderTree(DirectoryTree):
    """Files and folders, without hidden ones."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("i", "screen.take", "Import what the cursor is on", show=False),
    ]

    def __init__(self, folder: Path) -> None:
        """Begin in that folder."""
        super().__init__(folder, id="tree")
        self._listings: dict[Path, Listing] = {}

    @work(thread=True, exit_on_error=False)
    def _load_directory(self, node: TreeNode[DirEntry]) -> list[Path]:
        """Read a folder on a thread of Textual's: what is left out of it is counted there, too."""
        worker = get_current_worker()
        folder = Path() if node.data is None else node.data.path
        listing = listed(folder, going_on=lambda: not worker.is_cancelled)
        self._listings[folder] = listing
        return [folder / name for name in listing.names]

    def _populate_node(self, node: TreeNode[DirEntry], content: Iterable[Path]) -> None:
        """Add what was read; the folders among it are known by then, no file is asked again."""
        listing = self._listings.pop(Path() if node.data is None else node.data.path)
        node.remove_children()
        for place, path in enumerate(content):
            node.add(path.name, data=DirEntry(path), allow_expand=place < listing.folders)
        if listing.more:
            node.add_leaf(f"and {listing.more:,} more: type the beginning of a name above")
        node.expand()

    def process_label(self, label: TextType) -> Text:
        """A name as plain text, whatever bytes it is made of."""
        return Text(steady(visible(str(label))))


class ImportScreen(SmallScreen[str]):
    """Choose a file or a folder; it is looked at before it is given back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back"),
        Binding("slash", "type", show=False),
    ]

    def __init__(self, worker: Worker, folder: Path) -> None:
        """Begin in that folder; that worker looks around."""
        super().__init__()
        self._worker = worker
        self._folder = folder
        self._asked: tuple[int, str] = (0, "")

    def compose(self) -> ComposeResult:
        """The path above, the tree below it."""
        with Vertical(id="chooser") as pane:
            pane.border_title = "Import a file or a folder"
            pane.border_subtitle = "Esc closes"
            yield PathBox("A file or a folder, such as ~/Downloads/page.txt")
            yield FolderTree(self._folder)
            yield Static(id="hint", markup=False)

    def on_descendant_focus(self) -> None:
        """Say which keys there are."""
        typing = isinstance(self.focused, PathBox)
        self.query_one("#hint", Static).update(
            "Tab completes · Enter looks at it · ↓ the tree"
            if typing
            else "Enter opens a folder, looks at a file · i looks at a folder · Tab the path"
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        typed, folder = event.value, self._folder

        def question(store: Store) -> Iterator[object]:
            del store
            yield completed(typed, folder, check=self._worker.give_way)

        self.query_one(PathBox).awaited = typed or None
        if typed:
            self._asked = self._worker.look(question, self.post_message), typed

    @on(Answered)
    def _completed(self, event: Answered) -> None:
        event.stop()
        serial, typed = self._asked
        if not self.has_left and event.serial == serial and isinstance(event.answer, str | None):
            self.query_one(PathBox).offer(typed, event.answer)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._preview(path_of(event.value, self._folder))

    @on(DirectoryTree.FileSelected)
    def _selected(self, event: DirectoryTree.FileSelected) -> None:
        event.stop()
        self._preview(event.path)

    @on(Tree.NodeHighlighted)
    def _highlighted(self, event: Tree.NodeHighlighted[DirEntry]) -> None:
        event.stop()
        if self.focused is event.control and event.node.data is not None:
            self._show_path(event.node.data.path)

    def _show_path(self, path: Path) -> None:
        shown = short_path(path, Path.home())
        if visible(shown) == shown:
            self.query_one(PathBox).value = shown

    def action_take(self) -> None:
        """Look at what the cursor of the tree is on, also a folder."""
        node = self.query_one(FolderTree).cursor_node
        if node is not None and node.data is not None:
            self._preview(node.data.path)

    def action_look_around(self) -> None:
        """Go to the tree."""
        self.set_focus(self.query_one(FolderTree))

    def action_type(self) -> None:
        """Go to the path."""
        self.set_focus(self.query_one(PathBox))

    def _preview(self, path: Path) -> None:
        given = os.fspath(path)

        def decided(yes: bool | None) -> None:
            if yes:
                self.dismiss(given)

        self.app.push_screen(PreviewScreen(self._worker, given), decided)
