"""`reader config`, and what the settings mean for the other commands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.made_up import fill
from cli.conftest import Command
from reader.settings.reading import read


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READER_SETTINGS", str(tmp_path / "my settings.toml"))
    return tmp_path / "my settings.toml"


def editor(tmp_path: Path, code: str) -> str:
    """A command that edits the file it is given."""
    script = tmp_path / "my editor.py"
    script.write_text(f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[-1])\n{code}\n", encoding="utf-8")
    return f"'{sys.executable}' '{script}' --wait"


def test_the_path_is_that_of_the_platform_or_the_one_that_is_named(
    command: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("config", "path").lines == [str(file)]
    monkeypatch.delenv("READER_SETTINGS")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
    assert Path(command("config", "path").lines[0]).name == "settings.toml"


def test_what_is_shown_can_be_used_as_a_file(command: Command, file: Path, tmp_path: Path) -> None:
    file.write_text('theme = "nord"\n[keys]\nbookmark = ["f2"]\n', encoding="utf-8")
    ran = command("config", "show")
    assert (ran.status, ran.err) == (0, "")
    (tmp_path / "shown.toml").write_text(ran.out, encoding="utf-8")
    found = read(tmp_path / "shown.toml")
    assert not found.problems
    assert found.settings.theme == "nord"
    assert found.settings.keys["bookmark"] == ("f2",)
    assert found.settings.keys["search"] == ("/",)


def test_what_is_wrong_is_named_with_its_line(command: Command, file: Path) -> None:
    file.write_text('theme = "norrd"\nstill = 3\n[keys]\nbokmark = "x"\nexport = "b"\n', encoding="utf-8")
    ran = command("config", "show")
    assert ran.status == 1
    assert ran.err.splitlines() == [
        f"{file}, line 1: there is no theme “norrd”; did you mean nord?",
        f"{file}, line 2: still must be true or false; it is false for now",
        f"{file}, line 4: there is no command “bokmark”; did you mean bookmark?",
        f"{file}, line 5: “b” goes to export and was a key of bookmark, which has none left",
    ]
    assert 'theme = "norrd"' not in ran.out
    doctor = command("doctor")
    assert doctor.status == 0
    assert sum("ok  settings: " in line for line in doctor.lines) == 4


def test_editing_makes_the_file_opens_it_without_a_shell_and_looks_it_over(
    command: Command, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "text = path.read_text()\npath.write_text(text.replace('# still = false', 'still = 0'))"
    monkeypatch.setenv("VISUAL", editor(tmp_path, code))
    ran = command("config", "edit")
    assert ran.status == 1
    assert "still must be true or false" in ran.err
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", editor(tmp_path, "path.write_text('still = true')"))
    assert command("config", "edit").status == 0
    assert file.read_text(encoding="utf-8") == "still = true"


@pytest.mark.parametrize("told", ["/no/such/editor", "'unclosed", "false"])
def test_an_editor_that_cannot_be_run_is_told(
    command: Command, file: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("VISUAL", told)
    ran = command("config", "edit")
    assert ran.status in (2, 4)
    assert len(ran.err.splitlines()) == 1
    assert file.exists()


def test_the_library_of_the_settings_is_used_where_no_other_is_named(
    command: Command, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "mine.db")
    file.write_text(f"library = '{tmp_path / 'mine.db'}'\n", encoding="utf-8")
    assert "no library" in command("lists").err
    monkeypatch.delenv("READER_LIBRARY")
    assert command("search", "teapots").lines
    assert command("--library", str(tmp_path / "other.db"), "search", "teapots").lines == []


def test_what_keeps_the_settings_from_naming_a_library_is_told(
    command: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("READER_LIBRARY")
    file.write_text("library = \nstill = 3\n", encoding="utf-8")
    assert f"{file}, line 1: this is not TOML" in command("lists").err
    file.write_text("library = 3\nstill = 3\n", encoding="utf-8")
    told = command("lists").err
    assert "line 1: library must be text" in told
    assert "still" not in told


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_draw_is_told_so_in_one_line(
    command: Command, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("reader.cli.opening._is_terminal", lambda: True)
    for arguments in ([], ["demo"]):
        ran = command(*arguments)
        assert ran.status == 2
        assert len(ran.err.splitlines()) == 1
        assert f"TERM={term}" in ran.err
