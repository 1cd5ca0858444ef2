"""Every key and every action, declared once: the footer, the palette, the help screen and the README table read this.

A command's `action` is the name of a method `action_…` of the main screen, with its arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from textual.binding import Binding, BindingType
from textual.keys import REPLACED_KEYS, key_to_character

from reader.frozen import frozen

MOVE, FIND, KEEP, COME, APP = "Move", "Find", "Keep", "Import", "reader"

_SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "slash": "/", "question_mark": "?", "down": "Down", "up": "Up", "enter": "Enter", "escape": "Esc", "tab": "Tab",
        "shift+tab": "Shift+Tab", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "space": "Space",
        "ctrl+left": "ctrl+Left", "ctrl+right": "ctrl+Right", "ctrl+up": "ctrl+Up", "ctrl+down": "ctrl+Down",
        "delete": "Del", "backslash": "\\", "left_square_bracket": "[", "right_square_bracket": "]",
    }
)  # fmt: skip
_NOT_IN_IDS = re.compile(r"\W+", re.ASCII)

LISTS, TEXT = ("papers", "bookmarks"), ("detail",)
"""The panes that have commands of their own."""


@frozen
class Command:
    """Something the user can do.

    Attributes:
        action: the action it runs.
        keys: its keys, as Textual names them; none where it is run from the palette.
        title: what the footer and the palette call it.
        help: one sentence for the help screen and the README.
        section: under which heading the help shows it.
        in_footer: whether the footer shows it where it has room.
        weight: how much it matters there; what weighs least gives way first.
        in_palette: whether it makes sense to run it from the palette.
        name: what the settings call it, where that is not made of its action.
        panes: where the help names it first.
    """

    action: str
    keys: tuple[str, ...]
    title: str
    help: str
    section: str
    in_footer: bool = False
    weight: int = 0
    in_palette: bool = True
    name: str = ""
    panes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What the settings call it: never changes, since files of settings hold it."""
        return self.name or _NOT_IN_IDS.sub("_", self.action).strip("_")

    @property
    def keys_shown(self) -> tuple[str, ...]:
        """Its keys as they stand on a keyboard."""
        return tuple(_SHOWN.get(key, typed) for key, typed in zip(self.keys, self.keys_typed, strict=True))

    @property
    def keys_typed(self) -> tuple[str, ...]:
        """Its keys as people write them in the settings."""
        characters = {key: key_to_character(REPLACED_KEYS.get(key, key)) or "" for key in self.keys}
        return tuple(c if c.isprintable() and c.strip() else key for key, c in characters.items())

    @property
    def palette_title(self) -> str:
        """What the palette calls it, with its keys."""
        return f"{self.title}  ({' '.join(self.keys_shown)})" if self.keys else self.title

    @property
    def in_words(self) -> str:
        """Its help, which begins with its title where no key says which command it is."""
        return self.help if self.keys else f"{self.title}: {self.help[0].lower()}{self.help[1:]}"

    def binding(self) -> Binding:
        """Its keys for a screen."""
        return Binding(
            ",".join(self.keys), self.action, self.title, show=self.in_footer, key_display=self.keys_shown[0],
            tooltip=self.help, id=self.id,
        )  # fmt: skip


COMMANDS: tuple[Command, ...] = (
    Command("move(1)", ("j", "down"), "Next paper", "To the next paper, or a line down.", MOVE, in_palette=False,
            name="down"),
    Command("move(-1)", ("k", "up"), "Previous paper", "To the paper before, or a line up.", MOVE, in_palette=False,
            name="up"),
    Command("page(1)", ("ctrl+d", "pagedown"), "Page down", "A page down.", MOVE, in_palette=False, name="page_down"),
    Command("page(-1)", ("ctrl+u", "pageup"), "Page up", "A page up.", MOVE, in_palette=False, name="page_up"),
    Command("go('first')", ("g", "home"), "First paper", "To the first paper, or the top.", MOVE, name="first"),
    Command("go('last')", ("G", "end"), "Last paper", "To the last paper, or the end.", MOVE, name="last"),
    Command("page_detail", ("space",), "Read on", "A page of the text, from anywhere; at its end the next.", MOVE,
            in_palette=False, panes=TEXT),
    Command("zoom", ("z",), "Whole screen", "Give the text the whole screen, and take it back.", MOVE),
    Command("border(1, 0)", ("ctrl+right",), "Wider list", "Give the list more room, and the text less.", MOVE,
            in_palette=False, name="wider_list"),
    Command("border(-1, 0)", ("ctrl+left",), "Wider text", "Give the text more room, and the list less.", MOVE,
            in_palette=False, name="wider_text"),
    Command("border(0, 1)", ("ctrl+down",), "Higher list", "Give the list more lines, and what stands below it fewer.",
            MOVE, in_palette=False, name="higher_list"),
    Command("border(0, -1)", ("ctrl+up",), "Lower list", "Give the list fewer lines, and what stands below it more.",
            MOVE, in_palette=False, name="lower_list"),
    Command("hide('detail')", ("p",), "Text pane", "Hide the text, which Enter then shows alone, or show it again.",
            MOVE, name="hide_text"),
    Command("hide('bookmarks')", ("B",), "Bookmarks pane", "Hide the bookmarks, or show them again; 3 does, too.", MOVE,
            name="hide_bookmarks"),
    Command("second_line", ("comma",), "Second line", "Show under each title how the abstract begins, the tags and "
            "the comments, or titles alone.", MOVE),
    Command("mathematics", ("backslash",), "Mathematics", "Show mathematics as it was typed, or as it is read.", MOVE),
    Command("read", ("enter",), "Read", "From a list to the paper's text.", MOVE, in_palette=False, panes=LISTS),
    Command("back", ("escape",), "Back", "From the text to the list; in the list, to all papers.", MOVE,
            in_palette=False, panes=TEXT),
    Command("next_pane(1)", ("tab",), "Next pane", "To the next pane.", MOVE, in_palette=False, name="next_pane"),
    Command("next_pane(-1)", ("shift+tab",), "Previous pane", "To the pane before.", MOVE, in_palette=False,
            name="previous_pane"),
    Command("pane('papers')", ("1",), "Papers", "To the list of papers.", MOVE),
    Command("pane('detail')", ("2",), "Text", "To the paper's text.", MOVE),
    Command("search", ("slash",), "Search", "Find papers as you type: misspellings are forgiven, beginnings suffice. "
            "→ takes what is offered behind the cursor, Up recalls earlier queries, "
            "Enter or Down moves to the list, Esc clears.", FIND, in_footer=True, weight=6),
    Command("language", (), "Search language", "Show what can be typed into the search box; ? in the empty box, too.",
            FIND),
    Command("related", ("R",), "Related", "Show the papers most like this one; Esc leads back.", FIND, panes=LISTS),
    Command("sort", ("s",), "Sort", "Sort by the next of relevance, date, comments, upvotes, added, title.", FIND),
    Command("save_search", ("w",), "Save search", "Give the query a name.", FIND),
    Command("lists", ("l",), "Lists", "Show a reading list or a saved search; make, rename, order or delete them.",
            FIND),
    Command("pane('bookmarks')", ("3",), "Bookmarks", "To the bookmarks.", MOVE, in_footer=True, weight=1),
    Command("filters", ("F",), "Filters", "To the filters under the search box: → and ← move, Enter turns one on or "
            "off.", FIND),
    Command("search_list", ("f",), "Search this list", "Find papers within the reading list in view.", FIND),
    Command("bookmark", ("b",), "Bookmark", "Put the paper into Bookmarks, or take it out; in another list, that one.",
            KEEP, in_footer=True, weight=5, panes=LISTS),
    Command("toggle_read", ("m",), "Read or not", "Mark the paper as read, or as not read.", KEEP, panes=LISTS),
    Command("toggle_dismissed", ("x",), "Dismiss", "Put the paper out of sight; is:dismissed shows it, and the same "
            "key brings it back.", KEEP, panes=LISTS),
    Command("tag", ("t",), "Tags", "Give the paper tags, or take them away.", KEEP, panes=LISTS),
    Command("note", ("n",), "Note", "Write a note on the paper.", KEEP, panes=LISTS),
    Command("note_in_editor", ("f4",), "Note in editor", "Write the note in the editor that EDITOR names.", KEEP,
            panes=LISTS),
    Command("enlist", ("L",), "Put into lists", "Put the paper into reading lists, make new ones, or take it out.",
            KEEP, panes=LISTS),
    Command("select", ("v",), "Select", "Begin a selection: moving extends it, the next key acts on all of it, Esc "
            "ends it.", KEEP, panes=LISTS),
    Command("select_all", ("V",), "Select all", "Select every paper of the list.", KEEP, panes=LISTS),
    Command("turn(1)", ("right_square_bracket",), "Next list", "Show the next reading list.", KEEP, name="next_list"),
    Command("turn(-1)", ("left_square_bracket",), "Previous list", "Show the reading list before.", KEEP,
            name="previous_list"),
    Command("shift(1)", ("J",), "Move down", "Move the paper down in the reading list.", KEEP, in_palette=False,
            name="move_down"),
    Command("shift(-1)", ("K",), "Move up", "Move the paper up in the reading list.", KEEP, in_palette=False,
            name="move_up"),
    Command("merge", ("M",), "Merge", "Mark the paper; on another paper, make the two one.", KEEP, panes=LISTS),
    Command("split", (), "Split", "Make several papers again of one that was joined from several.", KEEP, panes=LISTS),
    Command("remove", ("delete",), "Remove paper", "Remove the paper from the library.", KEEP, panes=LISTS),
    Command("open", ("o",), "Open", "Open the paper in the browser, or all selected; choose where one has several "
            "addresses.", KEEP,
            panes=LISTS),
    Command("copy", ("y",), "Copy", "Copy the paper, or all selected: address, title, citation, Markdown, BibTeX or "
            "JSON.", KEEP,
            panes=LISTS),
    Command("undo", ("u",), "Undo", "Take back the last change of this window, then those made elsewhere.", KEEP,
            in_footer=True, weight=4),
    Command("redo", ("ctrl+r",), "Redo", "Do again what was taken back.", KEEP),
    Command("export", ("e",), "Export", "Write a reading list, a selection, what is found or everything to a file: "
            "choose how and where, and see its beginning; the same key again writes it.", KEEP, in_footer=True,
            weight=2),
    Command("import", ("i",), "Import", "Bring papers in from a file or a folder; pasted text is offered, too.", COME,
            in_footer=True, weight=3),
    Command("stop_import", ("ctrl+x",), "Stop", "Stop the import under way; what is not finished is taken back.", COME,
            in_footer=True, weight=7),
    Command("sources", ("S",), "Sources", "Where papers were seen: show the papers of a source, or remove it.", COME),
    Command("rejected", (), "Not understood", "List what could not be read of what was imported.", COME),
    Command("theme", (), "Theme", "Choose the colours; the app shows each as the cursor comes to it.", APP),
    Command("help", ("question_mark",), "Help", "Show every key.", APP, in_footer=True, weight=8),
    Command("app.command_palette", ("ctrl+p",), "Palette", "Find a command by name.", APP, in_palette=False,
            name="palette"),
    Command("quit", ("q",), "Quit", "Leave. Everything is saved already.", APP, in_footer=True, weight=9),
)  # fmt: skip

IN_PALETTE = "palette"
"""What stands in place of a key where there is none."""

SECTIONS = (MOVE, FIND, KEEP, COME, APP)


def sections(commands: Sequence[Command] = COMMANDS) -> Iterator[tuple[str, list[Command]]]:
    """The commands under their headings, in order."""
    for section in SECTIONS:
        yield section, [command for command in commands if command.section == section]


def bindings(commands: Sequence[Command]) -> list[BindingType]:
    """The keys of those commands that have any, for a screen."""
    return [command.binding() for command in commands if command.keys]


def default_keys() -> dict[str, tuple[str, ...]]:
    """The keys of every command, by its id, where the settings say nothing of them."""
    return {command.id: command.keys_typed for command in COMMANDS}


def key_table() -> str:
    """The keys as a Markdown table: what the README shows."""
    rows = [
        f"| {' '.join(f'`{key}`' for key in command.keys_shown) or IN_PALETTE} | {command.in_words} |"
        for command in COMMANDS
    ]
    return "\n".join(["| key | does |", "| --- | --- |", *rows])
