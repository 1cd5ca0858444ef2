"""The command line as processes: pipes, locales, and a real terminal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.made_up import fill
from cli.conftest import CHECKOUT, PROCESS_SECONDS, Command, Ran

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX terminal")


def test_a_process_gives_its_status_to_the_shell(process: Command, library: Path) -> None:
    ran = process("search", "--limit", "2", "listen")
    assert (ran.status, len(ran.lines)) == (0, 2)
    assert process("search", "zzqqxx").status == 1
    ran = process("show", "nosuchkey")
    assert (ran.status, ran.err.count("\n"), "Traceback" in ran.err) == (1, 1, False)


@POSIX_ONLY
@pytest.mark.parametrize("arguments", [["search", "--json", "--limit", "0"], ["export", "--all"]])
def test_a_reader_that_has_read_enough_ends_it_quietly(tmp_path: Path, arguments: list[str]) -> None:
    fill(tmp_path / "library.db", [{"title": f"Number {n}", "abstract": f"{n} " * 200} for n in range(1_500)])
    with subprocess.Popen(
        [sys.executable, "-m", "reader", *arguments], cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (0, b"")


@POSIX_ONLY
def test_a_terminal_without_unicode_gets_escapes_and_no_error(process: Command, tmp_path: Path) -> None:
    fill(tmp_path / "library.db", [{"title": "日本語 über ★", "abstract": "語"}])
    for arguments in (["search"], ["export", "--all"], ["show", "--json", "", "--help"], ["search", "zz日"]):
        for env in (
            {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"PYTHONIOENCODING": "ascii"},
            {"PYTHONIOENCODING": "latin-1"},
        ):
            ran = process(*arguments, env=env)
            assert ran.status == (1 if "zz日" in arguments else 0)
            assert "Traceback" not in ran.err
    assert "\\u65e5" in process("search", env={"PYTHONIOENCODING": "latin-1"}).out


def test_a_page_can_be_piped_in(process: Command) -> None:
    ran = process("import", "-", stdin=b'{"title": "Piped", "abstract": "Through a pipe."}\n')
    assert (ran.status, ran.err) == (0, "")
    assert "1 new" in ran.out


@POSIX_ONLY
@pytest.mark.parametrize("path", ["<(cat)", "/dev/stdin"])
def test_a_page_can_be_read_from_a_pipe_by_its_path(tmp_path: Path, path: str) -> None:
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("only some shells name pipes")
    line = f"exec 3<&0; {sys.executable} -m reader import {path.replace('cat', 'cat <&3')}"
    done = subprocess.run(
        [shell, "-c", line], input=b'{"title": "Piped", "abstract": "Through a pipe."}\n', cwd=CHECKOUT,
        capture_output=True, timeout=PROCESS_SECONDS, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"1 new" in done.stdout


class Terminal:
    """A process in a terminal of its own, and what a user would see there."""

    def __init__(self, *arguments: str, columns: int = 100, lines: int = 30) -> None:
        import pty
        import termios

        import pyte

        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self._ours, self._its = pty.openpty()
        termios.tcsetwinsize(self._its, (lines, columns))
        self.before = termios.tcgetattr(self._its)
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": ""}
        env.pop("COLUMNS", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reader", *arguments], cwd=CHECKOUT, env=env, stdin=self._its, stdout=self._its,
            stderr=self._its, start_new_session=True,
        )  # fmt: skip

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the process draw until a condition holds."""
        import select

        end = time.monotonic() + PROCESS_SECONDS
        while not condition():
            assert time.monotonic() < end, self.text
            if select.select([self._ours], [], [], 0.05)[0]:
                drawn = os.read(self._ours, 1 << 16)
                self.sent += drawn
                self._stream.feed(drawn)

    def leave(self) -> Ran:
        """Wait for the end of the process."""
        self.until(lambda: self.process.poll() is not None)
        return Ran(self.process.returncode, self.text, "")

    def after(self) -> object:
        """What the terminal is set to now."""
        import termios

        return termios.tcgetattr(self._its)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)
        os.close(self._its)


@POSIX_ONLY
def test_the_demo_opens_in_a_terminal_moves_keeps_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    terminal = Terminal("demo")
    try:
        terminal.until(lambda: "1 of 43" in terminal.text or "1 of 4" in terminal.text)
        assert "Attention Is All You Need" in terminal.text
        terminal.press("jj")
        terminal.until(lambda: "3 of 4" in terminal.text)
        terminal.press("b")
        terminal.until(lambda: "bookmarked: " in terminal.text)
        terminal.press("q")
        assert terminal.leave().status == 0
        assert terminal.after() == terminal.before
        assert b"\x1b[?1049h" in terminal.sent
        assert terminal.sent.rindex(b"\x1b[?1049l") > terminal.sent.rindex(b"\x1b[?1049h")
        assert b"\x1b[?25h" in terminal.sent
    finally:
        terminal.close()
    assert not (tmp_path / "library.db").exists()
    assert not (tmp_path / "home").exists()


@POSIX_ONLY
def test_one_end_of_file_ends_what_is_pasted_into_a_terminal() -> None:
    terminal = Terminal("import", "-")
    try:
        terminal.until(lambda: "Paste the page" in terminal.text)
        terminal.press('{"title": "On Teapots"}\n\x04')
        terminal.until(lambda: "1 new" in terminal.text)
        assert terminal.leave().status == 0
    finally:
        terminal.close()


@POSIX_ONLY
def test_the_app_does_not_take_the_screen_for_a_file_that_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_text("This is no database at all. " * 100)
    terminal = Terminal(columns=300)
    try:
        assert terminal.leave().status == 4
        terminal.until(lambda: "is no library" in terminal.text)
        assert b"\x1b[?1049h" not in terminal.sent
        assert "Traceback" not in terminal.text
    finally:
        terminal.close()


def demo_folders(folder: Path) -> list[Path]:
    return list(folder.glob("reader-demo-*"))


@POSIX_ONLY
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_demo_that_is_told_to_end_cleans_up_and_leaves_the_terminal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    number = signal.Signals[name]
    terminal = Terminal("demo")
    try:
        terminal.until(lambda: "1 of 4" in terminal.text)
        assert len(demo_folders(tmp_path)) == 1
        terminal.process.send_signal(number)
        terminal.process.send_signal(number)
        assert terminal.leave().status == 128 + number
        assert terminal.after() == terminal.before
        assert terminal.sent.rindex(b"\x1b[?1049l") > terminal.sent.rindex(b"\x1b[?1049h")
        assert "Traceback" not in terminal.text
    finally:
        terminal.close()
    assert demo_folders(tmp_path) == []


@POSIX_ONLY
def test_a_demo_that_is_told_to_end_while_it_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    terminal = Terminal("demo")
    try:
        terminal.until(lambda: bool(demo_folders(tmp_path)))
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.leave().status == 128 + signal.SIGTERM
        assert "Traceback" not in terminal.text
    finally:
        terminal.close()
    assert demo_folders(tmp_path) == []
