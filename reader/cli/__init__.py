"""The command line: a thin front end over `reader.library`. Standard output is data, standard error is words.

A command's module is loaded when the command runs, and what the command needs when it needs it, so that `--version`,
`search` and `export` never load the app.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

import click

from reader import __version__, paths
from reader.cli.common import COMPLETING, INTERRUPTED, Ended, library_option, library_path, say, settings_path
from reader.errors import ReaderError
from reader.signals import left_by_signals

COMMANDS: Mapping[str, str] = {
    "backup": "backing_up:backup",
    "bookmark": "changing:bookmark",
    "completion": "manual:completion",
    "config": "configuring:config",
    "demo": "opening:demo",
    "digest": "digesting:digest",
    "dismiss": "annotating:dismiss",
    "doctor": "doctoring:doctor",
    "export": "exporting:export",
    "import": "importing:import_",
    "lists": "arranging:lists",
    "man": "manual:man",
    "mark": "annotating:mark",
    "merge": "changing:merge",
    "note": "annotating:note",
    "redo": "changing:redo",
    "rejected": "importing:rejected",
    "related": "reading:related",
    "remove": "changing:remove",
    "restore": "backing_up:restore",
    "search": "reading:search",
    "searches": "annotating:searches",
    "show": "reading:show",
    "sources": "importing:sources",
    "split": "changing:split",
    "stats": "reading:stats",
    "sync": "syncing:sync",
    "tag": "annotating:tag",
    "tags": "annotating:tags",
    "undo": "changing:undo",
}
"""Each command's module in this package, and its function there."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give the exit status; every error becomes one line on standard error.

    Told to end by a signal, it takes back what is not complete. The exit status then always says so: where it came
    while the command ended by itself, what was done is kept, and doing it again does no harm.
    """
    told: list[int] = []

    def end(status: int) -> None:
        told.append(status)
        raise Ended(status)

    try:
        with left_by_signals(end):
            status = _run(arguments)
    except Ended as ended:
        status = ended.status
    return told[0] if told else status


def _run(arguments: Sequence[str]) -> int:
    _let_streams_take_any_letter()
    debug = "--debug" in arguments
    try:
        if COMPLETING in os.environ:
            from reader.cli.completing import answer

            return answer(main, os.environ[COMPLETING])
        status = main.main(args=list(arguments), prog_name="reader", standalone_mode=False)
        if sys.stdout is not None:  # it is None where the shell closed it
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
    except OSError as error:
        return _fail(f"cannot write: {error.strerror or error} (check where the output goes)", 4, debug=debug)
    except Exception as error:  # noqa: BLE001 - the outermost seam: no traceback reaches a user
        kind = type(error).__name__
        return _fail(f"this should not happen: {kind}: {error} (--debug shows where)", 1, debug=debug)
    return int(status or 0)


def _let_streams_take_any_letter() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _fail(message: str, status: int, *, debug: bool) -> int:
    if debug:
        import traceback

        for line in traceback.format_exc().splitlines():
            say(line)  # which may quote what acts on a terminal
    say("reader: " + " ".join(message.splitlines()))
    return status


def _usage(error: click.ClickException) -> str:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "reader"
    return f"{error.format_message()} (`{command} --help` shows how)"


class CommandGroup(click.Group):
    """The commands, each loaded when it is first asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), function)
        return command


@click.group(cls=CommandGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reader", message="%(prog)s %(version)s")
@library_option
@click.pass_context
def main(context: click.Context) -> int:
    """Read abstracts, keep papers and export reading lists, in a terminal.

    Without a command, reader opens the app on your library. New here? `reader demo` opens it on a few dozen sample
    papers and touches nothing of yours. To bring in papers of your own, open a listing page such as Hugging Face's
    Daily Papers in a browser, select all, copy, save the text as a file, and `reader import` it.
    """
    if context.invoked_subcommand is not None:
        return 0
    from reader.cli.opening import require_terminal, run_app

    require_terminal()
    return run_app(
        library_path(),
        export_folder=paths.export_folder(),
        history=paths.query_history(),
        settings_file=settings_path(),
        state_folder=paths.state_folder(),
    )
