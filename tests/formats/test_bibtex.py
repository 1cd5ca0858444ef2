"""BibTeX and BibLaTeX: what other programs write, what people write, and what is broken."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Rejected
from reader.formats.bibtex import _LONGEST_ENTRY
from reader.paper import Paper, PartialDate

from . import pages
from .bibliographies import papers, without_links


def entry(fields: str, kind: str = "article") -> Paper:
    (paper,) = pages.papers(f"@{kind}{{key,\n{fields}\n}}\n")
    return paper


def titled(fields: str) -> Paper:
    return entry(f"  title = {{A Title}},\n{fields}")


def rejections(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.reason) for each in pages.records(text) if isinstance(each, Rejected)]


def test_an_entry_becomes_a_paper() -> None:
    page = pages.reading(
        """@article{soup2023,
  title = {{On Kettles}},
  author = {Soup, Ada and Bo van Bread},
  year = {2023},
  month = jun,
  eprint = {2301.00010v2},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  doi = {https://doi.org/10.1000/kettle.1},
  url = {https://x.org/kettle},
  abstract = {Abstract  We boil it,
     as in https://github.com/soup/kettle.},
  keywords = {kettles, tea},
  note = {read this again},
}
"""
    )
    assert list(page) == [
        Paper(
            title="On Kettles",
            abstract="Abstract We boil it, as in https://github.com/soup/kettle.",
            authors=("Ada Soup", "Bo van Bread"),
            published=PartialDate(2023, 6),
            arxiv_id="2301.00010",
            arxiv_version=2,
            doi="10.1000/kettle.1",
            url="https://x.org/kettle",
            categories=("cs.CL",),
            links=("https://github.com/soup/kettle",),
        )
    ]
    assert page.kind == "BibTeX"


def test_a_byte_order_mark_before_the_first_entry_loses_nothing() -> None:
    text = "@article{a, title = {First}}\n@article{b, title = {Second}}\n"
    assert pages.pairs(pages.reading(b"\xef\xbb\xbf" + text.encode())) == [("First", None), ("Second", None)]


@pytest.mark.parametrize("codec", ["utf-16", "cp1252"])
def test_other_encodings_are_read(codec: str) -> None:
    text = "@article{a,\n title = {Kettles of Café Übel: “naïve”}\n}\n"
    assert pages.pairs(pages.reading(text.encode(codec))) == [("Kettles of Café Übel: “naïve”", None)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("{99% of Kettles}", "99% of Kettles"),
        (r"{99\% of Kettles \& Pots \#1, a\_b}", "99% of Kettles & Pots #1, a_b"),
        ("{{The {BERT} Kettle}}", "The BERT Kettle"),
        ("{An {O}($n^{2}$) Kettle with {$k_{\\max}$}}", "An O($n^{2}$) Kettle with $k_{\\max}$"),
        (r"{The Poincar{\'e} Kettle of {Erd\H{o}s} and M\"uller}", "The Poincaré Kettle of Erdős and Müller"),
        (r"{\emph{Very} {\em hot} \textbf{tea} \textsc{{Tea}}}", "Very hot tea Tea"),
        (r"{A \foo{strange} Kettle, H$_2$O and x_{1}}", r"A \foo{strange} Kettle, H$_2$O and x_{1}"),
        (r"{One{\textemdash}Two\ldots}", "One—Two…"),
        (r"{A {\textbar} B {\textgreater} C \textless{} D\textquoteright s \textbar E}", "A | B > C < D’s |E"),
        (r"{Braces \{kept\} and {\{}kept{\}}, 5\$}", "Braces {kept} and {kept}, 5$"),
        ('"Quoted {"}Kettles{"}"', 'Quoted "Kettles"'),
        ("{Over\n   two lines}", "Over two lines"),
        ('"The " # "Kettle" # { #1}', "The Kettle #1"),
        ("kettle", "kettle"),
        ("1984", "1984"),
        ("{An @ {CLEF} Kettle, mail a@b.org}", "An @ CLEF Kettle, mail a@b.org"),
    ],
)
def test_titles(typed: str, read: str) -> None:
    assert entry(f"  title = {typed},").title == read


def test_a_subtitle_ends_the_title() -> None:
    assert titled("subtitle = {Its Subtitle}").title == "A Title: Its Subtitle"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("{Soup, Ada}", ("Ada Soup",)),
        ("{Ada Soup and Bo Bread}", ("Ada Soup", "Bo Bread")),
        ("{King, Jr, Martin L.}", ("Martin L. King Jr",)),
        ("{van der Bread, Bo and Bo van der Bread}", ("Bo van der Bread", "Bo van der Bread")),
        ("{{Barnes, Noble and Company} and {OpenSoup}}", ("Barnes, Noble and Company", "OpenSoup")),
        ("{{Soup}, {Ada} and {Bread}, Bo}", ("Ada Soup", "Bo Bread")),
        ("{Soup, Ada and others}", ("Ada Soup",)),
        (r"{M{\"u}ller, J{\"o}rg and {\O}stergaard, P.}", ("Jörg Müller", "P. Østergaard")),
        (r"{\'{E}mile, A. and \v{S}oup, B and {\AA}ngstr{\"o}m, C.}", ("A. Émile", "B Šoup", "C. Ångström")),
        ("{Ada and Co AND Bo Anderson and {X and Y} and and Z}", ("Ada", "Co", "Bo Anderson", "X and Y", "Z")),
        ('"D.~E. Knuth and\n   Ada Soup"', ("D. E. Knuth", "Ada Soup")),
        ("{family=Gogh, given=Vincent, prefix=van and Ada Soup}", ("Vincent van Gogh", "Ada Soup")),
        ("{Soup, Ada,}", ("Ada Soup",)),
        ("{others}", None),
        ("{}", None),
    ],
)
def test_authors(typed: str, names: tuple[str, ...] | None) -> None:
    assert titled(f"author = {typed}").authors == names


def test_macros_stand_for_their_texts_whatever_their_case_and_brackets() -> None:
    text = """@string{first = "Soup, Ada"}
@String(both = FIRST # { and Bo Bread})
@article{a, title = {A Title}, author = Both, month = jan, year = 2020}
"""
    (paper,) = pages.papers(text)
    assert (paper.authors, paper.published) == (("Ada Soup", "Bo Bread"), PartialDate(2020, 1))


def test_a_macro_that_doubles_itself_does_not_fill_the_memory() -> None:
    bomb = '@string{m0 = "kettle"}\n' + "".join(f"@string{{m{n + 1} = m{n} # m{n}}}\n" for n in range(60))
    (paper,) = pages.papers(f"{bomb}@article{{a, title = {{A Title}}, author = m60}}\n")
    assert paper.title == "A Title"
    long = '@string{m = "' + "kettle " * 1_000 + '"}\n'
    text = f"{long}@article{{a, title = {{A Title}}, abstract = {' # '.join(['m'] * 200)}}}\n@misc{{b, title = {{B}}}}"
    assert rejections(text) == [(2, "a field of more than 1,048,576 characters")]


def test_comments_and_preambles_are_no_papers() -> None:
    text = """This file was written by a program.
% and this is a remark
@comment{jabref-meta: databaseType:bibtex;}
@preamble{"\\newcommand{\\soup}{kettle}"}
@article{a, title = {A Title}}
between the entries
@comment{
  @article{b, title = {Another}}
}
"""
    assert [paper.title for paper in pages.papers(text)] == ["A Title", "Another"]  # as BibTeX itself reads it


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("date = {2017-06-12}", PartialDate(2017, 6, 12)),
        ("date = {2017-06/2017-08}", PartialDate(2017, 6)),
        ("date = {2017-21}", PartialDate(2017)),
        ("date = {2017-06-12}, year = 1999", PartialDate(2017, 6, 12)),
        ("year = {2017}, month = {June}", PartialDate(2017, 6)),
        ("year = 2017, month = 6, day = 12", PartialDate(2017, 6, 12)),
        ("year = 2017, month = jun # {~12}", PartialDate(2017, 6, 12)),
        ('year = 2017, month = "12~" # jun', PartialDate(2017, 6, 12)),
        ("year = 2017, month = {Spring}", PartialDate(2017)),
        ("year = 2017, month = 2, day = 31", PartialDate(2017, 2)),
        ("year = {2017a}", PartialDate(2017)),
        ("year = {in press}", None),
        ("year = {}", None),
        ("month = jun", None),
    ],
)
def test_dates(fields: str, date: PartialDate | None) -> None:
    assert titled(fields).published == date


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {1706.03762}, archivePrefix = {arXiv}",
        "eprint = {arXiv:1706.03762}, eprinttype = {arxiv}",
        "eprint = {https://arxiv.org/abs/1706.03762}",
        "eprint = 1706.03762, archiveprefix = arXiv",
        "eprint = {arXiv: 1706.03762 [cs.CL]}, eprinttype = {arxiv}",
        "arxivId = {1706.03762}",
        "doi = {10.48550/arXiv.1706.03762}",
        "doi = {https://doi.org/10.48550/ARXIV.1706.03762}",
        "url = {https://arxiv.org/pdf/1706.03762.pdf}",
        "url = {http://arxiv.org/abs/1706.03762}",
        "howpublished = {\\url{https://arxiv.org/abs/1706.03762}}",
        "journal = {arXiv preprint arXiv:1706.03762}",
        "journal = {arXiv e-prints, arXiv:1706.03762}",
        "journal = {CoRR}, volume = {abs/1706.03762}",
        "journal = {CoRR abs/1706.03762 (2017)}",
        "journal = {arXiv (1706.03762)}",
        "number = {arXiv:1706.03762}",
        "note = {arXiv: 1706.03762 [cs.CL]}",
        "note = {PMID: 1\narXiv:1706.03762}",
    ],
)
def test_arxiv_ids(fields: str) -> None:
    assert titled(fields).arxiv_id == "1706.03762"


@pytest.mark.parametrize(
    "fields",
    [
        "note = {Extends the kettle of arXiv:1706.03762}",
        "abstract = {arXiv:1706.03762 is another paper.}",
        "eprint = {1706.03762}, eprinttype = {hdl}",
        "journal = {Soup}, volume = {1706.03762}",
        "url = {https://x.org/abs/1706.03762}",
        "number = {1713.03762}",
    ],
)
def test_an_id_that_is_not_the_papers_own_is_not_taken(fields: str) -> None:
    assert titled(fields).arxiv_id is None


def test_an_id_without_braces_keeps_its_last_zero() -> None:
    assert titled("eprint = 2301.00010, archivePrefix = {arXiv}").arxiv_id == "2301.00010"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2301.0001", "an arXiv id is not a number"),
        ("{2301.}", "an arXiv id is not a number"),
        ("{kettle}", "eprint: 'kettle' is no arXiv id"),
    ],
)
def test_an_id_that_was_taken_for_a_number_is_refused_and_the_paper_kept(typed: str, reason: str) -> None:
    refused, paper = pages.records(f"\n@misc{{a,\n title = {{A Title}}, eprint = {typed}, eprinttype = {{arxiv}}}}")
    assert isinstance(refused, Rejected)
    assert (refused.line, refused.reason) == (2, reason)
    assert paper == Paper(title="A Title")


def test_addresses_and_dois_are_freed_of_tex_and_never_cut_at_a_percent_sign() -> None:
    paper = titled(r"url = {https://x.org/a%20b\_c\%20d?e=1\&f={\~{}}g}, doi = {doi:10.1000/a{\_}b\_c}")
    assert (paper.url, paper.doi) == ("https://x.org/a%20b_c%20d?e=1&f=~g", "10.1000/a_b_c")
    assert titled("url = {see the library}, doi = {none}").url is None
    assert titled("url = {https://dx.doi.org/10.1000%2Fkettle}").doi == "10.1000/kettle"


def test_a_paper_inherits_the_date_of_its_proceedings_and_nothing_else() -> None:
    text = """@inproceedings{a, title = {A Paper}, crossref = {Conf}}
@inproceedings{b, title = {Another}, crossref = "conf", year = 1999}
@proceedings{conf, title = {The Proceedings}, year = 2020, doi = {10.1000/conf}, editor = {Ada Soup}}
"""
    first, second, proceedings = pages.papers(text)
    assert first == Paper(title="A Paper", published=PartialDate(2020))
    assert second.published == PartialDate(1999)
    assert (proceedings.title, proceedings.doi) == ("The Proceedings", "10.1000/conf")


def test_what_cannot_be_read_is_rejected_alone_with_its_line() -> None:
    text = """@article{a, title = {First}}

@article{b,
  title = {Never closed,
  year = 2020

@article{c, title = {Third}}
@article{d, author = {Nobody}}
@article{e, title = {Fifth} year = 2020}
@article{f title = {Sixth}}
@article{g, title = {Last
"""
    assert [each.title for each in pages.records(text) if isinstance(each, Paper)] == ["First", "Third"]
    unclosed = "the entry is not closed before the next one begins or the file ends"
    assert rejections(text) == [
        (3, unclosed),
        (8, "an entry without a title"),
        (9, "a field that is not closed, or has no comma behind it"),
        (10, "an entry that is not of the form @type{key, name = {value}, …}"),
        (11, unclosed),
    ]


def test_an_entry_with_a_key_or_a_field_that_was_there_before_is_a_paper_all_the_same() -> None:
    text = "@article{a, title = {First}}\n@article{a, title = {Second}, title = {Zweiter}, URL = {}, url = {https://x.org}}"
    first, second = pages.papers(text)
    assert (first.title, second.title, second.url) == ("First", "Second", "https://x.org")


def test_a_broken_entry_is_not_announced_behind_our_back(capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        rejections("@article{a, title = {First}}\n@article{b, title = {Never closed\n")
    finally:
        root.handlers = handlers
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={One line}}",
        "@article{a,\n  author = {Ada},\n  title = {One line}\n}",
        '@ARTICLE {a:b/c-1,\ntitle="One line",\n}',
        "@article(a, title = {One line})",
        "@article(a,\n  title = {One line},\n  year = 2020\n)",
        "@article{a key with spaces, title = {One line}}",
        "@article{,\n title = {One line}}",
        "@article{\n a,\n title = {One line}}",
        "@string{x = {y}}\n@article{a, title={One line}}",
        "Generated by a program.\nDo not change.\n\n@article{a,\n title = {One line},\n year = 2020,\n url = {https://x.org/1}\n}",
    ],
)
def test_a_bibliography_is_recognised_by_its_entries(text: str) -> None:
    page = pages.reading(text)
    assert (page.kind, [record.title for record in page if isinstance(record, Paper)]) == ("BibTeX", ["One line"])


@pytest.mark.parametrize(
    "text",
    [
        "# Soup\n\nMakes soup, and a lot of it, every day.\n\n## Cite\n\n@article{a,\n title = {Soup}\n}\n",
        "@article{a,\n title = {Soup}\n}\n\nThat is how to cite the soup, of which a lot is made here.\n",
        "@dataclass(frozen=True)\nclass Soup:\n    kettle = 1\n",
        "@lru_cache(maxsize=1)\ndef f():\n    x = 1\n",
        "@media screen {\n  color: red;\n}\n",
        '@Table(name = "soup",\n schema = "s")\nclass Soup {}\n',
        "@comment{only this}\n",
        "@given(papers, count=3)\ndef f():\n    pass\n",
        "@param {string} name, or = \n@hash{a, b} = (1, 2);\n",
        "someone@x.org{a, b = c}\n",
    ],
)
def test_other_text_with_an_at_sign_is_no_bibliography(text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"^page\.txt is no listing page"):
        pages.records(text)


def test_a_listing_page_that_ends_with_an_entry_is_a_listing_page() -> None:
    text = pages.paragraph_page((*card, "  • 3 authors\n·\nMay 4") for card in pages.CARDS)
    assert pages.reading(f"{text}\n\n@article{{a,\n  title = {{T}}\n}}\n").kind == "paragraph page"


def written(paper: Paper) -> str:
    fields = {
        "title": "{" + escaped(paper.title) + "}",
        "abstract": escaped(paper.abstract or ""),
        "author": " and ".join(", ".join(reversed(name.split(" "))) for name in paper.authors or ()),
        "date": str(paper.published or ""),
        "eprint": paper.arxiv_id or "",
        "archiveprefix": "arXiv" if paper.arxiv_id else "",
        "doi": escaped(paper.doi or ""),
        "url": paper.url or "",
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{key,\n{body}\n}}\n"


def escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in "%&#_" else character for character in text)


@given(st.lists(papers, min_size=1, max_size=4))
def test_what_is_written_is_read_back(given_papers: list[Paper]) -> None:
    assert without_links(pages.papers("\n".join(map(written, given_papers)))) == given_papers


WHOLE = r"""@string{soup = "Journal of Soup"}
@comment{a remark}
@article{a, title = {{Kettles} of $x^{2}$ and 99\%}, author = {M{\"u}ller, J{\"o}rg and others},
  journal = soup # { (b)}, month = jun, year = "2020"}
@misc{b, title = {B}, eprint = {2301.00010}, archiveprefix = {arXiv}}
"""


def test_a_file_cut_off_anywhere_is_read_as_far_as_it_goes_or_refused() -> None:
    for end in range(len(WHOLE)):
        try:
            found = pages.records(WHOLE[:end])
        except UnreadableInput:
            continue
        assert all(isinstance(each, Paper | Rejected) for each in found)
        if end > WHOLE.index("@misc"):
            assert found[0] == pages.records(WHOLE)[0]


@given(st.text(st.sampled_from('@{}"#,=\\\n ab%$'), max_size=60))
def test_anything_behind_an_entry_is_read_or_rejected(text: str) -> None:
    first = f"@article{{a, title = {{A Title}}, keywords = {{{'kettle, ' * 10}}}}}\n"
    assert pages.records(f"{first}{text}")[0] == Paper(title="A Title")


@pytest.mark.parametrize("field", ["year = {20}20}", 'note = "x" y"', "note = {x"])
def test_braces_and_quotes_that_are_no_pair_are_refused_with_their_line(field: str) -> None:
    ((line, reason),) = rejections(f"@article{{k, title = {{A}}, {field}}}\n")
    assert (line, "closed" in reason) == (1, True)


def test_a_macro_that_is_broken_is_none_and_what_follows_is_read() -> None:
    assert titled('note = "x"') in pages.papers('@string{a = {x} y}}\n@article{k, title = {A Title}, note = "x"}\n')


def test_an_entry_without_end_is_refused_and_the_next_one_is_read() -> None:
    long = "@article{k, title = {" + "word " * (_LONGEST_ENTRY // 5 + 9) + "}}\n"
    found = pages.records(long + "@article{l, title = {A Title}}\n")
    assert isinstance(found[0], Rejected)
    assert "an entry of more than" in found[0].reason
    assert len(found[0].text) < 10_000
    assert isinstance(found[1], Paper)
