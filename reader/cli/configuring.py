"""The command about settings: where they are, what holds, and changing them in an editor."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import click

from reader.cli.common import library_option, say, settings_path
from reader.errors import LibraryError, UsageError
from reader.settings.reading import Read, read
from reader.settings.values import KEYS, Value, declared, shown
from reader.text import visible


@click.group(invoke_without_command=True)
@library_option
@click.pass_context
def config(context: click.Context) -> int:
    """Where the settings are, what holds, and how to change it; alone, the same as `show`."""
    return 0 if context.invoked_subcommand is not None else context.invoke(show)


@config.command()
def path() -> int:
    """Print where the file of settings is, or would be."""
    click.echo(str(settings_path()))
    return 0


@config.command()
def show() -> int:
    """Print every setting as it holds now, and name what is wrong in the file.

    The exit status is 1 where something in the file cannot be used.
    """
    file = settings_path()
    said = read(file)
    where = "" if file.exists() else "   (there is none; everything has its default)"
    click.echo(f"# {visible(str(file))}{where}")
    from reader.app.beginning import problems
    from reader.app.keymap import keymap
    from reader.settings.writing import listed

    useless = {problem.name for problem in problems(said)}
    for setting in declared():
        value: Value = setting.default if setting.name in useless else getattr(said.settings, setting.name)
        click.echo(f"{setting.name} = {shown(value)}")
    click.echo(f"\n[{KEYS}]")
    for command in keymap(said.settings.keys, said.lines).commands:
        click.echo(f"{command.id} = {listed(command.keys_typed)}")
    return _check(file, said)


@config.command()
def edit() -> int:
    """Open the file of settings in $VISUAL or $EDITOR, made where there is none, and look it over afterwards."""
    from reader.app.commands import default_keys
    from reader.app.editing import editor
    from reader.settings.writing import begin

    file = settings_path()
    begin(file, default_keys())
    command = [*editor(os.environ), str(file)]
    try:
        status = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor, without a shell
    except OSError as error:
        raise UsageError(f"{visible(command[0])} cannot be run: {error.strerror}", "set EDITOR to an editor") from error
    if status:
        raise LibraryError(
            f"{visible(command[0])} ended with status {status}", "look whether the file is as you want it"
        )
    return _check(file, read(file))


def _check(file: Path, said: Read) -> int:
    from reader.app.beginning import problems

    found = problems(said)
    for problem in found:
        say(problem.in_file(str(file)))
    return 1 if found else 0
