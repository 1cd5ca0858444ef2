"""What an empty library says instead of nothing."""

from __future__ import annotations

from textual.content import Content

_KEY = "bold $text-accent"

WELCOME = Content("\n").join(
    [
        Content("Your library is empty.").stylize("bold"),
        Content(),
        Content("Papers come from listing pages such as Hugging Face's"),
        Content("Daily Papers: in the browser select all, copy, and then"),
        Content(),
        Content.assemble(("  paste here", _KEY), "              the text is offered for import"),
        Content.assemble(("  i", _KEY), "                       a file or a folder of saved text"),
        Content.assemble(("  reader import page.txt", _KEY), "  the same from the shell"),
        Content(),
        Content("To look around first, quit with q and run"),
        Content(),
        Content.assemble(("  reader demo", _KEY), "             a few dozen sample papers, thrown away after"),
    ]
)
