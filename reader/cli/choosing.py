"""Which papers a command is about, and which of them it changed: the same for every command that changes papers.

Papers are named by keys, by the words `--query` finds them with, or on standard input where `-` stands for a key, a
line each: what `reader search` prints, with or without `--json`, so that commands can be piped into one another.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from reader.cli.common import open_store, say
from reader.cli.completing import complete_keys
from reader.errors import NothingFound, UnreadableInput

if TYPE_CHECKING:
    from reader.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])

STANDARD_INPUT = "-"
"""What stands in place of a key for those on standard input."""


class Change(Protocol):
    """What became of papers: in words, and which of them changed."""

    @property
    def label(self) -> str:
        """The change for people."""

    @property
    def papers(self) -> Sequence[int]:
        """Those that changed."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The papers a command is about, in an open library.

    Attributes:
        named: whether each was named by its key, so that the user knows which they are.
    """

    store: Store
    papers: Sequence[int]
    named: bool


def choosing_options(command: _Command) -> _Command:
    """`--query` and `--json` of a command that changes papers."""
    query = click.option("--query", metavar="Q", help="All papers that `reader search Q` finds, instead of KEYs.")
    as_json = click.option(
        "--json", "as_json", is_flag=True, help="Print each changed paper as one JSON object a line."
    )
    return query(as_json(command))


def choosing_papers(command: _Command) -> _Command:
    """`KEY…`, and the options that go with it."""
    keys = click.argument("keys", metavar="KEY...", nargs=-1, shell_complete=complete_keys)
    return keys(choosing_options(command))


@contextmanager
def chosen_papers(keys: Sequence[str], query: str | None) -> Iterator[Chosen]:
    """The library and the papers that are meant; a library that is not there is not made.

    Raises:
        UsageError: no paper is named, or some are and a query is given, too; or it is not clear which are meant.
        NothingFound: a key names no paper, the query finds none, or standard input is empty.
        UnreadableInput: there is no standard input.
    """
    from reader import library

    if query is not None and keys:
        raise click.UsageError("KEYs and --query exclude one another")
    if query is None and not keys:
        raise click.UsageError("Missing argument 'KEY...'; or say which papers with --query.")
    named = query is None and STANDARD_INPUT not in keys
    told = [each for key in keys for each in (_keys_on_standard_input() if key == STANDARD_INPUT else [key])]
    with open_store() as store:
        if query is None:
            yield Chosen(store, library.find_papers(store, told), named)
        else:
            results = library.papers_of_query(store, query)
            for typed, read in results.repaired:
                say(f"{typed} → {read}")
            yield Chosen(store, results.ids.tolist(), named)


def tell(chosen: Chosen, change: Change, *, as_json: bool) -> None:
    """Say what was done, and print the papers that changed where JSON is asked for or the user did not name them."""
    from reader.cli.reading import paper_json, paper_line

    if as_json or not chosen.named:
        for stored in chosen.store.papers.stream(change.papers):
            click.echo(paper_json(stored) if as_json else paper_line(stored))
    say(change.label)


def _keys_on_standard_input() -> list[str]:
    if sys.stdin is None:
        raise UnreadableInput("there is no standard input")
    if sys.stdin.isatty():
        say("Type a key a line, then press Ctrl-D on a line of its own.")
    lines = sys.stdin.buffer.read().decode(errors="replace").splitlines()
    keys = [_key_in(line) for line in lines if line.strip()]
    if not keys:
        raise NothingFound("no key came from standard input", "`reader search QUERY` prints some")
    return keys


def _key_in(line: str) -> str:
    """The key a line begins with, or that of the JSON object it is."""
    if line.lstrip().startswith("{"):
        try:
            return str(json.loads(line)["key"])
        except (ValueError, LookupError, RecursionError):
            raise click.UsageError(f"standard input has a line that is no paper: {line[:60]!r}") from None
    return line.split()[0]
