"""Write `docs/keys.md` and the README's table from the registry: run it with `python`. A test holds both to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reader.app.commands import IN_PALETTE, Command, key_table, sections

PAGE = Path(__file__).with_name("keys.md")
README = PAGE.parents[1] / "README.md"

_ABOUT = """\
# Keys

Every key of the app. `?` shows them in the app, `ctrl+p` finds a command by its name; what has no key is run from there
("palette"). While text is edited, in the search box or a dialog, the editor's own keys win. What each command of the
shell does is in the manual: `reader man`, or `reader COMMAND --help`.
"""


def page() -> str:
    """The page."""
    return "\n".join([_ABOUT, *_sections()])


def readme(text: str) -> str:
    """The README with the table that holds now."""
    before, _, rest = text.partition("<!-- keys -->")
    return f"{before}<!-- keys -->\n\n{key_table()}\n\n<!-- /keys -->{rest.partition('<!-- /keys -->')[2]}"


def _sections() -> Iterator[str]:
    for heading, commands in sections():
        yield f"## {heading}\n\n| key | command | does |\n| --- | --- | --- |"
        yield "\n".join(map(_row, commands)) + "\n"


def _row(command: Command) -> str:
    keys = " ".join(f"`{key}`" for key in command.keys_shown) or IN_PALETTE
    return f"| {keys} | {command.title} | {command.help} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")
