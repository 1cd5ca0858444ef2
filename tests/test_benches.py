"""Every bench says what it measures, and measures nothing before it is asked to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"
PROGRAMS = [path for path in sorted(BENCH.glob("*.py")) if 'if __name__ == "__main__":' in path.read_text("utf-8")]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_help_is_printed_and_nothing_is_run(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(path), "--help"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {path.name}")
    assert "\x1b" not in done.stdout
