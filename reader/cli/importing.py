"""The commands about what comes in: importing, what could not be read, and sources."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from reader.cli.common import INTERRUPTED, ORIGIN, is_dumb, json_line, library_option, now, open_store, say, screen_size
from reader.text import visible
from reader.wording import counted

if TYPE_CHECKING:
    from reader.library import Progress, Summary

_REDRAW_SECONDS = 0.1
_EXCERPT = 200
"""Characters of a rejected record that are shown to people."""


class FormatOption(click.Option):
    """An option whose help names every format; they are loaded when the help is printed or one is given."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help."""
        from reader import library

        self.help = f"Read the files as this, whatever they look like: {', '.join(library.format_names())}."
        return super().get_help_record(ctx)


def _format_name(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    from reader import library

    return None if value is None else click.Choice(library.format_names()).convert(value, option, context)


@click.command("import")
@click.argument("inputs", metavar="PATH...", nargs=-1, required=True, type=click.Path(readable=False, allow_dash=True))
@click.option("--from", "form", metavar="FORMAT", cls=FormatOption, callback=_format_name)
@click.option("--page-date", metavar="DATE", help="The day of the pages, such as 2026-01-31, where they do not say it.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@library_option
def import_(inputs: tuple[str, ...], form: str | None, page_date: str | None, as_json: bool) -> int:
    """Bring papers in from saved pages.

    PATH is a file, a folder, a pipe, or - for standard input. A file holds what you get when you select all of a
    listing page in a browser, copy it, and save it as text; the page saved as HTML, the JSON of Hugging Face's papers
    API, arXiv's own files, bibliographies (BibTeX, RIS, CSL-JSON) and JSON Lines as printed by `reader search --json`
    are read too. The format is recognised by what the file holds, never by its name; --from overrides that.

    Importing a page again adds nothing twice. What cannot be read is named with its line, and the rest is imported.
    To paste a page: `reader import -`, paste, then Ctrl-D on a line of its own.
    """
    from reader import library

    told = None if page_date is None else _day(page_date)
    stdin = None if sys.stdin is None else sys.stdin.buffer  # it is None where the shell closed it
    worth_it = library.anything_to_import(inputs, now=now(), page_date=told, stdin=stdin)
    if stdin is not None and {"-", "/dev/stdin"} & set(inputs) and stdin.isatty():
        say("Paste the page, then press Ctrl-D on a line of its own.")
    with open_store(create=worth_it, quiet=True) as store:
        progress = None if as_json else _progress_line()
        summary = library.import_paths(
            store, inputs, now=now(), page_date=told, form=form, stdin=stdin, progress=progress
        )
    if progress is not None:
        progress.clear()
    if as_json:
        click.echo(_summary_json(summary))
    else:
        _print_summary(summary)
    if summary.stopped_at is not None:
        return INTERRUPTED
    return (1 if summary.files else 3) if summary.rejected else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(f"--page-date takes a day such as 2026-01-31, and {text!r} is none") from error


class ProgressLine:
    """One line on the terminal that says how far an import is: a bar, records, their rate, and the time left."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Measure the rate by that clock, in seconds."""
        self._clock = clock
        self._file = ""
        self._began = self._drawn = clock()

    def __call__(self, progress: Progress) -> None:
        """Draw the line, unless it was drawn a moment ago."""
        now = self._clock()
        if progress.file != self._file:
            self._file, self._began = progress.file, now
        elif now - self._drawn < _REDRAW_SECONDS:
            return
        self._drawn = now
        line = visible(progress.in_words(now - self._began))
        click.echo("\r\x1b[K" + line[: screen_size().columns - 1], nl=False, err=True)

    def clear(self) -> None:
        """Leave an empty line."""
        click.echo("\r\x1b[K", nl=False, err=True)


def _progress_line() -> ProgressLine | None:
    """The line, where there is a terminal that can draw it anew."""
    is_drawn = sys.stderr is not None and sys.stderr.isatty() and not is_dumb()
    return ProgressLine() if is_drawn else None


def _summary_json(summary: Summary) -> str:
    fields: dict[str, object] = {
        name: getattr(summary, name) for name in ("files", "records", "added", "merged", "unchanged", "skipped")
    }
    fields["rejected"] = [{"file": r.file, "line": r.line, "reason": r.reason} for r in summary.rejected]
    return json_line(fields)


def _print_summary(summary: Summary) -> None:
    for rejected in summary.rejected:
        place = "" if rejected.line is None else f", line {rejected.line}"
        say(f"{rejected.file}{place}: {rejected.reason}")
    if summary.files or summary.skipped:
        click.echo(
            f"Read {counted(summary.records, 'record')} from {counted(summary.files, 'file')}: {summary.added:,} new, "
            f"{summary.merged:,} merged, {summary.unchanged:,} unchanged, {len(summary.rejected):,} rejected."
        )
    for words in summary.told:
        say(words)
    for file, encoding in summary.encodings:
        say(f"{file} was read as {encoding}")
    if summary.skipped:
        click.echo(f"Skipped {counted(summary.skipped, 'file')} of unknown kind.")
    if summary.stopped_at is not None:
        say(f"Stopped while reading {summary.stopped_at}: nothing of it was kept, everything before it was.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@library_option
def rejected(as_json: bool) -> None:
    """Show what could not be read.

    Each record with its file, its line, the reason and its text, until the file is imported again.
    """
    from reader import library

    with open_store() as store:
        for each in library.rejected(store):
            if as_json:
                fields = {"file": each.file, "line": each.line, "reason": each.reason, "text": each.text, "at": each.at}
                click.echo(json_line(fields))
            else:
                place = "" if each.line is None else f", line {each.line}"
                click.echo(visible(f"{each.file}{place}: {each.reason}"))
                if each.text:
                    click.echo(visible("    " + " ".join(each.text.split())[:_EXCERPT]))


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@library_option
@click.pass_context
def sources(context: click.Context, as_json: bool) -> None:
    """Show where papers were seen, or take a source back.

    Each line begins with the source's number, then says how many papers it shows, and how many of them nothing else
    shows.
    """
    from reader import library

    if context.invoked_subcommand is not None:
        return
    with open_store() as store:
        for each in library.sources(store):
            day = None if each.page_date is None else str(each.page_date)
            if as_json:
                fields = {"id": each.id, "name": each.name, "kind": each.kind, "page_date": day, "seen": each.seen}
                click.echo(json_line({**fields, "papers": each.papers, "alone": each.alone}))
            else:
                counts = f"{counted(each.papers, 'paper')}, {each.alone:,} only here"
                click.echo(visible(f"{each.id:>5}  {each.name}  ({each.kind}{f', {day}' if day else ''}; {counts})"))


@sources.command("remove")
@click.argument("source")
@library_option
def remove_source(source: str) -> None:
    """Take a source back.

    SOURCE is the number that `reader sources` shows, or a name. Papers seen nowhere else go; what is in a reading list,
    or has a tag, a note or a mark, stays.
    """
    from reader import library

    with open_store() as store:
        number = library.find_source(store, source)
        done = library.remove_source(store, number, now=now(), origin=ORIGIN)
    say(done.with_papers())
