"""The command that writes reading lists."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import click

from reader.cli.common import library_option, open_store, say
from reader.cli.completing import complete_lists
from reader.wording import counted


@click.command()
@click.option("--format", "format_name", metavar="F", default="markdown", show_default=True,
              help="markdown, bibtex, biblatex, ris, csl, csv, html, text or jsonl.")  # fmt: skip
@click.option("--list", "list_name", metavar="NAME", shell_complete=complete_lists,
              help='Another reading list than "Bookmarks".')  # fmt: skip
@click.option("--query", metavar="Q", help="What `reader search Q` finds, in that order.")
@click.option("--all", "everything", is_flag=True, help="Every paper.")
@click.option("-o", "--output", metavar="PATH", type=click.Path(path_type=Path), help="A file; otherwise printed.")
@click.option("--force", is_flag=True, help="Replace the file whatever it is.")
@library_option
def export(
    format_name: str, list_name: str | None, query: str | None, everything: bool, output: Path | None, force: bool
) -> int:
    """Write a reading list as a document: Markdown, a bibliography, a table, a page.

    "Bookmarks" is written unless another list, a query or everything is asked for. A file that reader did not write,
    or that was changed since, is not replaced without --force.
    """
    from reader import library

    if sum((list_name is not None, query is not None, everything)) > 1:
        raise click.UsageError("--list, --query and --all exclude one another")
    with open_store() as store:
        chosen = library.export(store, format_name=format_name, list_name=list_name, query=query, everything=everything)
        for part in chosen.left_out:
            say(f"{part}; it was left out")
        if output is not None and str(output) != "-":
            library.export_to_file(chosen, output, force=force)
            say(f"{counted(chosen.count, 'paper')} written to {output}")
        else:
            _print_chunks(chosen.chunks)
            if not chosen.count:
                say("Nothing found." if query is not None else f"{chosen.title} is empty.")
    return 1 if chosen.left_out or (query is not None and not chosen.count) else 0


def _print_chunks(chunks: Iterator[str]) -> None:
    try:
        for chunk in chunks:
            click.echo(chunk, nl=False)
    finally:
        if isinstance(chunks, Generator):
            chunks.close()  # while the library is open, also when whoever reads has read enough
