"""Large and hostile XML: memory stays that of one element, and every limit has its sentence."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from reader.errors import UnreadableInput
from reader.formats import Rejected, xml_elements
from reader.formats.lines import LONGEST, Line
from reader.formats.xml_elements import elements, root_name, text_of
from reader.paper import Paper

from . import pages
from .arxiv_files import ENTRY, answer, entry

BOMB = """<?xml version="1.0"?>
<!DOCTYPE feed [
 <!ENTITY a "aaaaaaaaaa">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
 <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
"""


def numbered(text: str) -> Iterator[Line]:
    return (Line(number, each) for number, each in enumerate(text.split("\n"), 1))


def problem(text: str) -> tuple[int, str]:
    *_, last = elements(numbered(text))
    assert isinstance(last, Rejected)
    return last.line, last.reason


def test_a_bomb_of_entities_is_refused_at_its_declaration() -> None:
    feed = answer(ENTRY.replace("Lids for", "&c;")).partition("\n")[2]
    with pytest.raises(UnreadableInput, match=r"^page\.txt declares a document type") as caught:
        pages.records(BOMB + feed)
    assert "DOCTYPE" in caught.value.hint
    with pytest.raises(UnreadableInput, match="document type"):
        pages.records('<!DOCTYPE feed SYSTEM "file:///etc/passwd">\n' + feed)


def test_elements_nested_too_deeply_are_refused_and_what_stands_before_is_kept() -> None:
    text = answer(ENTRY, "\n<entry>" + "<a>" * 100_000)
    paper, last = pages.records(text)
    assert isinstance(paper, Paper)
    assert isinstance(last, Rejected)
    assert last.reason == "more than 64 elements within one another"
    assert "<a>" in text.splitlines()[last.line - 1]


def test_an_entry_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_elements, "LARGEST_ELEMENT", 1_000)
    for flood in ("soup " * 300, "<a/>" * 300, f'<a b="{"x" * 1_000}"/>'):
        assert problem(f"<rss><item>\n<title>\n{flood}</title></item></rss>") == (
            3,
            "an entry of more than 1,000 characters",
        )


def test_an_endless_tag_is_refused_long_before_its_end() -> None:
    taken = 0

    def endless() -> Iterator[Line]:
        nonlocal taken
        yield Line(1, "<rss><item ")
        for taken in range(2, 10**9):
            yield Line(taken, f'a{taken}="x"')

    *_, last = elements(endless())
    assert isinstance(last, Rejected)
    assert last.reason == "a tag or comment of more than 1,048,576 characters"
    assert taken < 200_000


def test_a_line_that_was_cut_for_its_length_is_not_read_as_if_it_were_whole() -> None:
    found = list(elements(iter([Line(1, "<rss><item/>"), Line(2, "<item>" + "x" * LONGEST), Line(3, "</item></rss>")])))
    assert len(found) == 2
    assert isinstance(found[1], Rejected)
    assert found[1].reason == f"line 2 has more than {LONGEST:,} characters"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("<rss>\n<item/>\n", 3, "the XML breaks off here"),
        ("<rss>\n<item><title", 2, "the XML breaks off here"),
        ("<rss>\n<item>\nat & t</item></rss>", 3, "the XML is broken here: not well-formed (invalid token)"),
        ("<rss>\n<item></rss>", 2, "the XML is broken here: mismatched tag"),
        ("<rss>\n<item>&nbsp;</item></rss>", 2, "the XML is broken here: undefined entity"),
        ("<rss/>\n\n<rss/>", 3, "the XML is broken here: junk after document element"),
        ("<rss>\n<item>\x01</item></rss>", 2, "the XML is broken here: not well-formed (invalid token)"),
        ('<rss>\n<item><link rel="', 2, "the XML breaks off here"),
        ("<rss>\n<item>\n</", 3, "the XML breaks off here"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, reason: str) -> None:
    assert problem(text) == (line, reason)


def test_lines_are_those_of_the_file_however_it_begins() -> None:
    text = "\n \n  <?xml version='1.0'?>\n<rss><channel>\n\n<item>\n</item><item/></channel></rss>"
    assert [each[0] for each in elements(numbered(text)) if not isinstance(each, Rejected)] == [6, 7]


def test_a_large_feed_needs_the_memory_of_one_entry() -> None:
    def lines() -> Iterator[Line]:
        yield Line(1, "<rss><channel>")
        for number in range(2, 20_002):
            yield Line(number, f"<item><title>{number}</title><description>{'soup ' * 100}</description></item>")
        yield Line(20_002, "</channel></rss>")

    tracemalloc.start()
    try:
        count = sum(1 for _ in elements(lines()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 4 * 2**20  # the feed is of ten mebibytes


def test_the_text_of_an_element_is_that_of_all_within_it() -> None:
    ((_, item),) = [
        each for each in elements(numbered("<rss><item>a <b>b\n c</b>d</item></rss>")) if isinstance(each, tuple)
    ]
    assert (text_of(item), text_of(None)) == ("a b cd", "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<?xml version='1.0'?>\n<!-- <rss> -->\n<a:feed x='1'>", "feed"),
        (" <!DOCTYPE html>\n<html>", "html"),
        ("<rss/>", "rss"),
        ("2 < 3", ""),
        ("<!-- ", ""),
        ("", ""),
    ],
)
def test_the_first_element_names_the_file(text: str, name: str) -> None:
    assert root_name(text) == name


def test_an_answer_of_many_blocks_is_read_as_one() -> None:
    many = [
        entry(f"http://arxiv.org/abs/2401.{number:05}v1", f"T {number}", "It boils. " * 50) for number in range(1, 900)
    ]
    text = answer(*(each + "\n" for each in many))
    assert len(text) > 2**18
    assert [paper.title for paper in pages.papers(text)] == [f"T {number}" for number in range(1, 900)]
