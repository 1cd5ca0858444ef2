"""Saved HTML pages: through their data, through their text, and in whatever a browser put around them."""

from __future__ import annotations

import gzip
import html
import json

import pytest

from reader.errors import UnknownFormat, UnreadableInput
from reader.formats import Rejected, html_page
from reader.formats.reading import Record
from reader.paper import Paper, PartialDate

from . import pages, site_pages
from .site_pages import ITEMS, element, listing, listing_text, page, paper_page
from .test_site_json import BARE, PAPERS

SHOWN = page(listing_text(ITEMS))
OTHERS = (
    "<html><body>x</body></html>",
    "<!doctype html><html><body><h1>Soup</h1><p>Two things about soup.</p></body></html>",
    page("<h1>Models</h1>", '<link rel="canonical" href="https://huggingface.co/models">'),
    page(element("ModelList", {"models": [{"id": "a/b"}]})),
)


def papers(found: list[Record]) -> list[Paper]:
    return [record for record in found if isinstance(record, Paper)]


def texts(content: str | bytes) -> list[tuple[str, str | None, str | None, int | None]]:
    return [(each.title, each.abstract, each.arxiv_id, each.upvotes) for each in papers(pages.records(content))]


EXPECTED = [(each.title, each.abstract, each.arxiv_id, each.upvotes) for each in PAPERS]


def test_a_listing_is_read_through_its_data() -> None:
    reading = pages.reading(listing())
    assert list(reading) == PAPERS
    assert (reading.kind, reading.page.printed_date) == ("saved HTML page", PartialDate(2026, 5, 8))


@pytest.mark.parametrize(
    "text",
    [
        page(element("TrendingPapers", {"trendingPapers": list(ITEMS)})),
        page(element("Papers", {"papers": list(ITEMS), "query": "teapots"})),
        page(element("AnyNewName", {"dailyPapers": list(ITEMS)})),
    ],
)
def test_trending_and_search_pages_are_read_alike(text: str) -> None:
    assert pages.papers(text) == PAPERS


def test_the_page_of_one_paper_is_read() -> None:
    assert pages.papers(paper_page(ITEMS[0])) == BARE[:1]


def test_of_a_collection_the_papers_are_read() -> None:
    items = [{"type": "model", "id": "a/b"}, {**ITEMS[0]["paper"], "type": "paper"}]
    assert pages.papers(page(element("CollectionItems", {"collection": {"items": items}}))) == BARE[:1]


def test_a_week_is_dated_by_the_newest_day_on_it() -> None:
    reading = pages.reading(listing(dateString="2026-W19"))
    assert len(list(reading)) == 3
    assert reading.page.printed_date == PartialDate(2026, 5, 8)


def test_without_data_the_text_of_the_page_is_read_and_the_kind_says_so() -> None:
    reading = pages.reading(SHOWN)
    found = papers(list(reading))
    assert reading.kind == "Markdown page saved as HTML"
    assert [(each.title, each.abstract, each.arxiv_id, each.upvotes) for each in found] == EXPECTED
    assert [(each.author_count, str(each.published)) for each in found] == [(2, "--05-03")] * 3
    assert reading.page.printed_date == PartialDate(None, 5, 8)


def test_the_text_of_the_page_of_one_paper_is_read() -> None:
    head = '<link rel="canonical" href="https://huggingface.co/papers/2401.00001">'
    reading = pages.reading(page(site_pages.paper_text(ITEMS[0]), head))
    (paper,) = reading
    assert isinstance(paper, Paper)
    assert reading.kind == "paper page saved as HTML"
    assert (paper.title, paper.abstract, paper.arxiv_id, paper.upvotes) == EXPECTED[0]
    assert (paper.authors, str(paper.published)) == (("Ada Soup", "Bo van Bread"), "--05-03")


def test_a_page_that_names_its_own_address_without_a_host_is_read() -> None:
    head = '<link rel="canonical" href="/papers"><meta property="og:url" content="https://huggingface.co/papers/2401.00001">'
    (paper,) = pages.records(page(site_pages.paper_text(ITEMS[0]), head))
    assert isinstance(paper, Paper)
    assert paper.arxiv_id == EXPECTED[0][2]


def test_the_text_of_a_page_of_trending_papers_is_read() -> None:
    found = papers(pages.records(page(site_pages.trending_text(ITEMS))))
    texts_found = [(each.title, each.abstract or each.summary, each.arxiv_id, each.upvotes) for each in found]
    assert texts_found == EXPECTED
    assert [(each.organization, str(each.published)) for each in found] == [("University of Soup", "2026-05-03")] * 3


@pytest.mark.parametrize(
    "data",
    [
        element("DailyPapers", {"dailyPapers": []}),
        element("DailyPapers", {"dailyPapers": [{"paper": {"id": "2401.00009"}}]}),
        '<div data-target="DailyPapers" data-props="{&quot;dailyPapers&quot;:[{&quot;pap">',
        '<div data-target="DailyPapers" data-props>',
        '<div data-target="DailyPapers" data-props="&quot;dailyPapers&quot;:[" data-props="x">',
    ],
)
def test_data_that_give_no_paper_leave_the_text_to_be_read(data: str) -> None:
    assert texts(page(data + listing_text(ITEMS))) == EXPECTED


@pytest.mark.parametrize("text", [listing(), SHOWN], ids=["data", "text"])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("</div>", "").replace("</p>", ""),
        lambda text: text.replace("</h3>", "</b></h2></i>"),
        lambda text: text.replace("<main>", "<main><template><p>Nothing</p></template><noscript>No</noscript>"),
        lambda text: text.replace("<main>", f'<main><img src="data:image/png;base64,{"QUJD" * 500_000}">'),
        lambda text: text.replace("<main>", "<main><script>var a = '<h3>A</h3><p>B</p>';</script><style>x</style>"),
        lambda text: text.replace("<main>", "<main><!-- <h3>A comment</h3> -->"),
        lambda text: text.replace("<!DOCTYPE html>", "<!-- saved from url=(0030)https://huggingface.co/papers -->"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.removesuffix("</body></html>\n"),
        lambda text: text.replace("<html", '<?xml version="1.0"?>\n<html').replace("<!DOCTYPE html>\n", ""),
        lambda text: f"HTTP/2 200\ncontent-type: text/html\n\n{text}",
        lambda text: text + text,
        site_pages.mail,
        lambda text: site_pages.mail(text, "8bit"),
        lambda text: gzip.compress(text.encode()),
        lambda text: text.encode("utf-16"),
    ],
)
def test_a_page_survives_what_is_done_to_it(text: str, change: object) -> None:
    assert callable(change)
    assert list(dict.fromkeys(texts(change(text)))) == EXPECTED


def test_the_page_that_shows_a_pages_source_is_that_page() -> None:
    lines = [html.escape(line) for line in listing().split("\n")]
    rows = "".join(f'<tr><td class="line-number"></td><td class="line-content">{line}</td></tr>' for line in lines)
    assert pages.papers(f"<html><body><table><tbody>{rows}</tbody></table></body></html>") == PAPERS
    joined = "\n".join(f"<span>{line}</span>" for line in lines)
    assert pages.papers(f'<html><body id="viewsource"><pre>{joined}</pre></body></html>') == PAPERS


def test_pages_in_a_row_give_each_paper_once() -> None:
    assert pages.papers(listing() + listing(ITEMS[:1]) + paper_page(ITEMS[1])) == [*PAPERS, BARE[1]]


def test_a_damaged_item_is_rejected_at_the_line_of_its_element() -> None:
    broken = html.escape(json.dumps(list(ITEMS))).replace("&quot;2401.00002&quot;,", "&quot;2401.00002", 1)
    first = '<!doctype html>\n<p title="data-props=">\n\n'
    text = f'{first}<div data-target="DailyPapers" data-props="{{&quot;dailyPapers&quot;:{broken}}}">'
    found = pages.records(text)
    assert papers(found) == [PAPERS[0], PAPERS[2]]
    (rejected,) = [record for record in found if isinstance(record, Rejected)]
    assert (rejected.line, rejected.reason.split(":")[0]) == (4, "item 2 is damaged at line 4")


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_page_that_is_cut_anywhere_gives_the_papers_before_the_cut(quote: str) -> None:
    text = listing().replace("&#x27;", "'")
    if quote == "'":
        data = html.escape(json.dumps({"dailyPapers": list(ITEMS)})).replace("&quot;", '"')
        text = page(f"<div data-target='DailyPapers' data-props='{data}'></div>")
    most = 0
    end = text.index("</div>", text.index("DailyPapers"))
    for cut in [*range(1, end, 11), *range(end - 40, end)]:
        try:
            found = pages.records(text[:cut])
        except UnreadableInput:
            continue
        read = papers(found)
        assert read == PAPERS[: len(read)]
        assert len(read) == 3 or any(isinstance(record, Rejected) for record in found)
        most = max(most, len(read))
    assert most == 3


def test_a_page_of_text_that_is_cut_anywhere_is_read_or_refused() -> None:
    for cut in range(1, len(SHOWN), 13):
        try:
            found = papers(pages.records(SHOWN[:cut]))
        except UnreadableInput:
            continue
        assert len(found) <= 4  # the last may be a title that lost its end


def test_a_mail_that_is_cut_anywhere_is_read_or_refused() -> None:
    text = site_pages.mail(listing())
    for cut in range(1, len(text), 97):
        try:
            found = papers(pages.records(text[:cut]))
        except UnreadableInput:
            continue
        assert found == PAPERS[: len(found)]


@pytest.mark.parametrize("text", OTHERS)
def test_html_without_papers_is_refused(text: str) -> None:
    with pytest.raises(UnknownFormat) as caught:
        pages.records(text)
    assert caught.value.message == "page.txt is no listing page: it is HTML that holds no papers and links to none"


@pytest.mark.parametrize(
    "text",
    [
        page(listing_text(ITEMS), '<link rel="canonical" href="https://soup.example.org/list">'),
        page(listing_text(ITEMS), '<meta property="og:url" content="https://soup.example.org/list">'),
        f"<!-- saved from url=(0029)https://soup.example.org/list -->\n{SHOWN}",
    ],
)
def test_a_page_of_another_site_is_refused_by_its_own_word(text: str) -> None:
    with pytest.raises(UnknownFormat, match=r"^page\.txt is no listing page: it is a page of soup\.example\.org"):
        pages.records(text)


def test_an_empty_listing_is_refused_for_what_it_is() -> None:
    with pytest.raises(UnreadableInput, match=r"^page\.txt has the header of a listing page but no paper under it"):
        pages.records(listing([]))


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<p><b id={n}>", "<span></div>"])
def test_elements_without_bottom_are_refused_before_they_are_parsed(tags: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_page, "MOST_NESTED", 10**5)
    with pytest.raises(UnreadableInput, match=r"^page\.txt is HTML whose elements are nested too deeply"):
        pages.records("<html>" + "".join(tags.replace("{n}", str(n)) for n in range(500)))


def test_a_mail_of_parts_without_bottom_is_refused() -> None:
    begin = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b0"\n\n'
    parts = (f'--b{n}\nContent-Type: multipart/mixed; boundary="b{n + 1}"\n\n' for n in range(3_000))
    with pytest.raises(UnreadableInput, match=r"^page\.txt is a mail whose parts are nested too deeply"):
        pages.records(begin + "".join(parts))


def test_drawings_and_many_cards_are_not_taken_for_depth() -> None:
    many = [site_pages.item(number) for number in range(1_000)]
    assert len(texts(page(listing_text(many)))) == 1_000


def test_a_page_of_many_elements_side_by_side_is_not() -> None:
    assert texts(listing().replace("<main>", "<main>" + "<p>x<br>y</p>" * 50_000)) == EXPECTED
