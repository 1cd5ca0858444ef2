"""What a user decides about the program: one TOML file, read in `reading`, written in `writing`, declared in `values`.

Starting the program must cost nothing where there is no such file: `tomllib` is loaded when one is read, `tomlkit` when
one is written.
"""

from __future__ import annotations

from reader.settings.values import DEFAULTS, Problem, Setting, Settings, declared, problem_with

__all__ = ["DEFAULTS", "Problem", "Setting", "Settings", "declared", "problem_with"]
