"""The smallest Textual app there is: one text. The floor under the start of any other."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareStatic(App[None]):
    """One text."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static("Papers")


if __name__ == "__main__":
    if sys.argv[1:]:
        import argparse  # here, because it must not be in the floor

        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    BareStatic().run()
