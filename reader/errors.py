"""Every error a user can meet, as one small tree; everything else that is raised is a bug.

    ReaderError                 exit 1
     ├─ NothingFound            exit 1   no paper, list or step answers to what was asked
     ├─ UsageError              exit 2   the request cannot be understood, an ambiguous key included
     ├─ UnreadableInput         exit 3   a file, folder or stream that cannot be read as papers
     │   └─ UnknownFormat       exit 3   it is of no kind that is known
     └─ LibraryError            exit 4   the library, or a file to be written, cannot be opened or written
         ├─ DamagedLibrary      exit 4   what the library's file holds is damaged, or no library at all
         └─ Interrupted         exit 4   a newer question stopped this one; never shown

Each error says what happened and to what (`message`) and what to do next (`hint`).
"""

from __future__ import annotations

from typing import ClassVar


class ReaderError(Exception):
    """What happened and to what, in one line, and what the user can do next.

    Attributes:
        message: one sentence without a final stop.
        hint: the way out, or "" where there is none to name.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class NothingFound(ReaderError):
    """No paper, list or step answers to what was asked for."""


class UsageError(ReaderError):
    """The request cannot be understood, or could mean several things."""

    exit_code = 2


class UnreadableInput(ReaderError):
    """A file, folder or stream that cannot be read as papers."""

    exit_code = 3


class UnknownFormat(UnreadableInput):
    """It is of no kind that is known; in a folder such a file is passed over."""


class LibraryError(ReaderError):
    """The library, or a file that was to be written, cannot be opened, read or written."""

    exit_code = 4


class DamagedLibrary(LibraryError):
    """What the library's file holds is damaged, or no library at all; the file is left as it is."""


class Interrupted(LibraryError):
    """A newer question stopped the one that raises this; front ends drop it silently."""
