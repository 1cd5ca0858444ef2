"""The commands that look and change nothing: search, show, stats."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from reader.cli.common import (
    QUERY_MARK,
    SHOWN_KEY,
    QueryCommand,
    json_line,
    library_option,
    library_path,
    open_store,
    say,
    screen_size,
)
from reader.cli.completing import complete_keys
from reader.text import visible
from reader.wording import authors_in_words, facts, machine_notes, made_of

if TYPE_CHECKING:
    from reader.paper import StoredPaper
    from reader.search.results import Results
    from reader.store import Store

WIDTH = 88
"""Columns of a paper's text, at most."""
_MOST_RELATED = 5
"""Papers that are named as like the one that is shown."""


@click.command(cls=QueryCommand, context_settings={"help_option_names": ["--help"]})
@click.argument("words", metavar="[QUERY...]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, with a score.")
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=50, show_default=True, help="0 for all.")
@click.option("--sort", metavar="FIELD", default="relevance", show_default=True,
              help="relevance, date, comments, upvotes, added or title.")  # fmt: skip
@click.option("--plain", "as_plain", is_flag=True, help="Print numbered lines of words alone, for screen readers.")
@library_option
def search(words: tuple[str, ...], as_json: bool, limit: int, sort: str, as_plain: bool) -> int:
    """Find papers by half-remembered words.

    Misspellings are forgiven, and the beginning of a word is enough: `reader search neurel tangnt kernal`. Titles that
    match come first, then abstracts and authors. Without a query, all papers are listed, the newest page first.

    Besides words, a query takes "a phrase", -without, one or other, (brackets), @saved searches, and fields such as
    title:kernel, author:noether, tag:todo, list:"to read", year:2019..2022, is:unread, has:code and sort:date.

    Each line begins with the paper's key, which `reader show` and `reader bookmark` take.
    """
    from reader import library

    _one_way(as_json=as_json, as_plain=as_plain)
    query = library.query_of(word.removeprefix(QUERY_MARK) for word in words)
    with open_store() as store:
        results = library.search(store, query, sort=sort)
        return _print_results(store, results, as_json=as_json, as_plain=as_plain, limit=limit)


@click.command()
@click.argument("key", shell_complete=complete_keys)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, with a score.")
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=20, show_default=True, help="0 for all.")
@click.option("--sort", metavar="FIELD", default="relevance", show_default=True,
              help="relevance, date, comments, upvotes, added or title.")  # fmt: skip
@library_option
def related(key: str, as_json: bool, limit: int, sort: str) -> int:
    """Find papers like one paper.

    KEY is the beginning of a key, an arXiv id, a DOI or an address. Papers are alike by the words they share, rare
    words counting most; after each title stand the words that say so. The same as `reader search related:KEY`.
    """
    from reader import library

    with open_store() as store:
        paper = store.papers.get([library.find_paper(store, key)])[0]
        results = library.search(store, f"related:{paper.key}", sort=sort)
        return _print_results(store, results, as_json=as_json, limit=limit)


def _print_results(store: Store, results: Results, *, as_json: bool, limit: int, as_plain: bool = False) -> int:
    """Print as many of the results as wanted and give the exit status."""
    ids = results.ids[:limit] if limit else results.ids
    _say_understanding(results, shown=len(ids), in_words=as_plain)
    papers = zip(ids, store.papers.stream(ids), strict=False)
    if as_plain:
        from reader.cli import plain

        shown = plain.reading()
        lines = plain.numbered(plain.in_one_line(stored, shown, results.reasons.get(id_, ())) for id_, stored in papers)
    elif as_json:
        lines = (paper_json(stored, score=results.score(place)) for place, (_, stored) in enumerate(papers))
    else:
        lines = (_found_line(stored, results.reasons.get(id_, ())) for id_, stored in papers)
    for line in lines:
        click.echo(line)
    return 0 if results.ids and not results.problems else 1


def _say_understanding(results: Results, *, shown: int, in_words: bool) -> None:
    """Say how a query was read, and how many of how many papers are printed; `in_words` without signs."""
    for part in results.left_out_in_words:
        say(f"{part}; it was left out")
    for typed, read in results.repaired:
        say(f"{typed} was read as {read}" if in_words else f"{typed} → {read}")
    for word in results.left_out:
        say(f"nothing is like {word!r}; it was left out" if len(results.ids) else f"nothing is like {word!r}")
    if not results.ids:
        say("Nothing found." if results.query.strip() else "The library is empty.")
    elif shown < len(results.ids):
        say(f"{shown:,} of {len(results.ids):,}")


def _found_line(stored: StoredPaper, reasons: Sequence[str]) -> str:
    return paper_line(stored) + (visible(f"  — {', '.join(reasons)}") if reasons else "")


def paper_json(stored: StoredPaper, *, score: float | None = None) -> str:
    """A paper as one line of JSON."""
    from reader.export import jsonl

    return jsonl.line(stored, score=score)


def paper_line(stored: StoredPaper) -> str:
    """A paper as one line for people, which begins with its key."""
    mark = "★" if stored.bookmarked else " "
    day = stored.paper.date_in_words()
    return visible(f"{stored.key[:SHOWN_KEY]} {mark} {stored.paper.title}{f'  ({day})' if day else ''}")


@click.command()
@click.argument("key", shell_complete=complete_keys)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--plain", "as_plain", is_flag=True, help="Print numbered lines of words alone, for screen readers.")
@library_option
def show(key: str, as_json: bool, as_plain: bool) -> None:
    """Show one paper.

    KEY is the beginning of a key as `reader search` prints it, an arXiv id, a DOI or an address.
    """
    from reader import library

    _one_way(as_json=as_json, as_plain=as_plain)
    with open_store() as store:
        paper = library.find_paper(store, key)
        stored = store.papers.get([paper])[0]
        titles = _related_titles(store, paper) if as_plain else []
    if as_json:
        click.echo(paper_json(stored))
    elif as_plain:
        from reader.cli import plain

        for line in plain.numbered(plain.in_lines(stored, plain.reading(), titles)):
            click.echo(line)
    else:
        click.echo_via_pager(_sheet(stored)) if _is_long(stored) else click.echo(_sheet(stored))


def _one_way(*, as_json: bool, as_plain: bool) -> None:
    if as_json and as_plain:
        raise click.UsageError("--json and --plain are two ways to print the same: give one of them")


def _related_titles(store: Store, paper: int) -> list[str]:
    """The titles of the few papers most like one, best first."""
    from reader.search.related import related as like

    found = [each.paper for each in like(store, paper)[:_MOST_RELATED]]
    titles = store.papers.titles(found)
    return [titles[each] for each in found if each in titles]


def _is_long(stored: StoredPaper) -> bool:
    return sys.stdout.isatty() and _sheet(stored).count("\n") >= screen_size().lines


def _sheet(stored: StoredPaper) -> str:
    """A paper as a page of text."""
    paper = stored.paper
    about = [authors_in_words(paper), " · ".join([*facts(paper), *made_of(stored)])]
    parts = [paper.title, *about, paper.abstract or paper.summary or "", *machine_notes(paper)]
    parts += f"Note: {stored.note}".split("\n") if stored.note else []
    if paper.url:
        parts.append(paper.url)
    parts += [f"Seen in {source.name}, as number {source.rank}" for source in stored.sources]
    paragraphs = (_wrapped(visible(part)) for part in parts if part)
    return "\n\n".join(paragraphs) + "\n"


def _wrapped(text: str) -> str:
    import textwrap

    width = min(WIDTH, screen_size().columns)
    return textwrap.fill(text, max(width, 20), break_long_words=False, break_on_hyphens=False)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@library_option
def stats(as_json: bool) -> None:
    """Count what the library holds."""
    from reader import library

    with open_store() as store:
        found = library.statistics(store, library_path())
    counts = asdict(found.counts)
    if as_json:
        click.echo(json_line({"library": found.path, "bytes": found.size, **counts}))
        return
    for name, number in counts.items():
        click.echo(f"{number:>9,}  {name}")
    click.echo(visible(f"{found.size / 1024**2:>9,.1f}  MiB in {found.path}"))
