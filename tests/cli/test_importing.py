"""`reader import`: what it says beside its summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Command
from reader.cli.importing import ProgressLine
from reader.library import Progress
from reader.store.imports import Imports

PAPER = '{"title": "On Kettles", "abstract": "A kettle."}\n'


def test_what_was_skipped_and_how_a_file_was_read_are_said(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(PAPER.replace("kettle", "th\xe9i\xe8re").encode("cp1252"))
    (folder / "b.bin").write_bytes(b"\x00\x01" * 200)
    ran = command("import", str(folder))
    assert ran.status == 0
    assert "Skipped 1 file of unknown kind." in ran.out
    assert "a.jsonl was read as Windows-1252" in ran.err


def test_what_a_reading_list_gives_to_know_is_said(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(PAPER, encoding="utf-8")
    listed = tmp_path / "list.md"
    assert command("import", str(tmp_path / "a.jsonl")).status == 0
    (kettles,) = command("search", "--json").objects
    assert command("bookmark", kettles["key"]).status == 0
    assert command("export", "--output", str(listed)).status == 0
    listed.write_text(listed.read_text(encoding="utf-8").partition("<!-- reader:papers")[0], encoding="utf-8")
    ran = command("import", str(listed))
    assert ran.status == 0
    assert "it may be cut off, so nothing is taken out" in ran.err


def test_an_import_that_is_stopped_says_what_was_kept(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(PAPER.replace("On", name), encoding="utf-8")
    assert command("import", str(tmp_path / "a.jsonl")).status == 0
    monkeypatch.setattr(Imports, "write", stop)
    ran = command("import", str(tmp_path / "b.jsonl"))
    assert ran.status == 130
    assert "b.jsonl: nothing of it was kept" in ran.err
    assert command("stats", "--json").objects[0]["papers"] == 1


def test_the_line_is_drawn_a_few_times_a_second_and_at_once_for_another_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    times = iter([0.0, 0.01, 0.05, 0.2, 0.21])
    line = ProgressLine(clock=lambda: next(times))
    for progress in (Progress("a", 1, 1, 9), Progress("a", 2, 2, 9), Progress("a", 3, 3, 9), Progress("b", 4, 1, 9)):
        line(progress)
    drawn = capsys.readouterr().err.split("\r")[1:]
    assert [f"{n} record" in "".join(drawn) for n in (1, 2, 3, 4)] == [True, False, True, True]
