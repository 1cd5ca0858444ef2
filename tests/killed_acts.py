"""What `kills.py` kills: what each act begins with, does step by step, and leaves when it is killed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader import library
from reader.library.backing_up import is_library_file
from reader.store import Store
from reader.store.schema import BOOKMARKS, VERSION

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FIXTURES = Path(__file__).with_name("store") / "fixtures"
PAPERS = 60
STEPS = 40
LISTS = 6
IMPORTED = 1_500

Confirm = Callable[[], object]
"""Tells that one step more has returned."""

Commands = Callable[[Path], Iterator[list[str]]]
"""The same steps as commands, each of which is asked for when those before it have ended."""


@dataclass(frozen=True)
class Act:
    """Something that can be killed.

    Attributes:
        prepare: makes what it begins with, in an empty folder.
        act: does it step by step, and confirms each.
        check: fails where what is there is not what so many confirmed steps, or one more, make; then the act goes on.
        commands: does it as users do in a shell, where it can be done there.
    """

    prepare: Callable[[Path], None]
    act: Callable[[Path, Confirm], None]
    check: Callable[[Path, int], None]
    commands: Commands | None = None


def library_of(folder: Path) -> Path:
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
    with Store.open(library_of(folder)) as store:
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
    with Store.open(library_of(folder)) as store:
        for n in range(3):
            library.import_paths(store, [_page(folder, f"page{n}.jsonl", IMPORTED, f"Lanterns{n}")], now=NOW)
            confirm()


def _import_commands(folder: Path) -> Iterator[list[str]]:
    for n in range(3):
        yield ["import", str(_page(folder, f"page{n}.jsonl", IMPORTED, f"Lanterns{n}"))]


def _check_import(folder: Path, confirmed: int) -> None:
    with Store.open(library_of(folder)) as store:
        seen = store.papers.count() - PAPERS
        assert seen % IMPORTED == 0, f"{seen} papers of an import of {IMPORTED} are seen"
        _within(seen // IMPORTED, confirmed, "imports")
        found = library.search(store, "kettles")
        assert len(found.ids) == PAPERS
        library.recover_if_idle(store)
    _import(folder, lambda: None)
    with Store.open(library_of(folder)) as store:
        assert store.papers.count() == PAPERS + 3 * IMPORTED
        assert len(library.search(store, "lanterns1").ids) == IMPORTED


def _tag(folder: Path, confirm: Confirm) -> None:
    with Store.open(library_of(folder)) as store:
        for id_ in _papers(store)[:STEPS]:
            library.tag(store, [id_], "vision", now=NOW, origin="test")
            confirm()


def _tag_commands(folder: Path) -> Iterator[list[str]]:
    with Store.open(library_of(folder)) as store:
        keys = [stored.key for stored in store.papers.get(_papers(store)[:STEPS])]
    for key in keys:
        yield ["tag", "vision", key]


def _check_tag(folder: Path, confirmed: int) -> None:
    with Store.open(library_of(folder)) as store:
        tagged = list(store.annotations.tagged("vision"))
        _within(len(tagged), confirmed, "tags")
        assert tagged == sorted(_papers(store)[: len(tagged)])
        steps = store.database.value("select count(*) from steps where label like 'tagged %'")
        assert steps == len(tagged), "a tag without its step, or a step without its tag"


def _move(folder: Path, confirm: Confirm) -> None:
    with Store.open(library_of(folder)) as store:
        for _ in range(STEPS):
            last = store.lists.entries(BOOKMARKS)[-1]
            library.move_in_list(store, [last], 1 - STEPS, now=NOW, origin="test")
            confirm()


def _move_lists(folder: Path, confirm: Confirm) -> None:
    with Store.open(library_of(folder)) as store:
        for n in range(LISTS):
            library.move_list(store, f"List {LISTS - 1 - n}", 2, now=NOW, origin="test")
            confirm()


def _move_list_commands(folder: Path) -> Iterator[list[str]]:
    for n in range(LISTS):
        yield ["lists", "move", f"List {LISTS - 1 - n}", "2"]


def _check_move(folder: Path, confirmed: int) -> None:
    with Store.open(library_of(folder)) as store:
        order, first = list(store.lists.entries(BOOKMARKS)), _papers(store)[:STEPS]
        turns = next((n for n in range(STEPS + 1) if first[STEPS - n :] + first[: STEPS - n] == order), None)
        assert turns is not None, "an order that no move makes"
        _within(STEPS if not turns and confirmed >= STEPS - 1 else turns, confirmed, "moves")


def _check_moved_lists(folder: Path, confirmed: int) -> None:
    with Store.open(library_of(folder)) as store:
        order, first = [each.name for each in store.lists.all()][1:], [f"List {n}" for n in range(LISTS)]
        turns = [n for n in range(LISTS + 1) if first[LISTS - n :] + first[: LISTS - n] == order]
        assert confirmed in turns or confirmed + 1 in turns, f"{confirmed} moves were confirmed, and it is {order}"


def _many_lists(folder: Path) -> None:
    _filled(folder)
    with Store.open(library_of(folder)) as store:
        for n in range(LISTS):
            library.make_list(store, f"List {n}", now=NOW, origin="test")


def _undo(folder: Path, confirm: Confirm) -> None:
    with Store.open(library_of(folder)) as store:
        while library.undo(store) is not None:
            confirm()


def _undo_commands(folder: Path) -> Iterator[list[str]]:
    for _ in range(STEPS):
        yield ["undo"]


def _many_steps(folder: Path) -> None:
    _filled(folder)
    _tag(folder, lambda: None)


def _check_undo(folder: Path, confirmed: int) -> None:
    with Store.open(library_of(folder)) as store:
        undone = store.database.value("select count(*) from steps where state in ('undone', 'pending')")
        _within(undone, confirmed, "steps taken back")
        left = len(store.annotations.tagged("vision"))
        assert left == max(0, STEPS - undone)


def _export(folder: Path, confirm: Confirm) -> None:
    with Store.open(library_of(folder)) as store:
        for n in range(6):
            chosen = library.export(store, everything=True, format_name=("bibtex", "html", "jsonl")[n % 3])
            library.export_to_file(chosen, folder / f"out{n % 3}", force=True)
            confirm()


def _export_commands(folder: Path) -> Iterator[list[str]]:
    for n in range(6):
        form = ("bibtex", "html", "jsonl")[n % 3]
        yield ["export", "--all", "--format", form, "--force", "-o", str(folder / f"out{n % 3}")]


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
    with Store.open(library_of(folder)) as store:
        library.export_to_file(library.export(store), folder / "list.md")


def _sync(folder: Path, confirm: Confirm) -> None:
    path = folder / "list.md"
    with Store.open(library_of(folder)) as store:
        for n in range(6):
            _edit(path, n)
            library.sync(store, path, now=NOW + timedelta(minutes=n), origin="test")
            confirm()


def _edit(path: Path, number: int) -> None:
    """What a person does to a list in an editor: tick an entry, and write a line."""
    text = path.read_text(encoding="utf-8").splitlines()
    place = next(place for place, line in enumerate(text) if line.startswith("- [ ] "))
    text[place] = text[place].replace("- [ ]", "- [x]", 1)
    fresh = path.with_name("edited")
    fresh.write_text("\n".join([*text, f"A line of mine, {number}.", ""]), encoding="utf-8")
    fresh.replace(path)


def _sync_commands(folder: Path) -> Iterator[list[str]]:
    for n in range(6):
        _edit(folder / "list.md", n)
        yield ["sync", str(folder / "list.md")]


def _check_sync(folder: Path, confirmed: int) -> None:
    path = folder / "list.md"
    with Store.open(library_of(folder)) as store:
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
    shutil.copyfile(FIXTURES / "version_1.db", library_of(folder))


def _upgrade(folder: Path, confirm: Confirm) -> None:
    for n in range(3):
        Store.open(_one_more_old(folder, n)).close()
        confirm()


def _one_more_old(folder: Path, number: int) -> Path:
    path = folder / f"old{number}.db"
    shutil.copyfile(FIXTURES / "version_1.db", folder / "copying")
    (folder / "copying").replace(path)
    return path


def _upgrade_commands(folder: Path) -> Iterator[list[str]]:
    for n in range(3):
        yield ["--library", str(_one_more_old(folder, n)), "stats"]


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
    with Store.open(library_of(folder)) as store:
        for n in range(STEPS):
            library.back_up_daily(store, library_of(folder), now=NOW + timedelta(days=n))
            confirm()


def _back_up_commands(folder: Path) -> Iterator[list[str]]:
    for n in range(STEPS):
        day = (NOW + timedelta(days=n)).date()
        yield ["backup", "-o", str(library.copy_of_day(library_of(folder), day))]


def _check_back_up(folder: Path, confirmed: int) -> None:
    copies = library.backups(library_of(folder))
    last = (NOW + timedelta(days=confirmed - 1)).date()
    assert not confirmed or library.copy_of_day(library_of(folder), last) in copies
    for copy in copies:
        assert is_library_file(copy)
        assert len([line for line in copy.read_text(encoding="utf-8").splitlines() if '"title"' in line]) == STEPS
        assert copy.stat().st_mode & 0o777 == 0o600


def _damaged(folder: Path) -> None:
    _filled(folder)
    with Store.open(library_of(folder)) as store:
        library.back_up(store, folder / "copy.jsonl")
    content = bytearray(library_of(folder).read_bytes())
    content[4_096:40_960] = b"\xff" * 36_864
    library_of(folder).write_bytes(content)
    (folder / "damaged").write_bytes(content)


def _restore(folder: Path, confirm: Confirm) -> None:
    library.restore_backup(library_of(folder), folder / "copy.jsonl", now=NOW, origin="test")
    confirm()


def _restore_commands(folder: Path) -> Iterator[list[str]]:
    yield ["restore", str(folder / "copy.jsonl")]


def _check_restore(folder: Path, confirmed: int) -> None:
    kept = [path.read_bytes() for path in folder.glob("library.db*") if path.is_file()]
    assert (folder / "damaged").read_bytes() in kept, "the damaged library is gone"
    if not confirmed:
        _restore(folder, lambda: None)
    with Store.open(library_of(folder)) as store:
        assert len(store.lists.entries(BOOKMARKS)) == STEPS
        assert store.annotations.note(store.lists.entries(BOOKMARKS)[0]) == "A note."


ACTS: dict[str, Act] = {
    "import": Act(_filled, _import, _check_import, _import_commands),
    "tag": Act(_filled, _tag, _check_tag, _tag_commands),
    "move": Act(_filled, _move, _check_move),
    "undo": Act(_many_steps, _undo, _check_undo, _undo_commands),
    "export": Act(_filled, _export, _check_export, _export_commands),
    "sync": Act(_listed, _sync, _check_sync, _sync_commands),
    "upgrade": Act(_old, _upgrade, _check_upgrade, _upgrade_commands),
    "backup": Act(_filled, _back_up, _check_back_up, _back_up_commands),
    "restore": Act(_damaged, _restore, _check_restore, _restore_commands),
    "move lists": Act(_many_lists, _move_lists, _check_moved_lists, _move_list_commands),
}
