"""Importing in the app: looked at first, imported while everything else goes on, stopped, and told."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Never

import pytest
from textual.events import Paste
from textual.widgets import Input

from app.conftest import Drive, Driven
from app.made_up import PAGE, TITLES
from reader import formats, library
from reader.app.import_line import ImportLine
from reader.app.import_screen import ImportScreen
from reader.app.preview_screen import PreviewScreen
from reader.app.rejected_screen import RejectedScreen
from reader.app.worker import Worker
from reader.errors import LibraryError
from reader.library import Progress
from reader.store import Store
from reader.store.imports import Imports

BAD_RECORD = '{"title": "", "abstract": "[/] of a paper without a name"}'


def page_of(count: int) -> str:
    """More papers than one batch."""
    return "\n".join(
        json.dumps({"title": f"Thimble {n}", "abstract": f"It is thimble number {n}."}) for n in range(count)
    )


async def looked(reader: Driven) -> None:
    """Wait until it is said what comes."""
    await reader.until(lambda: isinstance(reader.app.screen, PreviewScreen), "the preview")
    await reader.until(lambda: "Looking…" not in reader.screen_text and "Import " in reader.screen_text)


async def paste(reader: Driven, text: str) -> None:
    reader.app.post_message(Paste(text))
    await looked(reader)


async def choose(reader: Driven, path: str) -> None:
    """Type a path and look at it."""
    await reader.pilot.press("i")
    await reader.until(lambda: isinstance(reader.app.screen, ImportScreen), "the choice of a file")
    reader.app.screen.query_one(Input).value = path
    await reader.pilot.press("enter")
    await looked(reader)


async def answer(reader: Driven, key: str) -> None:
    await reader.pilot.press(key)
    await reader.until(lambda: reader.app.screen is reader.main, "the main screen")
    await reader.answered()


async def imported(reader: Driven, said: str) -> None:
    await reader.until(lambda: reader.status.startswith(said) or said in reader.toasts, said)
    await reader.until(lambda: not reader.main._worker.importing)


class Held:
    """An import that waits after its first batch until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self._go_on = threading.Event(), threading.Event()
        report = Worker._report

        def hold(worker: Worker, progress: Progress) -> None:
            report(worker, progress)
            self.begun.set()
            self._go_on.wait(20)

        monkeypatch.setattr(Worker, "_report", hold)

    def let_go(self) -> None:
        self._go_on.set()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held(monkeypatch)
    yield held
    held.let_go()


async def begin(reader: Driven, held: Held, text: str) -> None:
    """Begin an import that is held."""
    await paste(reader, text)
    await answer(reader, "enter")
    await reader.until(held.begun.is_set, "the first batch")


async def test_pasted_papers_are_looked_at_imported_and_listed(drive: Drive) -> None:
    async with drive() as reader:
        await paste(reader, PAGE)
        assert "Import pasted text" in reader.screen_text
        assert "2 papers, all of them new" in reader.screen_text
        assert "· Kettles in Conversation" in reader.screen_text
        assert str(reader.papers.border_title) == "Papers · 12"
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 14")
        assert reader.status == "Read 2 records: 2 new"
        assert "Read 2 records: 2 new · u takes it back" in reader.screen_text
        assert reader.toasts == []
        assert "Kettles in Conversation" in reader.screen_text


async def test_the_same_paste_adds_nothing_also_with_a_terminals_line_ends(drive: Drive) -> None:
    async with drive() as reader:
        for text, found, said in (
            (PAGE, "all of them new", "2 new"),
            (PAGE.replace("\n", "\r"), "none of them new", "2 unchanged"),
        ):
            await paste(reader, text)
            assert f"2 papers, {found}" in reader.screen_text
            await answer(reader, "y")
            await imported(reader, f"Read 2 records: {said}")
        assert str(reader.papers.border_title) == "Papers · 14"


async def test_no_means_that_nothing_happens(drive: Drive) -> None:
    async with drive() as reader:
        for key in ("escape", "n"):
            await paste(reader, PAGE)
            await answer(reader, key)
            assert str(reader.papers.border_title) == "Papers · 12"
            assert reader.toasts == []


async def test_nonsense_is_refused_with_a_reason_and_enter_imports_nothing(drive: Drive) -> None:
    async with drive() as reader:
        await paste(reader, "some words\nthat are no papers")
        assert "pasted text: " in reader.screen_text
        assert "Enter imports" not in reader.screen_text
        await answer(reader, "enter")
        assert str(reader.papers.border_title) == "Papers · 12"
        assert reader.toasts == []
        assert not reader.main._worker.importing


async def test_white_space_is_not_worth_a_question(drive: Drive) -> None:
    async with drive() as reader:
        reader.app.post_message(Paste(" \n \n"))
        await reader.answered()
        assert reader.app.screen is reader.main


async def test_several_lines_pasted_into_the_box_are_offered_for_import_and_not_searched(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("slash")
        await paste(reader, PAGE)
        assert reader.box.value == ""
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 14")


async def test_the_first_import_turns_the_welcome_into_the_list(drive: Drive) -> None:
    async with drive([], size=(80, 24)) as reader:
        await reader.press("3")
        await paste(reader, PAGE)
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 2")
        assert not reader.main.query_one("#welcome").display
        assert reader.focused == "papers"
        assert reader.row() == "Kettles in Conversation"
        assert reader.sheet.startswith("Kettles in Conversation")


async def test_the_preview_is_not_covered_by_older_toasts(drive: Drive) -> None:
    async with drive(size=(80, 24)) as reader:
        reader.main.notify("An older toast.")
        await paste(reader, PAGE)
        assert reader.toasts == []


async def test_a_chosen_file_is_looked_at_and_imported_with_the_cursor_staying_on_its_paper(
    drive: Drive, tmp_path: Path
) -> None:
    (tmp_path / "page.jsonl").write_text(PAGE)
    async with drive() as reader:
        await reader.press("j", "j")
        await choose(reader, str(tmp_path / "page.jsonl"))
        assert "Import page.jsonl" in reader.screen_text
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 14")
        assert reader.row() == TITLES[2]
        assert reader.sheet.startswith(TITLES[2])


async def test_esc_in_the_preview_goes_back_to_the_choice_and_there_to_the_list(drive: Drive, tmp_path: Path) -> None:
    (tmp_path / "page.jsonl").write_text(PAGE)
    async with drive() as reader:
        await choose(reader, str(tmp_path / "page.jsonl"))
        await reader.pilot.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, ImportScreen))
        await answer(reader, "escape")
        assert str(reader.papers.border_title) == "Papers · 12"


async def test_a_path_that_is_not_there_is_told_in_the_preview(drive: Drive, tmp_path: Path) -> None:
    async with drive() as reader:
        await choose(reader, str(tmp_path / "nowhere [bold] a[0].txt"))
        assert "nowhere [bold] a[0].txt: no such file" in reader.screen_text


async def test_a_large_file_is_looked_at_only_at_its_beginning(drive: Drive, tmp_path: Path) -> None:
    (tmp_path / "large.jsonl").write_text(page_of(2_100))
    async with drive() as reader:
        await choose(reader, str(tmp_path / "large.jsonl"))
        assert "2,000+ papers, 2,000+ of them new" in reader.screen_text
        assert "… and 1,995+ more" in reader.screen_text
        assert "Only the beginning was looked at." in reader.screen_text


async def test_enter_before_anything_is_seen_imports_nothing(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    look = Worker.look

    def slow(worker: Worker, question: object, reply: object) -> int:
        def waiting(store: Store) -> Iterator[object]:
            go_on.wait(20)
            yield from question(store)  # type: ignore[operator]

        return look(worker, waiting, reply)  # type: ignore[arg-type]

    monkeypatch.setattr(Worker, "look", slow)
    async with drive() as reader:
        reader.app.post_message(Paste(PAGE))
        await reader.until(lambda: "Looking…" in reader.screen_text)
        await reader.pilot.press("enter")
        assert isinstance(reader.app.screen, PreviewScreen)
        go_on.set()
        await reader.until(lambda: "2 papers, all of them new" in reader.screen_text)
        assert str(reader.papers.border_title) == "Papers · 12"


async def test_a_folder_with_files_that_cannot_be_read_imports_the_rest_and_lists_the_reasons(
    drive: Drive, tmp_path: Path
) -> None:
    folder = tmp_path / "pages [0]"
    folder.mkdir()
    (folder / "a.jsonl").write_text(PAGE + "\n" + BAD_RECORD)
    (folder / "b.txt").write_text("by: someone\nSubmitted by\nsomeone\n" * 3)
    async with drive() as reader:
        await choose(reader, str(folder))
        assert "Import pages [0]" in reader.screen_text
        assert "1 record not understood" in reader.screen_text
        await reader.pilot.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, RejectedScreen), "what was not understood")
        assert "a.jsonl:3" in reader.screen_text
        await reader.until(lambda: "[/] of a paper without a name" in reader.screen_text)
        await answer(reader, "escape")
        assert reader.status.startswith("Read 2 records: 2 new, 1 not understood")
        assert str(reader.papers.border_title) == "Papers · 14"


async def test_what_was_not_understood_can_be_listed_later(drive: Drive) -> None:
    async with drive() as reader:
        reader.main.action_rejected()
        await reader.until(lambda: "Everything that was imported was understood" in reader.screen_text)
        await answer(reader, "escape")
        await reader.press("slash")
        await paste(reader, PAGE + "\n" + BAD_RECORD)
        await answer(reader, "enter")
        await imported(reader, "Read 2 records: 2 new, 1 not understood")
        assert reader.app.screen is reader.main  # letters being typed would go to the list
        reader.main.action_rejected()
        await reader.until(
            lambda: re.search(r"pasted text \([0-9a-f]{8}\)(:|, line )3", reader.screen_text) is not None
        )
        assert "Not understood · 1" in reader.screen_text


async def test_bookmarks_moves_and_searches_go_on_while_an_import_runs(drive: Drive, held: Held) -> None:
    async with drive() as reader:
        await begin(reader, held, page_of(300))
        line = reader.main.query_one(ImportLine)
        await reader.until(lambda: line.display and "100 records" in str(line.content))
        assert "ctrl+x" in reader.screen_text.splitlines()[-1]
        await reader.press("j", "b")
        assert reader.status == f"bookmarked: {TITLES[1]}"
        await reader.search("spoons")
        assert reader.row() == "A Census of Forgotten Spoons"
        assert line.display
        held.let_go()
        await imported(reader, "Read 300 records: 300 new")
        await reader.until(lambda: not line.display)
        assert "ctrl+x" not in reader.screen_text.splitlines()[-1]
        assert str(reader.bookmarks.border_title) == "Bookmarks · 1"
        assert reader.row() == "A Census of Forgotten Spoons"


async def test_a_stopped_import_keeps_nothing_of_its_file(drive: Drive, held: Held) -> None:
    async with drive() as reader:
        await begin(reader, held, page_of(300))
        await reader.pilot.press("ctrl+x")
        await reader.until(lambda: "Stopping" in reader.screen_text)
        held.let_go()
        await imported(reader, "Stopped: nothing of pasted text was kept")
        await reader.answered()
        assert str(reader.papers.border_title) == "Papers · 12"
        assert not reader.main.query_one(ImportLine).display


async def test_without_an_import_there_is_nothing_to_stop(drive: Drive) -> None:
    async with drive() as reader:
        await reader.press("ctrl+x")
        assert not reader.main.query_one(ImportLine).display
        assert "Stop  (ctrl+x)" not in {entry.title for entry in reader.app.get_system_commands(reader.main)}


async def test_a_second_import_waits_for_the_first(drive: Drive, held: Held) -> None:
    async with drive() as reader:
        await begin(reader, held, page_of(150))
        await paste(reader, PAGE)
        await answer(reader, "enter")
        held.let_go()
        await imported(reader, "Read 2 records: 2 new")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 164")
        assert not reader.main.query_one(ImportLine).display


async def test_an_import_that_fails_is_told_and_the_next_one_works(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryError("the library cannot be written: the disk is full", "make room on it")

    async with drive() as reader:
        with monkeypatch.context() as broken:
            broken.setattr(Imports, "write", full)
            await paste(reader, PAGE)
            await answer(reader, "enter")
            await imported(reader, "the library cannot be written: the disk is full (make room on it)")
            await reader.until(lambda: not reader.main.query_one(ImportLine).display)
        await paste(reader, PAGE)
        await answer(reader, "enter")
        await reader.until(lambda: str(reader.papers.border_title) == "Papers · 14")


async def test_leaving_while_an_import_runs_leaves_no_half_of_it(drive: Drive, held: Held, tmp_path: Path) -> None:
    async with drive() as reader:
        await begin(reader, held, page_of(300))
        reader.main.action_quit()
        threading.Timer(0.1, held.let_go).start()
    with Store.open(tmp_path / "library.db") as store:
        assert store.imports.unfinished() == []
        assert len(store.papers.ids()) == 12
        assert [source.name for source in store.sources.all()] == ["made up.jsonl"]


def test_progress_says_the_share_the_rate_and_the_time_left() -> None:
    assert Progress("a/page.txt", 1_200, 30, 100).in_words(2.0) == (
        "███░░░░░░░  30%  page.txt · 1,200 records · 600/s · 0:04 left"
    )
    assert Progress("page.txt", 7, 100, 100, "dating").in_words(2.0) == (
        "██████████ 100%  page.txt · 7 records · dating |"
    )
    turns = [Progress("page.txt", 7, 100, 100, "dating").in_words(n / 8)[-1] for n in range(5)]
    assert turns == ["|", "/", "-", "\\", "|"]
    assert Progress("page.txt", 0, 0, 0, "opening").in_words(0.0).startswith("░░░░░░░░░░   0%")
    assert Progress("page.txt", 0, 0, 0).in_words(0.0) == "██████████ 100%  page.txt · 0 records"


async def test_an_import_that_waits_for_another_process_says_so_and_ctrl_x_ends_the_waiting(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait_for_ever(store: Store, paths: object, *, progress: Callable[[Progress], None], **_: object) -> Never:
        while True:
            progress(Progress("pasted text", 0, 0, 0, "waiting for another import"))
            time.sleep(0.01)

    async with drive(size=(80, 24)) as reader:
        with monkeypatch.context() as busy:
            busy.setattr(library, "import_paths", wait_for_ever)
            await paste(reader, PAGE)
            await answer(reader, "enter")
            await reader.until(lambda: "Waiting until another window or command has imported" in reader.screen_text)
            assert "100%" not in reader.screen_text
            assert "ctrl+x stops" in reader.screen_text
            await reader.pilot.press("ctrl+x")
            await reader.until(lambda: reader.status == "Stopped: nothing was imported")
            assert not reader.main.query_one(ImportLine).display
        await paste(reader, PAGE)
        await answer(reader, "enter")
        await imported(reader, "Read 2 records: 2 new")


async def test_a_look_into_something_huge_ends_when_something_else_is_looked_at(
    drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()
    read = formats.read

    def without_end(file: BinaryIO, *, name: str, form: str | None) -> formats.Reading:
        try:
            while name.endswith("huge.txt"):
                begun.set()
                file.seek(0)
                file.read()
        finally:
            ended.set()
        return read(file, name=name)

    monkeypatch.setattr(formats, "read", without_end)
    (tmp_path / "huge.txt").write_text("nothing of worth\n")
    (tmp_path / "page.jsonl").write_text(PAGE)
    async with drive() as reader:
        await reader.pilot.press("i")
        await reader.until(lambda: isinstance(reader.app.screen, ImportScreen), "the choice of a file")
        reader.app.screen.query_one(Input).value = str(tmp_path / "huge.txt")
        await reader.pilot.press("enter")
        await reader.until(lambda: "Looking…" in reader.screen_text and begun.is_set())
        await reader.pilot.press("escape")
        await reader.until(ended.is_set, "the end of the look that nobody waits for")
        reader.app.screen.query_one(Input).value = str(tmp_path / "page.jsonl")
        await reader.pilot.press("enter")
        await looked(reader)
        assert "2 papers, all of them new" in reader.screen_text


@pytest.mark.parametrize("width", [20, 40, 80, 200])
async def test_whatever_the_width_help_and_quit_are_in_the_footer_while_an_import_runs(
    drive: Drive, held: Held, width: int
) -> None:
    async with drive(size=(width, 24)) as reader:
        await begin(reader, held, page_of(300))
        await reader.until(lambda: "? Help  q Quit" in reader.screen_text.splitlines()[-1], "help and quit")
        assert ("ctrl+x Stop" in reader.screen_text.splitlines()[-1]) == (width >= 40)
        await reader.pilot.resize_terminal(200, 24)
        await reader.until(lambda: "3 Bookmarks" in reader.screen_text.splitlines()[-1], "all keys")
        await reader.pilot.resize_terminal(width, 24)
        await reader.until(lambda: len(reader.screen_text.splitlines()[-1]) == width)
        assert "? Help  q Quit" in reader.screen_text.splitlines()[-1]
        assert ("3 Bookmarks" in reader.screen_text.splitlines()[-1]) == (width == 200)
        held.let_go()


async def test_only_an_import_that_one_undo_takes_back_says_so(
    drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / f"{name}.jsonl").write_text(json.dumps({"title": f"Of {name}", "abstract": "x"}))
    async with drive() as reader:
        await choose(reader, str(tmp_path / "pages"))
        await answer(reader, "enter")
        await imported(reader, "Read 2 records: 2 new")
        assert "takes it back" not in reader.screen_text
        monkeypatch.setattr("reader.library.undoing.LARGEST_UNDOABLE", 2)
        await paste(reader, page_of(3))
        await answer(reader, "enter")
        await imported(reader, "Read 3 records: 3 new")
        assert "takes it back" not in reader.screen_text
