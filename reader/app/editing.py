"""Editing a text in the program that the user edits texts with.

The text lies in a file that nobody else may read, in a folder of its own that goes afterwards. The program is started
from a list of arguments, never by a shell.
"""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from reader.errors import ReaderError, UsageError

_FALLBACK = "notepad" if sys.platform == "win32" else "vi"
_LONGEST = 10_000_000
"""Bytes of a text that are read back."""


def editor(environment: Mapping[str, str]) -> list[str]:
    """The program and its arguments, as `VISUAL` or `EDITOR` name it.

    Raises:
        UsageError: there is no such program, or what is named cannot be read as a command.
    """
    named = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip() or _FALLBACK
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise UsageError(f"the editor {named!r} cannot be started: {error}", "set EDITOR to a program") from error
    if not command or shutil.which(command[0]) is None:
        raise UsageError(f"there is no editor {named!r}", "set EDITOR to a program that is there")
    return command


def edited(text: str, command: Sequence[str]) -> str | None:
    """The text as the user leaves it; None where the program says that it is not to be kept.

    A program that is killed says nothing: what it wrote until then counts.

    Raises:
        ReaderError: the program cannot be started, or the text cannot be read back.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="reader-") as folder, _left_to_the_editor():
            path = Path(folder) / "note.md"
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(text, encoding="utf-8", errors="replace", newline="")
            status = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the user's own choice
            if status > 0:
                return None
            with path.open("rb") as file:
                return file.read(_LONGEST).decode(errors="replace")
    except OSError as error:
        raise ReaderError(f"the editor cannot be used: {error.strerror or error}", "the text is as it was") from error


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Meanwhile Ctrl-C is for the editor alone; a handler that does nothing is not handed down to it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
