"""Every way in and every way out beside the app, driven with the table of `hostile.py`.

A format, a command or an export is tried by being in its registry: where one is added without being listed here, a test
says so.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from app.made_up import NOW, fill
from export.kept import kept
from formats.samples import samples
from fuzzing import survives
from hostile import ADDRESSES, HOSTILE, NAMES, as_shown, is_safe
from reader import library
from reader.addresses import is_web_address
from reader.cli import COMMANDS, run
from reader.desktop import Desktop
from reader.export import digest, template
from reader.export.registry import FORMATS as EXPORTS
from reader.formats.detection import FORMATS
from reader.formats.reading import Rejected
from reader.paper import Paper, PartialDate, StoredPaper
from reader.store import Store
from reader.text import collapse, is_name, visible

IN_JSON = "--json"
KEY = "\0key"
"""Stands in a command line for the key of a paper."""
TEXT = "\0text"
"""Stands there for the hostile text."""
FILE = "\0file"
"""Stands there for a file of such a name."""

Line = tuple[str, ...]
DOORS: dict[str, tuple[Line, ...]] = {
    "backup": (("-o", FILE), (TEXT,)),
    "bookmark": (("--list", TEXT, "--", KEY), ("--", TEXT), ("--query", TEXT, IN_JSON), ("--remove", KEY)),
    "completion": ((TEXT,),),
    "config": (("show",), ("path",), ("edit",), (TEXT,)),
    "demo": (("--library", TEXT),),
    "digest": (
        ("--since", TEXT), ("--since", "1w", "--query", TEXT),
        *(("--since", "1w", "--format", name) for name in digest.FORMATS),
    ),
    "dismiss": (("--", TEXT), ("--query", TEXT, IN_JSON)),
    "doctor": ((), (IN_JSON,)),
    "export": (
        ("--list", TEXT), ("--query", TEXT), ("--format", TEXT), ("--template", FILE), ("--all", "-o", FILE),
        ("--all", "-o", FILE + "/nowhere/x.md"), ("--", TEXT),
    ),
    "import": (("--", FILE), (IN_JSON, "--", FILE), ("--page-date", TEXT, "-"), ("--from", TEXT, "-")),
    "lists": ((), (IN_JSON,), ("new", "--", TEXT), ("rename", "--", TEXT, TEXT), ("delete", "--", TEXT)),
    "man": (("--", TEXT),),
    "mark": (("--", TEXT), ("--query", TEXT, IN_JSON)),
    "merge": (("--", KEY, TEXT),),
    "note": (("--", KEY, TEXT), ("--", TEXT, TEXT), ("--query", TEXT, "--", TEXT)),
    "redo": ((),),
    "rejected": ((), (IN_JSON,)),
    "related": (("--", TEXT), (IN_JSON, KEY)),
    "remove": (("--", TEXT),),
    "restore": (("--", FILE), ("--", TEXT)),
    "search": (("--", TEXT), (IN_JSON, "--", TEXT), ("--sort", TEXT), ("--limit", TEXT), ("--limit", "0"),
               ("--limit", "0", IN_JSON), ("--", "@" + TEXT), ("--", "tag:" + TEXT), ("--", "list:" + TEXT)),
    "searches": (("save", "--", TEXT, TEXT), (), (IN_JSON,), ("rename", "--", TEXT, TEXT), ("forget", "--", TEXT)),
    "show": (("--", TEXT), (KEY,), (IN_JSON, KEY)),
    "sources": ((), (IN_JSON,), ("remove", "--", TEXT)),
    "split": (("--", TEXT),),
    "stats": ((), (IN_JSON,)),
    "sync": (("--", FILE), ("--list", TEXT, FILE)),
    "tag": (("--", TEXT, KEY), ("--", TEXT, TEXT)),
    "tags": ((), (IN_JSON,)),
    "undo": ((),),
}  # fmt: skip
"""What is typed after each command."""


class Output:
    """Runs commands in this process over one library, whose file has a hostile name of its own among its sources."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str) -> str:
        """What a command printed on standard output; neither that nor standard error acts on a terminal."""
        self._capsys.readouterr()
        status = run(["--library", str(self.folder / "library.db"), *arguments])
        out, err = self._capsys.readouterr()
        assert status in range(5), err
        assert is_safe(out.replace("\t", "")), arguments
        assert is_safe(err), arguments
        assert "Traceback" not in err
        assert "this should not happen" not in err
        if IN_JSON in arguments:
            assert all(line.isascii() and line.isprintable() and json.loads(line) for line in out.splitlines())
        return out


@pytest.fixture
def output(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Output:
    papers = [{"title": text, "abstract": f"{text} :: {name}"} for name, text in HOSTILE.items()]
    fill(tmp_path / "library.db", papers, name="some \x1b[31m\x7f\u202e[/b].jsonl")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("READER_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.chdir(tmp_path)
    return Output(tmp_path, capsys)


def as_toml(text: str) -> str:
    plain = text.encode(errors="replace").decode()
    return f'"{"".join(f"{chr(92)}U{ord(each):08x}" for each in plain)}"'


def test_every_command_is_listed() -> None:
    assert set(DOORS) == set(COMMANDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_takes_and_prints_hostile_text_as_text(output: Output, name: str) -> None:
    text = NAMES[name]
    settings = f"theme = {as_toml(text)}\nlibrary = {as_toml(text)}\n"
    (output.folder / "settings.toml").write_text(settings)
    key = json.loads(output("search", "--json", "--limit", "1"))["key"]
    file = str(output.folder / (text[:80].replace("/", "∕") + ".jsonl"))
    if sys.platform == "linux":  # other file systems refuse such names
        Path(file).write_text('{"title": "In such a file", "abstract": "It is here."}\n{"title": ""}\n')
    for command, lines in DOORS.items():
        for line in lines:
            words = [word.replace(TEXT, text).replace(FILE, file).replace(KEY, key) for word in line]
            output(command, *words)
    assert not list(output.folder.rglob("owned"))


def test_search_and_show_give_titles_as_text_and_json_gives_them_back_whole(output: Output) -> None:
    lines = output("search", "--limit", "0").splitlines()
    assert [line[9:] for line in lines] == [as_shown(text) for text in HOSTILE.values()]
    papers = [json.loads(line) for line in output("search", "--json", "--limit", "0").splitlines()]
    assert [each["title"] for each in papers] == [collapse(text) for text in HOSTILE.values()]
    for paper in papers:
        sheet = " ".join(output("show", paper["key"]).split())
        assert visible(paper["title"]) in sheet
        assert visible(paper["abstract"]) in sheet


def test_settings_of_hostile_text_are_printed_as_settings_that_read_the_same(output: Output) -> None:
    import tomllib

    for text in HOSTILE.values():
        (output.folder / "settings.toml").write_text(f"library = {as_toml(text)}\n")
        assert tomllib.loads(output("config", "show").partition("[keys]")[0])["library"] == text


# formats in, exports out


def bent() -> Iterator[tuple[str, str, str]]:
    """Each sample with the first long word of it that stands in a title replaced: the sample, the word, the text."""
    for _, sample in samples():
        found = survives(sample.encode())
        paper = next((each for each in found if isinstance(each, Paper)), None)
        title = "Teapots That Listen" if paper is None else paper.title
        word = max(re.findall(r"\w+", title), key=len)
        for text in HOSTILE.values():
            yield sample, word, text


def kind_of(sample: str) -> str:
    from reader.errors import ReaderError
    from reader.formats.detection import read

    try:
        return read(io.BytesIO(sample.encode()), name="a sample").kind
    except ReaderError as error:
        return "feed" if "is a feed" in str(error) else ""


def test_every_format_has_a_sample() -> None:
    assert {each.kind for each in FORMATS} <= {kind_of(sample) for _, sample in samples()}


def test_every_format_takes_hostile_text_as_text() -> None:
    """Raw, so that it may break the file: then that is said; whatever comes of it is shown harmlessly."""
    for sample, word, text in bent():
        for record in survives(sample.replace(word, text).encode(errors="replace")):
            if isinstance(record, Rejected):
                assert is_safe(record.reason), record


def hostile_papers() -> list[StoredPaper]:
    addresses = itertools.cycle(ADDRESSES)
    found = []
    for number, (name, text) in enumerate(HOSTILE.items()):
        line = collapse(text)
        paper = Paper(
            title=line, abstract=f"{line} :: {name}", authors=(line, f"Ada {line}"), url=next(addresses), doi=line,
            links=(next(addresses),), organization=line, categories=(line,), keywords=(line,),
        )  # fmt: skip
        found.append(kept(paper, f"{number:a>16}", lists=(line[:90],), tags=(line[:90],), note=text))
    return found


TITLE = "\n".join(HOSTILE.values())
SINCE = PartialDate(2026, 1, 1)
WRITTEN: dict[str, Callable[[list[StoredPaper]], Iterator[str]]] = {
    **{name: lambda papers, name=name: EXPORTS[name].render(papers, title=TITLE) for name in EXPORTS},  # type: ignore[misc]
    **{
        f"digest as {name}": lambda papers, made=made: made(  # type: ignore[misc]
            digest.Digest(SINCE, TITLE, (digest.Group(SINCE, TITLE, 99, tuple(papers)),), (TITLE,))
        )
        for name, made in digest.FORMATS.items()
    },
    "template": lambda papers: template.compile_template(
        "{% for p in papers %}{{ p.title }}\n{{ p.abstract }}\n{{ p.note }}\n{% endfor %}", name="list.txt"
    ).render(papers, title=TITLE),
    "template of HTML": lambda papers: template.compile_template(
        "{% for p in papers %}<p title='{{ p.title }}'>{{ p.abstract }}</p>\n{% endfor %}", name="list.html"
    ).render(papers, title=TITLE),
}
"""Every text that is made of papers for a file."""


@pytest.mark.parametrize("name", WRITTEN)
def test_whatever_is_written_of_papers_is_only_text(name: str) -> None:
    written = "".join(WRITTEN[name](hostile_papers()))
    assert is_safe(written.removeprefix("\ufeff").replace("\r\n", "\n").replace("\t", " "))


class Links(HTMLParser):
    """What a page of HTML leads to and runs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


def as_page(name: str, written: str) -> str:
    return MarkdownIt("gfm-like").render(written) if "markdown" in name else written


@pytest.mark.parametrize("name", ["markdown", "html", "digest as markdown", "digest as html", "template of HTML"])
def test_no_page_made_of_papers_runs_or_opens_anything_but_web_addresses(name: str) -> None:
    page = Links(as_page(name, "".join(WRITTEN[name](hostile_papers()))))
    assert page.tags.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "base"})
    assert not {each for each in page.attributes if each.startswith("on")}
    bad = [each for each in page.targets if not (each.startswith(("#", "mailto:")) or is_web_address(each))]
    assert bad == []


def test_no_cell_of_a_table_is_a_formula() -> None:
    written = "".join(WRITTEN["csv"](hostile_papers()))
    for row in csv.reader(io.StringIO(written.removeprefix("\ufeff"))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_notes_of_a_vault_stay_in_its_folder_under_harmless_names(tmp_path: Path) -> None:
    path = fill(tmp_path / "library.db", [{"title": text, "abstract": name} for name, text in HOSTILE.items()])
    with Store.open(path) as store:
        papers = store.papers.ids().tolist()
        for name in filter(is_name, (as_shown(text)[:90] for text in HOSTILE.values())):
            library.keep(store, [papers.pop()], list_name=name, now=NOW, origin="test")
            selection = library.export(store, list_name=name).selection
            assert selection is not None
            library.export_to_vault(selection, tmp_path / "vault")
    assert [each.name for each in tmp_path.iterdir() if "library.db" not in each.name] == ["vault"]
    for each in (tmp_path / "vault").rglob("*"):
        assert is_safe(each.name)
        assert each.is_dir() or is_safe(each.read_text(encoding="utf-8"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_web_address_is_never_opened(address: str, tmp_path: Path) -> None:
    told = tmp_path / "told"
    desktop = Desktop(opener=(sys.executable, "-c", f"open({str(told)!r}, 'w')"))
    assert not is_web_address(address)
    assert not desktop.open(address)
    assert not told.exists()


def test_what_a_shell_would_act_on_is_encoded_in_an_address_that_is_opened(tmp_path: Path) -> None:
    told = tmp_path / "told"
    write = f"import sys; open({str(told)!r}, 'w').write(sys.argv[1])"
    assert Desktop(opener=(sys.executable, "-c", write)).open("https://x.org/$(a)`b`'c\"|d;e?f=1&g#h")
    assert told.read_text() == "https://x.org/%24(a)%60b%60%27c%22%7Cd;e?f=1&g#h"
