"""Every command line that the README and the documentation show is run, each in a folder and a library of its own.

Fenced blocks (`sh`, `crontab`) are run from top to bottom; inline code that begins with `reader` is run with sample
values for its placeholders. What installs or opens the app is named below, and nothing else is passed over.
"""

from __future__ import annotations

import io
import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.app.commands import COMMANDS as KEYS
from reader.cli import COMMANDS, run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

INSTALLS = ("python3 -m venv ", ".venv/bin/pip install ", "pip install ")
OPENS = ("reader", "reader demo")

FENCED = re.compile(r"^```(sh|crontab)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`(reader(?:\s[^`]*)?)`(?!`)")
SCHEDULE = re.compile(r"(?:\S+\s+){5}")
MENTION = re.compile(r"reader(?: [a-z]+)+(?: --[a-z]+)*")
"""A command that is only named, without what it needs; then its help must be there."""

ACTS_IN_A_SHELL = re.compile(r"[|<>&;$~]")

PLACEHOLDERS = {
    "A": "2512.00001", "B": "10.1000/june", "COMMAND": "search", "FILE": "list.md", "KEY": "2512.00001",
    "KEY…": "2512.00001 2512.00002",
    "N": "1", "NAME": "later", "PATH": "page.txt", "PATH…": "page.txt", "Q": "kernel", "QUERY": "kernel",
    "SHELL": "bash", "TAG": "todo", "TEXT": "'A note.'", "WORDS…": "kernel methods",
}  # fmt: skip
BEFORE = {
    "reader redo": "reader undo",
    "reader split KEY": "reader merge A B",
    "reader restore": "reader backup",
}
"""What must be done first, so that there is something to do."""

PAPERS = (
    {"title": "Neural Tangent Kernels of Teapots", "abstract": "A phrase on kernel methods.", "arxiv_id": "2512.00001"},
    {"title": "Attention to Diffusion", "abstract": "On networks.", "published": "2021-05", "url": "https://x.org/1",
     "categories": ["cs.CL"], "links": ["https://github.com/x/y"], "arxiv_id": "2512.00002"},
    {"title": "Kernel Machines in June", "doi": "10.1000/june", "abstract": "Attention is not all.",
     "published": "2024-06-02"},
    {"title": "A Survey of Old Attention", "published": "2016", "abstract": "We survey neural attention."},
    {"title": "BERT", "published": "2018-10-11", "arxiv_id": "1810.04805"},
)  # fmt: skip
SAMPLE = (ROOT / "assets" / "sample-library.jsonl").read_text(encoding="utf-8").splitlines()
LINES = "".join(f"{line}\n" for line in [*map(json.dumps, PAPERS), *(line for line in SAMPLE if "1706.03762" in line)])
BIB = "@misc{kettles, title = {On Kettles}, author = {Soup, Ada}, year = 2020}\n"
SNAPSHOT = json.dumps({
    "id": "2512.00009", "title": "Old Kettles", "authors": "A. Soup", "abstract": "  Of kettles.",
    "categories": "cs.CL", "versions": [{"version": "v1", "created": "Mon, 1 Dec 2025 10:00:00 GMT"}],
    "update_date": "2025-12-02", "submitter": "A", "comments": None, "journal-ref": None, "doi": None,
    "report-no": None, "license": None,
    "authors_parsed": [["Soup", "A.", ""]],
}) + "\n"  # fmt: skip
FILES = {
    "page.txt": LINES,
    "references.bib": BIB,
    "arxiv-metadata-oai-snapshot.json": SNAPSHOT,
    "parts/arxiv-old": SNAPSHOT,
    "home/pages/page.txt": LINES,
}


def commands_in(block: str, language: str) -> list[str]:
    lines = [line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")]
    return [SCHEDULE.sub("", line, count=1) for line in lines] if language == "crontab" else lines


def blocks() -> Iterator[object]:
    for page in PAGES:
        for number, match in enumerate(FENCED.finditer(page.read_text(encoding="utf-8")), start=1):
            yield pytest.param(commands_in(match[2], match[1]), id=f"{page.name}-{number}")


def inline_commands() -> list[str]:
    found = [
        " ".join(match[1].split()) for page in PAGES for match in INLINE.finditer(page.read_text(encoding="utf-8"))
    ]
    return [command for command in dict.fromkeys(found) if command not in OPENS]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with something of everything."""
    folder = tmp_path_factory.mktemp("filled")
    path = folder / "library.db"
    (folder / "june.jsonl").write_text(LINES, encoding="utf-8")
    for words in (
        ("import", str(folder / "june.jsonl")), ("searches", "save", "ml", "neural"),
        ("bookmark", "--list", "to read", "2512.00001"), ("bookmark", "2512.00002"), ("tag", "todo", "2512.00001"),
        ("tag", "diffusion", "2512.00002"),
        ("note", "2512.00001", "A note."), ("mark", "2512.00002"), ("export", "-o", str(folder / "list.md")),
    ):  # fmt: skip
        assert run(["--library", str(path), *words]) == 0
    return path


@pytest.fixture
def shell(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """Runs a line, in this process where it needs no shell; gives its exit status."""
    for path in (filled, filled.with_name("list.md")):
        shutil.copy(path, tmp_path)
    (tmp_path / "folder").mkdir()
    shutil.copytree(ROOT / "docs" / "templates", tmp_path / "templates")
    stand_in(tmp_path / "bin" / "reader", f'exec "{sys.executable}" -m reader "$@"')
    stand_in(tmp_path / "bin" / "mail", "cat")
    if shutil.which("pandoc") is None:
        stand_in(tmp_path / "bin" / "pandoc", "cat")
    for name, value in {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path / "home"),
        "EDITOR": "true", "VISUAL": "true",
        "READER_LIBRARY": str(tmp_path / "library.db"), "PYTHONPATH": str(ROOT), "PAGER": "cat", "COLUMNS": "80",
        "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def call(line: str) -> int:
        if ACTS_IN_A_SHELL.search(re.sub(r"'[^']*'|\"[^\"$]*\"", "", line)) or not line.startswith("reader"):
            done = subprocess.run(
                ["bash", "-c", f"set -o pipefail; {line}"], input=LINES.encode(), timeout=60, check=False
            )
            return done.returncode
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES.encode()), encoding="utf-8"))
        return run(shlex.split(line, comments=True)[1:])

    return call


def stand_in(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def make_files(lines: list[str], folder: Path) -> None:
    """The files that the lines read, but for those they write themselves."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not any(f"-o {name}" in line for line in lines):
            path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("lines", blocks())
def test_a_block_of_commands_runs(
    lines: list[str], shell: Callable[[str], int], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make_files(lines, tmp_path)
    for line in lines:
        bare = line.partition(" #")[0].strip()
        if bare.startswith(INSTALLS) or bare in OPENS:
            continue
        assert shell(line) == 0, f"{line}\n{capfd.readouterr().err}"


@pytest.mark.parametrize("command", inline_commands())
def test_a_command_within_the_text_runs(
    command: str, shell: Callable[[str], int], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make_files([command], tmp_path)
    if command in BEFORE:
        assert shell(with_values(BEFORE[command])) == 0
    status, said = shell(with_values(command)), capfd.readouterr().err
    if ("Missing argument" in said or "Usage: " in said) and MENTION.fullmatch(command):
        status = shell(f"{command} --help")
    assert status == 0, f"{command}\n{said}"


def with_values(command: str) -> str:
    """A command with sample values; where a placeholder stands twice, the second is another paper."""
    words = [PLACEHOLDERS.get(word, word) for word in command.split(" ")]
    if words.count(PLACEHOLDERS["KEY"]) == 2:
        words[-1] = PLACEHOLDERS["B"]
    return " ".join(words)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_or_the_documentation(name: str) -> None:
    assert [page.name for page in PAGES if f"`reader {name}" in page.read_text(encoding="utf-8")] != []


def test_every_key_is_on_the_page_of_keys_and_both_tables_are_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_keys.py"))
    text = made["PAGE"].read_text(encoding="utf-8")
    assert text == made["page"](), "run docs/make_keys.py"
    readme = made["README"].read_text(encoding="utf-8")
    assert readme == made["readme"](readme), "run docs/make_keys.py"
    assert [key for command in KEYS for key in command.keys_shown if f"`{key}`" not in text] == []
