"""What every bibliography shares, and what happens where the libraries that read them are not installed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from reader.errors import UnreadableInput
from reader.formats import bibliography
from reader.paper import PartialDate

from . import pages

BIBTEX = "@article{a,\n  title = {A Title}\n}\n"
RIS = "TY  - JOUR\nTI  - A Title\nER  - \n"
CSL_JSON = '[{"type": "article", "title": "A Title"}]'
PROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.mark.parametrize(
    ("text", "module", "kind"), [(BIBTEX, "bibtexparser", "a BibTeX"), (RIS, "rispy", "an RIS")], ids=["bib", "ris"]
)
def test_without_its_library_a_bibliography_is_refused_with_the_way_to_get_it(
    text: str, module: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UnreadableInput) as caught:
        pages.records(text)
    assert caught.value.message == f"page.txt is {kind} bibliography, and what reads that is not installed"
    assert caught.value.hint == "pip install 'reader-for-papers[bibliography]'"


def test_the_way_to_get_it_is_the_projects_own() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extra = f"{project['name']}[bibliography]"
    assert f"'{extra}'" in bibliography.not_installed("").hint
    assert {re.split("[>=<]", each)[0] for each in project["optional-dependencies"]["bibliography"]} == {
        "bibtexparser",
        "rispy",
    }
    assert any("bibliography" in each for each in project["optional-dependencies"]["test"])


def test_csl_json_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser", None)
    monkeypatch.setitem(sys.modules, "rispy", None)
    assert pages.pairs(pages.reading(CSL_JSON)) == [("A Title", None)]


def test_the_libraries_are_loaded_only_for_a_bibliography() -> None:
    code = (
        "import io, sys\nfrom reader.formats import read\n"
        "def loaded(): return sorted({'bibtexparser', 'rispy'} & set(sys.modules))\n"
        "before = loaded(), len(list(read(io.BytesIO(sys.argv[1].encode()), name='x'))), loaded()\n"
        "print(before, len(list(read(io.BytesIO(sys.argv[2].encode()), name='x'))), loaded())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, CSL_JSON, BIBTEX], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "([], 1, []) 1 ['bibtexparser']\n"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/1", "10.1000/1"),
        ("doi:10.1000/1", "10.1000/1"),
        ("https://doi.org/10.1000/1", "10.1000/1"),
        ("http://dx.doi.org/10.1000/1.", "10.1000/1"),
        ("https://doi.org/10.1000%2F1", "10.1000/1"),
        ("DOI 10.1000/a(b)c;d", "10.1000/a(b)c;d"),
        ("10.1", None),
        ("none", None),
    ],
)
def test_a_doi_is_freed_of_its_address(text: str, doi: str | None) -> None:
    assert bibliography.doi_in(text) == doi


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2017-06-12T10:00:00Z", PartialDate(2017, 6, 12)),
        ("2017-13-01", PartialDate(2017)),
        ("(2017)", PartialDate(2017)),
        ("June 12, 2017", PartialDate(2017, 6, 12)),
        ("Jun-Jul 2017", PartialDate(2017, 6)),
        ("2017/2018", PartialDate(2017)),
        ("20170612", None),
        ("0000", None),
        ("forthcoming", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written(text: str, date: PartialDate | None) -> None:
    assert bibliography.date_in(text) == date
