"""The manual page and the scripts for shells: made from the commands, and so about every one of them."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from cli.conftest import Command
from reader.cli import COMMANDS, main
from reader.cli.completing import SHELLS

Offered = Callable[..., list[str]]


def options(command: click.Command) -> set[str]:
    return {name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts}


def test_the_manual_names_every_command_and_every_option(command: Command) -> None:
    ran = command("man")
    assert (ran.status, ran.err) == (0, "")
    shown = ran.out.replace("\\-", "-")
    for name in COMMANDS:
        found = main.get_command(click.Context(main), name)
        assert found is not None
        assert f'.SS "reader {name} [OPTIONS]' in shown
        section = shown.partition(f'.SS "reader {name} [OPTIONS]')[2].partition(".SS")[0] + shown.partition(".SS")[0]
        assert [option for option in options(found) if option not in section] == []
    assert '.SS "reader sources remove' in shown


def test_no_word_of_the_help_is_a_request_of_roff(command: Command) -> None:
    requests = {line.split()[0] for line in command("man").lines if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".PP", ".TP", ".B"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff")
def test_groff_has_nothing_to_say_against_it(command: Command) -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8"], input=command("man").out.encode(), capture_output=True, check=True
    )
    assert done.stderr == b""
    assert b"The library, or a file, could not be opened or written." in b" ".join(done.stdout.split())


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_each_shell_asks_reader(command: Command, shell: str) -> None:
    ran = command("completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert f"_READER_COMPLETE={shell}_complete" in ran.out
    if found := shutil.which(shell):
        subprocess.run([found, "-n"], input=ran.out.encode(), check=True, timeout=30)


def test_a_shell_that_is_none_is_wrong_usage(command: Command) -> None:
    assert command("completion", "tcsh").status == 2


class TestCompleting:
    """What is offered when Tab is pressed."""

    @pytest.fixture
    def offered(self, command: Command, library: Path, monkeypatch: pytest.MonkeyPatch) -> Offered:
        def complete(*words: str, shell: str = "bash") -> list[str]:
            monkeypatch.setenv("COMP_WORDS", " ".join(["reader", *words]))
            monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words)))
            monkeypatch.setenv("_READER_COMPLETE", f"{shell}_complete")
            ran = command()
            monkeypatch.delenv("_READER_COMPLETE")
            assert (ran.status, ran.err) == (0, "")
            return [line for line in ran.lines if line]  # click ends what it prints with one

        return complete

    def test_commands_and_options(self, offered: Offered) -> None:
        assert offered("boo") == ["plain,bookmark"]
        assert "plain,--query" in offered("tag", "x", "--q")

    @pytest.mark.parametrize("words", [("show",), ("bookmark",), ("tag", "x"), ("note",), ("mark",), ("related",)])
    def test_keys_with_their_titles(self, command: Command, offered: Offered, words: tuple[str, ...]) -> None:
        keys = [paper["key"][:6] for paper in command("search", "--json").objects]
        assert offered(*words, "") == [f"plain,{key}" for key in keys]
        assert offered(*words, keys[0][:3]) == [f"plain,{keys[0]}"]
        assert offered(*words, keys[0], shell="zsh") == ["plain", keys[0], "Teapots That Listen"]
        assert offered(*words, "0") == []

    def test_names_of_lists_tags_and_searches_whatever_the_case(self, command: Command, offered: Offered) -> None:
        command("bookmark", "--list", "To read, soon", "2512.00001")
        command("tag", "deep tea", "2512.00001")
        command("searches", "save", "cats", "cartography")
        assert offered("export", "--list", "") == ["plain,Bookmarks", "plain,To read, soon"]
        assert offered("export", "--list", "to") == ["plain,To read, soon"]
        assert offered("bookmark", "--list", "to", shell="fish")[0].startswith("plain,To read, soon")
        assert offered("tag", "d") == ["plain,deep tea"]
        for command_of_lists in ("rename", "delete", "move"):
            assert offered("lists", command_of_lists, "to") == ["plain,To read, soon"]
        assert offered("sync", "--list", "to") == ["plain,To read, soon"]
        assert offered("digest", "--format", "h") == ["plain,html"]
        assert offered("searches", "forget", "") == ["plain,cats"]

    def test_the_library_that_the_words_name_is_asked(self, offered: Offered, tmp_path: Path) -> None:
        assert offered("--library", str(tmp_path / "none.db"), "show", "") == []
        assert not (tmp_path / "none.db").exists()

    def test_a_library_that_cannot_be_read_offers_nothing(self, offered: Offered, tmp_path: Path) -> None:
        (tmp_path / "library.db").write_bytes(b"This is no database at all. " * 100)
        assert offered("show", "") == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_puts_each_name_into_the_line_as_one_word_in_which_nothing_acts(
    command: Command, tmp_path: Path, library: Path
) -> None:
    names = ["Bookmarks", "$(touch owned)", "`touch owned`; touch owned", "To read, soon", "*", "~", "a\\b'c\"é"]
    for name in names[1:]:
        command("lists", "new", "--", name)
    (tmp_path / "reader").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reader "$@"\n')
    (tmp_path / "reader").chmod(0o755)
    typed = f"""
        export PATH="{tmp_path}:$PATH"
        {command("completion", "bash").out}
        COMP_WORDS=(reader --library "{library}" export --list ""); COMP_CWORD=5
        _reader_completion reader
        for each in "${{COMPREPLY[@]}}"; do eval "printf '%s\\n' $each"; done
    """
    ran = subprocess.run(["bash", "-c", typed], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    assert ran.stdout.decode().splitlines() == names
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("opened", ["", "'", '"'])
def test_bash_gets_names_as_one_word_each_whatever_they_hold(command: Command, tmp_path: Path, opened: str) -> None:
    names = ["To read, soon", 'it\'s $HOME `x` \\ "q"', "* ? [a]", "é;&|"]
    asked = tmp_path / "reader"
    asked.write_text("#!/bin/sh\ncat <<'END'\n" + "".join(f"plain,{name}\n" for name in names) + "END\n")
    asked.chmod(0o755)
    lines = [
        command("completion", "bash").out,
        f"COMP_WORDS=(reader export --list {shlex.quote(opened)}) COMP_CWORD=3",
        f"_reader_completion {shlex.quote(str(asked))}",
        "printf '%s\\n' \"${COMPREPLY[@]}\"",
    ]
    done = subprocess.run(["bash", "-c", "\n".join(lines)], capture_output=True, text=True, check=True, timeout=30)
    typed = [f"{opened}{word}{opened}" for word in done.stdout.splitlines()]
    given = subprocess.run(
        ["bash", "-c", "printf '%s\\n' " + " ".join(typed)], capture_output=True, text=True, check=True, timeout=30
    )
    assert (done.stderr, given.stdout.splitlines()) == ("", names)


def test_the_fish_script_keeps_names_with_commas(command: Command) -> None:
    assert 'split -m 1 ","' in command("completion", "fish").out
