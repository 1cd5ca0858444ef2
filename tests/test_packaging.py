"""The sample library is read alike from a wheel, from an editable install, and from a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]

BUILD = "import sys; from hatchling import build; print(getattr(build, sys.argv[1])(sys.argv[2]))"
TRY = """
import site, sys
sys.path += sys.argv[3:]
from datetime import UTC, datetime
from pathlib import Path
sys.path.insert(0, sys.argv[1])
site.addsitedir(sys.argv[1])
import reader
from reader import library, paths
from reader.store import Store
with Store.open(library.open_sample(Path(sys.argv[2]), now=datetime(2026, 1, 1, tzinfo=UTC))) as store:
    print(store.papers.count(), Path(reader.__file__).parent, paths.sample_library())
"""


def installed(how: str, folder: Path) -> Path:
    """A folder that stands for site-packages, with the project installed that way."""
    built = subprocess.run(
        [sys.executable, "-c", BUILD, how, str(folder)], cwd=CHECKOUT, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    place = folder / "site-packages"
    with zipfile.ZipFile(folder / built) as wheel:
        wheel.extractall(place)
    return place


def tried(place: Path, folder: Path) -> list[str]:
    """How many sample papers there are, where the package is, and where the sample, as a program outside sees it."""
    new = folder / "library"
    new.mkdir()
    done = subprocess.run(
        # -S: without this environment's own installation of the project
        [sys.executable, "-S", "-c", TRY, str(place), str(new), *dependencies()],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def dependencies() -> list[str]:
    """The folders of this environment that hold what the project depends on."""
    return [path for path in sys.path if path.endswith("site-packages")]


@pytest.mark.parametrize("how", ["build_wheel", "build_editable"])
def test_an_installed_package_carries_the_sample_library(how: str, tmp_path: Path) -> None:
    place = installed(how, tmp_path)
    count, package, sample = tried(place, tmp_path)
    assert int(count) >= 35
    home = place if how == "build_wheel" else CHECKOUT
    assert Path(package) == home / "reader"
    assert Path(sample).is_relative_to(home)


def test_a_checkout_carries_the_sample_library(tmp_path: Path) -> None:
    count, package, sample = tried(CHECKOUT, tmp_path)
    assert int(count) >= 35
    assert Path(package) == CHECKOUT / "reader"
    assert Path(sample) == CHECKOUT / "assets" / "sample-library.jsonl"
