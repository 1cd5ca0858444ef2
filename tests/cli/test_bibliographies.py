"""Importing a bibliography from the shell, with and without what reads it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.conftest import Command

BIBTEX = r"""@article{soup,
  title = {On {Kettles}}, author = {Soup, Ada}, year = 2023, eprint = {2301.00010}, archivePrefix = {arXiv}
}
@article{bread, author = {Bread, Bo}}
"""
RIS = "TY  - JOUR\nTI  - On Kettles\nUR  - https://arxiv.org/abs/2301.00010\nER  - \n"


def test_papers_of_several_bibliographies_are_one_where_their_ids_are(command: Command, tmp_path: Path) -> None:
    bib, ris = tmp_path / "refs.bib", tmp_path / "refs.txt"
    bib.write_text(BIBTEX, encoding="utf-8")
    ris.write_text(RIS, encoding="utf-8")
    (summary,) = command("import", "--json", str(bib), str(ris)).objects
    assert (summary["records"], summary["added"], summary["merged"]) == (2, 1, 1)
    assert summary["rejected"] == [{"file": str(bib), "line": 4, "reason": "an entry without a title"}]
    (paper,) = command("search", "--json", "kettles").objects
    assert (paper["authors"], paper["published"], paper["arxiv_id"]) == (["Ada Soup"], "2023", "2301.00010")
    assert {source["kind"] for source in paper["sources"]} == {"BibTeX", "RIS"}


@pytest.mark.parametrize(("text", "module"), [(BIBTEX, "bibtexparser"), (RIS, "rispy")])
def test_without_what_reads_it_a_bibliography_is_refused_in_one_line_that_says_how_to_get_it(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    path = tmp_path / "refs"
    path.write_text(text, encoding="utf-8")
    ran = command("import", str(path))
    assert ran.status == 3
    (line,) = [line for line in ran.err.splitlines() if str(path) in line]
    assert line.endswith("(pip install 'reader-for-papers[bibliography]')")
    assert "Traceback" not in ran.err
