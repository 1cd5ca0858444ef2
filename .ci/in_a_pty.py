"""Run `reader` in a real pseudo-terminal and use it as a person would.

Standard library only: it runs before anything is installed.

in_a_pty.py demo COMMAND       a shell command that ends in the app: wait for the list, leave with q
in_a_pty.py main-job READER    import a page, find a paper by a misspelling, bookmark it, export, leave
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

PATIENCE = 600.0
"""Seconds to wait for a command that installs first; what is already installed answers in a second."""

PAGE = """Daily Papers

by AK and the research community

Mar 3

Lanterns for Deep Forests

We hang a small lantern in every tree of a decision forest and follow the light from leaf to root. The lanterns show
which trees disagree, and where a forest may be thinned without losing its way.

  • 2 authors
·
Jan 5, 2024

Tidal Attention on Sandy Graphs

Attention that comes and goes like a tide visits each node of a sandy graph twice a day. Between two tides nothing is
computed, so that most of the beach costs nothing.

  • 3 authors
·
Feb 9, 2024
"""


class Terminal:
    """A process in a pseudo-terminal of 120 by 36 cells."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        """Start it."""
        self.output = ""
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment})  # noqa: S606 - no shell wanted
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))

    def wait_for(self, text: str) -> None:
        """Read until the text was drawn since the last wait, whatever control sequences stand between its letters."""
        deadline = time.monotonic() + PATIENCE
        while text not in _plain(self.output):
            if time.monotonic() > deadline or not self._read(deadline):
                self.kill()
                sys.exit(f"never saw {text!r}; the last that was drawn:\n{_plain(self.output)[-2000:]}")
        self.output = ""

    def press(self, keys: str) -> None:
        """Type keys, one at a time."""
        for key in keys:
            os.write(self._terminal, key.encode())
            time.sleep(0.05)

    def leave(self) -> int:
        """Press q and give the exit status."""
        self.press("q")
        deadline = time.monotonic() + 30
        while self._read(deadline):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        """Give up."""
        os.kill(self.pid, signal.SIGKILL)

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return False
        try:
            piece = os.read(self._terminal, 65536)
        except OSError:  # Linux says so when the other side is gone
            return False
        self.output += piece.decode(errors="replace")
        return bool(piece)


def _plain(output: str) -> str:
    return re.sub(r"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][AB0]|[=>])", "", output)


def demo(command: str) -> None:
    """Run a command letter by letter in a shell; it must show the sample papers and leave quietly on q."""
    terminal = Terminal(["bash", "-c", command], {})
    terminal.wait_for("Attention Is All You Need")
    _expect(terminal.leave() == 0, "the demo did not leave with status 0")


def main_job(reader: str) -> None:
    """Import a page, find a paper by a misspelling, bookmark it, export the bookmarks."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        home = {"HOME": folder, "XDG_DOCUMENTS_DIR": folder, "READER_LIBRARY": str(place / "library.db")}
        (place / "page.txt").write_text(PAGE, encoding="utf-8")
        environment = {**os.environ, **home}
        subprocess.run([reader, "import", str(place / "page.txt")], check=True, env=environment)  # noqa: S603 - our own program
        terminal = Terminal([reader], home)
        terminal.wait_for("Lanterns for Deep Forests")
        terminal.press("/tidel atention")
        terminal.wait_for("1 found")
        terminal.press("\r")
        terminal.press("b")
        terminal.wait_for("Bookmarks · 1")
        terminal.press("e")
        terminal.wait_for("a new file")  # what would be written is shown first
        terminal.press("\r")
        terminal.wait_for("written to")
        _expect(terminal.leave() == 0, "the app did not leave with status 0")
        exported = "\n".join(path.read_text(encoding="utf-8") for path in place.rglob("*.md"))
        _expect("Tidal Attention on Sandy Graphs" in exported, "the bookmark is not in the exported file")
        subprocess.run([reader, "doctor"], check=True, env=environment)  # noqa: S603 - our own program


def _expect(held: bool, otherwise: str) -> None:
    if not held:
        sys.exit(otherwise)


if __name__ == "__main__":
    {"demo": demo, "main-job": main_job}[sys.argv[1]](sys.argv[2])
