"""Opening a paper in the browser, and copying it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from app.conftest import Drive, Driven
from reader.app.choice_screen import ChoiceScreen, TextScreen
from reader.desktop import Desktop

ONE = {"title": "One", "abstract": "A.", "url": "https://a.org/one"}
MANY = {"title": "Many", "abstract": "B.", "arxiv_id": "2512.00009", "links": ["https://github.com/a/b"]}
NONE = {"title": "None $L^2$", "abstract": "C."}


def with_programs(reader: Driven, said: Path) -> None:
    """Programs that write down what they were given."""
    opener = (sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write(sys.argv[2])", os.fspath(said))
    taker = (sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())", os.fspath(said))
    reader.session.desktop = Desktop(opener, taker)


async def test_the_only_address_is_opened_at_once_and_of_several_the_chosen_one(drive: Drive, tmp_path: Path) -> None:
    said = tmp_path / "said"
    async with drive([ONE, MANY, NONE]) as reader:
        with_programs(reader, said)
        await reader.press("o")
        assert (said.read_text(), reader.status) == ("https://a.org/one", "Opened https://a.org/one")
        await reader.press("j", "o")
        assert isinstance(reader.app.screen, ChoiceScreen)
        await reader.press("p")
        assert said.read_text() == "https://arxiv.org/pdf/2512.00009"
        await reader.press("o", "enter")
        assert said.read_text() == "https://github.com/a/b"


async def test_a_paper_without_an_address_is_searched_for_and_the_address_shown_first(
    drive: Drive, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    async with drive([NONE]) as reader:
        with_programs(reader, said)
        await reader.press("o")
        address = "https://arxiv.org/search/?query=None+L%C2%B2&searchtype=title"
        assert address in reader.screen_text
        await reader.press("escape")
        assert not said.exists()
        await reader.press("o", "1")
        assert said.read_text() == address


async def test_all_that_is_selected_is_copied_and_opened(drive: Drive, tmp_path: Path) -> None:
    said = tmp_path / "said"
    async with drive([ONE, MANY, NONE]) as reader:
        with_programs(reader, said)
        await reader.press("V", "y", "a")
        assert said.read_text() == "https://a.org/one\nhttps://arxiv.org/abs/2512.00009"
        assert reader.status.startswith("Address of 3 papers copied to the clipboard (")
        await reader.press("o")
        assert "Open 3 papers?" in reader.screen_text
        await reader.press("y")
        assert (said.read_text(), reader.status) == ("https://arxiv.org/abs/2512.00009", "Opened 2 addresses")
        reader.session.desktop = Desktop()
        await reader.press("o", "y")
        assert "https://a.org/one\n" in re.sub(" *\n", "\n", reader.screen_text)
        await reader.press("escape", "escape", "G", "v", "y", "t")
        assert reader.app.clipboard == "None $L^2$"


async def test_more_than_can_be_meant_is_neither_opened_nor_copied(drive: Drive) -> None:
    async with drive([{"title": f"Paper {n}", "url": f"https://a.org/{n}"} for n in range(1_001)]) as reader:
        await reader.press("V", "o")
        assert reader.status == "No more than 20 papers are opened at a time: 1,001 are selected"
        await reader.press("y")
        assert reader.status == "No more than 1,000 papers are copied at a time: 1,001 are selected"
        assert len(reader.app.screen_stack) == 1


async def test_without_a_browser_the_address_is_shown(drive: Drive) -> None:
    async with drive([ONE]) as reader:
        reader.session.desktop = Desktop(over_ssh=True)
        await reader.press("o")
        assert isinstance(reader.app.screen, TextScreen)
        assert "over SSH no browser can be opened" in reader.screen_text
        assert "https://a.org/one" in reader.screen_text
        await reader.press("escape")
        assert reader.status == "Over SSH no browser can be opened: https://a.org/one"


async def test_a_copy_says_which_clipboard_took_it(drive: Drive, tmp_path: Path) -> None:
    said = tmp_path / "said"
    async with drive([MANY]) as reader:
        with_programs(reader, said)
        await reader.press("y", "a")
        assert said.read_text() == "https://arxiv.org/abs/2512.00009"
        assert reader.status.startswith("Address copied to the clipboard (")
        await reader.press("y", "c")
        assert said.read_text() == "Many. arXiv:2512.00009. https://arxiv.org/abs/2512.00009"


async def test_what_cannot_be_known_to_be_copied_is_shown_to_be_selected(drive: Drive) -> None:
    async with drive([NONE]) as reader:
        await reader.press("y", "t")
        assert reader.app.clipboard == "None $L^2$"
        assert isinstance(reader.app.screen, TextScreen)
        assert "\nNone $L^2$" in reader.screen_text
        await reader.press("escape")
        assert reader.status == "Title sent to the terminal's clipboard"


async def test_an_empty_list_opens_and_copies_nothing(drive: Drive) -> None:
    async with drive([]) as reader:
        await reader.press("o", "y", "z", "z", "backslash", "space")
        assert len(reader.app.screen_stack) == 1


async def test_every_line_of_what_may_be_copied_begins_in_the_same_column(drive: Drive) -> None:
    paper = {"title": "Long " * 30, "abstract": "a", "authors": ["Ada Spout"]}
    async with drive([paper], size=(80, 24)) as reader:
        await reader.press("y")
        lines = reader.screen_text.splitlines()
        first = next(n for n, line in enumerate(lines) if " t  Title" in line)
        assert {line.index("Long") for line in lines[first + 1 : first + 3]} == {lines[first].index("Title")}
        await reader.pilot.click("#choices Static.key")
        await reader.until(lambda: not isinstance(reader.app.screen, ChoiceScreen))
