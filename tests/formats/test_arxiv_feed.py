"""arXiv's daily feeds in RSS and Atom, empty ones, and feeds of others."""

from __future__ import annotations

import pytest

from reader.errors import UnknownFormat, UnreadableInput
from reader.formats import Page, Rejected
from reader.paper import Paper, PartialDate

from . import pages
from .arxiv_files import ANNOUNCED, ATOM, SPACE, atom, item, rss

SPOONS = Paper(
    title="Spoons",
    abstract="On stirring.",
    authors=("Ada Soup",),
    arxiv_id="2405.00007",
    arxiv_version=1,
    url="https://arxiv.org/abs/2405.00007",
    categories=("cs.CL", "cs.LG"),
    links=(),
)
DAY = Page(PartialDate(2024, 5, 6), None)


def test_an_item_of_rss_is_read_with_all_it_says() -> None:
    reading = pages.reading(
        rss(item("2405.00001v1", "Pots & Pans", "Pots with $a < b$.", extra="<arxiv:DOI>10.1/x</arxiv:DOI>"))
    )
    assert list(reading) == [
        Paper(
            title="Pots & Pans",
            abstract="Pots with $a < b$.",
            authors=("Ada Soup", "René Bread"),
            arxiv_id="2405.00001",
            arxiv_version=1,
            doi="10.1/x",
            url="https://arxiv.org/abs/2405.00001",
            categories=("cs.CL", "cs.LG"),
            links=(),
        )
    ]
    assert (reading.kind, reading.page) == ("arXiv feed", DAY)


def test_an_entry_of_atom_is_read_with_all_it_says() -> None:
    reading = pages.reading(atom(ANNOUNCED))
    assert list(reading) == [SPOONS]
    assert (reading.kind, reading.page) == ("arXiv feed", DAY)


def test_authors_of_atom_may_be_elements_of_their_own() -> None:
    people = "<author><name>Ada Soup</name></author><author><name>Bo Bread</name></author>"
    (paper,) = pages.papers(atom(ANNOUNCED.replace("<dc:creator>Ada Soup</dc:creator>", people)))
    assert paper.authors == ("Ada Soup", "Bo Bread")


@pytest.mark.parametrize("kind", ["new", "cross", "replace", "replace-cross"])
def test_every_kind_of_announcement_is_a_paper_without_a_day_of_its_own(kind: str) -> None:
    (paper,) = pages.papers(rss(item("2301.00010v4", "Old", kind=kind)))
    assert (paper.arxiv_id, paper.arxiv_version, paper.abstract) == ("2301.00010", 4, "It boils.")
    assert paper.published is None


def test_the_version_is_in_the_guid_or_else_in_the_description() -> None:
    bare = item("2405.00001v3", "T").replace("oai:arXiv.org:2405.00001v3", "https://arxiv.org/abs/2405.00001")
    assert [paper.arxiv_version for paper in pages.papers(rss(bare))] == [3]
    none = item("2405.00001v3", "T").replace(f"arXiv:2405.00001v3 Announce Type: new{SPACE}\nAbstract: ", "")
    assert [(paper.arxiv_version, paper.abstract) for paper in pages.papers(rss(none))] == [(3, "It boils.")]


def test_old_ids_are_read() -> None:
    (paper,) = pages.papers(rss(item("math/0309136v4", "Old", kind="replace")))
    assert (paper.arxiv_id, paper.arxiv_version) == ("math/0309136", 4)


def test_an_abstract_that_speaks_of_announcements_is_left_alone() -> None:
    (paper,) = pages.papers(rss(item("2405.00001v1", "T", "arXiv:2405.00001v1 Announce Type: new Abstract: quoted.")))
    assert paper.abstract == "arXiv:2405.00001v1 Announce Type: new Abstract: quoted."


def test_the_day_is_in_the_items_where_the_feed_lacks_it() -> None:
    text = rss(item("2405.00001v1", "T"))
    channel_day = "<pubDate>Mon, 06 May 2024 00:00:00 -0400</pubDate>"
    reading = pages.reading(text.replace(channel_day, "", 1))
    assert len(list(reading)) == 1
    assert reading.page == DAY
    late = pages.reading(text.replace(channel_day, "", 1).replace("</channel>", channel_day + "</channel>"))
    list(late)
    assert late.page == DAY


@pytest.mark.parametrize("text", [rss(), atom()])
def test_an_empty_feed_says_when_arxiv_announces(text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"^page\.txt is a feed without papers: .* weekends") as caught:
        pages.records(text)
    assert not isinstance(caught.value, UnknownFormat)
    assert caught.value.hint


def test_an_item_that_is_no_paper_is_rejected_with_its_line() -> None:
    alien = "\n<item><title>News</title><link>https://example.org</link></item>"
    text = rss(item("2405.00001v1", "T"), alien, item("2405.00002v1", ""))
    paper, news, untitled = pages.records(text)
    assert isinstance(paper, Paper)
    assert isinstance(news, Rejected)
    assert isinstance(untitled, Rejected)
    assert (news.reason, untitled.reason) == ("an item without an arXiv id", "an item without a title")
    assert "News" in text.splitlines()[news.line - 1]


@pytest.mark.parametrize(
    "text",
    [
        '<rss version="2.0"><channel><title>Kettle news</title><item><title>arXiv</title></item></channel></rss>',
        f'<?xml version="1.0"?>\n<!-- <rss> -->\n<feed xmlns="{ATOM}"><id>https://soup.example</id></feed>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>',
    ],
)
def test_a_feed_of_another_site_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnknownFormat, match=r"^page\.txt is a feed, but none of arXiv's") as caught:
        pages.records(text)
    assert caught.value.hint


def test_a_feed_cut_anywhere_keeps_what_stands_before() -> None:
    for text in (rss(item("2405.00001v1", "T")), atom(ANNOUNCED)):
        for end in range(len(text)):
            try:
                found = pages.records(text[:end])
            except UnreadableInput as error:
                assert error.message.startswith("page.txt ")  # noqa: PT017 - only the shortest are refused
                continue
            assert isinstance(found[-1], Rejected) == (end < len(text.rstrip()))
