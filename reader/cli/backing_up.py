"""The commands that keep copies of what users made, and bring them back."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.common import ORIGIN, library_option, library_path, now, open_store, say
from reader.text import visible
from reader.wording import counted


@click.command()
@click.option("-o", "--output", metavar="PATH", type=click.Path(path_type=Path),
              help="Another file than today's, beside the library.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file whatever it is.")
@library_option
def backup(output: Path | None, force: bool) -> None:
    """Copy everything that you made.

    Lists with their order, bookmarks, tags, notes, marks and saved searches are written as JSON Lines, with the papers
    that they are about; not the papers that you did nothing with. The first change of a day makes such a copy by
    itself: `reader restore` brings it back.
    """
    from reader import library

    with open_store() as store:
        path = output or library.copy_of_day(library_path(), now().date())
        count = library.back_up(store, path, force=force)
    say(f"{counted(count, 'paper')} with all that you made of them copied to {path}")


@click.command()
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@library_option
def restore(file: Path | None) -> None:
    """Bring back what you made from a copy.

    FILE is what `reader backup` wrote or a library file; without one the newest copy beside the library is taken.
    Nothing is lost: what is in the library stays, united with the copy, and the library as it was is kept beside it.
    A damaged library is moved aside and replaced.
    """
    from reader import library

    path = library_path()
    done = library.restore_backup(path, file, now=now(), origin=ORIGIN)
    found = done.summary
    say(
        f"restored {done.source.name}: {counted(found.records, 'paper')}, {found.added:,} new, "
        f"{found.merged:,} brought up to date, {found.unchanged:,} as they were"
    )
    for each in found.rejected:
        say(f"{each.file}, line {each.line}: {each.reason}")
    if done.damage:
        say(f"The library was damaged: {done.damage}.")
        say(
            f"It is kept as {done.kept}; `reader --library {visible(str(done.kept))} doctor --salvage` gets out of it "
            "what was made since, and importing the pages again brings the other papers."
        )
    elif done.kept is not None:
        say(f"The library as it was is kept as {done.kept}.")
