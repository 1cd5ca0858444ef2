"""Draw the README's pictures from the sample library, so that they are always true.

Run it from a checkout with the project installed: `python assets/make_pictures.py`. It rewrites the SVGs beside it.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from moving_picture import Frame, moving
from textual.pilot import Pilot

from reader import library
from reader.app.reader_app import ReaderApp
from reader.app.session import Session
from reader.app.themes import DARK, PAPER
from reader.store import Store

SIZE = (120, 36)
NOW = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)
_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_LOOKS = 0.15  # seconds between two looks at whether anything still changes
_STILL = 3  # looks that must be alike


@dataclass(frozen=True)
class Step:
    """Keys that are pressed, what the title says then, and for how many seconds it is seen."""

    keys: tuple[str, ...]
    title: str = "reader"
    seconds: float = 1.5


@dataclass(frozen=True)
class Picture:
    """A picture: the file's name, the theme, and the steps; it moves where there are several."""

    name: str
    theme: str
    steps: tuple[Step, ...]


_MORNING = (
    Step((), "reader", 2),
    Step(("j",), "j: the next paper", 1),
    Step(("j",), "j: and the next", 1),
    Step(("b",), "b: keep it", 2),
    Step(("slash", *"neu"), "/ finds it again, as you type", 0.7),
    Step((*"rel ta",), "/ finds it again, as you type", 0.7),
    Step((*"ngnt",), "/ finds it again, misspelt", 2),
    Step(("enter",), "Enter: into the list", 1),
    Step(("b",), "b: keep it, too", 2),
    Step(("escape", "3"), "3: what was kept", 2),
    Step(("e",), "e: a look at what is written", 2),
    Step(("enter",), "Enter: a Markdown reading list", 3.5),
)

PICTURES = (
    Picture("reader-dark.svg", DARK.name, (Step(("b", "j", "j", "b", "slash", *"difuson", "enter")),)),
    Picture("reader-light.svg", PAPER.name, (Step(("b", "j", "j", "b", "j")),)),
    Picture("reader-moving.svg", DARK.name, _MORNING),
)


async def draw(picture: Picture) -> str:
    """The app as an SVG after those steps, or while they are taken."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # what is exported is said to lie there
        path = library.open_sample(Path(folder), now=NOW)
        exports = Path(folder) / "Documents" / "reader"
        session = Session(
            Store.open(path), path, exports, lambda: NOW, "picture", theme=picture.theme, rest_seconds=0.01
        )
        try:
            app = ReaderApp(session)
            async with app.run_test(size=SIZE) as pilot:
                frames = [await _after(step, app, pilot) for step in picture.steps]
        finally:
            session.close()
    return frames[0].svg if len(frames) == 1 else moving(frames)


async def _after(step: Step, app: ReaderApp, pilot: Pilot[None]) -> Frame:
    """The app after those keys, when all that came of them is there to be seen."""
    for key in step.keys:
        await pilot.press(key)
    seen: list[str] = []
    while len(seen) < _STILL or len(set(seen[-_STILL:])) > 1:
        await pilot.pause(_LOOKS)
        seen.append(app.export_screenshot(title=step.title))
    return Frame(without_downloads(seen[-1]), step.seconds)


def without_downloads(svg: str) -> str:
    """The picture with the viewer's own monospaced font instead of one fetched from elsewhere."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: [^;]*Fira Code[^;]*;", f"font-family: {_FONTS};", svg)


def main(pictures: Sequence[Picture] = PICTURES) -> None:
    """Draw every picture."""
    for picture in pictures:
        target = Path(__file__).with_name(picture.name)
        target.write_text(asyncio.run(draw(picture)), encoding="utf-8")
        print(f"{target.name}: {target.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
