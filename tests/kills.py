"""Kills reader with SIGKILL at random moments, and looks whether anything that was confirmed is lost or half done.

Each act is done by a forked process, which tells over a pipe what has returned to its caller, as the screen or an exit
status would. Some time later it is killed. Then the library must open and be sound, everything that was told must be
there, nothing must be seen half done, and the same act must succeed.

python tests/kills.py [--kills N] [--seed N] [ACT...]     a table, and exit status 1 where an act fails
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader import library
from reader.cli import run
from reader.library.backing_up import is_library_file
from reader.store import Store
from reader.store.schema import BOOKMARKS, VERSION

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FIXTURES = Path(__file__).with_name("store") / "fixtures"
PAPERS = 60
STEPS = 40
IMPORTED = 1_500

Confirm = Callable[[], object]
"""Tells that one step more has returned."""


@dataclass(frozen=True)
class Act:
    """Something that can be killed.

    Attributes:
        prepare: makes what it begins with, in an empty folder.
        act: does it step by step, and confirms each.
        check: fails where what is there is not what so many confirmed steps, or one more, make; then the act goes on.
    """

    prepare: Callable[[Path], None]
    act: Callable[[Path, Confirm], None]
    check: Callable[[Path, int], None]


def _library(folder: Path) -> Path:
    return folder / "library.db"


def _page(folder: Path, name: str, count: int, about: str) -> Path:
    path = folder / name
    lines = (
        json.dumps({"title": f"{about} {n:04}", "abstract": f"On the {about} of number {n}, and of {n * n}."})
        for n in range(count)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _filled(folder: Path) -> None:
    with Store.open(_library(folder)) as store:
        page = _page(folder, "first.jsonl", PAPERS, "Kettles")
        library.import_paths(store, [page], now=NOW)
        ids = list(store.papers.ids(order="title"))
        library.keep(store, ids[:STEPS], now=NOW, origin="test")
        library.set_note(store, ids[0], "A note.", now=NOW, origin="test")


def _papers(store: Store) -> list[int]:
    return list(store.papers.ids(order="title"))


def _within(found: int, confirmed: int, what: str) -> None:
    assert confirmed <= found <= confirmed + 1, f"{confirmed} {what} were confirmed, {found} are there"


def _import(folder: Path, confirm: Confirm) -> None:
    with Store.open(_library(folder)) as store:
        for n in range(3):
            library.import_paths(store, [_page(folder, f"page{n}.jsonl", IMPORTED, f"Lanterns{n}")], now=NOW)
            confirm()


def _check_import(folder: Path, confirmed: int) -> None:
    with Store.open(_library(folder)) as store:
        seen = store.papers.count() - PAPERS
        assert seen % IMPORTED == 0, f"{seen} papers of an import of {IMPORTED} are seen"
        _within(seen // IMPORTED, confirmed, "imports")
        found = library.search(store, "kettles")
        assert len(found.ids) == PAPERS
        library.recover_if_idle(store)
    _import(folder, lambda: None)
    with Store.open(_library(folder)) as store:
        assert store.papers.count() == PAPERS + 3 * IMPORTED
        assert len(library.search(store, "lanterns1").ids) == IMPORTED


def _tag(folder: Path, confirm: Confirm) -> None:
    with Store.open(_library(folder)) as store:
        for id_ in _papers(store)[:STEPS]:
            library.tag(store, [id_], "vision", now=NOW, origin="test")
            confirm()


def _check_tag(folder: Path, confirmed: int) -> None:
    with Store.open(_library(folder)) as store:
        tagged = list(store.annotations.tagged("vision"))
        _within(len(tagged), confirmed, "tags")
        assert tagged == sorted(_papers(store)[: len(tagged)])
        steps = store.database.value("select count(*) from steps where label like 'tagged %'")
        assert steps == len(tagged), "a tag without its step, or a step without its tag"


def _move(folder: Path, confirm: Confirm) -> None:
    with Store.open(_library(folder)) as store:
        for _ in range(STEPS):
            last = store.lists.entries(BOOKMARKS)[-1]
            library.move_in_list(store, [last], 1 - STEPS, now=NOW, origin="test")
            confirm()


def _check_move(folder: Path, confirmed: int) -> None:
    with Store.open(_library(folder)) as store:
        order, first = list(store.lists.entries(BOOKMARKS)), _papers(store)[:STEPS]
        turns = next((n for n in range(STEPS + 1) if first[STEPS - n :] + first[: STEPS - n] == order), None)
        assert turns is not None, "an order that no move makes"
        _within(STEPS if not turns and confirmed >= STEPS - 1 else turns, confirmed, "moves")


def _undo(folder: Path, confirm: Confirm) -> None:
    with Store.open(_library(folder)) as store:
        while library.undo(store) is not None:
            confirm()


def _many_steps(folder: Path) -> None:
    _filled(folder)
    _tag(folder, lambda: None)


def _check_undo(folder: Path, confirmed: int) -> None:
    with Store.open(_library(folder)) as store:
        undone = store.database.value("select count(*) from steps where state in ('undone', 'pending')")
        _within(undone, confirmed, "steps taken back")
        left = len(store.annotations.tagged("vision"))
        assert left == max(0, STEPS - undone)


def _export(folder: Path, confirm: Confirm) -> None:
    with Store.open(_library(folder)) as store:
        for n in range(6):
            chosen = library.export(store, everything=True, format_name=("bibtex", "html", "jsonl")[n % 3])
            library.export_to_file(chosen, folder / f"out{n % 3}", force=True)
            confirm()


def _check_export(folder: Path, confirmed: int) -> None:
    ends = ("}", "</html>", "}")
    for n, end in enumerate(ends):
        path = folder / f"out{n}"
        if path.exists() and path.stat().st_size:
            text = path.read_text(encoding="utf-8")
            assert text.rstrip().endswith(end), f"{path.name} ends with {text[-30:]!r}"
            assert text.count("Kettles 00") >= PAPERS
        assert path.exists() or confirmed <= n
        assert confirmed <= n or path.stat().st_size


def _listed(folder: Path) -> None:
    _filled(folder)
    with Store.open(_library(folder)) as store:
        library.export_to_file(library.export(store), folder / "list.md")


def _sync(folder: Path, confirm: Confirm) -> None:
    path = folder / "list.md"
    with Store.open(_library(folder)) as store:
        for n in range(6):
            text = path.read_text(encoding="utf-8").splitlines()
            place = next(place for place, line in enumerate(text) if line.startswith("- [ ] "))
            text[place] = text[place].replace("- [ ]", "- [x]", 1)
            fresh = path.with_name("edited")
            fresh.write_text("\n".join([*text, f"A line of mine, {n}.", ""]), encoding="utf-8")
            fresh.replace(path)
            library.sync(store, path, now=NOW + timedelta(minutes=n), origin="test")
            confirm()


def _check_sync(folder: Path, confirmed: int) -> None:
    path = folder / "list.md"
    with Store.open(_library(folder)) as store:
        read = sum(stored.read for stored in store.papers.stream(_papers(store)))
        _within(read, confirmed, "ticks")
        text = path.read_text(encoding="utf-8")
        assert text.count("- [x] ") in (read, read + 1)
        assert text.count("A line of mine") == text.count("- [x] ")
        library.sync(store, path, now=NOW + timedelta(hours=1), origin="test")
        again = path.read_text(encoding="utf-8")
        assert again.count("- [x] ") == sum(stored.read for stored in store.papers.stream(_papers(store)))
        assert again.count("A line of mine") == text.count("A line of mine")
        assert len(store.lists.entries(BOOKMARKS)) == STEPS


def _old(folder: Path) -> None:
    shutil.copyfile(FIXTURES / "version_1.db", _library(folder))


def _upgrade(folder: Path, confirm: Confirm) -> None:
    for n in range(3):
        path = folder / f"old{n}.db"
        shutil.copyfile(FIXTURES / "version_1.db", folder / "copying")
        (folder / "copying").replace(path)
        Store.open(path).close()
        confirm()


def _check_upgrade(folder: Path, confirmed: int) -> None:
    there = sorted(folder.glob("old?.db"))
    assert len(there) >= confirmed
    for path in there:
        copies = list(path.with_name(path.name + ".backups").glob("*.db"))
        with Store.open(path) as store:
            assert store.database.value("pragma user_version") == VERSION
            assert store.papers.count() == 3
            assert [each.name for each in store.lists.all()] == ["Bookmarks", "Later"]
            assert [check.damage for check in store.checks.run() if check.damage] == []
        assert [copy.name for copy in copies] in ([], ["version-1.db"])


def _back_up(folder: Path, confirm: Confirm) -> None:
    with Store.open(_library(folder)) as store:
        for n in range(STEPS):
            library.back_up_daily(store, _library(folder), now=NOW + timedelta(days=n))
            confirm()


def _check_back_up(folder: Path, confirmed: int) -> None:
    copies = library.backups(_library(folder))
    last = (NOW + timedelta(days=confirmed - 1)).date()
    assert not confirmed or library.copy_of_day(_library(folder), last) in copies
    for copy in copies:
        assert is_library_file(copy)
        assert len([line for line in copy.read_text(encoding="utf-8").splitlines() if '"title"' in line]) == STEPS
        assert copy.stat().st_mode & 0o777 == 0o600


def _damaged(folder: Path) -> None:
    _filled(folder)
    with Store.open(_library(folder)) as store:
        library.back_up(store, folder / "copy.jsonl")
    content = bytearray(_library(folder).read_bytes())
    content[4_096:40_960] = b"\xff" * 36_864
    _library(folder).write_bytes(content)
    (folder / "damaged").write_bytes(content)


def _restore(folder: Path, confirm: Confirm) -> None:
    library.restore_backup(_library(folder), folder / "copy.jsonl", now=NOW, origin="test")
    confirm()


def _check_restore(folder: Path, confirmed: int) -> None:
    kept = [path.read_bytes() for path in folder.glob("library.db*") if path.is_file()]
    assert (folder / "damaged").read_bytes() in kept, "the damaged library is gone"
    if not confirmed:
        _restore(folder, lambda: None)
    with Store.open(_library(folder)) as store:
        assert len(store.lists.entries(BOOKMARKS)) == STEPS
        assert store.annotations.note(store.lists.entries(BOOKMARKS)[0]) == "A note."


ACTS: dict[str, Act] = {
    "import": Act(_filled, _import, _check_import),
    "tag": Act(_filled, _tag, _check_tag),
    "move": Act(_filled, _move, _check_move),
    "undo": Act(_many_steps, _undo, _check_undo),
    "export": Act(_filled, _export, _check_export),
    "sync": Act(_listed, _sync, _check_sync),
    "upgrade": Act(_old, _upgrade, _check_upgrade),
    "backup": Act(_filled, _back_up, _check_back_up),
    "restore": Act(_damaged, _restore, _check_restore),
}


def trial(name: str, folder: Path, seconds: float | None) -> tuple[int, float]:
    """Do an act in that folder, kill it after so many seconds, and look; give what was confirmed and how long it took.

    Raises:
        AssertionError: something was lost or is half done.
    """
    act = ACTS[name]
    act.prepare(folder)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            act.act(folder, lambda: os.write(writing, b"."))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    began = time.monotonic()
    confirmed = _told(reading, seconds)
    if seconds is not None:
        os.kill(child, signal.SIGKILL)
    confirmed += _told(reading, None)
    took = time.monotonic() - began
    os.close(reading)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"{name} failed by itself"
    if name != "restore":  # the library that is being restored is a damaged one
        _require_sound(folder, f"after {confirmed} steps")
    act.check(folder, confirmed)
    _require_sound(folder, "at the end")
    return confirmed, took


def _told(reading: int, seconds: float | None) -> int:
    """How many steps were confirmed within so many seconds, or until the other end is closed."""
    import select

    end = None if seconds is None else time.monotonic() + seconds
    count = 0
    while end is None or time.monotonic() < end:
        if end is not None and not select.select([reading], [], [], max(0.0, end - time.monotonic()))[0]:
            break
        told = os.read(reading, 1 << 10)
        if not told:
            break
        count += len(told)
    return count


def _require_sound(folder: Path, when: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = run(["--library", str(_library(folder)), "doctor"])
    assert status == 0, f"doctor, {when}: {said.getvalue()}"


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    """Kill as often as asked, and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    asked.add_argument("acts", nargs="*")
    asked.add_argument("--kills", type=int, default=225)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    chance, names = random.Random(told.seed), told.acts or list(ACTS)
    failures = 0
    for name in names:
        with tempfile.TemporaryDirectory() as whole:
            _, usual = trial(name, Path(whole), None)
        confirmed = []
        for _ in range(-(-told.kills // len(names))):
            seconds = chance.random() * usual
            with tempfile.TemporaryDirectory() as folder:
                try:
                    confirmed.append(trial(name, Path(folder), seconds)[0])
                except AssertionError as error:
                    failures += 1
                    say(f"{name}, killed after {seconds:.4f} of {usual:.3f} s: {error}")
        steps = f"{min(confirmed)} to {max(confirmed)}" if confirmed else "none"
        say(f"{name:8} {len(confirmed):3} kills within {usual:.2f} s, after {steps} confirmed steps")
    say(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
