"""RIS: what databases and reference managers write, and how it is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UnreadableInput
from reader.formats import Rejected
from reader.paper import Paper, PartialDate

from . import pages
from .bibliographies import papers, without_links


def record(*tags: str) -> Paper:
    (paper,) = pages.papers("\n".join(["TY  - JOUR", *tags, "ER  - "]))
    return paper


def titled(*tags: str) -> Paper:
    return record("TI  - A Title", *tags)


def titles(text: str | bytes) -> list[str]:
    return [title for title, _ in pages.pairs(pages.reading(text))]


def rejections(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.reason) for each in pages.records(text) if isinstance(each, Rejected)]


def test_a_record_becomes_a_paper() -> None:
    page = pages.reading(
        "TY  - JOUR\r\nAU  - Soup, Ada\r\nAU  - King, Martin L., Jr.\r\nA1  - OpenSoup\r\nA1  - Soup, Ada\r\n"
        "TI  - On Kettles: 99% Hot\r\nAB  - Abstract  We boil it,\r\n  as in https://github.com/soup/kettle.\r\n"
        "PY  - 2017\r\nDA  - 2017/06/12/\r\nDO  - https://doi.org/10.1000/kettle.1\r\nJO  - Soup\r\n"
        "UR  - https://x.org/a;b?c=%20d\r\nL1  - https://x.org/kettle.pdf\r\nKW  - kettles\r\nKW  - tea\r\nER  - \r\n"
    )
    assert list(page) == [
        Paper(
            title="On Kettles: 99% Hot",
            abstract="Abstract We boil it, as in https://github.com/soup/kettle.",
            authors=("Ada Soup", "Martin L. King Jr.", "OpenSoup"),
            published=PartialDate(2017, 6, 12),
            doi="10.1000/kettle.1",
            url="https://x.org/a;b?c=%20d",
            links=("https://github.com/soup/kettle",),
        )
    ]
    assert page.kind == "RIS"


TWO = "TY  - JOUR\nTI  - First\nER  - \n\nTY  - GEN\nTI  - Second\nER  - \n"


def test_a_byte_order_mark_loses_no_record() -> None:
    assert titles(b"\xef\xbb\xbf" + TWO.encode()) == ["First", "Second"]
    assert titles(TWO.encode("utf-16")) == ["First", "Second"]


@pytest.mark.parametrize("end", ["", "ER", "ER-", "ER -", "ER  -", "ER  - \t", "\nER  - "])
def test_a_record_ends_with_er_however_it_is_written_or_left_out(end: str) -> None:
    text = TWO.replace("ER  - ", end)
    assert titles(text) == ["First", "Second"]
    assert rejections(text) == []
    assert titles(text.rstrip("\n")) == ["First", "Second"]


def test_an_empty_tag_is_no_more_of_the_tag_before() -> None:
    paper = titled("DO  - 10.1000/1", "SP  -", "VL  - ", "AB  -We boil it.", "C1  -", "N2  -")
    assert (paper.doi, paper.abstract) == ("10.1000/1", "We boil it.")


def test_tags_behind_the_end_of_a_record_are_rejected_and_belong_to_no_other() -> None:
    text = f"Provider: Soup\n\n{TWO}end".replace("ER  - \n\n", "ER  - \nDO  - 10.1000/1\nKW  - x\n\n")
    found = pages.records(text)
    assert [record for record in found if isinstance(record, Paper)] == [Paper(title="First"), Paper(title="Second")]
    assert rejections(text) == [(6, "lines outside any record"), (12, "lines outside any record")]


def test_a_record_without_a_title_is_rejected_with_its_line() -> None:
    assert rejections(f"{TWO}\nTY  - MAP\nAU  - Soup, Ada\nT2  - A Book\nER  - \n") == [(9, "an entry without a title")]


@pytest.mark.parametrize("kind", ["JOUR", "CONF", "UNPB", "GEN", "THES", "KETTLE", ""])
def test_every_type_is_a_paper(kind: str) -> None:
    assert titles(f"TY  - {kind}\nT1  - A Title\nER  - \n") == ["A Title"]


def test_tags_in_lower_case_and_with_one_blank_are_read_where_the_file_is_written_so() -> None:
    assert titles("ty  - jour\nti  - A Title\nau  - Soup, Ada\ner  - \n") == ["A Title"]
    assert titles("TY - JOUR\nTI - A Title\nER - \n") == ["A Title"]


def test_wrapped_text_that_looks_like_a_sloppy_tag_stays_text() -> None:
    paper = titled("AB  - We take kettles", "of - say - iron", "AI - and others", "ti  - too.", "", "Really.")
    assert paper.abstract == "We take kettles of - say - iron AI - and others ti - too. Really."
    assert paper.title == "A Title"


@pytest.mark.parametrize(
    ("tags", "date"),
    [
        (["PY  - 2017/06/12/"], PartialDate(2017, 6, 12)),
        (["PY  - 2017///"], PartialDate(2017)),
        (["Y1  - 2017/06//Summer"], PartialDate(2017, 6)),
        (["PY  - 2017", "DA  - 2017-06-12"], PartialDate(2017, 6, 12)),
        (["PY  - 2017", "DA  - 2020/01/01/"], PartialDate(2017)),
        (["PY  - in press", "Y1  - 2017"], PartialDate(2017)),
        (["DA  - 12 June 2017"], PartialDate(2017, 6, 12)),
        (["DA  - 2017 Jun"], PartialDate(2017, 6)),
        (["DA  - Jun 12"], None),
        (["PY  - in press"], None),
        (["PY  - "], None),
    ],
)
def test_dates(tags: list[str], date: PartialDate | None) -> None:
    assert titled(*tags).published == date


@pytest.mark.parametrize(
    "tag",
    [
        "DO  - 10.48550/arXiv.1706.03762",
        "UR  - http://arxiv.org/abs/1706.03762",
        "L1  - https://arxiv.org/pdf/1706.03762v5",
        "JO  - arXiv preprint arXiv:1706.03762",
        "VL  - abs/1706.03762",
        "M1  - arXiv:1706.03762",
        "AN  - arXiv:1706.03762",
        "N1  - arXiv:1706.03762 [cs]",
    ],
)
def test_arxiv_ids(tag: str) -> None:
    assert titled(tag).arxiv_id == "1706.03762"


def test_a_note_about_another_paper_gives_no_id() -> None:
    assert titled("N1  - Compare arXiv:1706.03762").arxiv_id is None


def test_several_addresses_in_one_tag_are_told_apart() -> None:
    assert titled("UR  - https://x.org/1; https://x.org/2", "UR  - https://x.org/3").url == "https://x.org/1"


def test_a_record_too_long_for_any_paper_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.formats.ris.LONGEST", 100)
    assert rejections(f"{TWO}TY  - GEN\nTI  - Third\nAB  - {'x' * 200}\n") == [
        (8, "a record of more than 100 characters")
    ]


@pytest.mark.parametrize(
    "text", ["TY  - a line of prose\nand more of it", "TY  - JOUR\n\nprose", "AU  - Soup\nTI  - T\n"]
)
def test_other_text_is_no_bibliography(text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"^page\.txt is no listing page"):
        pages.records(text)


def written(paper: Paper) -> str:
    date = paper.published
    parts = [] if date is None else [f"{part:02}" if part else "" for part in (date.year, date.month, date.day)]
    tags = [
        ("TI", paper.title),
        *(("AU", ", ".join(reversed(name.split(" ")))) for name in paper.authors or ()),
        ("AB", paper.abstract),
        ("PY", "/".join([*parts, ""]) if parts else None),
        ("N1", paper.arxiv_id and f"arXiv:{paper.arxiv_id}"),
        ("DO", paper.doi),
        ("UR", paper.url),
    ]
    return "\n".join(["TY  - GEN", *(f"{tag}  - {value}" for tag, value in tags if value), "ER  - ", ""])


@given(st.lists(papers, min_size=1, max_size=4))
def test_what_is_written_is_read_back(given_papers: list[Paper]) -> None:
    expected = [replace(paper, authors=paper.authors and tuple(dict.fromkeys(paper.authors))) for paper in given_papers]
    assert without_links(pages.papers("\n".join(map(written, given_papers)))) == expected


def test_a_file_cut_off_anywhere_is_read_as_far_as_it_goes_or_refused() -> None:
    for end in range(len(TWO)):
        try:
            found = pages.records(TWO[:end])
        except UnreadableInput:
            continue
        assert all(isinstance(each, Paper | Rejected) for each in found)
        if end >= TWO.index("ER") + 2:
            assert found[0] == Paper(title="First")


@given(st.text(st.sampled_from("TYERAU -\n\r\tx"), max_size=60))
def test_anything_behind_a_record_is_read_or_rejected(text: str) -> None:
    assert Paper(title="First") in pages.records(f"{TWO}{text}")


def test_and_others_are_no_author() -> None:
    assert titled("AU  - Soup, Ada", "AU  - et al.").authors == ("Ada Soup",)
