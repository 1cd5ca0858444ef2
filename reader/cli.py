"""The command line: a thin front end over `reader.library`. Standard output is data, standard error is words.

What a command needs is imported when it runs, so that `--version`, `search` and `export` never load the app.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reader import __version__, paths
from reader.errors import ReaderError
from reader.text import visible
from reader.wording import authors_in_words, counted, facts

if TYPE_CHECKING:
    from reader.library import Finding, Progress, Summary
    from reader.paper import StoredPaper
    from reader.search.results import Results
    from reader.store import Store

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""
SHOWN_KEY = 6
"""Characters of a key that people are shown; any beginning that names one paper will do."""

_WIDTH = 88
_QUERY_MARK = "\ue000"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give the exit status; every error becomes one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    debug = "--debug" in arguments
    try:
        status = main.main(args=list(arguments), prog_name="reader", standalone_mode=False)
        sys.stdout.flush()
    except ReaderError as error:
        return _fail(str(error), error.exit_code, debug=debug)
    except click.ClickException as error:
        return _fail(_usage(error), 2, debug=debug)
    except (BrokenPipeError, SystemExit):  # whoever read has read enough; click leaves by itself when it meets that
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the outermost seam: no traceback reaches a user
        kind = type(error).__name__
        return _fail(f"this should not happen: {kind}: {error} (--debug shows where)", 1, debug=debug)
    return int(status or 0)


def _fail(message: str, status: int, *, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exc()
    _say("reader: " + " ".join(message.splitlines()))
    return status


def _usage(error: click.ClickException) -> str:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "reader"
    return f"{error.format_message()} (`{command} --help` shows how)"


def _say(words: str) -> None:
    """Words for the person, on standard error, with what would act on the terminal made visible."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(visible(words), err=True)


def _library_option(command: _Command) -> _Command:
    """`--library` and `--debug`, which may stand before or after the name of the command."""
    library = click.option(
        "--library", "library_path", metavar="FILE", type=click.Path(path_type=Path), expose_value=False,
        callback=_remember_library, help="Use this library file.  [default: in your data folder; or $READER_LIBRARY]",
    )  # fmt: skip
    debug = click.option("--debug", is_flag=True, expose_value=False, help="Show where an error came from.")
    return library(debug(command))


def _remember_library(context: click.Context, option: click.Parameter, value: Path | None) -> None:
    del option
    if value is not None:
        context.find_root().obj = value


def _library_path() -> Path:
    told = click.get_current_context().find_root().obj or os.environ.get("READER_LIBRARY")
    return Path(told) if told else paths.default_library()


@contextlib.contextmanager
def _store(*, create: bool = False) -> Iterator[Store]:
    from reader.store import Store

    with Store.open(_library_path(), create=create) as store:
        yield store


def _now() -> datetime:
    return datetime.now(UTC)


class QueryCommand(click.Command):
    """A command whose words may begin with one dash: `reader search kernel -survey`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep such words from being read as options."""
        takes_value = {name for p in self.params if isinstance(p, click.Option) and not p.is_flag for name in p.opts}
        marked: list[str] = []
        for position, word in enumerate(args):
            if word == "--":
                marked += args[position:]
                break
            is_value = position > 0 and args[position - 1] in takes_value
            is_query = len(word) > 1 and word[0] == "-" and word[1] != "-" and not is_value
            marked.append(_QUERY_MARK + word if is_query else word)
        return super().parse_args(ctx, marked)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reader", message="%(prog)s %(version)s")
@_library_option
@click.pass_context
def main(context: click.Context) -> int:
    """Read abstracts, keep papers and export reading lists, in a terminal.

    Without a command, reader opens the app on your library. New here? `reader demo` opens it on a few dozen sample
    papers and touches nothing of yours. To bring in papers of your own, open a listing page such as Hugging Face's
    Daily Papers in a browser, select all, copy, save the text as a file, and `reader import` it.
    """
    if context.invoked_subcommand is not None:
        return 0
    _require_terminal()
    return _run_app(_library_path(), export_folder=paths.export_folder())


@main.command()
@_library_option
def demo() -> int:
    """Open the app on a throw-away library of sample papers.

    Try everything: it is gone when you quit, and your own library is not touched.
    """
    import tempfile

    from reader import library

    _require_terminal()
    with tempfile.TemporaryDirectory(prefix="reader-demo-") as folder:
        sample = library.open_sample(Path(folder), now=_now())
        return _run_app(sample, export_folder=Path(folder))


def _require_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("the app needs a terminal; for scripts there are commands such as `reader search`")


def _run_app(library_path: Path, *, export_folder: Path) -> int:
    os.environ.setdefault("TEXTUAL_FPS", "240")  # read when Textual is imported: how often the screen may be painted
    from reader.app import run_app

    return run_app(library_path, export_folder=export_folder)


@main.command("import")
@click.argument("inputs", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=str))
@click.option("--page-date", metavar="DATE", help="The day of the pages, such as 2026-01-31, where they do not say it.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@_library_option
def import_(inputs: tuple[str, ...], page_date: str | None, as_json: bool) -> int:
    """Bring papers in from saved pages.

    PATH is a file, a folder, or - for standard input. A file holds what you get when you select all of a listing page
    in a browser, copy it, and save it as text; JSON Lines as printed by `reader search --json` are read too. The
    layout is recognised by what the text looks like, never by its name.

    Importing a page again adds nothing twice. What cannot be read is named with its line, and the rest is imported.
    To paste a page: `reader import -`, paste, then Ctrl-D on a line of its own.
    """
    from reader import library

    told = None if page_date is None else _day(page_date)
    if "-" in inputs and sys.stdin.isatty():
        _say("Paste the page, then press Ctrl-D on a line of its own.")
    with _store(create=True) as store:
        progress = _show_progress if sys.stderr.isatty() and not as_json else None
        summary = library.import_paths(
            store, inputs, now=_now(), page_date=told, stdin=sys.stdin.buffer, progress=progress
        )
    if progress is not None:
        click.echo("\r\x1b[K", nl=False, err=True)
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


def _screen() -> os.terminal_size:
    import shutil  # costs a command that does not need it three milliseconds

    return shutil.get_terminal_size()


def _show_progress(progress: Progress) -> None:
    share = f"{100 * progress.position // progress.size}%" if progress.size else ""
    line = visible(f"{Path(progress.file).name}: {progress.records:,} records {share}")
    click.echo("\r\x1b[K" + line[: _screen().columns - 1], nl=False, err=True)


def _summary_json(summary: Summary) -> str:
    fields: dict[str, object] = {
        name: getattr(summary, name) for name in ("files", "records", "added", "merged", "unchanged", "skipped")
    }
    fields["rejected"] = [{"file": r.file, "line": r.line, "reason": r.reason} for r in summary.rejected]
    return json.dumps(fields)


def _print_summary(summary: Summary) -> None:
    for rejected in summary.rejected:
        place = "" if rejected.line is None else f", line {rejected.line}"
        _say(f"{rejected.file}{place}: {rejected.reason}")
    if summary.files or summary.skipped:
        click.echo(
            f"Read {counted(summary.records, 'record')} from {counted(summary.files, 'file')}: {summary.added:,} new, "
            f"{summary.merged:,} merged, {summary.unchanged:,} unchanged, {len(summary.rejected):,} rejected."
        )
    if summary.skipped:
        click.echo(f"Skipped {counted(summary.skipped, 'file')} of unknown kind.")
    if summary.stopped_at is not None:
        _say(f"Stopped while reading {summary.stopped_at}: nothing of it was kept, everything before it was.")


@main.command(cls=QueryCommand, context_settings={"help_option_names": ["--help"]})
@click.argument("words", metavar="[QUERY...]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, with a score.")
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=50, show_default=True, help="0 for all.")
@click.option("--sort", metavar="FIELD", default="relevance", show_default=True,
              help="relevance, date, comments, upvotes, added or title.")  # fmt: skip
@_library_option
def search(words: tuple[str, ...], as_json: bool, limit: int, sort: str) -> int:
    """Find papers by half-remembered words.

    Misspellings are forgiven, and the beginning of a word is enough: `reader search neurel tangnt kernal`. Titles that
    match come first, then abstracts and authors. Without a query, all papers are listed, the newest page first.

    Each line begins with the paper's key, which `reader show` and `reader bookmark` take.
    """
    from reader import library

    query = " ".join(word.removeprefix(_QUERY_MARK) for word in words)
    with _store() as store:
        results = library.search(store, query, sort=sort)
        ids = results.ids[:limit] if limit else results.ids
        _say_understanding(results, shown=len(ids))
        for position, stored in enumerate(store.papers.stream(ids)):
            click.echo(_paper_json(stored, score=results.score(position)) if as_json else _line(stored))
    return 0 if results.ids else 1


def _say_understanding(results: Results, *, shown: int) -> None:
    """Say how a query was read, and how many of how many papers are printed."""
    for typed, read in results.repaired:
        _say(f"{typed} → {read}")
    for word in results.left_out:
        _say(f"nothing is like {word!r}; it was left out" if len(results.ids) else f"nothing is like {word!r}")
    if not results.ids:
        _say("Nothing found." if results.query.strip() else "The library is empty; `reader import PATH` fills it.")
    elif shown < len(results.ids):
        _say(f"{shown:,} of {len(results.ids):,}")


def _paper_json(stored: StoredPaper, *, score: float | None = None) -> str:
    from reader.export import jsonl

    return jsonl.line(stored, score=score)


def _line(stored: StoredPaper) -> str:
    mark = "★" if stored.bookmarked else " "
    day = stored.paper.date_in_words()
    return visible(f"{stored.key[:SHOWN_KEY]} {mark} {stored.paper.title}{f'  ({day})' if day else ''}")


@main.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_library_option
def show(key: str, as_json: bool) -> None:
    """Show one paper.

    KEY is the beginning of a key as `reader search` prints it, an arXiv id, a DOI or an address.
    """
    from reader import library

    with _store() as store:
        stored = store.papers.get([library.find_paper(store, key)])[0]
    if as_json:
        click.echo(_paper_json(stored))
    else:
        click.echo_via_pager(_sheet(stored)) if _is_long(stored) else click.echo(_sheet(stored))


def _is_long(stored: StoredPaper) -> bool:
    return sys.stdout.isatty() and _sheet(stored).count("\n") >= _screen().lines


def _sheet(stored: StoredPaper) -> str:
    """A paper as a page of text."""
    paper = stored.paper
    kept = ["★ " + ", ".join(stored.lists)] if stored.lists else []
    about = [authors_in_words(paper), " · ".join([*facts(paper), *kept])]
    parts = [paper.title, *about, paper.abstract or paper.summary or ""]
    if paper.url:
        parts.append(paper.url)
    parts += [f"Seen in {source.name}, as number {source.rank}" for source in stored.sources]
    paragraphs = (_wrapped(visible(part)) for part in parts if part)
    return "\n\n".join(paragraphs) + "\n"


def _wrapped(text: str) -> str:
    import textwrap

    width = min(_WIDTH, _screen().columns)
    return textwrap.fill(text, max(width, 20), break_long_words=False, break_on_hyphens=False)


@main.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--list", "list_name", metavar="NAME", help='Another reading list than "Bookmarks"; made where needed.')
@click.option("--remove", is_flag=True, help="Take the papers out of the list.")
@_library_option
def bookmark(keys: tuple[str, ...], list_name: str | None, remove: bool) -> None:
    """Put papers into a reading list.

    KEY is the beginning of a key as `reader search` prints it, an arXiv id, a DOI or an address.
    """
    from reader import library

    with _store() as empty_or_not:
        library.find_papers(empty_or_not, keys)  # a library that is not there is not made for nothing
    with _store(create=True) as store:
        papers = library.find_papers(store, keys)
        change = library.drop if remove else library.keep
        kept = change(store, papers, now=_now(), origin="command", list_name=list_name)
    _say(kept.label)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@_library_option
def lists(as_json: bool) -> None:
    """Show the reading lists with the number of papers in each."""
    with _store() as store:
        found = store.lists.all()
    for each in found:
        shown = {"name": each.name, "count": each.count}
        click.echo(json.dumps(shown) if as_json else visible(f"{each.count:>7,}  {each.name}"))


@main.command()
@click.option("--format", "format_name", metavar="F", default="markdown", show_default=True, help="markdown or jsonl.")
@click.option("--list", "list_name", metavar="NAME", help='Another reading list than "Bookmarks".')
@click.option("--query", metavar="Q", help="What `reader search Q` finds, in that order.")
@click.option("--all", "everything", is_flag=True, help="Every paper.")
@click.option("-o", "--output", metavar="PATH", type=click.Path(path_type=Path), help="A file; otherwise printed.")
@click.option("--force", is_flag=True, help="Replace the file whatever it is.")
@_library_option
def export(
    format_name: str, list_name: str | None, query: str | None, everything: bool, output: Path | None, force: bool
) -> int:
    """Write a reading list as a Markdown document.

    "Bookmarks" is written unless another list, a query or everything is asked for. A file that reader did not write,
    or that was changed since, is not replaced without --force.
    """
    from reader import library

    if sum((list_name is not None, query is not None, everything)) > 1:
        raise click.UsageError("--list, --query and --all exclude one another")
    with _store() as store:
        chosen = library.export(store, format_name=format_name, list_name=list_name, query=query, everything=everything)
        if output is not None and str(output) != "-":
            library.export_to_file(chosen, output, force=force)
            _say(f"{counted(chosen.count, 'paper')} written to {output}")
        else:
            _print_chunks(chosen.chunks)
            if not chosen.count:
                _say(f"{chosen.title} is empty.")
    return 1 if query is not None and not chosen.count else 0


def _print_chunks(chunks: Iterator[str]) -> None:
    try:
        for chunk in chunks:
            click.echo(chunk, nl=False)
    finally:
        if isinstance(chunks, Generator):
            chunks.close()  # while the library is open, also when whoever reads has read enough


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_library_option
def stats(as_json: bool) -> None:
    """Count what the library holds."""
    from reader import library

    with _store() as store:
        found = library.statistics(store, _library_path())
    counts = {name: getattr(found.counts, name) for name in ("papers", "abstracts", "sources", "lists", "bookmarked")}
    if as_json:
        click.echo(json.dumps({"library": found.path, "bytes": found.size, **counts}))
        return
    for name, number in counts.items():
        click.echo(f"{number:>9,}  {name}")
    click.echo(visible(f"{found.size / 1024**2:>9,.1f}  MiB in {found.path}"))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@_library_option
def doctor(as_json: bool) -> int:
    """Look whether the library is sound.

    Everything is read and nothing is changed. The exit status is 0 unless something stored is damaged; all else that is
    said is advice.
    """
    from reader import library

    path = _library_path()
    with _store() as store:
        findings = library.examine(store, path)
    for finding in findings:
        click.echo(_finding_json(finding) if as_json else _finding_line(finding))
    damaged = [finding for finding in findings if not finding.sound]
    if damaged:
        raise ReaderError(f"the library {path} is damaged", damaged[0].advice)
    if not path.exists():
        _say(f"There is no library at {path} yet; `reader import PATH` makes it.")
    return 0


def _finding_json(finding: Finding) -> str:
    return json.dumps(
        {"name": finding.name, "sound": finding.sound, "detail": finding.detail, "advice": finding.advice}
    )


def _finding_line(finding: Finding) -> str:
    advice = f" ({finding.advice})" if finding.advice else ""
    return visible(f"{'ok ' if finding.sound else 'BAD'} {finding.name}: {finding.detail}{advice}")
