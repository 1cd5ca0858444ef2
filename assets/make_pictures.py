"""Draw the README's pictures from the sample library, so that they are always true.

Run it from a checkout with the project installed: `python assets/make_pictures.py`. It rewrites the SVGs beside it.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader import library
from reader.app.reader_app import ReaderApp
from reader.app.session import Session
from reader.store import Store

SIZE = (120, 36)
NOW = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Picture:
    """A picture: the file's name, the theme, and the keys pressed before it is taken."""

    name: str
    theme: str
    keys: tuple[str, ...]


PICTURES = (
    Picture("reader-dark.svg", "textual-dark", ("b", "j", "j", "b", "slash", *"difuson", "enter")),
    Picture("reader-light.svg", "textual-light", ("b", "j", "j", "b", "j")),
)


async def draw(picture: Picture) -> str:
    """The app as an SVG after those keys."""
    with tempfile.TemporaryDirectory() as folder:
        path = library.open_sample(Path(folder), now=NOW)
        session = Session(Store.open(path), path, Path(folder), lambda: NOW, "picture")
        try:
            app = ReaderApp(session)
            async with app.run_test(size=SIZE) as pilot:
                app.theme = picture.theme
                for key in picture.keys:
                    await pilot.press(key)
                await asyncio.sleep(0.5)  # the worker's last answer, and its painting
                await pilot.pause()
                return without_downloads(app.export_screenshot(title="reader"))
        finally:
            session.close()


def without_downloads(svg: str) -> str:
    """The picture with the reader's own monospaced font instead of one fetched from elsewhere."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"Fira Code(?:, )?", "", svg)


def main() -> None:
    """Draw every picture."""
    for picture in PICTURES:
        target = Path(__file__).with_name(picture.name)
        target.write_text(asyncio.run(draw(picture)), encoding="utf-8")
        print(f"{target.name}: {' '.join(picture.keys)}")


if __name__ == "__main__":
    main()
