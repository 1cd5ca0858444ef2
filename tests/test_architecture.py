"""The page about the architecture says what is so: its arrows are the rule, and the modules that it names are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_the_arrows_are_the_layers_that_are_held() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    [layers] = [rule["layers"] for rule in rules if rule["type"] == "layers"]
    drawn = PAGE.split("```")[1].split("→")
    assert [set(part.split()) for part in reversed(drawn)] == [
        {name.removeprefix("reader.") for name in re.split(r" [:|] ", layer)} for layer in layers
    ]


def test_the_modules_in_the_table_are_there() -> None:
    rows = re.findall(r"^\| `(\w+)/` \| (.*) \|$", PAGE, re.MULTILINE)
    named = {f"{package}/{name}.py" for package, row in rows for name in re.findall(r"`(\w+)`", row)}
    assert len(named) > 100
    assert [name for name in sorted(named) if not (ROOT / "reader" / name).is_file()] == []
