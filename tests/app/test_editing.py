"""Editing a text in the user's own program."""

from __future__ import annotations

import signal
import stat
import sys
from pathlib import Path

import pytest

from reader.app.editing import edited, editor
from reader.errors import ReaderError


def program(tmp_path: Path, code: str) -> list[str]:
    path = tmp_path / "edit.py"
    path.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{code}\n")
    return [sys.executable, str(path)]


def test_the_editor_is_named_with_its_arguments_and_visual_comes_first() -> None:
    python = sys.executable
    assert editor({"VISUAL": f"{python} -u 'a b'", "EDITOR": "nothing"}) == [python, "-u", "a b"]
    assert editor({"VISUAL": " ", "EDITOR": python}) == [python]


@pytest.mark.parametrize("named", ["no-such-editor --wait", "'unclosed", "; true"])
def test_what_is_no_program_is_named(named: str) -> None:
    with pytest.raises(ReaderError, match="editor") as caught:
        editor({"EDITOR": named})
    assert "EDITOR" in caught.value.hint


def test_the_text_comes_back_from_a_private_file_that_is_gone_afterwards(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    code = (
        "open(sys.argv[1], 'w').write(f'{path} {path.stat().st_mode} {path.read_text()}')\npath.write_text('new é\\n')"
    )
    assert edited("öld", [*program(tmp_path, code), str(seen)]) == "new é\n"
    path, mode, text = seen.read_text().split()
    assert (stat.S_IMODE(int(mode)), text) == (0o600, "öld")
    assert not Path(path).parent.exists()


def test_an_editor_that_gives_up_changes_nothing_and_one_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    assert edited("old", program(tmp_path, "path.write_text('new')\nsys.exit(1)")) is None
    killed = program(tmp_path, f"path.write_text('new')\nos.kill(os.getpid(), {signal.SIGKILL})")
    assert edited("old", killed) == "new"


def test_what_can_go_wrong_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="the editor cannot be used"):
        edited("old", [str(tmp_path)])
    with pytest.raises(ReaderError, match="the editor cannot be used"):
        edited("old", program(tmp_path, "path.unlink()"))


def test_ctrl_c_in_the_editor_is_not_for_the_app(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    asks = "import signal\nos.kill(os.getppid(), signal.SIGINT)\npath.write_text(str(signal.getsignal(signal.SIGINT)))"
    said = edited("", program(tmp_path, asks))
    assert "default_int_handler" in (said or "")
    assert signal.getsignal(signal.SIGINT) is before
