"""The command that writes reading lists."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import click

from reader.cli.common import library_option, open_store, say
from reader.cli.completing import complete_formats, complete_lists
from reader.wording import counted


@click.command()
@click.option("--format", "format_name", metavar="F", shell_complete=complete_formats,
              help="markdown, bibtex, biblatex, ris, csl, csv, html, text or jsonl.  [default: markdown]")  # fmt: skip
@click.option("--template", metavar="FILE", type=click.Path(path_type=Path),
              help="Instead of a format, a Jinja2 template of your own.")  # fmt: skip
@click.option("--list", "list_name", metavar="NAME", shell_complete=complete_lists,
              help='Another reading list than "Bookmarks".')  # fmt: skip
@click.option("--query", metavar="Q", help="What `reader search Q` finds, in that order.")
@click.option("--all", "everything", is_flag=True, help="Every paper.")
@click.option("-o", "--output", metavar="PATH", type=click.Path(path_type=Path), help="A file; otherwise printed.")
@click.option("--force", is_flag=True, help="Replace the file whatever it is.")
@library_option
def export(
    format_name: str | None, template: Path | None, list_name: str | None, query: str | None, everything: bool,
    output: Path | None, force: bool,
) -> int:  # fmt: skip
    """Write a reading list as a document: Markdown, a bibliography, a table, a page.

    "Bookmarks" is written unless another list, a query or everything is asked for. A file that reader did not write,
    or that was changed since, is not replaced without --force.
    """
    from reader import library

    if sum((list_name is not None, query is not None, everything)) > 1:
        raise click.UsageError("--list, --query and --all exclude one another")
    if template is not None and format_name is not None:
        raise click.UsageError("--format and --template exclude one another")
    own = None if template is None else library.read_template(template)
    with open_store() as store:
        chosen = library.export(
            store, format_name=format_name or "markdown", list_name=list_name, query=query, everything=everything,
            template=own,
        )  # fmt: skip
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
