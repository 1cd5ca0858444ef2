"""What the shell is offered when Tab is pressed behind a command: keys of papers, and the names a library holds.

Nothing is said and nothing fails here: where the library cannot be read, nothing is offered. A library is never made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import paths
from reader.cli.common import COMPLETING, SHOWN_KEY
from reader.errors import ReaderError
from reader.text import visible

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from reader.store import Store

SHELLS = ("bash", "zsh", "fish")

_MOST = 100
"""Keys offered at most; more would be a wall of letters."""
_TITLE = 60
_BASH = r"""
%(complete_func)s() {
    local answer completion value
    answer=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1")
    COMPREPLY=()
    while IFS= read -r completion; do
        value=${completion#*,}
        case ${completion%%%%,*} in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                case ${COMP_WORDS[COMP_CWORD]} in
                    \'*) value=${value//\'/\'\\\'\'} ;;
                    \"*)
                        value=${value//\\/\\\\}
                        value=${value//\"/\\\"}
                        value=${value//\$/\\\$}
                        value=${value//\`/\\\`} ;;
                    *) printf -v value '%%q' "$value" ;;
                esac
                COMPREPLY+=("$value") ;;
        esac
    done <<< "$answer"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
"""What is offered arrives as one word, within quotes that were opened already or without."""

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]


def complete_keys(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The keys that begin so, each with its title; without a beginning those of the newest papers."""
    del parameter

    def newest_first(store: Store) -> list[tuple[str, str]]:
        return [(row.key, row.title) for row in store.papers.rows(store.papers.beginning(incomplete, limit=_MOST))]

    found = _asked(context, newest_first)
    size = max(SHOWN_KEY, len(incomplete))
    short = [key[:size] for key, _ in found]
    return _items(
        (key if short.count(beginning) > 1 else beginning, title)
        for beginning, (key, title) in zip(short, found, strict=True)
    )


def complete_names(of: Callable[[Store], Iterable[str]]) -> Complete:
    """A completion with the names a library holds of something, whatever the case of their letters."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        del parameter
        beginning = incomplete.casefold()
        names = _asked(context, lambda store: [(name, "") for name in of(store)])
        return _items(each for each in names if each[0].casefold().startswith(beginning))

    return complete


complete_lists = complete_names(lambda store: (each.name for each in store.lists.all()))
complete_tags = complete_names(lambda store: (each.name for each in store.annotations.tags()))
complete_searches = complete_names(lambda store: (each.name for each in store.searches.all()))


def complete_formats(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The formats papers can be exported in."""
    from reader.export.registry import NAMES

    del context, parameter
    return _items((name, "") for name in NAMES if name.startswith(incomplete))


def complete_digests(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The forms that a digest can have."""
    from reader.export.digest import FORMATS

    del context, parameter
    return _items((name, "") for name in FORMATS if name.startswith(incomplete))


def script(shell: str, command: click.Command) -> str:
    """The words with which a shell is taught to complete `reader`."""
    from click.shell_completion import get_completion_class

    _know_shells()
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - the shells are those that click knows
    return kind(command, {}, "reader", COMPLETING).source()


def answer(command: click.Command, asked: str) -> int:
    """Print what could come next, as the script of a shell asks for it, and give the exit status."""
    from click.shell_completion import shell_complete

    _know_shells()
    return shell_complete(command, {}, "reader", COMPLETING, asked)


def _know_shells() -> None:
    """Have names with spaces and commas arrive whole, which click's own scripts do not do in bash and fish.

    In bash what a shell would act on arrives with its backslashes, which a plain `read` would take away: it is put into
    the line that is typed, and that line is run.
    """
    from click import shell_completion

    class Bash(shell_completion.BashComplete):
        source_template = _BASH

    class Fish(shell_completion.FishComplete):
        source_template = shell_completion.FishComplete.source_template.replace("split ", "split -m 1 ")

    shell_completion.add_completion_class(Bash)
    shell_completion.add_completion_class(Fish)


def _asked(context: click.Context, ask: Callable[[Store], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What the library answers that the words before name."""
    from reader.store import Store

    told = context.find_root().obj or os.environ.get("READER_LIBRARY")
    path = Path(told) if told else paths.default_library()
    try:
        if not path.is_file():
            return []
        with Store.open(path, create=False) as store:
            return ask(store)
    except (ReaderError, OSError, ValueError):
        return []


def _items(found: Iterable[tuple[str, str]]) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(value, help=visible(title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…") or None)
        for value, title in found
        if value == visible(value)
    ]
