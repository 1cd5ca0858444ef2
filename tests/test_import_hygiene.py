"""What importing costs: nothing is opened, read or started, and the command line never loads the app."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import reader
from app.made_up import fill

PACKAGE = Path(reader.__file__).parent
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
)

# Imports everything while an audit hook (https://peps.python.org/pep-0578/) notes which files are opened, and a
# stand-in for the environment notes what our own modules read there.
WATCHED_IMPORT = """
import importlib, json, os, sys, threading

package, *modules = sys.argv[1:]
opened, read = [], []


def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.append(arguments[0])
    if event in ("sqlite3.connect", "socket.connect", "subprocess.Popen", "os.system"):
        opened.append(event)


class Environment(dict):
    def __getitem__(self, name):
        note(name)
        return super().__getitem__(name)

    def get(self, name, default=None):
        note(name)
        return super().get(name, default)

    def __contains__(self, name):
        note(name)
        return super().__contains__(name)


def note(name):
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename.startswith(("<frozen", os.__file__)):
        frame = frame.f_back
    if frame is not None and frame.f_code.co_filename.startswith(package):
        read.append(name)


for name in modules:  # what they import from elsewhere opens and reads as it likes
    importlib.import_module(name)
for name in [name for name in sys.modules if name == "reader" or name.startswith("reader.")]:
    del sys.modules[name]
before = threading.active_count()
os.environ = Environment(os.environ)
os.getenv = lambda name, default=None: os.environ.get(name, default)
sys.addaudithook(watch)
for name in modules:
    importlib.import_module(name)
outside = [path for path in opened if not path.startswith(package)]
print(json.dumps({"opened": outside, "read": read, "threads": threading.active_count() - before}))
"""


def run_python(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=PACKAGE.parent, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_every_module_starts_no_thread_opens_no_file_and_reads_no_environment() -> None:
    seen = json.loads(run_python(WATCHED_IMPORT, str(PACKAGE), *MODULES))
    assert seen == {"opened": [], "read": [], "threads": 0}


def test_what_only_html_needs_is_loaded_by_no_module() -> None:
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    assert run_python(f"{code}print('selectolax' in sys.modules)", *MODULES).strip() == "False"


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["search", "teapots"], ["export", "--all"], ["show", "2512.00001"], ["lists"]],
    ids=" ".join,
)
def test_the_command_line_does_not_load_the_app(tmp_path: Path, arguments: list[str]) -> None:
    library = fill(tmp_path / "library.db")
    code = (
        "import sys\nfrom reader.cli import run\nstatus = run(sys.argv[1:])\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(status, sorted(loaded & {'textual', 'rich', 'numpy', 'asyncio', 'selectolax'}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=PACKAGE.parent, capture_output=True, text=True, timeout=60,
        env={**os.environ, "READER_LIBRARY": str(library)}, check=True,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "0 []"


# Opens the app without a terminal and ends it where the first frame was painted, before anything else is loaded.
FIRST_FRAME = """
import os, sys
from pathlib import Path
from textual.app import App
from reader import app

run, App.run = App.run, lambda self: run(self, headless=True)


def shown():
    {tell}
    sys.__stdout__.flush()
    os._exit(0)


app._collect_garbage = shown
app.run_app(Path(sys.argv[1]), export_folder=Path(sys.argv[1]).parent)
"""
LATER = {
    "rapidfuzz", "tomllib", "tomlkit", "selectolax", "numpy", "secrets",
    "reader.formats", "reader.export", "reader.library.importing", "reader.library.finding", "reader.search.parsing",
    "reader.search.query", "reader.search.engine", "reader.search.toggling", "reader.search.completing",
    "reader.search.related", "reader.settings.reading", "reader.settings.writing", "reader.store.imports",
    "reader.store.journal", "reader.mathematics.residue", "reader.app.modals", "reader.app.find_screen",
    "reader.app.lists_screen", "reader.app.import_screen", "reader.app.first_keys",
}  # fmt: skip
"""What no first list needs."""


def at_first_frame(library: Path, tell: str) -> list[str]:
    return run_python(FIRST_FRAME.replace("{tell}", tell), str(library)).split()


def test_nothing_is_loaded_before_the_first_frame_that_it_does_not_need(tmp_path: Path) -> None:
    loaded = at_first_frame(fill(tmp_path / "library.db"), "print(*sys.modules, file=sys.__stdout__)")
    assert "reader.app.main_screen" in loaded
    assert LATER & set(loaded) == set()


def test_no_methods_of_values_are_compiled_before_the_first_frame(tmp_path: Path) -> None:
    """`frozen` makes such classes without it; a dataclass that can be changed is compiled, too, but there are few."""
    tell = """print(*{f"{each.__module__}.{each.__qualname__}" for name, module in list(sys.modules.items())
        if name.startswith("reader") for each in vars(module).values()
        if isinstance(each, type) and each.__module__.startswith("reader")
        and hasattr(each, "__dataclass_params__") and each.__dataclass_params__.frozen}, file=sys.__stdout__)"""
    assert at_first_frame(fill(tmp_path / "library.db"), tell) == []


def test_a_search_of_the_command_line_loads_only_what_searches(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom reader.cli import run\nrun(['search', '--json', 'teapots'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, timeout=60,
        env={**os.environ, "READER_LIBRARY": str(fill(tmp_path / "library.db"))}, check=True,
    )  # fmt: skip
    needless = {"tomllib", "tomlkit", "subprocess", "secrets", "reader.formats", "reader.app",
                "reader.library.importing", "reader.settings.reading", "reader.store.imports", "reader.search.related",
                "reader.search.completing"}  # fmt: skip
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "reader.search.engine" in loaded
    assert needless & loaded == set()


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith(("reader.app", "reader.cli"))])
def test_the_core_is_free_of_both_front_ends(name: str) -> None:
    forbidden = {"textual", "rich", "click"}
    source = (PACKAGE.parent / Path(*name.split("."))).with_suffix(".py")
    if not source.exists():
        source = PACKAGE.parent.joinpath(*name.split("."), "__init__.py")
    words = {line.split()[1].partition(".")[0] for line in source.read_text(encoding="utf-8").splitlines()
             if line.strip().startswith(("import ", "from ")) and len(line.split()) > 1}  # fmt: skip
    assert not words & forbidden
