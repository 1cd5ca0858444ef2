"""Reading a file of settings: what can be used is used, and the rest is named with its line."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.settings import DEFAULTS, Settings, declared
from reader.settings.reading import LARGEST, Read, read


def reading(folder: Path, text: str | bytes) -> Read:
    path = folder / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def told(found: Read) -> list[tuple[int, str]]:
    return [(problem.line, problem.words) for problem in found.problems]


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert read(tmp_path / "none.toml") == Read(DEFAULTS)


def test_what_is_set_holds(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        'theme = "nord"\nadvance = true\ndwell_seconds = 2\nambiguous_width = 2\nsort = "date"\n'
        '[keys]\nbookmark = ["b", "f2"]\nsort = "o"\nremove = []\n',
    )
    assert not found.problems
    assert found.settings == replace(
        DEFAULTS, theme="nord", advance=True, dwell_seconds=2.0, ambiguous_width=2, sort="date",
        keys={"bookmark": ("b", "f2"), "sort": ("o",), "remove": ()},
    )  # fmt: skip
    assert isinstance(found.settings.dwell_seconds, float)


def test_what_cannot_be_used_is_named_with_its_line_and_the_rest_holds(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "\ufeff# mine\n\nthme = 1\nstill = 'yes'\nambiguous_width = 3\nadvance = true\ndwell_seconds = -1\n"
        "mouse = 1\n\n[keys]\nbookmark = 3\nundo = 'z'\n\n[colours]\ntext = 'red'\n",
    )
    assert told(found) == [
        (3, "there is no setting “thme”; did you mean theme?"),
        (4, "still must be true or false; it is false for now"),
        (5, "ambiguous_width must be one of 1, 2; it is 1 for now"),
        (7, "dwell_seconds must be a number from 0 to 3600; it is 0 for now"),
        (8, "mouse must be true or false; it is true for now"),
        (11, "the keys of bookmark must be a text or a list of texts; they are as they were"),
        (14, "there is no setting “colours”"),
    ]
    assert found.settings == replace(DEFAULTS, advance=True, keys={"undo": ("z",)})
    assert found.problems[0].in_file("settings.toml").startswith("settings.toml, line 3: there is")


@pytest.mark.parametrize(
    ("text", "line", "held"),
    [
        ("still = true\nadvance = \nsort = 'date'\n", 2, {"still": True, "sort": "date"}),
        ("still = true\n\n[keys\nbookmark = 'x'\ntheme = 'nord'\n", 3, {"still": True}),
        ("still = true\nstill = false\n", 2, {"still": True}),
        ("still = true\ntheme = '''", 2, {"still": True}),
        ("still = true\n\ntheme = 'nord\nadvance = true\n\n", 3, {"still": True, "advance": True}),
        ("theme = 'nord\nadvance = true\n", 1, {"advance": True}),
        ("[keys]\nbookmark = [\n'a',\n'b'\n\nundo = 'z'\n", 2, {"keys": {"undo": ("z",)}}),
        (b"still = true\ntheme = '\xff'\n", 2, {}),
        ("keys = 1\n", 1, {}),
        ("still = false\ndwell_seconds = 1" + "0" * 400, 2, {}),
        (
            "still = true\ndwell_seconds = 1" + "0" * 5_000 + "\nsecond_line = true\n",
            2,
            {"still": True, "second_line": True},
        ),
    ],
)
def test_what_is_broken_is_named_with_its_line_and_the_rest_holds(
    tmp_path: Path, text: str | bytes, line: int, held: dict[str, Any]
) -> None:
    found = reading(tmp_path, text)
    assert [problem.line for problem in found.problems] == [line]
    assert found.settings == replace(DEFAULTS, **held)


def test_lines_are_told_as_they_are_in_the_file_also_below_what_is_broken(tmp_path: Path) -> None:
    found = reading(tmp_path, "[keys]\nbookmark = [\n'a'\n\nundo = 3\n= 5\n[theme]\n")
    assert [line for line, _ in told(found)] == [2, 5, 6, 7]


def test_what_is_mostly_no_toml_sets_nothing(tmp_path: Path) -> None:
    found = reading(tmp_path, "still = true\n" + "x = \n" * 6)
    assert found.settings == DEFAULTS
    assert [words.rpartition("; ")[2] for _, words in told(found)] == ["every setting has its default"]


def test_keys_may_be_set_without_a_table(tmp_path: Path) -> None:
    found = reading(tmp_path, "keys.bookmark = 'x'\nkeys.nothing = 1\n")
    assert found.settings.keys == {"bookmark": ("x",)}
    assert [problem.line for problem in found.problems] == [2]


def test_what_is_no_file_of_settings_is_told(tmp_path: Path) -> None:
    (told_of_folder,) = read(tmp_path).problems
    assert told_of_folder.words.startswith("it cannot be read: ")
    assert "too large" in reading(tmp_path, "#" * (LARGEST + 1)).problems[0].words
    assert read(tmp_path / "a\0b").problems


def test_every_setting_is_declared_with_what_a_user_needs_to_know() -> None:
    assert [setting.name for setting in declared()] == [each.name for each in fields(Settings) if each.name != "keys"]
    for setting in declared():
        assert setting.accepts(setting.default), setting.name
        assert setting.about.endswith("."), setting.name
        assert setting.kind


@given(st.text())
def test_nothing_that_a_file_holds_raises(text: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        assert isinstance(reading(Path(folder), text.encode(errors="surrogatepass")).settings, Settings)
