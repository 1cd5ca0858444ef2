"""A Markdown reading list is read back as what it was written from, and as what a person made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.made_lists import PAPERS, paper, written
from export.test_markdown import TEXTS
from formats.pages import reading
from reader.export.markdown_text import escape
from reader.formats.markdown_plain import plain
from reader.formats.reading_list import KIND, parse, tags_in
from reader.formats.reading_list_facts import paper_of
from reader.list_file import CONTENTS_BEGIN, Header, MarkdownOptions, header_line, parse_header
from reader.paper import Paper, PartialDate
from reader.text import collapse, visible
from reader.transfer import CarriedList, CarriedPaper

NAMES = st.text(st.characters(categories=("Lu", "Ll")), min_size=2, max_size=9)


@given(TEXTS)
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    assert plain(escape(text)) == visible(collapse(text))
    assert plain(escape(text, in_link=True)) == visible(collapse(text))


@given(
    st.builds(
        Paper,
        title=st.text(min_size=1).filter(collapse),
        abstract=st.none() | st.text(min_size=1).filter(lambda text: collapse(text) and not text.startswith("Summary")),
        authors=st.lists(NAMES, min_size=1, max_size=12).map(tuple),
        published=st.builds(PartialDate, st.integers(1990, 2030), st.integers(1, 12), st.integers(1, 28)),
        published_inferred=st.booleans(),
        comments=st.integers(1, 5000),
        upvotes=st.integers(1, 5000),
        arxiv_id=st.just("2301.00010"),
        arxiv_version=st.integers(1, 9),
        url=st.just("https://arxiv.org/abs/2301.00010"),
        categories=st.just(("cs.LG", "cs.CL")),
        organization=NAMES.map(lambda name: f"The {name} group"),
    ),
    st.lists(st.text(st.characters(exclude_categories=("C", "Z"))).filter(bool), max_size=3),
    TEXTS,
    st.booleans(),
)
def test_out_and_back_gives_the_same_paper_tick_tags_and_note(
    known: Paper, tags: list[str], note: str, read: bool
) -> None:
    stored = replace(PAPERS[0], paper=known, tags=tuple(dict.fromkeys(tags)), note=note or None, read=read)
    (entry,) = parse(written([stored])).entries
    found = paper_of(entry)
    assert found is not None
    expected = replace(
        known,
        title=visible(collapse(known.title)),
        abstract=known.abstract and visible(collapse(known.abstract)),
        author_count=len(known.authors or ()),
        links=found.links,
    )
    assert found == expected
    assert (entry.key, entry.read, entry.tags) == (stored.key, read, tuple(map(visible, dict.fromkeys(tags))))
    assert entry.note == ("\n".join(visible(collapse(line)) for line in note.strip().splitlines()).strip() or None)


def test_a_file_is_recognised_and_gives_its_list_and_papers_in_order() -> None:
    found = reading(written())
    assert found.kind == KIND
    name, *papers = list(found)
    assert name == CarriedList("My list")
    assert [each.stored.key for each in papers if isinstance(each, CarriedPaper)] == [each.key for each in PAPERS]
    assert [each.entries[0].position for each in papers if isinstance(each, CarriedPaper)] == [1, 2, 3, 4, 5, 6]


def test_without_its_end_the_last_entry_is_not_trusted() -> None:
    text = written()
    cut = text[: text.index("Abstract 5") + 4]
    assert len([each for each in reading(cut) if isinstance(each, CarriedPaper)]) == len(PAPERS) - 1


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("Tags: #a #b/c `two words`", ("a", "b/c", "two words")),
        ("#a, #b", ("a", "b")),
        ("tags:", ()),
        ("#a and more", None),
        ("# a heading", None),
        ("Tags are fine", None),
        ("`code`", None),
        ("", None),
        ("Tags: ``a`b``", ("a`b",)),
    ],
)
def test_a_line_of_tags_holds_nothing_else(line: str, tags: tuple[str, ...] | None) -> None:
    assert tags_in(line) == tags


def test_reading_takes_time_in_proportion_to_the_file() -> None:
    # Half a megabyte each: what grows with the square would not come to an end.
    for piece in ("- [ ] a\n", "`", "[", "#a `", "> ", "<!-- reader:", "\\", "](", "#", "- [ ] " + "[" * 9 + "\n"):
        assert parse("# x\n" + piece * (500_000 // len(piece))).header is None
        assert tags_in("Tags: " + "`a` " * 400 + "x") is None


def test_entries_that_a_person_wrote() -> None:
    text = """
- [x] [A Title: with *marks*](https://arxiv.org/abs/2301.00010v2)
  #tag
  > my note
- [ ] Another title, arXiv:2301.00011
* [ ] A third https://doi.org/10.1000/x
- [ ] https://arxiv.org/abs/2301.00012
- [ ]

```
- [ ] not an entry
```
"""
    found = parse(text).entries
    papers = [paper_of(entry) for entry in found]
    assert papers == [
        Paper(
            title="A Title: with *marks*", url="https://arxiv.org/abs/2301.00010v2", arxiv_id="2301.00010",
            arxiv_version=2,
        ),
        Paper(title="Another title, arXiv:2301.00011", arxiv_id="2301.00011"),
        Paper(title="A third", url="https://doi.org/10.1000/x", doi="10.1000/x"),
        None,
        None,
    ]  # fmt: skip
    assert (found[0].read, found[0].tags, found[0].note) == (True, ("tag",), "my note")


def test_a_copy_of_an_entry_is_text() -> None:
    text = written([PAPERS[0]])
    twice = text.replace(
        "<!-- reader:papers", text[text.index("- [x]") : text.index("<!-- reader:papers")] + "<!-- reader:papers"
    )
    assert len(parse(twice).entries) == 1


@given(st.text(), st.none() | st.text(), st.booleans())
def test_a_header_reads_as_it_was_and_never_ends_early(title: str, name: str | None, flag: bool) -> None:
    header = Header(title, name, MarkdownOptions(group="tag", contents=flag))
    line = header_line(header)
    assert line.count("-->") == 1
    assert "--" not in line[4:-3]
    assert parse_header(line) == header


def test_the_older_key_of_a_paper_keeps_to_its_entry() -> None:
    assert parse(written([paper(3)])).entries[0].key == "d" * 16


def test_a_marker_that_remembers_nothing_names_its_paper() -> None:
    text = f"- [x] [A paper](https://x.org/a)\n  <!-- reader:{'a' * 16} -->\n\n  Ada Lovelace · 2021\n"
    (entry,) = parse(text).entries
    assert (entry.key, entry.written, entry.read) == ("a" * 16, None, True)
    found = paper_of(entry)
    assert found is not None
    assert (found.title, found.authors, found.published) == ("A paper", ("Ada Lovelace",), PartialDate(2021))


def test_a_table_of_contents_without_its_end_swallows_neither_an_entry_nor_what_was_written_in_it() -> None:
    row = "- [A paper](#reader-aaaaaaaaaaaaaaaa)"
    found = parse(f"# Mine\n{CONTENTS_BEGIN}\n{row}\nmy words\n- [ ] A paper\n- [ ] Another\n")
    assert [entry.title for entry in found.entries] == ["A paper", "Another"]
    assert dict(zip(found.head, found.head_kinds, strict=True)) == {
        "# Mine": "beyond", CONTENTS_BEGIN: "contents", row: "contents", "my words": "beyond",
    }  # fmt: skip


def test_a_paper_with_a_summary_alone_comes_back_with_it() -> None:
    stored = replace(PAPERS[0], paper=replace(PAPERS[0].paper, abstract=None, summary="It says so."))
    (entry,) = parse(written([stored])).entries
    found = paper_of(entry)
    assert found is not None
    assert (found.summary, found.abstract) == ("It says so.", None)


def test_an_abstract_that_was_changed_by_hand_is_still_known_by_its_length() -> None:
    text = written([PAPERS[0]]).replace("Abstract 0 costs", f"Abstract nought {'goes on and on, ' * 9}and costs")
    (entry,) = parse(text).entries
    found = paper_of(entry)
    assert found is not None
    assert (found.abstract or "").startswith("Abstract nought goes on")
    assert found.authors == PAPERS[0].paper.authors
