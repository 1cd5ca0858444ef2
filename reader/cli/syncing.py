"""The command that keeps a reading list and its Markdown file the same."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.common import ORIGIN, confirm_removal, library_option, now, open_store, removal_options, say
from reader.cli.completing import complete_lists
from reader.cli.exporting import tell


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--list", "list_name", metavar="NAME", shell_complete=complete_lists,
              help="The reading list, where the file is not of that name.")  # fmt: skip
@removal_options
@library_option
def sync(path: Path, list_name: str | None, remove: bool | None) -> None:
    """Bring a reading list and its Markdown file together.

    FILE is what `reader export -o FILE` wrote. Ticks, tags, notes, the order and entries that you changed there come
    into the library, what changed in the library comes into the file, and what you wrote there stays. What changed on
    both sides is kept twice, and said. `reader undo` takes the library's part back.
    """
    from reader import library

    with open_store(create=True) as store:
        found = library.sync(
            store, path, now=now(), origin=ORIGIN, list_name=list_name, confirm=confirm_removal(remove)
        )
    say(found.label)
    tell(found.file)
