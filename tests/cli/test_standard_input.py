"""What is read from standard input, and what is asked there."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from reader.cli import annotating, choosing, common, opening, run
from reader.errors import UnreadableInput, UsageError
from reader.paths import default_library


class TypedBytes(io.BytesIO):
    """The same before it is decoded."""

    def isatty(self) -> bool:
        return True


class Typed(io.TextIOWrapper):
    """What a person types at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("read", [annotating._standard_input, choosing._keys_on_standard_input])
def test_without_standard_input_that_is_said(read: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableInput, match="no standard input"):
        read()


@pytest.mark.parametrize("read", [annotating._standard_input, choosing._keys_on_standard_input])
def test_on_a_terminal_it_is_said_what_to_type(
    read: Callable[[], object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(io.BytesIO(b"abc\n")))
    assert "abc" in str(read())
    assert "Ctrl-D on a line of its own" in capsys.readouterr().err


def test_a_removal_is_asked_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(io.BytesIO()))
    assert common.confirm_removal(None) is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    asked: list[str] = []

    def confirm(question: str, **_: object) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(click, "confirm", confirm)
    ask = common.confirm_removal(None)
    assert ask is not None
    assert ask("Take \x1b out?")
    assert asked == ["Take \N{SYMBOL FOR ESCAPE} out?"]
    refused = common.confirm_removal(False)
    assert refused is not None
    assert not refused("Take it out?")


def test_a_page_is_pasted_at_a_terminal_that_shows_how_far_it_is(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdin", Typed(TypedBytes(b'{"title": "Pasted", "abstract": "By hand."}\n')))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run(["import", "-"]) == 0
    out, err = capsys.readouterr()
    assert "1 new" in out
    assert err.startswith("Paste the page, then press Ctrl-D")
    assert err.endswith("\r\x1b[K")


def test_a_terminal_that_can_draw_may_open_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    opening.require_terminal()
    monkeypatch.setenv("TERM", "DUMB")
    with pytest.raises(UsageError, match="cannot draw the app: TERM=DUMB"):
        opening.require_terminal()


def test_without_a_word_of_where_the_library_is_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("READER_LIBRARY")
    assert run(["stats"]) == 0
    assert f"There is no library at {default_library()} yet" in capsys.readouterr().err
