"""The commands that change the library, each of them undone by `reader undo`."""

from __future__ import annotations

import click

from reader.cli.choosing import choosing_papers, chosen_papers, tell
from reader.cli.common import ORIGIN, library_option, now, open_store, say
from reader.cli.completing import complete_keys, complete_lists
from reader.errors import NothingFound


@click.command()
@choosing_papers
@click.option("--list", "list_name", metavar="NAME", shell_complete=complete_lists,
              help='Another reading list than "Bookmarks"; made where needed.')  # fmt: skip
@click.option("--remove", is_flag=True, help="Take the papers out of the list.")
@library_option
def bookmark(keys: tuple[str, ...], query: str | None, as_json: bool, list_name: str | None, remove: bool) -> None:
    """Put papers into a reading list.

    KEY is the beginning of a key as `reader search` prints it, an arXiv id, a DOI or an address; - reads keys from
    standard input, a line each.
    """
    from reader import library

    with chosen_papers(keys, query) as chosen:
        change = library.drop if remove else library.keep
        kept = change(chosen.store, chosen.papers, now=now(), origin=ORIGIN, list_name=list_name)
        tell(chosen, kept, as_json=as_json)


@click.command()
@click.argument("first", metavar="KEY", shell_complete=complete_keys)
@click.argument("second", metavar="KEY", shell_complete=complete_keys)
@library_option
def merge(first: str, second: str) -> None:
    """Make two papers one.

    For one paper that came in twice, under texts that differ too much to be joined by themselves. The key of the one
    that was there first stays, and both keys find it from now on.
    """
    from reader import library

    with open_store() as store:
        papers = [library.find_paper(store, key) for key in (first, second)]
        say(library.merge_papers(store, papers[0], papers[1], now=now(), origin=ORIGIN).label)


@click.command()
@click.argument("key", shell_complete=complete_keys)
@library_option
def split(key: str) -> None:
    """Make several papers again of one that was joined from several."""
    from reader import library

    with open_store() as store:
        say(library.split_paper(store, library.find_paper(store, key), now=now(), origin=ORIGIN).label)


@click.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True, shell_complete=complete_keys)
@library_option
def remove(keys: tuple[str, ...]) -> None:
    """Remove papers from the library.

    Importing their page again brings them back.
    """
    from reader import library

    with open_store() as store:
        papers = library.find_papers(store, keys)
        say(library.remove_papers(store, papers, now=now(), origin=ORIGIN).label)


@click.command()
@library_option
def undo() -> None:
    """Take back the newest change, whoever made it.

    Of an import, the papers go that were seen nowhere else and that nothing was done with since. A large import can be
    brought back only by importing its file again.
    """
    from reader import library

    with open_store() as store:
        label = library.undo(store)
    if label is None:
        raise NothingFound("there is nothing to undo")
    say(f"undone: {label}")


@click.command()
@library_option
def redo() -> None:
    """Do again what was undone last."""
    from reader import library

    with open_store() as store:
        label = library.redo(store)
    if label is None:
        raise NothingFound(
            "there is nothing to do again", "only what was undone last, before any other change, and no large import"
        )
    say(f"done again: {label}")
