r"""The manual page of `reader` and the scripts for shells: both made from the commands themselves, so always current.

The page is written for any `man`: text is escaped so that no word of the help is taken for a request of roff.

Source: man(7) and groff_man_style(7).
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from reader import __version__
from reader.cli.completing import SHELLS, script

_ENDINGS = (
    ("0", "All is done."),
    ("1", "Something was rejected or not understood, or nothing was found."),
    ("2", "Wrong usage."),
    ("3", "No input could be read."),
    ("4", "The library, or a file, could not be opened or written."),
)


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a script that teaches a shell to complete commands, keys and names.

    Put `eval "$(reader completion bash)"` into ~/.bashrc, or `eval "$(reader completion zsh)"` into ~/.zshrc; for fish,
    write what `reader completion fish` prints into ~/.config/fish/completions/reader.fish.
    """
    click.echo(script(shell, context.find_root().command), nl=False)


@click.command()
@click.pass_context
def man(context: click.Context) -> None:
    """Print the manual page.

    `reader man | man -l -` shows it; as reader.1 in a folder of manual pages, `man reader` does.
    """
    click.echo(page(context.find_root().command), nl=False)


def page(command: click.Command) -> str:
    """The manual page of a group of commands."""
    assert isinstance(command, click.Group)  # noqa: S101 - the page is about the commands
    context = click.Context(command, info_name="reader")
    return "\n".join([*_head(command), *_commands(command, context), *_foot()]) + "\n"


def _head(command: click.Command) -> Iterator[str]:
    yield f'.TH READER 1 "" "reader {__version__}" "User Commands"'
    yield ".SH NAME"
    yield "reader \\- read abstracts, keep papers and export reading lists"
    yield ".SH SYNOPSIS"
    yield ".B reader"
    yield "[\\fIOPTION\\fR...] [\\fICOMMAND\\fR [\\fIARGUMENT\\fR...]]"
    yield ".SH DESCRIPTION"
    yield from _paragraphs(command.help or "")
    yield ".SH OPTIONS"
    yield from _options(command, click.Context(command, info_name="reader"))


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    yield ".SH COMMANDS"
    yield from _each_command(group, context)


def _each_command(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        usage = " ".join([inner.command_path, *command.collect_usage_pieces(inner)])
        yield f'.SS "{_escaped(usage)}"'
        yield from _paragraphs(command.help or "")
        yield from _options(command, inner)
        if isinstance(command, click.Group):
            yield from _each_command(command, inner)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    """The options in a list, but for `--help`, and those that every command has only once, at the top."""
    everywhere = {"--help", "--library", "--debug"} if context.parent else set()
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record is None or everywhere.intersection(parameter.opts):
            continue
        yield ".TP"
        yield f"\\fB{_escaped(record[0])}\\fR"
        yield _line(record[1])


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield from (".PP", _line(" ".join(paragraph.split())))


def _foot() -> Iterator[str]:
    yield ".SH EXIT STATUS"
    for status, meaning in _ENDINGS:
        yield from (".TP", f".B {status}", _line(meaning))
    yield ".SH ENVIRONMENT"
    yield from (".TP", ".B READER_LIBRARY", _line("The library file, where --library does not name one."))


def _line(text: str) -> str:
    """A line of text that roff takes for one, whatever it begins with."""
    escaped = _escaped(text)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _escaped(text: str) -> str:
    for mark, written in (("\\", "\\e"), ("-", "\\-"), ('"', "\\(dq"), ("'", "\\(aq"), ("`", "\\(ga"), ("…", "...")):
        text = text.replace(mark, written)
    return text
