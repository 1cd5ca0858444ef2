"""What is fuzzed, each by a name, over samples it reads well: tests try each a little, a bench for hours."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.made_up import NOW, fill
from export import made_lists
from export.kept import FULL, kept
from formats.samples import samples
from fuzzing import mutated, mutated_bytes, survives
from reader import library
from reader.errors import ReaderError
from reader.export.template import compile_template
from reader.formats.detection import names
from reader.mathematics import readable
from reader.settings.reading import read as read_settings
from reader.store import Store

QUERIES = (
    'title:"tea pots" -clouds or (author:ada year:2019..2022)',
    'is:unread has:code sort:date @ring list:"to read" tag:todo',
    "related:teapots arxiv:2512.00001 10.1000/x -(a or b) @self",
)
MATHEMATICS = r"On $O(n^{2})$, $x_i < \alpha$, \frac{a}{b} \left( \begin{matrix}a\end{matrix} \mathbb{R}^d G\"odel"
SETTINGS = 'theme = "nord"\nadvance = true\ndwell_seconds = 2\n[keys]\nbookmark = ["b", "f2"]\nremove = []\n'
TEMPLATE = "{% for p in papers %}{{ p.title | upper }} {{ p.authors[0] if p.authors else title }}\n{% endfor %}"


@dataclass(frozen=True)
class Target:
    """Something that takes what others wrote.

    Attributes:
        samples: texts it reads well.
        take: takes one, and raises nothing but what says in words what is wrong with it.
    """

    samples: tuple[str, ...]
    take: Callable[[bytes], object]

    def try_once(self, chance: random.Random) -> bytes:
        """Let it take a sample bent at random; gives what it was."""
        text = mutated(chance.choice(self.samples), chance)
        content = text.encode(errors="replace")
        if chance.random() < 0.2:
            content = mutated_bytes(content, chance)
        self.take(content)
        return content


def targets(folder: Path) -> Mapping[str, Target]:
    """Every target, with a library of its own in that folder."""
    store = _library(folder / "library.db")
    chosen, listed = random.Random(1), folder / "list.md"
    library.export_to_file(library.export(store), listed)
    pages = tuple(text for _, text in samples())
    return {
        "formats": Target(pages, survives),
        "a format by name": Target(pages, lambda content: survives(content, form=chosen.choice(names()))),
        "queries": Target(QUERIES, lambda content: list(library.search_stages(store, _text(content)))),
        "reading lists, merged": Target(
            (made_lists.written(),), lambda content: made_lists.written_again(_text(content))
        ),
        "reading lists, synchronised": Target(
            (listed.read_text(encoding="utf-8"),), lambda content: _synchronise(store, listed, content)
        ),
        "mathematics": Target((MATHEMATICS,), lambda content: readable(_text(content))),
        "settings": Target((SETTINGS,), lambda content: _read_settings(folder / "settings.toml", content)),
        "templates": Target((TEMPLATE,), _render),
    }


def _library(path: Path) -> Store:
    store = Store.open(fill(path))
    papers = store.papers.ids().tolist()
    library.keep(store, papers[:4], now=NOW, origin="test")
    library.tag(store, papers[:2], "todo", now=NOW, origin="test")
    for name, query in (("ring", "@self or teapot"), ("self", "@ring -clouds")):
        library.save_search(store, name, query, now=NOW, origin="test")
    return store


def _text(content: bytes) -> str:
    return content.decode(errors="replace")


def _synchronise(store: Store, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with contextlib.suppress(ReaderError):
        library.sync(store, path, now=NOW, origin="test")


def _read_settings(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    read_settings(path)


def _render(content: bytes) -> None:
    with contextlib.suppress(ReaderError):
        for _ in compile_template(_text(content), name="list.txt").render([kept(FULL)], title="x"):
            pass
