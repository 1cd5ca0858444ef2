"""What an empty library says instead of nothing."""

from __future__ import annotations

from textual.content import Content

from reader.app.keymap import Keymap

_WAYS_WIDTH = 24


def welcome(keymap: Keymap) -> Content:
    """How to fill it, with the keys that the commands have."""
    lines = [
        Content("Your library is empty.").stylize("bold"),
        Content(),
        Content("Papers come from listing pages such as Hugging Face's"),
        Content("Daily Papers: in the browser select all, copy, and then"),
        Content(),
        _way("paste here", "the text is offered for import"),
        _way(keymap.key("import"), "a file or a folder of saved text"),
        _way("reader import page.txt", "the same from the shell"),
        Content(),
        Content(f"To look around first, quit with {keymap.key('quit')} and run"),
        Content(),
        _way("reader demo", "a few dozen sample papers, thrown away after"),
    ]
    return Content("\n").join(lines)


def _way(how: str, what: str) -> Content:
    return Content.assemble((f"  {how:<{_WAYS_WIDTH}}", "bold $text-accent"), what)
