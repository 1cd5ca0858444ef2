"""The commands for what a user makes of papers: tags, notes and marks, each change undone by `reader undo`."""

from __future__ import annotations

import sys

import click

from reader.cli.choosing import STANDARD_INPUT, Chosen, choosing_options, choosing_papers, chosen_papers, tell
from reader.cli.common import ORIGIN, QUERY_MARK, QueryCommand, json_line, library_option, now, open_store, say
from reader.cli.completing import complete_keys, complete_searches, complete_tags
from reader.cli.reading import paper_line
from reader.errors import NothingFound, UnreadableInput
from reader.text import visible


@click.command()
@click.argument("name", metavar="TAG", shell_complete=complete_tags)
@choosing_papers
@click.option("--remove", is_flag=True, help="Take the tag from the papers.")
@library_option
def tag(name: str, keys: tuple[str, ...], query: str | None, as_json: bool, remove: bool) -> None:
    """Give papers a tag.

    TAG is one word or several in quotation marks, whatever the case of its letters. KEY is the beginning of a key as
    `reader search` prints it, an arXiv id, a DOI or an address; - reads keys from standard input, a line each.
    """
    from reader import library

    change = library.untag if remove else library.tag
    with chosen_papers(keys, query) as chosen:
        tell(chosen, change(chosen.store, chosen.papers, name, now=now(), origin=ORIGIN), as_json=as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@library_option
def tags(as_json: bool) -> None:
    """Show the tags with the number of papers that have each."""
    with open_store() as store:
        found = store.annotations.tags()
    for each in found:
        shown = {"name": each.name, "count": each.count}
        click.echo(json_line(shown) if as_json else visible(f"{each.count:>7,}  {each.name}"))


@click.command()
@click.argument("words", metavar="KEY [TEXT]", nargs=-1, shell_complete=complete_keys)
@choosing_options
@library_option
def note(words: tuple[str, ...], query: str | None, as_json: bool) -> None:
    """Write a note on a paper, instead of the one there was.

    Without TEXT the note is printed; with - it is read from standard input; an empty TEXT removes it. In place of KEY,
    - reads keys from standard input, a line each, and --query needs no KEY: all those papers get the same note.
    """
    from reader import library

    keys, text = _key_and_text(words, query)
    with chosen_papers(keys, query) as chosen:
        if text is None:
            _print_notes(chosen)
            return
        written = _standard_input() if text == "-" else text
        tell(chosen, library.set_notes(chosen.store, chosen.papers, written, now=now(), origin=ORIGIN), as_json=as_json)


def _key_and_text(words: tuple[str, ...], query: str | None) -> tuple[tuple[str, ...], str | None]:
    """What is the key and what the note; a query stands in place of the key."""
    keys, rest = (words[:1], words[1:]) if query is None else ((), words)
    if len(rest) > 1:
        raise click.UsageError("a note of several words stands in quotation marks")
    if keys == (STANDARD_INPUT,) and rest == (STANDARD_INPUT,):
        raise click.UsageError("standard input can be the keys or the note, not both")
    return keys, next(iter(rest), None)


def _print_notes(chosen: Chosen) -> None:
    """The note of a paper; of several papers those that have one, under their titles."""
    several = len(chosen.papers) > 1
    found = [stored for stored in chosen.store.papers.stream(chosen.papers) if stored.note]
    if not found:
        raise NothingFound("there is no note on it", '`reader note KEY "TEXT"` writes one')
    for stored in found:
        if several:
            click.echo(paper_line(stored))
        click.echo("\n".join(map(visible, (stored.note or "").split("\n"))))


def _standard_input() -> str:
    if sys.stdin is None:
        raise UnreadableInput("there is no standard input")
    if sys.stdin.isatty():
        say("Type the note, then press Ctrl-D on a line of its own.")
    return sys.stdin.buffer.read().decode(errors="replace")


@click.command()
@choosing_papers
@click.option("--unread", is_flag=True, help="Mark the papers as not read.")
@library_option
def mark(keys: tuple[str, ...], query: str | None, as_json: bool, unread: bool) -> None:
    """Mark papers as read.

    KEY is the beginning of a key as `reader search` prints it, an arXiv id, a DOI or an address; - reads keys from
    standard input, a line each.
    """
    from reader import library

    change = library.mark_unread if unread else library.mark_read
    with chosen_papers(keys, query) as chosen:
        tell(chosen, change(chosen.store, chosen.papers, now=now(), origin=ORIGIN), as_json=as_json)


@click.command()
@choosing_papers
@click.option("--restore", is_flag=True, help="Bring dismissed papers back.")
@library_option
def dismiss(keys: tuple[str, ...], query: str | None, as_json: bool, restore: bool) -> None:
    """Dismiss papers that are of no interest, without removing them.

    KEY is the beginning of a key as `reader search` prints it, an arXiv id, a DOI or an address; - reads keys from
    standard input, a line each. With --restore, a query looks among the dismissed by is:dismissed.
    """
    from reader import library

    change = library.restore if restore else library.dismiss
    with chosen_papers(keys, query) as chosen:
        tell(chosen, change(chosen.store, chosen.papers, now=now(), origin=ORIGIN), as_json=as_json)


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
            click.echo(json_line(shown) if as_json else visible(f"{each.name}: {each.query}"))


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
@click.argument("name", shell_complete=complete_searches)
@click.argument("new_name")
@library_option
def rename_search(name: str, new_name: str) -> None:
    """Give a saved search another name."""
    from reader import library

    with open_store() as store:
        say(library.rename_search(store, name, new_name, now=now(), origin=ORIGIN).label)


@searches.command("forget")
@click.argument("name", shell_complete=complete_searches)
@library_option
def forget_search(name: str) -> None:
    """Forget a saved search."""
    from reader import library

    with open_store() as store:
        say(library.forget_search(store, name, now=now(), origin=ORIGIN).label)
