"""Poor terminals, terminals that vanish, signals, and streams that are closed: what was confirmed is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.conftest import CHECKOUT, PROCESS_SECONDS
from cli.test_processes import POSIX_ONLY, Terminal
from reader.store import Store
from reader.store.schema import BOOKMARKS

pytestmark = POSIX_ONLY
Open = Callable[..., Terminal]


def bookmarks(path: Path) -> int:
    with Store.open(path) as store:
        assert [check.damage for check in store.checks.run() if check.damage] == []
        return len(store.lists.entries(BOOKMARKS))


@pytest.fixture
def terminal(library: Path) -> Iterator[Open]:
    """Opens the app in a terminal of its own, which is closed at the end."""
    opened: list[Terminal] = []

    def begin(*arguments: str, columns: int = 100, lines: int = 30) -> Terminal:
        opened.append(Terminal(*arguments, columns=columns, lines=lines))
        return opened[-1]

    yield begin
    for each in opened:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()
        for descriptor in (each._ours, each._its):
            try:
                os.close(descriptor)
            except OSError:
                continue


def keep_one(app: Terminal) -> None:
    app.until(lambda: "1 of" in app.text)
    app.press("b")
    app.until(lambda: "bookmarked: " in app.text)


def test_an_app_whose_terminal_vanishes_without_a_signal_leaves_and_keeps(terminal: Open, library: Path) -> None:
    app = terminal()
    keep_one(app)
    os.close(app._ours)
    os.close(app._its)
    assert app.process.wait(PROCESS_SECONDS) == 128 + signal.SIGHUP
    assert bookmarks(library) == 1


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_was_changed_is_kept_when_the_app_is_told_to_end(terminal: Open, library: Path, name: str) -> None:
    app = terminal()
    keep_one(app)
    app.press("jb")
    app.process.send_signal(signal.Signals[name])
    assert app.leave().status == 128 + signal.Signals[name]
    assert bookmarks(library) in (1, 2)


def collects_lines(app: Terminal) -> bool:
    """Whether the terminal keeps what is typed until the end of the line, as shells have it and no app does."""
    import termios

    return bool(termios.tcgetattr(app._its)[3] & termios.ICANON)


def test_an_app_that_is_stopped_and_goes_on_works_as_before(terminal: Open, library: Path) -> None:
    app = terminal()
    keep_one(app)
    app.process.send_signal(signal.SIGTSTP)
    app.until(lambda: collects_lines(app))
    time.sleep(0.2)  # it stops itself when the terminal is as it was
    app.process.send_signal(signal.SIGCONT)
    app.until(lambda: not collects_lines(app))
    app.press("u")
    app.until(lambda: "undone: " in app.text)
    app.press("q")
    assert app.leave().status == 0
    assert bookmarks(library) == 0
    assert app.after() == app.before


TERMINALS: dict[str, tuple[dict[str, str], int, int]] = {
    "vt100": ({"TERM": "vt100"}, 80, 24),
    "16 colours": ({"TERM": "xterm-16color"}, 80, 24),
    "20 by 5": ({"TERM": "xterm-256color"}, 20, 5),
    "locale C": ({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, 100, 30),
    "no locale": ({"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}, 100, 30),
    "no TERM": ({"TERM": ""}, 100, 30),
}


@pytest.mark.parametrize("name", TERMINALS)
def test_a_poor_terminal_shows_the_app_and_a_bookmark_is_kept(library: Path, name: str, tmp_path: Path) -> None:
    import pty
    import select
    import termios

    environment, columns, lines = TERMINALS[name]
    ours, its = pty.openpty()
    termios.tcsetwinsize(its, (lines, columns))
    process = subprocess.Popen(
        [sys.executable, "-m", "reader"], cwd=CHECKOUT, env={**os.environ, **environment}, stdin=its, stdout=its,
        stderr=its, start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + PROCESS_SECONDS
    sent, pressed = b"", 0.0
    try:
        while process.poll() is None:
            assert time.monotonic() < end, sent[-2_000:]
            if select.select([ours], [], [], 0.05)[0]:
                sent += os.read(ours, 1 << 16)
            if b"\x1b[?1049h" in sent and time.monotonic() - pressed > 0.5:
                os.write(ours, b"b" if not pressed else b"" if bookmarks(library) == 0 else b"q")
                pressed = time.monotonic()
        assert (process.returncode, bookmarks(library)) == (0, 1)
        assert b"Traceback" not in sent
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(its)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "words", [["stats"], ["search", "teapots"], ["doctor"], ["export"], ["import", "page.jsonl"], []]
)
def test_closed_streams_end_in_no_traceback(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "page.jsonl").write_text('{"title": "A page"}\n', encoding="utf-8")
    for closing in ("<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"):
        line = f'exec "$@" {closing}'
        done = subprocess.run(
            ["/bin/sh", "-c", line, "sh", sys.executable, "-m", "reader", *words], cwd=tmp_path, check=False,
            capture_output=True, timeout=PROCESS_SECONDS, env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )  # fmt: skip
        assert b"Traceback" not in done.stderr + done.stdout, (closing, done.stderr)
        assert b"should not happen" not in done.stderr, (closing, done.stderr)
        assert done.returncode in (0, 1, 2, 4), (closing, done.returncode, done.stderr)
