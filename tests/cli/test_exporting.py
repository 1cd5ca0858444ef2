"""Exporting in every format, through a template, and what is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.made_up import PAPERS
from cli.conftest import Command
from reader.export.registry import FORMATS, NAMES

pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_to_standard_output_or_a_file(command: Command, tmp_path: Path, name: str) -> None:
    printed = command("export", "--all", "--format", name)
    assert (printed.status, printed.err) == (0, "")
    path = tmp_path / f"list{FORMATS[name].suffix}"
    assert command("export", "--all", "--format", name, "-o", str(path)).err == f"12 papers written to {path}\n"
    assert path.read_bytes().decode() == printed.out


@pytest.mark.parametrize("there", [True, False])
def test_a_path_that_ends_with_a_slash_is_a_folder(command: Command, tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "lists"
    if there:
        folder.mkdir()
    ran = command("export", "--all", "-o", f"{folder}/")
    assert ran.err == f"12 papers written to {folder / 'All papers.md'}\n"
    edited = (folder / "All papers.md").read_text().replace("- [ ]", "- [x]", 1)
    (folder / "All papers.md").write_text(edited)
    assert "keep" not in command("export", "--all", "-o", f"{folder}/").out
    assert [path.name for path in sorted(folder.iterdir())] == ["All papers.md", "All papers.md.bak"]


def test_the_help_names_every_format(command: Command) -> None:
    shown = " ".join(command("export", "--help").out.split())
    assert f"{', '.join(NAMES[:-1])} or {NAMES[-1]}. [default: markdown]" in shown


def test_a_template_is_rendered(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    path.write_text("{% for paper in papers %}\n* {{ paper.title }}\n{% endfor %}\n")
    ran = command("export", "--all", "--template", str(path))
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines == [f"* {paper['title']}" for paper in PAPERS]


@pytest.mark.parametrize(
    ("source", "words", "status"),
    [("{{ nothing }}", (), 2), ("{% for %}", (), 2), (None, (), 3), ("x", ("--format", "text"), 2)],
)
def test_a_template_that_is_wrong_is_one_line(
    command: Command, tmp_path: Path, source: str | None, words: tuple[str, ...], status: int
) -> None:
    path = tmp_path / "template.txt"
    if source is not None:
        path.write_text(source)
    ran = command("export", "--all", "--template", str(path), *words)
    assert (ran.status, ran.out, ran.err.count("\n")) == (status, "", 1)


@pytest.mark.parametrize("name", ["markdown", "html", "text"])
def test_a_digest_is_printed(command: Command, name: str) -> None:
    ran = command("digest", "--since", "2020-01-01", "--format", name)
    assert (ran.status, ran.err) == (0, "")
    assert "New since Jan 1, 2020" in ran.out
    assert ran.out.index("Do Clouds Have Edges?") < ran.out.index("Teapots That Listen")


def test_a_digest_of_nothing_prints_nothing_and_says_so(command: Command) -> None:
    ran = command("digest", "--since", "2020-01-01", "--query", "year:1066")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("Nothing is new since ")


@pytest.mark.parametrize(
    "words", [("--since", "soon"), ("--since", "9999-01-01"), ("--format", "pdf"), ("--limit", "-1")]
)
def test_wrong_usage_of_a_digest_is_one_line(command: Command, words: tuple[str, ...]) -> None:
    ran = command("digest", "--since", "2020-01-01", *words)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_a_template_may_calculate(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "sums.txt"
    path.write_text("{{ 6 * 7 }} {{ 2 ** 3 }} {{ 'ab' * 2 }}\n")
    assert command("export", "--all", "--template", str(path)).lines == ["42 8 abab"]


def test_papers_like_one_are_a_filter(command: Command) -> None:
    key = str(command("search", "--json", "harmonic").objects[0]["key"])
    found = command("search", "--json", f"related:{key}")
    assert found.status == 0
    assert key not in {each["key"] for each in found.objects}


def test_a_table_is_written_again_where_nobody_changed_it(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    for _ in range(2):
        assert command("export", "--all", "--format", "csv", "-o", str(path)).status == 0
    path.write_text("mine")
    assert command("export", "--all", "--format", "csv", "-o", str(path)).status == 4
    assert path.read_text() == "mine"
