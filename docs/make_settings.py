"""Write `docs/settings.md` from what the program declares: run it with `python`. A test holds the page to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reader.app.commands import COMMANDS
from reader.settings import declared
from reader.settings.values import shown
from reader.settings.writing import listed

PAGE = Path(__file__).with_name("settings.md")

_ABOUT = """\
# Settings

One file in [TOML](https://toml.io) holds them. `reader config path` prints where it is; the variable `READER_SETTINGS`
chooses another. `reader config edit` opens it in your editor (`$VISUAL` or `$EDITOR`), made with every setting and
every command in it, each behind a `#`, and looks it over afterwards. `reader config show` prints what holds now.

Nothing has to be set. What the file says and cannot be used is named with its line, by `reader config show`, by
`reader doctor` and in the app's status line, and the rest of the file holds all the same. When you choose a theme in
the app, it is written into the file; your comments and the order of its lines stay.

```toml
theme = "light"
dwell_seconds = 3

[keys]
bookmark = ["b", "f2"]
remove = []
```
"""
_KEYS = """\
## Keys

The table `[keys]` gives commands other keys, by the names below: a key, or several in brackets; `[]` leaves a command
to the palette. A key is the character that it types (`"b"`, `"B"`, `"/"`), or a name: `enter`, `escape`, `space`,
`tab`, `up`, `down`, `left`, `right`, `home`, `end`, `pageup`, `pagedown`, `insert`, `delete`, `backspace`, `f1` to
`f24`; `ctrl+`, `alt+` or `shift+` may stand before it. A terminal sends the same for some: `ctrl+i` is `tab`,
`ctrl+m` is `enter`.

A key that you give to one command is taken from the command that had it, which is told. Of two lines that give away the
same key the first counts. `ctrl+q` always leaves. The search box and the small screens have keys of their own, which
they name; those stay.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_ABOUT, *_settings(), "", _KEYS, *_commands()]) + "\n"


def _settings() -> Iterator[str]:
    yield "| setting | default | may be | about |"
    yield "| --- | --- | --- | --- |"
    for setting in declared():
        yield f"| `{setting.name}` | `{shown(setting.default)}` | {setting.kind} | {setting.about} |"


def _commands() -> Iterator[str]:
    yield "| command | keys | does |"
    yield "| --- | --- | --- |"
    for command in COMMANDS:
        yield f"| `{command.id}` | `{listed(command.keys_typed)}` | {command.in_words} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
