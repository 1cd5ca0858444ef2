"""Commands that are told to end, or whose reader has gone: nothing is half done, and the exit status says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import CHECKOUT, PROCESS_SECONDS, Command
from reader import cli
from reader.cli import importing
from reader.cli.common import Ended
from reader.store import Store
from reader.store.imports import Imports

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")

PAPERS = "".join(f'{{"title": "Kettle {n}", "abstract": "On kettle {n * n}."}}\n' for n in range(300))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "page.jsonl").write_text(PAPERS, encoding="utf-8")
    return tmp_path / "page.jsonl"


def telling(told: Callable[..., object], number: int) -> Callable[..., object]:
    """The same function, at whose second call the process is told to end."""
    calls: list[int] = []

    def call(*arguments: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            signal.raise_signal(number)
        return told(*arguments, **named)

    return call


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_an_import_that_is_told_to_end_is_taken_back(
    command: Command, library: Path, page: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    number = signal.Signals[name]
    with Store.open(library) as store:
        before = store.papers.count()
    handler = signal.getsignal(number)
    monkeypatch.setattr(Imports, "write", telling(Imports.write, number))
    ran = command("import", str(page))
    assert (ran.status, ran.out, ran.err) == (128 + number, "", "")
    assert signal.getsignal(number) not in (signal.SIG_DFL, signal.SIG_IGN) or handler is signal.SIG_DFL
    signal.signal(number, handler)
    with Store.open(library) as store:
        assert (store.papers.count(), store.imports.unfinished()) == (before, [])
    assert "300 new" in command("import", str(page)).out


@pytest.mark.usefixtures("library")
def test_an_export_that_is_told_to_end_leaves_the_old_file_and_nothing_beside_it(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "all.bib"
    out.parent.mkdir()
    assert command("export", "--all", "--format", "bibtex", "-o", str(out)).status == 0
    before = out.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: signal.raise_signal(signal.SIGTERM))
    ran = command("export", "--all", "--format", "bibtex", "--force", "-o", str(out))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    assert (ran.status, ran.err) == (143, "")
    assert [(each.name, each.read_bytes()) for each in out.parent.iterdir()] == [("all.bib", before)]


def test_a_signal_that_was_to_be_ignored_stays_so(
    command: Command, library: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Imports, "write", telling(Imports.write, signal.SIGHUP))
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        ran = command("import", str(page))
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert ran.status == 0
    assert "300 new" in ran.out


def test_the_exit_status_tells_of_the_signal_whatever_the_command_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def swallow(_: object) -> int:
        with pytest.raises(Ended):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)
        return 0

    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP)
    monkeypatch.setattr(cli, "_run", swallow)
    try:
        assert cli.run(["stats"]) == 143
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGHUP, before[1])
    monkeypatch.setattr(cli, "_run", lambda _: 0)
    assert cli.run(["stats"]) == 0
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP)) == before


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_process_that_waits_ends_at_once_and_says_nothing(library: Path, name: str) -> None:
    line = [sys.executable, "-c", "print(flush=True); from reader.__main__ import main; main()", "import", "-"]
    with subprocess.Popen(
        line, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        assert running.stdin is not None
        running.stdin.write(b" " * (1 << 20))  # more than a pipe holds: what could be written was read
        running.stdin.flush()
        running.send_signal(signal.Signals[name])
        said = running.communicate(timeout=PROCESS_SECONDS)
    assert (running.returncode, said[1]) == (128 + signal.Signals[name], b"")
    with Store.open(library) as store:
        assert store.imports.unfinished() == []


def test_a_change_is_kept_though_nobody_reads_what_is_said_of_it(library: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    line = [sys.executable, "-m", "reader", "tag", "vision", "--query", "teapots", "--json"]
    done = subprocess.run(line, cwd=CHECKOUT, stdout=writing, stderr=writing, timeout=PROCESS_SECONDS, check=False)
    os.close(writing)
    with Store.open(library) as store:
        assert (done.returncode, len(store.annotations.tagged("vision")) > 0) == (0, True)


@pytest.mark.parametrize(("term", "is_drawn"), [("dumb", False), ("unknown", False), ("xterm", True)])
def test_a_terminal_that_cannot_draw_gets_no_line_that_is_drawn_anew(
    monkeypatch: pytest.MonkeyPatch, term: str, is_drawn: bool
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert (importing._progress_line() is not None) == is_drawn


def test_an_import_works_without_standard_error(command: Command, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert importing._progress_line() is None
    assert "300 new" in command("import", str(page)).out
