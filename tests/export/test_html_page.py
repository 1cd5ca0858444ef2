"""HTML: any text is only text, every link is harmless, and the page needs nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from export.kept import FULL, NASTY, kept, several, written
from reader.export.addresses import web_address
from reader.paper import Paper, StoredPaper
from reader.text import collapse, visible

HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    "\" onmouseover='x",
    "&lt;b&gt; &amp; <!-- -->",
    'javascript:alert(1) https://x.org/"><script>',
    "]]> <svg/onload=alert(1)>",
)


class Seen(HTMLParser):
    """What the standard library's parser sees: every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def page(*papers: StoredPaper, title: str = "Bookmarks") -> LexborHTMLParser:
    from reader.export import html_page

    return LexborHTMLParser("".join(html_page.render(papers, title=title)))


def first(shown: LexborHTMLParser, selector: str) -> LexborNode:
    found = shown.css_first(selector)
    assert found is not None
    return found


def test_a_paper_is_an_article_with_everything_that_is_known() -> None:
    shown = page(kept(FULL, tags=("tea",), note="Two\nlines", lists=("Bookmarks",), read=True))
    (article,) = shown.css("article")
    assert article.attributes["id"] == "a" * 16
    text = " ".join(article.text(separator=" ").split())
    for part in ("On Kettles", "Ada van der Soup", "Jun 12, 2023", "We boil it", "#tea", "★ Bookmarks", "read"):
        assert part in text
    assert first(shown, "blockquote").text() == "Two\nlines"
    assert [a.attributes["href"] for a in article.css("a")] == [
        "https://x.org/a_b%20c", "https://x.org/a_b%20c", "https://arxiv.org/abs/2301.00010",
        "https://doi.org/10.1000/kettle_1",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [*NASTY, *HOSTILE])
def test_any_text_is_only_text(text: str) -> None:
    paper = Paper(title=text, abstract=text, authors=(text,), organization=text, summary=text, keywords=(text,))
    hostile = kept(paper, tags=(text,), note=text, lists=(text,))
    shown = page(hostile, title=text)
    assert first(shown, "article h2").text() == text
    assert first(shown, "title").text() == first(shown, "h1").text() == text
    assert text in [node.text() for node in shown.css("article p")]
    assert first(shown, "blockquote").text() == text


@given(st.text(st.sampled_from("<>&\"'/ab =:;!-\x1b\u202e")).map(lambda text: f"T{text}"))
def test_no_text_makes_a_tag_or_an_attribute(text: str) -> None:
    plain, nasty = (
        Seen(written("html", several([Paper(title=each, abstract=each, organization=each)]))).tags
        for each in ("T", text)
    )
    assert nasty == plain
    assert first(page(kept(Paper(title=text))), "h2").text() == visible(collapse(text))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://user@evil.org/", "https://",
        "//x.org", "", "https://x.org\n", "https://пример.рф/", "https://x.org/\u202e",
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert web_address(url) in (None, "https://x.org")
    for _, attributes in Seen(written("html", [kept(Paper(title="T", url=url, links=(url,)))])).tags:
        assert (attributes.get("href") or "https://").startswith("https://")


def test_the_page_needs_and_runs_nothing() -> None:
    text = written("html", [kept(FULL)])
    assert {tag for tag, _ in Seen(text).tags} <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "article", "p", "a", "blockquote",
    }  # fmt: skip
    assert not re.search(r"url\(|@import|src=", text)
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_links_escape_what_an_address_may_not_hold() -> None:
    assert web_address('https://x.org/a b"c?d=1&e=%zz') == "https://x.org/a%20b%22c?d=1&e=%25zz"
    found = page(kept(Paper(title="T", doi='10.1/a"<b>')))
    assert first(found, "a").attributes["href"] == "https://doi.org/10.1/a%22%3Cb%3E"
