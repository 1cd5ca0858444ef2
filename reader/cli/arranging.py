"""The commands for reading lists: which there are and in which order, each change undone by `reader undo`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from reader.cli.common import ORIGIN, json_line, library_option, now, open_store, say
from reader.cli.completing import complete_lists
from reader.text import visible

if TYPE_CHECKING:
    from reader.library import Annotation

_NEW = click.argument("name")
_NAME = click.argument("name", shell_complete=complete_lists)


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@library_option
@click.pass_context
def lists(context: click.Context, as_json: bool) -> None:
    """Show the reading lists with the number of papers in each, or make and arrange them.

    `reader bookmark --list NAME` puts papers into a list. "Bookmarks" is always the first.
    """
    if context.invoked_subcommand is not None:
        return
    with open_store() as store:
        found = store.lists.all()
    for each in found:
        shown = {"name": each.name, "count": each.count}
        click.echo(json_line(shown) if as_json else visible(f"{each.count:>7,}  {each.name}"))


@lists.command("new")
@_NEW
@library_option
def new_list(name: str) -> None:
    """Make an empty reading list."""
    from reader import library

    _change(library.make_list, name, create=True)


@lists.command("rename")
@_NAME
@click.argument("new_name")
@library_option
def rename_list(name: str, new_name: str) -> None:
    """Give a reading list another name."""
    from reader import library

    _change(library.rename_list, name, new_name)


@lists.command("delete")
@_NAME
@library_option
def delete_list(name: str) -> None:
    """Delete a reading list; its papers stay in the library."""
    from reader import library

    _change(library.delete_list, name)


@lists.command("move")
@_NAME
@click.argument("place", type=click.IntRange(min=1))
@library_option
def move_list(name: str, place: int) -> None:
    """Put a reading list at a PLACE among all, counted from 1, which is that of "Bookmarks"."""
    from reader import library

    _change(library.move_list, name, place)


def _change(change: Callable[..., Annotation], *arguments: object, create: bool = False) -> None:
    with open_store(create=create) as store:
        say(change(store, *arguments, now=now(), origin=ORIGIN).label)
