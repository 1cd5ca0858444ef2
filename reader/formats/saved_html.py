"""A saved page of the Daily Papers site as HTML: its papers stand in it as JSON, in an attribute.

    <div class="…" data-target="DailyPapers" data-props="{&quot;dailyPapers&quot;:[{&quot;paper&quot;:{…

Any element with such data counts: listings, trending papers, searches, collections, the page of one paper; their items
are those of `site_items`. Where no element gives a paper, the text of the page is read as a listing in Markdown. Pages
of other sites are refused by their own word or for what they do not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.errors import UnknownFormat
from reader.formats import html_page, listing, site_items
from reader.formats.document import LARGEST_DOCUMENT, whole_text
from reader.formats.format import Format
from reader.formats.html_page import HtmlPage
from reader.formats.html_text import markdown_of
from reader.formats.json_values import JsonValues
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record
from reader.formats.traits import Traits

_PROPS = "data-props"
_HOLDS_PAPERS = re.compile(r'"(?:dailyPapers|trendingPapers|papers?|collection)"\s*:\s*[\[{]')
_START = re.compile(
    r"(?:HTTP/\d[^<]{0,4000})?(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</?[a-z][a-z0-9-]{0,20}[\s/>]", re.IGNORECASE)
_FIRST_LINES = 40
_LONGEST_START = 10_000
_SITE = re.compile(r"(?:^|[/.])(?:huggingface\.co|hf\.co)(?:[/:]|$)", re.IGNORECASE)
_PAPER_LINK = re.compile(r"(?:https?://(?:www\.)?(?:huggingface|hf)\.co)?/papers/\d{4}\.\d{4,5}", re.IGNORECASE)
_PAPERS_ADDRESS = re.compile(r"(?:huggingface\.co|hf\.co)/papers\b", re.IGNORECASE)
_SAVE_AGAIN = "open the listing, let it load, and save that page again, or its text"


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """The data that bear the papers, or else that it begins as an HTML file does."""
    filled = [line.text for line in head.lines if line.text.strip()]
    start = "\n".join(text[:_LONGEST_START] for text in filled[:_FIRST_LINES]).lstrip("\ufeff \t")[:_LONGEST_START]
    if _START.match(start) or html_page.is_mail("\n".join(line.text[:1000] for line in head.lines[:_FIRST_LINES])):
        return 0.97
    if not start.startswith("<"):
        return 0.0
    if any(f"{_PROPS}=" in text for text in filled):
        return 0.97
    return 0.45 if 2 * sum(bool(_TAG.match(text.lstrip())) for text in filled) > len(filled) else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:
    """The papers of every element that bears any, each once."""
    page = html_page.parse(whole_text(lines))
    met: set[Record] = set()
    for line, props in page.values(_PROPS):
        if not _HOLDS_PAPERS.search(props):
            continue
        found = JsonValues(props, lists=site_items.LISTS, kept={site_items.PAPER}, line=line)
        for record in site_items.records(found, notes):
            if record not in met:
                met.add(record)
                yield record


def text(lines: Iterator[Line]) -> str:
    """What the page shows, as Markdown.

    Raises:
        UnknownFormat: it is a page of another site, or one without papers.
    """
    page = html_page.parse(whole_text(lines))
    _refuse_others(page)
    shown = markdown_of(page.tree)
    if not _is_about_papers(page, shown):
        raise UnknownFormat("is no listing page: it is HTML that holds no papers and links to none", _SAVE_AGAIN)
    return shown


FORMAT = Format("saved HTML page", claims, records, text=text, longest_line=LARGEST_DOCUMENT)


def _is_about_papers(page: HtmlPage, shown: str) -> bool:
    """Whether a page's address, its links or its words show that it is one with papers."""
    return (
        any(_PAPERS_ADDRESS.search(address) for address in page.addresses())
        or any(_PAPER_LINK.match(node.attributes.get("href") or "") for node in page.tree.css("a[href]"))
        or any(listing.is_header(text) or listing.announces_submitter(text) for text in shown.split("\n"))
    )


def _refuse_others(page: HtmlPage) -> None:
    addresses = list(page.addresses())
    if addresses and not any(_SITE.search(address) for address in addresses):
        host = html_page.host_of(addresses[0]) or addresses[0]
        raise UnknownFormat(f"is no listing page: it is a page of {host[:100]}", _SAVE_AGAIN)
