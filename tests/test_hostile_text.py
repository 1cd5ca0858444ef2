"""Whatever a title, an abstract, a list or a file is called: it appears as text, and nothing of it acts.

One table of strings that markup, terminals, Markdown or the shell would act on, driven through every place of both
front ends that shows text of papers or users.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Paste

from app.conftest import Driven, make_session
from app.made_up import fill
from reader.app.modals import Question
from reader.app.reader_app import ReaderApp
from reader.cli import run
from reader.text import collapse, steady, visible

HOSTILE = {
    "a bracket first": "[Re] Attention",
    "half-open interval": "Sampling in [0, 1) with Diffusion",
    "closing tag": "a[/b]",
    "nested brackets": "v={'a[0]'}",
    "a tag that acts": "[@click=app.quit]x[/]",
    "braces": "{x}",
    "dollar": "$5",
    "angle brackets": "<b>",
    "CJK": "日本語",
    "emoji with joiners": "👩‍👩‍👧‍👦 and 👩🏽‍🔬",
    "combining marks": "e\u0301\u0302\u0323 z\u0310\u0311\u0312\u0313",
    "direction override": "abc \u202egnp.exe\u202c \u2066x\u2069",
    "colour sequence": "\x1b[31mred\x1b[0m",
    "title sequence": "\x1b]0;owned\x07 and \x9b2J",
    "NUL": "nul\x00nul",
    "carriage return": "first\rsecond",
    "a very long line": "long " + "x" * 9_990 + " end",
    "a heading": "# heading",
    "a list": "1. x",
    "code": "`x`",
    "a table": "a|b",
    "a line separator": "up\u2028down\x85next",
    "a backslash": "\\[bold]x\\",
}
FILE_NAMES = {name: text for name, text in HOSTILE.items() if "\x00" not in text} | {"bytes that are no text": "\udcff"}
"""No command line and no file system can hold NUL."""
PAPERS = [{"title": text, "abstract": f"{text} :: {name}"} for name, text in HOSTILE.items()]


def as_shown(text: str) -> str:
    return visible(collapse(text))


def is_safe(text: str) -> bool:
    """Whether no character of it but the line break acts on a terminal."""
    return all(visible(line) == line for line in text.split("\n"))


async def drive(tmp_path: Path, check: Callable[[Driven], object]) -> None:
    session = make_session(fill(tmp_path / "library.db", PAPERS), tmp_path / "exports")
    app = ReaderApp(session)
    try:
        async with app.run_test(size=(140, 40), notifications=True) as pilot:
            driven = Driven(app, pilot, session)
            await driven.answered()
            await check(driven)  # type: ignore[misc]
    finally:
        session.close()


async def test_titles_and_abstracts_appear_as_text_in_every_pane_status_and_toast(tmp_path: Path) -> None:
    async def check(reader: Driven) -> None:
        for place, (name, text) in enumerate(HOSTILE.items()):
            reader.papers.move_to(place)
            await reader.pilot.pause()
            shown = as_shown(text)
            drawn = steady(shown)
            assert drawn[:12] in reader.papers.render_line(place - reader.papers.top).text
            assert reader.sheet.startswith(drawn)
            assert f"{drawn} :: {name}" in reader.sheet
            reader.main.action_bookmark()
            await reader.answered()
            assert reader.status == f"bookmarked: {shown}"
            assert drawn[:12] in reader.bookmarks.render_line(place - reader.bookmarks.top).text or place > 5
            assert is_safe(reader.screen_text)
        for text in reversed(HOSTILE.values()):
            reader.main.action_undo()
            await reader.answered()
            assert reader.status == f"undone: bookmarked: {as_shown(text)}"
            assert is_safe(reader.screen_text)
            reader.main.say(text + "x" * 300, loud=True)
            await reader.until(lambda: reader.toasts)
            assert reader.toasts == [visible(text + "x" * 300)]
            assert is_safe(reader.screen_text)
        reader.main.action_redo()
        reader.main.action_export()
        await reader.answered()
        assert reader.status.startswith("1 paper written to ")

    await drive(tmp_path, check)


async def test_queries_and_pasted_text_are_only_text(tmp_path: Path) -> None:
    async def check(reader: Driven) -> None:
        for text in HOSTILE.values():
            reader.box.value = text
            await reader.answered()
            assert is_safe(reader.screen_text)
        reader.app.post_message(Paste("\n".join(HOSTILE.values())))
        await reader.until(lambda: isinstance(reader.app.screen, Question))
        assert is_safe(reader.screen_text)
        reader.app.screen.dismiss(True)
        await reader.until(lambda: reader.toasts)
        assert "pasted text" in reader.toasts[0]
        assert is_safe(reader.screen_text)

    await drive(tmp_path, check)


async def test_questions_and_border_titles_are_only_text(tmp_path: Path) -> None:
    async def check(reader: Driven) -> None:
        for text in HOSTILE.values():
            reader.app.push_screen(Question(text, text))
            await reader.until(lambda: isinstance(reader.app.screen, Question))
            assert as_shown(text)[:8] in visible(reader.screen_text.replace("\n", " "))
            assert is_safe(reader.screen_text)
            await reader.app.pop_screen()

    await drive(tmp_path, check)


class Output:
    """Runs commands in this process over one library."""

    def __init__(self, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.library = library
        self._capsys = capsys

    def __call__(self, *arguments: str, status: tuple[int, ...] = (0,)) -> str:
        """What a command printed on standard output; neither that nor standard error acts on a terminal."""
        self._capsys.readouterr()
        got = run(["--library", str(self.library), *arguments])
        out, err = self._capsys.readouterr()
        assert got in status, err
        assert is_safe(out)
        assert is_safe(err)
        assert "Traceback" not in err
        assert "this should not happen" not in err
        return out


@pytest.fixture
def output(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Output:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    monkeypatch.setenv("COLUMNS", "80")
    return Output(fill(tmp_path / "library.db", PAPERS), capsys)


def test_search_prints_titles_as_text_and_json_gives_them_back_whole(output: Output) -> None:
    lines = output("search", "--limit", "0").splitlines()
    assert [line[9:] for line in lines] == [as_shown(text) for text in HOSTILE.values()]
    objects = [json.loads(line) for line in output("search", "--json", "--limit", "0").splitlines()]
    assert [each["title"] for each in objects] == [collapse(text) for text in HOSTILE.values()]


def test_show_prints_every_paper_as_text(output: Output) -> None:
    for line in output("search", "--json", "--limit", "0").splitlines():
        paper = json.loads(line)
        sheet = " ".join(output("show", paper["key"]).split())
        assert visible(paper["title"]) in sheet
        assert visible(paper["abstract"]) in sheet
        assert json.loads(output("show", "--json", paper["key"]))["title"] == paper["title"]


def test_exports_of_every_kind_are_only_text(output: Output, tmp_path: Path) -> None:
    lines = output("export", "--all", "--format", "jsonl").splitlines()
    assert len([line for line in lines if not line.startswith('{"about"')]) == len(HOSTILE)
    output("export", "--all")
    output("export", "--all", "-o", str(tmp_path / "list.md"))
    assert is_safe((tmp_path / "list.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_queries_are_only_text(output: Output, text: str) -> None:
    output("search", "--", text, status=(0, 1))
    output("export", "--query", text, status=(0, 1))
    output("search", "--sort", text, status=(2,))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_names_of_lists_and_keys_are_only_text(output: Output, text: str) -> None:
    key = json.loads(output("search", "--json", "--limit", "1").splitlines()[0])["key"]
    output("show", "--", text, status=(1, 2))
    output("bookmark", "--list", text, "--", key, status=(0, 2))
    output("lists")
    names = [json.loads(line)["name"] for line in output("lists", "--json").splitlines()]
    if len(names) > 1:
        assert names[1] == collapse(text)
        assert as_shown(text) in output("show", key)
    output("export", "--list", text, status=(0, 1, 2))
    output("bookmark", "--remove", "--list", text, "--", key, status=(0, 1, 2))


@pytest.mark.parametrize("text", FILE_NAMES.values(), ids=FILE_NAMES)
def test_names_of_files_are_only_text(output: Output, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    path = folder / text[:80]
    output("import", "--", str(path), status=(3,))
    output("import", "--json", "--", str(path), status=(3,))
    output("export", "--all", "-o", str(path / "nowhere.md"), status=(4,))
    output("export", "--all", "-o", str(path), status=(0, 4))
    output("--library", str(path / "deeper" / "library.db"), "import", "-", status=(3, 4))
    output("import", "--page-date", text, "-", status=(2,))
    output("export", "--format", text, status=(2,))


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems refuse such names")
@pytest.mark.parametrize("text", FILE_NAMES.values(), ids=FILE_NAMES)
def test_files_of_such_names_can_be_imported_and_named_as_sources(output: Output, tmp_path: Path, text: str) -> None:
    path = tmp_path / (text[:80].replace("/", "∕") + ".jsonl")
    path.write_text('{"title": "Here", "abstract": "In such a file."}\n{"title": ""}\n')
    output("import", "--", os.fspath(path), status=(0, 1))
    key = json.loads(output("search", "--json", "such file").splitlines()[0])["key"]
    assert "Seen in" in output("show", key)
    output("export", "--query", "such file")
