"""A few pictures of the app; what they show in particular is asserted in `tests/app`.

Look at every one that changes (`--snapshot-update` writes them anew): they are the only tests that see colours.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from app.conftest import Driven, make_session
from app.made_up import PAGE, PAPERS, fill
from reader.app.reader_app import ReaderApp
from reader.app.row_list import RowList
from reader.app.themes import DARK, PAPER

Act = Callable[[Driven], Awaitable[None]]
Picture = Callable[..., bool]


@pytest.fixture
def picture(tmp_path: Path, snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> Iterator[Picture]:
    """Whether the app looks as it did, over those papers and after those acts."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    closing = []

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def compare(
        act: Act,
        *,
        size: tuple[int, int],
        papers: Iterable[Mapping[str, object]] = PAPERS,
        theme: str = DARK.name,
    ) -> bool:
        session = make_session(fill(tmp_path / "library.db", papers), tmp_path / "exports")
        session.theme = theme
        closing.append(session.close)
        app = ReaderApp(session)

        async def before(pilot: Pilot[None]) -> None:
            driven = Driven(app, pilot, session)
            await driven.until(lambda: app.screen_stack and app.screen.query(RowList), "the main screen")
            await driven.answered()
            await act(driven)
            app.clear_notifications()
            await driven.until(lambda: not app.screen.query("Toast"))

        return snap_compare(app, terminal_size=size, run_before=before)

    yield compare
    for close in closing:
        close()


async def nothing(reader: Driven) -> None:
    """Leave it as it opens."""


def test_an_empty_library(picture: Picture) -> None:
    assert picture(nothing, size=(80, 24), papers=[])


def test_the_list_and_a_paper(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("b", "j")

    assert picture(act, size=(120, 36))


def test_a_search_with_a_repaired_word(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.search("teepots lisen")
        await reader.press("end")

    assert picture(act, size=(120, 36))


def test_a_search_that_finds_nothing(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.search("zzqqxx")
        await reader.press("end")

    assert picture(act, size=(80, 24))


def test_the_bookmarks_where_it_is_narrow(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("b", "j", "j", "b", "3")

    assert picture(act, size=(80, 24))


def test_the_help(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("question_mark")

    assert picture(act, size=(100, 44))


def test_the_palette(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.pilot.press("ctrl+p", *"pan")
        await reader.until(lambda: "Bookmarks pane" in reader.screen_text)

    assert picture(act, size=(80, 24), theme=PAPER.name)


def test_a_query_as_it_is_typed(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("slash")
        await reader.search('"wooden chairs" or teepot tag:zz -map so')
        await reader.press("end")
        await reader.until(lambda: "source:" in reader.screen_text.splitlines()[0])

    assert picture(act, size=(80, 24))


def test_related_papers(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("R")

    assert picture(act, size=(120, 36))


def test_the_query_language(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("slash", "question_mark")

    assert picture(act, size=(80, 24))


def test_the_lists_and_searches(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.search("map")
        await reader.press("enter", "w", *"maps", "enter", "l", "j")
        await reader.until(lambda: "finds 2 papers" in reader.screen_text)

    assert picture(act, size=(80, 24))


def test_what_an_import_would_bring(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        reader.app.post_message(Paste(f"{PAGE}\n{{}}"))
        await reader.until(lambda: "2 papers, all of them new" in reader.screen_text)

    assert picture(act, size=(100, 30))


def test_mathematics_in_the_text(picture: Picture) -> None:
    paper = {
        "title": r"Losses in $L^2$ on the Poincar\'e Ball",
        "abstract": r"An error of $\mathcal{O}(n^{-1})$ on the Poincar\'e ball is {\bf 11\%} less, at 360^circ.",
        "authors": ["Ada Spout"],
        "arxiv_id": "2512.00009",
        "links": ["https://github.com/a/b"],
    }

    async def act(reader: Driven) -> None:
        await reader.search("poincaré 360")
        await reader.press("enter")

    assert picture(act, size=(120, 36), papers=[paper, *PAPERS])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
def test_what_an_export_would_write(
    picture: Picture, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    async def act(reader: Driven) -> None:
        await reader.press("b", "j", "b", "m", "e")
        await reader.until(lambda: "2 papers · a new file" in reader.screen_text)

    assert picture(act, size=size)


def test_a_wide_screen_with_second_lines(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("t", *"kitchen", "enter", "escape", "b", "j", "j", "b", "comma", "ctrl+right")

    assert picture(act, size=(200, 50))


def test_a_small_screen(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("j", "m", "j", "b", "v", "j")

    assert picture(act, size=(80, 24))


def test_paper_like_colours(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("b", "j", "b")
        await reader.search("harmonic")
        await reader.press("enter")

    assert picture(act, size=(120, 36), theme=PAPER.name)


def test_wide_letters_emoji_and_text_from_right_to_left(picture: Picture) -> None:
    titles = [
        "日本語の論文を読む",
        "Ein e\u0301tude: 👩‍👩‍👧‍👦 and 🇩🇪 ❤️",
        "שלום עולם: a study",
        "नमस्ते दुनिया",
        "한국어 논문",
        "مرحبا",
    ]

    async def act(reader: Driven) -> None:
        await reader.press("comma", "j")

    papers = [{"title": title, "abstract": f"{title}. " * 9, "published": "2025-12-24"} for title in titles]
    assert picture(act, size=(100, 30), papers=papers)


def test_an_error(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        reader.session.export_folder = Path("file")
        reader.session.export_folder.write_text("A file stands where the folder is to be.", encoding="utf-8")
        await reader.press("b", "e")
        await reader.until(lambda: "cannot be reached" in reader.screen_text)

    assert picture(act, size=(80, 24))


def test_the_sources(picture: Picture) -> None:
    async def act(reader: Driven) -> None:
        await reader.press("S")
        await reader.until(lambda: "12 papers, 12 only here" in reader.screen_text)

    assert picture(act, size=(80, 24))


def test_every_picture_is_one_of_these_tests() -> None:
    pictures = {path.stem.partition("[")[0] for path in Path(__file__).parent.rglob("test_pictures/*.svg")}
    assert pictures <= set(globals())


def test_no_picture_holds_a_path_of_the_machine_that_drew_it() -> None:
    for path in Path(__file__).parent.rglob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ("/tmp", "/home", "/root", "/work", "/Users") if word in text], path.name
