"""Whatever goes wrong: one line that says what and what to do next, the right exit status, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from app.made_up import fill
from cli.conftest import Command
from hostile import is_safe
from reader import __version__
from reader.cli import COMMANDS, main

BAD = {
    "no such command": (["nonsense"], 2),
    "no such option": (["search", "--nonsense"], 2),
    "a limit that is no number": (["search", "--limit", "many"], 2),
    "a limit below zero": (["search", "--limit", "-1"], 2),
    "no key": (["show"], 2),
    "two keys": (["show", "a", "b"], 2),
    "an unknown key": (["show", "nosuchkey"], 1),
    "an empty key": (["show", ""], 1),
    "no file": (["import", "/nowhere/at/all.txt"], 3),
    "an export into no folder": (["export", "-o", "/nowhere/at/all.md"], 4),
    "the app without a terminal": ([], 2),
    "the demo without a terminal": (["demo"], 2),
}


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("arguments", "status"), BAD.values(), ids=BAD)
def test_an_error_is_one_line_on_standard_error(command: Command, arguments: list[str], status: int) -> None:
    ran = command(*arguments)
    assert (ran.status, ran.out.count("\n")) == (status, 0)
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", ["search", "show x", "lists", "stats", "doctor", "export", "bookmark x", "import -"])
@pytest.mark.parametrize("damage", ["folder", "other database", "text"])
def test_a_library_that_cannot_be_opened_is_status_4(command: Command, tmp_path: Path, name: str, damage: str) -> None:
    path = tmp_path / "library.db"
    if damage == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"SQLite" if damage == "other database" else b"This is no database at all. " * 100)
    ran = command(*name.split(), stdin=b"{}")
    assert (ran.status, ran.out) == (4, "")
    assert ran.err.startswith("reader: ")
    assert ran.err.count("\n") == 1
    assert str(path) in ran.err


@pytest.mark.usefixtures("library")
def test_debug_shows_where_an_error_came_from(command: Command) -> None:
    for arguments in (["--debug", "show", "nosuchkey"], ["show", "--debug", "nosuchkey"]):
        ran = command(*arguments)
        assert ran.status == 1
        assert ran.err.startswith("Traceback (most recent call last):")
        assert ran.err.splitlines()[-1].startswith("reader: no paper has the key")


@pytest.mark.usefixtures("library")
def test_nothing_acts_that_the_place_of_an_error_quotes(command: Command) -> None:
    ran = command("--debug", "export", "--all", "--template", "no\x1b]52;c;b3duZWQ=\x07\u202e.txt")
    assert ran.err.startswith("Traceback (most recent call last):\n")
    assert is_safe(ran.err)


@pytest.mark.usefixtures("library")
def test_a_bug_is_one_line_too(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object, **__: object) -> None:
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr("reader.library.finding.Engine", bug)
    ran = command("search", "x")
    assert ran.status == 1
    assert ran.err == "reader: this should not happen: RuntimeError: first second (--debug shows where)\n"


def test_ctrl_c_is_status_130(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reader.library.finding.Engine", stopped)
    ran = command("search", "x")
    assert (ran.status, ran.out) == (130, "")
    assert "Traceback" not in ran.err


def test_the_version_is_printed(command: Command) -> None:
    ran = command("--version")
    assert (ran.status, ran.out, ran.err) == (0, f"reader {__version__}\n", "")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_has_help_that_fits_80_columns(command: Command, name: str) -> None:
    ran = command(*name.split(), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: reader {name}".rstrip())
    assert max(map(len, ran.lines)) <= 80
    assert "\N{NO-BREAK SPACE}" not in ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described(name: str) -> None:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    assert found.callback is not None
    assert (found.callback.__doc__ or "").strip()
    context = click.Context(found)
    for option in found.params:
        if isinstance(option, click.Option) and not option.hidden:
            _, words = option.get_help_record(context) or ("", "")
            assert words


def test_the_commands_of_the_design_are_there() -> None:
    assert {"import", "search", "show", "bookmark", "lists", "export", "stats", "doctor", "demo"} <= set(COMMANDS)


def test_an_option_of_the_query_looks_no_different_from_words(command: Command, tmp_path: Path) -> None:
    fill(tmp_path / "library.db")
    assert command("search", "-teapots").status == command("search", "teapots").status == 0


def test_a_library_that_is_not_there_is_said_to_be_missing(command: Command, tmp_path: Path) -> None:
    ran = command("--library", str(tmp_path / "typo.db"), "search", "x")
    assert ran.status == 1
    assert "There is no library at" in ran.err
    assert not (tmp_path / "typo.db").exists()


def test_an_empty_name_of_a_library_is_refused(command: Command) -> None:
    assert command("--library", "", "stats").status == 2


def test_an_output_that_cannot_be_written_is_status_4(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this platform has no device that is always full")
    with full.open("w") as output:
        ran = subprocess.run(
            [sys.executable, "-m", "reader", "--library", str(tmp_path / "library.db"), "stats"],
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 4
    assert "cannot write" in ran.stderr
    assert "Traceback" not in ran.stderr
