"""A command in a real pseudo-terminal, and when its screen showed what: what the benches of the app stand on.

Reading and judging are kept apart: while something is timed, bytes are only read, stamped with the time at which they
arrived, and kept. What the screen showed after each frame is worked out afterwards, so that the emulator's own cost,
which is many times that of a frame, is in no figure.

A frame is what lies between two ends of a synchronised update (mode 2026), or between two reads where the program uses
none: a terminal shows nothing in between either. "Painted" is always the time at which the last byte of a frame was
read, and silence only decides when to stop waiting; it is never part of a figure.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import site
import struct
import subprocess
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

COLUMNS, ROWS = 120, 40

_READ_AT_ONCE = 1 << 16
_TAIL = 32
_LEAVING_SECONDS = 5.0
_UPDATE_BEGINS, _UPDATE_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
_QUERIES = re.compile(rb"\x1b\[\?(?P<mode>\d+)\$p|\x1b\[(?P<attributes>0?)c|\x1b\[\?(?P<kitty>u)|\x1b\[(?P<place>6)n")
_DROPPED = ("READER_SETTINGS", "READER_LIBRARY", "NO_COLOR", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")
_BUSY_LOOKS_APART, _BUSY_SHARE = 0.05, 0.1
_UNKNOWN_TO_PYTE = re.compile(r"\x1b\[[<>=][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b[_P^][^\x1b]*\x1b\\")

Display = list[str]
"""The lines of a screen, as text."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes that one read gave, and when, in seconds of `time.perf_counter`."""

    at: float
    content: bytes


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes that change the screen at once, and when the last of them was read."""

    at: float
    content: bytes


class Silent(Exception):
    """The program wrote nothing for as long as it was waited for."""


class Terminal:
    """A command that runs in a pseudo-terminal; the screen is 120 by 40 unless told."""

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], columns: int = COLUMNS, rows: int = ROWS
    ) -> None:
        """Start the command, in the folder that its environment calls home; `started` is the time just before."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._tail = b""
        master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._master = master
        home = environment.get("HOME")
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(environment), start_new_session=True, cwd=home
        )
        os.close(slave)

    @property
    def pid(self) -> int:
        """The process that runs."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process.poll() is None

    def write(self, keys: str) -> float:
        """Press keys; gives the time just before."""
        now = time.perf_counter()
        os.write(self._master, keys.encode())
        return now

    def read(self, *, silence: float, longest: float) -> list[Chunk]:
        """What is written until nothing more comes for `silence` seconds, or `longest` seconds have passed.

        The first bytes are waited for as long as `longest`. Questions of the program to its terminal are answered.

        Raises:
            Silent: nothing came at all.
        """
        chunks: list[Chunk] = []
        end = time.perf_counter() + longest
        while (left := end - time.perf_counter()) > 0:
            ready, _, _ = select.select([self._master], [], [], min(silence, left) if chunks else left)
            if not ready:
                break
            chunk = self._read_once()
            if chunk is None:
                break
            chunks.append(chunk)
        if not chunks:
            raise Silent(f"nothing was written for {longest} s; the screen was:\n" + "\n".join(self.display()))
        return chunks

    def read_available(self, *, wait: float) -> list[Chunk]:
        """What is written within `wait` seconds, without waiting for more."""
        chunks: list[Chunk] = []
        end = time.perf_counter() + wait
        while (left := end - time.perf_counter()) > 0:
            ready, _, _ = select.select([self._master], [], [], left)
            chunk = self._read_once() if ready else None
            if chunk is None:
                break
            chunks.append(chunk)
        return chunks

    def read_until_idle(self, *, silence: float, longest: float) -> list[Chunk]:
        """What is written until nothing more comes and the program does no more work, which may yet be written.

        Raises:
            Silent: nothing came at all.
        """
        return [*self.read(silence=silence, longest=longest), *self.until_idle(longest=longest)]

    def until_idle(self, *, longest: float) -> list[Chunk]:
        """What is written, if anything, until the program does no more work, or `longest` seconds have passed."""
        chunks: list[Chunk] = []
        end = time.perf_counter() + longest
        while time.perf_counter() < end:
            worked = processor_seconds(self.pid)
            more = self.read_available(wait=_BUSY_LOOKS_APART)
            chunks += more
            if not more and processor_seconds(self.pid) - worked < _BUSY_SHARE * _BUSY_LOOKS_APART:
                break
        return chunks

    def resize(self, columns: int, rows: int) -> float:
        """Give the terminal another size and say so to the program, as a terminal does; gives the time just before."""
        now = time.perf_counter()
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)  # the pseudo-terminal controls no session, so the system does not
        return now

    def _read_once(self) -> Chunk | None:
        try:
            content = os.read(self._master, _READ_AT_ONCE)
        except OSError:  # Linux says so when the program has ended
            return None
        at = time.perf_counter()
        if not content:
            return None
        self._answer(content)
        return Chunk(at, content)

    def _answer(self, content: bytes) -> None:
        """Say what a terminal says of itself, so that the program does not wait for it."""
        text = self._tail + content
        done = 0
        for query in _QUERIES.finditer(text):
            done = query.end()
            if query["mode"]:
                known = 2 if query["mode"] == b"2026" else 0
                os.write(self._master, b"\x1b[?%b;%d$y" % (query["mode"], known))
            elif query["kitty"]:
                os.write(self._master, b"\x1b[?0u")
            elif query["place"]:
                os.write(self._master, b"\x1b[1;1R")
            else:
                os.write(self._master, b"\x1b[?62;22c")
        self._tail = text[max(done, len(text) - _TAIL) :]

    # what was on the screen, worked out afterwards

    def display(self) -> Display:
        """The lines of the screen after all that was shown so far."""
        return list(self._screen.display)

    def picture(self) -> tuple[tuple[pyte.screens.Char, ...], ...]:
        """The screen with its colours; two are equal where a user sees no difference."""
        columns, lines = range(self._screen.columns), range(self._screen.lines)
        return tuple(tuple(self._screen.buffer[line][column] for column in columns) for line in lines)

    def show(self, chunks: Sequence[Chunk]) -> Iterator[tuple[Frame, Display]]:
        """Put what was read on the screen, frame by frame; all of it is shown only when all was iterated over."""
        for frame in frames(chunks):
            text = _UNKNOWN_TO_PYTE.sub("", frame.content.decode("utf-8", "replace"))
            self._stream.feed(text.encode())
            yield frame, self.display()

    def show_all(self, chunks: Sequence[Chunk]) -> Display:
        """Put what was read on the screen."""
        for _ in self.show(chunks):
            pass
        return self.display()

    def first_shown(self, chunks: Sequence[Chunk], condition: Callable[[Display], bool]) -> float | None:
        """When the first frame was read after which the screen met the condition; shows all chunks."""
        met = [frame.at for frame, display in self.show(chunks) if condition(display)]
        return met[0] if met else None

    def close(self) -> None:
        """End the program, if it has not ended by itself."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            end = time.perf_counter() + _LEAVING_SECONDS
            while self._process.poll() is None and time.perf_counter() < end:
                self.read_available(wait=0.02)
        finally:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            os.close(self._master)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def frames(chunks: Sequence[Chunk]) -> Iterator[Frame]:
    """The frames that chunks hold: an update that is begun ends with its last byte, not with a read."""
    waiting = b""
    for chunk in chunks:
        waiting += chunk.content
        if waiting.rfind(_UPDATE_BEGINS) > waiting.rfind(_UPDATE_ENDS):
            continue
        yield Frame(chunk.at, waiting)
        waiting = b""
    if waiting:
        yield Frame(chunks[-1].at, waiting)


@contextmanager
def environment(**more: str) -> Iterator[dict[str, str]]:
    """The environment a program is timed in: the caller's, with one kind of terminal for all and an empty home.

    The home is a temporary folder, so that neither settings nor earlier queries of whoever measures take part, and
    nothing is added to them. Programs are started there, too: `python -m reader` in a checkout would run that.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _DROPPED and not name.startswith("XDG_")}
    if "PYTHONPATH" in kept:
        kept["PYTHONPATH"] = os.pathsep.join(str(Path(path).resolve()) for path in kept["PYTHONPATH"].split(os.pathsep))
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    with tempfile.TemporaryDirectory(prefix="reader-bench-", ignore_cleanup_errors=True) as home:
        left_off = Path(home, "state", "reader", "left-off.json")  # as who has opened the app before has it
        left_off.parent.mkdir(parents=True)
        left_off.write_text('{"keys_seen": true}', encoding="utf-8")
        own = {"HOME": home, "XDG_STATE_HOME": str(Path(home, "state")), "PYTHONUSERBASE": site.getuserbase()}
        yield {**kept, **terminal, **own, **more}


def processor_seconds(pid: int) -> float:
    """The processor time that a process has taken or waited for, with all its threads; 0 where nothing tells."""
    total = 0.0
    for told in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(OSError):  # the thread has ended
            total += sum(map(int, told.read_text().split()[:2])) / 1e9
    return total


def pane(display: Display, title: str) -> Display:
    """The lines of the bordered pane whose heading begins with that word, borders included; none where it is not."""
    for top, line in enumerate(display):
        heading = re.search(rf"╭─+ ?{re.escape(title)}\b[^╮]*╮", line)
        if heading is None:
            continue
        start, end = heading.span()
        lines = []
        for below in display[top:]:
            lines.append(below[start:end])
            if below[start : start + 1] == "╰":
                return lines
    return []
