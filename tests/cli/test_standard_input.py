"""What is read from standard input, and what is asked there."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import click
import pytest

from reader.cli import annotating, choosing, common
from reader.errors import UnreadableInput


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
