"""What an import tells: how far it is, and what became of everything that was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reader.wording import counted, file_name

_TURNING, _TURNS = "|/-\\", 8  # what moves, so many times a second, where nothing can be counted
_BAR = 10  # cells of the bar that shows how far an import is
WAITING = "waiting for another import"
"""The stage of an import that has not begun, because another one runs."""


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """What could not be read: a record at a line of a file, or with no line the file as a whole."""

    file: str
    line: int | None
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of everything that was given.

    Attributes:
        files: how many files were read.
        records: how many papers were met in them; a card printed twice is one.
        added: how many of these are new papers.
        merged: how many added something to a paper already there; a new source is something.
        unchanged: the rest.
        skipped: how many files of unknown kind lay in the folders given.
        encodings: the files that are not in UTF-8, each with the encoding it was read in.
        told: what a person should know of reading lists, in words.
        stopped_at: the file that was being read when the user stopped; nothing of it was kept.
    """

    files: int = 0
    records: int = 0
    added: int = 0
    merged: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: tuple[RejectedRecord, ...] = ()
    encodings: tuple[tuple[str, str], ...] = ()
    told: tuple[str, ...] = ()
    stopped_at: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: the file being read, and the records and bytes of it so far.

    Attributes:
        stage: "opening", "reading", and when all is read "dating" and "learning words"; `WAITING` while another import
            runs. What is no import has a stage of its own: "removing".
        unit: what is counted as records.
    """

    file: str
    records: int
    position: int
    size: int
    stage: str = "reading"
    unit: str = "record"

    def in_words(self, seconds: float) -> str:
        """The same for people, after so many seconds with this file: a bar, records, their rate, and the time left."""
        if self.stage == WAITING:
            return f"{file_name(self.file)} · {self.stage}"
        share = self.position / self.size if self.size else float(self.stage != "opening")
        bar = "█" * int(share * _BAR) + "░" * (_BAR - int(share * _BAR))
        parts = [f"{bar} {share:4.0%}  {file_name(self.file)}", counted(self.records, self.unit)]
        if self.stage != "reading":
            parts.append(f"{self.stage} {_TURNING[int(seconds * _TURNS) % len(_TURNING)]}")
        elif seconds >= 1:
            parts.append(f"{self.records / seconds:,.0f}/s")
        if seconds >= 1 and 0 < share < 1:
            left = int(seconds / share - seconds)
            parts.append(f"{left // 60}:{left % 60:02} left")
        return " · ".join(parts)


ReportProgress = Callable[[Progress], None]
