"""Any text survives Markdown letter for letter, and an export knows itself again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from export.kept import kept
from reader.export import markdown
from reader.export.markdown import destination, escape, group_of, is_unchanged_export, tags_line
from reader.list_file import MarkdownOptions, shown_note
from reader.paper import Paper, PartialDate, Source, StoredPaper
from reader.text import collapse, visible

PARSERS = {"CommonMark": MarkdownIt("commonmark"), "GitHub": MarkdownIt("gfm-like")}
TARGET = "https://example.org/paper"

PLAIN = [
    "A well-known title: state-of-the-art (2nd ed.), v1.2 - done!",
    "Rank a_b over snake_case_names, lambda_{1} and W_{ij} in 10^{-5}",
    "a < b > c & d, AT&T, x <5 and 3 * 4 = 12",
    "It costs $5, about ~254x less, 99% of 5'10\" or C#; see e.g. www.example.org/a_b.",
    "[sic] closes ] only, {approx}5{times}, a|b, 1:2, 2016. 10^5, @ name, +5 -5",
]

NASTY = [
    "",
    "[Re] A title",
    "@name and (@name) -@name @{a b} me@x.org",
    "v={'a[0]'}",
    "[a](b) [a][b] [a]: b ![a](b) [[wiki]] [^1] ^[note] [ ] x",
    "* * *",
    "- - -",
    "_ _ _",
    "---",
    "***",
    "___",
    "===",
    "=",
    "# a #",
    "####### a",
    "a #",
    "a ##",
    "#tag and (#tag) and C# and #1",
    "1. one",
    "1) one",
    "1234567890. one",
    "1.",
    "- a",
    "+ a",
    "* a",
    "> a",
    ">a",
    "-",
    "+",
    "| a | b |",
    ":-- | --",
    "~~~",
    "```",
    "```python",
    "a `code` b",
    "a ``code`` b `",
    "the ``tensor-type'' attention",
    "*a* **b** _c_ __d__ ***e***",
    "f^{*}=g and h^{*}",
    "a*b*c a_b_c a__b__c _a _b _ c_ d_",
    "éa_b_ e\u0301_b_",
    "~a~ ~~b~~ 0.11~0.18dB 0.04~0.08dB",
    "$x$ $$y$$ \\(z\\) \\[w\\]",
    "==mark== a==b a == b",
    "%%comment%% 99%% 99% 100%20",
    "key:: value :::note ::",
    "a ^block H^2^ U^2-Net^{dagger}",
    "A title {#id} {.class} {-} {: .x}",
    "<b>bold</b> <!-- x --> <?x?> <!DOCTYPE x> </p> <x@y.org> <5@y.org> <https://x.org>",
    "&amp; &copy; &#65; &#x41; &nbsp &notanentity;",
    "\\",
    "a\\",
    "\\alpha \\\\ \\* 50\\% Poincar\\'e 360{\\deg}",
    "\x00 \x1b[31m \x7f \x85 \u202e \u2028 \ufeff \ud800",
    "see https://github.com/a/only_train_once. (https://x.org/a_(b)) https://x.org/a*b*c",
    "https://x.org/%41%20b https://x.org/a&copy;b https://x.org/[a] !https://x.org/%41 ^https://x.org/%41",
    "https://xn--mnchen-3ya.de https://müller.de/é https:// https://a https://a_b.org https://a@b.org/x",
    "https://x.org:8080/a?b=c&d=e#f https://x.org:99999999 http://[::1]/ https://-x.org https://x.org|https://y.org",
    "HTTP://X.ORG/%41 ftp://x.org/%41 //x.org/%41 file:///etc git+https://x.org/%41",
    "example.com/%41 www.example.com/%41 www.a.com/*b* www.x==y www.http==*www.org## a@b.com mailto:a@b.com/%41",
    "MAILTO:@x.org ~x.org:8080 =x.org:80 xn--a.com www.xn--a.com",
    "https://" + "x." * 130 + "org https://" + "x" * 70 + ".org",
    "<!-- reader:aaaaaaaaaaaaaaaa -->",
]

# Pieces that act on one another; joined without a space they find what no text by chance does.
PIECES = st.sampled_from(
    [*"ab 1.:/-%_*`[]()<>&#!^$\\|={}\"'+?;,~@é中\x00\x1b", "http", "https://", "www.", "x.org", "%41", "xn--", "&amp;"]
)
TEXTS = st.one_of(st.text(), st.text(st.characters(max_codepoint=0x7E)), st.lists(PIECES, max_size=14).map("".join))


def inline_text(tokens: list[Token], block: str) -> str:
    """The text of a document that is one block without markup but links."""
    assert [token.type for token in tokens] == [f"{block}_open", "inline", f"{block}_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "link_open", "link_close"}
    return "".join(child.content for child in children)


def addresses(source: str) -> list[str]:
    children = PARSERS["CommonMark"].parseInline(source)[0].children or []
    return [str(child.attrs["href"]) for child in children if child.type == "link_open"]


def check_survives(text: str) -> None:
    shown = visible(collapse(text))
    for parser in PARSERS.values():
        assert inline_text(parser.parse(f"## {escape(text)}"), "heading") == shown
        assert inline_text(parser.parse(f"## [{escape(text, in_link=True)}]({TARGET})"), "heading") == shown
        if shown:
            assert inline_text(parser.parse(escape(text)), "paragraph") == shown
            assert inline_text(parser.parse(f"before\n\n{escape(text)}\n\nafter")[3:6], "paragraph") == shown


def stored(paper: Paper, *, key: str = "abcdefghijklmnop", **made: Any) -> StoredPaper:
    return StoredPaper(key=key, paper=paper, sources=(), added="2026-01-02T03:04:05Z", **made)


def document(*papers: StoredPaper, title: str = "Bookmarks") -> str:
    return "".join(markdown.render(papers, title=title))


@pytest.mark.parametrize("text", [*NASTY, *PLAIN])
def test_nasty_texts_survive(text: str) -> None:
    check_survives(text)


@given(TEXTS)
def test_any_text_survives(text: str) -> None:
    check_survives(text)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_texts_are_left_as_they_are(text: str) -> None:
    assert escape(text).replace("\\[sic]", "[sic]") == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Code: https://github.com/a/b_c.", "Code: <https://github.com/a/b_c>."),
        ("(https://x.org/a_(b))", "(<https://x.org/a_(b)>)"),
        ("https://x.org/%41", r"[https:\//x.org/\%41](https://x.org/%41)"),
        ("https://x.org/é", r"https:\//x.org/é"),
        ("www.x.org", "www.x.org"),
        ("www.x.org/*a*", r"www\.x.org/\*a\*"),
        ("1. a", r"1\. a"),
        ("- a", r"\- a"),
        ("#tag", r"\#tag"),
        ("a **b**", r"a \*\*b\*\*"),
        ("std::vector", r"std\::vector"),
        ("a [b] c", r"a \[b] c"),
        ("\\alpha", r"\\alpha"),
    ],
)
def test_marks_are_escaped_where_they_would_act(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_addresses_in_a_text_are_working_links() -> None:
    text = "At https://github.com/a/b_c, https://x.org/a%20b*c* and (http://y.org:80/?q=1&r=2#s)."
    assert addresses(escape(text)) == [
        "https://github.com/a/b_c",
        "https://x.org/a%20b*c",
        "http://y.org:80/?q=1&r=2#s",
    ]


def test_the_text_of_a_link_holds_no_other_link() -> None:
    assert addresses(f"[{escape('See https://x.org/a now', in_link=True)}]({TARGET})") == [TARGET]


@pytest.mark.parametrize(
    "mark", [*"^=[]*_<&#`~$:%\\/!-{@.", "www.", "http://", "https://a.b/%20", "xn--", " #", "&a", "<a"]
)
def test_escaping_takes_time_in_proportion_to_the_text(mark: str) -> None:
    # Half a million marks: what grows with the square would not come to an end.
    assert len(escape(mark * (500_000 // len(mark)))) >= 499_000


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("  HTTPS://x.org  ", "HTTPS://x.org"),
        ("https://doi.org/10.1016/S0004-3702(97)00043-X", "<https://doi.org/10.1016/S0004-3702(97)00043-X>"),
        ("https://x.org/a b\"'<>`{}[]|\\^é", "https://x.org/a%20b%22'%3C%3E%60%7B%7D%5B%5D%7C%5C%5E%C3%A9"),
        ("https://x.org/)](https://evil.org", "<https://x.org/)%5D(https://evil.org>"),
        ("https://x.org/%41%zz%", "https://x.org/%41%25zz%25"),
        ("https://x.org/?a=1&copy;=2", "https://x.org/?a=1&amp;copy;=2"),
    ],
)
def test_an_address_becomes_a_safe_target(url: str, target: str) -> None:
    assert destination(url) == target
    for parser in PARSERS.values():
        children = parser.parseInline(f"[a]({target})")[0].children or []
        assert [child.type for child in children] == ["link_open", "text", "link_close"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.org",
        "x.org",
        "https://",
        "https:///x",
        "https://arxiv.org@evil.org/",
        "https://x.org\nhttps://y.org",
        "https://x.org/\x00",
        "https://x.org/\u202egro",
        "https://x.org/\ud800",
        "https://xаrxiv.org",
        "https://x .org",
        "java\nscript:https://x.org",
    ],
)
def test_a_hostile_address_is_no_link(url: str) -> None:
    assert destination(url) is None
    assert "\n- [ ] A title\n" in document(stored(Paper(title="A title", url=url)))


@given(TEXTS)
def test_no_address_leaves_its_parentheses(rest: str) -> None:
    target = destination(f"https://x.org/{rest}")
    for parser in PARSERS.values():
        if target is not None:
            assert inline_text(parser.parse(f"## [a]({target})"), "heading") == "a"


FULL = stored(
    Paper(
        title="[Re] Deep_Nets for #1",
        abstract="We train *fast* models. Code: https://github.com/a/b.",
        authors=("Ada Lovelace", "Bo Li"),
        published=PartialDate(2025, 7, 31),
        published_inferred=True,
        comments=1,
        upvotes=1234,
        url="https://arxiv.org/abs/2507.00001",
        summary="Not shown.",
        organization="OCC",
        links=("https://github.com/a/b",),
        doi="10.1/x[1]",
    ),
    read=True,
    tags=("to-read", "nlp/llm", "two words", "2301"),
    note="first line\n# second\n\nthird\\\nfourth",
)
POOR = stored(Paper(title="Poor", author_count=1, comments=0, summary="A *short* one."), key="bcdefghijklmnopq")

GOLDEN = r"""
# My \*best\* list\*

<!-- reader:list {"title": "My *best* list*", "list": null, "group": "none", "abstracts": true, "notes": true, "tags": true, "contents": false} -->

- [x] [\[Re\] Deep_Nets for \#1](https://arxiv.org/abs/2507.00001)
  <!-- reader:abcdefghijklmnop MARK -->

  Ada Lovelace, Bo Li · OCC · Jul 31, 2025? · 1 comment · 1,234 upvotes

  Tags: #to-read #nlp/llm `two words` `2301`

  We train \*fast\* models. Code: <https://github.com/a/b>.

  Links: <https://github.com/a/b> [https:\//doi.org/10.1/x\[1\]](https://doi.org/10.1/x%5B1%5D)

  > Note: first line\
  > \# second
  >
  > third\\\
  > fourth

- [ ] Poor
  <!-- reader:bcdefghijklmnopq MARK -->

  1 author

  Summary: A \*short\* one.

<!-- reader:papers
abcdefgh bcdefghi
-->
<!-- written by reader, sha256:MARK -->
"""  # noqa: E501 - as it is written


def test_a_document_is_as_expected() -> None:
    written = document(FULL, POOR, title="My *best* list*")
    assert re.sub(r"[xo][\w+/]{32}(?= -->)|[0-9a-f]{64}", "MARK", written) == GOLDEN[1:]


def test_a_paper_of_which_only_the_title_is_known_has_no_empty_lines_for_the_rest() -> None:
    written = document(stored(Paper(title="A")))
    assert re.search(r"\n\n- \[ \] A\n  <!-- reader:\S+ \S+ -->\n\n<!-- reader:papers\n", written)


def test_a_document_without_papers_still_has_its_title_and_signature() -> None:
    lines = document(title="").splitlines()
    assert lines[0] == "#"
    assert [line[:12] for line in lines if line] == ["#", "<!-- reader:", "<!-- reader:", "-->", "<!-- written"]


def test_a_document_comes_in_chunks_as_papers_do() -> None:
    drawn: list[int] = []

    def papers() -> list[StoredPaper]:
        return [FULL] * 3

    chunks = markdown.render((drawn.append(1) or paper for paper in papers()), title="a")  # type: ignore[func-returns-value]
    next(chunks)
    assert drawn == []
    next(chunks)
    assert drawn == [1]


def test_the_same_papers_give_the_same_bytes() -> None:
    assert document(FULL, POOR) == document(FULL, POOR)


@given(TEXTS, TEXTS, st.text(), st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), max_size=3))
def test_any_paper_keeps_to_its_own_item(title: str, abstract: str, note: str, tags: list[str]) -> None:
    paper = Paper(title=title, abstract=abstract or None, authors=(abstract,), url=f"https://x.org/{title}")
    source = document(stored(paper, note=note or None, tags=tuple(tags)), stored(paper, key="b" * 16), title=title)
    for parser in PARSERS.values():
        blocks = [token for token in parser.parse(source) if token.level == 0 and token.nesting >= 0]
        kinds = [token.type for token in blocks]
        assert kinds == ["heading_open", "html_block", "bullet_list_open", "html_block", "html_block"]
        items = [token for token in parser.parse(source) if token.type == "list_item_open"]
        assert len(items) == 2
        assert {token.type for token in parser.parse(source) if token.nesting >= 0} <= {
            "heading_open", "inline", "paragraph_open", "blockquote_open", "html_block", "bullet_list_open",
            "list_item_open",
        }  # fmt: skip


@given(TEXTS, TEXTS)
def test_titles_and_abstracts_are_shown_letter_for_letter(title: str, abstract: str) -> None:
    source = document(stored(Paper(title=title, abstract=abstract, url="https://x.org/1")))
    for parser in PARSERS.values():
        texts = [plain_text(token) for token in parser.parse(source) if token.type == "inline"]
        assert texts[1] == f"[ ] {visible(collapse(title))}"
        if collapse(abstract):
            assert texts[2] == visible(collapse(abstract))


@given(TEXTS)
def test_notes_are_shown_letter_for_letter(note: str) -> None:
    source = document(stored(Paper(title="a"), note=note))
    for parser in PARSERS.values():
        texts = [plain_text(token) for token in parser.parse(source) if token.type == "inline"][2:]
        shown = [line for line in shown_note(f"Note: {note.strip()}").split("\n") if line]
        assert [line for text in texts for line in text.split("\n")] == (shown if note.strip() else [])


@pytest.mark.parametrize(
    "tag", ["a", "to-read", "nlp/llm", "two words", "2301", "`", "a`b``c", "_x_", "*", "#", "é", "a]"]
)
def test_tags_are_shown_letter_for_letter(tag: str) -> None:
    for parser in PARSERS.values():
        children = parser.parseInline(tags_line((tag,)) or "")[0].children or []
        assert "".join(child.content for child in children).removeprefix("Tags: ").removeprefix(
            "#"
        ) == tag.removeprefix("#")


def plain_text(token: Token) -> str:
    """What an inline token shows."""
    shown = {"text": None, "code_inline": None, "link_open": "", "link_close": "", "hardbreak": "\n", "softbreak": "\n"}
    children = token.children or []
    assert {child.type for child in children} <= shown.keys()
    return "".join(shown[child.type] or child.content for child in children)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="needs pandoc")
@pytest.mark.parametrize("dialect", ["markdown-smart", "gfm", "commonmark"])
def test_pandoc_shows_titles_and_abstracts_letter_for_letter(dialect: str) -> None:
    texts = [text for text in (*NASTY, *PLAIN) if collapse(text) and visible(text) == text]
    papers = [stored(Paper(title=text, abstract=text, url=TARGET), key=f"{n:a>16}") for n, text in enumerate(texts)]
    done = subprocess.run(
        ["pandoc", "--from", dialect, "--to", "json"],
        input=document(*papers),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    shown = {normalize("NFC", _pandoc_text(block).rstrip()) for block in _pandoc_paragraphs(found["blocks"])}
    for text in texts:
        wanted = normalize("NFC", collapse(text))  # which Pandoc makes of some
        assert wanted in shown, "as an abstract"
        if (
            dialect == "gfm" and "www." in text
        ):  # it takes them for addresses in the middle of a link, as GitHub does not
            continue
        assert {f"[ ] {wanted}", f"☐ {wanted}"} & shown, "as a title"


def _pandoc_paragraphs(node: Any) -> Iterator[Any]:
    if isinstance(node, dict) and node.get("t") in {"Para", "Plain"}:
        yield node["c"]
    elif isinstance(node, dict):
        yield from _pandoc_paragraphs(node.get("c"))
    elif isinstance(node, list):
        for each in node:
            yield from _pandoc_paragraphs(each)


def _pandoc_text(node: Any) -> str:
    if isinstance(node, dict):
        kind = node["t"]
        if kind == "Link":  # its attributes, what it shows, and where it leads
            return _pandoc_text(node["c"][1])
        if kind == "RawInline":  # the comment below a title
            return ""
        return " " if kind in {"Space", "SoftBreak"} else _pandoc_text(node.get("c", ""))
    if isinstance(node, list):
        return "".join(map(_pandoc_text, node))
    return node if isinstance(node, str) else ""


def test_what_is_left_out_is_left_out() -> None:
    options = MarkdownOptions(abstracts=False, notes=False, tags=False)
    written = "".join(markdown.render([FULL], title="a", options=options))
    for text in ("We train", "Note:", "Tags:"):
        assert text not in written
    assert "Ada Lovelace" in written


def test_groups_have_headings_and_contents_lead_to_papers() -> None:
    options = MarkdownOptions(group="year", contents=True)
    table = [("2025", FULL.paper.title, FULL.key), ("No year", POOR.paper.title, POOR.key)]
    written = "".join(markdown.render([FULL, POOR], title="a", options=options, table=table))
    html = PARSERS["GitHub"].render(written)
    assert re.findall(r"<h2>(.*?) <!--", html) == ["2025", "No year"]
    assert [f'id="{target}"' in html for target in re.findall(r'href="#(.*?)"', html)] == [True, True]


def test_a_note_keeps_its_line_breaks_and_paragraphs() -> None:
    html = PARSERS["GitHub"].render(
        document(stored(Paper(title="a"), note="a *b\nc* | d\n--- | ---\n\n\n> e\n= \n==="))
    )
    quoted = html[html.index("<blockquote>") : html.index("</blockquote>")]
    assert quoted == dedent("""\
        <blockquote>
        <p>Note: a *b<br />
        c* | d<br />
        --- | ---</p>
        <p>&gt; e<br />
        =<br />
        ===</p>
        """)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "list.md"
    path.write_bytes(document(FULL, POOR).encode())
    return path


def test_an_export_is_known_again(export: Path) -> None:
    assert is_unchanged_export(export)


def test_a_link_to_an_export_is_one(export: Path) -> None:
    link = export.with_name("link.md")
    link.symlink_to(export)
    assert is_unchanged_export(link)


def test_an_export_larger_than_a_block_is_known_again(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_bytes(document(*[FULL] * 1000).encode())
    assert path.stat().st_size > 4 * (1 << 16)
    assert is_unchanged_export(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"fast", b"slow"),
        (b"\n", b"\r\n"),
        (b"# Bookmarks", b"\xef\xbb\xbf# Bookmarks"),
        (b"sha256:", b"sha256:0"),
        (b"written by reader", b"Written by reader"),
    ],
)
def test_a_file_changed_by_hand_is_the_users_own(export: Path, old: bytes, new: bytes) -> None:
    export.write_bytes(export.read_bytes().replace(old, new))
    assert not is_unchanged_export(export)


@pytest.mark.parametrize("more", [b"\n", b"my own line\n", b" "])
def test_a_file_with_something_after_its_signature_is_the_users_own(export: Path, more: bytes) -> None:
    export.write_bytes(export.read_bytes() + more)
    assert not is_unchanged_export(export)


def test_two_exports_in_one_file_are_the_users_own(export: Path) -> None:
    export.write_bytes(export.read_bytes() * 2)
    assert not is_unchanged_export(export)


@pytest.mark.parametrize("content", [b"", b"x", b"\xff\xfe" * 200, b"# Bookmarks\n"])
def test_another_file_is_no_export(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.md").write_bytes(content)
    assert not is_unchanged_export(tmp_path / "other.md")


def test_what_is_no_file_is_no_export(tmp_path: Path) -> None:
    assert not is_unchanged_export(tmp_path)
    assert not is_unchanged_export(tmp_path / "missing")
    assert not is_unchanged_export(tmp_path / "a\x00b")


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_a_pipe_is_no_export_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not is_unchanged_export(tmp_path / "pipe")


def test_an_unreadable_file_is_no_export(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert not is_unchanged_export(export)


def test_what_a_paper_is_grouped_under() -> None:
    bare = kept(Paper(title="A"))
    source = Source(name="/pages/monday.txt", kind="page", rank=1, page_date=None, seen="2026-03-01T09:00:00+00:00")
    full = replace(kept(Paper(title="B", published=PartialDate(2020, 5))), tags=("vision", "zoo"), sources=(source,))
    assert [group_of(full, each) for each in ("none", "year", "tag", "source")] == ["", "2020", "vision", "monday.txt"]
    assert [group_of(bare, each) for each in ("none", "year", "tag", "source")] == [
        "",
        "No year",
        "No tag",
        "No source",
    ]
