"""A few of the kills of `kills.py`, which makes hundreds: what was confirmed is there, and nothing is half done."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from killed_acts import ACTS
from kills import trial, trial_of_commands

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is nothing to kill a process with")


@pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")
@pytest.mark.parametrize("share", [0.25, 0.75])
@pytest.mark.parametrize("name", ACTS)
def test_a_killed_act_loses_nothing_and_leaves_nothing_half_done(name: str, share: float, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "killed").mkdir()
    _, seconds = trial(name, tmp_path / "whole", None)
    trial(name, tmp_path / "killed", seconds * random.Random(name).uniform(share - 0.2, share + 0.2))


@pytest.mark.parametrize("name", ["import", "sync", "upgrade"])
def test_a_killed_command_loses_nothing_either(name: str, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "killed").mkdir()
    _, seconds = trial_of_commands(name, tmp_path / "whole", 0, None)
    trial_of_commands(name, tmp_path / "killed", 1, seconds * random.Random(name).uniform(0.5, 0.9))
