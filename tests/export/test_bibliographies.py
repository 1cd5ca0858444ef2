"""Bibliographies: what reader writes, reader and other programs' parsers read back."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from export.kept import FULL, NASTY, kept, read_back, several, some_papers, written
from formats.bibliographies import without_links
from reader.export.citation_keys import CitationKeys
from reader.export.names import parts_of
from reader.export.tex import escape
from reader.formats.tex import plain
from reader.paper import Paper, PartialDate

BIBLIOGRAPHIES = ("bibtex", "biblatex", "ris", "csl")
TEXTS = st.text(st.sampled_from("abé漢 %&#_{}$^~<>|\"'`-@=,;:.[]()/1")).map(lambda text: f"T{text}".strip())


def entries(name: str, text: str) -> list[Mapping[str, Any]]:
    """The entries as bibtexparser or rispy reads them."""
    if name == "ris":
        found: list[Mapping[str, Any]] = rispy.loads(text)
        return found
    if name == "csl":
        loaded: list[Mapping[str, Any]] = json.loads(text)
        return loaded
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    library = parse_string(text)
    assert not library.failed_blocks
    return [{"ID": each.key, **{field.key: field.value for field in each.fields}} for each in library.entries]


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
@given(given_papers=some_papers)
def test_what_is_written_is_read_back(name: str, given_papers: list[Paper]) -> None:
    expected = given_papers
    if name == "ris":  # its reader takes a name that stands twice for one
        expected = [replace(paper, authors=paper.authors and tuple(dict.fromkeys(paper.authors))) for paper in expected]
    assert without_links(read_back(name, several(given_papers))) == expected


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_everything_that_makes_a_reference_survives(name: str) -> None:
    paper = replace(FULL, categories=("cs.CL", "cs.LG"))
    (found,) = read_back(name, [kept(paper, note="arXiv:9999.12345 is better", tags=("tea", "hot"))])
    assert found.categories in (None, ("cs.CL",))
    assert replace(found, categories=None, author_count=3) == FULL


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_no_text_breaks_an_entry_or_the_next_one(name: str) -> None:
    titled = several(Paper(title=text, abstract=text, authors=(text,)) for text in NASTY)
    found = entries(name, written(name, titled))
    assert len({entry.get("ID") or entry.get("id") for entry in found}) == len(found) == len(NASTY)
    # In a title of CSL, <b> is markup, and nothing can make it text.
    expected = [text.replace("<b>", "").replace("</b>", "") if name == "csl" else text for text in NASTY]
    assert [paper.title for paper in read_back(name, titled)] == expected
    assert [paper.abstract for paper in read_back(name, titled)] == list(NASTY)


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_control_characters_and_line_breaks_reach_no_terminal(name: str) -> None:
    text = written(name, [kept(Paper(title="a\x1b[2Jb\nER  - \n@misc{c}\u202e", abstract="\ud800\x7f\x9b"))])
    assert not {"\x1b", "\u202e", "\x7f", "\x9b", "\ud800"} & set(text)
    assert len(entries(name, text)) == 1


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_nothing_known_but_the_title_is_an_entry_too(name: str) -> None:
    assert read_back(name, [kept(Paper(title="Alone"))]) == [Paper(title="Alone")]
    assert read_back(name, [kept(Paper(title="Day", published=PartialDate(None, 7, 31)))]) == [Paper(title="Day")]
    assert entries(name, written(name, [])) == []


def test_bibtex_tells_zotero_and_arxiv_alike_what_the_paper_is() -> None:
    (entry,) = entries("bibtex", written("bibtex", [kept(replace(FULL, categories=("cs.CL",)), tags=("tea", "a b"))]))
    assert entry == {
        "ID": "kettles-aaaaaa",
        "title": "{On Kettles}",
        "author": "van der Soup, Ada and Bread, Jr., Bo and {Kettle Team}",
        "year": "2023",
        "month": "jun",
        "day": "12",
        "eprint": "2301.00010",
        "eprinttype": "arxiv",
        "archivePrefix": "arXiv",
        "primaryClass": "cs.CL",
        "doi": "10.1000/kettle_1",
        "url": "https://x.org/a_b%20c",
        "keywords": "tea, a b",
        "abstract": "We boil it; see https://x.org/a\\_b\\%20c.",
    }


def test_more_authors_than_are_named_are_others() -> None:
    text = written("bibtex", [kept(Paper(title="T", authors=("Ada Soup",), author_count=9))])
    assert "author = {Soup, Ada and others}" in text


def test_a_year_that_was_concluded_says_so_where_there_is_a_place_for_it() -> None:
    paper = kept(Paper(title="T", published=PartialDate(2025, 7, 31), published_inferred=True))
    assert "date = {2025-07-31?}" in written("biblatex", [paper])
    (item,) = entries("csl", written("csl", [paper]))
    assert item["issued"] == {"date-parts": [[2025, 7, 31]], "circa": True}


def test_rispy_reads_every_record_with_its_dates_and_names() -> None:
    first, second = entries("ris", written("ris", several([FULL, Paper(title="Two", published=PartialDate(2020, 3))])))
    assert (first["type_of_reference"], first["authors"]) == (
        "UNPB",
        ["van der Soup, Ada", "Bread, Bo, Jr.", "Kettle Team"],
    )
    assert (first["year"], first["date"], first["accession_number"]) == ("2023", "2023/06/12/", "arXiv:2301.00010")
    assert (second["title"], second["date"]) == ("Two", "2020/03//")


def test_csl_items_are_what_the_schema_asks_for() -> None:
    """Types, names and dates of csl-data.json, as far as they are used here."""
    full = kept(replace(FULL, arxiv_version=2), tags=("tea",))
    (item,) = entries("csl", written("csl", [full]))
    assert item["type"] == "article"
    assert (item["publisher"], item["number"], item["version"]) == ("arXiv", "arXiv:2301.00010", "2")
    assert item["author"] == [
        {"family": "Soup", "given": "Ada", "non-dropping-particle": "van der"},
        {"family": "Bread", "given": "Bo", "suffix": "Jr."},
        {"literal": "Kettle Team"},
    ]
    assert item["issued"] == {"date-parts": [[2023, 6, 12]]}
    texts = {"id", "type", "title", "publisher", "number", "version", "DOI", "URL", "abstract", "keyword"}
    assert set(item) == texts | {"author", "issued"}
    assert all(isinstance(item[name], str) for name in texts)


@given(TEXTS)
def test_text_without_a_backslash_is_read_back_from_tex_letter_for_letter(text: str) -> None:
    assert plain(f"{{{escape(text)}}}") == text


@given(st.text(st.sampled_from("ab\\'\"{}$ %uo~^_")))
def test_braces_in_tex_are_always_balanced(text: str) -> None:
    depth = 0
    for character in escape(text):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ('Schr\\"odinger and Erd{\\H o}s', "Schrödinger and Erdős"),
        ("11\\% of \\&", "11\\% of \\&"),
        ("a $O(n^{2})$ bound", "a $O(n^{2})$ bound"),
        ("$5 and $6", "\\$5 and \\$6"),
        ("an $x{$ y", "an \\$x\\textbraceleft{}\\$ y"),
        ("\\alpha", "\\textbackslash{}alpha"),
        ("{a}", "\\{a\\}"),
        ("}{", "\\textbraceright{}\\textbraceleft{}"),
    ],
)
def test_tex_that_is_there_already_keeps_its_meaning(text: str, tex: str) -> None:
    assert escape(text) == tex


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Soup", ("Soup", "Ada", "", "")),
        ("Ada B. van der Soup", ("Soup", "Ada B.", "van der", "")),
        ("Bo Bread, Jr.", ("Bread", "Bo", "", "Jr.")),
        ("danah boyd", ("boyd", "danah", "", "")),
        ("Jean-Luc O'Neil", ("O'Neil", "Jean-Luc", "", "")),
        ("OpenAI", ("", "", "", "")),
        ("The Kettle Team", ("", "", "", "")),
        ("Soup and Sons", ("", "", "", "")),
        ("Kettle, Inc.", ("", "", "", "")),
        ("漢字", ("", "", "", "")),
    ],
)
def test_a_name_is_taken_apart_only_where_it_is_one(name: str, parts: tuple[str, str, str, str]) -> None:
    found = parts_of(name)
    assert (found.family, found.given, found.particle, found.suffix) == parts
    assert found.whole == name.replace(", Jr.", " Jr.")


class TestCitationKeys:
    """They stay what they are."""

    def test_a_key_is_made_of_the_title_and_the_paper_s_key(self) -> None:
        assert CitationKeys().of(kept(Paper(title="Attention Is All You Need"), "mx4k2qabcdefghij")) == (
            "attention-all-need-mx4k2q"
        )
        assert (
            CitationKeys().of(kept(Paper(title="Poincaré's Ball: a 2nd look"), "b" * 16)) == "poincares-ball-2nd-bbbbbb"
        )
        assert CitationKeys().of(kept(Paper(title="漢字"), "c" * 16)) == "paper-cccccc"

    def test_it_is_the_same_whatever_else_is_exported_or_becomes_known(self) -> None:
        paper = Paper(title="On Kettles")
        alone = CitationKeys().of(kept(paper, "k" * 16))
        keys = CitationKeys()
        keys.of(kept(paper, "j" * 16))
        assert keys.of(kept(replace(FULL, published=PartialDate(1999)), "k" * 16)) == alone

    def test_two_that_would_be_one_get_the_whole_key(self) -> None:
        keys = CitationKeys()
        found = [keys.of(kept(Paper(title="A Tie"), key)) for key in ("abcdefaaaaaaaaaa", "abcdefbbbbbbbbbb")]
        assert found == ["tie-abcdef", "tie-abcdefbbbbbbbbbb"]
