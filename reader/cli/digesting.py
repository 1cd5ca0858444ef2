"""The command that prints what is new."""

from __future__ import annotations

import click

from reader.cli.common import library_option, now, open_store, say
from reader.cli.completing import complete_digests
from reader.export.digest import FORMATS

_NAMES = tuple(FORMATS)


@click.command()
@click.option("--since", metavar="WHEN", default="7d", show_default=True,
              help="A span such as 24h, 7d or 2w, or a day such as 2026-01-31.")  # fmt: skip
@click.option("--query", metavar="Q", help="Only what `reader search Q` finds.")
@click.option("--format", "format_name", metavar="F", default=_NAMES[0], show_default=True,
              shell_complete=complete_digests,
              help=f"{', '.join(_NAMES[:-1])} or {_NAMES[-1]}.")  # fmt: skip
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=100, show_default=True,
              help="Papers of each source, at most; 0 for all.")  # fmt: skip
@library_option
def digest(since: str, query: str | None, format_name: str, limit: int) -> int:
    """Print what is new: the papers that reached the library since then.

    They are grouped by source and day, the most discussed first, each once. Where nothing is new, nothing is printed,
    and the exit status is 1: fit for a mail that is sent only when there is something in it.
    """
    from reader import library

    begin = library.since_when(since, now=now().astimezone())
    with open_store() as store:
        found = library.digest_since(store, begin, query=query, limit=limit)
    for part in found.left_out:
        say(f"{part}; it was left out")
    chunks = library.render_digest(found, format_name)  # a form that does not exist is said first
    if not found.count:
        say(f"Nothing is new since {found.since.in_words()}.")
        return 1
    for chunk in chunks:
        click.echo(chunk, nl=False)
    return 1 if found.left_out else 0
