"""The command `reader`: what the command line gives back becomes the exit status."""

from __future__ import annotations

import gc
import sys

_NEW_BEFORE_LOOKING = 100_000
"""How many new objects there may be before Python looks for unreachable ones: by itself after 700, which is in the
midst of every module that is loaded."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(_NEW_BEFORE_LOOKING)
    from reader.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
