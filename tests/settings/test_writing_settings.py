"""Writing one setting into a file that is the user's, and the file that `reader config edit` begins with."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.settings import DEFAULTS, declared
from reader.settings.reading import read
from reader.settings.writing import begin, keep

MINE = """\
# what I like
still = true   # no motion

theme = "nord"
[keys]  # as in my editor
bookmark = [
  "b",   # as before
  "f2",
]
"""


def test_a_choice_changes_its_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(MINE, encoding="utf-8")
    keep(path, "theme", "reader-paper")
    assert path.read_text(encoding="utf-8") == MINE.replace('"nord"', '"reader-paper"')


def test_a_choice_that_was_not_in_the_file_stands_before_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(MINE.replace('theme = "nord"\n', ""), encoding="utf-8")
    keep(path, "theme", 'a "quoted" \\ name')
    found = read(path)
    assert not found.problems
    assert found.settings == replace(DEFAULTS, still=True, theme='a "quoted" \\ name', keys={"bookmark": ("b", "f2")})
    assert "# no motion" in path.read_text(encoding="utf-8")


def test_a_file_is_made_where_there_is_none_and_a_link_stays_one(tmp_path: Path) -> None:
    made = tmp_path / "folder" / "settings.toml"
    keep(made, "advance", True)
    assert made.read_text(encoding="utf-8") == "advance = true\n"
    link = tmp_path / "link.toml"
    link.symlink_to(made)
    keep(link, "dwell_seconds", 1.5)
    assert link.is_symlink()
    assert read(made).settings == replace(DEFAULTS, advance=True, dwell_seconds=1.5)


@pytest.mark.parametrize("content", [b"theme = \n", b"theme = '\xff'\n"])
def test_a_file_that_is_no_toml_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="stays as it is"):
        keep(path, "theme", "nord")
    assert path.read_bytes() == content


def test_the_file_to_begin_with_sets_nothing_and_every_line_of_it_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    begin(path, {"bookmark": ("b",), "search": ("/",), "split": ()})
    assert read(path).settings == DEFAULTS
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(line[2:] if line.startswith("# ") and " = " in line else line for line in lines), encoding="utf-8"
    )
    found = read(path)
    assert not found.problems
    assert found.settings == replace(DEFAULTS, keys={"bookmark": ("b",), "search": ("/",), "split": ()})
    assert found.lines.keys() >= {setting.name for setting in declared()}
    begin(path, {})
    assert "bookmark" in path.read_text(encoding="utf-8")


def test_reading_loads_nothing_where_there_is_no_file_and_never_what_writes() -> None:
    script = (
        "import sys; from pathlib import Path; from reader.settings.reading import read; read(Path('/nowhere'));"
        "print(*sorted({'tomllib', 'tomlkit', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
