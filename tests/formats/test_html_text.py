"""The text of a page as Markdown."""

from __future__ import annotations

import pytest

from reader.formats.html_page import parse
from reader.formats.html_text import markdown_of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree"),
        ("one<br>two", "one\n\ntwo"),
        ("<h2>A <i>title</i></h2>text", "## A title\n\ntext"),
        ('<h3><a href="/papers/2401.00001">A title</a></h3>', "### [A title](/papers/2401.00001)"),
        ('<a href="/papers/1"><h3>A title</h3><p>Text.</p></a>', "### [A title](/papers/1)\n\n[Text.](/papers/1)"),
        ('<a href=" https://x.org/a(b) ">x</a>', "[x](https://x.org/a%28b%29)"),
        ('<a href="page_files/a.html">x</a><a href="javascript:a()">y</a>', "x y"),
        ("<span>Upvote</span><b>12</b>", "Upvote 12"),
        ("tea<mark>pot</mark>s", "teapots"),
        ("a\n\t b <b> c </b>d", "a b c d"),
        ("<script>a</script><style>b</style><svg><title>c</title></svg><template><p>d</p></template>e", "e"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("10\\% of a\\_b", "10\\% of a\\\\_b"),
        ("&lt;b&gt; &amp; &eacute;", "<b> & é"),
        ("", ""),
    ],
)
def test_blocks_are_paragraphs_and_links_bear_their_addresses(source: str, text: str) -> None:
    assert markdown_of(parse(source).tree) == text


def test_depth_is_no_matter() -> None:
    assert markdown_of(parse("<span>" * 20_000 + "deep").tree) == "deep"
