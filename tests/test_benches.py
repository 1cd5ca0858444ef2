"""Every bench says what it measures, measures nothing before it is asked to, and then prints what it says it prints.

The benches that need no terminal run at a tiny size; what they print is looked at, never how long anything took.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from textual.app import App

from reader.app.reader_app import ReaderApp
from reader.app.session import Session
from reader.store import Store

BENCH = Path(__file__).parents[1] / "bench"
PROGRAMS = [path for path in sorted(BENCH.glob("*.py")) if 'if __name__ == "__main__":' in path.read_text("utf-8")]


def run(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BENCH / name), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the benches find the library of forty papers made already."""
    folder = tmp_path_factory.mktemp("libraries")
    done = run("corpus.py", "40", "--as", "library", "-o", folder / "40.db")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def bench_modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The modules of bench/ can be imported as they import one another."""
    monkeypatch.syspath_prepend(str(BENCH))
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if (origin := getattr(sys.modules[name], "__file__", None)) and Path(origin).parent == BENCH:
            del sys.modules[name]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_help_is_printed_and_nothing_is_run(path: Path) -> None:
    done = run(path.name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {path.name}")
    assert "\x1b" not in done.stdout


def test_run_explains_itself() -> None:
    done = subprocess.run([str(BENCH / "run"), "--help"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "bench/run [SIZE]" in done.stdout
    assert "set -" not in done.stdout


def test_search_names_each_way_of_searching_and_keeps_its_figures(libraries: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures"
    done = run(
        "search.py", "40", "--libraries", libraries, "--queries", "25", "--typed", "2", "--scans", "2",
        "--fzf-queries", "0", "--figures", figures,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split("  ")[0]: line.split() for line in done.stdout.splitlines()}
    assert lines["titles, clean"][2] == "25"
    assert lines["rapidfuzz scan, misspelt"][3] == "2"
    assert float(lines["titles, clean"][-1]) > 0.9
    kept = [json.loads(line) for line in figures.read_text("utf-8").splitlines()]
    assert {each["papers"] for each in kept} == {40}
    assert {"titles, misspelt p95 ms", "held with slips"} <= {each["figure"] for each in kept}


def test_disk_counts_every_byte_of_the_file(libraries: Path) -> None:
    done = run("disk.py", "40", "--libraries", libraries)
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line.split("  ")[0]: line for line in done.stdout.splitlines()}
    assert "full text" in rows["text_index"]
    size = (libraries / "40.db").stat().st_size
    assert rows["all"].split()[1:4] == [f"{size / 1e6:.1f}", "100.0%", f"{size / 40:,.0f}"]


@pytest.mark.usefixtures("bench_modules")
def test_disk_adds_up_columns_where_pages_cannot_be_counted(libraries: Path) -> None:
    import disk

    path = libraries / "40.db"
    connection = sqlite3.connect(path)
    found = {part.name: part.size for part in disk.by_columns(connection)}
    (texts,) = connection.execute("select sum(length(cast(abstract as blob))) from texts").fetchone()
    connection.close()
    assert found["texts"] >= texts
    assert sum(found.values()) == path.stat().st_size


def test_import_is_held_against_loading_the_same_rows() -> None:
    done = run("import.py", "40", "--rounds", "1", "--kind", "jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert "JSON Lines of 40 papers" in done.stdout
    assert {"reader import", "plain executemany"} <= {line.split("  ")[0] for line in done.stdout.splitlines()}


def test_a_missing_library_is_named_in_one_line(tmp_path: Path) -> None:
    done = run("disk.py", "--library", tmp_path / "none.db")
    assert done.returncode == 1
    assert done.stderr.strip() == f"{tmp_path / 'none.db'} is not there: name a library that reader made"


@pytest.mark.usefixtures("bench_modules")
def test_a_library_is_copied_with_what_is_not_yet_in_its_file(library: Path, tmp_path: Path) -> None:
    import libraries as made

    with Store.open(library):
        connection = sqlite3.connect(library)
        connection.execute("insert into lists (name, position) values ('In the log only', 9)")
        connection.commit()
        made.copy(library, tmp_path / "copy.db")
        connection.close()
    copied = sqlite3.connect(tmp_path / "copy.db")
    assert copied.execute("select count(*) from lists where position = 9").fetchone() == (1,)
    copied.close()


@pytest.mark.parametrize(("said", "papers"), [("500", 500), ("10k", 10_000), ("1M", 1_000_000), ("1_500", 1_500)])
@pytest.mark.usefixtures("bench_modules")
def test_sizes_are_written_as_people_write_them(said: str, papers: int) -> None:
    import sizes

    assert sizes.size(said) == papers
    assert sizes.size(sizes.short(papers)) == papers


@pytest.mark.usefixtures("bench_modules")
def test_a_stretch_of_lag_counts_once_and_weighs_as_long_as_it_was() -> None:
    import heartbeat
    import lag

    beat = heartbeat.BEAT
    away = [0.030 - n * beat for n in range(15)]  # one stretch of 30 ms
    late = [0.001, *away, 0.001, 0.012, 0.001, 0.040, 0.001]
    own = [*late[:-2], 0.004, 0.001]  # the last time other programs had the processor
    found = lag.Lag(late, own, frames=1)
    assert found.stretches(0.010) == 2
    assert found.stretches(0.050) == 0


@pytest.mark.usefixtures("bench_modules")
def test_a_late_beat_stands_for_those_that_were_due(monkeypatch: pytest.MonkeyPatch) -> None:
    import heartbeat

    class Loop:
        delays: list[float] = []  # noqa: RUF012 - one loop

        def call_later(self, delay: float, _call: object) -> None:
            self.delays.append(delay)

    now = [0.0]
    monkeypatch.setattr("heartbeat.time.perf_counter", lambda: now[0])
    beating = heartbeat.Heartbeat()
    beating.begin(Loop())  # type: ignore[arg-type]
    now[0] = 5.5 * heartbeat.BEAT
    beating._beat()
    beats = array("d", beating.beats)
    assert [round(due / heartbeat.BEAT) for due in beats[0::3]] == [1, 2, 3, 4, 5]
    assert [round(late / heartbeat.BEAT, 1) for late in beats[1::3]] == [4.5, 3.5, 2.5, 1.5, 0.5]
    assert Loop.delays[-1] == pytest.approx(0.5 * heartbeat.BEAT)


@pytest.mark.usefixtures("bench_modules")
def test_the_summary_tells_what_is_reached_and_what_is_short(tmp_path: Path) -> None:
    figures = tmp_path / "figures"
    taken = {"held with slips": 0.5, "memory searching MiB": 60.0, "fzf over reader, clean": 3.0}
    figures.write_text(
        "".join(json.dumps({"papers": 500, "figure": name, "value": value}) + "\n" for name, value in taken.items())
    )
    done = run("summary.py", figures)
    assert done.returncode == 0
    lines = {line.split("  ")[0]: line for line in done.stdout.splitlines()}
    assert lines["resident memory while searching"].endswith("reached")
    assert lines["in the first ten, of what is found without slips"].endswith("short by 0.480 (49%)")
    assert lines["fzf --filter, clean, over titles"].endswith("asked from 100,000 on")
    assert lines["start over empty panes"].endswith("not measured")


@pytest.mark.usefixtures("bench_modules")
async def test_the_empty_panes_are_the_panes_of_the_app(tmp_path: Path, now: datetime) -> None:
    import empty_panes

    async def names(app: App[None]) -> set[str | None]:
        async with app.run_test():
            return {widget.id for widget in app.screen.walk_children()} - {None}

    library = tmp_path / "library.db"
    store = Store.open(library)
    with closing(Session(store, library, export_folder=tmp_path, now=lambda: now, origin="window test")) as session:
        empty = await names(empty_panes.EmptyPanes(css_path=empty_panes.style_sheet()))
        assert empty == await names(ReaderApp(session))


def test_a_monkey_breaks_nothing_while_papers_are_imported() -> None:
    done = run("monkey.py", "300", "--seed", "7")
    assert (done.returncode, done.stderr) == (0, "")
    assert "300 events" in done.stdout
    assert "the library is what they make it" in done.stdout
