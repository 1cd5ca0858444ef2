"""`docs/settings.md` is made from what the program declares."""

from __future__ import annotations

import runpy
from pathlib import Path

from reader.app.keymap import keymap
from reader.settings.reading import read

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_what_its_script_writes() -> None:
    made = runpy.run_path(str(DOCS / "make_settings.py"))["page"]()
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == made


def test_the_example_of_the_page_holds(tmp_path: Path) -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    (tmp_path / "example.toml").write_text(text.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    found = read(tmp_path / "example.toml")
    assert not found.problems
    assert found.settings.keys
    assert not keymap(found.settings.keys, found.lines).problems
