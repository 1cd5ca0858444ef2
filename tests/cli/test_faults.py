"""A full disk, a folder that is gone or may not be written, awkward names: one sentence, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import reader
from cli.conftest import Command, Ran
from reader.store import Store

resource = pytest.importorskip("resource")

CHECKOUT = Path(reader.__file__).parents[1]
PAPERS = "".join(
    json.dumps({"title": f"On kettles {n}", "abstract": f"Kettle {n} and {n * n} more words {n * 7}."}) + "\n"
    for n in range(300)
)


def limited(limit: int | None, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
    """A command that may write no file beyond that size: what a full disk is to it."""

    def hold() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "reader", *arguments], env={**os.environ, "PYTHONPATH": str(CHECKOUT), **(env or {})},
        preexec_fn=hold, capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def all_of(path: Path) -> object:
    with Store.open(path, create=False) as store:
        return [
            (stored.key, stored.lists, stored.tags, stored.note) for stored in store.papers.get(store.papers.ids())
        ], [(each.name, each.count) for each in store.lists.all()]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "page.jsonl").write_text(PAPERS, encoding="utf-8")
    return tmp_path / "page.jsonl"


STAGES: dict[str, tuple[str, ...]] = {
    "import": ("import", "page.jsonl"),
    "bookmark": ("bookmark", "--query", "kettles"),
    "export": ("export", "--all", "-o", "out.bib", "--format", "bibtex", "--force"),
    "backup": ("backup", "-o", "copy.jsonl"),
    "undo": ("undo",),
    "remove": ("sources", "remove", "1"),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("room", [0, 9_000, 60_000])
def test_a_full_disk_is_one_sentence_and_costs_nothing(
    command: Command, library: Path, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, room: int
) -> None:
    monkeypatch.chdir(tmp_path)
    if stage != "import":
        assert command("import", str(page)).status == 0
    assert command("tag", "vision", "--query", "teapots").status == 0
    before = all_of(library)
    size = library.stat().st_size if stage in ("import", "bookmark", "undo", "remove") else 0
    if room == 0:
        size = 0
    ran = limited(size + room, *STAGES[stage])
    assert "Traceback" not in ran.err
    assert ran.status in (0, 1, 4), ran.err
    if ran.status == 4:
        assert ran.err.count("\n") == 1, ran.err
        assert all_of(library) == before
    assert command("doctor").status == 0
    assert limited(None, *STAGES[stage]).status == 0 or stage == "remove"
    assert not list(tmp_path.glob(".reader-*"))


def test_a_library_that_cannot_be_begun_is_said(page: Path, tmp_path: Path) -> None:
    ran = limited(2_000, "--library", str(tmp_path / "new.db"), "import", str(page))
    assert (ran.status, ran.err.count("\n")) == (4, 1)
    assert limited(None, "--library", str(tmp_path / "new.db"), "import", str(page)).status == 0
    assert limited(None, "--library", str(tmp_path / "new.db"), "doctor").status == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    """A disk of 700 KiB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount") or "mount"
    making = [mount, "-t", "tmpfs", "-o", "size=700k", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(making, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody make a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_real_full_disk_too(small_disk: Path, page: Path) -> None:
    path = small_disk / "library.db"
    small = page.with_name("small.jsonl")
    small.write_text("".join(PAPERS.splitlines(keepends=True)[:20]), encoding="utf-8")
    assert limited(None, "--library", str(path), "import", str(small)).status == 0
    before = all_of(path)
    ran = limited(None, "--library", str(path), "import", str(page))
    assert (ran.status, ran.err.count("\n")) == (4, 1), ran.err
    assert all_of(path) == before
    assert limited(None, "--library", str(path), "doctor").status == 0


AWKWARD = {
    "spaces and quotes": "a 'fine' \"library\" ;--?mode=ro&x=%20#.db",
    "200 letters": "l" * 200,
    "no UTF-8": os.fsdecode(b"caf\xe9\xff.db"),
    "a line break": "two\nlines.db",
    "like an option": "-rf.db",
    "like a URI": "file:x?mode=memory",
    "like no file": ":memory:",
    "emoji and a right-to-left mark": "📚\u200f.db",
}


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_a_library_may_have_any_name(
    command: Command, page: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / name
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system does not take that name")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("READER_LIBRARY", name)
    for words in (("import", str(page)), ("bookmark", "--query", "kettles 7"), ("backup",), ("restore",), ("doctor",)):
        ran = command(*words)
        assert ran.status == 0, ran.err
        assert "Traceback" not in ran.err
    assert (folder / name).stat().st_size > 4_096
    assert command("search", "--json", "is:bookmarked").objects


def test_a_folder_that_vanished_is_said(command: Command, tmp_path: Path, page: Path) -> None:
    gone = tmp_path / "gone"
    path = gone / "library.db"
    assert command("--library", str(path), "import", str(page)).status == 0
    shutil.rmtree(gone)
    for words in (("search", "x"), ("bookmark", "abc"), ("doctor",), ("export",), ("restore",), ("backup",)):
        ran = command("--library", str(path), *words)
        assert ran.status in (0, 1), ran.err
        assert "Traceback" not in ran.err


def test_a_file_in_the_place_of_the_folder_is_said(command: Command, tmp_path: Path, page: Path) -> None:
    ran = command("--library", str(page / "library.db"), "import", str(page))
    assert (ran.status, ran.err.count("\n")) == (4, 1)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing keeps this user from writing")
@pytest.mark.parametrize("mode", [0o400, 0o000])
def test_a_file_that_may_not_be_written_is_said(command: Command, library: Path, mode: int) -> None:
    library.chmod(mode)
    ran = command("bookmark", "--query", "teapots")
    assert (ran.status, ran.err.count("\n")) == (4, 1)
    library.chmod(0o600)
    assert command("doctor").status == 0


MODES = [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555), (0o000, 0o755), (0o666, 0o000)]
"""Of the library and of its folder."""


def unprivileged(action: Callable[[], None]) -> None:
    """Run that as nobody, in a process of its own."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgid(65534)
            os.setuid(65534)
            action()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become nobody")
@pytest.mark.parametrize(("file", "folder"), MODES)
def test_nobody_who_may_not_write_is_told_so(tmp_path: Path, library: Path, page: Path, file: int, folder: int) -> None:
    outside = Path("/tmp") / f"reader-test-{os.getpid()}-{file:o}-{folder:o}"  # the folders above must let nobody in
    shutil.rmtree(outside, ignore_errors=True)
    outside.mkdir()
    path = outside / "library.db"
    shutil.copyfile(library, path)
    before = path.read_bytes()
    path.chmod(file)
    outside.chmod(folder)

    def act() -> None:
        from reader.cli import run

        sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - this process ends with it
        for words in (["tag", "x", "--query", "teapots"], ["undo"], ["lists"], ["search", "teapots"], ["doctor"]):
            assert run(["--library", str(path), *words]) in (0, 1, 4)

    try:
        unprivileged(act)
    finally:
        outside.chmod(0o755)
        if file in (0o444, 0o000):
            assert path.read_bytes() == before
        shutil.rmtree(outside)


@pytest.mark.parametrize("folder", ["missing", "full"])
def test_without_room_for_temporary_files_it_works(
    command: Command, page: Path, tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere") if folder == "missing" else "/dev/full")
    ran = command("import", str(page))
    assert ran.status == 0, ran.err
    assert command("search", "kettles 17").status == 0
    ran = command("import", "-", stdin=b'{"title": "From a pipe"}')
    assert ran.status in (0, 3, 4)
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("home", ["", "/nowhere/at/all", "/dev/null"])
def test_without_a_home_folder_it_says_so_or_works(tmp_path: Path, home: str) -> None:
    plain = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "READER_LIBRARY"), "")
    for words in (("stats",), ("doctor",), ("config", "path"), ("search", "x")):
        ran = limited(None, *words, env={**plain, "HOME": home, "PATH": os.environ["PATH"]})
        assert "Traceback" not in ran.err
        assert "should not happen" not in ran.err
        assert ran.status in (0, 1, 4)
