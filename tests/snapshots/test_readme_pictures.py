"""The README's pictures are what the script draws now: run `python assets/make_pictures.py` where they are not."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, imported as it is run: from its own folder."""
    monkeypatch.syspath_prepend(str(ASSETS))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("NO_COLOR", raising=False)
    spec = importlib.util.spec_from_file_location("make_pictures", ASSETS / "make_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "make_pictures", module)
    spec.loader.exec_module(module)
    return module


async def test_the_pictures_are_true(scripts: ModuleType) -> None:
    for picture in scripts.PICTURES:
        if len(picture.steps) == 1:  # the moving one is drawn in the same way, for longer
            drawn = await scripts.draw(picture)
            assert drawn == (ASSETS / picture.name).read_text(encoding="utf-8"), picture.name


def test_the_moving_picture_shows_each_step_once_and_the_last_where_nothing_moves(scripts: ModuleType) -> None:
    (moving,) = (picture for picture in scripts.PICTURES if len(picture.steps) > 1)
    svg = (ASSETS / moving.name).read_text(encoding="utf-8")
    ElementTree.fromstring(svg)  # it is well-formed
    still = set(re.findall(r"^\.(m\d+) { visibility: visible; }", svg, re.MULTILINE))
    moved = set(re.findall(r"^@keyframes (m\d+) ", svg, re.MULTILINE))
    shown = [group for group in re.findall(r'<g class="(m\d+)">(.*?)</g>', svg, re.DOTALL) if group[0] in still]
    text = " ".join("".join(inside for _, inside in shown).replace("&#160;", " ").split())
    assert still < moved
    assert "2 papers written to ~/Documents/reader/Bookmarks.md" in text
    assert moving.steps[-1].title in text
    assert moving.steps[0].title not in re.findall(r'class="title"[^>]*>([^<]*)<', text)
    titles = {step.title for step in moving.steps}
    assert titles == set(re.findall(r'class="title"[^>]*>([^<]*)<', svg.replace("&#160;", " ")))


def test_no_picture_holds_a_path_of_the_machine_that_drew_it() -> None:
    for path in ASSETS.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ("/tmp", "/home", "/root", "/work", "/Users") if word in text], path.name
