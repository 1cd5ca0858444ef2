"""The file writer writes all or nothing, and replaces only what it may."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import LibraryError, UnreadableInput
from reader.export import files

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="needs POSIX modes and links")


def never(path: Path) -> bool:
    return False


def always(path: Path) -> bool:
    return True


def not_to_be_asked(path: Path) -> bool:
    raise AssertionError(f"nothing is at {path}")


def disk_full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_all_chunks_as_utf8_with_line_feeds(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    files.write(path, ["α\n", "", "β\n"], may_replace=not_to_be_asked)
    assert path.read_bytes() == "α\nβ\n".encode()
    assert names(tmp_path) == ["list.md"]


@POSIX_ONLY
def test_a_new_file_gets_what_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "list.md", ["x"], may_replace=never)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "list.md").stat().st_mode) == 0o640


@POSIX_ONLY
def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("old")
    path.chmod(0o604)
    files.write(path, ["new"], may_replace=always)
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_file_that_may_not_be_replaced_stays_and_its_chunks_are_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("mine")
    chunks = iter(["new"])
    with pytest.raises(LibraryError) as caught:
        files.write(path, chunks, may_replace=never)
    assert caught.value.message == f"{path} exists and was not written by reader, or was changed since"
    assert caught.value.hint == "--force replaces it, or name another file"
    assert path.read_text() == "mine"
    assert next(chunks) == "new"


def test_a_missing_folder_is_an_error_unless_it_is_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "list.md"
    with pytest.raises(LibraryError, match=r"does not exist \(create it"):
        files.write(path, ["x"], may_replace=never)
    assert names(tmp_path) == []
    files.write(path, ["x"], may_replace=never, make_folder=True)
    assert path.read_text() == "x"


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for make_folder in (False, True):
        with pytest.raises(LibraryError):
            files.write(tmp_path / "file" / "list.md", ["x"], may_replace=always, make_folder=make_folder)


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is a folder"):
        files.write(tmp_path, ["x"], may_replace=always)


@POSIX_ONLY
def test_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LibraryError, match="no regular file"):
        files.write(tmp_path / "pipe", ["x"], may_replace=always)


@POSIX_ONLY
def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    target, link = tmp_path / "kept" / "real.md", tmp_path / "link.md"
    target.write_text("old")
    link.symlink_to(target)
    asked: list[Path] = []
    files.write(link, ["new"], may_replace=lambda path: not asked.append(path))  # type: ignore[func-returns-value]
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert asked == [target.resolve()]
    assert names(tmp_path / "kept") == ["real.md"]


@POSIX_ONLY
@pytest.mark.parametrize("leads_to", ["nothing", "loop.md"])
def test_a_link_that_leads_to_no_file_is_refused(tmp_path: Path, leads_to: str) -> None:
    link = tmp_path / "loop.md"
    link.symlink_to(tmp_path / leads_to)
    with pytest.raises(LibraryError, match="leads to no file"):
        files.write(link, ["x"], may_replace=always)
    assert names(tmp_path) == ["loop.md"]


@pytest.mark.parametrize("step", ["replace", "fsync"])
@pytest.mark.parametrize("there", [True, False])
def test_a_failing_disk_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, there: bool
) -> None:
    path = tmp_path / "list.md"
    if there:
        path.write_text("old")
    monkeypatch.setattr(os, step, disk_full)
    with pytest.raises(LibraryError, match="No space left on device") as caught:
        files.write(path, ["new"], may_replace=always)
    assert str(path) in caught.value.message
    assert names(tmp_path) == (["list.md"] if there else [])
    assert not there or path.read_text() == "old"


@pytest.mark.parametrize("error", [UnreadableInput("the library is gone"), KeyboardInterrupt()])
def test_a_failure_midway_through_the_chunks_leaves_all_as_it_was(tmp_path: Path, error: BaseException) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        raise error

    path = tmp_path / "list.md"
    path.write_text("old")
    with pytest.raises(type(error)):
        files.write(path, broken(), may_replace=always)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["list.md"]


def test_a_file_made_by_another_while_the_chunks_were_drawn_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "list.md"

    def slow() -> Iterator[str]:
        yield "ours"
        path.write_text("theirs")

    with pytest.raises(LibraryError, match="cannot be written"):
        files.write(path, slow(), may_replace=always)
    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["list.md"]


def test_a_folder_that_cannot_be_flushed_does_not_undo_what_is_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = os.fsync

    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    files.write(tmp_path / "list.md", ["x"], may_replace=never)
    assert (tmp_path / "list.md").read_text() == "x"


@POSIX_ONLY
@pytest.mark.skipif(AS_ROOT, reason="root writes everywhere")
def test_a_read_only_folder_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("old")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(LibraryError, match=r"list\.md cannot be written"):
            files.write(path, ["new"], may_replace=always)
        assert path.read_text() == "old"
    finally:
        tmp_path.chmod(0o700)


def test_a_name_too_long_is_an_error_and_the_longest_is_not(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be"):
        files.write(tmp_path / ("x" * 5000), ["x"], may_replace=never)
    files.write(tmp_path / ("x" * 250), ["x"], may_replace=never)
    assert (tmp_path / ("x" * 250)).read_text() == "x"


def test_an_error_shows_control_characters_of_a_name(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        files.write(tmp_path / "no\x1b[31m" / "list.md", ["x"], may_replace=never)
    assert "\x1b" not in caught.value.message


def test_a_vacant_name_is_the_first_that_is_free_or_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    assert files.vacant(path, may_replace=never) == path
    path.write_text("mine")
    (tmp_path / "list 2.md").write_text("exported")
    assert files.vacant(path, may_replace=never) == tmp_path / "list 3.md"
    assert files.vacant(path, may_replace=lambda path: path.read_text() == "exported") == tmp_path / "list 2.md"


@POSIX_ONLY
def test_neither_a_folder_nor_a_dangling_link_is_a_vacant_name(tmp_path: Path) -> None:
    (tmp_path / "list.md").mkdir()
    (tmp_path / "list 2.md").symlink_to(tmp_path / "nothing")
    assert files.vacant(tmp_path / "list.md", may_replace=always) == tmp_path / "list 3.md"


def test_a_folder_that_cannot_be_looked_into_has_no_vacant_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be reached"):
        files.vacant(tmp_path / "file" / "list.md", may_replace=always)


def leftover(folder: Path, number: int, *, hours: float = 2.0, ending: str = "") -> Path:
    path = folder / f".reader-{number:016x}.part{ending}"
    path.write_text("half of a fi")
    then = time.time() - hours * 3_600
    os.utime(path, (then, then))
    return path


def test_what_killed_processes_left_goes_and_nothing_else(tmp_path: Path) -> None:
    gone = [leftover(tmp_path, 1), leftover(tmp_path, 2, ending="-journal")]
    young, named_alike = leftover(tmp_path, 3, hours=0.9), tmp_path / ".reader-notes.part"
    folder = tmp_path / f".reader-{4:016x}.part"
    folder.mkdir()
    named_alike.touch()
    for each in (named_alike, folder):
        os.utime(each, (0, 0))
    files.write(tmp_path / "untidy.md", ["text"], may_replace=never, tidy=False)
    assert all(each.exists() for each in gone)
    files.write(tmp_path / "list.md", ["text"], may_replace=never)
    assert not any(each.exists() for each in gone)
    assert all(each.exists() for each in (young, named_alike, folder))


@POSIX_ONLY
def test_an_export_that_is_still_written_stays_though_the_clock_was_set(tmp_path: Path) -> None:
    def chunks() -> Iterator[str]:
        (written,) = tmp_path.glob(".reader-*.part")
        yield "begun "
        os.utime(written, (0, 0))
        files.write(tmp_path / "other.md", ["other"], may_replace=never)
        yield "ended"

    files.write(tmp_path / "list.md", chunks(), may_replace=never)
    assert (tmp_path / "list.md").read_text() == "begun ended"
    assert names(tmp_path) == ["list.md", "other.md"]


@POSIX_ONLY
def test_links_and_files_of_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "mine.md"
    target.touch()
    link = tmp_path / f".reader-{1:016x}.part"
    link.symlink_to(target)
    os.utime(link, (0, 0), follow_symlinks=False)
    others = leftover(tmp_path, 2)
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    files.remove_leftovers(tmp_path)
    assert others.exists()
    monkeypatch.undo()
    files.remove_leftovers(tmp_path)
    assert (others.exists(), link.is_symlink(), target.exists()) == (False, True, True)


def test_a_folder_that_cannot_be_looked_into_is_no_error(tmp_path: Path) -> None:
    files.remove_leftovers(tmp_path / "nowhere")


def test_where_folders_cannot_be_flushed_the_file_is_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY", raising=False)
    files.write(tmp_path / "list.md", ["text"], may_replace=never)
    assert (tmp_path / "list.md").read_text() == "text"
