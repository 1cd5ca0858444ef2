"""What the commands share: where the library is, what time it is, and how to speak to a person."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reader import paths
from reader.text import visible

if TYPE_CHECKING:
    from reader.store import Store

COMPLETING = "_READER_COMPLETE"
"""The variable by which a shell asks what could come next."""
INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""
SHOWN_KEY = 6
"""Characters of a key that people are shown; any beginning that names one paper will do."""
ORIGIN = "command"
"""What the journal says of who did it."""
QUERY_MARK = "\ue000"
"""Stands before a word of a query that begins with a dash, while options are told from words."""

_DUMB = ("dumb", "unknown")
"""What a terminal is called that cannot move the cursor."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Ended(BaseException):
    """The process was told to end; `status` is its exit status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def say(words: str) -> None:
    """Words for the person, on standard error, with what would act on the terminal made visible."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(visible(words), err=True)


def json_line(known: Mapping[str, object]) -> str:
    """An object for programs, on one line of printable ASCII."""
    from reader.export.jsonl import encoded

    return encoded(known)


def library_option(command: _Command) -> _Command:
    """`--library` and `--debug`, which may stand before or after the name of the command."""
    library = click.option(
        "--library", "library_path", metavar="FILE", expose_value=False,
        type=click.Path(path_type=Path, readable=False),
        callback=_remember_library, help="Use this library file.  [default: in your data folder; or $READER_LIBRARY]",
    )  # fmt: skip
    debug = click.option("--debug", is_flag=True, expose_value=False, help="Show where an error came from.")
    return library(debug(command))


def _remember_library(context: click.Context, option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        if not str(value).strip() or value == Path():
            raise click.BadParameter("names no file", context, option)
        context.find_root().obj = value


def removal_options(command: _Command) -> _Command:
    """`--remove` and `--keep`: what becomes of papers that only list or file has lost; asked on a terminal."""
    option = click.option(
        "--remove/--keep", "remove", default=None,
        help="Take out what left the list, or the file, or keep it.  [default: asks on a terminal, keeps elsewhere]",
    )  # fmt: skip
    return option(command)


def confirm_removal(told: bool | None) -> Callable[[str], bool] | None:
    """Who says whether something is taken out: the option, a person at a terminal, or nobody."""
    if told is not None:
        return lambda _: bool(told)
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty():
        return None
    return lambda question: click.confirm(visible(question), default=False, err=True)


def library_path() -> Path:
    """The library that the user chose for the command, for the shell or in the settings, or the one in the data folder.

    What keeps the settings from saying it is said, since another library would seem to have lost every paper.
    """
    told = click.get_current_context().find_root().obj or os.environ.get("READER_LIBRARY")
    if told:
        return Path(told)
    path = settings_path()
    if not path.exists():  # most have none, and it would cost every command to look for nothing
        return paths.default_library()
    from reader.settings.reading import read

    found = read(path)
    for problem in found.problems:
        if problem.name in ("", "library"):
            say(problem.in_file(str(path)))
    return Path(found.settings.library).expanduser() if found.settings.library else paths.default_library()


def settings_path() -> Path:
    """The file of settings that the user chose, or the one in the platform's folder."""
    told = os.environ.get("READER_SETTINGS")
    return Path(told) if told else paths.settings_file()


@contextlib.contextmanager
def open_store(*, create: bool = False, quiet: bool = False) -> Iterator[Store]:
    """The library, open; without `create` one that is missing stays so, and reads as empty.

    Args:
        create: make a library where there is none.
        quiet: do not say that there is none.
    """
    from reader.store import Store

    path = library_path()
    if not create and not quiet:
        _say_missing(path)
    with Store.open(path, create=create, upgrading=say_upgrading) as store:
        yield store
        if store.database.writes:
            _copy_of_day(store, path)


def _say_missing(path: Path) -> None:
    """Say where there is no library, and how what was made comes back where there was one."""
    try:
        is_there, holds_nothing = True, path.stat().st_size == 0
    except OSError:
        is_there, holds_nothing = False, True
    if not holds_nothing:
        return
    from reader.library import backups

    what = f"The library at {path} is empty" if is_there else f"There is no library at {path} yet"
    if backups(path):
        say(f"{what}, but copies are beside it: `reader restore` brings back what you made.")
    elif not is_there:
        say(f"{what}; `reader import PATH` makes it.")


def _copy_of_day(store: Store, path: Path) -> None:
    """Copy what the user made, at the first change of a day; the change is kept in any case."""
    from reader.errors import LibraryError
    from reader.library import back_up_daily

    try:
        back_up_daily(store, path, now=now())
    except LibraryError as error:
        say(f"The change is kept, but not today's copy of what you made: {error}")


def say_upgrading() -> None:
    """Say why nothing else happens for a while."""
    say("Bringing the library up to date, once: from seconds to a minute for a million papers.")


def now() -> datetime:
    """The clock."""
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
            marked.append(QUERY_MARK + word if is_query else word)
        return super().parse_args(ctx, marked)


def is_dumb() -> bool:
    """Whether the terminal says that it can only print one line after the other."""
    return os.environ.get("TERM", "").casefold() in _DUMB


def screen_size() -> os.terminal_size:
    """Columns and lines of the terminal."""
    import shutil  # costs a command that does not need it three milliseconds

    return shutil.get_terminal_size()
