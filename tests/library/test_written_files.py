"""A file is replaced without a question where it is as reader wrote it, whatever its format says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.export.registry import FORMATS
from reader.library import Export, export, export_to_file, fate_of, file_in, remembered_by
from reader.store import Store

SILENT = [name for name, form in FORMATS.items() if not form.knows_its_files]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "state" / "written-files.json"


def remembered(store: Store, record: Path, name: str) -> Export:
    return remembered_by(export(store, format_name=name, everything=True), record)


@pytest.mark.parametrize("name", SILENT)
def test_what_reader_wrote_it_writes_again_until_somebody_changes_it(
    store: Store, tmp_path: Path, record: Path, name: str
) -> None:
    path = file_in(remembered(store, record, name), tmp_path)
    export_to_file(remembered(store, record, name), path)
    assert file_in(remembered(store, record, name), tmp_path) == path
    assert fate_of(remembered(store, record, name), path) == "replaced"
    export_to_file(remembered(store, record, name), path)
    path.write_text(path.read_text() + "mine\n")
    assert fate_of(remembered(store, record, name), path) == "unknown"
    with pytest.raises(LibraryError, match="or was changed since"):
        export_to_file(remembered(store, record, name), path)
    assert path.read_text().endswith("mine\n")
    export_to_file(remembered(store, record, name), path, force=True)
    assert fate_of(remembered(store, record, name), path) == "replaced"


@pytest.mark.parametrize("said", [None, b"", b"[1]", b'{"a": 1', b"\xff\xfe", b'{"a": {"b": 1}}'])
def test_a_record_that_is_gone_or_damaged_knows_nothing_and_is_written_anew(
    store: Store, tmp_path: Path, record: Path, said: bytes | None
) -> None:
    path = tmp_path / "list.csv"
    export_to_file(remembered(store, record, "csv"), path)
    record.unlink()
    if said is not None:
        record.write_bytes(said)
    assert fate_of(remembered(store, record, "csv"), path) == "unknown"
    export_to_file(remembered(store, record, "csv"), path, force=True)
    assert fate_of(remembered(store, record, "csv"), path) == "replaced"


def test_a_record_that_cannot_be_written_is_done_without(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    path = tmp_path / "list.csv"
    export_to_file(remembered(store, tmp_path / "file" / "record", "csv"), path)
    assert path.exists()
    assert (tmp_path / "file").read_text() == "in the way of a folder"
