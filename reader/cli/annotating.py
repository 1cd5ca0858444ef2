"""The commands for what a user makes of papers: tags, notes and marks, each change undone by `reader undo`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from reader.cli.common import ORIGIN, QUERY_MARK, QueryCommand, library_option, now, open_store, say
from reader.errors import NothingFound, UnreadableInput
from reader.text import visible

if TYPE_CHECKING:
    from reader.library import Annotation
    from reader.store import Store

_KEYS = click.argument("keys", metavar="KEY...", nargs=-1, required=True)


@click.command()
@click.argument("name", metavar="TAG")
@_KEYS
@click.option("--remove", is_flag=True, help="Take the tag from the papers.")
@library_option
def tag(name: str, keys: tuple[str, ...], remove: bool) -> None:
    """Give papers a tag.

    TAG is one word or several in quotation marks, whatever the case of its letters. KEY is the beginning of a key as
    `reader search` prints it, an arXiv id, a DOI or an address.
    """
    from reader import library

    change = library.untag if remove else library.tag
    with _papers(keys) as (store, papers):
        say(change(store, papers, name, now=now(), origin=ORIGIN).label)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@library_option
def tags(as_json: bool) -> None:
    """Show the tags with the number of papers that have each."""
    with open_store() as store:
        found = store.annotations.tags()
    for each in found:
        shown = {"name": each.name, "count": each.count}
        click.echo(json.dumps(shown) if as_json else visible(f"{each.count:>7,}  {each.name}"))


@click.command()
@click.argument("key")
@click.argument("text", required=False)
@library_option
def note(key: str, text: str | None) -> None:
    """Write a note on a paper, instead of the one there was.

    Without TEXT the note is printed; with - it is read from standard input; an empty TEXT removes it.
    """
    from reader import library

    with _papers([key]) as (store, papers):
        if text is None:
            _print_note(store.annotations.note(papers[0]), key)
            return
        written = _standard_input() if text == "-" else text
        say(library.set_note(store, papers[0], written, now=now(), origin=ORIGIN).label)


def _print_note(text: str | None, key: str) -> None:
    if text is None:
        raise NothingFound(f"there is no note on {key}", f'`reader note {key} "TEXT"` writes one')
    click.echo("\n".join(map(visible, text.split("\n"))))


def _standard_input() -> str:
    if sys.stdin is None:
        raise UnreadableInput("there is no standard input")
    if sys.stdin.isatty():
        say("Type the note, then press Ctrl-D on a line of its own.")
    return sys.stdin.buffer.read().decode(errors="replace")


@click.command()
@_KEYS
@click.option("--unread", is_flag=True, help="Mark the papers as not read.")
@library_option
def mark(keys: tuple[str, ...], unread: bool) -> None:
    """Mark papers as read.

    KEY is the beginning of a key as `reader search` prints it, an arXiv id, a DOI or an address.
    """
    from reader import library

    _change(keys, library.mark_unread if unread else library.mark_read)


@click.command()
@_KEYS
@click.option("--restore", is_flag=True, help="Bring dismissed papers back.")
@library_option
def dismiss(keys: tuple[str, ...], restore: bool) -> None:
    """Dismiss papers that are of no interest, without removing them.

    KEY is the beginning of a key as `reader search` prints it, an arXiv id, a DOI or an address.
    """
    from reader import library

    _change(keys, library.restore if restore else library.dismiss)


def _change(keys: Sequence[str], change: Callable[..., Annotation]) -> None:
    with _papers(keys) as (store, papers):
        say(change(store, papers, now=now(), origin=ORIGIN).label)


@contextmanager
def _papers(keys: Sequence[str]) -> Iterator[tuple[Store, list[int]]]:
    """The library and the papers that keys name; a library that is not there is not made."""
    from reader import library

    with open_store() as store:
        yield store, library.find_papers(store, keys)


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@library_option
@click.pass_context
def searches(context: click.Context, as_json: bool) -> None:
    """Show the saved searches, or keep and forget them.

    What is saved under a name is used as @name in any query: `reader search @name`.
    """
    if context.invoked_subcommand is not None:
        return
    with open_store() as store:
        for each in store.searches.all():
            shown = {"name": each.name, "query": each.query}
            click.echo(json.dumps(shown) if as_json else visible(f"{each.name}: {each.query}"))


@searches.command("save", cls=QueryCommand, context_settings={"help_option_names": ["--help"]})
@click.argument("name")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@library_option
def save_search(name: str, words: tuple[str, ...]) -> None:
    """Keep a query under a name, instead of the one kept there."""
    from reader import library

    query = library.query_of(word.removeprefix(QUERY_MARK) for word in words)
    with open_store(create=True) as store:
        say(library.save_search(store, name, query, now=now(), origin=ORIGIN).label)


@searches.command("rename")
@click.argument("name")
@click.argument("new_name")
@library_option
def rename_search(name: str, new_name: str) -> None:
    """Give a saved search another name."""
    from reader import library

    with open_store() as store:
        say(library.rename_search(store, name, new_name, now=now(), origin=ORIGIN).label)


@searches.command("forget")
@click.argument("name")
@library_option
def forget_search(name: str) -> None:
    """Forget a saved search."""
    from reader import library

    with open_store() as store:
        say(library.forget_search(store, name, now=now(), origin=ORIGIN).label)
