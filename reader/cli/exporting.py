"""The command that writes reading lists."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from reader import paths
from reader.cli.common import confirm_removal, library_option, open_store, removal_options, say
from reader.cli.completing import complete_formats, complete_lists
from reader.export.registry import NAMES, VAULT
from reader.list_file import GROUPINGS, MarkdownOptions
from reader.wording import counted

if TYPE_CHECKING:
    from reader.library import Export, Rewritten

_Command = TypeVar("_Command", bound=Callable[..., object])

_SHOWN = (
    click.option("--group", type=click.Choice(GROUPINGS), default=None,
                 help="Put papers under headings.  [default: none]"),
    click.option("--abstracts/--no-abstracts", default=None, help="With abstracts, or without."),
    click.option("--notes/--no-notes", default=None, help="With your notes, or without."),
    click.option("--tags/--no-tags", default=None, help="With your tags, or without."),
    click.option("--contents/--no-contents", default=None, help="Begin with a table of contents."),
)  # fmt: skip
"""What Markdown shows; a file that is written again shows what it showed, unless told otherwise."""


def _shown_options(command: _Command) -> _Command:
    for option in reversed(_SHOWN):
        command = option(command)
    return command


@click.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--format", "format_name", metavar="F", shell_complete=complete_formats,
              help=f"{', '.join(NAMES[:-1])} or {NAMES[-1]}.  [default: {NAMES[0]}]")  # fmt: skip
@click.option("--template", metavar="FILE", type=click.Path(path_type=Path),
              help="Instead of a format, a Jinja2 template of your own.")  # fmt: skip
@click.option("--list", "list_name", metavar="NAME", shell_complete=complete_lists,
              help='Another reading list than "Bookmarks".')  # fmt: skip
@click.option("--query", metavar="Q", help="What `reader search Q` finds, in that order.")
@click.option("--all", "everything", is_flag=True, help="Every paper.")
@click.option("-o", "--output", "place", metavar="PATH", type=click.Path(),
              help="A file, or a folder for the default name; otherwise printed.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file whatever it is.")
@_shown_options
@removal_options
@library_option
def export(
    keys: tuple[str, ...], format_name: str | None, template: Path | None, list_name: str | None, query: str | None,
    everything: bool, place: str | None, force: bool, remove: bool | None, **shown: object,
) -> int:  # fmt: skip
    """Write a reading list as a document: Markdown, a bibliography, a table, a page.

    "Bookmarks" is written unless another list, a query, keys or everything is asked for. Over a reading list that you
    changed by hand it writes with your changes; any other file that it did not write is replaced only with --force.
    """
    from reader import library

    if sum((list_name is not None, query is not None, everything, bool(keys))) > 1:
        raise click.UsageError("--list, --query, --all and keys exclude one another")
    if template is not None and format_name is not None:
        raise click.UsageError("--format and --template exclude one another")
    output = None if place is None else Path(place)
    in_folder = place is not None and (place.endswith((os.sep, "/")) or Path(place).is_dir())
    is_vault = format_name == VAULT
    if is_vault and (output is None or str(output) == "-"):
        raise click.UsageError(f"--format {VAULT} writes a note a paper: name a folder with -o")
    own = None if template is None else library.read_template(template)
    with open_store() as store:
        chosen = library.export(
            store, format_name=NAMES[0] if is_vault or format_name is None else format_name,
            list_name=list_name, query=query, everything=everything,
            papers=library.find_papers(store, keys) if keys else None,
            template=own,
        )  # fmt: skip
        chosen = library.remembered_by(chosen, paths.written_files())
        if output is not None and in_folder and not is_vault:
            output = library.file_in(chosen, output)
        chosen = library.with_options(chosen, _options(library.options_of(output), shown))
        for part in chosen.left_out:
            say(f"{part}; it was left out")
        if is_vault:
            _write_vault(chosen, output)
        elif output is None or str(output) == "-":
            _print_chunks(chosen.chunks)
            if not chosen.count:
                say("Nothing found." if query is not None else f"{chosen.title} is empty.")
        else:
            confirm = confirm_removal(remove)
            found = library.export_to_file(chosen, output, force=force, confirm=confirm, make_folder=in_folder)
            say(f"{counted(chosen.count, 'paper')} written to {output}")
            tell(found)
    return 1 if chosen.left_out or (query is not None and not chosen.count) else 0


def _write_vault(chosen: Export, folder: Path | None) -> None:
    from reader import library

    if chosen.selection is not None and folder is not None:
        found = library.export_to_vault(chosen.selection, folder)
        say(f"{counted(found.notes, 'paper')} in {folder}: {counted(found.changed, 'note')} written")
        for words in found.told:
            say(words)


def _options(remembered: MarkdownOptions, shown: Mapping[str, object]) -> MarkdownOptions:
    told = {name: value for name, value in shown.items() if value is not None}
    return replace(remembered, **told)  # type: ignore[arg-type]  # click has checked them


def tell(found: Rewritten) -> None:
    """Say what became of a file, beside that it was written."""
    for words in found.told:
        say(words)
    if found.backup is not None:
        say(f"The file as it was is kept as {found.backup}.")


def _print_chunks(chunks: Iterator[str]) -> None:
    try:
        for chunk in chunks:
            click.echo(chunk, nl=False)
    finally:
        if isinstance(chunks, Generator):
            chunks.close()  # while the library is open, also when whoever reads has read enough
